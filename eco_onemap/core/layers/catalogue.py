# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue (``onemap.yaml``): which layers make up the one map, and how far to trust them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

from eco_onemap.core.errors import CatalogueError, cause_of
from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.messages import Message, message
from eco_onemap.core.reading import Section, parse_yaml

UNIT_ROLE, ZONE_ROLE = "control_unit", "element_zone"
FULL_COVERAGE_ROLES = frozenset({UNIT_ROLE, ZONE_ROLE, "admin", "grid"})
"""Roles whose features tile the region: a site that meets none of them lacks data."""


CATALOGUE_KEYS = ("onemap", "title", "planar_crs", "region", "bounds", "layers", "access_lists")
LAYER_KEYS = (
    *("id", "role", "title", "source", "layer", "where", "bounds", "encoding", "crs", "fields"),
    *("classes", "coverage", "version", "issued", "valid_from", "valid_to", "authority", "secrecy"),
    *("accuracy_m", "required", "empty"),
)
ACCESS_LIST_KEYS = (
    *("id", "source", "sheet", "level", "scope", "title", "encoding", "fields"),
    *("version", "issued", "valid_from", "valid_to", "authority", "secrecy"),
)


class Secrecy(Enum):
    """Who may see a layer."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"


class CoverageKind(Enum):
    """Where a layer is known to be mapped."""

    COMPLETE = "complete"
    EXTENT = "extent"
    UNKNOWN = "unknown"
    FILE = "file"


@dataclass(frozen=True)
class CoverageEntry:
    """A layer's statement of where it is mapped; *path* is absolute and only set for FILE."""

    kind: CoverageKind
    path: str = ""


@dataclass(frozen=True)
class LayerEntry:
    """One layer of the catalogue.

    source: absolute path, or a ``postgresql://`` address.
    layer: name inside the source, "" for its only layer.
    where: attribute filter in OGR SQL (of a database: in its SQL), "" for none.
    bounds: rectangle in CGCS2000 longitude and latitude that features read from a database meet;
        what lies outside counts as not mapped. None for all features.
    fields: internal name to source field name.
    classes: raster value to its label, for classified rasters.
    accuracy_m: positional accuracy, 0 where unknown.
    empty: somebody states that the region has no feature of it.
    datum, datum_error_m: of a source in a datum older than CGCS2000, found when it is loaded: the
        name, "" for none, and how far it may be off, 0 where unknown.
    valid_from, valid_to: days on which the layer is in force, both inclusive.
    """

    id: str
    role: str
    title: str
    source: str
    layer: str = ""
    where: str = ""
    bounds: Bounds | None = None
    encoding: str = ""
    crs: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[int, str] = field(default_factory=dict)
    coverage: CoverageEntry = CoverageEntry(CoverageKind.UNKNOWN)
    version: str = ""
    issued: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    authority: str = ""
    secrecy: Secrecy = Secrecy.INTERNAL
    accuracy_m: float = 0.0
    required: bool = False
    empty: bool = False
    datum: str = ""
    datum_error_m: float = 0.0

    @property
    def is_for_all_sites(self) -> bool:
        """Whether no site is clear without it: it is required, or holds control units.

        Every site lies in a unit, so that one without is missing data under any rules.
        """
        return self.required or self.role == UNIT_ROLE

    def in_force(self, day: date) -> bool:
        """Return whether the layer is in force on *day*."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class AccessListEntry:
    """A table of an access list (准入清单) whose clauses are joined to control units by code.

    source: absolute path of a CSV or XLSX file; sheet: its sheet, "" for the first.
    level, scope: level and code of clauses whose rows do not say their own.
    fields: internal name of a column to the header of the source, where it is not guessed.
    """

    id: str
    source: str
    sheet: str = ""
    level: str = ""
    scope: str = ""
    title: str = ""
    encoding: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    issued: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    authority: str = ""
    secrecy: Secrecy = Secrecy.INTERNAL

    @property
    def name(self) -> str:
        """The title, or the file's name where there is none."""
        return self.title or Path(self.source).stem

    def in_force(self, day: date) -> bool:
        """Return whether the list is in force on *day*."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class Catalogue:
    """The layers of a region's one map, in the order of the file.

    planar_crs: the projected CRS of plane areas, "" for the site's own 3° Gauss-Krüger zone.
    region: absolute path of a polygon file that bounds the one map, "" for the layers' extent.
    notes: keys of the file that nothing reads, such as misspelt ones.
    """

    title: str
    layers: tuple[LayerEntry, ...]
    planar_crs: str = ""
    region: str = ""
    path: str = ""
    notes: tuple[Message, ...] = ()
    access_lists: tuple[AccessListEntry, ...] = ()

    def layer(self, layer_id: str) -> LayerEntry:
        """Return the layer *layer_id*; KeyError if there is none."""
        for entry in self.layers:
            if entry.id == layer_id:
                return entry
        raise KeyError(layer_id)


def read_catalogue(path: Path) -> Catalogue:
    """Return the catalogue in the file *path*; CatalogueError names file and place in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CatalogueError("catalogue.missing", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            "catalogue.unreadable", path=str(path), cause=cause_of(error), details=repr(error)
        ) from error
    return parse_catalogue(text, path)


