# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the tree of conditions in a rule's ``when``; errors name the place of each branch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from eco_onemap.core.errors import RulePackError
from eco_onemap.core.law.conditions import parse_condition
from eco_onemap.core.law.rules import ProjectFilter
from eco_onemap.core.law.when import (
    MEASURES,
    WITH_FEATURES,
    Ask,
    Bound,
    Branch,
    How,
    Limit,
    Question,
    When,
)
from eco_onemap.core.reading import Section
from eco_onemap.core.sites.industry_codes import parse_industry

PROJECT_KEYS = ("any", "all", "none", "stage", "planned_use", "industry")
BOUNDS = tuple(bound.value for bound in Bound)
ASKS = tuple(ask.value for ask in Ask)
HOWS = tuple(how.value for how in How)
DISTANCES = (Ask.NEAR, Ask.RING)
DEEPEST = 12
"""Levels of ``all``, ``any`` and ``not``: far more than a person can follow."""


def read_when(section: Section, depth: int = 0) -> When:
    """Return the tree that *section* writes; it has one key, a question or a combination."""
    if len(section.keys) != 1 or section.keys[0] not in (*HOWS, *ASKS):
        known = ", ".join((*HOWS, *ASKS))
        raise section.error("", "rule.one_question", found=", ".join(section.keys), known=known)
    if depth > DEEPEST:
        raise section.error("", "rule.too_deep", most=DEEPEST)
    key = section.keys[0]
    if key == How.NOT.value:
        return Branch(How.NOT, (read_when(_below(section, key), depth + 1),))
    if key in HOWS:
        parts = tuple(read_when(part, depth + 1) for part in section.sections(key))
        return Branch(How(key), parts)
    return _question(Ask(key), _below(section, key))


def _below(section: Section, key: str) -> Section:
    below = section.section(key)
    return below if below is not None else section.empty_section(key)


def _question(ask: Ask, section: Section) -> Question:
    if ask is Ask.PROJECT:
        return Question(ask, section.place, projects=read_projects(section))
    if ask is Ask.AS_OF:
        return Question(ask, section.place, days=_days(section))
    measures = MEASURES.get(ask, ())
    known = [*measures, *(["where"] if ask in WITH_FEATURES else [])]
    known += ["distance_m"] if ask in DISTANCES else []
    section.refuse_unknown(known)
    question = Question(
        ask,
        section.place,
        where=read_where(section),
        limit=_limit(section, measures),
        distance_m=_distance(section) if ask in DISTANCES else 0.0,
    )
    _refuse_senseless(question, section)
    return question


def _refuse_senseless(question: Question, section: Section) -> None:
    if question.limit is None and question.ask in (Ask.RING, Ask.RASTER, Ask.COVERAGE):
        raise section.error("", "rule.limit_needed", known=", ".join(MEASURES[question.ask]))
    by_area = question.limit is not None and question.limit.measure == "area_m2"
    if question.ask is Ask.RING and by_area and question.where:
        raise section.error("where", "rule.ring_area")


def _limit(section: Section, measures: Collection[str]) -> Limit | None:
    given = [key for key in section.keys if key in measures]
    if not given:
        return None
    if len(given) > 1:
        raise section.error("", "rule.one_measure", found=", ".join(given))
    bounds = section.section(given[0])
    if bounds is None or not bounds.keys:
        raise section.error(given[0], "rule.bounds", known=", ".join(BOUNDS))
    bounds.refuse_unknown(BOUNDS)
    return Limit(given[0], tuple((Bound(key), _number(bounds, key)) for key in bounds.keys))


def _number(section: Section, key: str) -> float:
    value = section.optional_number(key, float("inf"))
    if value in (float("inf"), float("-inf")):
        raise section.error(key, "yaml.expected_number")
    return value


def _distance(section: Section) -> float:
    value = section.optional_number("distance_m", -1.0)
    if not 0 < value < float("inf"):
        raise section.error("distance_m", "rule.amount", value=section.raw("distance_m"))
    return value


def _days(section: Section) -> tuple[tuple[Bound, date], ...]:
    section.refuse_unknown(BOUNDS)
    days = [(Bound(key), section.optional_date(key)) for key in section.keys]
    if not days or any(day is None for _, day in days):
        raise section.error("", "rule.bounds", known=", ".join(BOUNDS))
    return tuple((bound, day) for bound, day in days if day is not None)


def read_where(section: Section) -> dict[str, object]:
    """Return the conditions on attributes that stand at ``where``, checked."""
    where = section.section("where")
    if where is None:
        return {}
    for attribute in where.keys:
        try:
            parse_condition(attribute, where.raw(attribute))
        except RulePackError as error:
            raise where.error(attribute, error.message.key, **error.message.args) from None
    return {attribute: where.raw(attribute) for attribute in where.keys}


def read_projects(section: Section) -> ProjectFilter:
    """Return the filter on projects that *section* writes."""
    section.refuse_unknown(PROJECT_KEYS)
    for code in section.texts("industry"):
        if not parse_industry(code):
            raise section.error("industry", "rule.industry", code=code)
    return ProjectFilter(
        any_tags=section.texts("any"),
        all_tags=section.texts("all"),
        none_tags=section.texts("none"),
        stages=section.texts("stage"),
        planned_uses=section.texts("planned_use"),
        industries=section.texts("industry"),
    )
