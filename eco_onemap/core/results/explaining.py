# SPDX-License-Identifier: GPL-2.0-or-later
"""Explains findings step by step from the tables of a result: layer, rule, measure, law, verdict.

Everything is told from the tables, so that the column ``explanation`` and ``eco-onemap explain``,
which reads a file of results long after the check, say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

import numpy as np

from eco_onemap.core.law.findings import WITHIN_ERROR, Doubt
from eco_onemap.core.law.rule_words import say_condition, say_projects
from eco_onemap.core.law.rules import FIELDS, Rule
from eco_onemap.core.law.setting_aside import SET_ASIDE, STALE
from eco_onemap.core.law.situations import BY_NAME
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.wording import Joined, Localized, amounts
from eco_onemap.core.sentences import Glued, Indices, Listed, Phrase, Rows, Same, Sentences, by_kind
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import HitKind

PRINT_DIGITS = 12
"""Digits of a layer's SHA-256 that an explanation shows; the run holds it whole."""

REAL = HitKind.REAL.value
_IN_ERROR = (HitKind.SLIVER.value, HitKind.TOUCH.value, BY_NAME)


def record_rules(rules_by_layer: Mapping[str, tuple[Rule, ...]]) -> dict[str, Any]:
    """Return the rows of a run that hold what explanations say of rules."""
    layers: dict[str, list[str]] = {}
    rules = {rule.id: rule for found in rules_by_layer.values() for rule in found}
    for layer_id, found in rules_by_layer.items():
        for rule in found:
            layers.setdefault(rule.id, []).append(layer_id)
    record: dict[str, Any] = {}
    for rule_id, rule in rules.items():
        prefix = f"rule.{rule_id}"
        record[f"{prefix}.title"] = Localized(rule.title)
        record[f"{prefix}.pack"] = rule.origin
        record[f"{prefix}.verdict"] = rule.verdict.value
        record[f"{prefix}.layers"] = ",".join(layers[rule_id])
        record[f"{prefix}.condition"] = say_condition(rule)
        record[f"{prefix}.projects"] = say_projects(rule.projects)
        record[f"{prefix}.asks"] = ",".join(rule.asks)
    return record


@dataclass(frozen=True)
class Spoken:
    """Says in which language a result is told."""

    def text(self, language: str = "en") -> str:
        """Return the language itself."""
        return language


SPOKEN = Spoken()


def explained(finding: ResultTable, sites: SiteSet, run: Mapping[str, Any] | None) -> ResultTable:
    """Return the findings with the column ``explanation``, as they are without a *run*."""
    if run is None or not len(finding):
        return finding
    facts = dict(zip(sites.ids, sites.summaries, strict=True))
    values: dict[str, Any] = {**finding.values, "explanation": explain(finding, facts, run)}
    return replace(finding, values=values)


def explain(finding: ResultTable, facts: Mapping[str, str], run: Mapping[str, Any]) -> Sentences:
    """Return the explanation of each finding, its steps on lines of their own.

    facts: site to what is stated of its project. run: the record of the run, key to value.
    """
    keys = np.char.add(finding["rule_id"].astype(str), "\n")
    keys = np.char.add(keys, finding["layer_id"].astype(str))

    def say(key: str, rows: Indices) -> Rows:
        rule, layer = str(key).split("\n")
        steps = _Steps(finding.take(rows), run)
        head = Joined((say_layer(layer, run), say_rule(rule, run)), "\n")
        return Glued((Same(head, len(rows)), *steps.after(rule, facts)), "\n")

    return by_kind(keys, say)


def say_layer(layer: str, run: Mapping[str, Any]) -> Message:
    """Return which version of a layer was looked at."""
    prefix = f"layer.{layer}"
    return message(
        "explain.layer",
        title=run.get(f"{prefix}.title", layer),
        version=run.get(f"{prefix}.version") or "–",
        source=run.get(f"{prefix}.source") or "–",
        print=run.get(f"{prefix}.sha256", "")[:PRINT_DIGITS] or "–",
    )


def say_rule(rule: str, run: Mapping[str, Any]) -> Message:
    """Return what a rule asks, as the run recorded it."""
    names = ("title", "condition", "projects")
    said = {name: run.get(f"rule.{rule}.{name}", "–") for name in names}
    return message("explain.rule", rule=rule, origin=run.get(f"rule.{rule}.pack") or "–", **said)


