# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs ``qgis_process`` or a QGIS window with this checkout's plugin and a profile of its own.

::

    .venv/bin/python scripts/run_qgis.py process run ecoonemap:sitingcheck -- SITES_FILE=... ...
    .venv/bin/python scripts/run_qgis.py window [--code SCRIPT ...]

The user's own QGIS profile is neither read nor changed.
"""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

import package

PROFILE = package.ROOT / "build" / "qgis-profile"


def environment(profile: Path, plugins: Path | None) -> dict[str, str]:
    """Return the environment of a QGIS with the profile folder *profile*.

    plugins: a folder with more plugins than those in the profile, or ``None``.
    """
    runtime = profile / "runtime"
    runtime.mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)  # Qt warns of any other
    foreign = ("QGIS_", "QT_QPA_PLATFORM")
    given = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return (
        {"ECO_ONEMAP_CACHE": str(profile / "compiled layers")}
        | given
        | {
            "QGIS_CUSTOM_CONFIG_PATH": str(profile),
            "QGIS_PLUGINPATH": str(plugins or ""),
            # QGIS runs the system's Python; shapely 2 and the like stand in this environment.
            "PYTHONPATH": sysconfig.get_path("purelib"),
            "LC_ALL": "C.UTF-8",  # QGIS's Python reads text files in the locale's encoding
            "XDG_RUNTIME_DIR": str(runtime),
        }
    )


def enable_plugin(profile: Path, plugins: Path | None) -> None:
    """Switch the plugin on in *profile*, unless it is; SystemExit says why it cannot be."""
    settings = profile / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    if settings.exists() and f"{package.PLUGIN}=true" in settings.read_text(encoding="utf-8"):
        return
    done = run_process(["plugins", "enable", package.PLUGIN], profile, plugins)
    if done.returncode:
        sys.exit(f"QGIS did not take the plugin: {done.stderr.strip()}")


def set_language(profile: Path, locale: str) -> None:
    """Let QGIS speak *locale* (``zh-Hans`` or ``en``) in *profile*, whatever the system speaks."""
    spoken = {"overrideFlag": "true", "userLocale": locale, "globalLocale": locale}
    write_settings(profile, "locale", spoken)


def stay_offline(profile: Path) -> None:
    """Keep QGIS from fetching fonts that its own styles name and this machine lacks."""
    write_settings(profile, "fonts", {"downloadMissingFonts": "false"})


def write_settings(profile: Path, group: str, values: Mapping[str, str]) -> None:
    """Write a group of QGIS's settings in *profile*; the others stay as they are."""
    settings = profile / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    store = configparser.RawConfigParser(strict=False)
    store.optionxform = str  # type: ignore[assignment,method-assign] (Qt tells cases apart)
    store.read(settings, encoding="utf-8")
    store[group] = values
    with settings.open("w", encoding="utf-8") as file:
        store.write(file, space_around_delimiters=False)


def run_process(
    arguments: Sequence[str],
    profile: Path,
    plugins: Path | None,
    given: str = "",
    extra: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``qgis_process`` and return what it said; its exit code is not checked.

    given: for its standard input. extra: environment variables that replace others.
    """
    offscreen = {"QT_QPA_PLATFORM": "offscreen", **(extra or {})}
    return subprocess.run(
        ["qgis_process", *arguments],
        env=environment(profile, plugins) | offscreen,
        input=given,
        check=False,
        text=True,
        capture_output=True,
    )


def window_command(arguments: Sequence[str], profile: Path, screen: str = "1280x1024") -> list[str]:
    """Return the command of a QGIS window, on a virtual screen where there is no real one.

    screen: width and height of the virtual one in pixels.
    """
    virtual = [_needed("xvfb-run"), "-a", "-s", f"-screen 0 {screen}x24 -dpi 96"]
    quiet = ["--noversioncheck", "--nologo", "--profiles-path", str(profile)]
    where = [] if os.environ.get("DISPLAY") else virtual
    return [*where, _needed("qgis"), *quiet, *arguments]


def _needed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        sys.exit(f"{program} is not installed: run scripts/install.sh")
    return found


def main(door: str, *arguments: str) -> int:
    """Run a door (``process`` or ``window``) with QGIS's own arguments, return its exit code."""
    package.stage_plugin(package.STAGE)
    enable_plugin(PROFILE, package.STAGE)
    if door == "window":
        command, extra = window_command(arguments, PROFILE), {}
    else:
        command, extra = ["qgis_process", *arguments], {"QT_QPA_PLATFORM": "offscreen"}
    variables = environment(PROFILE, package.STAGE) | extra
    return subprocess.run(command, env=variables, check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in {"process", "window"}:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
