# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user does about a layer that the window cannot show."""

from __future__ import annotations

from pathlib import Path

from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.messages import Message
from eco_onemap.qgis_bridge.translation import tr


def cure_of(entry: LayerEntry, problem: Message) -> str:
    """Return how to get a layer shown, in QGIS's language, by what is wrong and what is there."""
    known = {
        "layer.not_in_force": tr(
            "Take the version in force into the catalogue, or correct valid_from and valid_to."
        ),
        "layout.no_crs": tr("Name its coordinate reference system in the catalogue (crs)."),
        "layout.filter_refused": tr("Correct the filter (where) in the catalogue."),
    }
    cure = known.get(problem.key) or _cure_of_source(entry)
    return cure + " " + tr("Then choose “Reload one map”.")


def _cure_of_source(entry: LayerEntry) -> str:
    if is_database(entry.source):
        return tr(
            "See that the server can be reached, that the table exists and that you may read it."
        )
    if not Path(entry.source).exists():
        return tr("Put the file back in its place, or correct its path (source) in the catalogue.")
    return tr(
        "The file is there: see that it is whole, is of a kind that QGIS opens, and holds the "
        "layer that the catalogue names."
    )
