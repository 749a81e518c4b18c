# SPDX-License-Identifier: GPL-2.0-or-later
"""What a risk map says and where it stands on the paper, without QGIS.

Type sizes are in points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.paper import Paper


@dataclass(frozen=True)
class View:
    """A piece of ground on paper: its middle in the map's CRS and the scale's denominator."""

    x: float
    y: float
    scale: int

    def bounds(self, width_mm: float, height_mm: float) -> Bounds:
        """Return x and y minimum and maximum of the ground on a paper of this size."""
        half_x, half_y = width_mm * self.scale / 2000, height_mm * self.scale / 2000
        return self.x - half_x, self.y - half_y, self.x + half_x, self.y + half_y


@dataclass(frozen=True)
class Ring:
    """The line at a distance around the site, in the map's CRS."""

    distance_m: float
    line: BaseGeometry


OVERLAP_SIZE_PT = 6.0
"""Type size of an overlap's label."""


@dataclass(frozen=True)
class Overlap:
    """A piece that the site shares with a feature, in the map's CRS, with its short label."""

    layer_id: str
    label: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class NearestLine:
    """The shortest line from the site to a layer, in the map's CRS."""

    layer_id: str
    label: str
    line: BaseGeometry


@dataclass(frozen=True)
class Unmapped:
    """Ground on the sheet where the named layers are known not to be mapped.

    titles: none where the ground lies outside the region of the one map, so for all layers.
    is_whole: whether that is all of the sheet in the region, which is said and not hatched.
    """

    titles: tuple[str, ...]
    geometry: BaseGeometry
    is_whole: bool = False


@dataclass(frozen=True)
class Ground:
    """All that lies on the ground of one sheet except the layers themselves.

    paper: whose map shows the main view. crs: the projected CRS of the map, of all geometries
    here and of both views.
    detail: the site alone at a larger scale, None where the main view shows it well.
    with_analysis: whether lines to the nearest features are drawn.
    """

    paper: Paper
    crs: str
    site: BaseGeometry
    rings: tuple[Ring, ...]
    overlaps: tuple[Overlap, ...]
    main: View
    detail: View | None
    with_analysis: bool = True

    @property
    def hatched(self) -> tuple[Overlap, ...]:
        """The overlaps of the highest dimension: areas, or else lines, or points."""
        kinds = [shapely.get_dimensions(piece.geometry) for piece in self.overlaps]
        return tuple(o for o, kind in zip(self.overlaps, kinds, strict=True) if kind == max(kinds))

    @property
    def shown(self) -> Bounds:
        """What of the ground the main map shows."""
        return self.main.bounds(self.paper.map.width_mm, self.paper.map.height_mm)


@dataclass(frozen=True)
class LayerContent:
    """Which symbols of a layer are on the sheet: number of the symbol to its label.

    on_site: the symbols of features that the site meets.
    key: of the drawn layer, "" if the catalogue's layer is drawn as one.
    """

    layer_id: str
    on_sheet: Mapping[int, str]
    on_site: frozenset[int] = frozenset()
    key: str = ""


@dataclass(frozen=True)
class SheetContent:
    """What was found on the ground of a sheet in the layers.

    failed: layer to the reason why it could not be drawn.
    points: of the layers of points, in the map's CRS; labels keep off their symbols.
    """

    layers: tuple[LayerContent, ...] = ()
    nearest: tuple[NearestLine, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    points: tuple[BaseGeometry, ...] = ()


@dataclass(frozen=True)
class LegendEntry:
    """One symbol with its text: of a layer of the catalogue, or of an overlay (``site`` …)."""

    source: str
    symbol: int
    text: str


@dataclass(frozen=True)
class LegendGroup:
    """A heading of the legend with its entries."""

    title: str
    entries: tuple[LegendEntry, ...]


@dataclass(frozen=True)
class LayerRow:
    """One line of the table of layers: what the verdict on it is, its name, what, how much."""

    verdict: Verdict | None
    mark: str
    title: str
    feature: str
    measure: str


@dataclass(frozen=True)
class ImprintField:
    """A field at the foot of a sheet; without a text there is a line to fill in by hand."""

    label: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """All words of one sheet, in its language.

    legend, table, sources: complete; what there is no room for is cut when they are placed.
    separator: between the sources.
    """

    site_id: str
    language: str
    title: str
    subtitle: str
    secrecy: str
    fiction: str
    verdict: Verdict
    verdict_word: str
    reason: str
    basis: str
    table_head: tuple[str, str, str]
    table: tuple[LayerRow, ...]
    legend_title: str
    legend: tuple[LegendGroup, ...]
    scale_text: str
    crs_note: str
    detail_caption: str
    locator_caption: str
    sources_head: str
    sources: tuple[str, ...]
    separator: str
    warnings: str
    notes: str
    imprint: tuple[ImprintField, ...]
