# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as one self-contained HTML file: no network, no script, made for A4 paper too."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eco_onemap.core.messages import message
from eco_onemap.core.progress import NoProgress, Progress, stop_if_cancelled
from eco_onemap.outputs.house_style import BUILT_IN, HouseStyle
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.report import Figure, Report
from eco_onemap.outputs.report.contents import FEW_LINES, listed_headings
from eco_onemap.outputs.report.pairs import grouped
from eco_onemap.paths import resource

_WORDS = ("contents", "table_label", "figure_label")
_IMAGE_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def write_html(
    path: Path, report: Report, style: HouseStyle = BUILT_IN, progress: Progress | None = None
) -> None:
    """Write *report* to *path*, replacing it: maps embedded, a PDF as the PNG beside, or linked.

    style: an office's logo, typefaces and colours. OutputError says why it cannot be written;
    *path* is then, and after Cancelled, as it was.
    """
    template = _environment().get_template("report.html.j2")
    with replacing(path) as part:
        asked = progress or NoProgress()
        told = _told(report, style, lambda target: _link(target, path.parent), asked)
        stream = template.stream(told)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_until_stopped(stream, asked))


def _until_stopped(parts: Iterable[Any], progress: Progress) -> Iterator[Any]:
    for part in parts:
        stop_if_cancelled(progress)
        yield part


def render_html(report: Report, style: HouseStyle = BUILT_IN) -> str:
    """Return *report* as the text of an HTML file; maps that are not embedded may lie anywhere."""
    template = _environment().get_template("report.html.j2")
    text: str = template.render(_told(report, style, _link_anywhere, NoProgress()))
    return text


def _told(
    report: Report, style: HouseStyle, link: Callable[[Path], str], progress: Progress
) -> dict[str, Any]:
    """Return what the template knows by name."""
    return {
        "report": report,
        "dress": style.dress,
        "logo": _image(style.logo) if style.logo else "",
        "entries": listed_headings(report.blocks),
        "few_lines": FEW_LINES,
        "grouped": grouped,
        "words": {key: message(f"document.{key}").text(report.language) for key in _WORDS},
        "embedded": _embedded,
        "base64": _base64,
        "css_text": _css_text,
        "link": link,
        "heard": lambda rows: _until_stopped(rows, progress),
    }


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _embedded(figure: Figure) -> str:
    """Return an image as a data address, "" if it cannot be embedded: its file is then linked."""
    image = figure.image
    try:
        content = image.read_bytes() if image else b""
    except OSError:
        return ""
    if image is None or not content:
        return ""
    return f"data:{_IMAGE_TYPES[image.suffix.lower()]};base64,{_base64(content)}"


def _image(content: bytes) -> str:
    """Return a logo as a data address."""
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{_base64(content)}"


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _link(target: Path, folder: Path) -> str:
    """Return the address of a file as seen from *folder*; a full one from another drive."""
    try:
        relative = Path(os.path.relpath(target, folder))
    except ValueError:
        return target.resolve().as_uri()
    return quote(relative.as_posix())


def _link_anywhere(target: Path) -> str:
    return target.as_uri() if target.is_absolute() else quote(str(target))


def _css_text(text: str) -> str:
    """Return text for between the quotes of a style sheet, each character as its number."""
    return "".join(f"\\{ord(character):x} " for character in text)
