# SPDX-License-Identifier: GPL-2.0-or-later
"""The tests' own server leaves nothing behind, however they end."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

PROGRAM = """
import os, signal, sys
sys.path.insert(0, {scripts!r})
from postgis_server import postgis_server
with postgis_server() as server:
    print(server.address("postgres"), flush=True)
    {end}
"""


@pytest.mark.slow
@pytest.mark.parametrize("end", ["pass", "raise KeyboardInterrupt", "os.kill(os.getpid(), 9)"])
def test_server_ends_with_its_starter(monkeypatch, end: str) -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's are too long for a socket in them
        Path(name).chmod(0o777)
        check_that_it_ends(Path(name), monkeypatch, end)


def check_that_it_ends(tmp_path: Path, monkeypatch, end: str) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    program = PROGRAM.format(scripts=str(SCRIPTS), end=end)
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    address = done.stdout.strip()
    assert address.startswith("postgresql://owner:secret@127.0.0.1:"), done.stderr
    end_s = time.monotonic() + 30
    while list(tmp_path.iterdir()) and time.monotonic() < end_s:
        time.sleep(0.1)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(psycopg2.OperationalError, match="refused"):
        psycopg2.connect(address)
