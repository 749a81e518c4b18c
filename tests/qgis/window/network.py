# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns to a closed port of this machine, by Python and through QGIS, to be caught at it."""

from __future__ import annotations

import socket
from contextlib import suppress

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest
from script import run_in_window

CLOSED_PORT = 9


KEPT: list[socket.socket] = []


def steps() -> None:
    """Try to connect, twice, and keep a socket open."""
    KEPT.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    KEPT[0].bind(("127.0.0.1", 0))
    address = QUrl(f"http://127.0.0.1:{CLOSED_PORT}/x")
    QgsNetworkAccessManager.instance().get(QNetworkRequest(address))
    with socket.socket() as connection, suppress(OSError):
        connection.connect(("127.0.0.1", CLOSED_PORT))


run_in_window(steps)
