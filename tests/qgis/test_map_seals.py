# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of maps that verify themselves: as they were made, edited, forged, and on changed data."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdf
import pytest
from qgis.core import QgsLayoutFrame, QgsPrintLayout

from eco_onemap.cli.main import run as run_cli
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.results.dossier import digest_of, unpack_dossier
from eco_onemap.core.results.sheet_texts import SheetTexts, unpack_sheets
from eco_onemap.layout import sheet_pages
from eco_onemap.layout.order import MapFormat, MapOrder
from eco_onemap.layout.page_texts import page_texts
from eco_onemap.layout.series import export_series
from eco_onemap.layout.subjects import RISK, subject_named
from eco_onemap.outputs.report.blocks import Seal
from eco_onemap.readers.sealed_pages import read_sealed_pages
from eco_onemap.readers.sheet_changes import find_sheet_changes
from tests.qgis.pdf_files import page_texts as texts_of_pages
from tests.qgis.world import World, make_world

WANTED = (subject_named("water"), RISK)
ATLAS = MapOrder("zh", WANTED, format=MapFormat.GEOPDF, in_one_file=True)
OVERLAP, EDITED = "0.4999", "0.3999"  # hectares of zone I on site a


@pytest.fixture(scope="module")
def world(tmp_path_factory, qgis_app) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def atlas(world, tmp_path_factory) -> Path:
    return drawn(world, tmp_path_factory.mktemp("maps"))


def drawn(world: World, folder: Path, order: MapOrder = ATLAS) -> Path:
    export_series(world.assessment(), order, folder, NoProgress())
    return folder / "maps.pdf"


def verified(path: Path, capsys, *more: object) -> tuple[int, list[str]]:
    status = run_cli([*map(str, ("verify", path, *more)), "--language", "en"])
    return status, capsys.readouterr().out.splitlines()


def with_data(world: World) -> tuple[object, ...]:
    return "--catalogue", world.catalogue, "--rules", world.rules, "--no-cache"


def test_the_number_of_what_is_inside_stands_on_every_sheet(atlas):
    held = read_sealed_pages(atlas)
    number = Seal(held.contents[0], digest_of(held.contents[0])).number
    assert len(held.pages) == 4
    assert all(f"校验编号{number}" in page for page in texts_of_pages(atlas))
    names = {one.name for one in pypdf.PdfReader(atlas).attachment_list}
    assert names == {"eco-onemap.dossier", "eco-onemap.sheets"}


def test_sites_options_rules_and_results_travel_inside(world, atlas):
    inside = unpack_dossier(read_sealed_pages(atlas).contents[0], "").assessment
    whole = world.assessment()
    assert inside.sites.ids.tolist() == ["a", "b"]  # c has no map
    assert inside.options.as_of == whole.options.as_of
    assert [pack.name for pack in inside.packs] == ["test"]
    assert inside.finding["message"].tolist() == whole.finding["message"].tolist()
    assert str(world.folder) not in repr(inside)


def test_maps_hold_with_the_data_that_they_were_made_of(world, atlas, capsys):
    status, told = verified(atlas, capsys, *with_data(world))
    assert told[0].startswith("Maps ")
    assert told[0].endswith("assessment date 2026-11-23, sites: 2.")
    assert told[1:] == [
        "Its text is as it was made.",
        "The present data give the same result.",
    ]
    assert status == 0


def test_a_file_of_one_site_holds_with_that_site_alone(world, tmp_path, capsys):
    export_series(world.assessment(), MapOrder("zh", WANTED), tmp_path, NoProgress())
    status, told = verified(tmp_path / "a.pdf", capsys, *with_data(world))
    assert (status, told[0][-9:], told[2]) == (
        *(0, "sites: 1."),
        "The present data give the same result.",
    )


def retyped(layout: QgsPrintLayout) -> None:
    """Change a digit in the table of a layout, as who edits a PDF changes one on its page."""
    for item in layout.items():
        if isinstance(item, QgsLayoutFrame):
            table = item.multiFrame()
            rows = table.tableContents()
            for row in rows:
                for cell in row:
                    if OVERLAP in str(cell.content()):
                        cell.setContent(str(cell.content()).replace(OVERLAP, EDITED))
            table.setTableContents(rows)


def test_an_edited_digit_is_found(world, tmp_path, monkeypatch, capsys):
    def then_edited(layout):
        told = page_texts(layout)
        if any(OVERLAP in text for _, text in told):
            retyped(layout)
        return told

    monkeypatch.setattr(sheet_pages, "page_texts", then_edited)
    path = drawn(world, tmp_path)
    assert any("0.3999公顷" in page for page in texts_of_pages(path))
    status, told = verified(path, capsys)
    assert status == 1
    changes = [line for line in told if "stands where" in line]
    assert len(changes) == 2  # on the theme's sheet and on that of all layers
    assert all("0.3999" in line.split("stands where")[0] for line in changes)
    assert all("0.4999" in line.split("stands where")[1] for line in changes)
    assert "1. a " in changes[0]


