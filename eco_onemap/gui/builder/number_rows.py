# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers of a rectangle in one line of text: west, south, east, north."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_COMMAS = re.compile(r"\s*[,，\s]\s*")


def numbers_text(numbers: Sequence[Any]) -> str:
    """Return numbers as a line shows them."""
    return ", ".join(map(str, numbers))


def numbers_of(text: str) -> list[float]:
    """Return the numbers in a line, whole ones as such; ValueError where a part is none."""
    return [_number(part) for part in _COMMAS.split(text.strip())] if text.strip() else []


def _number(text: str) -> float:
    found = float(text)
    return int(found) if found.is_integer() else found
