# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report is written from: the assessment's rows by site, for the sites it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eco_onemap.core.law.rules import LegalBasis, Rule
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.inputs import folder_of
from eco_onemap.core.results.totals import Totals, count_totals
from eco_onemap.core.sites.site import SiteFacts
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.outputs.report.wording import Wording

Row = dict[str, Any]
RowsBySite = Mapping[str, list[Row]]
EVERY_SITE = "*"


@dataclass(frozen=True)
class Material:
    """An assessment laid out for writing: the chosen sites, worst first, and their rows.

    totals: counts over all sites. sites: rows of ``site_verdict`` of those in the report; the other
    tables' rows stand by site. further: the tables that only some runs have, by name.
    """

    assessment: Assessment
    totals: Totals
    say: Wording
    maps: Mapping[str, Path]
    sites: tuple[Row, ...]
    layers: RowsBySite
    hits: RowsBySite
    findings: RowsBySite
    gaps: RowsBySite
    classes: RowsBySite
    further: Mapping[str, RowsBySite]
    rules: Mapping[str, Rule]
    facts: Mapping[str, SiteFacts]
    record: Mapping[str, str]

    def entry(self, layer_id: str) -> LayerEntry | None:
        """Return the catalogue's entry of a layer, ``None`` for one that it does not name."""
        entries = self.assessment.catalogue.layers
        return next((entry for entry in entries if entry.id == layer_id), None)

    def layer_title(self, layer_id: str) -> str:
        """Return the title of a layer, or of an access list as the run recorded it."""
        entry = self.entry(layer_id)
        recorded = self.record.get(f"access_list.{layer_id}.title", "")
        return entry.title if entry else recorded or layer_id

    def rule_title(self, rule_id: str) -> str:
        """Return a rule's number and title."""
        rule = self.rules.get(rule_id)
        return f"{rule_id} {self.say.spoken(rule.title)}".strip() if rule else rule_id

    def in_force(self, rule_id: str) -> tuple[LegalBasis, ...]:
        """Return the legal bases of a rule that are in force on the assessment date."""
        rule = self.rules.get(rule_id)
        return rule.basis_in_force(self.assessment.options.as_of) if rule else ()

    @property
    def left_out(self) -> int:
        """The number of sites that the report has no room for."""
        return self.totals.sites - len(self.sites)


def gather(
    assessment: Assessment,
    language: str,
    maps: Mapping[str, Path],
    most_sites: int,
    totals: Totals | None = None,
) -> Material:
    """Return what is to be written of the *most_sites* worst sites.

    totals: counts over all sites; by default those of the assessment.
    """
    teller = _Teller(language, folder_of(assessment.catalogue))
    chosen = _worst_first(assessment.site_verdict, most_sites, teller)
    ids = {row["site_id"] for row in chosen}
    run = assessment.run.in_language(language)
    return Material(
        assessment=assessment,
        totals=totals or count_totals(assessment),
        say=Wording(language),
        maps=maps,
        sites=chosen,
        layers=_by_site(assessment.site_layer, ids, teller),
        hits=_by_site(assessment.hit, ids, teller),
        findings=_by_site(assessment.finding, ids, teller),
        gaps=_by_site(assessment.not_evaluated, ids | {EVERY_SITE}, teller),
        classes=_by_site(assessment.raster_class, ids, teller),
        further={
            name: _by_site(table, ids, teller)
            for name, table in assessment.further.items()
            if "site_id" in table.values
        },
        rules={rule.id: rule for pack in assessment.packs for rule in pack.rules},
        facts=_facts(assessment, ids),
        record=dict(zip(run["key"], run["value"], strict=True)),
    )


@dataclass(frozen=True)
class _Teller:
    """Tells rows in a language; *folder* (of the catalogue) is nothing for a reader elsewhere."""

    language: str
    folder: str

    def rows(self, table: ResultTable) -> Iterator[Row]:
        """Yield rows whose messages are text and whose files stand without the folder."""
        for row in table.in_language(self.language).rows():
            yield {name: self._shortened(value) for name, value in row.items()}

    def _shortened(self, value: Any) -> Any:
        return value.replace(self.folder, "") if self.folder and isinstance(value, str) else value


def _worst_first(table: ResultTable, most: int, teller: _Teller) -> tuple[Row, ...]:
    severity = np.array([SEVERITY[Verdict(verdict)] for verdict in table["verdict"]], dtype=int)
    return tuple(teller.rows(table.take(np.argsort(-severity, kind="stable")[:most])))


def _facts(assessment: Assessment, ids: set[str]) -> dict[str, SiteFacts]:
    pairs = zip(assessment.sites.ids.tolist(), assessment.sites.facts, strict=True)
    return {site: facts for site, facts in pairs if site in ids}


def _by_site(table: ResultTable, ids: set[str], teller: _Teller) -> RowsBySite:
    wanted = [number for number, site in enumerate(table["site_id"].tolist()) if site in ids]
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in teller.rows(table.take(np.array(wanted, dtype=np.intp))):
        found[row["site_id"]].append(row)
    return dict(found)
