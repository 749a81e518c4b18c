# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers from PostGIS: the contract, and what only a database can meet."""

from __future__ import annotations

import numpy as np
import psycopg2
import pytest
import shapely

from eco_onemap.core.geometry.crs import transformer
from eco_onemap.core.layers.sources import LayerSource
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.postgis import connection
from tests.readers.layer_source_contract import LayerSourceContract, refusal, sentence

from .loading import OwnWay, ThroughDatabase

read = FileLayers().read_features


class TestPostgisLayers(OwnWay, LayerSourceContract):
    @pytest.fixture
    def layers(self, postgis) -> LayerSource:
        return ThroughDatabase(FileLayers(), postgis)


@pytest.mark.parametrize(
    "layer", ["eco.squares", "squares", "eco.squares(geom)", "squares(geom)", ""]
)
def test_a_table_is_named_in_several_ways(squares, layer: str) -> None:
    squares.run("CREATE TABLE eco.plain (a int)")  # no geometry: not in the way
    table = read(squares.entry(layer))
    assert table.feature_ids.tolist() == [str(number) for number in range(1, 21)]
    assert table.columns["名称"][3] == "square 3"
    assert table.geometries[3].bounds == pytest.approx((116.3, 24, 116.35, 24.05))
    assert table.crs == "EPSG:4490"
    assert table.source.endswith(f"/{squares.name} (eco.squares(geom))")


def test_the_schema_on_the_path_comes_first(squares) -> None:
    squares.run("CREATE TABLE public.squares AS SELECT * FROM eco.squares WHERE gid < 3")
    assert len(read(squares.entry("squares"))) == 2
    assert len(read(squares.entry("eco.squares"))) == 20
    assert "eco.squares, public.squares" in sentence(read, squares.entry())


def test_one_of_two_columns_of_geometries_must_be_chosen(squares) -> None:
    squares.run(
        "ALTER TABLE eco.squares ADD middle geometry(Point, 4547)",
        "UPDATE eco.squares SET middle = ST_SetSRID(ST_MakePoint(500000, 2700000), 4547)",
    )
    told = sentence(read, squares.entry("eco.squares"))
    assert "eco.squares(geom), eco.squares(middle)" in told
    table = read(squares.entry("eco.squares(middle)"))
    assert (table.crs, table.geometries[0].wkt) == ("EPSG:4547", "POINT (500000 2700000)")
    assert set(table.columns) == {"gid", "名称", "kind"}


def test_views_and_tables_without_key_have_numbers_in_a_fixed_order(squares) -> None:
    squares.run(
        "CREATE VIEW eco.red AS SELECT * FROM eco.squares WHERE kind = 1",
        "CREATE TABLE eco.copy AS SELECT * FROM eco.squares WHERE kind = 1 ORDER BY gid DESC",
    )
    view, copy = read(squares.entry("eco.red")), read(squares.entry("eco.copy"))
    assert view.feature_ids.tolist() == [str(number) for number in range(1, len(view) + 1)]
    assert view.columns["gid"].tolist() == copy.columns["gid"].tolist()
    assert view.fingerprint == copy.fingerprint


def test_keys_of_several_columns_and_of_text(database) -> None:
    database.run(
        "CREATE TABLE eco.zones (county text, number int, geom geometry(Point, 4490),"
        " PRIMARY KEY (county, number))",
        "INSERT INTO eco.zones VALUES ('A', 10, ST_Point(118, 24, 4490))",
        "INSERT INTO eco.zones VALUES ('A', 9, ST_Point(118, 24, 4490))",
    )
    assert read(database.entry()).feature_ids.tolist() == ["A/9", "A/10"]


