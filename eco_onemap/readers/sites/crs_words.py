# SPDX-License-Identifier: GPL-2.0-or-later
"""Words about the coordinate system in titles, headings and headers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from eco_onemap.core.sites.crs_evidence import CrsEvidence

_SYSTEM = re.compile(
    r"(?:20\d\d)?\s*(?:国家)?大地\s*(?:2000)?坐标系?|国家\s*2000\S{0,6}|\S{0,4}(?:西安|北京)\s*\d{0,4}\S{0,4}"
    r"|cgcs\s*2000|wgs\s*-?\s*84|gcj\s*-?\s*02|bd\s*-?\s*09|\S{1,8}坐标系",
    re.IGNORECASE,
)
_DATUMS = (
    ("CGCS2000", re.compile(r"2000")),
    ("Xian 1980", re.compile(r"80|西安")),
    ("Beijing 1954", re.compile(r"54|北京")),
)
_LOCAL = re.compile("地方|独立|城市|新|wgs|gcj|bd", re.IGNORECASE)
"""Words of local systems, of the New Beijing one, and of what is no survey of the country."""

_MERIDIAN = re.compile(r"中央(?:子午线|经线)\D{0,4}(\d{2,3}(?:\.\d+)?)")
_ZONE = re.compile(r"带号\D{0,3}(\d{2})(?!\d)|第?\s*(\d{2})\s*(?:号)?带")
_WIDTH = re.compile(r"([36三六])\s*(?:°|度)\s*(?:分?带)?")
_DEGREES = {"3": 3, "三": 3, "6": 6, "六": 6}


def find_crs_words(texts: Iterable[str]) -> CrsEvidence:
    """Return what *texts* say of the coordinate system: its name, datum, zone and meridian."""
    text = " ".join(unicodedata.normalize("NFKC", one) for one in texts)
    system = _SYSTEM.search(text)
    declared = system[0].strip() if system else ""
    meridian, zone = _MERIDIAN.search(text), _ZONE.search(text)
    width = _WIDTH.search(text)
    return CrsEvidence(
        declared=declared,
        datum=datum_of(declared),
        central_meridian=float(meridian[1]) if meridian else None,
        zone=int(zone[1] or zone[2]) if zone else None,
        zone_degrees=_DEGREES[width[1]] if width else None,
        projection="高斯-克吕格" if re.search("高斯|gauss", text, re.IGNORECASE) else "",
    )


def datum_of(declared: str) -> str:
    """Return the national datum that a system's name means, "" for a local or foreign one."""
    if _LOCAL.search(declared):
        return ""
    return next((name for name, words in _DATUMS if words.search(declared)), "")
