#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Coverage-guided fuzzing of the readers of text files of sites, with atheris (libFuzzer).

atheris is no dependency of the project: install it in an environment of its own, let that see
the project's packages, and run for as long as you like:

    python3 -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris
    PYTHONPATH=.venv/lib/python3.11/site-packages /tmp/fuzz/bin/python scripts/fuzz_atheris.py \
        build/fuzz-corpus tests/data/sites -max_total_time=600 -timeout=5 -max_len=4096

The first byte chooses the reader. What is not the project's own error ends the run, and the input
is kept; so does one that takes longer than -timeout seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["eco_onemap"]):
    from eco_onemap.core.errors import EcoOneMapError
    from eco_onemap.core.messages import LANGUAGES
    from eco_onemap.readers.sites.points import parse_points
    from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions
    from eco_onemap.readers.sites.tables.reading import parse_pasted
    from eco_onemap.readers.sites.txt import parse_txt
    from eco_onemap.readers.sites.txt_rows import Shape

NAMES = ("a.txt", "a.csv", "a.dat", "a.tsv")


def read(content: bytes) -> None:
    """Read the content as one of the kinds of files; the project's own errors are right answers."""
    kind, rest = (content[0], content[1:]) if content else (0, b"")
    notation, shape = [None, *AngleNotation][kind // 8 % 4], [None, *Shape][kind // 32 % 4]
    options = TableOptions(angle=notation, shape=shape)
    try:
        if kind % 8 == 7:
            sites = parse_pasted(rest.decode("utf-8", "surrogateescape"), options)
        elif kind % 8 == 6:
            sites = parse_txt(rest, "a.txt")
        else:
            sites = parse_points(rest, NAMES[kind % 4], options)
        said = [*sites.notes, *sites.problems.values()]
        assert len(set(sites.ids)) == len(sites.geometries) == len(sites.names)
    except EcoOneMapError as error:
        said = [error.message]
    assert all(one.text(language) for one in said for language in LANGUAGES)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
