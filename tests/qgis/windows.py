# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a script of ``tests/qgis/window`` inside a real QGIS window on a screen of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import run_qgis

SCRIPTS = Path(__file__).parent / "window"
WAIT_S = 100.0
SCREEN = "1280x800"


def run_at_most(seconds: float, command: list[str], variables: dict[str, str]) -> str:
    """Run a program, its children ended with it when the time is over; return its errors."""
    with subprocess.Popen(
        command, env=variables, text=True, stderr=subprocess.PIPE, start_new_session=True
    ) as program:
        try:
            return program.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            return f"no end after {seconds} s"


def in_window(script: str, plugins: Path, folder: Path, **settings: Any) -> dict[str, Any]:
    """Run a script in a QGIS window with a new profile and return its answer.

    settings: given (what the script is given, as JSON), packages (where Python finds modules),
        locale (``zh-Hans``, ``en``), screen (``1920x1080``), seconds (how long it may take).
    """
    profile, answer = folder / "profile", folder / "answer.json"
    run_qgis.enable_plugin(profile, plugins)
    run_qgis.stay_offline(profile)
    if "locale" in settings:
        run_qgis.set_language(profile, settings["locale"])
    variables = run_qgis.environment(profile, plugins)
    variables["ECO_ONEMAP_TEST_ANSWER"] = str(answer)
    variables["ECO_ONEMAP_TEST_INPUT"] = json.dumps(settings.get("given", {}))
    found = settings.get("packages", variables["PYTHONPATH"])
    variables["PYTHONPATH"] = os.pathsep.join((found, str(SCRIPTS)))
    screen = settings.get("screen", SCREEN)
    command = run_qgis.window_command(["--code", str(SCRIPTS / script)], profile, screen)
    errors = run_at_most(settings.get("seconds", WAIT_S), command, variables)
    assert answer.exists(), errors
    found = json.loads(answer.read_text(encoding="utf-8"))
    assert "traceback" not in found, found["traceback"]
    assert found["network"] == [], f"data stays off the network: {found['network']}"
    return found["answer"]
