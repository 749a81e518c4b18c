# SPDX-License-Identifier: GPL-2.0-or-later
"""A report on pages, as one of the doors that can lay it out returns it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eco_onemap.core.progress import Progress
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.report.blocks import Report


@dataclass(frozen=True)
class Mark:
    """A heading for the list that PDF readers show beside the pages; page: from 1."""

    level: int
    text: str
    page: int


@dataclass(frozen=True)
class Link:
    """A place on a page that leads to another one; rect: left, low, right, up in points."""

    page: int
    rect: tuple[float, float, float, float]
    target: int


@dataclass(frozen=True)
class Printed:
    """A PDF, with the marks and links that its maker could not write."""

    content: bytes
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()


Printer = Callable[[Report, HouseStyle, Progress], Printed]
"""Lays a report out on pages; raises OutputError and Cancelled."""
