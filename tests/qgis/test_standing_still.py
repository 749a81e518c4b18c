# SPDX-License-Identifier: GPL-2.0-or-later
"""A window of a test that stands still is ended and tells where; one that is slow is waited for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.qgis.windows import SCRIPTS, run_while_alive

STILL = "sleep 1000 & wait"
SLOW = "for step in 1 2 3 4 5 6; do echo $step > sign; sleep 1; done; echo through >&2"
PATIENCE_S = 5.0
"""Less than all steps of the slow one take, more than any of them."""

FULL_DISK = """
import resource, sys
import script
from qgis.PyQt.QtCore import QCoreApplication, QTimer
application = QCoreApplication([])
sys.excepthook = script.fail
resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
QTimer.singleShot(0, lambda: 1 / 0)
application.exec()
"""
"""A slot raises an error while nothing can be written; the loop of events would go on for ever."""


def test_a_program_that_stands_still_is_ended_with_its_children_and_tells_its_step(
    tmp_path: Path,
) -> None:
    sign = tmp_path / "sign"
    sign.write_text("the second step")
    ended = run_while_alive(1.0, ["sh", "-c", STILL], dict(os.environ), None, sign)
    assert ended.code != 0
    assert ended.errors.startswith("no sign of life for 1.0 s, at the second step")


@pytest.mark.slow
def test_a_slow_program_is_waited_for_while_it_goes_on(tmp_path: Path) -> None:
    command = ["sh", "-c", f"cd '{tmp_path}' && {SLOW}"]
    ended = run_while_alive(PATIENCE_S, command, dict(os.environ), None, tmp_path / "sign")
    assert (ended.code, ended.errors) == (0, "through\n")


@pytest.mark.slow
def test_an_error_ends_the_window_even_where_no_answer_can_be_written(tmp_path: Path) -> None:
    sign, answer = tmp_path / "sign", tmp_path / "answer.json"
    variables = dict(os.environ) | {"ECO_ONEMAP_TEST_ANSWER": str(answer)}
    found = [str(SCRIPTS), os.environ.get("PYTHONPATH", "")]
    variables["PYTHONPATH"] = os.pathsep.join(found)
    command = [sys.executable, "-c", FULL_DISK]
    ended = run_while_alive(100.0, command, variables, None, sign)
    assert ended.code == 1, ended.errors
    assert "ZeroDivisionError" in ended.errors
    assert not answer.exists()
