# SPDX-License-Identifier: GPL-2.0-or-later
"""Phone map apps whose files may hold the coordinates of a web map instead of true ones."""

from __future__ import annotations

import re
from pathlib import Path

from eco_onemap.core.sites.raw_sites import Suspicion
from eco_onemap.core.sites.site_settings import Origin

_MAKERS = (
    (Origin.BD09, "百度地图", re.compile(r"百度地图|baidu|bdmap|bd-?09", re.IGNORECASE)),
    (Origin.GCJ02, "高德地图", re.compile(r"高德|\bamap\b|autonavi|gaode|gcj-?02", re.IGNORECASE)),
    (Origin.GCJ02, "腾讯地图", re.compile(r"腾讯地图|qqmap|tencent", re.IGNORECASE)),
    (Origin.UNKNOWN, "奥维互动地图", re.compile(r"奥维|ovital", re.IGNORECASE)),
    (Origin.UNKNOWN, "两步路", re.compile(r"两步路|2bulu", re.IGNORECASE)),
    (Origin.UNKNOWN, "六只脚", re.compile(r"六只脚|foooooot", re.IGNORECASE)),
)
"""Origin of the coordinates (unknown: the app's setting decides), name, traces in the file."""

_SUSPECT = (".kml", ".kmz", ".ovkml", ".gpx")
_HEAD_BYTES = 1 << 16
_PLACEMARKS = re.compile(r"<(?:Placemark|wpt|trk|rte)\b.*", re.DOTALL | re.IGNORECASE)


def find_suspicion(path: Path, suffix: str) -> Suspicion | None:
    """Return that a KML or GPX file comes from a phone map app, None where nothing says so.

    path: the unpacked file; suffix: of the file as the user has it. Only the file's head is
    searched: a site's own name may hold any word.
    """
    if suffix.lower() not in _SUSPECT or not path.is_file():
        return None
    with path.open("rb") as stream:
        head = _PLACEMARKS.sub("", stream.read(_HEAD_BYTES).decode("utf-8", "replace"))
    found = ((origin, name) for origin, name, traces in _MAKERS if traces.search(head))
    return next((Suspicion(origin, name) for origin, name in found), None)
