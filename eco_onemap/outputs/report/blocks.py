# SPDX-License-Identifier: GPL-2.0-or-later
"""The plain blocks that a report is made of; they hold finished text and know no file format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import ClassVar


class Tone(Enum):
    """What a cell or box signals; writers show it by colour and sign, never by colour alone."""

    PLAIN = "plain"
    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    STUDY = "study"
    NO_DATA = "no_data"
    CLEAR = "clear"


class Align(Enum):
    """How the cells of a column stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "center"


@dataclass(frozen=True)
class Cell:
    """Text in a table, with a smaller second line, a tone, or the anchor of a heading to go to."""

    text: str
    note: str = ""
    tone: Tone = Tone.PLAIN
    anchor: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a chapter. A *new_page* starts one in print."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1
    anchor: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Items:
    """A list of sentences, numbered or not."""

    kind: ClassVar[str] = "items"
    lines: tuple[str, ...]
    numbered: bool = False


FEW_LINES = 2
"""So many lines of a notice need no bullets."""


@dataclass(frozen=True)
class Notice:
    """A box that must not be overlooked."""

    kind: ClassVar[str] = "notice"
    title: str
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Facts:
    """Names and values side by side, under an optional title with a tone.

    pairs: how many names stand beside each other; 2 suits short values. to_fill: names whose values
    a person adds; only files that are meant to be edited show them.
    """

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, Cell], ...]
    title: Cell | None = None
    pairs: int = 1
    to_fill: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """A few numbers in a row, each with its word: *text* the number, *note* the word."""

    kind: ClassVar[str] = "tally"
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TableColumn:
    """A table column: heading, width as a share of all columns' widths, alignment."""

    title: str
    width: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Table:
    """A table; its heading row repeats on each page. *empty* stands there if it has no rows.

    to_fill: further columns that a person fills in; only files that are meant to be edited show
    them. striped: whether every other row is shaded, which would hide a watermark.
    """

    kind: ClassVar[str] = "table"
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    empty: str = ""
    to_fill: tuple[TableColumn, ...] = ()
    striped: bool = True


@dataclass(frozen=True)
class Figure:
    """An image or map file with its caption; most_mm: how high an A4 page has room for it."""

    kind: ClassVar[str] = "figure"
    path: Path
    caption: str
    most_mm: float = 225.0

    @property
    def image(self) -> Path | None:
        """The image that shows it: itself, or the PNG beside a PDF; ``None`` without one."""
        is_image = self.path.suffix.lower() in (".png", ".jpg", ".jpeg")
        image = self.path if is_image else self.path.with_suffix(".png")
        return image if image.is_file() else None


Block = Heading | Paragraph | Items | Notice | Facts | Tally | Table | Figure


@dataclass(frozen=True)
class Seal:
    """What travels inside a report's file, so that it can be verified: data and their SHA-256."""

    content: bytes
    digest: str

    @property
    def number(self) -> str:
        """The number that is printed on the report: the first 80 bits of the digest."""
        return "-".join(self.digest[start : start + 5].upper() for start in range(0, 20, 5))


@dataclass(frozen=True)
class Report:
    """A report in one language: ``en`` or ``zh``.

    mark: how the paper is to be handled (内部资料), "" if freely. footer: on every page.
    seal: ``None`` for a report that cannot be verified. watermark: pale across each page.
    """

    title: str
    subtitle: str
    language: str
    mark: str
    footer: str
    blocks: tuple[Block, ...]
    seal: Seal | None = None
    watermark: str = ""

    @property
    def first_page(self) -> tuple[Block, ...]:
        """The blocks before the first heading that starts a page; all where none does."""
        starts = (
            number
            for number, block in enumerate(self.blocks)
            if isinstance(block, Heading) and block.new_page
        )
        return self.blocks[: next(starts, len(self.blocks))]
