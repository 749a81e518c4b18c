# SPDX-License-Identifier: GPL-2.0-or-later
"""A check that a file of results holds, with the layers that it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from eco_onemap.core.errors import InputError
from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.layers.catalogue import Catalogue, LayerEntry, read_catalogue
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.readers.fingerprint import fingerprint
from eco_onemap.readers.stored_assessment import read_assessment


def read_check(results: Path, catalogue: Path) -> Assessment:
    """Return the assessment in *results* with its layers where *catalogue* says they are.

    ResultsError, CatalogueError, and InputError where the catalogue lacks a layer of the check.
    """
    assessment = read_assessment(results)
    present = read_catalogue(catalogue)
    known = {entry.id for entry in present.layers}
    lacking = next((entry for entry in assessment.catalogue.layers if entry.id not in known), None)
    if lacking is not None:
        raise InputError(
            "results.other_catalogue",
            catalogue=catalogue.name,
            layer=lacking.id,
            results=results.name,
        )
    return replace(assessment, catalogue=_as_checked(present, assessment.catalogue))


def _as_checked(present: Catalogue, checked: Catalogue) -> Catalogue:
    """Return the present catalogue without layers that the check did not have."""
    ids = {entry.id for entry in checked.layers}
    return replace(present, layers=tuple(entry for entry in present.layers if entry.id in ids))


def changed_layers(assessment: Assessment) -> Iterator[Message]:
    """Yield which layers' files are no longer those that were checked, databases left out."""
    told = dict(zip(assessment.run["key"].tolist(), assessment.run["value"].tolist(), strict=True))
    for entry in assessment.catalogue.layers:
        print_then = told.get(f"layer.{entry.id}.sha256")
        if print_then and not is_database(entry.source) and _print_now(entry) != print_then:
            yield message("results.layer_changed", layer=entry.title)


def _print_now(entry: LayerEntry) -> str:
    """Return the fingerprint of a layer's file, "" for one that is gone: drawing tells that."""
    try:
        return fingerprint(Path(entry.source))
    except OSError:
        return ""
