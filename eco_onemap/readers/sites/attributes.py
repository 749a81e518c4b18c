# SPDX-License-Identifier: GPL-2.0-or-later
"""What a file's columns say of the sites: identifiers, names and the facts that rules ask for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.messages import Message, message

ID_FIELDS = ("site_id", "id", "编号", "地块编号", "项目编号", "宗地编号", "dkbh", "xmbh", "fid")
NAME_FIELDS = ("name", "名称", "地块名称", "项目名称", "dkmc", "xmmc")

TEXT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "tags": ("tags", "标签", "项目标签"),
    "not_tags": ("not_tags", "否定标签", "排除标签"),
    "stage": ("stage", "阶段", "项目阶段"),
    "planned_use": ("planned_use", "规划用途", "土地用途", "地块用途", "用地性质", "用途"),
    "industry": ("industry", "行业", "行业类别", "所属行业"),
    "address": ("address", "地址", "项目地址", "地块地址", "坐落", "土地坐落"),
}
"""Internal name of a fact to the spellings of its column, compared without case and blanks."""

STAGES = {"规划": "planning", "收储": "acquisition", "供应": "supply", "选址": "siting"}

PLANNED_USES = {
    "居住": "residential",
    "住宅": "residential",
    "公共管理": "public",
    "公共服务": "public",
    "工业": "industrial",
    "工矿": "industrial",
    "商业": "commercial",
    "仓储": "storage",
    "交通": "transport",
    "公用设施": "utilities",
    "绿地": "green",
    "农业": "agriculture",
    "耕地": "agriculture",
    "园地": "agriculture",
    "水域": "water",
}
"""A word in a planned use to the vocabulary's term, after the first-level land classes of the
land and sea use classification (用地用海分类指南, 2023)."""

VOCABULARIES: Mapping[str, Mapping[str, str]] = {"stage": STAGES, "planned_use": PLANNED_USES}

_AREA_HEADER = re.compile(r"(?:地块|宗地|用地|占地|申报)?面积[(_]?(平方米|m2|㎡|公顷|ha|亩)\)?")
_SQUARE_METRES = {
    "平方米": 1.0,
    "m2": 1.0,
    "㎡": 1.0,
    "公顷": 10_000.0,
    "ha": 10_000.0,
    "亩": 2000 / 3,
}


def find_field(columns: Iterable[str], spellings: Sequence[str]) -> str | None:
    """Return the first of *spellings* that is a column, as the file spells it; None if none is."""
    by_plain = {_plain(column): column for column in columns}
    return next((by_plain[name] for name in spellings if name in by_plain), None)


def site_columns(
    columns: Mapping[str, NDArray[Any]],
) -> tuple[dict[str, NDArray[Any]], tuple[Message, ...]]:
    """Return the facts that the columns hold, under their internal names, and notes on them."""
    found: dict[str, NDArray[Any]] = {}
    notes: list[Message] = []
    for name, spellings in TEXT_FIELDS.items():
        field = find_field(columns, spellings)
        if field is not None:
            found[name] = in_vocabulary(name, texts(columns[field]), notes)
    areas = _declared_areas(columns)
    if areas is not None:
        found["declared_area_m2"] = areas
    return found, tuple(notes)


def texts(values: NDArray[Any]) -> NDArray[np.object_]:
    """Return values as trimmed text, "" where there is none; whole numbers without decimals."""
    made = [_text(value) for value in values.tolist()]
    return np.fromiter(made, dtype=object, count=len(made))


def in_vocabulary(
    name: str, values: NDArray[np.object_], notes: list[Message]
) -> NDArray[np.object_]:
    """Return a fact's texts in the vocabulary of rules; what it does not know becomes unknown.

    A term that no rule could know would make every rule for a listed use not apply.
    """
    terms = VOCABULARIES.get(name)
    if terms is None:
        return values
    known = {text: _term(text, terms) for text in set(values.tolist())}
    strange = sorted(text for text, term in known.items() if text and not term)
    if strange:
        notes.append(message(f"site_file.note_unknown_{name}", values=", ".join(strange[:10])))
    return np.array([known[text] for text in values.tolist()], dtype=object)


def unique_ids(wanted: Sequence[str]) -> tuple[NDArray[np.object_], tuple[Message, ...]]:
    """Return identifiers made unique: a running number for an empty one, ``-2`` for a repeat."""
    given = set(wanted)
    taken: set[str] = set()
    repeats: Counter[str] = Counter()
    made: list[str] = []
    for number, text in enumerate(wanted, start=1):
        base = text or str(number)
        unique = base
        while unique in taken or (unique in given and unique != text):
            repeats[base] += 1
            unique = f"{base}-{repeats[base] + 1}"
        taken.add(unique)
        made.append(unique)
    changed = [new for new, old in zip(made, wanted, strict=True) if new != old]
    notes: tuple[Message, ...] = ()
    if changed and any(wanted):
        notes = (message("site_file.note_ids", count=len(changed), example=changed[0]),)
    return np.array(made, dtype=object), notes


def _term(text: str, terms: Mapping[str, str]) -> str:
    if text.lower() in terms.values():
        return text.lower()
    found = {term for word, term in terms.items() if word in text}
    return found.pop() if len(found) == 1 else ""


def _declared_areas(columns: Mapping[str, NDArray[Any]]) -> NDArray[np.float64] | None:
    field = find_field(columns, ("declared_area_m2",))
    factor = 1.0
    if field is None:
        matches = ((name, _AREA_HEADER.fullmatch(_plain(name))) for name in columns)
        field, factor = next(
            ((name, _SQUARE_METRES[match[1]]) for name, match in matches if match), (None, 1.0)
        )
    if field is None:
        return None
    return np.array([_number(value) for value in columns[field].tolist()]) * factor


def _plain(name: str) -> str:
    return name.replace(" ", "").replace("（", "(").replace("）", ")").lower()


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return float("nan")
    return number if np.isfinite(number) else float("nan")