def test_types_become_what_files_give(database) -> None:
    database.run(
        "CREATE TABLE eco.all (id int PRIMARY KEY, yes boolean, share numeric(6, 3), real real,"
        " day date, moment timestamp, zoned timestamptz, list text[], notes jsonb, code uuid,"
        " blob bytea, big bigint, shape geography(Point))",
        "INSERT INTO eco.all VALUES (1, true, 0.125, 0.5, '2024-06-30', '2024-06-30 12:30:00',"
        " '2024-06-30 12:30:00+08', '{a,b}', '{\"k\": 1}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',"
        " '\\x00ff', 5000000000, 'POINT(118 24)')",
        "INSERT INTO eco.all (id) VALUES (2)",
    )
    table = read(database.entry())
    first = {name: values.tolist()[0] for name, values in table.columns.items()}
    assert first == {
        "id": 1,
        "yes": 1,
        "share": 0.125,
        "real": 0.5,
        "day": "2024-06-30",
        "moment": "2024-06-30T12:30:00",
        "zoned": "2024-06-30T04:30:00+00:00",
        "list": "{a,b}",
        "notes": '{"k": 1}',
        "code": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "blob": b"\x00\xff",
        "big": 5_000_000_000,
    }
    assert [values.tolist()[1] for values in table.columns.values()][2:] == pytest.approx(
        [np.nan, np.nan, *[None] * 8], nan_ok=True
    )
    assert table.crs == "EPSG:4326"
    assert table.geometries.tolist() == [shapely.Point(118, 24), None]


def test_crs_comes_from_the_rows_where_the_column_has_none(database) -> None:
    database.run(
        "CREATE TABLE eco.free (id int PRIMARY KEY, geom geometry)",
        "INSERT INTO eco.free VALUES (1, ST_Point(118, 24, 4490)), (2, NULL)",
    )
    assert read(database.entry()).crs == "EPSG:4490"
    database.run("INSERT INTO eco.free VALUES (3, ST_Point(500000, 2700000, 4547))")
    assert "4490, 4547" in sentence(read, database.entry())
    assert read(database.entry(where="ST_SRID(geom) = 4547")).crs == "EPSG:4547"
    database.run("UPDATE eco.free SET geom = ST_SetSRID(geom, 0)")
    assert "crs:" in sentence(read, database.entry())
    assert read(database.entry(crs="EPSG:4527")).crs == "EPSG:4527"


def test_crs_of_an_own_srid_is_read_from_its_wkt(database) -> None:
    database.run(
        "INSERT INTO spatial_ref_sys SELECT 990001, 'CITY', 1, srtext, proj4text"
        " FROM spatial_ref_sys WHERE srid = 4548",
        "CREATE TABLE eco.local (geom geometry(Point, 990001))",
        "INSERT INTO eco.local VALUES (ST_Point(500000, 2700000, 990001))",
    )
    own = transformer(read(database.entry()).crs, "EPSG:4490")
    known = transformer("EPSG:4548", "EPSG:4490")
    assert own.transform(5e5, 27e5) == pytest.approx(known.transform(5e5, 27e5), abs=1e-11)


@pytest.mark.parametrize(
    "where",
    [
        "true) ; DROP TABLE eco.squares; --",
        "kind = 1; DELETE FROM eco.squares",
        "setval('eco.squares_gid_seq', 99) > 0",
        "eco.drop_all() > 0",
    ],
)
def test_a_filter_changes_nothing(squares, where: str) -> None:
    squares.run(
        "CREATE FUNCTION eco.drop_all() RETURNS int SECURITY DEFINER LANGUAGE plpgsql AS"
        " 'BEGIN DELETE FROM eco.squares; RETURN 1; END'",
        "GRANT USAGE ON SCHEMA eco TO planner",
        "GRANT ALL ON SEQUENCE eco.squares_gid_seq TO planner",
    )
    sentence(read, squares.entry("eco.squares", where=where))
    assert len(read(squares.entry("eco.squares"))) == 20


def test_a_filter_may_end_in_a_comment(squares) -> None:
    assert len(read(squares.entry(where="kind = 1 -- the red ones"))) == 7


