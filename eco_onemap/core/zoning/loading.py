# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads units, zones and access lists of a catalogue and joins clauses to units, once a check."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.conditions import plain_text
from eco_onemap.core.law.gaps import ALL_SITES, Gap
from eco_onemap.core.layers.catalogue import (
    UNIT_ROLE,
    ZONE_ROLE,
    AccessListEntry,
    Catalogue,
    LayerEntry,
)
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.layers.loading import Loaded, LoadedVector
from eco_onemap.core.layers.sources import LayerSource
from eco_onemap.core.messages import Message, message
from eco_onemap.core.zoning.clause_conditions import Conditions
from eco_onemap.core.zoning.clause_reading import read_clauses
from eco_onemap.core.zoning.clauses import Clause
from eco_onemap.core.zoning.codes import Code, parse_unit_code, parse_zone_code
from eco_onemap.core.zoning.fixed_columns import Columns, clause_columns, code_columns
from eco_onemap.core.zoning.joining import Joined, is_joinable, join_clauses
from eco_onemap.core.zoning.layer_words import WORDS, complete_unit, complete_zone
from eco_onemap.core.zoning.vocabulary import ACCESS_LIST_ROLE, find_unit_class

LIST_PREFIX = "access_list:"
"""What the rows of ``not_evaluated`` about an access list begin with."""

_CODE_ATTRIBUTES = ("unit_code", "code", "zone_code", "id")


@dataclass(frozen=True)
class CodedLayer:
    """A layer of units or zones: its distinct codes, and the number of each feature's own.

    code_of: shape (n,). names: shape (u,). joined: the clauses of each code, None for zones and
    where there are no lists. wrong: code number to why it cannot be trusted.
    """

    entry: LayerEntry
    codes: tuple[Code, ...]
    code_of: NDArray[np.intp]
    names: NDArray[np.object_]
    joined: Joined | None
    wrong: Mapping[int, Message]
    columns: Columns


@dataclass(frozen=True)
class Zoning:
    """All that a check needs of units, zones and access lists: coded layers by id, clauses, losses.

    entry: stands for the lists where rules speak of them as of a layer, None without lists.
    roles: of every layer of the catalogue by its id.
    """

    entry: LayerEntry | None
    clauses: tuple[Clause, ...]
    conditions: Conditions
    columns: Columns
    layers: Mapping[str, CodedLayer]
    roles: Mapping[str, str]
    gaps: tuple[Gap, ...]
    record: Mapping[str, str]

    def without(self, measured: Collection[str]) -> frozenset[str]:
        """Return ids and roles of the layers that are not among those measured."""
        lost = {name: role for name, role in self.roles.items() if name not in measured}
        return frozenset({*lost, *lost.values()})


def load_zoning(
    catalogue: Catalogue, source: LayerSource, layers: Sequence[Loaded], day: date
) -> Zoning | None:
    """Return units and zones with the access lists in force on *day* joined to them.

    None where the catalogue has neither. A list that cannot be read is a gap that keeps every site
    from being clear.
    """
    clauses: list[Clause] = []
    gaps: list[Gap] = []
    record: dict[str, str] = {}
    for entry in catalogue.access_lists:
        try:
            found, said = _load_list(entry, source, day)
            clauses += found
            record |= said
            gaps += _list_gaps(entry, found)
        except LayerError as error:
            gaps.append(Gap(ALL_SITES, f"{LIST_PREFIX}{entry.id}", error.message, blocks=True))
    has_lists = bool(catalogue.access_lists)
    coded = _coded_layers(layers, clauses if has_lists else None)
    if not has_lists and not coded:
        return None
    if has_lists and not any(layer.joined for layer in coded.values()):
        why = message("zoning.no_units")
        gaps.append(Gap(ALL_SITES, f"{LIST_PREFIX}units", why, blocks=True))
    return Zoning(
        _entry(catalogue) if has_lists else None,
        tuple(clauses),
        Conditions(clauses),
        clause_columns(clauses),
        coded,
        {layer.id: layer.role for layer in catalogue.layers},
        tuple(gaps),
        record,
    )


def find_clauses(catalogue: Catalogue, source: LayerSource, day: date) -> tuple[Clause, ...]:
    """Return the clauses in force on *day*; a list that cannot be read gives none.

    Why it cannot is told by the check.
    """
    found: list[Clause] = []
    for entry in catalogue.access_lists:
        with suppress(LayerError):
            found += _load_list(entry, source, day)[0]
    return tuple(found)