def say_facts(stated: str, asked: Sequence[str], whole: Sequence[str]) -> Message:
    """Return what a project states of the tags and fields that a rule asks about.

    stated: as in the column ``facts``. whole: tags stated of every site.
    """
    if not asked:
        return message("explain.every_project")
    fields = dict(part.split(": ", 1) for part in stated.split("; ") if ": " in part)
    yes, no = (_split(fields.get(name, "")) for name in ("tags", "not_tags"))
    parts = []
    for name in asked:
        if name in FIELDS:
            value: Any = fields.get(name) or message("explain.fact.open")
        elif name in (*yes, *whole):
            value = message("explain.fact.yes")
        else:
            value = message("explain.fact.no" if name in no else "explain.fact.open")
        parts.append(message("explain.fact", name=name, value=value))
    return message("explain.project", facts=Joined(tuple(parts), "; "))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


class _Steps:
    """The steps of the findings of one rule on one layer, one row each."""

    def __init__(self, found: ResultTable, run: Mapping[str, Any]) -> None:
        self._found, self._run = found, run

    def after(self, rule: str, facts: Mapping[str, str]) -> tuple[Rows, ...]:
        """Return what is told after layer and rule."""
        law = {"day": self._run.get("as_of", "–"), "citation": self._found["citation"]}
        return (
            self._measured(),
            self._project(rule, facts),
            Phrase("explain.law", law, len(self._found)),
            self._verdict(self._run.get(f"rule.{rule}.verdict")),
            self._override(),
        )

    def _measured(self) -> Rows:
        found = self._found
        named = np.where(found["feature_id"] == "", "–", found["feature_id"])
        bearing = np.where(found["attributes"] == "", "", " [" + found["attributes"] + "]")
        args = {
            "feature": named + bearing,
            "amount": amounts(found["measured"], found["unit"]),
            "margin": found["margin"],
        }
        kinds = {one: message(f"explain.kind.{one}") for one in set(found["kind"]) - {REAL, ""}}
        told = Listed(list(map(kinds.get, found["kind"], repeat(""))))
        return Glued((Phrase("explain.measured", args, len(found)), told), " ")

    def _project(self, rule: str, facts: Mapping[str, str]) -> Rows:
        """Return what the project states of what the rule asks, and what is in doubt."""
        asked = self._run.get(f"rule.{rule}.asks", "")
        whole = _split(self._run.get("tags", ""))
        said = {text: say_facts(text, _split(asked), whole) for text in {"", *facts.values()}}
        stated = map(facts.get, self._found["site_id"], repeat(""))
        named = set(self._found["doubt"]) - {"", Doubt.LAW.value}
        doubts = {one: message(f"explain.doubt.{one}") for one in named}
        return Glued(
            (
                Listed(list(map(said.__getitem__, stated))),
                Listed(list(map(doubts.get, self._found["doubt"], repeat("")))),
            ),
            " ",
        )

    def _verdict(self, nominal: str | None) -> Rows:
        """Return the verdict, and why it is less than the rule's own (None: not recorded)."""
        found = self._found
        verdict = found["verdict"]
        verdicts = {one: message(f"verdict.{one}") for one in set(verdict)}
        kept = (verdict == nominal) | (nominal is None)
        in_error = np.isin(found["kind"].astype(str), _IN_ERROR)
        keys = np.select(
            [
                kept,
                found["kind"] == WITHIN_ERROR,
                in_error,
                (found["doubt"] != "") & (found["doubt"] != Doubt.LAW.value),
            ],
            [
                "explain.verdict",
                "explain.lowered.within_error",
                "explain.lowered.error",
                "explain.lowered.doubt",
            ],
            "explain.lowered.law",
        )

        def say(key: str, rows: Indices) -> Rows:
            words = list(map(verdicts.__getitem__, verdict[rows]))
            more = {"nominal": message(f"verdict.{nominal}")} if nominal else {}
            return Phrase(str(key), {"verdict": Listed(words), **more}, len(rows))

        return by_kind(keys, say)

    def _override(self) -> Rows:
        found = self._found

        def say(state: str, rows: Indices) -> Rows:
            key = {SET_ASIDE: "explain.aside", STALE: "explain.stale"}.get(str(state))
            if key is None:
                return Same("", len(rows))
            names = {"author": "override_author", "day": "override_date", "why": "override_reason"}
            return Phrase(key, {k: found[name][rows] for k, name in names.items()}, len(rows))

        return by_kind(found["override"].astype(str), say)
