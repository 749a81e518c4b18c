# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as one self-contained HTML file: no network, no script, made for A4 paper too."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eco_onemap.core.progress import NoProgress, Progress, stop_if_cancelled
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.report import Report
from eco_onemap.paths import resource

_IMAGE_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def write_html(path: Path, report: Report, progress: Progress | None = None) -> None:
    """Write *report* to *path*, replacing it: PNG and JPEG maps embedded, others linked.

    OutputError says why it cannot be written; *path* is then, and after Cancelled, as it was.
    """
    template = _environment().get_template("report.html.j2")
    with replacing(path) as part:
        stream = template.stream(
            report=report,
            embedded=_embedded,
            base64=_base64,
            css_text=_css_text,
            link=lambda target: _link(target, path.parent),
        )
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_until_stopped(stream, progress or NoProgress()))


def _until_stopped(parts: Iterable[str], progress: Progress) -> Iterator[str]:
    for part in parts:
        stop_if_cancelled(progress)
        yield part


def render_html(report: Report) -> str:
    """Return *report* as the text of an HTML file; maps that are not embedded may lie anywhere."""
    template = _environment().get_template("report.html.j2")
    text: str = template.render(
        report=report,
        embedded=_embedded,
        base64=_base64,
        css_text=_css_text,
        link=lambda target: target.as_uri() if target.is_absolute() else quote(str(target)),
    )
    return text


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _embedded(image: Path) -> str:
    """Return an image as a data address, "" if it cannot be embedded: it is then linked."""
    media_type = _IMAGE_TYPES.get(image.suffix.lower())
    try:
        content = image.read_bytes() if media_type else b""
    except OSError:
        return ""
    return f"data:{media_type};base64,{_base64(content)}" if content else ""


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _link(target: Path, folder: Path) -> str:
    """Return the address of a file as seen from *folder*; a full one from another drive."""
    try:
        relative = Path(os.path.relpath(target, folder))
    except ValueError:
        return target.resolve().as_uri()
    return quote(relative.as_posix())


def _css_text(text: str) -> str:
    """Return text for between the quotes of a style sheet, each character as its number."""
    return "".join(f"\\{ord(character):x} " for character in text)