def test_texts_that_were_changed_inside_as_well_are_not_those_of_the_data(
    world, tmp_path, monkeypatch, capsys
):
    def edited_first(layout):
        retyped(layout)
        return page_texts(layout)

    monkeypatch.setattr(sheet_pages, "page_texts", edited_first)
    status, told = verified(drawn(world, tmp_path), capsys)
    assert status == 1
    unlike = [line for line in told if "was put in" in line]
    assert len(unlike) == 2
    assert all("0.3999" in line for line in unlike)


def test_data_of_another_check_are_no_seal(world, atlas, tmp_path, capsys):
    (tmp_path / "other").mkdir()
    other = make_world(tmp_path / "other")
    text = other.catalogue.read_text(encoding="utf-8").replace("小图", "大图")
    other.catalogue.write_text(text, encoding="utf-8")
    (tmp_path / "maps").mkdir()
    content = read_sealed_pages(drawn(other, tmp_path / "maps")).contents[0]
    writer = pypdf.PdfWriter(clone_from=atlas)
    next(
        one for one in writer.attachment_list if one.name == "eco-onemap.dossier"
    ).content = content
    writer.write(tmp_path / "forged.pdf")
    status, told = verified(tmp_path / "forged.pdf", capsys)
    assert (status, told[1]) == (
        1,
        "The data inside do not match the number on the report: it was put together from two.",
    )


def test_what_changed_since_is_named(world, atlas, tmp_path, capsys):
    other = World(tmp_path / "changed")
    shutil.copytree(world.folder, other.folder)
    schools = (other.folder / "schools.gpkg").read_bytes()
    (other.folder / "schools.gpkg").write_bytes(schools + b"\0")  # another file of the same places
    told = verified(atlas, capsys, *with_data(other))[1]
    assert told[2] == "The present data give the same result, although:"
    assert "学校" in told[3]
    rules = other.rules.read_text(encoding="utf-8").replace("prohibited", "restricted")
    other.rules.write_text(rules, encoding="utf-8")
    status, told = verified(atlas, capsys, *with_data(other))
    assert status == 1
    assert told[2] == "The present data give another result:"
    assert "a: prohibited → restricted" in "\n".join(told)
    assert any("test" in line and "T1" in line for line in told)


def test_maps_without_data_say_that_they_cannot_be_verified(world, tmp_path, capsys):
    order = MapOrder("zh", WANTED, is_sealed=False, in_one_file=True)
    path = drawn(world, tmp_path, order)
    assert pypdf.PdfReader(path).attachments == {}
    assert not any("校验编号" in page for page in texts_of_pages(path))
    assert run_cli(["verify", str(path), "--language", "en"]) == 2
    assert "holds nothing to verify it by" in capsys.readouterr().err


def test_texts_inside_are_all_that_the_house_writes_on_a_sheet(atlas):
    held = read_sealed_pages(atlas)
    sheets = unpack_sheets(held.sheets, "")
    assert [(one.site_id, one.sheet) for one in sheets] == [
        *(("a", "water"), ("a", "risk"), ("b", "water"), ("b", "risk")),
    ]
    names = {name for name, _ in sheets[0].texts}
    assert {"title", "verdict_word", "table", "legend", "scale", "sources", "notes"} <= names
    assert {"map", "crs_note", "imprint_0", "locator_caption"} & names >= {"map", "crs_note"}
    numbers = re.findall(r"\d", "".join(text for _, text in sheets[0].texts))
    assert len(numbers) > 50


def test_each_text_is_looked_for_once_the_longest_first():
    sheet = SheetTexts("a", "risk", "t", (("table", "500 m"), ("map", "500 m"), ("x", "at 500 m")))
    assert find_sheet_changes(["500m at 500m 500m"], [sheet]) == []
    (change,) = find_sheet_changes(["500m at 500m 600m"], [sheet])
    assert (change.expected, change.found) == ("500 m", "600m")
    (change,) = find_sheet_changes(["500m at 600m 500m"], [sheet])
    assert (change.expected, change.found) == ("at 500 m", "at600m")
    # 一级 is not taken from 一级区, which stands there first
    names = SheetTexts("a", "risk", "t", (("legend", "保护区 一级"), ("table", "一级区")))
    assert find_sheet_changes(["保护区 一级区\n保护区 一级"], [names]) == []
    (gone,) = find_sheet_changes([], [sheet])
    assert gone.found == ""
