# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap explain``: how the verdict on a site came about, step by step."""

from __future__ import annotations

import argparse
import difflib
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from eco_onemap.core.columns import text_column
from eco_onemap.core.errors import ResultsError
from eco_onemap.core.law.pass_tables import NONE
from eco_onemap.core.messages import message
from eco_onemap.core.results.explaining import explain, say_layer, say_rule
from eco_onemap.core.results.gap_subjects import gap_subject
from eco_onemap.core.results.wording import amounts
from eco_onemap.core.table import ResultTable
from eco_onemap.readers.results import read_results

TABLES = ("site_verdict", "site_layer", "finding", "not_evaluated", "run", "pass")


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "explain", help="tell how the verdict on a site came about"
    )
    command.add_argument("results", type=Path, metavar="RESULTS", help="results.gpkg of a check")
    command.add_argument("--site", required=True, metavar="ID", help="the site's site_id")
    command.add_argument("--rule", metavar="R", help="only this rule, also where it found nothing")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Print the steps in the language of the results."""
    tables = read_results(arguments.results, TABLES, arguments.site)
    record = dict(zip(tables["run"]["key"], tables["run"]["value"], strict=True))
    story = _Story(arguments.results, tables, record)
    print("\n\n".join(story.tell(arguments.site, arguments.rule)))
    return 0


class _Story:
    """What the tables of a result say of one site."""

    def __init__(
        self, path: Path, tables: Mapping[str, ResultTable], record: Mapping[str, str]
    ) -> None:
        self._path, self._tables, self._record = path, tables, record
        self._language = record.get("language") or "en"

    def tell(self, site: str, rule: str | None) -> Iterator[str]:
        """Yield the paragraphs about a site, or about one rule there."""
        verdict = self._verdict(site)
        yield self._say(
            "explain.site",
            site=site,
            name=verdict["name"],
            verdict=message(f"verdict.{verdict['verdict']}"),
            reason=verdict["reason"],
        )
        if rule:
            self._refuse_unknown(rule)
        finding = self._tables["finding"]
        chosen = finding.where("rule_id", rule) if rule else finding
        facts = {site: verdict["facts"]}
        yield from explain(chosen, facts, self._record).texts(self._language).tolist()
        yield from self._silence(rule, chosen)
        yield from self._gaps(rule)

    def _say(self, key: str, /, **args: Any) -> str:
        return message(key, **args).text(self._language)

    def _verdict(self, site: str) -> dict[str, Any]:
        rows = list(self._tables["site_verdict"].rows())
        if not rows:
            every = read_results(self._path, ["site_verdict"])["site_verdict"]["site_id"].tolist()
            first = next(iter(difflib.get_close_matches(site, every, n=1)), every[0])
            raise ResultsError("explain.unknown_site", path=str(self._path), site=site, first=first)
        return rows[0]

    def _refuse_unknown(self, rule: str) -> None:
        if f"rule.{rule}.verdict" in self._record:
            return
        known = [key.split(".")[1] for key in self._record if key.startswith("rule.")]
        like = next(iter(difflib.get_close_matches(rule, known, n=1, cutoff=0.0)), "–")
        raise ResultsError("explain.unknown_rule", path=str(self._path), rule=rule, like=like)

    def _silence(self, rule: str | None, chosen: ResultTable) -> Iterator[str]:
        """Yield what was measured of layers on which a rule, or all rules, found nothing."""
        layers = self._record.get(f"rule.{rule}.layers", "").split(",") if rule else None
        told = set(chosen["layer_id"])
        for row in self._tables["site_layer"].rows():
            if row["layer_id"] in told or (layers is not None and row["layer_id"] not in layers):
                continue
            yield self._status(row, rule)

    def _status(self, row: Mapping[str, Any], rule: str | None) -> str:
        parts = [say_layer(row["layer_id"], self._record).text(self._language)]
        parts += [say_rule(rule, self._record).text(self._language)] if rule else []
        parts.append(
            self._say(
                "explain.status",
                status=row["status"],
                hits=max(row["hits"], 0),
                amount=message("amount.m2", value=_number(row["overlap_area_m2"])),
                share=_number(row["overlap_pct"]),
                nearest=_number(row["nearest_m"]),
                name=row["nearest_name"] or row["nearest_id"] or "–",
                mapped=_number(row["mapped_pct"]),
            )
        )
        passed = self._passes(row["layer_id"], rule) if rule else ()
        return "\n".join([*parts, *([self._say("explain.none")] if rule else []), *passed])

    def _passes(self, layer: str, rule: str) -> Iterator[str]:
        """Yield by how much a site passes a rule on a layer, and what lies nearest."""
        for row in self._tables["pass"].where("rule_id", rule).where("layer_id", layer).rows():
            amount = amounts(np.array([row["headroom"]]), text_column([row["unit"]]))
            yield self._say(
                "explain.pass_none" if row["certainty"] == NONE else "explain.pass",
                condition=f" ({row['condition']})" if row["condition"] else "",
                amount=amount.texts(self._language)[0],
                certainty=message(f"report.certainty.{row['certainty']}"),
                nearest=_number(row["nearest_m"]),
                name=row["nearest_name"] or row["nearest_id"],
            )

    def _gaps(self, rule: str | None) -> Iterator[str]:
        for row in self._tables["not_evaluated"].rows():
            about = str(row["what"]).split(":")
            if rule and (about[0] == "rule" or about[0] == "override") and about[1] != rule:
                continue
            subject = gap_subject(row["what"], self._layer_title, self._rule_title)
            yield self._say("explain.gap", what=subject, why=row["why"])

    def _layer_title(self, layer: str) -> str:
        listed = self._record.get(f"access_list.{layer}.title")
        return self._record.get(f"layer.{layer}.title") or listed or layer

    def _rule_title(self, rule: str) -> str:
        return " ".join([rule, self._record.get(f"rule.{rule}.title", "")]).strip()


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:,.2f}"
