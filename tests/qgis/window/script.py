# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a test's steps inside a QGIS window and hands their answer out as JSON."""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from qgis.core import QgsNetworkAccessManager, QgsNetworkRequestParameters
from qgis.PyQt.QtCore import QEvent, QTimer
from qgis.PyQt.QtWidgets import QApplication

LAST_WORDS = 0.9
"""When of the time that a window has for a step is over, it tells where all its threads stand."""

START_MS = 300
"""QGIS runs the script before its window is complete."""


SOCKETS = ("socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname")
"""What Python's audit tells when a program opens a socket or asks for an address."""
INTERNET = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
"""The system's lists of sockets that reach beyond the machine's own files."""


def watch_network() -> list[str]:
    """Return a list that grows with each use of the network, by Python or through Qt."""
    seen: list[str] = []

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in SOCKETS:
            seen.append(f"{event} {arguments!r}")

    sys.addaudithook(hear)
    manager = QgsNetworkAccessManager.instance()
    created = manager.requestAboutToBeCreated[QgsNetworkRequestParameters]
    created.connect(lambda asked: seen.append(asked.request().url().toString()))
    return seen


def open_sockets() -> list[str]:
    """Return this process's sockets as the system lists them, whoever opened them."""
    own = set()
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # one that is closed meanwhile
            own.add(str(file.readlink()))
    found = []
    for kind in INTERNET:
        lines = Path(f"/proc/self/net/{kind}").read_text(encoding="ascii").splitlines()[1:]
        found += [
            f"{kind} {line.split()[2]}" for line in lines if f"socket:[{line.split()[9]}]" in own
        ]
    return found


def settle() -> None:
    """Let QGIS delete and show what it put off."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def given() -> dict[str, Any]:
    """Return what the test gave to the steps."""
    return json.loads(os.environ["ECO_ONEMAP_TEST_INPUT"])


def tell(answer: dict[str, Any]) -> None:
    """Write what the test is told, all of it or nothing."""
    text = json.dumps(answer, ensure_ascii=False)
    path = Path(os.environ["ECO_ONEMAP_TEST_ANSWER"])
    part = path.with_name("part of answer")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def at_step(name: str) -> None:
    """Say what is begun, should the window stand still in it."""
    Path(os.environ["ECO_ONEMAP_TEST_SIGN"]).write_text(name, encoding="utf-8")
    give_sign()


def give_sign() -> None:
    """Show that the window goes on: from now on it has the whole time of a step again."""
    Path(os.environ["ECO_ONEMAP_TEST_SIGN"]).touch()
    last_words_s = float(os.environ["ECO_ONEMAP_TEST_SECONDS"]) * LAST_WORDS
    faulthandler.dump_traceback_later(last_words_s, file=sys.__stderr__)


def fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End QGIS with an error of the steps, or of the plugin behind a click, come what may."""
    told = "".join(traceback.format_exception(kind, error, trace))
    try:
        os.write(2, told.encode())  # should no file be writable just now
        tell({"traceback": told})
    finally:
        os._exit(1)


def run_in_window(steps: Callable[[], Any], *, stay: bool = False) -> None:
    """Run *steps* as soon as the window stands, write their answer, end QGIS.

    stay: the steps themselves see to it that QGIS ends.
    """
    at_step("the start of the script")
    network = watch_network()
    sys.excepthook = fail  # QGIS's own would show a dialog and wait

    def work() -> None:
        found = steps()
        tell({"answer": found, "network": [*network, *open_sockets()]})
        if not stay:
            os._exit(0)  # QGIS would ask about the project

    QTimer.singleShot(START_MS, work)
