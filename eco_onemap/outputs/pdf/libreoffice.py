# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages by LibreOffice: the Word document of a report, converted without a window."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eco_onemap.core.errors import OutputError
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.outputs.docx import render_docx
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.pdf.printed import Printed
from eco_onemap.outputs.report.blocks import Report

_ELSEWHERE = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where installers put it without telling the search path."""

_LOOK_S = 0.2

Missing = Callable[[Report, HouseStyle, bytes], Sequence[str]]
"""Returns which texts of a report the pages of a PDF lack."""


def find_libreoffice() -> str | None:
    """Return the program, ``None`` where there is none."""
    found = (shutil.which(name) for name in ("soffice", "libreoffice", *_ELSEWHERE))
    return next((path for path in found if path), None)


def _unread(_report: Report, _style: HouseStyle, _pages: bytes) -> Sequence[str]:
    return ()


def print_with_libreoffice(
    report: Report, style: HouseStyle, progress: Progress, missing: Missing = _unread
) -> Printed:
    """Return a report as LibreOffice lays it out; OutputError with its own words if it does not.

    missing: reads the pages back. Where they lack something they are laid out in another way, and
    OutputError names what every way lacks. LibreOffice works in a folder and with settings of its
    own, so that an open one is no hindrance. Raises Cancelled.
    """
    program = find_libreoffice()
    if program is None:
        raise OutputError("document.no_printer", path="PDF")
    from eco_onemap.outputs.word.for_libreoffice import ways_to_print  # noqa: PLC0415

    ways = ways_to_print(render_docx(report, style, progress))
    document = next(ways, None)
    lost: Sequence[str] = ()
    while document is not None:
        pages = _pages_of(document, program, progress)
        lost = missing(report, style, pages)
        if not lost:
            return Printed(pages)
        document = _next_way(ways, lost)
    raise OutputError("document.rows_lost", count=len(lost), first=lost[0])


def _next_way(ways: Generator[bytes, Sequence[str], None], lost: Sequence[str]) -> bytes | None:
    """Return the document of the next way to print what lost these texts, ``None`` after all."""
    try:
        return ways.send(lost)
    except StopIteration:
        return None


def _pages_of(document: bytes, program: str, progress: Progress) -> bytes:
    """Return the PDF that LibreOffice makes of a DOCX file; OutputError, Cancelled."""
    with TemporaryDirectory(prefix="eco-onemap-") as name:
        folder = Path(name)
        source, target = folder / "report.docx", folder / "report.pdf"
        source.write_bytes(document)
        told = _run(program, folder, source, progress)
        if not target.is_file():
            raise OutputError("document.not_printed", cause=" ".join(told.split()) or "?")
        return target.read_bytes()


def _run(program: str, folder: Path, source: Path, progress: Progress) -> str:
    """Run LibreOffice and return what it says; Cancelled ends it."""
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    log = folder / "log"
    with log.open("wb") as stream:
        running = subprocess.Popen(
            [*command, "--outdir", str(folder), str(source)],
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )
        try:
            while running.poll() is None:
                stop_if_cancelled(progress)
                time.sleep(_LOOK_S)
        finally:
            running.kill()
            running.wait()
    return log.read_text(encoding="utf-8", errors="replace")