def parse_catalogue(text: str, path: Path) -> Catalogue:
    """Return the catalogue written in *text*; sources are relative to the folder of *path*."""
    top = Section(parse_yaml(text, str(path), CatalogueError), str(path), "", CatalogueError)
    top.one_of("onemap", [1])
    folder = path.resolve().parent
    bounds = _bounds(top)
    layers = tuple(layer_entry(section, folder, bounds) for section in top.sections("layers"))
    _refuse_duplicates([entry.id for entry in layers], "layers", top)
    list_sections = top.sections("access_lists") if "access_lists" in top else []
    lists = tuple(
        access_list_entry(part, number, folder) for number, part in enumerate(list_sections)
    )
    _refuse_duplicates([entry.id for entry in lists], "access_lists", top)
    return Catalogue(
        title=top.text("title"),
        layers=layers,
        planar_crs=top.optional_text("planar_crs"),
        region=_absolute(top.optional_text("region"), folder),
        path=str(path.resolve()),
        access_lists=lists,
        notes=(
            *top.notes_on_unknown(CATALOGUE_KEYS),
            *_region_notes(top, layers),
            *(
                note
                for part in top.sections("layers")
                for note in part.notes_on_unknown(LAYER_KEYS)
            ),
            *(note for part in list_sections for note in part.notes_on_unknown(ACCESS_LIST_KEYS)),
        ),
    )


def layer_entry(section: Section, folder: Path, bounds: Bounds | None = None) -> LayerEntry:
    """Return the layer that a section of a catalogue in *folder* describes.

    bounds: of the whole catalogue, for a layer from a database that has none of its own.
    """
    in_database = is_database(section.text("source"))
    if "bounds" in section and not in_database:
        raise section.error("bounds", "yaml.bounds_of_file")
    return LayerEntry(
        id=section.text("id"),
        role=section.text("role"),
        title=section.text("title"),
        source=_absolute(section.text("source"), folder),
        layer=section.optional_text("layer"),
        where=section.optional_text("where"),
        bounds=(_bounds(section) or bounds) if in_database else None,
        encoding=section.optional_text("encoding"),
        crs=section.optional_text("crs"),
        fields=section.text_mapping("fields"),
        classes=_classes(section),
        coverage=_coverage(section.optional_text("coverage") or "unknown", folder),
        version=section.optional_text("version"),
        issued=section.optional_date("issued"),
        valid_from=section.optional_date("valid_from"),
        valid_to=section.optional_date("valid_to"),
        authority=section.optional_text("authority"),
        secrecy=Secrecy(section.one_of("secrecy", [s.value for s in Secrecy], "internal")),
        accuracy_m=section.optional_number("accuracy_m", 0.0),
        required=section.optional_flag("required"),
        empty=section.optional_flag("empty"),
    )


def _bounds(section: Section) -> Bounds | None:
    """Return the rectangle written as ``[west, south, east, north]``, None if there is none."""
    if "bounds" not in section:
        return None
    value = section.raw("bounds")
    is_number = [isinstance(one, int | float) for one in value] if isinstance(value, list) else []
    if is_number == [True] * 4:
        west, south, east, north = map(float, value)
        if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return west, south, east, north
    raise section.error("bounds", "yaml.expected_bounds")


def access_list_entry(section: Section, number: int, folder: Path) -> AccessListEntry:
    """Return the access list that a section of a catalogue in *folder* describes."""
    return AccessListEntry(
        id=section.optional_text("id") or f"access_list_{number + 1}",
        source=_absolute(section.text("source"), folder),
        sheet=section.optional_text("sheet"),
        level=section.optional_text("level"),
        scope=section.optional_text("scope"),
        title=section.optional_text("title"),
        encoding=section.optional_text("encoding"),
        fields=section.text_mapping("fields"),
        version=section.optional_text("version"),
        issued=section.optional_date("issued"),
        valid_from=section.optional_date("valid_from"),
        valid_to=section.optional_date("valid_to"),
        authority=section.optional_text("authority"),
        secrecy=Secrecy(section.one_of("secrecy", [s.value for s in Secrecy], "internal")),
    )


def _region_notes(top: Section, layers: tuple[LayerEntry, ...]) -> tuple[Message, ...]:
    """Return a note where "complete" has no region to be complete in."""
    complete = any(entry.coverage.kind is CoverageKind.COMPLETE for entry in layers)
    if "region" in top or not complete:
        return ()
    return (message("catalogue.no_region", path=top.path),)


def _classes(section: Section) -> dict[int, str]:
    try:
        return {int(value): label for value, label in section.text_mapping("classes").items()}
    except ValueError:
        raise section.error("classes", "yaml.expected_integer_keys") from None


def _coverage(text: str, folder: Path) -> CoverageEntry:
    named = {kind.value: kind for kind in CoverageKind if kind is not CoverageKind.FILE}
    if text in named:
        return CoverageEntry(named[text])
    return CoverageEntry(CoverageKind.FILE, _absolute(text, folder))


def _absolute(source: str, folder: Path) -> str:
    if not source or "://" in source:
        return source
    return str(folder / source)


def _refuse_duplicates(ids: list[str], key: str, top: Section) -> None:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise top.error(f"{key}[{number}].id", "yaml.duplicate", value=name)
