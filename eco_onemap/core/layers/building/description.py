# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of a layer before it stands in a catalogue: names, form, fields, some values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from eco_onemap.core.geometry.bounds import Bounds

SAMPLE_ROWS = 200
"""As many features are looked at; their values tell what a field holds."""


class Form(Enum):
    """What a layer is made of."""

    POLYGON = "polygon"
    LINE = "line"
    POINT = "point"
    NONE = "none"
    RASTER = "raster"


@dataclass(frozen=True)
class FieldDescription:
    """A field and its values in the sampled features, as text, "" where there is none.

    name: exactly as the source has it, line ends and blanks included.
    """

    name: str
    values: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The values that are there."""
        return tuple(value for value in self.values if value.strip())


@dataclass(frozen=True)
class LayerDescription:
    """A layer as a person would describe it who has opened it.

    title: its name in the project, or what else people call it; "" for none.
    source: absolute path or address of a database, "" for a layer that no file holds.
    layer: name inside the source, "" for its only layer.
    form: None where the layer holds several or does not tell.
    areas_m2: areas of the sampled polygons, in the order of the fields' values; may be empty.
    crs: None where the source names none. bounds: in the units of the CRS, None if unknown.
    encoding: of the text, where it was found out and is not stated by the source.
    """

    title: str
    source: str
    layer: str = ""
    form: Form | None = None
    fields: tuple[FieldDescription, ...] = ()
    areas_m2: tuple[float, ...] = ()
    crs: str | None = None
    bounds: Bounds | None = None
    where: str = ""
    encoding: str = ""

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields' names in their order."""
        return tuple(field.name for field in self.fields)
