# SPDX-License-Identifier: GPL-2.0-or-later
"""Who made a map and when, as it stands at the foot of each sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Imprint:
    """What the office says of itself; "" and None leave a line to fill in by hand.

    approval: the number (审图号) under which an authority allowed the map to be published
        (《地图管理条例》 第二十一条、第二十二条).
    """

    organisation: str = ""
    maker: str = ""
    made_on: date | None = None
    approval: str = ""


BLANK = Imprint()
