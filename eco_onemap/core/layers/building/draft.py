# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes an entry of a catalogue of what is known and guessed of a layer."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.layers.building.description import LayerDescription
from eco_onemap.core.layers.building.field_guess import guess_fields
from eco_onemap.core.layers.building.guess import FieldGuess, RoleGuess
from eco_onemap.core.layers.building.role_guess import guess_role
from eco_onemap.core.layers.building.vocabulary import role_title
from eco_onemap.core.layers.building.yaml_edits import Place
from eco_onemap.core.layers.catalogue import CoverageKind
from eco_onemap.core.layers.catalogue_text import CatalogueText
from eco_onemap.core.messages import Message

_ID = re.compile(r"[^a-z0-9]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Draft:
    """A layer with all that was guessed of it.

    roles: the best guess first, empty where nothing tells. fields: the guesses for *role*.
    role: what is taken, "" where a person has to say it.
    """

    description: LayerDescription
    roles: tuple[RoleGuess, ...]
    role: str
    fields: Mapping[str, FieldGuess]

    @property
    def taken_fields(self) -> dict[str, str]:
        """Internal name to source name for the guesses that are not doubtful."""
        return {name: g.source for name, g in self.fields.items() if g.certainty.is_taken}


def draft_layer(
    description: LayerDescription, role: str = "", *, even_doubtful: bool = False
) -> Draft:
    """Return a layer's guesses; *role* is one that a person has chosen.

    even_doubtful: whether the best guess of a role is taken even where it is doubtful.
    """
    guesses = guess_role(description)
    if not role and guesses and (even_doubtful or guesses[0].certainty.is_taken):
        role = guesses[0].role
    fields = guess_fields(role, description.fields, description.areas_m2) if role else {}
    return Draft(description, guesses, role, fields)


def entry_of(draft: Draft, folder: Path, ids: Collection[str], language: str) -> dict[str, Any]:
    """Return a new entry for a layer as plain data, its keys in the order of the format.

    folder: of the catalogue, that sources are relative to. ids: those that are taken.
    language: of the title, where the layer has none that people would use.
    """
    found = draft.description
    entry: dict[str, Any] = {
        "id": new_id(draft.role or PurePath(found.source).stem, ids),
        "role": draft.role,
        "title": title_of(found, draft.role, language),
        "source": relative_source(found.source, folder),
        "layer": found.layer,
        "where": found.where,
        "encoding": found.encoding,
        "fields": draft.taken_fields,
        "coverage": "unknown",
        "secrecy": "internal",
    }
    return {key: value for key, value in entry.items() if value not in ("", {})}


def with_drafts(
    catalogue: CatalogueText, drafts: Iterable[Draft], folder: Path, language: str
) -> CatalogueText:
    """Return the catalogue with an entry for each layer whose role is taken."""
    for draft in drafts:
        if draft.role:
            ids = [str(entry.get("id")) for entry in catalogue.layers]
            catalogue = catalogue.with_entry(entry_of(draft, folder, ids, language))
    return catalogue


def is_named(catalogue: CatalogueText, description: LayerDescription, folder: Path) -> bool:
    """Return whether an entry names a layer; the only layer of a file needs no name."""
    own = _whole_source(description.source, folder)
    for entry in catalogue.layers:
        layer = str(entry.get("layer") or "")
        is_same = layer == description.layer or not (layer and description.layer)
        if is_same and _whole_source(str(entry.get("source") or ""), folder) == own:
            return True
    return False


def _whole_source(source: str, folder: Path) -> str:
    return source if is_database(source) else str((folder / source).resolve())


def new_id(name: str, ids: Collection[str]) -> str:
    """Return an identifier made of a name that is not yet taken."""
    base = _ID.sub("_", name.lower()).strip("_") or "layer"
    numbered = (base if number == 1 else f"{base}_{number}" for number in range(1, len(ids) + 2))
    return next(name for name in numbered if name not in ids)


def title_of(description: LayerDescription, role: str, language: str) -> str:
    """Return a title: the layer's own name where it is Chinese or says more than the role does."""
    own = description.title.strip() or PurePath(description.source).stem
    if _CHINESE.search(own) or not role:
        return own
    title = role_title(role)
    return title.text(language) if isinstance(title, Message) else own


def relative_source(source: str, folder: Path) -> str:
    """Return a file's path as a catalogue in *folder* writes it, an address as it is."""
    if is_database(source) or not source:
        return source
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # another drive on Windows
        return Path(source).as_posix()


def moved_catalogue(catalogue: CatalogueText, old: Path, new: Path) -> CatalogueText:
    """Return a catalogue that is to lie in another folder; its files are those of before."""
    for place in _file_places(catalogue):
        written: Any = catalogue.data
        for step in place:
            written = written[step]
        moved = relative_source(os.path.normpath(old / str(written)), new)
        catalogue = catalogue.with_value(place, moved)
    return catalogue


def _file_places(catalogue: CatalogueText) -> list[Place]:
    """Return the places of a catalogue where files are named relative to its folder."""
    data = catalogue.data
    named = {kind.value for kind in CoverageKind}
    places: list[Place] = [("region",)] if data.get("region") else []
    for section in ("layers", "access_lists"):
        for number, entry in enumerate(catalogue.entries(section)):
            source = str(entry.get("source") or "")
            if source and "://" not in source and not Path(source).is_absolute():
                places.append((section, number, "source"))
            coverage = str(entry.get("coverage") or "unknown")
            if coverage not in named and not Path(coverage).is_absolute():
                places.append((section, number, "coverage"))
    return places
