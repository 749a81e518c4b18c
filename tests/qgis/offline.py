# SPDX-License-Identifier: GPL-2.0-or-later
"""Starts a program that the system ends when it, or one that it starts, asks for the internet.

    python offline.py [--spare-datagrams] PROGRAM ARGUMENT…

The kernel looks at each call of ``socket`` (a seccomp filter, which lasts for good): IPv4, IPv6 and
packets of the network end the program with the signal SIGSYS; sockets within the machine pass. So
it does not matter whether Python, Qt, GDAL, PROJ or libpq would open one, nor when. The window of
QGIS lists the machine's network cards by sockets for datagrams, which are spared for it; nothing
can be fetched or sent by HTTP without the others.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
INTERNET = (2, 10, 17)
"""AF_INET, AF_INET6, AF_PACKET."""

NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER_MODE = 38, 22, 2
LOAD, JUMP_IF_EQUAL, RETURN, AND = 0x20, 0x15, 0x06, 0x54
ALLOW, END = 0x7FFF0000, 0x80000000
NUMBER_AT, FIRST_ARGUMENT_AT, SECOND_ARGUMENT_AT = 0, 16, 24
"""Where in a call's description its number and its arguments stand."""
DATAGRAMS, NO_TYPE, WITHOUT_FLAGS = 2, 0xFF, 0x0F
SPARE = "--spare-datagrams"


def instruction(code: int, value: int, if_equal: int = 0, otherwise: int = 0) -> bytes:
    """Return one instruction of the filter."""
    return struct.pack("HBBI", code, if_equal, otherwise, value)


def internet_filter(call: int, spared: int) -> bytes:
    """Return the filter: any call but *call* is allowed, and that for other families.

    spared: a type of sockets that is allowed nevertheless.
    """
    kinds = [
        instruction(JUMP_IF_EQUAL, family, if_equal=len(INTERNET) - place)
        for place, family in enumerate(INTERNET)
    ]
    return b"".join(
        (
            instruction(LOAD, NUMBER_AT),
            instruction(JUMP_IF_EQUAL, call, otherwise=1 + len(kinds)),
            instruction(LOAD, FIRST_ARGUMENT_AT),
            *kinds,
            instruction(RETURN, ALLOW),
            instruction(LOAD, SECOND_ARGUMENT_AT),
            instruction(AND, WITHOUT_FLAGS),
            instruction(JUMP_IF_EQUAL, spared, otherwise=1),
            instruction(RETURN, ALLOW),
            instruction(RETURN, END),
        )
    )


def forbid_internet(*, spare_datagrams: bool) -> None:
    """Let the kernel end this process and what it starts when they ask for the internet."""
    spared = DATAGRAMS if spare_datagrams else NO_TYPE
    program = internet_filter(SOCKET_CALL[platform.machine()], spared)
    kept = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(kept))
    library = ctypes.CDLL(None, use_errno=True)
    for call in ((NO_NEW_PRIVILEGES, 1), (SET_SECCOMP, FILTER_MODE, described)):
        padded = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in call[1:]]
        padded += [ctypes.c_ulong(0)] * (4 - len(padded))
        if library.prctl(call[0], *padded):
            raise OSError(ctypes.get_errno(), "the kernel takes no filter")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    lists_cards = arguments[0] == SPARE
    forbid_internet(spare_datagrams=lists_cards)
    os.execvp(arguments[lists_cards], arguments[lists_cards:])
