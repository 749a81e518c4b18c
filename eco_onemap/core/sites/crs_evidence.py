# SPDX-License-Identifier: GPL-2.0-or-later
"""What a file of sites itself says about its coordinate reference system."""

from __future__ import annotations

from dataclasses import dataclass

from eco_onemap.core.messages import Message


@dataclass(frozen=True)
class CrsEvidence:
    """What a reader found in the file; "" and ``None`` mean that the file does not say.

    declared: the system's name as written (坐标系=…, a column's heading, a .prj).
    projection: the projection's name as written (投影类型=…).
    zone_degrees: width of the zones in degrees, 3 or 6.
    zone: zone number of the header, or in front of all eastings.
    central_meridian: in degrees east.
    datum: ``CGCS2000``, ``Xian 1980`` or ``Beijing 1954`` where the name is one of theirs.
    angular: whether the coordinates are degrees (True) or metres (False).
    axis_order: how the file's columns stand, ``xy`` east or longitude first, ``yx`` north or
        latitude first; the geometries always have x = east.
    notes: what the reader had to decide.
    """

    declared: str = ""
    projection: str = ""
    zone_degrees: int | None = None
    zone: int | None = None
    central_meridian: float | None = None
    datum: str = ""
    angular: bool | None = None
    axis_order: str = ""
    notes: tuple[Message, ...] = ()
