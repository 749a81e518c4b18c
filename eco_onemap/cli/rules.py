# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap rules test``: runs the samples that rule packs carry."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from eco_onemap.core.messages import message
from eco_onemap.core.options import Options
from eco_onemap.core.rule_reading import read_pack
from eco_onemap.core.rule_samples import check_samples


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser("rules", help="work with rule packs")
    command.add_argument("action", choices=("test",), help="test: run the packs' samples")
    command.add_argument("packs", type=Path, nargs="+", metavar="PACK")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Print how many samples hold, and those that do not; return 1 if any fails."""
    failures = 0
    for path in arguments.packs:
        pack = read_pack(path)
        wrong = check_samples(pack, Options().as_of)
        failures += len(wrong)
        samples = sum(len(rule.samples) for rule in pack.rules)
        summary = message(
            "cli.samples", pack=pack.name, version=pack.version, count=samples, wrong=len(wrong)
        )
        print(summary.text(arguments.language))
        for failure in wrong:
            print(f"- {failure}")
    return 1 if failures else 0
