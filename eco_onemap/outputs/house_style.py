# SPDX-License-Identifier: GPL-2.0-or-later
"""An office's own look of reports, in a folder: Word template, logo, wording. No code.

::

    template.docx   its styles, header and footer are used; its text is left out; its typefaces and
                    colours reach the page for the browser and the PDF, too
    logo.png        above the title (or logo.jpg)
    texts.yaml      zh: {title: …, mark: …, note: …}   and the same below en:
    layout.qpt      where things stand on maps, and what is added to them (Make maps)

What is missing or broken is said and the built-in one is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from eco_onemap.core.messages import Message, message
from eco_onemap.outputs.dress import PLAIN, Dress, read_dress
from eco_onemap.outputs.report.blocks import Paragraph, Report

TEMPLATE, LOGOS, TEXTS = "template.docx", ("logo.png", "logo.jpg"), "texts.yaml"
LAYOUT = "layout.qpt"
KEYS = ("title", "mark", "note")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True)
class HouseStyle:
    """What an office puts in place of the built-in look; ``None`` and "" where it does not."""

    template: bytes | None = None
    dress: Dress = PLAIN
    logo: bytes | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    def worded(self, report: Report) -> Report:
        """Return a report with the office's title and mark, and its note at the beginning."""
        told = self.texts
        note = (Paragraph(told["note"]),) if told.get("note") else ()
        return replace(
            report,
            title=told.get("title") or report.title,
            mark=told.get("mark") or report.mark,
            blocks=(*note, *report.blocks),
        )


BUILT_IN = HouseStyle()


def read_house_style(folder: Path, language: str) -> tuple[HouseStyle, list[Message]]:
    """Return what a folder holds for reports in *language*, and what of it cannot be used."""
    problems: list[Message] = []
    if not folder.is_dir():
        return BUILT_IN, [message("style.no_folder", path=str(folder))]
    template, dress = _template(folder / TEMPLATE, problems)
    found = HouseStyle(
        template=template,
        dress=dress,
        logo=_logo(folder, problems),
        texts=_texts(folder / TEXTS, language, problems),
    )
    if not problems and found == BUILT_IN and not (folder / LAYOUT).is_file():
        problems.append(message("style.empty", path=str(folder), names=_names()))
    return found, problems


def _names() -> str:
    return ", ".join((TEMPLATE, LOGOS[0], TEXTS, LAYOUT))


def _template(path: Path, problems: list[Message]) -> tuple[bytes | None, Dress]:
    """Return the template if a document can be made of it, and how it looks."""
    if not path.is_file():
        return None, PLAIN
    try:
        content = path.read_bytes()
        _try(HouseStyle(template=content))
        return content, read_dress(content)
    except Exception as error:  # noqa: BLE001 - a broken file shows as any exception of python-docx
        problems.append(message("style.template", path=str(path), cause=str(error) or repr(error)))
        return None, PLAIN


def _try(style: HouseStyle) -> None:
    """Make a document in a style; what is broken in it shows as any exception of python-docx."""
    from eco_onemap.outputs.docx import render_docx  # noqa: PLC0415 - which knows this module

    render_docx(Report("T", "", "zh", "", "", (Paragraph("T"),)), style)


def _logo(folder: Path, problems: list[Message]) -> bytes | None:
    path = next((folder / name for name in LOGOS if (folder / name).is_file()), None)
    if path is None:
        return None
    try:
        content = path.read_bytes()
        if content.startswith(_SIGNATURES):
            _try(HouseStyle(logo=content))
            return content
    except ModuleNotFoundError:  # nothing to try it with, and no document to show it in
        return content
    except Exception:  # noqa: BLE001, S110 - a broken image shows as any exception of python-docx
        pass
    problems.append(message("style.logo", path=str(path)))
    return None


def _texts(path: Path, language: str, problems: list[Message]) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        told: Any = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
        own = dict((told or {}).get(language) or {})
        wrong = [key for key, text in own.items() if key not in KEYS or not isinstance(text, str)]
    except (OSError, ValueError, AttributeError, TypeError, yaml.YAMLError) as error:
        cause = " ".join(str(error).split())
        problems.append(message("style.texts", path=str(path), cause=cause))
        return {}
    if wrong:
        keys = ", ".join(KEYS)
        problems.append(message("style.key", path=str(path), key=str(wrong[0]), known=keys))
    return {key: text for key, text in own.items() if key not in wrong}