def test_fingerprint_follows_every_change(squares) -> None:
    layers, one = FileLayers(), squares.entry("eco.squares")
    prints = [layers.fingerprint(one)]
    assert prints[0] == read(one).fingerprint
    for change in (
        "UPDATE eco.squares SET geom = ST_Translate(geom, 1e-9, 0) WHERE gid = 7",
        "UPDATE eco.squares SET kind = NULL WHERE gid = 7",
        "UPDATE eco.squares SET \"名称\" = 'square 8' WHERE gid = 8",  # two names change places
        "DELETE FROM eco.squares WHERE gid = 9",
        "INSERT INTO eco.squares (gid) VALUES (99)",
        "ALTER TABLE eco.squares RENAME kind TO class",
        "ALTER TABLE eco.squares ALTER geom TYPE geometry(Polygon, 4326)"
        " USING ST_SetSRID(geom, 4326)",
    ):
        squares.run(change)
        prints.append(layers.fingerprint(one))
    assert len(set(prints)) == len(prints)
    squares.run("UPDATE eco.squares SET gid = gid", "VACUUM FULL eco.squares")  # moves all rows
    assert layers.fingerprint(one) == prints[-1]


def test_fingerprint_is_of_the_rows_that_are_asked_for(squares) -> None:
    layers, some = FileLayers(), squares.entry("eco.squares", where="kind = 1")
    before = layers.fingerprint(some)
    squares.run("DELETE FROM eco.squares WHERE kind = 2")
    assert layers.fingerprint(some) == before
    squares.run("DELETE FROM eco.squares WHERE gid = 2")
    assert layers.fingerprint(some) != before


def test_rows_come_in_chunks_through_a_cursor_on_the_server(squares, monkeypatch) -> None:
    whole = read(squares.entry())
    monkeypatch.setattr(connection, "CHUNK_ROWS", 3)
    sizes, fetch = [], connection.Database.chunks

    def watched(self, query):
        for rows in fetch(self, query):
            (cursors,) = self.rows("SELECT count(*) FROM pg_cursors WHERE name = 'eco_onemap'")
            sizes.append((len(rows), *cursors))
            yield rows

    monkeypatch.setattr(connection.Database, "chunks", watched)
    table = read(squares.entry())
    assert sizes == [(3, 1)] * 6 + [(2, 1)]
    assert shapely.equals_identical(table.geometries, whole.geometries).all()
    assert table.feature_ids.tolist() == whole.feature_ids.tolist()


def test_fingerprint_and_features_are_of_one_moment(squares, monkeypatch) -> None:
    fetch = connection.Database.chunks

    def late(self, query):
        squares.run("DELETE FROM eco.squares WHERE gid = 1")
        yield from fetch(self, query)

    before = FileLayers().fingerprint(squares.entry())
    monkeypatch.setattr(connection.Database, "chunks", late)
    table = read(squares.entry())
    assert (len(table), table.fingerprint) == (20, before)


def test_a_surface_that_geos_does_not_know_is_refused(database) -> None:
    database.run(
        "CREATE TABLE eco.roofs (geom geometry(GeometryZ, 4490))",
        "INSERT INTO eco.roofs VALUES ('SRID=4490;TIN Z (((0 0 0, 0 0 1, 0 1 0, 0 0 0)))')",
    )
    assert refusal(read, database.entry()).message.key == "database.geometry"


def test_postgis_may_stand_in_a_schema_of_its_own(database) -> None:
    database.run(
        "DROP EXTENSION postgis",
        "CREATE SCHEMA gis",
        "CREATE EXTENSION postgis SCHEMA gis",
        "CREATE TABLE eco.places (id int PRIMARY KEY, geom gis.geometry(Point, 4490))",
        "INSERT INTO eco.places VALUES (1, gis.ST_Point(118, 24, 4490))",
    )
    one = database.entry(bounds=(117.0, 23.0, 119.0, 25.0))
    assert read(one).geometries[0].wkt == "POINT (118 24)"
    database.run("DROP EXTENSION postgis CASCADE")
    assert refusal(read, one).message.key == "database.no_postgis"


def test_a_table_that_must_not_be_read_says_so(squares) -> None:
    squares.run("REVOKE pg_read_all_data FROM planner")
    try:
        for where in ("", "kind = 1"):
            told = sentence(read, squares.entry("eco.squares", where=where))
            assert "permission denied" in told
    finally:
        squares.run("GRANT pg_read_all_data TO planner")


def test_reading_holds_no_connection(squares) -> None:
    read(squares.entry())
    with psycopg2.connect(squares.address("owner")) as own, own.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = 'planner'")
        assert cursor.fetchone() == (0,)
    own.close()
