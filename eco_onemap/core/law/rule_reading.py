# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads rule packs: YAML in, checked rules out, errors with file, place, rule and cause."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TypeVar

from eco_onemap.core.errors import RulePackError, cause_of
from eco_onemap.core.law.rule_samples import check_samples
from eco_onemap.core.law.rules import (
    LegalBasis,
    Level,
    Measure,
    ProjectFilter,
    Relation,
    Rule,
    RulePack,
)
from eco_onemap.core.law.sample_reading import read_samples
from eco_onemap.core.law.when import When
from eco_onemap.core.law.when_reading import read_projects, read_when, read_where
from eco_onemap.core.reading import Section, parse_yaml
from eco_onemap.core.vocabulary import Verdict

PACK_KEYS = ("pack", "version", "level", "jurisdiction", "language", "rules")
RULE_KEYS = (
    *("id", "title", "roles", "layers", "where", "relation", "threshold", "projects"),
    *("when", "verdict", "basis", "advice", "replaces", "samples"),
)
PLAIN_KEYS = ("where", "relation", "threshold")
"""What a rule says in place of ``when``."""

BASIS_KEYS = ("law", "article", "clause", "effective_from", "effective_to", "text", "verified")
MEASURE_KEYS = tuple(measure.value for measure in Measure)
VERDICTS = ("prohibited", "restricted", "study")

E = TypeVar("E", bound=Enum)


def read_pack(path: Path) -> RulePack:
    """Return the rule pack in the file *path*, whose samples have all come out as they say.

    RulePackError names file, place, rule and cause.
    """
    pack = read_unchecked(path)
    for failure in check_samples(pack):
        raise RulePackError(
            "rule.pack_fails", path=str(path), pack=pack.name, failure=failure.message
        )
    return pack


def read_unchecked(path: Path) -> RulePack:
    """Return the rule pack in the file *path* without running its samples."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RulePackError(
            "rule.unreadable", path=str(path), cause=cause_of(error), details=repr(error)
        ) from error
    return _pack(text, path, content)


def parse_pack(text: str, path: Path) -> RulePack:
    """Return the rule pack written in *text*, unchecked; *path* is named in errors."""
    return _pack(text, path, text.encode())


def _pack(text: str, path: Path, content: bytes) -> RulePack:
    top = Section(parse_yaml(text, str(path), RulePackError), str(path), "", RulePackError)
    top.refuse_unknown(PACK_KEYS)
    language = top.text("language")
    sections = [_named(section, path) for section in top.sections("rules")]
    origin = f"{top.text('pack')} {top.text('version')}"
    rules = tuple(replace(_rule(section, language), origin=origin) for section in sections)
    _refuse_duplicates(rules, sections)
    return RulePack(
        name=top.text("pack"),
        version=top.text("version"),
        jurisdiction=top.text("jurisdiction"),
        language=language,
        rules=rules,
        path=str(path),
        fingerprint=hashlib.sha256(content).hexdigest(),
        level=Level(top.one_of("level", _values(Level), Level.USER.value)),
    )


def _named(section: Section, path: Path) -> Section:
    """Return the section of a rule with the rule's id in its place, so that errors name it."""
    data = {key: section.raw(key) for key in section.keys}
    return Section(data, str(path), f"{section.place} ({section.text('id')})", RulePackError)


def _rule(section: Section, language: str) -> Rule:
    section.refuse_unknown(RULE_KEYS)
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
        where=read_where(section),
        measure=measure,
        threshold=threshold,
        projects=_projects(section),
        advice=_localised(section, "advice", language),
        samples=read_samples(section, plain="when" not in section),
        when=_when(section),
        replaces=section.texts("replaces"),
    )
    if not rule.title:
        raise section.error("title", "yaml.missing")
    if not rule.roles and not rule.layers:
        raise section.error("roles", "rule.no_layer")
    return rule


def _when(section: Section) -> When | None:
    """Return the tree of conditions, None for a plain rule; a rule has one or the other."""
    when = section.section("when")
    if when is None:
        return None
    for key in PLAIN_KEYS:
        if key in section:
            raise section.error(key, "rule.when_or_plain", key=key)
    return read_when(when)


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


def _threshold(section: Section, relation: Relation) -> tuple[Measure, float]:
    """Return the measure and the value it is compared with; any overlap where none is given."""
    given = section.section("threshold")
    by_distance = relation is Relation.WITHIN_DISTANCE
    if given is None:
        if by_distance:
            raise section.error("threshold", "rule.distance_needed")
        return Measure.AREA, 0.0
    given.refuse_unknown(MEASURE_KEYS)
    if len(given.keys) != 1:
        raise section.error("threshold", "rule.one_measure", found=", ".join(given.keys))
    measure = Measure(given.keys[0])
    if by_distance != (measure is Measure.DISTANCE):
        raise section.error("threshold", "rule.distance_needed")
    return measure, given.amount(measure.value, 100.0 if measure is Measure.SHARE else math.inf)


def _projects(section: Section) -> ProjectFilter:
    projects = section.section("projects")
    return ProjectFilter() if projects is None else read_projects(projects)


def _bases(section: Section, verdict: Verdict) -> tuple[LegalBasis, ...]:
    """Return the legal bases; only a rule that says no more than ``study`` may do without."""
    if "basis" not in section and verdict is Verdict.STUDY:
        return ()
    return tuple(_basis(basis) for basis in section.sections("basis"))


def _basis(section: Section) -> LegalBasis:
    section.refuse_unknown(BASIS_KEYS)
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


def _values(choices: type[E]) -> list[str]:
    return [choice.value for choice in choices]
