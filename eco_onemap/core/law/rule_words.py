# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts a rule's conditions into words, for readers and for the record of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eco_onemap.core.law.conditions import Comparison, parse_condition
from eco_onemap.core.law.rules import Measure, ProjectFilter, Relation, Rule
from eco_onemap.core.law.when import Ask, Bound, How, Limit, Question, When
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.wording import Joined
from eco_onemap.core.table import Translatable

SIGNS = {Bound.GT: ">", Bound.GE: "≥", Bound.LT: "<", Bound.LE: "≤"}
_ORDERS = {
    Comparison.LT: "<",
    Comparison.LE: "≤",
    Comparison.GT: ">",
    Comparison.GE: "≥",
    Comparison.NE: "≠",
}
UNITS = {
    "area_m2": "m²",
    "length_m": "m",
    "distance_m": "m",
    "share_pct": "%",
    "feature_pct": "%",
    "count": "",
    "mean": "",
    "min": "",
    "max": "",
}


def say_condition(rule: Rule) -> Translatable:
    """Return what the rule asks of the layer, in words."""
    if rule.when is not None:
        return _say_tree(rule.when)
    where = _say_where(rule.where)
    if rule.relation is Relation.WITHIN_DISTANCE:
        return message("words.near", distance=f"{rule.threshold:,.10g}", where=where)
    key = "words.overlaps" if rule.relation is Relation.OVERLAPS else f"words.{rule.relation.value}"
    limit: Any = ""
    if rule.threshold > 0 or rule.measure is Measure.SHARE:
        limit = message("words.limit", limit=_amount(rule.measure.value, ">", rule.threshold))
    return message(key, where=where, limit=limit)


def _say_tree(when: When) -> Translatable:
    if isinstance(when, Question):
        return say_question(when)
    parts = tuple(_say_tree(part) for part in when.parts)
    if when.how is How.NOT:
        return message("words.not", part=parts[0])
    key = "words.all" if when.how is How.ALL else "words.any"
    return message(key, parts=Joined(parts, "; "))


def say_question(asked: Question) -> Translatable:
    """Return what one question of a tree asks, in words."""
    if asked.ask is Ask.PROJECT:
        return say_projects(asked.projects)
    if asked.ask is Ask.AS_OF:
        bounds = ", ".join(f"{SIGNS[bound]} {day.isoformat()}" for bound, day in asked.days)
        return message("words.as_of", bounds=bounds)
    where = _say_where(asked.where)
    limit = message("words.limit", limit=_bounds(asked.limit)) if asked.limit else ""
    if asked.ask is Ask.NEAR:
        return message("words.near", distance=f"{asked.distance_m:,.10g}", where=where)
    distance = f"{asked.distance_m:,.10g}"
    key = "words.overlaps" if asked.ask is Ask.OVERLAP else f"words.{asked.ask.value}"
    given = {"where": where, "limit": limit, "distance": distance}
    return message(key, **given)


def _bounds(limit: Limit) -> str:
    return ", ".join(_amount(limit.measure, SIGNS[b], value) for b, value in limit.bounds)


def _amount(measure: str, sign: str, value: float) -> str:
    return f"{measure} {sign} {value:,.10g} {UNITS[measure]}".strip()


def _say_where(where: Mapping[str, Any]) -> Translatable | str:
    if not where:
        return ""
    parts = tuple(_say_attribute(name, written) for name, written in where.items())
    return message("words.where", parts=Joined(parts, "; "))


def _say_attribute(name: str, written: Any) -> Message:
    condition = parse_condition(name, written)
    operands = ", ".join(map(str, condition.operands))
    or_empty: Any = message("words.or_empty") if condition.or_empty else ""
    given = {"name": name, "operands": operands, "or_empty": or_empty}
    if condition.comparison is Comparison.IN:
        return message("words.in" if len(condition.operands) > 1 else "words.is", **given)
    if condition.comparison is Comparison.NOT_IN:
        return message("words.not_in", **given)
    return message("words.compared", sign=_ORDERS[condition.comparison], **given)


def say_projects(projects: ProjectFilter) -> Translatable:
    """Return which projects a filter is for, in words."""
    parts = tuple(_project_parts(projects))
    return Joined(parts, "; ") if parts else message("words.every_project")


def _project_parts(projects: ProjectFilter) -> Iterator[Message]:
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("any", projects.any_tags),
        ("every", projects.all_tags),
        ("none", projects.none_tags),
        ("stage", projects.stages),
        ("planned_use", projects.planned_uses),
        ("industry", projects.industries),
    )
    for name, items in lists:
        if items:
            yield message(f"words.projects.{name}", items=", ".join(items))
