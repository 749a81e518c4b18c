# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the command line in processes that are forked from one that has it loaded already.

Each call is a process with its own folder, variables, input and output, as if it were started
anew; only the second in which Python loads the program is spent once.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

WAIT_S = 300.0


class Forks:
    """A process with the program loaded, which forks for each call."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.variables = variables
        self.process = self.load()

    def load(self) -> subprocess.Popen[str]:
        """Start the process."""
        return subprocess.Popen(
            [sys.executable, __file__],
            env=self.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def call(
        self,
        arguments: list[str],
        variables: dict[str, str],
        folder: Path,
        streams: Path,
        given: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run the command in a folder; *streams* is an empty folder for what it reads and says."""
        if self.process.poll() is not None:  # a call before was not answered in time
            self.process = self.load()
        assert self.process.stdin and self.process.stdout
        (streams / "0").write_text(given, encoding="utf-8")
        call = {"arguments": arguments, "variables": variables, "folder": str(folder)}
        self.process.stdin.write(json.dumps(call | {"streams": str(streams)}) + "\n")
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], WAIT_S)[0]:
            os.killpg(self.process.pid, signal.SIGKILL)  # its answer would be taken for the next
            self.process.wait()
            raise subprocess.TimeoutExpired(arguments, WAIT_S)
        code = int(self.process.stdout.readline())
        said = [(streams / name).read_text(encoding="utf-8") for name in ("1", "2")]
        return subprocess.CompletedProcess(arguments, code, *said)

    def end(self) -> None:
        """End the process."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(WAIT_S)


def become(call: dict[str, Any]) -> list[str]:
    """Make this process the one that was called for; return its arguments."""
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["variables"])
    for stream, flags in enumerate(
        (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
    ):
        opened = os.open(f"{call['streams']}/{stream}", flags)
        os.dup2(opened, stream)
        os.close(opened)
    return list(call["arguments"])


def serve() -> int:
    """Fork for each call until there are no more; in a fork, run what was called for."""
    import docx  # noqa: F401, PLC0415 (what the program itself loads where a report is written)
    import openpyxl  # noqa: F401, PLC0415

    from eco_onemap.cli.main import run  # noqa: PLC0415 (here, qgis is out of reach)

    with os.fdopen(os.dup(0), encoding="utf-8") as calls:
        while line := calls.readline():
            fork = os.fork()
            if fork == 0:
                return run(become(json.loads(line)))
            code = os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])
            sys.stdout.write(f"{code}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(serve())
