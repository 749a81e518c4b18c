# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as a CSV of their points, one row each, that spreadsheets and this reader open."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path

from eco_onemap.core.errors import OutputError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.messages import Message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.outputs.csv_tables import harmless
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.site_files.runs import Outline, outlines, rows_of

_DEGREE_DECIMALS = 9  # a tenth of a millimetre
_DEGREES = ("经度(十进制)", "纬度(十进制)")
_METRES = ("X(北)", "Y(东)")
_FACTS = {
    "project": "项目名称",
    "developer": "建设单位",
    "industry": "行业",
    "nature": "建设性质",
    "planned_use": "规划用途",
    "stage": "阶段",
    "tags": "标签",
    "not_tags": "否定标签",
    "declared_area_m2": "面积(平方米)",
}


def write_point_table(path: Path, sites: RawSites, decimals: int = 3) -> tuple[Message, ...]:
    """Write one row per point (UTF-8 with BOM); return what could not be kept.

    Identifier, name, form and facts of the site stand in each row, with its CRS as an EPSG code
    where it has one; degrees have 9 decimals, metres *decimals*.
    """
    crs = find_crs(sites.crs or "")
    if crs is None:
        raise OutputError("site_output.no_crs")
    angular = crs.is_geographic
    made, notes = outlines(sites, _DEGREE_DECIMALS if angular else decimals)
    if not made:
        raise OutputError("site_output.nothing")
    facts = {name: label for name, label in _FACTS.items() if name in sites.columns}
    code = crs.to_epsg()
    heading = ["地块编号", "地块名称", "图形", *facts.values(), "坐标系", "圈号", "点号"]
    heading += _DEGREES if angular else _METRES
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(heading)
        for outline in made:
            stated = _stated(sites, outline, list(facts), f"EPSG:{code}" if code else "")
            decimal = _DEGREE_DECIMALS if angular else decimals
            writer.writerows(_rows(outline, stated, angular, decimal))
    return tuple(notes)


def _stated(sites: RawSites, outline: Outline, facts: list[str], crs: str) -> list[str]:
    site = outline.site
    texts = [sites.ids[site], sites.names[site], outline.form.value]
    texts += [_text(sites.columns[name][site]) for name in facts]
    return [harmless(str(text)) for text in texts] + [crs]


def _text(value: object) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.4f}"
    return "" if value is None else str(value)


def _rows(outline: Outline, stated: list[str], angular: bool, decimals: int) -> Iterator[list[str]]:
    for run, point, east, north in rows_of(outline):
        pair = (east, north) if angular else (north, east)
        yield [*stated, str(run), f"J{point}", *(f"{value:.{decimals}f}" for value in pair)]
