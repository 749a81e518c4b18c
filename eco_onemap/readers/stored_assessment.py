# SPDX-License-Identifier: GPL-2.0-or-later
"""A whole assessment out of the file of results that a check wrote."""

from __future__ import annotations

import binascii
import re
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from eco_onemap.core.errors import ResultsError
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.inputs import INPUT_TABLE, Inputs, read_inputs_table
from eco_onemap.core.schema import CONTRACT_TABLES
from eco_onemap.core.table import Geometries, ResultTable, join_tables
from eco_onemap.readers.geopackage_rows import geometries_of
from eco_onemap.readers.result_blocks import StoredTable, open_results
from eco_onemap.readers.result_columns import refuse_older

_ROWS_AT_ONCE = 50_000
_WITH_GEOMETRIES = ("site_verdict", "hit")


def read_assessment(path: Path) -> Assessment:
    """Return the assessment in the results *path*, its messages in the language of the file.

    ResultsError says what is in the way: no such file, no results, or results of a version that
    did not keep what it was given, or not all that this one reads.
    """
    if not path.is_file():
        raise ResultsError("results.absent", path=str(path))
    try:
        tables, rows = _read(path)
        inputs = read_inputs_table(rows, _geometries(path, "site_verdict"))
        return _assessment(tables, inputs)
    except sqlite3.Error as error:
        raise ResultsError(
            "results.unreadable", path=str(path), cause=str(error), details=repr(error)
        ) from error
    except (KeyError, ValueError, TypeError, zlib.error, binascii.Error) as error:
        raise ResultsError("results.no_inputs", path=str(path), details=repr(error)) from error


def language_of(assessment: Assessment, otherwise: str) -> str:
    """Return the language in which the messages of a stored assessment are."""
    record = dict(zip(assessment.run["key"], assessment.run["value"], strict=True))
    language = str(record.get("language", ""))
    return language if language in LANGUAGES else otherwise


def _read(path: Path) -> tuple[dict[str, ResultTable], list[tuple[str, str]]]:
    """Return the tables of the result by name, and the rows of the one with the inputs."""
    with open_results(path) as stored:
        for table in stored:
            refuse_older(path, table.database, [table.name])
        tables = {table.name: _whole(table) for table in stored}
    inputs = tables.pop(INPUT_TABLE)
    rows = list(zip(inputs["key"].tolist(), inputs["value"].tolist(), strict=True))
    for name in _WITH_GEOMETRIES:
        tables[name] = replace(tables[name], geometries=_geometries(path, name))
    return tables, rows


def _whole(stored: StoredTable) -> ResultTable:
    blocks = list(stored.blocks(_ROWS_AT_ONCE))
    return join_tables(blocks) if blocks else stored.empty()


def _geometries(path: Path, table: str) -> Geometries:
    address = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        rows = database.execute(f'SELECT geom FROM "{table}" ORDER BY fid').fetchall()
    found = geometries_of([blob for (blob,) in rows])
    return np.full(len(rows), None) if found is None else found


def _assessment(tables: Mapping[str, ResultTable], inputs: Inputs) -> Assessment:
    contract = {name: tables[name] for name in CONTRACT_TABLES}
    further = {name: tables[name] for name in tables if name not in CONTRACT_TABLES}
    return Assessment(
        sites=inputs.sites,
        catalogue=_found_again(inputs.catalogue, contract["not_evaluated"]["why"].tolist()),
        packs=inputs.packs,
        options=inputs.options,
        **contract,
        further=further,
    )


def _found_again(catalogue: Catalogue, sentences: Iterable[str]) -> Catalogue:
    """Return a catalogue in the folder that sentences on its layers name, so that it is cut off.

    The inputs do not tell the folder; a report tells no folder at all.
    """
    sources = "|".join(re.escape(entry.source) for entry in catalogue.layers if entry.source)
    named = re.compile(rf"((?:[A-Za-z]:[\\/]|/)[^:*?\"<>|\n]*?)(?:{sources})")
    found = next((match for text in sentences if (match := named.search(text))), None)
    return replace(catalogue, path=found[1] + catalogue.path) if found and sources else catalogue
