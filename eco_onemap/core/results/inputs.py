# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check was given, kept with its result: sites, catalogue, rule packs and options.

From it and the tables an :class:`.assessment.Assessment` is made again, and with it the reports,
long after and on another computer; folders of this one are left out.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from eco_onemap.core.columns import text_column
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.layers.addresses import is_database, without_credentials
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.options import Options
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.freezing import freeze, thaw
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ColumnType, Geometries, ResultTable

INPUT_TABLE = "input"
COLUMNS = (
    Column("key", ColumnType.TEXT, "catalogue, packs, options or sites"),
    Column("value", ColumnType.TEXT, "JSON, compressed (zlib) and written in base64"),
)
_PARTS = ("catalogue", "packs", "options", "sites")


@dataclass(frozen=True)
class Inputs:
    """What :func:`eco_onemap.core.assess.assess` was given, but for the layers' content."""

    sites: SiteSet
    catalogue: Catalogue
    packs: tuple[RulePack, ...]
    options: Options


def inputs_of(assessment: Assessment) -> Inputs:
    """Return what an assessment was given."""
    given = assessment
    return Inputs(given.sites, given.catalogue, given.packs, given.options)


def freeze_inputs(inputs: Inputs) -> dict[str, Any]:
    """Return inputs as JSON has them, without folders and passwords."""
    options = replace(
        inputs.options,
        workers=1,
        block_sites=Options.block_sites,
        overrides=replace(inputs.options.overrides, path=Path(inputs.options.overrides.path).name),
    )
    frozen = {
        "catalogue": freeze(_portable(inputs.catalogue)),
        "packs": freeze(tuple(replace(p, path=Path(p.path).name) for p in inputs.packs)),
        "options": freeze(options),
        "sites": _freeze_sites(inputs.sites),
    }
    folder = folder_of(inputs.catalogue)
    if not folder:
        return frozen
    text = json.dumps(frozen, ensure_ascii=False)  # notes and problems name files, too
    escaped = json.dumps(folder, ensure_ascii=False)[1:-1]
    told: dict[str, Any] = json.loads(text.replace(escaped, ""))
    return told


def folder_of(catalogue: Catalogue) -> str:
    """Return a catalogue's folder with its separator, "" for one that is no file or has none."""
    return str(Path(catalogue.path).parent / "_")[:-1] if catalogue.path else ""


def thaw_inputs(frozen: dict[str, Any]) -> Inputs:
    """Return the inputs that :func:`freeze_inputs` wrote; errors as of :func:`.freezing.thaw`."""
    return Inputs(
        sites=_thaw_sites(frozen["sites"]),
        catalogue=thaw(frozen["catalogue"]),
        packs=thaw(frozen["packs"]),
        options=thaw(frozen["options"]),
    )


def inputs_table(inputs: Inputs) -> ResultTable:
    """Return inputs as a table beside those of the result, which has the sites' geometries."""
    frozen = freeze_inputs(replace(inputs, sites=_without_geometries(inputs.sites)))
    values = {"key": text_column(_PARTS), "value": text_column(_packed(frozen[p]) for p in _PARTS)}
    return ResultTable(INPUT_TABLE, COLUMNS, values)


def read_inputs_table(rows: Sequence[tuple[str, str]], geometries: Geometries) -> Inputs:
    """Return the inputs in the rows (key, value) of a table, with the sites' geometries."""
    told = {key: json.loads(zlib.decompress(base64.b64decode(value))) for key, value in rows}
    inputs = thaw_inputs(told)
    return replace(inputs, sites=replace(inputs.sites, geometries=geometries))


def _packed(frozen: Any) -> str:
    text = json.dumps(frozen, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode("ascii")


def _without_geometries(sites: SiteSet) -> SiteSet:
    return replace(sites, geometries=np.full(len(sites), None), originals={}, care=())


def _freeze_sites(sites: SiteSet) -> dict[str, Any]:
    """Return sites as JSON has them; projects of which the same is stated share what is stated."""
    known: dict[Any, int] = {}
    numbers = [known.setdefault(facts, len(known)) for facts in sites.facts]
    plain = replace(sites, facts=(), source=_without_folder(sites.source), care=(), originals={})
    return {"plain": freeze(plain), "facts": freeze(tuple(known)), "numbers": numbers}


def _thaw_sites(frozen: dict[str, Any]) -> SiteSet:
    facts, plain = thaw(frozen["facts"]), thaw(frozen["plain"])
    return replace(plain, facts=tuple(facts[number] for number in frozen["numbers"]))


def _portable(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue whose files are named as seen from its folder."""
    folder = Path(catalogue.path).parent

    def near(source: str) -> str:
        if not source or is_database(source):
            return without_credentials(source) if source else ""
        path = Path(source)
        return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name

    return replace(
        catalogue,
        path=Path(catalogue.path).name,
        region=near(catalogue.region),
        layers=tuple(
            replace(
                entry,
                source=near(entry.source),
                coverage=replace(entry.coverage, path=near(entry.coverage.path)),
            )
            for entry in catalogue.layers
        ),
        access_lists=tuple(replace(e, source=near(e.source)) for e in catalogue.access_lists),
    )


def _without_folder(source: str) -> str:
    return without_credentials(source) if is_database(source) else Path(source).name
