# SPDX-License-Identifier: GPL-2.0-or-later
"""Values of a check as JSON and back: only the classes listed here, nothing that runs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np
import shapely

from eco_onemap.core.columns import text_column
from eco_onemap.core.law.overrides import Override, Overrides
from eco_onemap.core.law.rules import (
    LegalBasis,
    Level,
    Measure,
    ProjectFilter,
    Relation,
    Rule,
    RulePack,
)
from eco_onemap.core.law.when import Ask, Bound, Branch, How, Limit, Question
from eco_onemap.core.layers.catalogue import (
    AccessListEntry,
    Catalogue,
    CoverageEntry,
    CoverageKind,
    LayerEntry,
    Secrecy,
)
from eco_onemap.core.messages import Message
from eco_onemap.core.options import Options, Tolerances
from eco_onemap.core.results.wording import Joined, Localized
from eco_onemap.core.sites.care_log import CareEntry, CareKind, CareText
from eco_onemap.core.sites.site import SiteFacts, SiteSet
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.core.zoning.vocabulary import Terms

KIND = "$"
"""The key that says what an object of JSON stands for."""

_KNOWN: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(Override, Overrides, LegalBasis, Level, Measure, ProjectFilter, Relation, Rule),
        *(RulePack, Ask, Bound, Branch, How, Limit, Question, AccessListEntry, Catalogue),
        *(CoverageEntry, CoverageKind, LayerEntry, Secrecy, Message, Options, Tolerances),
        *(Joined, Localized, CareEntry, CareKind, CareText, SiteFacts, SiteSet, Verdict, Terms),
    )
}


def freeze(value: Any) -> Any:
    """Return *value* as JSON has it; fields of an object that are as by default are left out.

    TypeError for a value of a class that is not known here.
    """
    if isinstance(value, Enum):
        return {KIND: _name(value), "value": value.value}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {KIND: "float", "value": repr(float(value))}
    if isinstance(value, date):
        return {KIND: "date", "value": value.isoformat()}
    if isinstance(value, shapely.Geometry):
        return {KIND: "wkb", "value": shapely.to_wkb(value, hex=True)}
    return _freeze_many(value)


def _freeze_many(value: Any) -> Any:
    """Return a value of several parts as JSON has it."""
    if isinstance(value, np.ndarray):
        kind, held = ("numbers" if value.dtype.kind == "f" else "array"), value.tolist()
        is_plain = set(map(type, held)) <= {str, type(None)}
        return {KIND: kind, "values": held if is_plain else [freeze(one) for one in held]}
    if isinstance(value, tuple):
        return [freeze(one) for one in value]
    if isinstance(value, list):
        return {KIND: "list", "values": [freeze(one) for one in value]}
    if isinstance(value, set | frozenset):
        return {KIND: "set", "values": sorted((freeze(one) for one in value), key=repr)}
    if isinstance(value, Mapping):
        return {KIND: "map", "values": [[freeze(k), freeze(v)] for k, v in value.items()]}
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: getattr(value, each.name) for each in fields(value)}
        changed = {n: told[n] for n in told if not _is_default(value, n, told[n])}
        return {KIND: _name(value), **{name: freeze(one) for name, one in changed.items()}}
    raise TypeError(f"{type(value).__name__} is not known")


def thaw(data: Any) -> Any:
    """Return the value that :func:`freeze` made *data* of.

    ValueError, TypeError or KeyError where it made it of nothing.
    """
    if isinstance(data, list):
        return tuple(thaw(one) for one in data)
    if not isinstance(data, dict):
        return data
    kind = data[KIND]
    if kind in _KNOWN:
        return _thaw_known(_KNOWN[kind], data)
    value = data["value"] if "value" in data else [thaw(one) for one in data["values"]]
    return _MAKERS[kind](value)


def _thaw_known(kind: type[Any], data: Mapping[str, Any]) -> Any:
    if issubclass(kind, Enum):
        return kind(data["value"])
    return kind(**{name: thaw(one) for name, one in data.items() if name != KIND})


def _name(value: object) -> str:
    name = type(value).__name__
    if _KNOWN.get(name) is not type(value):
        raise TypeError(f"{name} is not known")
    return name


def _is_default(value: Any, name: str, held: Any) -> bool:
    """Return whether a field holds what it does by default; arrays never do."""
    each: Field[Any] = next(one for one in fields(value) if one.name == name)
    if isinstance(held, np.ndarray):
        return False
    if each.default is not MISSING:
        return type(held) is type(each.default) and bool(held == each.default)
    return each.default_factory is not MISSING and isinstance(held, Mapping) and not held


_MAKERS: dict[str, Callable[[Any], Any]] = {
    "float": float,
    "date": date.fromisoformat,
    "wkb": shapely.from_wkb,
    "numbers": lambda values: np.array(values, dtype=np.float64),
    "array": text_column,
    "list": list,
    "set": frozenset,
    "map": dict,
}
