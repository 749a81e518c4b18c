# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads YAML with errors that name the file and the place in it."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import yaml

from eco_onemap.core.errors import InputError
from eco_onemap.core.messages import Message, message


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """A safe loader that refuses a key given twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                problem = f"the key '{key.value}' is given twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        result: dict[Any, Any] = super().construct_mapping(node, deep)
        return result


def parse_yaml(text: str, path: str, error_type: type[InputError]) -> Any:
    """Return the plain data written in *text*, or raise *error_type* with file and line."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise error_type(
            "yaml.syntax",
            path=path,
            line=mark.line + 1 if mark else 1,
            cause=getattr(error, "problem", None) or str(error),
            details=str(error),
        ) from error


class Section:
    """A mapping in a YAML file that knows its file and its place in it.

    Reading a key checks its type; a wrong one raises the section's error type.
    """

    def __init__(self, data: Any, path: str, place: str, error_type: type[InputError]) -> None:
        self._path, self._place, self._error_type = path, place, error_type
        if not isinstance(data, Mapping):
            raise self.error("", "yaml.expected_mapping")
        self._data = data

    def error(self, key: str, problem: str, /, **args: Any) -> InputError:
        """Return (not raise) an error about *key* of this section."""
        place = ".".join(part for part in (self._place, key) if part) or "/"
        cause = message(problem, **args)
        return self._error_type("yaml.invalid", path=self._path, place=place, cause=cause)

    def __contains__(self, key: str) -> bool:
        return self._data.get(key) is not None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the section, in the order of the file."""
        return tuple(str(key) for key in self._data)

    @property
    def path(self) -> str:
        """The file that the section stands in."""
        return self._path

    @property
    def place(self) -> str:
        """Where in the file the section stands, such as ``layers[3]``."""
        return self._place

    def notes_on_unknown(self, known: Sequence[str]) -> tuple[Message, ...]:
        """Return a note for each key of the section that is not *known*."""
        return tuple(
            message(
                "yaml.unknown_key",
                path=self._path,
                place=self._place or "/",
                key=key,
                like=", ".join(difflib.get_close_matches(key, known, n=1)) or "–",
            )
            for key in self.keys
            if key not in known
        )

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Raise the section's error for a key that is not *known*, with the one most like it."""
        for key in self.keys:
            if key in known:
                continue
            nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            if nearest:
                raise self.error(key, "rule.unknown_key_like", key=key, nearest=nearest[0])
            raise self.error(key, "rule.unknown_key", key=key, known=", ".join(known))

    def raw(self, key: str) -> Any:
        """Return whatever stands at *key*, None if nothing does."""
        return self._data.get(key)

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.optional_text(key)
        if not value:
            raise self.error(key, "yaml.missing")
        return value

    def optional_text(self, key: str) -> str:
        """Return a text, "" if there is none; numbers are taken as written."""
        value = self._data.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.error(key, "yaml.expected_text")
        return str(value).strip()

    def optional_number(self, key: str, default: float) -> float:
        """Return a finite number, *default* if there is none."""
        value = self._data.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            raise self.error(key, "yaml.expected_number")
        return float(value)

    def amount(self, key: str, largest: float = math.inf) -> float:
        """Return a finite number from 0 up to *largest* that must be there."""
        value = self.optional_number(key, -1.0)
        if not 0 <= value <= largest or value == math.inf:
            raise self.error(key, "rule.amount", value=self.raw(key))
        return value

    def optional_flag(self, key: str) -> bool:
        """Return true or false, false if there is none."""
        value = self._data.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, "yaml.expected_flag")
        return value

    def optional_date(self, key: str) -> date | None:
        """Return a date (written 2024-06-30), None if there is none."""
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
                return date.fromisoformat(value.strip())
        except ValueError:
            raise self.error(key, "yaml.expected_date") from None
        raise self.error(key, "yaml.expected_date")

    def one_of(self, key: str, choices: Sequence[Any], default: Any = None) -> Any:
        """Return a value that must be one of *choices*."""
        value = self._data.get(key, default)
        if value not in choices:
            raise self.error(
                key, "yaml.expected_choice", value=value, choices=", ".join(map(str, choices))
            )
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts (or a single one), empty if there is none."""
        value = self._data.get(key)
        if value is None:
            return ()
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str | int | float) for item in values):
            raise self.error(key, "yaml.expected_texts")
        return tuple(str(item) for item in values)

    def text_mapping(self, key: str) -> dict[str, str]:
        """Return a mapping of texts, empty if there is none."""
        value = self._data.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self.error(key, "yaml.expected_mapping")
        return {str(name): str(item) for name, item in value.items()}

    def sections(self, key: str) -> list[Section]:
        """Return a list of sections that must be there and not be empty."""
        value = self._data.get(key)
        if not isinstance(value, list) or not value:
            raise self.error(key, "yaml.expected_list")
        place = ".".join(part for part in (self._place, key) if part)
        return [
            Section(item, self._path, f"{place}[{number}]", self._error_type)
            for number, item in enumerate(value)
        ]

    def section(self, key: str) -> Section | None:
        """Return the section at *key*, None if there is none."""
        value = self._data.get(key)
        if value is None:
            return None
        place = ".".join(part for part in (self._place, key) if part)
        return Section(value, self._path, place, self._error_type)

    def empty_section(self, key: str) -> Section:
        """Return a section without keys at *key*, for one that may be written as nothing."""
        place = ".".join(part for part in (self._place, key) if part)
        return Section({}, self._path, place, self._error_type)
