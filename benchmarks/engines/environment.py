# SPDX-License-Identifier: GPL-2.0-or-later
"""A Python environment of its own for engines that bring another numpy and another GEOS.

::

    .venv/bin/python benchmarks/engines/environment.py

makes ``.venv-bench`` from the extra ``bench`` of pyproject.toml, unless it is there already.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv-bench"
STAMP = FOLDER / ".installed"


def bench_python() -> Path | None:
    """Return the environment's Python, None where it was not made."""
    python = FOLDER / "bin" / "python"
    return python if STAMP.exists() and python.exists() else None


def wanted() -> list[str]:
    """Return the packages of the extra ``bench``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["optional-dependencies"]["bench"])


def make_environment() -> None:
    """Make the environment; without a network the engines in it are left out of the report."""
    packages = wanted()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == "\n".join(packages):
        return
    print(f"==> Other engines in {FOLDER.name}: {', '.join(packages)}")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True)
    pip = [str(FOLDER / "bin" / "python"), "-m", "pip", "install", "-q", "--only-binary", ":all:"]
    done = subprocess.run([*pip, *packages], check=False)
    if done.returncode == 0:
        STAMP.write_text("\n".join(packages), encoding="utf-8")
    else:
        print("    not installed: the report will leave them out")


if __name__ == "__main__":
    make_environment()
