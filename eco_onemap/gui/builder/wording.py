# SPDX-License-Identifier: GPL-2.0-or-later
"""How the builder shows guesses, certainty and problems: words, marks and colours."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from eco_onemap.core.layers.building.draft import Draft
from eco_onemap.core.layers.building.guess import Certainty, FieldGuess, RoleGuess
from eco_onemap.core.layers.building.problem import Weight
from eco_onemap.core.layers.building.vocabulary import RoleTitles
from eco_onemap.qgis_bridge.translation import tr, user_language

MARK_PX = 32
_GREEN, _AMBER, _RED, _BLUE = "#2E7D32", "#B26A00", "#C62828", "#1565C0"
_SHAPES = {
    "disc": None,
    "ring": None,
    "triangle": [(16, 6), (27, 26), (5, 26)],
    "diamond": [(16, 5), (27, 16), (16, 27), (5, 16)],
}


def shown_guess(draft: Draft | None) -> str:
    """Return the best guess of a role and how sure it is, "" where nothing was looked at."""
    if draft is None:
        return ""
    if not draft.roles:
        return tr("no guess")
    best = _guess_of(draft)
    certainty = best.certainty.word.text(user_language())
    if best.role == draft.role:
        return certainty
    return tr("{role}? ({certainty})").format(role=_title(best.role), certainty=certainty)


def tip_of_guess(draft: Draft | None) -> str | None:
    """Return all guesses of a layer's role with their reasons, a line each."""
    if draft is None or not draft.roles:
        return None
    return "\n".join(_told(guess) for guess in draft.roles[:4])


def tip_of_field(guess: FieldGuess | None) -> str | None:
    """Return the reasons for a field."""
    if guess is None:
        return None
    language = user_language()
    reasons = "\n".join(reason.text(language) for reason in guess.reasons)
    return f"{guess.certainty.word.text(language)}\n{reasons}"


def coverage_names() -> Mapping[str, str]:
    """Return the choices of coverage in words."""
    return {
        "complete": tr("complete in the region"),
        "extent": tr("rectangle of its features"),
        "unknown": tr("not known"),
    }


def secrecy_names() -> Mapping[str, str]:
    """Return the choices of secrecy in words."""
    return {
        "public": tr("public"),
        "internal": tr("internal"),
        "sensitive": tr("sensitive"),
    }


def key_names() -> Mapping[str, str]:
    """Return what the keys of an entry are called."""
    return {
        "source": tr("Source"),
        "layer": tr("Layer in the source"),
        "sheet": tr("Sheet"),
        "where": tr("Filter"),
        "id": tr("Identifier"),
        "title": tr("Title"),
        "level": tr("Level of rows that tell none"),
        "scope": tr("Code of rows that tell none"),
        "version": tr("Version"),
        "issued": tr("Issued on"),
        "valid_from": tr("In force from"),
        "valid_to": tr("In force until"),
        "authority": tr("Authority"),
        "secrecy": tr("Secrecy"),
        "accuracy_m": tr("Accuracy in metres"),
        "coverage": tr("File of the mapped area"),
        "crs": tr("CRS where the source has none"),
        "encoding": tr("Encoding"),
        "classes": tr("Classes of a raster"),
        "empty": tr("Known to be empty"),
        "bounds": tr("Only within W, S, E, N (degrees)"),
    }


def list_column_names() -> Mapping[str, str]:
    """Return what the columns of an access list are called."""
    return {
        "clause_id": tr("Identifier of the clause"),
        "level": tr("Level"),
        "scope_code": tr("Code of unit or division"),
        "unit_name": tr("Name of the unit"),
        "unit_class": tr("Class of the unit"),
        "dimension": tr("Dimension"),
        "sub_dimension": tr("Part of the dimension"),
        "number": tr("Number of the clause"),
        "text": tr("Text of the clause"),
        "restrict_type": tr("Kind of restriction"),
        "industries": tr("Industries"),
        "activities": tr("Activities"),
        "planned_uses": tr("Planned uses"),
        "limits": tr("Limits"),
        "doc_title": tr("Document"),
        "doc_no": tr("Number of the document"),
        "effective_from": tr("In force from"),
        "effective_to": tr("In force until"),
    }


def certainty_mark(certainty: Certainty) -> QIcon:
    """Return a mark that tells how sure a guess is by shape and colour."""
    shapes = {
        Certainty.SURE: ("disc", _GREEN),
        Certainty.LIKELY: ("ring", _BLUE),
        Certainty.DOUBTFUL: ("triangle", _AMBER),
    }
    return _drawn(*shapes[certainty])


def weight_mark(weight: Weight) -> QIcon:
    """Return a mark that tells how bad a problem is by shape and colour."""
    shapes = {
        Weight.ERROR: ("diamond", _RED),
        Weight.WARNING: ("triangle", _AMBER),
        Weight.HINT: ("ring", _BLUE),
    }
    return _drawn(*shapes[weight])


def _guess_of(draft: Draft) -> RoleGuess:
    found = next((guess for guess in draft.roles if guess.role == draft.role), None)
    return found or draft.roles[0]


def _told(guess: RoleGuess) -> str:
    language = user_language()
    reasons = "; ".join(reason.text(language) for reason in guess.reasons)
    return f"{_title(guess.role)} – {guess.certainty.word.text(language)}: {reasons}"


def _title(role: str) -> str:
    return RoleTitles((role,)).text(user_language())


def _drawn(shape: str, colour: str) -> QIcon:
    """Return a shape with a white edge, so that it stands out from a chosen row of any theme."""
    pixmap = QPixmap(MARK_PX, MARK_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    points = _SHAPES[shape]
    for pen, brush in (
        (QPen(QColor(Qt.GlobalColor.white), 8), QColor(Qt.GlobalColor.white)),
        (QPen(QColor(colour), 4), QColor(colour)),
    ):
        painter.setPen(pen)
        painter.setBrush(brush)
        if points is not None:
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        else:
            painter.drawEllipse(QPointF(16, 16), 11, 11)
    if shape == "ring":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.drawEllipse(QPointF(16, 16), 8, 8)
    painter.end()
    return QIcon(pixmap)
