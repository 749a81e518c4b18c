# SPDX-License-Identifier: GPL-2.0-or-later
"""What the headings of a table's columns mean, in Chinese and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from eco_onemap.readers.sites.tables.numbers import Axis
from eco_onemap.readers.sites.tables.plain_text import plain


class Role(Enum):
    """What a column holds."""

    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    EAST = "east"
    NORTH = "north"
    X = "x"
    Y = "y"
    PAIR = "pair"
    POINT = "point"
    RING = "ring"
    RADIUS = "radius"
    WIDTH = "width"
    SHAPE = "shape"
    CRS = "crs"
    NUMBER = "number"
    PARCEL = "parcel"


COORDINATES = (Role.LONGITUDE, Role.LATITUDE, Role.EAST, Role.NORTH, Role.X, Role.Y, Role.PAIR)


class AngleHint(Enum):
    """How a heading says that its angles are written."""

    DECIMAL = "decimal"
    PACKED = "packed"


@dataclass(frozen=True)
class Heading:
    """A column's meaning: its role (None for any other field) and how its angles are written."""

    role: Role | None
    angle: AngleHint | None = None


_WHAT = (
    r"(?:(?:拐点|角点|界址点|边界点|中心点?|项目|厂址|大地|地理|gps|cgcs2000|wgs-?84|2000|经纬度)"
    r"_?){0,3}"
)
_VALUE = r"(?:坐标|值|坐标值)?"
_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.LONGITUDE, rf"{_WHAT}(?:经度|东经|longitude|long|lon|lng){_VALUE}[_/]?(?:x|y|l|e)?"),
    (Role.LONGITUDE, r"l|[xyle][_/]?(?:坐标)?(?:经度|东经)"),
    (Role.LATITUDE, rf"{_WHAT}(?:纬度|北纬|latitude|lat){_VALUE}[_/]?(?:x|y|b|n)?"),
    (Role.LATITUDE, r"b|[xybn][_/]?(?:坐标)?(?:纬度|北纬)"),
    (Role.NORTH, rf"{_WHAT}x?(?:纵坐标|北坐标|北方向|向北){_VALUE}x?"),
    (Role.NORTH, r"northing|north|n|x_?(?:坐标)?[(_]?(?:北|纵|north)(?:坐标)?\)?"),
    (Role.NORTH, r"y_?(?:坐标)?[(_]?(?:北|纵|north)(?:坐标)?\)?"),
    (Role.EAST, rf"{_WHAT}y?(?:横坐标|东坐标|东方向|向东){_VALUE}y?"),
    (Role.EAST, r"easting|east|e|y_?(?:坐标)?[(_]?(?:东|横|east)(?:坐标)?\)?"),
    (Role.EAST, r"x_?(?:坐标)?[(_]?(?:东|横|east)(?:坐标)?\)?"),
    (Role.X, rf"{_WHAT}x{_VALUE}|x_?coord(?:inate)?|point_x|坐标x"),
    (Role.Y, rf"{_WHAT}y{_VALUE}|y_?coord(?:inate)?|point_y|坐标y"),
    (Role.PAIR, rf"{_WHAT}(?:坐标|经纬度|位置坐标|坐标位置|coordinates?|lonlat|latlon)"),
    (
        Role.POINT,
        r"(?:拐|角|界址|边界|顶|桩|测|控制)?点(?:编)?(?:号|名|序号?)|拐点|角点|界址点|顶点|"
        r"(?:拐点|角点|界址点|顶点)(?:编号|序号|名称)|桩号|point|point_?(?:no|id|name)?|"
        r"vertex(?:_?(?:no|id|index))?|corner",
    ),
    (Role.RING, r"(?:地块)?圈号|环号|ring(?:_?(?:no|id))?|part(?:_?(?:no|id))?"),
    (Role.RADIUS, r"(?:缓冲|影响|占地)?半径|缓冲(?:距离)?|radius|buffer|radius_m|buffer_m"),
    (
        Role.WIDTH,
        r"(?:管道|道路|线路|作业带|占地|路基|红线|走廊)?(?:宽度|宽)|路宽|带宽|width|width_m",
    ),
    (Role.SHAPE, r"(?:图形|几何|要素)?(?:类型|属性)|记录图形属性|图形|shape|geometry(?:_?type)?"),
    (Role.CRS, r"坐标系统?|坐标参考系统?|crs|epsg|srid"),
    (
        Role.PARCEL,
        r"(?:地块|宗地|图斑|区块|项目|矿区|斑块|用地|海域|宗海|厂区)(?:编号|号|序号|代码|id)|"
        r"site_?(?:id|no)?|parcel(?:_?(?:id|no))?|plot(?:_?(?:id|no))?|polygon(?:_?(?:id|no))?|"
        r"dkbh|xmbh|zdbh|地块|区块|图斑|宗地",
    ),
    (Role.NUMBER, r"序号|编号|号|no\.?|num|number|id|fid|objectid|#"),
)
_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_UNIT = re.compile(r"[(\[](?:单位[:=]?)?(m|米|meters?|metres?|°|度|十进制|十进制度|decimal)[)\]]")
_DECIMAL = re.compile(r"[(\[_]?(?:十进制度?|小数度?|decimal(?:degrees)?|dd)[)\]]?")
_PACKED = re.compile(r"[(\[_]?(?:d{2,3}\.?m{2}\.?s{2,}|度\.分秒|度分秒|dms)[)\]]?")
_AXES = {
    Role.LONGITUDE: Axis.EAST,
    Role.LATITUDE: Axis.NORTH,
    Role.EAST: Axis.EAST,
    Role.NORTH: Axis.NORTH,
}


def read_heading(text: str) -> Heading:
    """Return what a column's heading means."""
    name = re.sub(r"\s", "", plain(text)).lower()
    angle = None
    if _PACKED.search(name):
        angle, name = AngleHint.PACKED, _PACKED.sub("", name)
    elif _DECIMAL.search(name):
        angle, name = AngleHint.DECIMAL, _DECIMAL.sub("", name)
    name = _UNIT.sub("", name).rstrip(":")
    role = next((role for role, pattern in _PATTERNS if pattern.fullmatch(name)), None)
    if role not in (Role.LONGITUDE, Role.LATITUDE, Role.X, Role.Y, Role.PAIR):
        angle = None
    return Heading(role, angle)


def axis_of(role: Role | None) -> Axis | None:
    """Return the direction that a heading names in words; a bare x or y names none."""
    return _AXES.get(role) if role else None
