# SPDX-License-Identifier: GPL-2.0-or-later
"""How a report that comes back differs from the one that its data give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.results.dossier import Dossier
from eco_onemap.outputs.report.blocks import Facts, Report, Table
from eco_onemap.outputs.report.kinds import PaperKind
from eco_onemap.outputs.report.printed_text import printed_pieces, running_texts, table_heads
from eco_onemap.outputs.report_files import rendered, tables_beside
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.readers.printed_changes import Pages, bare, find_printed_changes
from eco_onemap.readers.sealed_files import read_sealed_bytes
from eco_onemap.readers.sealed_pages import SealedPages
from eco_onemap.readers.sealed_text import Line, Look, SealedFile, plain
from eco_onemap.readers.text_changes import Change, TextChanges, find_changes

_EDGE = 3
"""So many lines at the beginning and the end of a page may be those of a template."""


@dataclass(frozen=True)
class Differences:
    """What differs.

    text: edits, notes and additions. looks: what deceives the eye though the text is there. maps:
    sites whose map is another picture. unseen_maps: how many nobody can compare. has_unseen_code:
    whether a page is in an office's style, so that nobody can compare its code.
    """

    text: TextChanges
    looks: tuple[Look, ...] = ()
    maps: tuple[tuple[str, str], ...] = ()
    unseen_maps: int = 0
    has_unseen_code: bool = False

    @property
    def is_intact(self) -> bool:
        """Whether all that was made is there and is seen; notes and additions may stand beside."""
        return not (self.text.changes or self.looks or self.maps)


def bears(held: SealedFile | SealedPages, number: str) -> bool:
    """Return whether a report bears its number anywhere."""
    if isinstance(held, SealedPages):
        return any(bare(number) in bare(page) for page in held.pages)
    return any(number in text for line in held.lines for text in line.texts)


def is_too_large(held: SealedFile | SealedPages) -> bool:
    """Return whether a report without data says that it has none because of its size."""
    marks = [bare(message("report.unsealed_mark").text(language)) for language in LANGUAGES]
    told = held.pages if isinstance(held, SealedPages) else [line.text for line in held.lines]
    running = () if isinstance(held, SealedPages) else held.running
    return any(mark in bare(text) for text in (*told, *running) for mark in marks)


def text_differences(
    ending: str, held: SealedFile, dossier: Dossier, report: Report
) -> Differences:
    """Return how a document, workbook or page differs; ending: of its file."""
    wanted = ReportFormat(ending.lower().lstrip(".").replace("htm", "html")[:4])
    tables = tables_beside(PaperKind(dossier.kind), dossier.assessment)
    expected = read_sealed_bytes(rendered(report, wanted, tables), wanted.value)
    lines = [line for line in expected.lines if line.text not in _stand_ins(dossier, report)]
    text = find_changes(lines, held.lines, fillable(report))
    if wanted is ReportFormat.HTML:  # nobody goes on writing in a page
        text.changes += [Change(line.place, "", line.text) for line in text.additions]
        text.additions.clear()
    if not dossier.has_template:
        _compare_running(expected, held, report.title, text)
    known = {(look.kind, look.what) for look in expected.looks}
    looks = tuple(look for look in held.looks if (look.kind, look.what) not in known)
    is_dressed = wanted is ReportFormat.HTML and (dossier.has_template or dossier.has_logo)
    if is_dressed:
        looks = tuple(look for look in looks if look.kind != "markup")
    maps = () if wanted is ReportFormat.XLSX else tuple(_other_maps(dossier, held))
    return Differences(text, looks, maps, has_unseen_code=is_dressed)


def page_differences(held: SealedPages, dossier: Dossier, report: Report) -> Differences:
    """Return how the pages of a PDF differ."""
    beside = _stand_ins(dossier, report, of_pictures=False)
    text = TextChanges(
        page_changes(held.pages, report, beside=beside, has_template=dossier.has_template)
    )
    unseen = sum(bool(digest) for _, _, digest in dossier.pictures)
    return Differences(text, held.looks, unseen_maps=unseen)


def page_changes(
    texts: Sequence[str], report: Report, *, beside: Iterable[str] = (), has_template: bool
) -> list[Change]:
    """Return what of a report is not on the pages with these texts, and what else is there.

    beside: what may stand between its texts. has_template: an office's stands on each page.
    """
    running = [*running_texts(report), *(_repeated(texts) if has_template else ())]
    between = (*_labels(report), *fillable(report), *beside)
    pages = Pages(texts, running, table_heads(report), between)
    return find_printed_changes(printed_pieces(report), pages)


def _repeated(pages: Sequence[str]) -> list[str]:
    """Return the lines at the edges of most pages, as an office's template puts them there."""
    rows = [[plain(row) for row in page.splitlines() if row.strip()] for page in pages]
    counts = Counter(line for page in rows for line in {*page[:_EDGE], *page[-_EDGE:]})
    return [line for line, count in counts.items() if count > max(2, len(pages) / 2)]


def _labels(report: Report) -> Iterator[str]:
    """Yield the words before the numbers of captions."""
    for key in ("document.table_label", "document.figure_label"):
        yield message(key).text(report.language)


def fillable(report: Report) -> frozenset[str]:
    """Return the headings and names of what a person fills in."""
    names: set[str] = set()
    for block in report.blocks:
        if isinstance(block, Table):
            names.update(plain(column.title) for column in block.to_fill)
        elif isinstance(block, Facts):
            names.update(plain(name) for name in block.to_fill)
    return frozenset(names)


def _stand_ins(dossier: Dossier, report: Report, *, of_pictures: bool = True) -> set[str]:
    """Return what stands for maps in a report made again, or only for *pictures* in the file."""
    names = [name for _, name, digest in dossier.pictures if digest or not of_pictures]
    apart = (message("document.figure_apart", file=n).text(report.language) for n in names)
    return {*map(plain, names), *map(plain, apart)}


def _compare_running(expected: SealedFile, held: SealedFile, place: str, text: TextChanges) -> None:
    """Add what stands above and below the pages."""
    gone = sorted(expected.running - held.running)
    others = sorted(held.running - expected.running)
    for number, was in enumerate(gone):
        stands = others[number] if number < len(others) else ""
        text.changes.append(Change(place, was, stands))
    text.additions += [Line(place, (other,)) for other in others[len(gone) :]]


def _other_maps(dossier: Dossier, held: SealedFile) -> Iterator[tuple[str, str]]:
    """Yield the sites, with the file, whose map is not the picture that was put in."""
    for site, name, digest in dossier.pictures:
        if digest and digest not in held.images:
            yield site, name
