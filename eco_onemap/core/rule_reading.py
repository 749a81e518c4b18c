# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads rule packs: YAML in, checked rules out, errors with file, place, rule and cause."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from eco_onemap.core.conditions import parse_condition
from eco_onemap.core.errors import RulePackError
from eco_onemap.core.reading import Section, parse_yaml
from eco_onemap.core.rules import (
    LegalBasis,
    Measure,
    ProjectFilter,
    Relation,
    Rule,
    RulePack,
)
from eco_onemap.core.vocabulary import Verdict

PACK_KEYS = ("pack", "version", "jurisdiction", "language", "rules")
RULE_KEYS = (
    *("id", "title", "roles", "layers", "where", "relation", "threshold", "projects"),
    *("verdict", "basis", "advice", "samples"),
)
PROJECT_KEYS = ("any", "all", "none", "stage", "planned_use")
BASIS_KEYS = ("law", "article", "clause", "effective_from", "effective_to", "text", "verified")
SAMPLE_KEYS = (
    *("attributes", "measurement", "tags", "not_tags", "stage", "planned_use"),
    *("as_of", "expect", "cites"),
)
MEASURE_KEYS = tuple(measure.value for measure in Measure)
VERDICTS = ("prohibited", "restricted", "study")
EXPECTATIONS = (*VERDICTS, Verdict.CLEAR.value)

E = TypeVar("E", bound=Enum)


def read_pack(path: Path) -> RulePack:
    """Return the rule pack in the file *path*; RulePackError names file, place, rule and cause."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RulePackError(
            "rule.unreadable", path=str(path), cause=str(error), details=repr(error)
        ) from error
    return _pack(text, path, content)


def parse_pack(text: str, path: Path) -> RulePack:
    """Return the rule pack written in *text*; *path* is named in errors."""
    return _pack(text, path, text.encode())


def _pack(text: str, path: Path, content: bytes) -> RulePack:
    top = Section(parse_yaml(text, str(path), RulePackError), str(path), "", RulePackError)
    _refuse_unknown(top, PACK_KEYS)
    language = top.text("language")
    sections = [_named(section, path) for section in top.sections("rules")]
    rules = tuple(_rule(section, language) for section in sections)
    _refuse_duplicates(rules, sections)
    return RulePack(
        name=top.text("pack"),
        version=top.text("version"),
        jurisdiction=top.text("jurisdiction"),
        language=language,
        rules=rules,
        path=str(path),
        fingerprint=hashlib.sha256(content).hexdigest(),
    )


def _named(section: Section, path: Path) -> Section:
    """Return the section of a rule with the rule's id in its place, so that errors name it."""
    data = {key: section.raw(key) for key in section.keys}
    return Section(data, str(path), f"{section.place} ({section.text('id')})", RulePackError)


def _rule(section: Section, language: str) -> Rule:
    _refuse_unknown(section, RULE_KEYS)
    relation = Relation(section.one_of("relation", _values(Relation), Relation.OVERLAPS.value))
    measure, threshold = _threshold(section, relation)
    verdict = Verdict(section.one_of("verdict", VERDICTS))
    rule = Rule(
        id=section.text("id"),
        title=_localised(section, "title", language),
        verdict=verdict,
        relation=relation,
        basis=_bases(section, verdict),
        roles=section.texts("roles"),
        layers=section.texts("layers"),
        where=_where(section),
        measure=measure,
        threshold=threshold,
        projects=_projects(section),
        advice=_localised(section, "advice", language),
        samples=_samples(section),
    )
    if not rule.title:
        raise section.error("title", "yaml.missing")
    if not rule.roles and not rule.layers:
        raise section.error("roles", "rule.no_layer")
    return rule


def _refuse_unknown(section: Section, known: Collection[str]) -> None:
    for key in section.keys:
        if key in known:
            continue
        nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        if nearest:
            raise section.error(key, "rule.unknown_key_like", key=key, nearest=nearest[0])
        raise section.error(key, "rule.unknown_key", key=key, known=", ".join(known))


def _refuse_duplicates(rules: Iterable[Rule], sections: Iterable[Section]) -> None:
    seen: set[str] = set()
    for rule, section in zip(rules, sections, strict=True):
        if rule.id in seen:
            raise section.error("id", "yaml.duplicate", value=rule.id)
        seen.add(rule.id)


