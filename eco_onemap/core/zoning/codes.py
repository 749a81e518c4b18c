# SPDX-License-Identifier: GPL-2.0-or-later
"""Codes of control units and element zones: read as far as they tell, never rejected."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from eco_onemap.core.messages import Message, message
from eco_onemap.core.zoning.vocabulary import UNKNOWN_NAME, Named, code_tables, named, same

SERIAL_DIGITS = 4

_UNIT = re.compile(r"([A-Z]{2})(\d{6})(\d)(\d+)")
_DIVISION = re.compile(r"\d{2}(\d{2}(\d{2})?)?")
_ZONE = re.compile(r"([A-Z]{2})(\d{6})(\d)(\d)(\d)(\d+)")


@dataclass(frozen=True)
class Code:
    """What a code says; "" for a part that it lacks.

    text: the code in its usual form (upper case, half width, no blanks). admin: the six digits of
    the administrative division when the code was issued. domain: ``land`` or ``sea``. element:
    digit of a zone's element. zone: class, element and subtype of a zone, or what its layer calls
    it where no table knows that. unknown: what could not be understood.
    """

    text: str
    domain: str = ""
    admin: str = ""
    unit_class: str = ""
    element: str = ""
    zone: str = ""
    serial: str = ""
    unknown: tuple[Message, ...] = ()

    @property
    def class_name(self) -> Named:
        """The class in words, falsy where it is not known."""
        return named("classes", self.unit_class)

    @property
    def element_name(self) -> Named:
        """The element of a zone in words, falsy where it is not known."""
        return named("elements", self.element)

    @property
    def zone_name(self) -> Named:
        """The kind of a zone in words, falsy where neither code nor layer tells."""
        return named("zones", self.zone) or (
            UNKNOWN_NAME if self.zone.isdigit() else same(self.zone)
        )


def plain_code(text: str) -> str:
    """Return a code as codes are compared: upper case, half width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text or "").split()).upper()


def division(scope: str) -> str | None:
    """Return the significant digits of a division's code (99, 9901, 990101), None if it is none."""
    if not _DIVISION.fullmatch(scope):
        return None
    while scope.endswith("00") and len(scope) > 2:
        scope = scope[:-2]
    return scope


def parse_unit_code(text: str) -> Code:
    """Return what the code of a control unit says, such as ``ZH42052620003``."""
    code = plain_code(text)
    parts = _UNIT.fullmatch(code)
    if not parts:
        return Code(code, unknown=(message("code.unit_pattern", code=code),))
    prefix, admin, unit_class, serial = parts.groups()
    domain = _domain("unit_prefixes", prefix)
    unknown = (
        *_unknown("code.prefix", not domain, code, prefix),
        *_unknown("code.class", not named("classes", unit_class), code, unit_class),
        *_unknown("code.serial", len(serial) != SERIAL_DIGITS, code, serial),
    )
    return Code(code, domain, admin, unit_class, "", "", serial, unknown)


def parse_zone_code(text: str) -> Code:
    """Return what the code of an element zone says, such as ``YS5101122310001``."""
    code = plain_code(text)
    parts = _ZONE.fullmatch(code)
    if not parts:
        return Code(code, unknown=(message("code.zone_pattern", code=code),))
    prefix, admin, unit_class, element, subtype, serial = parts.groups()
    zone = unit_class + element + subtype
    domain = _domain("zone_prefixes", prefix)
    unknown = (
        *_unknown("code.prefix", not domain, code, prefix),
        *_unknown("code.class", not named("classes", unit_class), code, unit_class),
        *_unknown("code.zone", not named("zones", zone), code, zone),
        *_unknown("code.serial", len(serial) != SERIAL_DIGITS, code, serial),
    )
    return Code(code, domain, admin, unit_class, element, zone, serial, unknown)


def _domain(table: str, prefix: str) -> str:
    entry = code_tables()[table].get(prefix)
    return str(entry["domain"]) if entry else ""


def _unknown(key: str, applies: bool, code: str, part: str) -> tuple[Message, ...]:
    return (Message(key, {"code": code, "part": part}),) if applies else ()
