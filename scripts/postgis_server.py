# SPDX-License-Identifier: GPL-2.0-or-later
"""A PostGIS server of one's own for tests and benchmarks, in a temporary folder.

PostgreSQL refuses to run as root: then its files and its process belong to ``postgres``, the user
that Debian's packages make.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

OWNER = "owner"
"""The server's superuser, who fills the databases."""

TEMPLATE = "template_postgis"
STARTING_S = 60.0
WATCH = """
exec 3<&0
"$@" 3<&- & server=$!
{ cat <&3 >/dev/null; kill -INT $server; } 2>/dev/null &
wait $server
status=$?
[ $status -eq 0 ] && rm -rf "$0"
exit $status
"""
"""Runs a server until the pipe from its starter closes, be it because the starter was killed; then
shuts it down (INT: clients are sent away) and removes its folder."""

SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Nothing of it outlives the tests, so nothing need be safe on disk."""


@dataclass(frozen=True)
class Server:
    """A running server that listens on 127.0.0.1."""

    port: int
    password: str

    def address(self, database: str, user: str = OWNER, password: str | None = None) -> str:
        """Return the ``postgresql://`` address of a database, with a password unless it is ""."""
        known = self.password if password is None else password
        secret = f":{quote(known, safe='')}" if known else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str) -> str:
        """Return the address of a new database with PostGIS."""
        self.run("postgres", f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE}')
        return self.address(name)

    def run(self, database: str, *statements: str) -> None:
        """Run statements one by one, each for good."""
        connection = psycopg2.connect(self.address(database))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()


def find_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that has PostGIS, None where there is none."""
    found = [
        folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if Path("/usr/share/postgresql", folder.parent.name, "extension/postgis.control").exists()
    ]
    return max(found, key=lambda folder: float(folder.parent.name), default=None)


@contextmanager
def postgis_server(password: str = "secret", **settings: str) -> Iterator[Server]:
    """Yield a new server; it is stopped and its folder removed in the end.

    settings: of ``postgresql.conf``. RuntimeError where the programs are missing or do not start.
    """
    programs = find_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL with PostGIS is not installed: run scripts/install.sh")
    folder = Path(tempfile.mkdtemp(prefix="eco_onemap_postgis_"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _initialise(programs, folder, password)
        with _running(programs, folder, password, SETTINGS | settings) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, folder: Path, password: str) -> None:
    words = folder / "password"
    words.write_text(password, encoding="utf-8")
    words.chmod(0o644)
    options = ["--auth=scram-sha-256", f"--username={OWNER}", f"--pwfile={words}", "--no-sync"]
    options += ["--encoding=UTF8", "--locale=C.UTF-8"]
    command = [str(programs / "initdb"), *options, "-D", str(folder / "data")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, **_as(folder))
    words.unlink()
    if done.returncode:
        raise RuntimeError(done.stderr)


@contextmanager
def _running(
    programs: Path, folder: Path, password: str, settings: dict[str, str]
) -> Iterator[Server]:
    server = Server(_free_port(), password)
    given = [f"--{name}={value}" for name, value in settings.items()]
    place = ["-D", str(folder / "data"), "-k", str(folder), "-h", "127.0.0.1"]
    command = [str(programs / "postgres"), *place, "-p", str(server.port), *given]
    watched = ["sh", "-c", WATCH, str(folder), *command]
    pipe, log = subprocess.PIPE, (folder / "log").open("wb")
    process = subprocess.Popen(
        watched, stdin=pipe, stdout=log, stderr=log, start_new_session=True, **_as(folder)
    )
    try:
        _wait(server, process, folder / "log")
        server.run("postgres", f"CREATE DATABASE {TEMPLATE}")
        server.run(TEMPLATE, "CREATE EXTENSION postgis")
        yield server
    finally:
        process.communicate(timeout=STARTING_S)  # which closes the pipe
        log.close()


def _as(folder: Path) -> dict[str, Any]:
    """Return how a program is run in a folder, under another name than root's."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    return {"cwd": folder, "user": "postgres", "group": "postgres", "extra_groups": ()}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTING_S
    while process.poll() is None and time.monotonic() < end:
        with suppress(psycopg2.OperationalError):
            server.run("postgres")
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(encoding='utf-8')[-2000:]}")
