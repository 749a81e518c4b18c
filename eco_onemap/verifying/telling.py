# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said of differences, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from eco_onemap import __version__
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.dossier import Dossier
from eco_onemap.readers.sealed_text import Line, Look
from eco_onemap.readers.text_changes import Change
from eco_onemap.verifying.differences import Differences

MOST_CHANGES, MOST_NOTES, MOST_PLACES = 20, 10, 5

Told = TypeVar("Told")


def told_differences(found: Differences, dossier: Dossier) -> Iterator[Message]:
    """Yield sentences on how a report differs from what its data give."""
    text = found.text
    if text.changes:
        yield message("verify.text_changed", count=len(text.changes))
        yield from _listed(text.changes, _told_change, MOST_CHANGES)
    else:
        yield message("verify.text_same")
    for kind, looks in groupby(found.looks, key=lambda look: look.kind):
        yield _told_looks(kind, list(looks))
    if not found.is_intact:
        yield from _other_version(dossier)
    for site, file in found.maps:
        yield message("verify.other_map", site=site, file=file)
    if found.has_unseen_code:
        yield message("verify.code_unseen")
    if found.unseen_maps:
        yield message("verify.maps_unseen", count=found.unseen_maps)
    if text.notes:
        yield message("verify.notes", count=len(text.notes))
        yield from _listed(text.notes, _told_line, MOST_NOTES)
    if text.additions:
        yield message("verify.additions", count=len(text.additions))
        yield from _listed(text.additions, _told_line, MOST_NOTES)


def _listed(found: Sequence[Told], tell: Callable[[Told], Message], most: int) -> Iterator[Message]:
    yield from (tell(each) for each in found[:most])
    if len(found) > most:
        yield message("verify.more", count=len(found) - most)


def _told_change(change: Change) -> Message:
    told = {"place": change.place, "expected": change.expected, "found": change.found}
    if not change.expected:
        return message("verify.put_in", place=change.place, found=change.found)
    if not change.found:
        return message("verify.gone", place=change.place, expected=change.expected)
    return message("verify.change", **told)


def _told_line(line: Line) -> Message:
    return message("verify.line", place=line.place, text=line.text)


def _told_looks(kind: str, looks: Sequence[Look]) -> Message:
    places = ", ".join(look.place for look in looks[:MOST_PLACES] if look.place)
    if len(looks) > MOST_PLACES and places:
        places += " …"
    return message(f"verify.look.{kind}", count=len(looks), places=places)


def _other_version(dossier: Dossier) -> Iterator[Message]:
    """Yield a word of caution where another version made the report."""
    record = dict(zip(*(dossier.assessment.run[name] for name in ("key", "value")), strict=True))
    version = record.get("eco_onemap.version")
    if version != __version__:
        yield message("verify.other_version", version=version)
