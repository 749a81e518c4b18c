# SPDX-License-Identifier: GPL-2.0-or-later
"""What the core says: keys with arguments, turned into a language's sentence at the door."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from eco_onemap.paths import resource

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Message:
    """A sentence named by its key in ``resources/messages``, with the values it mentions.

    An argument that can be said in several languages itself is put into the same one first.
    """

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """Return the sentence in *language* (``en`` or ``zh``)."""
        values = {name: _in_language(value, language) for name, value in self.args.items()}
        return sentences(language)[self.key].format(**values)


def message(key: str, /, **args: Any) -> Message:
    """Return the message *key* with its arguments."""
    return Message(key, args)


def _in_language(value: Any, language: str) -> Any:
    return value.text(language) if hasattr(value, "text") else value


@cache
def sentences(language: str) -> dict[str, str]:
    """Return all sentences of *language* by key, from all its resource files."""
    found: dict[str, str] = {}
    for path in sorted(resource("messages").glob(f"*.{language}.yaml")):
        found.update(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    return found


def placeholders(sentence: str) -> set[str]:
    """Return the names of the arguments that a sentence mentions."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
