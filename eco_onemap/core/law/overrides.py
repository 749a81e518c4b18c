# SPDX-License-Identifier: GPL-2.0-or-later
"""Overrides: a person sets a finding aside, with a reason, in a file that can be reviewed.

An override is about one finding: site, rule, layer and feature. It holds while the prints of site,
feature and rule are those that it was given for and the rule says nothing worse; otherwise it is
stale, and the finding counts. The finding itself stays in the results as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from eco_onemap.core.errors import OverrideError, cause_of
from eco_onemap.core.layers.prints import DIGITS, SEPARATOR
from eco_onemap.core.reading import Section, parse_yaml
from eco_onemap.core.vocabulary import Verdict

FORMAT = 1
FILE_KEYS = ("overrides", "entries")
ENTRY_KEYS = (
    *("site", "rule", "layer", "feature", "verdict", "print"),
    *("reason", "author", "date"),
)
VERDICTS = tuple(v.value for v in (Verdict.PROHIBITED, Verdict.RESTRICTED, Verdict.STUDY))
HEADER = "# 人工复核：搁置的发现 · Findings that a person set aside. One entry a block, sorted.\n"


@dataclass(frozen=True)
class Override:
    """One finding set aside.

    verdict: what the rule said. print: those of site, feature and rule, with dashes between.
    feature: id of the feature, "" for a rule about none.
    """

    site: str
    rule: str
    layer: str
    feature: str
    verdict: Verdict
    print: str
    reason: str
    author: str
    date: date

    @property
    def about(self) -> tuple[str, str, str, str]:
        """Which finding it is about."""
        return self.site, self.rule, self.layer, self.feature


@dataclass(frozen=True)
class Overrides:
    """The overrides of a file, sorted by what they are about."""

    entries: tuple[Override, ...] = ()
    path: str = ""

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what the file says, "" for no overrides."""
        if not self.entries:
            return ""
        return hashlib.sha256(write_overrides(self).encode()).hexdigest()

    def added(self, entry: Override) -> Overrides:
        """Return the overrides with *entry*, in place of an earlier one about the same finding."""
        kept = [one for one in self.entries if one.about != entry.about]
        return replace(self, entries=tuple(sorted([*kept, entry], key=lambda one: one.about)))


def override_of(finding: Mapping[str, Any], reason: str, author: str, day: date) -> Override:
    """Return that a person sets a finding, a row of the table ``finding``, aside."""
    return Override(
        site=finding["site_id"],
        rule=finding["rule_id"],
        layer=finding["layer_id"],
        feature=finding["feature_id"],
        verdict=Verdict(finding["verdict"]),
        print=finding["print"],
        reason=reason.strip(),
        author=author.strip(),
        date=day,
    )


def read_overrides(path: Path) -> Overrides:
    """Return the overrides in the file *path*; OverrideError names file, place and cause."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OverrideError(
            "override.unreadable", path=str(path), cause=cause_of(error), details=repr(error)
        ) from error
    return parse_overrides(text, str(path))


def parse_overrides(text: str, path: str) -> Overrides:
    """Return the overrides written in *text*; *path* is named in errors."""
    top = Section(parse_yaml(text, path, OverrideError), path, "", OverrideError)
    top.refuse_unknown(FILE_KEYS)
    top.one_of("overrides", (FORMAT,))
    if top.raw("entries") == []:
        return Overrides((), path)
    sections = top.sections("entries")
    entries = [_entry(section) for section in sections]
    _refuse_twins(entries, sections)
    return Overrides(tuple(sorted(entries, key=lambda entry: entry.about)), path)


def _entry(section: Section) -> Override:
    section.refuse_unknown(ENTRY_KEYS)
    day = section.optional_date("date")
    if day is None:
        raise section.error("date", "yaml.missing")
    entry = Override(
        site=section.text("site"),
        rule=section.text("rule"),
        layer=section.text("layer"),
        feature=section.optional_text("feature"),
        verdict=Verdict(section.one_of("verdict", VERDICTS)),
        print=section.text("print"),
        reason=section.text("reason"),
        author=section.text("author"),
        date=day,
    )
    parts = entry.print.split(SEPARATOR)
    if [len(part) for part in parts] != [DIGITS] * 3:
        raise section.error("print", "override.print")
    return entry


def _refuse_twins(entries: Sequence[Override], sections: Sequence[Section]) -> None:
    seen: set[tuple[str, str, str, str]] = set()
    for entry, section in zip(entries, sections, strict=True):
        if entry.about in seen:
            raise section.error("", "override.twice", about=" / ".join(entry.about))
        seen.add(entry.about)


def write_overrides(overrides: Overrides) -> str:
    """Return the overrides as the text of a file: one entry a block, sorted, nothing folded."""
    if not overrides.entries:
        return f"{HEADER}overrides: {FORMAT}\nentries: []\n"
    blocks = [_block(entry) for entry in overrides.entries]
    return f"{HEADER}overrides: {FORMAT}\nentries:\n" + "\n".join(blocks)


def _block(entry: Override) -> str:
    values = {
        "site": entry.site,
        "rule": entry.rule,
        "layer": entry.layer,
        "feature": entry.feature,
        "verdict": entry.verdict.value,
        "print": entry.print,
        "reason": entry.reason,
        "author": entry.author,
    }
    lines = [f"{key}: {_quoted(value)}" for key, value in values.items()]
    lines.append(f"date: {entry.date.isoformat()}")
    return "  - " + "\n    ".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text as YAML writes it in double quotes, on one line."""
    written: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))
    return written.rstrip("\n")
