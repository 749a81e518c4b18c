# SPDX-License-Identifier: GPL-2.0-or-later
"""The sentences of maps, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from eco_onemap.core.messages import Message


@dataclass(frozen=True)
class Say:
    """Says the sentences below ``map.`` in one language."""

    language: str

    def __call__(self, key: str, /, **args: Any) -> str:
        """Return the sentence ``map.KEY``."""
        return Message(f"map.{key}", args).text(self.language)

    def listed(self, texts: Iterable[str]) -> str:
        """Return texts as an enumeration."""
        return self("listed").join(texts)

    def told(self, sentences: Iterable[str]) -> str:
        """Return sentences one after another; empty ones are left out."""
        return self("sentence.gap").join(filter(None, sentences))
