# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses of databases (``postgresql://…``), and how they are shown: never with a password."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote

SCHEMES = ("postgresql://", "postgres://")

_NAME = r"(?:[^@/?#:%\s]|%[0-9A-Fa-f]{2})*"
_HOSTS = r"(?:[^@/?#%\s]|%[0-9A-Fa-f]{2})*"
_VALUE = r"(?:[^@?#&%\s]|%[0-9A-Fa-f]{2})*"
_ADDRESS = re.compile(
    rf"postgres(?:ql)?://(?:{_NAME}(?::{_NAME})?@)?(?P<hosts>{_HOSTS})(?:/(?P<database>{_NAME}))?"
    rf"(?:\?(?P<query>\w+={_VALUE}(?:&\w+={_VALUE})*))?(?P<table> \(.+\))?"
)
"""libpq's address, https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING,
with all that is special in a name, password or value written as %XX: one that is not could be
cut at the wrong place, and a part of a password be taken for the host. Where a source is shown,
the table follows in brackets."""


def is_database(source: str) -> bool:
    """Return whether a source is the address of a database and no file."""
    return source.startswith(SCHEMES)


def is_well_formed(address: str) -> bool:
    """Return whether an address of a database can be taken apart without doubt."""
    found = _ADDRESS.fullmatch(address)
    return found is not None and found["table"] is None


def without_credentials(address: str) -> str:
    """Return an address as scheme, host, port and database: no user, password or option.

    Where they stand in a file of services, the name of the service is told instead; a table in
    brackets stays. Of an address that is not well formed only the scheme is left.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return f"{SCHEMES[0]}…"
    options = parse_qs(found["query"] or "")
    hosts = found["hosts"] or quote(",".join(options.get("host", ())), safe=",")
    database = found["database"] or quote("".join(options.get("dbname", ())))
    service = quote("".join(options.get("service", ())))
    table = found["table"] or ""
    if service and not (hosts or database):
        return f"{SCHEMES[0]}/?service={service}{table}"
    return f"{SCHEMES[0]}{hosts}/{database}{table}"
