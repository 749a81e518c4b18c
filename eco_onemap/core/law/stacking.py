# SPDX-License-Identifier: GPL-2.0-or-later
"""Stacks rule packs: national, province, city, county, user; a local pack may change wider ones.

Adding rules needs nothing: the strictest rule that applies decides. A rule that ``replaces``
others stands in their place, for the projects and features that it is about, if it is at least as
strict; or else if it cites local law that somebody compared with the official text and that is in
force on the assessment date. What was replaced, and what was not allowed to, is told with the
result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eco_onemap.core.errors import RulePackError
from eco_onemap.core.law.gaps import ALL_SITES, Gap
from eco_onemap.core.law.judgement import strongest_verdict
from eco_onemap.core.law.rules import Relation, Rule, RulePack
from eco_onemap.core.messages import Message, message


@dataclass(frozen=True)
class Change:
    """A rule that replaces, or would replace, one of a wider pack."""

    rule: Rule
    pack: RulePack
    replaced: Rule
    wider: RulePack
    loosens: bool
    holds: bool

    @property
    def key(self) -> str:
        """What the change is called in the record of the run."""
        effect = "loosens" if self.loosens else "tightens"
        return f"pack.{self.pack.name}.{effect}.{self.replaced.id}"

    @property
    def message(self) -> Message:
        """The change in one sentence."""
        said = {
            "rule": self.rule.id,
            "pack": self.pack.name,
            "replaced": self.replaced.id,
            "wider": self.wider.name,
            "basis": "; ".join(basis.citation for basis in self.rule.basis) or "–",
        }
        if not self.holds:
            return message("stack.not_in_force", **said)
        return message("stack.loosened" if self.loosens else "stack.tightened", **said)


@dataclass(frozen=True)
class Stack:
    """Packs in the order of their levels, replaced rules yielding to others, and the changes."""

    packs: tuple[RulePack, ...]
    changes: tuple[Change, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is told of replaced rules among what was not evaluated."""
        return tuple(
            Gap(ALL_SITES, f"rule:{change.replaced.id}", change.message, blocks=False)
            for change in self.changes
            if change.holds
        )

    @property
    def record(self) -> dict[str, Message]:
        """The changes as rows of the run."""
        return {change.key: change.message for change in self.changes}


def stack_packs(packs: Sequence[RulePack], day: date) -> Stack:
    """Return the packs stacked for an assessment on *day*; their order does not matter.

    RulePackError names two packs with the same name or rule, and a replacement of a rule that
    no wider pack has, or that loosens without citing local law.
    """
    ordered = sorted(packs, key=lambda pack: (pack.level.rank, pack.name))
    _refuse_twins(ordered)
    changes = tuple(_changes(ordered, day))
    yielding: dict[int, tuple[Rule, ...]] = {}
    for change in changes:
        if change.holds:
            number = id(change.replaced)
            yielding[number] = (*yielding.get(number, ()), change.rule)
    kept = [
        replace(pack, rules=tuple(_yielding(rule, yielding) for rule in pack.rules))
        for pack in ordered
    ]
    return Stack(tuple(kept), changes)


def _yielding(rule: Rule, yielding: Mapping[int, tuple[Rule, ...]]) -> Rule:
    local = yielding.get(id(rule), ())
    return replace(rule, yields_to=local) if local else rule


def _refuse_twins(packs: Sequence[RulePack]) -> None:
    owners: dict[str, RulePack] = {}
    names: set[str] = set()
    for pack in packs:
        if pack.name in names:
            raise RulePackError("stack.same_pack", pack=pack.name, path=pack.path)
        names.add(pack.name)
        for rule_id in {rule.id for rule in pack.rules}:
            other = owners.setdefault(rule_id, pack)
            if other is not pack:
                raise RulePackError(
                    "stack.same_rule", rule=rule_id, pack=pack.name, other=other.name
                )


def _changes(packs: Sequence[RulePack], day: date) -> Iterator[Change]:
    for pack in packs:
        wider = {
            rule.id: (rule, other)
            for other in packs
            if other.level.rank < pack.level.rank
            for rule in other.rules
        }
        for rule in pack.rules:
            for replaced in rule.replaces:
                if replaced not in wider:
                    raise RulePackError(
                        "stack.unknown", rule=rule.id, pack=pack.name, replaced=replaced
                    )
                yield _change(rule, pack, *wider[replaced], day)


def _change(rule: Rule, pack: RulePack, replaced: Rule, wider: RulePack, day: date) -> Change:
    loosens = not is_as_strict(rule, replaced, day)
    if loosens and not any(basis.article and basis.text for basis in rule.basis):
        raise RulePackError("stack.no_basis", rule=rule.id, pack=pack.name, replaced=replaced.id)
    verified = any(basis.verified for basis in rule.basis_in_force(day))
    return Change(rule, pack, replaced, wider, loosens, holds=verified or not loosens)


def is_as_strict(rule: Rule, other: Rule, day: date) -> bool:
    """Return whether *rule* surely says no less than *other* wherever that one says something.

    What cannot be compared (trees of conditions, other attributes) counts as less strict.
    """
    said = strongest_verdict(rule, day).severity >= strongest_verdict(other, day).severity
    if rule.when is not None or other.when is not None:
        return said and rule.when == other.when and _same_ground(rule, other)
    return (
        said
        and _same_ground(rule, other)
        and rule.where == other.where
        and rule.relation is other.relation
        and rule.measure is other.measure
        and _reaches_as_far(rule, other)
    )


def _same_ground(rule: Rule, other: Rule) -> bool:
    """Return whether a rule is about all layers and projects that the other is about."""
    ours, theirs = rule.projects, other.projects
    fewer_asked = set(ours.all_tags) <= set(theirs.all_tags)
    return (
        set(other.roles) <= set(rule.roles)
        and set(other.layers) <= set(rule.layers)
        and fewer_asked
        and set(ours.none_tags) <= set(theirs.none_tags)
        and _wider(ours.any_tags, theirs.any_tags)
        and _wider(ours.stages, theirs.stages)
        and _wider(ours.planned_uses, theirs.planned_uses)
        and _wider(ours.industries, theirs.industries)
    )


def _wider(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Return whether a list of choices lets through all that another lets through."""
    return not ours or (bool(theirs) and set(theirs) <= set(ours))


def _reaches_as_far(rule: Rule, other: Rule) -> bool:
    if rule.relation is Relation.WITHIN_DISTANCE:
        return rule.threshold >= other.threshold
    return rule.threshold <= other.threshold
