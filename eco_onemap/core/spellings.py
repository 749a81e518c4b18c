# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares words as offices write them with tables of spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping


def plain(text: str) -> str:
    """Return a word as spellings are compared: half width, no case, blanks or brackets."""
    return re.sub(r"[\s()（）【】\[\]_/、·-]", "", unicodedata.normalize("NFKC", text)).lower()


def by_spelling(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return plain spelling to term for a table of terms and their spellings."""
    return {plain(word): term for term, words in table.items() for word in words}
