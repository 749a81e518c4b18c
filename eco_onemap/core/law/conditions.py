# SPDX-License-Identifier: GPL-2.0-or-later
"""Conditions of rules on features and projects, in three-valued logic: yes, no, unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import RulePackError
from eco_onemap.core.law.rules import ProjectFilter
from eco_onemap.core.sites.industry_codes import is_of_industry
from eco_onemap.core.sites.site import SiteFacts, distinct_facts

AS_OF = "as_of"
"""The operand that stands for the assessment date."""

OR_EMPTY = "or_empty"
ALTERNATIVE = "|"
"""Separates the tags of one item of ``all``, of which one must be true: ``new|expand``."""

DENIAL = "!"
"""Before a tag: the project must be stated not to be that; unknown is not enough."""

YES, NO, UNKNOWN = 1, 0, -1
OPPOSITE = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}

_DECIMALS = re.compile(r"-?(0|[1-9]\d*)\.\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ].*)?", re.ASCII)


class Comparison(Enum):
    """How an attribute's value is compared with an operand."""

    IN = "in"
    NOT_IN = "not_in"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


_SETS = (Comparison.IN, Comparison.NOT_IN)
_ORDERED = {
    Comparison.LT: lambda value, operand: value < operand,
    Comparison.LE: lambda value, operand: value <= operand,
    Comparison.GT: lambda value, operand: value > operand,
    Comparison.GE: lambda value, operand: value >= operand,
}


@dataclass(frozen=True)
class Condition:
    """A comparison of one attribute; *or_empty* says that a feature without a value fits too."""

    attribute: str
    comparison: Comparison
    operands: tuple[Any, ...]
    or_empty: bool = False


def parse_condition(attribute: str, written: Any) -> Condition:
    """Return the condition that a rule's ``where`` writes for *attribute*.

    *written* is a value, a list of values, or a mapping of one comparison to its operand, with
    ``or_empty`` beside it. RulePackError says what is wrong with it.
    """
    if not isinstance(written, Mapping):
        values = written if isinstance(written, list | tuple) else [written]
        return _checked(Condition(attribute, Comparison.IN, tuple(values)))
    names = [name for name in written if name != OR_EMPTY]
    known = [comparison.value for comparison in Comparison]
    if len(names) != 1 or names[0] not in known:
        raise RulePackError("rule.comparison", found=_listed(names), known=_listed(known))
    or_empty = written.get(OR_EMPTY, False)
    if not isinstance(or_empty, bool):
        raise RulePackError("rule.or_empty")
    comparison, operand = Comparison(names[0]), written[names[0]]
    if isinstance(operand, list | tuple) != (comparison in _SETS):
        raise RulePackError("rule.operand", comparison=comparison.value, operand=operand)
    operands = tuple(operand) if comparison in _SETS else (operand,)
    return _checked(Condition(attribute, comparison, operands, or_empty))


