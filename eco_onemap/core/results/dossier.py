# SPDX-License-Identifier: GPL-2.0-or-later
"""A whole assessment as one piece of bytes that travels inside a report, and back.

It holds what the check was given and the tables of its result without the geometries of overlaps,
with all messages in one language. The same assessment gives the same bytes, so their digest
names the report.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np

from eco_onemap.core.columns import no_values
from eco_onemap.core.errors import ResultsError
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.inputs import folder_of, freeze_inputs, inputs_of, thaw_inputs
from eco_onemap.core.table import Column, ColumnType, ResultTable

FORMAT = 1
CONTRACT = (
    *("site_verdict", "site_layer", "hit", "finding", "not_evaluated", "raster_class", "run"),
)


@dataclass(frozen=True)
class Dossier:
    """An assessment with the language of its messages and the kind of report made of it.

    texts: the words of an office that stand in place of the report's own. has_template, has_logo:
    whether it has running lines, typefaces and colours, or a logo, of its own, too. maps: site_id
    to the name of its map's file and the SHA-256 of the picture that stands in the report, "" where
    only the name does. plates: name, SHA-256 and title of each further sheet on the only site.
    """

    assessment: Assessment
    language: str
    kind: str
    texts: Mapping[str, str] = field(default_factory=dict)
    has_template: bool = False
    maps: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    has_logo: bool = False
    plates: tuple[tuple[str, str, str], ...] = ()

    @property
    def pictures(self) -> list[tuple[str, str, str]]:
        """Site, name and SHA-256 of each map and plate in the report."""
        maps = [(site, *told) for site, told in self.maps.items()]
        sites = self.assessment.site_verdict["site_id"].tolist()
        return maps + [(sites[0], name, digest) for name, digest, _ in self.plates if sites]


def pack_dossier(dossier: Dossier) -> bytes:
    """Return a dossier as compressed JSON; its assessment's messages are text already."""
    told = {
        "dossier": FORMAT,
        "kind": dossier.kind,
        "language": dossier.language,
        "texts": dict(dossier.texts),
        "template": dossier.has_template,
        "logo": dossier.has_logo,
        "maps": {site: list(told) for site, told in dossier.maps.items()},
        "plates": dossier.plates,
        "inputs": freeze_inputs(inputs_of(dossier.assessment)),
        "tables": [_frozen(table) for table in dossier.assessment.tables],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    folder = folder_of(dossier.assessment.catalogue)
    if folder:  # sentences on what cannot be read name files with their folders
        text = text.replace(json.dumps(folder, ensure_ascii=False)[1:-1], "")
    return zlib.compress(text.encode(), 6)


def unpack_dossier(content: bytes, path: str) -> Dossier:
    """Return the dossier that :func:`pack_dossier` made; ResultsError names *path*."""
    try:
        told = json.loads(zlib.decompress(content))
        inputs = thaw_inputs(told["inputs"])
        tables = {one["name"]: _thawed(one) for one in told["tables"]}
        assessment = Assessment(
            sites=inputs.sites,
            catalogue=inputs.catalogue,
            packs=inputs.packs,
            options=inputs.options,
            **{name: tables[name] for name in CONTRACT},
            further={name: tables[name] for name in tables if name not in CONTRACT},
        )
        texts = {str(key): str(text) for key, text in told["texts"].items()}
        maps = {str(k): (str(name), str(s)) for k, (name, s) in told.get("maps", {}).items()}
        plates = tuple((str(n), str(s), str(title)) for n, s, title in told["plates"])
        language, kind = str(told["language"]), str(told["kind"])
        has_template, has_logo = (bool(told.get(key)) for key in ("template", "logo"))
        return Dossier(assessment, language, kind, texts, has_template, maps, has_logo, plates)
    except (AttributeError, KeyError, ValueError, TypeError, zlib.error) as error:
        raise ResultsError("dossier.damaged", path=path, details=repr(error)) from error


def as_travelled(dossier: Dossier) -> Assessment:
    """Return an assessment as it comes out of a report: no folders, no geometries of overlaps."""
    return unpack_dossier(pack_dossier(dossier), "").assessment


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a dossier, which is printed on the report."""
    return sha256(content).hexdigest()


def _frozen(table: ResultTable) -> dict[str, Any]:
    """Return a table as JSON has it; NaN is null."""
    values = []
    for column in table.columns:
        held = table[column.name]
        given = held.tolist()
        if column.type is ColumnType.REAL:
            given = [None if math.isnan(value) else value for value in given]
        values.append(given)
    columns = [[column.name, column.type.value] for column in table.columns]
    return {"name": table.name, "columns": columns, "values": values}


def _thawed(told: Mapping[str, Any]) -> ResultTable:
    columns = tuple(Column(name, ColumnType(kind)) for name, kind in told["columns"])
    values = {}
    for column, given in zip(columns, told["values"], strict=True):
        array = no_values(column, len(given))
        array[:] = [np.nan if value is None else value for value in given]
        values[column.name] = array
    return ResultTable(told["name"], columns, values)
