# SPDX-License-Identifier: GPL-2.0-or-later
"""What a file's columns say of the sites: identifiers, names and the facts that rules ask for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import OptionError, SiteError
from eco_onemap.core.measures.chainage_text import parse_chainage
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.industries import find_industry, require_industry
from eco_onemap.core.sites.line_chainage import AS_DRAWN, DIRECTION, REVERSED, START

ID_FIELDS = (
    "site_id",
    "id",
    "编号",
    "地块编号",
    "项目编号",
    "宗地编号",
    "dkbh",
    "xmbh",
    "fid",
    "entityhandle",
)
NAME_FIELDS = ("name", "名称", "地块名称", "项目名称", "dkmc", "xmmc")

TEXT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "tags": ("tags", "标签", "项目标签"),
    "not_tags": ("not_tags", "否定标签", "排除标签"),
    "stage": ("stage", "阶段", "项目阶段"),
    "planned_use": ("planned_use", "规划用途", "土地用途", "地块用途", "用地性质", "用途"),
    "industry": ("industry", "行业代码", "行业", "行业类别", "所属行业"),
    "nature": ("nature", "建设性质", "项目性质"),
    "project": ("project", "项目名称", "项目", "xmmc"),
    "developer": ("developer", "建设单位", "用地单位", "申请单位", "业主单位", "jsdw"),
    START: ("start_chainage", "起点桩号", "起始桩号", "起点里程", "起点里程桩号"),
    DIRECTION: ("chainage_direction", "桩号方向", "里程方向", "桩号递增方向", "方向"),
    "address": ("address", "地址", "项目地址", "地块地址", "坐落", "土地坐落"),
}
"""Internal name of a fact to the spellings of its column, compared without case and blanks."""

YES_NO_FIELDS: Mapping[str, tuple[str, ...]] = {
    "discharges_pollutants": ("discharges_pollutants", "排放污染物", "是否排污", "排污"),
    "increases_discharge": ("increases_discharge", "增加排污量", "新增排污"),
    "outfall": ("outfall", "设排污口", "是否设排污口", "排污口"),
    "hazardous_substances": ("hazardous_substances", "危险物质", "是否涉及危险物质", "涉危险物质"),
}
"""A tag to the spellings of a column that says yes or no to it."""

YES = frozenset(("是", "有", "yes", "y", "true", "1"))
NO = frozenset(("否", "无", "no", "n", "false", "0"))

FIELD_NAMES = ("id", "name", "declared_area_m2", *TEXT_FIELDS, *YES_NO_FIELDS)
"""What a user can map to a column."""

NATURES = {
    "新建": "new",
    "改建": "rebuild",
    "扩建": "expand",
    "技改": "technical_upgrade",
    "技术改造": "technical_upgrade",
    "迁建": "relocate",
}

DIRECTIONS = {
    "正向": AS_DRAWN,
    "顺向": AS_DRAWN,
    "同绘制方向": AS_DRAWN,
    "反向": REVERSED,
    "逆向": REVERSED,
    "与绘制方向相反": REVERSED,
    "forward": AS_DRAWN,
    "reverse": REVERSED,
}
"""A word to the way that the chainage of a line runs, seen from how it was drawn."""

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
    columns: Mapping[str, NDArray[Any]], fields: Mapping[str, str] | None = None
) -> tuple[dict[str, NDArray[Any]], tuple[Message, ...]]:
    """Return the facts that the columns hold, under their internal names, and notes on them.

    fields: internal name to the column, where the user says so; it goes before usual names.
    """
    mapped = fields or {}
    found: dict[str, NDArray[Any]] = {}
    notes: list[Message] = []
    for name, spellings in TEXT_FIELDS.items():
        column = mapped.get(name) or find_field(columns, spellings)
        if column is not None:
            found[name] = in_vocabulary(name, texts(columns[column]), notes)
    for tag, spellings in YES_NO_FIELDS.items():
        column = mapped.get(tag) or find_field(columns, spellings)
        if column is not None:
            _add_answers(found, tag, texts(columns[column]), notes)
    areas = _declared_areas(columns, mapped.get("declared_area_m2"))
    if areas is not None:
        found["declared_area_m2"] = areas
    return found, tuple(notes)


def _add_answers(
    found: dict[str, NDArray[Any]], tag: str, answers: NDArray[np.object_], notes: list[Message]
) -> None:
    """Add a tag to the sites that say yes to it, and its denial to those that say no."""
    plain = np.array([text.lower() for text in answers.tolist()], dtype=object)
    for name, words in (("tags", YES), ("not_tags", NO)):
        told = found.get(name, np.full(len(answers), "", dtype=object))
        said = [
            f"{text},{tag}" if one in words else text for text, one in zip(told, plain, strict=True)
        ]
        found[name] = np.array([text.lstrip(",") for text in said], dtype=object)
    strange = sorted({text for text in plain.tolist() if text} - YES - NO)
    if strange:
        notes.append(message("site_file.note_no_answer", tag=tag, values=", ".join(strange[:10])))


def check_fields(
    source: str, layer: str, columns: Iterable[str], fields: Mapping[str, str]
) -> None:
    """Raise SiteError where the user names a column that a file lacks; *layer*: "" for none."""
    known = list(columns)
    missing = [column for column in fields.values() if column not in known]
    if missing:
        raise SiteError(
            "site_file.missing_field",
            path=source,
            layer=layer,
            missing=", ".join(missing),
            fields=", ".join(known),
        )


def texts(values: NDArray[Any]) -> NDArray[np.object_]:
    """Return values as trimmed text, "" where there is none; whole numbers without decimals."""
    made = [
        value.strip() if type(value) is str else _text(value)  # most are, in files of many sites
        for value in values.tolist()
    ]
    return np.fromiter(made, dtype=object, count=len(made))


def in_vocabulary(
    name: str, values: NDArray[np.object_], notes: list[Message]
) -> NDArray[np.object_]:
    """Return a fact's texts in the vocabulary of rules; what it does not know becomes unknown.

    A term that no rule could know would make every rule for a listed use not apply.
    """
    reading = _READINGS.get(name)
    if reading is None:
        return values
    known = {text: reading(text) for text in set(values.tolist())}
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


def stated_facts(facts: Mapping[str, str]) -> dict[str, str]:
    """Return facts that a user states in the vocabulary of rules; OptionError for another term."""
    made = {}
    for name, text in facts.items():
        if name == "industry":
            made[name] = require_industry(text).code
            continue
        reading = _READINGS.get(name)
        made[name] = reading(text) if reading else text
        if not made[name]:
            raise OptionError("option.fact", name=name, value=text)
    return made


def _term(text: str, terms: Mapping[str, str]) -> str:
    if text.lower() in terms.values():
        return text.lower()
    found = {term for word, term in terms.items() if word in text}
    return found.pop() if len(found) == 1 else ""


def _chainage(text: str) -> str:
    """Return a chainage as it was written, "" for what is none."""
    try:
        parse_chainage(text)
    except OptionError:
        return ""
    return text


def _natures(text: str) -> str:
    """Return the natures that a text names (改扩建 is two), "" for none."""
    if text.lower() in NATURES.values():
        return text.lower()
    plain = text.replace("改扩建", "改建扩建")
    return ",".join(sorted({term for word, term in NATURES.items() if word in plain}))


def _industry(text: str) -> str:
    """Return the code that a code or name means, "" for anything else."""
    found = find_industry(text)
    return found.code if found else ""


_READINGS: Mapping[str, Callable[[str], str]] = {
    "stage": lambda text: _term(text, STAGES),
    "planned_use": lambda text: _term(text, PLANNED_USES),
    "nature": _natures,
    "industry": _industry,
    START: _chainage,
    DIRECTION: lambda text: _term(text, DIRECTIONS),
}
"""How a fact's text becomes the vocabulary's term, "" where it has none."""


def _declared_areas(
    columns: Mapping[str, NDArray[Any]], mapped: str | None
) -> NDArray[np.float64] | None:
    field = mapped or find_field(columns, ("declared_area_m2",))
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
