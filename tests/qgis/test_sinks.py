# SPDX-License-Identifier: GPL-2.0-or-later
"""Result tables as QGIS features: types, missing values, and geometries of several kinds."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import NULL, Qgis, QgsFeatureSink, QgsVectorLayer, QgsWkbTypes

from eco_onemap.core.errors import OutputError
from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.qgis_bridge.sinks import build_fields, sink_type, write_sink

COLUMNS = (
    Column("text", ColumnType.TEXT),
    Column("real", ColumnType.REAL),
    Column("count", ColumnType.INTEGER),
    Column("flag", ColumnType.BOOLEAN),
)


def table(*wkts: str | None) -> ResultTable:
    """Return a table with a row per geometry; every second row lacks all values."""
    count = len(wkts)
    absent = np.arange(count) % 2 == 1
    values = {
        "text": np.where(absent, "", "红线").astype(object),
        "real": np.where(absent, np.nan, 0.1),
        "count": np.where(absent, -1, 2**40),
        "flag": ~absent,
    }
    geometries = np.array([wkt and shapely.from_wkt(wkt) for wkt in wkts], dtype=object)
    return ResultTable("hit", COLUMNS, values, geometries)


def written(rows: ResultTable) -> tuple[QgsVectorLayer, int]:
    """Return a layer in memory with the table's rows, and how many lost their geometry."""
    kind = sink_type(rows)
    layer = QgsVectorLayer(QgsWkbTypes.displayString(kind), "memory", "memory")
    layer.dataProvider().addAttributes(list(build_fields(rows.columns)))
    layer.updateFields()
    return layer, write_sink(rows, layer.dataProvider(), kind)


def shapes(layer: QgsVectorLayer) -> list[str]:
    return [feature.geometry().asWkt(0) for feature in layer.getFeatures()]


def test_values_keep_their_types_and_absent_ones_are_null() -> None:
    layer, _ = written(table("POINT (1 2)", "POINT (1 2)"))
    present, absent = (feature.attributes() for feature in layer.getFeatures())
    assert present == ["红线", 0.1, 2**40, True]
    assert absent == [NULL, NULL, NULL, False]


def test_parts_of_the_widest_kind_are_kept() -> None:
    square = "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"
    rows = table(
        square,
        # a polygon and a line inside nested collections: the polygon is kept
        f"GEOMETRYCOLLECTION (GEOMETRYCOLLECTION ({square}), LINESTRING (5 5, 6 6))",
        "LINESTRING (0 0, 1 1)",  # no polygon: the row stays without geometry and is counted
        None,  # had no geometry: not counted
        "POLYGON EMPTY",
    )
    layer, lost = written(rows)
    assert sink_type(rows) == Qgis.WkbType.MultiPolygon
    whole = "MultiPolygon (((0 0, 1 0, 1 1, 0 1, 0 0)))"
    assert shapes(layer) == [whole, whole, "", "", ""]
    assert lost == 1


@pytest.mark.parametrize(
    ("wkts", "kind"),
    [
        (("POINT (1 2)", None), Qgis.WkbType.MultiPoint),
        (("POINT (1 2)", "LINESTRING (0 0, 1 1)"), Qgis.WkbType.MultiLineString),
        ((None, None), Qgis.WkbType.MultiPolygon),
        ((), Qgis.WkbType.MultiPolygon),
    ],
)
def test_type_follows_the_geometries(wkts, kind) -> None:
    assert sink_type(table(*wkts)) == kind
    assert written(table(*wkts))[0].featureCount() == len(wkts)


def test_plain_table_has_no_geometry() -> None:
    rows = table("POINT (1 2)")
    plain = ResultTable("run", rows.columns, rows.values)
    layer, lost = written(plain)
    assert (layer.wkbType(), lost) == (Qgis.WkbType.NoGeometry, 0)
    assert layer.featureCount() == 1


class FullDisk(QgsFeatureSink):
    """A sink that takes nothing."""

    def addFeatures(self, features, flags=None) -> bool:
        return False

    def lastError(self) -> str:
        return "disk full"


def test_a_sink_that_refuses_is_told() -> None:
    rows = table("POINT (1 2)")
    with pytest.raises(OutputError) as caught:
        write_sink(rows, FullDisk(), sink_type(rows))
    for language in ("en", "zh"):
        assert "hit" in caught.value.message.text(language)
        assert "disk full" in caught.value.message.text(language)
