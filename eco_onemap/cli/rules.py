# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap rules``: tests rule packs by their samples, prints and compares them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from eco_onemap.cli.terminal import lines_of
from eco_onemap.core.errors import OptionError
from eco_onemap.core.law.rule_completeness import missing_samples
from eco_onemap.core.law.rule_diff import compare_packs
from eco_onemap.core.law.rule_reading import read_unchecked
from eco_onemap.core.law.rule_samples import check_samples
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.messages import message
from eco_onemap.outputs.html import render_html
from eco_onemap.outputs.markdown import render_markdown
from eco_onemap.outputs.rule_document import compose_rule_document


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "rules", help="test, print and compare rule packs"
    )
    command.add_argument(
        "action",
        choices=("test", "show", "diff"),
        help="test: run the packs' samples; show: a pack as a document; diff: two versions",
    )
    command.add_argument("packs", type=Path, nargs="+", metavar="PACK")
    command.add_argument("--format", choices=("md", "html"), default="md", help="of show")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for; test returns 1 if a sample fails or a side of a rule has none."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "test": _test,
        "show": _show,
        "diff": _diff,
    }
    return actions[arguments.action](arguments)


def _test(arguments: argparse.Namespace) -> int:
    faults = [_test_pack(read_unchecked(path), arguments.language) for path in arguments.packs]
    return 1 if any(faults) else 0


def _test_pack(pack: RulePack, language: str) -> bool:
    """Print a table of the pack's rules and what is wrong; return whether anything is."""
    wrong = check_samples(pack)
    missing = {rule.id: missing_samples(rule) for rule in pack.rules}
    names = ("rule", "samples", "failed", "unshown", "state")
    rows = [[message(f"cli.column.{name}").text(language) for name in names]]
    for rule in pack.rules:
        failed = sum(failure.rule_id == rule.id for failure in wrong)
        state = "cli.state.fault" if failed or missing[rule.id] else "cli.state.good"
        counts = (len(rule.samples), failed, len(missing[rule.id]))
        rows.append([rule.id, *map(str, counts), message(state).text(language)])
    print("\n".join(lines_of(rows)))
    said = [failure.message for failure in wrong] + [m for found in missing.values() for m in found]
    print("".join(f"- {one.text(language)}\n" for one in said), end="")
    samples = sum(len(rule.samples) for rule in pack.rules)
    summary = message(
        "cli.samples",
        pack=pack.name,
        version=pack.version,
        count=samples,
        wrong=len(wrong),
        unshown=len(said) - len(wrong),
    )
    print(summary.text(language))
    return bool(said)


def _show(arguments: argparse.Namespace) -> int:
    render = render_html if arguments.format == "html" else render_markdown
    for path in arguments.packs:
        document = compose_rule_document(read_unchecked(path), arguments.language)
        sys.stdout.write(render(document))
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    """Print what differs between two versions of a pack; return 0 whether or not anything does."""
    old, new = _two(arguments.packs)
    found = compare_packs(old, new, arguments.language, date.today())
    for one in found:
        effect = message(f"cli.effect.{one.effect.value}").text(arguments.language)
        part = f" {one.part}" if one.part else ""
        print(f"{one.rule}{part}: {effect}")
        for sign, text in (("-", one.before), ("+", one.after)):
            print(f"  {sign} {text}\n" if text else "", end="")
    rules = len({one.rule for one in found})
    print(
        message("cli.diff", count=rules, old=old.version, new=new.version).text(arguments.language)
    )
    return 0


def _two(paths: list[Path]) -> tuple[RulePack, RulePack]:
    if len(paths) != 2:
        raise OptionError("cli.two_packs", count=len(paths))
    return read_unchecked(paths[0]), read_unchecked(paths[1])
