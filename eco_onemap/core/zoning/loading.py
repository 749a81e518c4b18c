# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads the access lists of a catalogue and joins them to its control units, once a check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.conditions import plain_text
from eco_onemap.core.law.gaps import ALL_SITES, Gap
from eco_onemap.core.layers.catalogue import AccessListEntry, Catalogue, LayerEntry
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
from eco_onemap.core.zoning.vocabulary import ACCESS_LIST_ROLE, find_unit_class

UNIT_ROLE, ZONE_ROLE = "control_unit", "element_zone"
LIST_PREFIX = "access_list:"
"""What the rows of ``not_evaluated`` about an access list begin with."""

_CODE_ATTRIBUTES = ("unit_code", "code", "zone_code", "id")


@dataclass(frozen=True)
class CodedLayer:
    """A layer of units or zones: its distinct codes, and the number of each feature's own.

    code_of: shape (n,). names: shape (u,). joined: the clauses of each code, None for zones.
    wrong: code number to why it cannot be trusted.
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
    """All that a check needs of access lists: clauses, coded layers by id, what was lost.

    entry: stands for the lists where rules speak of them as of a layer.
    """

    entry: LayerEntry
    clauses: tuple[Clause, ...]
    conditions: Conditions
    columns: Columns
    layers: Mapping[str, CodedLayer]
    gaps: tuple[Gap, ...]
    record: Mapping[str, str]


def load_zoning(
    catalogue: Catalogue, source: LayerSource, layers: Sequence[Loaded], day: date
) -> Zoning | None:
    """Return the access lists in force on *day*, joined; None where the catalogue names none.

    A list that cannot be read is a gap that keeps every site from being clear.
    """
    if not catalogue.access_lists:
        return None
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
    coded = _coded_layers(layers, clauses)
    if not any(layer.joined for layer in coded.values()):
        why = message("zoning.no_units")
        gaps.append(Gap(ALL_SITES, f"{LIST_PREFIX}units", why, blocks=True))
    return Zoning(
        _entry(catalogue),
        tuple(clauses),
        Conditions(clauses),
        clause_columns(clauses),
        coded,
        tuple(gaps),
        record,
    )


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


def _coded_layers(layers: Sequence[Loaded], clauses: Sequence[Clause]) -> dict[str, CodedLayer]:
    return {
        loaded.entry.id: _coded(loaded.entry, loaded.layer, clauses)
        for loaded in layers
        if isinstance(loaded, LoadedVector) and loaded.entry.role in (UNIT_ROLE, ZONE_ROLE)
    }


def _coded(entry: LayerEntry, layer: CompiledLayer, clauses: Sequence[Clause]) -> CodedLayer:
    is_unit = entry.role == UNIT_ROLE
    parse = parse_unit_code if is_unit else parse_zone_code
    texts = [plain_text(text) for text in _code_column(layer).tolist()]
    parsed = {text: parse(text) for text in dict.fromkeys(texts)}
    codes = tuple({code.text: code for code in parsed.values()}.values())
    number = {code.text: at for at, code in enumerate(codes)}
    code_of = np.array([number[parsed[text].text] for text in texts], dtype=np.intp)
    names = np.full(len(codes), "", dtype=object)
    names[code_of[::-1]] = layer.feature_names[::-1]  # the first feature of a code names it
    wrong = _contradictions(layer, codes, code_of) if is_unit else {}
    joined = join_clauses(clauses, codes) if is_unit else None
    return CodedLayer(entry, codes, code_of, names, joined, wrong, code_columns(codes))


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