def _localised(section: Section, key: str, language: str) -> dict[str, str]:
    """Return a text by language; a plain text is in the pack's own language."""
    if isinstance(section.raw(key), str):
        return {language: section.text(key)}
    return section.text_mapping(key)


def _where(section: Section) -> Mapping[str, Any]:
    where = section.section("where")
    if where is None:
        return {}
    for attribute in where.keys:
        try:
            parse_condition(attribute, where.raw(attribute))
        except RulePackError as error:
            raise where.error(attribute, error.message.key, **error.message.args) from None
    return {attribute: where.raw(attribute) for attribute in where.keys}


def _threshold(section: Section, relation: Relation) -> tuple[Measure, float]:
    """Return the measure and the value it is compared with; any overlap where none is given."""
    given = section.section("threshold")
    by_distance = relation is Relation.WITHIN_DISTANCE
    if given is None:
        if by_distance:
            raise section.error("threshold", "rule.distance_needed")
        return Measure.AREA, 0.0
    _refuse_unknown(given, MEASURE_KEYS)
    if len(given.keys) != 1:
        raise section.error("threshold", "rule.one_measure", found=", ".join(given.keys))
    measure = Measure(given.keys[0])
    if by_distance != (measure is Measure.DISTANCE):
        raise section.error("threshold", "rule.distance_needed")
    return measure, _amount(given, measure.value)


def _amount(section: Section, key: str) -> float:
    """Return a number from 0 up (a share: to 100) that must be there."""
    value = section.optional_number(key, -1.0)
    largest = 100.0 if key == Measure.SHARE.value else float("inf")
    if not 0 <= value <= largest or value == float("inf"):
        raise section.error(key, "rule.amount", value=section.raw(key))
    return value


def _projects(section: Section) -> ProjectFilter:
    projects = section.section("projects")
    if projects is None:
        return ProjectFilter()
    _refuse_unknown(projects, PROJECT_KEYS)
    return ProjectFilter(
        any_tags=projects.texts("any"),
        all_tags=projects.texts("all"),
        none_tags=projects.texts("none"),
        stages=projects.texts("stage"),
        planned_uses=projects.texts("planned_use"),
    )


def _bases(section: Section, verdict: Verdict) -> tuple[LegalBasis, ...]:
    """Return the legal bases; only a rule that says no more than ``study`` may do without."""
    if "basis" not in section and verdict is Verdict.STUDY:
        return ()
    return tuple(_basis(basis) for basis in section.sections("basis"))


def _basis(section: Section) -> LegalBasis:
    _refuse_unknown(section, BASIS_KEYS)
    basis = LegalBasis(
        law=section.text("law"),
        article=section.optional_text("article"),
        clause=section.optional_text("clause"),
        effective_from=section.optional_date("effective_from"),
        effective_to=section.optional_date("effective_to"),
        text=section.optional_text("text"),
        verified=section.optional_flag("verified"),
    )
    first, last = basis.effective_from, basis.effective_to
    if first and last and first > last:
        raise section.error("effective_to", "rule.dates", first=first, last=last)
    if basis.verified and not (basis.article and basis.text and first):
        raise section.error("verified", "rule.verified")
    return basis


def _samples(section: Section) -> tuple[Mapping[str, Any], ...]:
    if "samples" not in section:
        return ()
    return tuple(_sample(sample) for sample in section.sections("samples"))


def _sample(section: Section) -> Mapping[str, Any]:
    """Return a checked sample; see :mod:`.rule_samples` for its meaning."""
    _refuse_unknown(section, SAMPLE_KEYS)
    attributes = section.section("attributes")
    return {
        "attributes": {key: attributes.raw(key) for key in attributes.keys} if attributes else {},
        "measurement": _measurement(section),
        "tags": section.texts("tags"),
        "not_tags": section.texts("not_tags"),
        "stage": section.optional_text("stage"),
        "planned_use": section.optional_text("planned_use"),
        "as_of": section.optional_date("as_of"),
        "expect": section.one_of("expect", EXPECTATIONS),
        "cites": section.texts("cites"),
    }


def _measurement(section: Section) -> dict[str, float]:
    measurement = section.section("measurement")
    if measurement is None:
        raise section.error("measurement", "yaml.missing")
    _refuse_unknown(measurement, MEASURE_KEYS)
    return {key: _amount(measurement, key) for key in measurement.keys}


def _values(choices: type[E]) -> list[str]:
    return [choice.value for choice in choices]
