# SPDX-License-Identifier: GPL-2.0-or-later
"""What the catalogue builder works on: a catalogue's text, its history, and the layers at hand.

The text is the state. Each edit makes a new one, so that undo is going back to an earlier text,
and what is saved is what the preview shows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.law.needs import needed_attributes
from eco_onemap.core.law.rule_reading import read_unchecked
from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.layers.building.description import LayerDescription
from eco_onemap.core.layers.building.draft import (
    Draft,
    draft_layer,
    entry_of,
    is_named,
    moved_catalogue,
    with_drafts,
)
from eco_onemap.core.layers.building.entry_problems import entry_at
from eco_onemap.core.layers.building.problem import Cure, Problem, Seen, Surroundings
from eco_onemap.core.layers.building.problems import find_problems
from eco_onemap.core.layers.building.yaml_edits import Place
from eco_onemap.core.layers.catalogue_text import (
    LAYERS,
    CatalogueText,
    new_catalogue_text,
    read_catalogue_text,
)
from eco_onemap.core.messages import message
from eco_onemap.gui.edits import Edit, Edits
from eco_onemap.outputs.catalogue_files import write_catalogue
from eco_onemap.paths import resource
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.project_layers import ProjectLayer
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.looking import look_at_entry

Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Row:
    """A layer of the builder.

    number: of its entry in the catalogue, None for a layer of the project that is not in it.
    entry: its values as they are, or as they would be. draft: None where it was not looked at.
    why: why it cannot be in a catalogue or cannot be read.
    """

    number: int | None
    entry: dict[str, Any]
    draft: Draft | None = None
    why: str = ""

    @property
    def is_used(self) -> bool:
        """Whether the layer is in the catalogue."""
        return self.number is not None


class BuilderSession(QObject):
    """The catalogue that is being built; :attr:`changed` tells of every other state of it.

    refused: an edit that the text does not take, in a sentence.
    """

    changed = pyqtSignal()
    refused = pyqtSignal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._path: Path | None = None
        self._beside: Path | None = None
        self._layers: tuple[ProjectLayer, ...] = ()
        self._seen: dict[Key, Seen] = {}
        self._needs = _needs()
        self._saved = self._catalogue = _empty()
        self.history: Edits[CatalogueText] = Edits()

    @property
    def catalogue(self) -> CatalogueText:
        """The catalogue as it is now."""
        return self._catalogue

    @property
    def path(self) -> Path | None:
        """The catalogue's file, None before it is first saved."""
        return self._path

    @property
    def folder(self) -> Path:
        """The folder that the catalogue's files are relative to: before it is saved, the data's."""
        return self._path.parent if self._path else self._beside or self._home

    @property
    def is_saved(self) -> bool:
        """Whether the file holds what is shown."""
        return self._catalogue.text == self._saved.text

    def offer(self, layers: Sequence[ProjectLayer]) -> None:
        """Have *layers* at hand, to be added to the catalogue."""
        self._layers = tuple(layers)
        self._beside = _common_folder(self._layers)
        self._look_away()

    def start_new(self) -> None:
        """Begin a catalogue with all layers at hand whose role is not doubtful."""
        catalogue = with_drafts(_empty(), self._drafts, self.folder, user_language())
        self._begin(None, catalogue)
        self._saved = _empty()

    def open(self, path: Path) -> None:
        """Edit the catalogue in *path*; CatalogueError where it cannot be read."""
        catalogue = read_catalogue_text(path)
        self._begin(path.resolve(), catalogue)

    def save(self, path: Path) -> None:
        """Write the catalogue to *path*, its files named from there; OutputError says why not."""
        target = path.resolve()
        catalogue = self._catalogue
        if target.parent != self.folder:
            catalogue = moved_catalogue(catalogue, self.folder, target.parent)
        catalogue = replace(catalogue, path=str(target))
        write_catalogue(catalogue, target)
        self._path, self._saved = target, catalogue
        if catalogue.text != self._catalogue.text:
            self.history.clear()
        self._show(catalogue)

    def is_changed_elsewhere(self, path: Path) -> bool:
        """Return whether another program has changed the file since it was opened or saved."""
        if self._path is None or path.resolve() != self._path or not self._path.exists():
            return False
        return self._path.read_bytes() != self._saved.content

    def edit(self, text: str, place: Place, value: Any) -> None:
        """Set a value, None or "" to take it out; *text* tells the edit in the history."""
        self.change(text, lambda catalogue: catalogue.with_value(place, value))

    def change(self, text: str, make: Callable[[CatalogueText], CatalogueText]) -> None:
        """Make another catalogue of the one at hand; *text* tells the edit in the history."""
        try:
            new = make(self._catalogue)
        except CatalogueError as error:
            self.refused.emit(error.message.text(user_language()))
            return
        if new.text != self._catalogue.text:
            self.history.add(Edit(text, self._catalogue, new))
            self._show(new)

    def set_role(self, row: Row, role: str) -> None:
        """Give a layer a role, and the fields that are guessed for it unless it has its own."""
        draft = draft_layer(row.draft.description, role) if row.draft else None
        if row.number is None:
            if draft is not None:
                self._include(draft)
            return
        place: Place = (LAYERS, row.number)
        mapped = row.entry.get("fields") or {}
        is_guessed = row.draft is not None and mapped == row.draft.taken_fields

        def changed(catalogue: CatalogueText) -> CatalogueText:
            found = catalogue.with_value((*place, "role"), role)
            if draft is not None and (is_guessed or not mapped):
                found = found.with_value((*place, "fields"), draft.taken_fields)
            return found

        self.change(tr("Change role"), changed)

    def use(self, row: Row, wanted: bool) -> None:
        """Put a layer into the catalogue, or take it out."""
        if wanted and row.number is None and row.draft is not None:
            self._include(row.draft)
        elif not wanted and row.number is not None:
            number = row.number
            self.change(tr("Take out layer"), lambda catalogue: catalogue.without_entry(number))

    def move(self, number: int, to: int, section: str = LAYERS) -> None:
        """Move an entry of a list to another one's place; without such a place nothing."""
        count = len(self._catalogue.entries(section))
        if 0 <= number < count and 0 <= to < count:
            text = tr("Move layer") if section == LAYERS else tr("Move access list")
            self.change(text, lambda catalogue: catalogue.with_moved(number, to, section))

    def add_files(self, layers: Sequence[ProjectLayer]) -> None:
        """Have the layers of files at hand, and put those whose role is not doubtful in."""
        known = [one.description for one in self._layers if one.description]
        self._layers += tuple(one for one in layers if one.description not in known)
        self._beside = self._beside or _common_folder(self._layers)
        new = [
            draft_layer(one.description)
            for one in layers
            if one.description and not is_named(self._catalogue, one.description, self.folder)
        ]
        self.change(
            tr("Add files"),
            lambda catalogue: with_drafts(catalogue, new, self.folder, user_language()),
        )
        self._look_away()

    def cure(self, cure: Cure) -> None:
        """Apply a cure of a problem."""
        self.change(cure.text.text(user_language()), cure.apply)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The layers of the catalogue in its order, then those at hand that are not in it."""
        used = [self._used_row(number) for number in range(len(self._catalogue.layers))]
        rest = [
            self._offered_row(layer)
            for layer in self._layers
            if layer.description is None
            or not is_named(self._catalogue, layer.description, self.folder)
        ]
        return (*used, *rest)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the catalogue as it is now."""
        numbers = range(len(self._catalogue.layers))
        around = Surroundings(
            self.folder,
            {number: seen for number in numbers if (seen := self._look(number))},
            self._needs,
            [row.draft for row in self.rows if not row.is_used and row.draft and row.draft.role],
            user_language(),
        )
        return find_problems(self._catalogue, around)

    def undo(self) -> None:
        """Take the last edit back."""
        if self.history.last:
            self._show(self.history.undo())

    def redo(self) -> None:
        """Make the edit again that was taken back last."""
        if self.history.next:
            self._show(self.history.redo())

    def needed(self, role: str) -> Sequence[str]:
        """Return the attributes that rules ask of a role."""
        return self._needs.get(role, ())

    @property
    def _drafts(self) -> list[Draft]:
        return [draft_layer(one.description) for one in self._layers if one.description]

    def _include(self, draft: Draft) -> None:
        entry = self._entry(draft, self._catalogue)
        entry.setdefault("role", "other")
        self.change(tr("Add layer"), lambda catalogue: catalogue.with_entry(entry))

    def _entry(self, draft: Draft, catalogue: CatalogueText) -> dict[str, Any]:
        ids = [str(entry.get("id")) for entry in catalogue.layers]
        return entry_of(draft, self.folder, ids, user_language())

    def _used_row(self, number: int) -> Row:
        entry, seen = self._catalogue.layers[number], self._look(number)
        if seen is None or seen.description is None:
            why = seen.failure.text(user_language()) if seen and seen.failure else ""
            return Row(number, entry, None, why)
        return Row(number, entry, draft_layer(seen.description, str(entry.get("role") or "")))

    def _offered_row(self, layer: ProjectLayer) -> Row:
        if layer.description is None:
            why = layer.why.text(user_language()) if layer.why else ""
            return Row(None, {"title": layer.name}, None, why)
        draft = draft_layer(layer.description)
        return Row(None, self._entry(draft, self._catalogue), draft)

    def _look(self, number: int) -> Seen | None:
        """Return what an entry's source is; each source is looked at once."""
        entry = entry_at(self._catalogue, number, Surroundings(self.folder))
        if entry is None:
            return None
        key = (entry.source, entry.layer, entry.where, entry.encoding)
        if key not in self._seen:
            known = [one.description for one in self._layers if one.description]
            found = next((d for d in known if _key_of(d) == key), None)
            if found is not None:
                self._seen[key] = Seen(found)
            elif is_database(entry.source):
                return None
            else:
                self._seen[key] = look_at_entry(entry, self.folder, QgisLayers())
        return self._seen[key]

    def _begin(self, path: Path | None, catalogue: CatalogueText) -> None:
        self._path, self._saved = path, catalogue
        self._seen.clear()
        self.history.clear()
        self._show(catalogue)

    def _show(self, catalogue: CatalogueText) -> None:
        self._catalogue = catalogue
        self._look_away()

    def _look_away(self) -> None:
        for name in ("rows", "problems"):
            self.__dict__.pop(name, None)
        self.changed.emit()


@cache
def _needs() -> Mapping[str, Sequence[str]]:
    """Return what the national pack asks of layers; the file is read once."""
    return needed_attributes([read_unchecked(resource("rules", "cn-national.yaml"))])


def _empty() -> CatalogueText:
    return new_catalogue_text(message("cure.default_title").text(user_language()))


def _key_of(description: LayerDescription) -> Key:
    return (description.source, description.layer, description.where, description.encoding)


def _common_folder(layers: Sequence[ProjectLayer]) -> Path | None:
    """Return the folder that all files of layers lie in or below, None where there is none."""
    sources = [one.description.source for one in layers if one.description]
    folders = [str(Path(source).resolve().parent) for source in sources if not is_database(source)]
    try:
        common = Path(os.path.commonpath(folders))
    except ValueError:  # no files at all, or files on several drives
        return None
    return common if common != Path(common.anchor) else None
