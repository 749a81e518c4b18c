# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap cache``: shows or clears the compiled layers kept on this machine."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from eco_onemap.cli.terminal import lines_of
from eco_onemap.core.messages import message
from eco_onemap.readers.compiled_cache import CompiledCache


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "cache", help="show or clear the compiled layers kept on this machine"
    )
    command.add_argument("action", choices=("show", "clear"))
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Print the files of the cache, or remove them."""
    cache = CompiledCache()
    if arguments.action == "clear":
        print(message("cli.cache.cleared", count=cache.clear()).text(arguments.language))
        return 0
    files = cache.files()
    rows = [
        [
            found.path.stem[:12],
            f"{found.size / 1e6:.1f} MB",
            datetime.fromtimestamp(found.used).isoformat(" ", "minutes"),
        ]
        for found in files
    ]
    total = sum(found.size for found in files) / 1e6
    summary = message(
        "cli.cache.summary", folder=cache.folder, count=len(files), size=f"{total:.1f}"
    )
    print("\n".join([summary.text(arguments.language), *(lines_of(rows) if rows else [])]))
    return 0
