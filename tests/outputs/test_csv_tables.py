# SPDX-License-Identifier: GPL-2.0-or-later
"""CSV tables as a spreadsheet and a program read them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from eco_onemap.core import schema
from eco_onemap.core.errors import OutputError
from eco_onemap.core.table import Column, ColumnType
from eco_onemap.outputs.csv_tables import write_csv_tables

from .builders import build_assessment, table


def written(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_writes_every_table_without_geometry(tmp_path: Path) -> None:
    tables = build_assessment().in_language("zh").tables
    write_csv_tables(tmp_path / "csv", tables)
    names = {path.name for path in (tmp_path / "csv").iterdir()}
    assert names == {f"{t.name}.csv" for t in tables}
    for one in tables:
        rows = written(tmp_path / "csv", one.name)
        assert len(rows) == len(one)
        assert list(rows[0]) == [column.name for column in one.columns]


def test_is_utf8_with_bom_and_windows_line_ends(tmp_path: Path) -> None:
    columns = (Column("name", ColumnType.TEXT), Column("hits", ColumnType.INTEGER))
    rows = [{"name": '东港"化工",码头', "hits": 3}, {"name": "two\nlines", "hits": 0}]
    write_csv_tables(tmp_path, [table("t", columns, rows)])
    assert (tmp_path / "t.csv").read_bytes() == (
        b"\xef\xbb\xbfname,hits\r\n" + '"东港""化工"",码头",3\r\n'.encode() + b'"two\nlines",0\r\n'
    )


def test_numbers_are_plain_and_missing_ones_empty(tmp_path: Path) -> None:
    rows = [
        {"overlap_area_m2": 1234567.123456, "overlap_pct_site": 3.4e-5, "bearing_deg": 0.1234567},
        {"overlap_area_m2": 1e-5, "overlap_pct_site": 100.0, "bearing_deg": float("nan")},
    ]
    write_csv_tables(tmp_path, [table("hit", schema.HIT, rows)])
    first, second = written(tmp_path, "hit")
    assert first["overlap_area_m2"] == "1234567.1235"
    assert first["overlap_pct_site"] == "0.000034"
    assert first["bearing_deg"] == "0.123457"
    assert second["overlap_area_m2"] == "0"
    assert second["overlap_pct_site"] == "100"
    assert second["bearing_deg"] == ""


def test_a_count_that_could_not_be_made_is_empty(tmp_path: Path) -> None:
    columns = (Column("hits", ColumnType.INTEGER), Column("done", ColumnType.BOOLEAN))
    rows = [{"hits": -1, "done": True}, {"hits": 0}]
    write_csv_tables(tmp_path, [table("t", columns, rows)])
    assert [list(row.values()) for row in written(tmp_path, "t")] == [["", "1"], ["0", "0"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_is_never_run_as_a_formula(tmp_path: Path, start: str) -> None:
    name = f'{start}HYPERLINK("http://example.org")'
    write_csv_tables(tmp_path, [table("t", (Column("name", ColumnType.TEXT),), [{"name": name}])])
    assert written(tmp_path, "t")[0]["name"] == f"'{name}"


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    columns = (Column("raster_min", ColumnType.REAL),)
    write_csv_tables(tmp_path, [table("t", columns, [{"raster_min": -2.5}])])
    assert written(tmp_path, "t")[0]["raster_min"] == "-2.5"


def test_nothing_is_replaced_unless_all_can_be_written(tmp_path: Path) -> None:
    columns = (Column("name", ColumnType.TEXT),)
    write_csv_tables(tmp_path, [table("first", columns, [{"name": "old"}])])
    (tmp_path / "second.csv").mkdir()  # cannot be replaced by a file
    both = [table(name, columns, [{"name": "new"}]) for name in ("first", "second")]
    with pytest.raises(OutputError):
        write_csv_tables(tmp_path, both)
    assert written(tmp_path, "first")[0]["name"] == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"first.csv", "second.csv"}


def test_missing_parent_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as raised:
        write_csv_tables(tmp_path / "a" / "b", [])
    assert raised.value.message.key == "output.folder_missing"


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "csv").write_text("a file")
    with pytest.raises(OutputError) as raised:
        write_csv_tables(tmp_path / "csv", [])
    assert raised.value.message.key == "output.unwritable"
