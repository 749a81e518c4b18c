# SPDX-License-Identifier: GPL-2.0-or-later
"""The fields of one layer: the attributes of its role, with guesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qgis.PyQt.QtCore import QObject

from eco_onemap.core.layers.building.guess import Certainty, FieldGuess
from eco_onemap.core.layers.building.vocabulary import common_fields, field_label, roles
from eco_onemap.core.layers.catalogue_text import LAYERS
from eco_onemap.gui.builder.mapping_model import MappingModel
from eco_onemap.gui.builder.session import BuilderSession, Row
from eco_onemap.gui.builder.wording import tip_of_field
from eco_onemap.qgis_bridge.translation import tr, user_language


class FieldModel(MappingModel):
    """Shows the attributes of a layer's role; choosing a field becomes an edit of the session."""

    def __init__(self, session: BuilderSession, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._row: Row | None = None

    def show_row(self, row: Row | None) -> None:
        """Show the fields of another layer, or of the same one as it is now."""
        self._row = row
        place = None if row is None or row.number is None else (LAYERS, row.number)
        self.show_names(_attributes_of(row, self.session), place)

    def entry_fields(self) -> dict[str, Any]:
        """Return the fields that the catalogue names, or would."""
        return dict(self._row.entry.get("fields") or {}) if self._row else {}

    def label(self, name: str) -> str:
        """Return what people call an attribute."""
        return field_label(self._role, name, user_language())

    def offered(self) -> Sequence[str]:
        """Return the fields of the layer."""
        return self._row.draft.description.field_names if self._row and self._row.draft else ()

    def values(self, field: str) -> Iterable[str]:
        """Return the values of a field in the sampled features."""
        if not self._row or not self._row.draft:
            return ()
        found = (each for each in self._row.draft.description.fields if each.name == field)
        return next((each.given for each in found), ())

    def guess(self, name: str) -> tuple[str, Certainty | None]:
        """Return how sure a guess is; one that was not taken is named."""
        guess = self._guess(name)
        if guess is None:
            return "", None
        certainty = guess.certainty.word.text(user_language())
        if guess.source != self.field_of(name):
            named = tr("{field}? ({certainty})")
            certainty = named.format(field=guess.source.strip(), certainty=certainty)
        return certainty, guess.certainty

    def reasons(self, name: str) -> str | None:
        """Return why a field is guessed."""
        return tip_of_field(self._guess(name))

    def is_needed(self, name: str) -> bool:
        """Return whether rules ask for an attribute."""
        return name in self.session.needed(self._role)

    @property
    def _role(self) -> str:
        return str(self._row.entry.get("role") or "") if self._row else ""

    def _guess(self, name: str) -> FieldGuess | None:
        return self._row.draft.fields.get(name) if self._row and self._row.draft else None


def _attributes_of(row: Row | None, session: BuilderSession) -> tuple[str, ...]:
    """Return the attributes that a layer may have, those that rules ask for before other ones."""
    if row is None:
        return ()
    role = str(row.entry.get("role") or "")
    usual = roles()[role].fields if role in roles() else common_fields()
    guessed = row.draft.fields if row.draft else {}
    own = row.entry.get("fields") or {}
    first = ("id", "name", *session.needed(role))
    return tuple(dict.fromkeys((*first, *usual, *guessed, *map(str, own))))
