# SPDX-License-Identifier: GPL-2.0-or-later
"""A catalogue as the text that a person wrote: edited in single places, all else kept.

QGIS brings PyYAML only, which forgets comments, order and quotes. So the text itself is changed,
and each change proves itself: the new text is read and must say what was meant, and no comment
may be lost but those of an entry that is taken out.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from eco_onemap.core.errors import CatalogueError, cause_of
from eco_onemap.core.layers.building import yaml_edits, yaml_entries
from eco_onemap.core.layers.building.yaml_edits import Place, Uneditable
from eco_onemap.core.layers.building.yaml_marks import comments, composed, has_anchors
from eco_onemap.core.layers.building.yaml_scalars import scalar_text
from eco_onemap.core.layers.catalogue import ACCESS_LIST_KEYS, CATALOGUE_KEYS, LAYER_KEYS
from eco_onemap.core.reading import parse_yaml

LAYERS = "layers"
ACCESS_LISTS = "access_lists"
_ORDERS: Mapping[str, tuple[str, ...]] = {
    "": CATALOGUE_KEYS,
    LAYERS: LAYER_KEYS,
    ACCESS_LISTS: ACCESS_LIST_KEYS,
}
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class CatalogueText:
    """The text of a catalogue; changing it gives another one.

    path: the file that errors name.
    is_marked: whether the file begins with a byte-order mark, as Windows' editors write it.
    """

    text: str
    path: str = ""
    is_marked: bool = False

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.text.encode("utf-8-sig" if self.is_marked else "utf-8")

    @cached_property
    def data(self) -> dict[str, Any]:
        """The plain data that the text says; CatalogueError where it is no catalogue at all."""
        found = parse_yaml(self.text, self.path, CatalogueError)
        if not isinstance(found, dict) or composed(self.text) is None:
            raise CatalogueError("catalogue_text.no_mapping", path=self.path)
        return found

    @property
    def layers(self) -> list[dict[str, Any]]:
        """The entries of the layers as plain data, those that are no mapping as empty ones."""
        return self.entries(LAYERS)

    def entries(self, section: str) -> list[dict[str, Any]]:
        """Return the entries of a list as plain data."""
        found = self.data.get(section)
        listed = found if isinstance(found, list) else []
        return [entry if isinstance(entry, dict) else {} for entry in listed]

    def with_value(self, place: Place, value: Any) -> CatalogueText:
        """Return the catalogue with a value at a place; None, "" and {} take the key out."""
        wanted = copy.deepcopy(self.data)
        if value is None or value in ("", {}, []):
            if not _exists(wanted, place):
                return self
            _remove(wanted, place)
            return self._changed(lambda text: yaml_edits.remove_key(text, place), wanted, place)
        if _exists(wanted, place) and _same(_at(wanted, place), value):
            return self
        _at(wanted, place[:-1])[place[-1]] = value
        order = _ORDERS.get(str(place[0]) if len(place) == 3 else "" if len(place) == 1 else "-")
        return self._changed(
            lambda text: yaml_edits.set_key(text, place, value, order or ()), wanted, place
        )

    def with_entry(self, entry: Mapping[str, Any], section: str = LAYERS) -> CatalogueText:
        """Return the catalogue with one more entry of a list, the last one."""
        wanted = copy.deepcopy(self.data)
        wanted[section] = [*(wanted.get(section) or []), dict(entry)]
        place = (section, len(wanted[section]) - 1)
        return self._changed(
            lambda text: yaml_entries.append_entry(text, section, entry), wanted, place
        )

    def without_entry(self, number: int, section: str = LAYERS) -> CatalogueText:
        """Return the catalogue without an entry; the comments in its lines go with it."""
        wanted = copy.deepcopy(self.data)
        del wanted[section][number]
        return self._changed(
            lambda text: yaml_entries.remove_entry(text, section, number), wanted, (section, number)
        )

    def with_moved(self, number: int, to: int, section: str = LAYERS) -> CatalogueText:
        """Return the catalogue with an entry at another one's place; those between make room."""
        wanted = copy.deepcopy(self.data)
        entries = wanted[section]
        entries.insert(to, entries.pop(number))
        return self._changed(
            lambda text: yaml_entries.move_entry(text, section, number, to),
            wanted,
            (section, number),
        )

    def _changed(self, edit: Any, wanted: Mapping[str, Any], place: Place) -> CatalogueText:
        """Return the edited catalogue; CatalogueError where the text does not take the edit."""
        if has_anchors(self.text):
            raise self._refusal("catalogue_text.anchors", place)
        removed: list[str] = []
        section = str(place[0])
        try:
            if len(place) == 2 and len(wanted[section]) < len(self.data.get(section) or []):
                removed = yaml_entries.comments_of_entry(self.text, section, int(place[1]))
            text = edit(self.text)
            new = replace(self, text=text)
            proved = _same(new.data, wanted) and _lost(self.text, text) == Counter(removed)
        except (Uneditable, CatalogueError, yaml.YAMLError, ValueError) as error:
            raise self._refusal("catalogue_text.refused", place) from error
        if not proved:
            raise self._refusal("catalogue_text.refused", place)
        return new

    def _refusal(self, key: str, place: Place) -> CatalogueError:
        shown = ".".join(map(str, place)) or "/"
        return CatalogueError(key, path=self.path, place=shown)


def new_catalogue_text(title: str, comment: str = "") -> CatalogueText:
    """Return the text of a catalogue without layers."""
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    return CatalogueText(f"{head}onemap: 1\ntitle: {scalar_text(title)}\nlayers: []\n")


def read_catalogue_text(path: Path) -> CatalogueText:
    """Return the text of a catalogue; CatalogueError where it cannot be read or is no mapping."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            "catalogue.unreadable", path=str(path), cause=cause_of(error), details=repr(error)
        ) from error
    bare = text.removeprefix(_BYTE_ORDER_MARK)
    found = CatalogueText(bare, str(path), is_marked=bare != text)
    _ = found.data
    return found


def _exists(data: Any, place: Place) -> bool:
    try:
        _at(data, place)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _at(data: Any, place: Place) -> Any:
    for step in place:
        data = data[step]
    return data


def _remove(data: Any, place: Place) -> None:
    """Take a key out, and a mapping that held nothing else."""
    holder = _at(data, place[:-1])
    del holder[place[-1]]
    if not holder and len(place) > 1 and isinstance(place[-2], str):
        _remove(data, place[:-1])


def _same(one: Any, other: Any) -> bool:
    """Return whether plain data is the same to the letter: 1 is not True, 2023 not "2023"."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return set(one) == set(other) and all(
            _same(value, other[key]) for key, value in one.items()
        )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    numbers = (int, float)
    if type(one) in numbers and type(other) in numbers:
        return bool(one == other)
    return type(one) is type(other) and bool(one == other)


def _lost(before: str, after: str) -> Counter[str]:
    """Return the comments that are no longer there."""
    there = Counter(comment for _, comment in comments(before))
    return there - Counter(comment for _, comment in comments(after))
