# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as Markdown text, for reading in a terminal, reviewing and keeping under versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eco_onemap.outputs.report.blocks import (
    Block,
    Cell,
    Facts,
    Figure,
    Heading,
    Items,
    Notice,
    Paragraph,
    Report,
    Table,
    Tally,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def render_markdown(report: Report) -> str:
    """Return *report* as Markdown with tables; images are linked."""
    head = [f"# {_escaped(report.title)}"]
    head += [_escaped(text) for text in (report.subtitle, report.mark) if text]
    parts = [*head, *("\n".join(_lines(block)) for block in report.blocks)]
    parts += [f"---\n{_escaped(report.footer)}"] if report.footer else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_escaped(block.text)}"
    elif isinstance(block, Paragraph):
        yield _escaped(block.text)
    elif isinstance(block, Items):
        for number, line in enumerate(block.lines, start=1):
            yield f"{f'{number}.' if block.numbered else '-'} {_escaped(line)}"
    elif isinstance(block, Notice):
        yield from (f"> {_escaped(line)}" for line in (block.title, *block.lines))
    elif isinstance(block, Tally):
        yield from (f"- {_escaped(cell.note)}: {_escaped(cell.text)}" for cell in block.cells)
    elif isinstance(block, Figure):
        yield f"![{_escaped(block.caption)}](<{block.path.as_posix()}>)"
    elif isinstance(block, Facts):
        yield from _facts(block)
    else:
        yield from _table(block)


def _facts(block: Facts) -> Iterator[str]:
    if block.title:
        yield f"**{_cell(block.title)}**\n"
    yield from (f"- {_escaped(name)}: {_cell(cell)}" for name, cell in block.rows)


def _table(block: Table) -> Iterator[str]:
    if block.caption:
        yield f"{_escaped(block.caption)}\n"
    if not block.rows:
        yield _escaped(block.empty)
        return
    yield _row([_escaped(column.title) for column in block.columns])
    yield _row(["---"] * len(block.columns))
    yield from (_row([_cell(cell) for cell in row]) for row in block.rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    texts = [_escaped(text) for text in (cell.text, cell.note) if text]
    return " – ".join(texts).replace("\n", "<br>")


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text)
