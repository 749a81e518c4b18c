# SPDX-License-Identifier: GPL-2.0-or-later
"""Codes of industries (国民经济行业分类, GB/T 4754-2017): sections, divisions, groups, classes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SECTIONS = (
    *(("A", 5), ("B", 12), ("C", 43), ("D", 46), ("E", 50), ("F", 52), ("G", 60), ("H", 62)),
    *(("I", 65), ("J", 69), ("K", 70), ("L", 72), ("M", 75), ("N", 79), ("O", 82), ("P", 83)),
    *(("Q", 85), ("R", 90), ("S", 96), ("T", 97)),
)
"""Each section with its last division (two digits); the divisions count through."""

_CODE = re.compile(r"([A-T]?\d{2,4}|[A-T])(?![0-9A-Z])")


def parse_industry(written: str) -> str:
    """Return an industry code with its section, such as C2614 for 2614; "" for what is none.

    The industry's name may follow the code: ``C2614 有机化学原料制造``.
    """
    found = _CODE.match(unicodedata.normalize("NFKC", written).strip().upper())
    if not found:
        return ""
    code = found[1]
    if not code[0].isdigit():
        return code
    division = int(code[:2])
    return next((letter + code for letter, last in SECTIONS if 0 < division <= last), "")


def is_of_industry(written: str, beginnings: Sequence[str]) -> bool | None:
    """Return whether an industry is, or lies in, one of the industries *beginnings*.

    None where that is unknown: no code, none that is known, or one that is wider than what is
    asked for.
    """
    code = parse_industry(written)
    if not code:
        return None
    asked = [parse_industry(beginning) for beginning in beginnings]
    if any(code.startswith(one) for one in asked):
        return True
    return None if any(one.startswith(code) for one in asked) else False
