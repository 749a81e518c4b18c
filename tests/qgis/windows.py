# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a script of ``tests/qgis/window`` inside a real QGIS window on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import run_qgis

SCRIPTS = Path(__file__).parent / "window"
WAIT_S = 100.0
SCREEN = "1280x800"
DARK = "Night Mapping"
"""QGIS's own dark theme."""


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code and what it complained of."""

    code: int
    errors: str


def run_at_most(
    seconds: float, command: list[str], variables: dict[str, str], user: str | None = None
) -> Ended:
    """Run a program, its children ended with it when the time is over."""
    whose = {"user": user, "group": "nogroup", "extra_groups": []} if user else {}
    with subprocess.Popen(
        command, env=variables, text=True, stderr=subprocess.PIPE, start_new_session=True, **whose
    ) as program:
        try:
            errors = program.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            errors = f"no end after {seconds} s\n{program.communicate()[1]}"
    return Ended(program.returncode, errors)


def in_window(script: str, plugins: Path, folder: Path, **settings: Any) -> dict[str, Any]:
    """Run a script in a QGIS window with a new profile and return its answer.

    settings: given (what the script is given, as JSON), packages (where Python finds modules),
        locale (``zh-Hans``, ``en``), screen (``1920x1080``), seconds (how long it may take),
        theme (of QGIS; :data:`DARK`), first_run (whether the plugin greets a new user),
        user (whose program it is, who then owns *folder*), leaves (QGIS ends by itself).
    """
    answer = folder / "answer.json"
    profile = prepared_profile(folder, plugins, settings)
    variables = run_qgis.environment(profile, plugins)
    variables["ECO_ONEMAP_TEST_ANSWER"] = str(answer)
    variables["ECO_ONEMAP_TEST_INPUT"] = json.dumps(settings.get("given", {}))
    found = settings.get("packages", variables["PYTHONPATH"])
    variables["PYTHONPATH"] = os.pathsep.join((found, str(SCRIPTS)))
    seconds = settings.get("seconds", WAIT_S)
    variables["ECO_ONEMAP_TEST_SECONDS"] = str(seconds)
    user = settings.get("user")
    if user:
        variables["HOME"] = str(folder)
        hand_over(folder, user)
    screen = settings.get("screen", SCREEN)
    command = run_qgis.window_command(["--code", str(SCRIPTS / script)], profile, screen)
    ended = run_at_most(seconds, command, variables, user)
    assert answer.exists(), ended.errors
    found = json.loads(answer.read_text(encoding="utf-8"))
    assert "traceback" not in found, found["traceback"]
    assert found["network"] == [], f"data stays off the network: {found['network']}"
    assert not settings.get("leaves") or ended.code == 0, ended
    return found["answer"]


def prepared_profile(folder: Path, plugins: Path, settings: dict[str, Any]) -> Path:
    """Make a profile of QGIS with the plugin switched on and the settings written."""
    profile = folder / "profile"
    run_qgis.enable_plugin(profile, plugins)
    run_qgis.stay_offline(profile)
    if "locale" in settings:
        run_qgis.set_language(profile, settings["locale"])
    if "theme" in settings:
        run_qgis.write_settings(profile, "UI", {"UITheme": settings["theme"]})
    if not settings.get("first_run", False):
        run_qgis.write_settings(profile, "eco_onemap", {"first_steps_seen": "true"})
    return profile


def hand_over(folder: Path, user: str) -> None:
    """Let a user own a folder and all that is in it."""
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, user)
