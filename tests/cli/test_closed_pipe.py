# SPDX-License-Identifier: GPL-2.0-or-later
"""A command whose reader goes away, as ``head`` does, ends as other programs do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from eco_onemap.cli import main
from eco_onemap.cli.main import UNHEARD
from eco_onemap.paths import sample

FEW, MANY, HELP = ("industries", "C3841"), ("industries", "2"), ("--help",)
"""What stays in the buffer until the end, what fills it long before, and what ends of itself."""


@pytest.mark.slow
@pytest.mark.parametrize("words", [FEW, MANY, HELP], ids=["few", "many", "help"])
def test_nothing_is_said_where_nobody_reads(words):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "eco_onemap", *words],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            cwd=sample().parent,
            check=False,
        )
    finally:
        os.close(writing)
    assert done.stderr == ""
    assert done.returncode == UNHEARD


def test_a_pipe_that_breaks_elsewhere_is_no_reader_gone(monkeypatch):
    def broken(_arguments):
        raise BrokenPipeError("a worker process")

    monkeypatch.setattr(main.industries, "run", broken)
    with pytest.raises(BrokenPipeError, match="a worker"):
        main.run(["industries", "2"])
