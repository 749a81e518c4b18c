# SPDX-License-Identifier: GPL-2.0-or-later
"""Where user and password come from, and that no sentence tells them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from eco_onemap.core.layers.addresses import is_database, is_well_formed, without_credentials
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites
from tests.readers.layer_source_contract import refusal, sentence
from tests.readers.sources import entry

read = FileLayers().read_features


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://planner:secret@db.local:5432/city", "postgresql://db.local:5432/city"),
        ("postgres://planner@db.local/city?sslmode=require", "postgresql://db.local/city"),
        ("postgresql://h/d?user=me&password=se%40cret", "postgresql://h/d"),
        (
            "postgresql:///city?host=/var/run/postgresql",
            "postgresql://%2Fvar%2Frun%2Fpostgresql/city",
        ),
        ("postgresql:///?service=city&password=secret", "postgresql:///?service=city"),
        ("postgresql://u:secret@[::1]:5432/city", "postgresql://[::1]:5432/city"),
        ("postgresql://u:secret@a:1,b:2/city", "postgresql://a:1,b:2/city"),
        ("postgresql://u:secret@h/city (eco.red(geom))", "postgresql://h/city (eco.red(geom))"),
    ],
)
def test_addresses_are_shown_without_credentials(address: str, shown: str) -> None:
    assert without_credentials(address) == shown
    assert without_credentials(shown) == shown
    assert is_well_formed(address) is ("(" not in address)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:sec@ret@h/d",
        "postgresql://u:sec/ret@h/d",
        "postgresql://u:sec?ret@h/d",
        "postgresql://u:sec#ret@h/d",
        "postgresql://u:sec%ret@h/d",
        "postgresql://u:sec:ret@h/d",
        "postgresql://h/d?user=u&password=sec@ret",
        "postgresql://h/d?password=sec%ret",
        "postgresql://h/d?sec ret",
        "postgresql://u:sec ret@h/d",
    ],
)
def test_addresses_that_could_be_cut_at_the_wrong_place_are_refused(address: str) -> None:
    assert is_database(address)
    told = sentence(read, entry(address))
    assert "%40" in told
    assert "sec" not in told
    assert "ret" not in told
    assert "sec" not in without_credentials(address)


def test_password_of_the_environment(squares, monkeypatch) -> None:
    one = entry(squares.address(password=""))
    assert "no password supplied" in sentence(read, one)
    monkeypatch.setenv("PGPASSWORD", squares.server.password)
    assert len(read(one)) == 20


def test_password_of_a_file(squares, monkeypatch, tmp_path: Path) -> None:
    secret = squares.server.password.replace(":", r"\:")
    (tmp_path / "pgpass").write_text(f"127.0.0.1:*:*:planner:{secret}\n", encoding="utf-8")
    (tmp_path / "pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    assert len(read(entry(squares.address(password="")))) == 20


def test_service_of_a_file(squares, monkeypatch, tmp_path: Path) -> None:
    server = squares.server
    (tmp_path / "services").write_text(
        f"[city]\nhost=127.0.0.1\nport={server.port}\ndbname={squares.name}\nuser=planner\n"
        f"password={server.password}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    table = read(entry("postgresql:///?service=city", layer="eco.squares"))
    assert table.source == "postgresql:///?service=city (eco.squares(geom))"
    assert len(table) == 20


def test_wrong_password_is_not_told(squares) -> None:
    error = refusal(read, entry(squares.address(password="hunter2")))
    assert error.message.key == "database.unreachable"
    assert "password authentication failed" in str(error)
    assert "hunter2" not in str(error) + error.details + repr(error.__cause__)


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("postgresql://u:secret@127.0.0.1:1/d", "refused"),
        ("postgresql://u:secret@127.0.0.1:port/d", "port"),
        ("postgresql://u:secret@nowhere.invalid/d", "nowhere.invalid"),
        ("postgresql://u:secret@127.0.0.1:1/d?nonsense=secret", "nonsense"),
    ],
)
def test_unreachable_servers_say_why(address: str, cause: str) -> None:
    told = sentence(read, entry(address))
    assert cause in told
    assert "secret" not in told


def test_missing_database_is_said(squares) -> None:
    missing = squares.server.address("nowhere", "planner")
    assert 'database "nowhere" does not exist' in sentence(read, entry(missing))


def test_missing_driver_is_one_sentence(squares, monkeypatch) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] == "psycopg2" or name.startswith("eco_onemap.readers.postgis"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    told = sentence(read, squares.entry())
    assert "pip install psycopg2-binary" in told
    with pytest.raises(Exception, match="psycopg2"):
        read_sites(squares.address())


def test_rasters_and_regions_are_no_tables() -> None:
    source = "postgresql://user:secret@host/db"
    layers = FileLayers()
    assert not layers.is_raster(entry(source))
    for told in (
        sentence(layers.open_raster, entry(source)),
        sentence(layers.read_polygons, source),
    ):
        assert "postgresql://host/db" in told
        assert "secret" not in told
