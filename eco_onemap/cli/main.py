# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``eco-onemap`` command: reads its arguments, runs a command, returns its exit code."""

from __future__ import annotations

import argparse
import os
import select
import sys
from collections.abc import Sequence

from eco_onemap import __version__
from eco_onemap.cli import (
    cache,
    catalogue,
    check,
    compile_layers,
    doctor,
    explain,
    industries,
    inspect,
    override,
    report,
    rules,
    sites,
    verify,
)
from eco_onemap.core.errors import Cancelled, EcoOneMapError

DONE, INCOMPLETE, UNUSABLE = 0, 1, 2
"""Exit codes: done; done, but a layer or site could not be checked; unusable input."""

STOPPED = 130
"""What a shell reports of a program that the user interrupted."""

UNHEARD = 141
"""What a shell reports of a program whose reader has gone, as ``head`` goes (128 + SIGPIPE)."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command in *arguments* (the process's own by default); return the exit code."""
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        if not _stop_telling():
            raise
        return UNHEARD


def _run(arguments: Sequence[str] | None) -> int:
    """Run the command, whose errors are one sentence; return the exit code."""
    options = build_parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (KeyboardInterrupt, Cancelled):
        return STOPPED
    except EcoOneMapError as error:
        print(error.message.text(options.language), file=sys.stderr)
        return UNUSABLE


def _stop_telling() -> bool:
    """Lead what is still to be told nowhere if the reader has gone; return whether it has."""
    if not hasattr(select, "poll"):
        return False
    told = sys.stdout.fileno()
    pipe = select.poll()
    pipe.register(told, 0)
    gone = any(event & (select.POLLERR | select.POLLHUP) for _, event in pipe.poll(0))
    if gone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), told)
    return gone


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="eco-onemap",
        description="Check project sites against a region's ecological constraints.",
    )
    parser.add_argument("--version", action="version", version=f"eco-onemap {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in (
        *(check, report, verify, sites, industries, explain, override, rules),
        *(catalogue, inspect, compile_layers, cache, doctor),
    ):
        command = module.add_command(commands)
        command.add_argument(
            "--language",
            choices=("zh", "en"),
            default=default_language(),
            help="language of messages, tables and reports (default: as the system's)",
        )
    return parser


def default_language() -> str:
    """Return ``zh`` where the system speaks Chinese, else ``en``."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((name for name in names if name), "")
    return "zh" if spoken.lower().startswith("zh") else "en"
