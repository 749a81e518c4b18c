# SPDX-License-Identifier: GPL-2.0-or-later
"""Files brought into a database by GDAL, so that our reading meets a writing that is not ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from osgeo import gdal
from postgis_server import Server

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.sources import LayerSource, RasterSource
from eco_onemap.core.table import FeatureTable
from tests.readers.layer_source_contract import sentence
from tests.readers.sources import ROWS, entry, write_layer


def new_database(server: Server) -> str:
    """Return the name of a new, empty database with PostGIS."""
    name = f"db_{uuid4().hex[:12]}"
    server.create_database(name)
    return name


def load(server: Server, database: str, path: Path, encoding: str = "", **options) -> None:
    """Copy all layers of a vector file into tables of the same names."""
    opened = [f"ENCODING={encoding}"] if encoding else []
    source = gdal.OpenEx(str(path), gdal.OF_VECTOR, open_options=opened)
    target = (
        f"PG:host=127.0.0.1 port={server.port} dbname={database} user=owner"
        f" password={server.password}"
    )
    creating = ["LAUNDER=NO", "FID=fid", "GEOMETRY_NAME=geom"]
    done = gdal.VectorTranslate(
        target, source, format="PostgreSQL", layerCreationOptions=creating, **options
    )
    assert done is not None, gdal.GetLastErrorMsg()
    done.FlushCache()


def is_vector_file(path: str) -> bool:
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        return gdal.OpenEx(path, gdal.OF_VECTOR) is not None
    except RuntimeError:  # where something in this process made GDAL raise
        return False
    finally:
        gdal.PopErrorHandler()


class ThroughDatabase:
    """A LayerSource that first brings an entry's file into a database and reads it from there.

    What is no file of features goes to *layers* as it is. Errors name the file again, so that the
    contract's tests can look for it.
    """

    def __init__(self, layers: LayerSource, server: Server) -> None:
        self._layers, self._server = layers, server

    def is_raster(self, entry: LayerEntry) -> bool:
        return self._layers.is_raster(entry)

    def fingerprint(self, entry: LayerEntry) -> str:
        return self._layers.fingerprint(self._moved(entry))

    def read_features(self, entry: LayerEntry) -> FeatureTable:
        if not is_vector_file(entry.source):
            return self._layers.read_features(entry)
        try:
            table = self._layers.read_features(self._moved(entry))
        except LayerError as error:
            assert error.message.args["path"].startswith("postgresql://127.0.0.1:")
            args = error.message.args | {"path": entry.source}
            raise LayerError(error.message.key, **args) from None
        return replace(table, source=entry.source)

    def open_raster(self, entry: LayerEntry) -> RasterSource:
        return self._layers.open_raster(entry)

    def read_polygons(self, path: str) -> FeatureTable:
        return self._layers.read_polygons(path)

    def _moved(self, entry: LayerEntry) -> LayerEntry:
        database = new_database(self._server)
        load(self._server, database, Path(entry.source), entry.encoding)
        return replace(entry, source=self._server.address(database, "planner"))


class OwnWay:
    """Cases of the contract where a database answers otherwise than a file."""

    def test_geojson_that_names_no_crs_takes_the_entry_s(self, layers, tmp_path: Path) -> None:
        # a column of geometries states its SRID or none; nothing is assumed
        path = tmp_path / "plain.geojson"
        path.write_text('{"type": "Point", "coordinates": [118, 24]}', encoding="utf-8")
        assert layers.read_features(entry(path, crs="EPSG:4490")).crs == "EPSG:4326"

    def test_layers_are_told_apart(self, layers: LayerSource, tmp_path: Path) -> None:
        # tables are listed by name, with their schema
        path = write_layer(tmp_path / "two.gpkg", ROWS[:1], layer="red")
        write_layer(path, ROWS[:2], layer="blue")
        assert len(layers.read_features(entry(path, layer="blue"))) == 2
        assert len(layers.read_features(entry(path, layer="public.red"))) == 1
        assert "public.blue, public.red" in sentence(layers.read_features, entry(path))
        told = sentence(layers.read_features, entry(path, layer="green"))
        assert "green" in told
        assert "public.blue, public.red" in told
