# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a script of ``tests/qgis/window`` inside a real QGIS window on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
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


def run_while_alive(
    seconds: float, command: list[str], variables: dict[str, str], user: str | None, sign: Path
) -> Ended:
    """Run a program, ended with its children if it gives no sign of life for so many seconds.

    sign: the file into which it writes what it is at. How long all of it takes says more of the
    machine, on which other programs run too, than of the program.
    """
    whose = {"user": user, "group": "nogroup", "extra_groups": []} if user else {}
    with subprocess.Popen(
        command, env=variables, text=True, stderr=subprocess.PIPE, start_new_session=True, **whose
    ) as program:
        last = time.time()
        while True:
            try:
                errors = program.communicate(timeout=max(0.0, last + seconds - time.time()))[1]
            except subprocess.TimeoutExpired:
                newest = sign.stat().st_mtime if sign.exists() else last
                if newest > last:
                    last = newest
                    continue
                os.killpg(program.pid, signal.SIGKILL)
                at = sign.read_text(encoding="utf-8") if sign.exists() else "its start"
                errors = f"no sign of life for {seconds} s, at {at}\n{program.communicate()[1]}"
            return Ended(program.returncode, errors)


def in_window(script: str, plugins: Path, folder: Path, **settings: Any) -> dict[str, Any]:
    """Run a script in a QGIS window with a new profile and return its answer.

    settings: given (what the script is given, as JSON), packages (where Python finds modules),
        locale (``zh-Hans``, ``en``), screen (``1920x1080``),
        seconds (how long it may go on without a sign of what it is at),
        theme (of QGIS; :data:`DARK`), first_run (whether the plugin greets a new user),
        user (whose program it is, who then owns *folder*), leaves (QGIS ends by itself).
    """
    answer, sign = folder / "answer.json", folder / "sign"
    for old in (answer, sign):
        old.unlink(missing_ok=True)
    profile = prepared_profile(folder, plugins, settings)
    variables = run_qgis.environment(profile, plugins)
    variables["ECO_ONEMAP_TEST_ANSWER"], variables["ECO_ONEMAP_TEST_SIGN"] = str(answer), str(sign)
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
    ended = run_while_alive(seconds, command, variables, user, sign)
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
