# SPDX-License-Identifier: GPL-2.0-or-later
"""No door asks for the network: the kernel would end the program (offline.py says how).

Windows of QGIS are watched in another way, as QGIS itself looks for the network when it starts: by
Python's audit, QGIS's requests and the system's list of sockets (tests/qgis/window/script.py).
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import package
import pytest
import run_qgis

from tests.qgis.offline import SOCKET_CALL, SPARE
from tests.qgis.world import DAY, World, make_world

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(platform.machine() not in SOCKET_CALL, reason="no number of the call"),
]

LAUNCH = Path(__file__).with_name("offline.py")
ROOT = package.ROOT
NOWHERE = "/vsicurl/http://127.0.0.1:9/x.gpkg"


def offline(
    *command: str, spares: bool = False, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a program that the system ends when it asks for the internet."""
    started = [sys.executable, str(LAUNCH), *([SPARE] if spares else []), *command]
    env = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"} | variables
    return subprocess.run(
        started, env=env, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.mark.parametrize(
    ("code", "spares"),
    [
        ("import socket; socket.socket()", False),
        ("import socket; socket.socket()", True),
        ("import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)", False),
        (f"import fiona; fiona.open('{NOWHERE}')", True),  # by GDAL, unheard by Python
        ("import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', "
         "'import socket; socket.socket()']).returncode)", False),
    ],
)  # fmt: skip
def test_who_asks_for_the_internet_is_ended(code, spares):
    done = offline(sys.executable, "-c", code, spares=spares)
    assert done.returncode in (-signal.SIGSYS, 256 - signal.SIGSYS), (done.returncode, done.stderr)


def test_what_stays_within_the_machine_passes():
    code = "import socket; socket.socketpair(); socket.socket(socket.AF_UNIX); print('here')"
    assert offline(sys.executable, "-c", code).stdout == "here\n"


def test_the_command_line_never_asks_for_the_network(world, tmp_path):
    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "eco_onemap", *map(str, arguments)]
        done = offline(*command, ECO_ONEMAP_CACHE=str(tmp_path / "cache"))
        assert done.returncode in (0, 1), (arguments, done.returncode, done.stderr)
        return done

    results, report = tmp_path / "results.gpkg", tmp_path / "report"
    given = ["--sites", world.sites, "--catalogue", world.catalogue, "--rules", world.rules]
    files = ["--out", results, "--csv", tmp_path / "csv", "--report", report]
    run("check", *given, "--as-of", DAY, *files)
    assert results.is_file()
    run("sites", world.sites, "--out", tmp_path / "sites.txt")
    run("inspect", "--catalogue", world.catalogue)
    run("compile", "--catalogue", world.catalogue)
    run("catalogue", world.folder, "--out", tmp_path / "onemap.yaml")
    run("explain", results, "--site", "a")
    run("report", results, "--out", tmp_path / "again")
    run("verify", next(report.glob("*.docx")))
    run("rules", "test", world.rules)
    run("doctor")


def test_qgis_process_never_asks_for_the_network(world, plugins, tmp_path):
    profile = tmp_path / "profile"
    run_qgis.enable_plugin(profile, plugins)
    variables = run_qgis.environment(profile, plugins) | {"QT_QPA_PLATFORM": "offscreen"}
    given = [f"SITES_FILE={world.sites}", f"CATALOGUE={world.catalogue}"]
    wanted = [f"MAPS_FOLDER={tmp_path / 'maps'}", f"REPORT={tmp_path / 'report.html'}"]
    command = ["qgis_process", "run", "ecoonemap:sitingcheck", "--", *given, *wanted]
    done = offline(*command, spares=True, **variables)
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert len(list((tmp_path / "maps").glob("*.pdf"))) == 2
