# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap doctor``: versions, and checks whose answers are known beforehand."""

from __future__ import annotations

import argparse
from typing import Any

from eco_onemap.cli.terminal import lines_of
from eco_onemap.core.messages import message
from eco_onemap.core.results.run_record import versions
from eco_onemap.core.self_check import run_self_checks


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "doctor", help="check that this installation computes right"
    )
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Print versions and the outcome of each known check; return 1 if any is wrong."""
    print("\n".join(lines_of([[name, version] for name, version in versions().items()])))
    rows = []
    results = run_self_checks()
    for result in results:
        state = "cli.state.good" if result.passed else "cli.state.wrong"
        rows.append(
            [
                message(state).text(arguments.language),
                message(f"self_check.{result.name}").text(arguments.language),
                f"{result.measured:.6g}",
                f"{result.expected:.6g}",
            ]
        )
    print("\n".join(("", *lines_of(rows))))
    return 0 if all(result.passed for result in results) else 1