def _load_list(
    entry: AccessListEntry, source: LayerSource, day: date
) -> tuple[list[Clause], dict[str, str]]:
    if not entry.in_force(day):
        raise LayerError("zoning.not_in_force", list=entry.name, day=day.isoformat())
    rows = source.read_rows(entry)
    clauses = [clause for clause in read_clauses(rows, entry) if clause.in_force(day)]
    prefix = f"access_list.{entry.id}"
    return clauses, {
        f"{prefix}.title": entry.name,
        f"{prefix}.version": entry.version,
        f"{prefix}.clauses": str(len(clauses)),
        f"{prefix}.sha256": rows.fingerprint,
    }


def _list_gaps(entry: AccessListEntry, clauses: Sequence[Clause]) -> list[Gap]:
    """Return what is to be said of a list to every site; none of it decides a verdict."""
    waiting = sum(not clause.is_readable for clause in clauses)
    unread = [why for clause in clauses for why in clause.unread]
    lost = [clause for clause in clauses if not is_joinable(clause)]
    said = [message("zoning.waiting", list=entry.name, count=waiting, total=len(clauses))]
    if unread:
        said.append(message("zoning.unread", list=entry.name, count=len(unread), first=unread[0]))
    if lost:
        first = f"{lost[0].clause_id} {lost[0].scope}"
        said.append(message("zoning.unjoined", list=entry.name, count=len(lost), first=first))
    return [Gap(ALL_SITES, f"clauses:{entry.id}", why, blocks=False) for why in said]


def _entry(catalogue: Catalogue) -> LayerEntry:
    names = ", ".join(entry.name for entry in catalogue.access_lists)
    return LayerEntry(id=ACCESS_LIST_ROLE, role=ACCESS_LIST_ROLE, title=names, source="")


def _coded_layers(
    layers: Sequence[Loaded], clauses: Sequence[Clause] | None
) -> dict[str, CodedLayer]:
    return {
        loaded.entry.id: _coded(loaded.entry, loaded.layer, clauses)
        for loaded in layers
        if isinstance(loaded, LoadedVector) and loaded.entry.role in (UNIT_ROLE, ZONE_ROLE)
    }


def _coded(entry: LayerEntry, layer: CompiledLayer, clauses: Sequence[Clause] | None) -> CodedLayer:
    is_unit = entry.role == UNIT_ROLE
    parse = parse_unit_code if is_unit else parse_zone_code
    texts = [plain_text(text) for text in _code_column(layer).tolist()]
    parsed = {text: parse(text) for text in dict.fromkeys(texts)}
    bare = tuple({code.text: code for code in parsed.values()}.values())
    number = {code.text: at for at, code in enumerate(bare)}
    code_of = np.array([number[parsed[text].text] for text in texts], dtype=np.intp)
    first = np.zeros(len(bare), dtype=np.intp)
    first[code_of[::-1]] = np.arange(len(texts))[::-1]  # the first feature of a code speaks for it
    names = layer.feature_names[first]
    codes = _completed(is_unit, bare, layer, first)
    wrong = _contradictions(layer, bare, code_of) if is_unit else {}
    joined = join_clauses(clauses, codes) if is_unit and clauses is not None else None
    return CodedLayer(entry, codes, code_of, names, joined, wrong, code_columns(codes))


def _completed(
    is_unit: bool, codes: Sequence[Code], layer: CompiledLayer, first: NDArray[np.intp]
) -> tuple[Code, ...]:
    """Return the codes with what the layer's other columns say, by each code's first feature."""
    columns = {
        word: list(map(plain_text, layer.attributes[word][first].tolist()))
        for word in WORDS
        if word in layer.attributes
    }
    said = [{word: texts[at] for word, texts in columns.items()} for at in range(len(codes))]
    if is_unit:
        return tuple(map(complete_unit, codes, said))
    names = map(plain_text, layer.feature_names[first].tolist())
    return tuple(map(complete_zone, codes, said, names))


def _code_column(layer: CompiledLayer) -> NDArray[Any]:
    given = [layer.attributes[name] for name in _CODE_ATTRIBUTES if name in layer.attributes]
    return given[0] if given else layer.feature_ids


def _contradictions(
    layer: CompiledLayer, codes: Sequence[Code], code_of: NDArray[np.intp]
) -> dict[int, Message]:
    """Return the codes whose class digit is not the class that the layer states."""
    stated = layer.attributes.get("unit_class")
    found: dict[int, Message] = {}
    for number, value in zip(code_of.tolist(), [] if stated is None else stated, strict=False):
        given, code = find_unit_class(plain_text(value)), codes[number]
        if given and code.unit_class and given != code.unit_class:
            found[number] = message(
                "zoning.wrong_class", code=code.text, digit=code.unit_class, stated=str(value)
            )
    return found
