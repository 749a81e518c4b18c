# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as boundary point TXT (界址点), which land approval and this project's reader read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from eco_onemap.core.errors import OutputError
from eco_onemap.core.geometry.crs import to_cgcs2000
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.repair import unusable
from eco_onemap.core.messages import Message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.site_files.grids import Grid, find_grid
from eco_onemap.outputs.site_files.runs import Form, Outline, outlines, rows_of

ENCODINGS = {"GB18030": "gb18030", "UTF-8": "utf-8-sig"}
"""What programs for land approval read; UTF-8 is written with its mark."""

_SYSTEMS = {
    "CGCS2000": "2000国家大地坐标系",
    "Xian 1980": "1980西安坐标系",
    "Beijing 1954": "1954年北京坐标系",
}
_USES = {
    "residential": "居住用地",
    "public": "公共服务用地",
    "industrial": "工业用地",
    "commercial": "商业用地",
    "storage": "仓储用地",
    "transport": "交通用地",
    "utilities": "公用设施用地",
    "green": "绿地",
    "agriculture": "农业用地",
    "water": "水域",
}
_SQUARE_METRES_PER_HECTARE = 10_000.0
_SPOILING = str.maketrans(dict.fromkeys(",，", "、") | dict.fromkeys("\r\n\t@＠", " "))


@dataclass(frozen=True)
class BoundaryTextOptions:
    """How a boundary point file is written.

    encoding: a key of :data:`ENCODINGS`. decimals: of coordinates in metres. header: further keys
    of the section 属性描述, or other values for those that are written anyway (数据产生单位 …).
    """

    encoding: str = "GB18030"
    decimals: int = 3
    header: Mapping[str, str] = field(default_factory=dict)


_USUAL = BoundaryTextOptions()


def write_site_text(
    path: Path, sites: RawSites, options: BoundaryTextOptions = _USUAL
) -> tuple[Message, ...]:
    """Write *sites* to the boundary point file *path*, with CRLF; return what could not be kept.

    sites: in a Gauss-Krüger system of CGCS2000, Xi'an 1980 or Beijing 1954, with the zone in the
    easting or without; OutputError for another.
    """
    text, notes = compose_site_text(sites, options)
    with replacing(path) as part:
        part.write_bytes(text.encode(ENCODINGS[options.encoding], "replace"))
    return notes


def compose_site_text(
    sites: RawSites, options: BoundaryTextOptions = _USUAL
) -> tuple[str, tuple[Message, ...]]:
    """Return the text of a boundary point file, and what could not be kept."""
    grid = find_grid(sites.crs or "")
    if grid is None:
        raise OutputError("site_output.no_grid", crs=sites.crs or "?")
    made, notes = outlines(sites, options.decimals)
    if not made:
        raise OutputError("site_output.nothing")
    lines = ["[属性描述]", *_header(grid, options), "[地块坐标]"]
    hectares = _hectares(sites)
    for outline in made:
        lines += _parcel(sites, outline, hectares, options.decimals)
    return "\r\n".join(lines) + "\r\n", tuple(notes)


def _header(grid: Grid, options: BoundaryTextOptions) -> Iterator[str]:
    keys = {
        "格式版本号": "1.01",
        "数据产生单位": "",
        "数据产生日期": "",
        "坐标系": _SYSTEMS[grid.family.name],
        "几度分带": str(grid.width),
        "投影类型": "高斯克吕格",
        "计量单位": "米",
        "带号": str(grid.zone),
        "精度": f"{10.0**-options.decimals:.{options.decimals}f}",
        "转换参数": ",,,,,,",
    }
    stated = {key.strip(): " ".join(value.split()) for key, value in options.header.items()}
    for key, value in (keys | stated).items():
        yield f"{key}={value}"


def _hectares(sites: RawSites) -> Sequence[float]:
    """Return the area of each site: the declared one, else that on the ellipsoid."""
    degrees = to_cgcs2000(sites.geometries, sites.crs or "").copy()
    degrees[unusable(degrees)] = None
    measured = areas_m2(degrees)
    declared = sites.columns.get("declared_area_m2", np.full(len(sites), np.nan))
    return (np.where(declared > 0.0, declared, measured) / _SQUARE_METRES_PER_HECTARE).tolist()


def _parcel(
    sites: RawSites, outline: Outline, hectares: Sequence[float], decimals: int
) -> Iterator[str]:
    site = outline.site
    area = f"{hectares[site]:.4f}" if outline.form is Form.POLYGON else ""
    number, name = (_harmless(values[site]) for values in (sites.ids, sites.names))
    yield f"{outline.points},{area},{number},{name},{outline.form.value},,{_use(sites, site)},,@"
    for run, point, east, north in rows_of(outline):
        yield f"J{point},{run},{north:.{decimals}f},{east:.{decimals}f}"


def _harmless(text: object) -> str:
    """Return a text that does not look like an end of field or line."""
    return str(text).translate(_SPOILING).strip()


def _use(sites: RawSites, site: int) -> str:
    uses = sites.columns.get("planned_use")
    return "" if uses is None else _USES.get(uses[site], "")
