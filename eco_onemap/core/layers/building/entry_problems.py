# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with the words of an entry, whatever its source holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.layers.building.draft import new_id
from eco_onemap.core.layers.building.problem import Cure, Problem, Surroundings, Weight
from eco_onemap.core.layers.building.vocabulary import role_title
from eco_onemap.core.layers.catalogue import LAYER_KEYS, LayerEntry, layer_entry
from eco_onemap.core.layers.catalogue_text import CatalogueText
from eco_onemap.core.messages import Message, message
from eco_onemap.core.reading import Section

NEEDED = ("id", "role", "title", "source")
DATES = ("issued", "valid_from", "valid_to")
_DAY = re.compile(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D?")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_SECRECIES = {
    "public": ("公开", "open", "公众"),
    "internal": ("内部", "内部使用", "intern"),
    "sensitive": ("敏感", "涉密", "秘密", "机密", "secret", "confidential"),
}
_YES, _NO = ("yes", "y", "true", "1", "是", "必需"), ("no", "n", "false", "0", "否")


def find_entry_problems(
    catalogue: CatalogueText, number: int, around: Surroundings
) -> Iterable[Problem]:
    """Yield what is wrong with an entry's keys and values."""
    data = dict(catalogue.layers[number])
    for _ in range(len(LAYER_KEYS)):
        try:
            entry = layer_entry(_section(data, number, catalogue.path), around.folder)
        except CatalogueError as error:
            key = str(error.message.args["place"]).rpartition(".")[2]
            yield _unreadable(catalogue, number, key, error.message)
            data.pop(key, None)  # to find what else is wrong
            if key in NEEDED:
                data[key] = "?"
            continue
        yield from _disordered(entry, number)
        break
    yield from _unknown_keys(catalogue, number)


def entry_at(catalogue: CatalogueText, number: int, around: Surroundings) -> LayerEntry | None:
    """Return an entry as a check reads it, None where it cannot be read."""
    try:
        section = _section(catalogue.layers[number], number, catalogue.path)
        return layer_entry(section, around.folder)
    except CatalogueError:
        return None


def _section(data: Mapping[str, Any], number: int, path: str) -> Section:
    return Section(data, path, f"layers[{number}]", CatalogueError)


def _unreadable(catalogue: CatalogueText, number: int, key: str, text: Message) -> Problem:
    data = catalogue.layers[number]
    value = _proposed(catalogue, data, key)
    place = ("layers", number, key)
    cures = []
    if value is not None:
        said = message("cure.set", key=key, value=value)
        cures.append(Cure(said, ((place, value),)))
    elif key not in NEEDED and key in data:
        cures.append(Cure(message("cure.take_out", key=key), ((place, None),)))
    return Problem(Weight.ERROR, text, number, tuple(cures))


def _proposed(catalogue: CatalogueText, data: Mapping[str, Any], key: str) -> Any:
    """Return a value that can be read in place of one that cannot, None where none is known."""
    written = str(data.get(key, "")).strip()
    if key == "id":
        name = str(data.get("role") or PurePath(str(data.get("source", ""))).stem)
        return new_id(name, [str(entry.get("id")) for entry in catalogue.layers])
    if key == "title":
        title = role_title(str(data.get("role") or ""))
        return title.text("zh") if isinstance(title, Message) else title or None
    make = _REPAIRS.get(key)
    return make(written) if make else None


def _flag(written: str) -> bool | None:
    return True if written in _YES else False if written in _NO else None


def _day(written: str) -> date | None:
    found = _DAY.fullmatch(written)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _secrecy(written: str) -> str | None:
    return next((name for name, words in _SECRECIES.items() if written in words), None)


def _number(written: str) -> float | None:
    found = _NUMBER.search(written)
    return float(found[0]) if found else None


_REPAIRS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(DATES, _day),
    "secrecy": _secrecy,
    **dict.fromkeys(("required", "empty"), lambda written: _flag(written.lower())),
    "accuracy_m": _number,
}


def _disordered(entry: LayerEntry, number: int) -> Iterable[Problem]:
    start, end = entry.valid_from, entry.valid_to
    if start and end and end < start:
        text = message("problem.ends_before", layer=entry.title, valid_from=start, valid_to=end)
        place = ("layers", number)
        edits = (((*place, "valid_from"), end), ((*place, "valid_to"), start))
        yield Problem(Weight.ERROR, text, number, (Cure(message("cure.swap_days"), edits),))
    if not entry.version and not entry.issued:
        text = message("problem.no_vintage", layer=entry.title)
        yield Problem(Weight.HINT, text, number)


def _unknown_keys(catalogue: CatalogueText, number: int) -> Iterable[Problem]:
    data = catalogue.layers[number]
    for note in _section(data, number, catalogue.path).notes_on_unknown(LAYER_KEYS):
        key, like = str(note.args["key"]), str(note.args["like"])
        cures = []
        if like in LAYER_KEYS and like not in data:
            edits = ((("layers", number, key), None), (("layers", number, like), data[key]))
            cures.append(Cure(message("cure.rename_key", key=key, like=like), edits))
        yield Problem(Weight.WARNING, note, number, tuple(cures))