def evaluate_where(
    where: Mapping[str, Any],
    attributes: Mapping[str, NDArray[Any]],
    as_of: date,
    count: int | None = None,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which features fit all conditions of *where*, and of which that is unknown.

    attributes: internal name to values, shape (n,). An attribute that the layer lacks, an empty
    value and one that cannot be compared make a condition unknown; ``or_empty`` makes the empty
    value fit. Values are equal when their trimmed text is (1, "1", "1.0", "１"); ``lt le gt ge``
    compare numbers or ISO dates. Both arrays have shape (n,) and are never true together.
    count: n, needed where there are no attributes.
    """
    size = _size(attributes, count)
    refuted, doubtful = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for attribute, written in where.items():
        condition = parse_condition(attribute, written)
        answers = _answers(condition, attributes.get(attribute), as_of, size)
        refuted |= answers == NO
        doubtful |= answers == UNKNOWN
    return ~refuted & ~doubtful, doubtful & ~refuted


@dataclass(frozen=True)
class GroupedFacts:
    """The facts of many projects with the equal ones grouped, so that rules ask each once.

    numbers: shape (n,), the number of each project's facts among the distinct ones.
    """

    distinct: tuple[SiteFacts, ...]
    numbers: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.numbers)


def group_facts(facts: Sequence[SiteFacts]) -> GroupedFacts:
    """Return the facts of projects, grouped."""
    return GroupedFacts(*distinct_facts(facts))


def evaluate_projects(
    projects: ProjectFilter,
    facts: Sequence[SiteFacts] | GroupedFacts,
    tags: Collection[str] = frozenset(),
) -> NDArray[np.int8]:
    """Return for each project 1 if a rule is for it, 0 if not, -1 if the facts do not tell.

    tags: stated of every project. A tag in neither list, or in both, is unknown. Exceptions
    (``none``) count only where they are stated: an unknown one leaves the rule applying.
    """
    if projects == ProjectFilter():
        return np.full(len(facts), YES, dtype=np.int8)
    grouped = facts if isinstance(facts, GroupedFacts) else group_facts(facts)
    answers = [_applies(projects, one, one.tags.union(tags)) for one in grouped.distinct]
    return np.array(answers, dtype=np.int8)[grouped.numbers]


def _checked(condition: Condition) -> Condition:
    """Return the condition if its operands can be compared at all."""
    scalar = str | int | float | date
    if not condition.operands or any(
        not isinstance(operand, scalar) or not plain_text(operand) for operand in condition.operands
    ):
        raise RulePackError("rule.values", values=_listed(condition.operands))
    if condition.comparison in _ORDERED and _measure(condition.operands[0], date.min) is None:
        raise RulePackError(
            "rule.operand", comparison=condition.comparison.value, operand=condition.operands[0]
        )
    return condition


def _size(attributes: Mapping[str, NDArray[Any]], count: int | None) -> int:
    if count is not None:
        return count
    if not attributes:
        raise ValueError("the number of features is needed where there are no attributes")
    return len(next(iter(attributes.values())))


def _answers(
    condition: Condition, values: NDArray[Any] | None, as_of: date, size: int
) -> NDArray[np.int8]:
    """Return YES, NO or UNKNOWN for each value; each distinct value is compared once."""
    if values is None:
        return np.full(size, UNKNOWN, dtype=np.int8)
    days = values.astype("datetime64[D]") if values.dtype.kind == "M" else values
    distinct, numbers = _distinct(days.tolist())
    answers = [_answer(condition, value, as_of) for value in distinct]
    return np.array(answers, dtype=np.int8)[numbers]


def _distinct(values: list[Any]) -> tuple[tuple[Any, ...], NDArray[np.intp]]:
    """Return the distinct values in order of appearance, and the number of each value's own.

    Attributes mix texts, numbers and None, which numpy cannot sort: hence a dictionary.
    """
    numbers: dict[Any, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in values]
    return tuple(numbers), np.array(codes, dtype=np.intp)


def _answer(condition: Condition, value: Any, as_of: date) -> int:
    text = plain_text(value)
    if not text:
        return YES if condition.or_empty else UNKNOWN
    if condition.comparison in _ORDERED:
        operand = _measure(condition.operands[0], as_of)
        measured = _day(text) if isinstance(operand, date) else _number(text)
        if operand is None or measured is None:
            return UNKNOWN
        return int(_ORDERED[condition.comparison](measured, operand))
    operands = {plain_text(as_of if item == AS_OF else item) for item in condition.operands}
    return int((text in operands) == (condition.comparison is Comparison.IN))


def plain_text(value: Any) -> str:
    """Return a value as the text by which values are equal; "" for none (None, NaN, blanks).

    Full-width letters and digits count as the usual ones, true as 1, 1.50 as 1.5.
    """
    if value is None or (isinstance(value, float | np.floating) and np.isnan(value)):
        return ""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, bool | np.bool_):
        value = int(value)
    if isinstance(value, float):
        value = format(Decimal(repr(float(value))), "f")
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if _DECIMALS.fullmatch(text):
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _measure(operand: Any, as_of: date) -> float | date | None:
    """Return an operand of an ordered comparison, None if it is neither number nor date."""
    if operand == AS_OF:
        return as_of
    text = plain_text(operand)
    day = _day(text)
    return _number(text) if day is None else day


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None


def _applies(projects: ProjectFilter, facts: SiteFacts, stated: Collection[str]) -> int:
    def truth(tag: str) -> int:
        if tag.startswith(DENIAL):
            return OPPOSITE[truth(tag.removeprefix(DENIAL))]
        denied = tag in facts.not_tags
        if tag in stated:
            return UNKNOWN if denied else YES
        return NO if denied else UNKNOWN

    asked = [_any(map(truth, item.split(ALTERNATIVE))) for item in projects.all_tags]
    if projects.any_tags:
        asked.append(_any(map(truth, projects.any_tags)))
    if any(truth(tag) == YES for tag in projects.none_tags):
        asked.append(NO)
    asked.append(_listed_fact(facts.stage, projects.stages))
    asked.append(_listed_fact(facts.planned_use, projects.planned_uses))
    asked.append(_industry(facts.industry, projects.industries))
    return _all(asked)


def _industry(fact: str, beginnings: Sequence[str]) -> int:
    if not beginnings:
        return YES
    found = is_of_industry(fact, beginnings)
    return UNKNOWN if found is None else int(found)


def _listed_fact(fact: str, choices: Sequence[str]) -> int:
    if not choices:
        return YES
    return int(fact in choices) if fact else UNKNOWN


def _any(answers: Iterable[int]) -> int:
    given = set(answers)
    return next(answer for answer in (YES, UNKNOWN, NO) if answer in given)


def _all(answers: Iterable[int]) -> int:
    given = set(answers)
    return next(answer for answer in (NO, UNKNOWN, YES) if answer in given)


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(map(str, values))
