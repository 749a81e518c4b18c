# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap override``: sets findings of a check aside in a file that can be reviewed."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from eco_onemap.cli.terminal import lines_of
from eco_onemap.core.errors import OverrideError
from eco_onemap.core.law.overrides import Override, Overrides, override_of, read_overrides
from eco_onemap.core.messages import message
from eco_onemap.core.options import parse_date
from eco_onemap.outputs.override_files import add_override
from eco_onemap.readers.results import read_results


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "override", help="set findings aside, with a reason"
    )
    add = command.add_argument
    add("action", choices=("add", "list"), help="add: set one aside; list: print the file")
    add("file", type=Path, metavar="FILE", help="the overrides (YAML), made where there is none")
    add("--results", type=Path, metavar="RESULTS", help="results.gpkg with the finding")
    add("--site", metavar="ID", help="the finding's site")
    add("--rule", metavar="R", help="its rule")
    add("--layer", metavar="L", help="its layer, where the rule has findings on several")
    add("--feature", metavar="F", help="its feature, where the rule has several findings")
    add("--reason", metavar="TEXT", help="why it does not count")
    add("--author", metavar="NAME", help="who says so")
    add("--date", metavar="DATE", help="when (default: today)")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Add an entry to the file, or print its entries."""
    if arguments.action == "list":
        print("\n".join(lines_of(_rows(read_overrides(arguments.file), arguments.language))))
        return 0
    for name in ("results", "site", "rule", "reason", "author"):
        if not getattr(arguments, name) or not str(getattr(arguments, name)).strip():
            raise OverrideError("override.needs", option=f"--{name}")
    entry = _entry(arguments)
    add_override(arguments.file, entry)
    about = " / ".join(entry.about)
    print(message("override.added", about=about, path=arguments.file).text(arguments.language))
    return 0


def _entry(arguments: argparse.Namespace) -> Override:
    day = parse_date(arguments.date) if arguments.date else date.today()
    return override_of(_finding(arguments), arguments.reason, arguments.author, day)


def _finding(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the one finding that the options name."""
    table = read_results(arguments.results, ["finding"], arguments.site)["finding"]
    wanted = {"rule_id": arguments.rule, "layer_id": arguments.layer}
    wanted["feature_id"] = arguments.feature
    rows = [
        row
        for row in table.rows()
        if all(value is None or row[name] == value for name, value in wanted.items())
    ]
    if len(rows) != 1:
        found = ", ".join(f"{row['rule_id']}/{row['layer_id']}/{row['feature_id']}" for row in rows)
        key = "override.several" if rows else "override.no_finding"
        if not rows:
            found = ", ".join(dict.fromkeys(table["rule_id"].tolist())) or "–"
        raise OverrideError(key, site=arguments.site, rule=arguments.rule, found=found)
    return rows[0]


def _rows(overrides: Overrides, language: str) -> list[list[str]]:
    names = ("site", "rule", "layer", "feature", "verdict", "reason", "author", "date")
    header = [message(f"cli.column.{name}").text(language) for name in names]
    return [header] + [
        [
            *entry.about,
            message(f"verdict.{entry.verdict.value}").text(language),
            entry.reason,
            entry.author,
            entry.date.isoformat(),
        ]
        for entry in overrides.entries
    ]
