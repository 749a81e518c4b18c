# SPDX-License-Identifier: GPL-2.0-or-later
"""Access lists as offices hand them over: GBK, line ends in cells, merged cells, odd headers."""

from __future__ import annotations

import sys

import openpyxl
import pytest

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.catalogue import AccessListEntry
from eco_onemap.core.layers.sources import TableRows
from eco_onemap.core.zoning.clause_reading import part_clauses, read_clauses
from eco_onemap.core.zoning.clauses import parse_industry, parse_limit
from eco_onemap.core.zoning.list_header import find_header, likely_header
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.table_rows import read_table_rows

LONG = (
    "层级,管控单元编码,管控维度,条款号,管控要求,限制类型,行业\n"
    '单元,ZH99010110001,空间布局约束,1-1,"禁止新建\n化工项目",禁止,C26\n'
    "市,990100,环境风险防控,3-1,建设应急池,限制,\n"
)
WIDE_HEADER = ["HJGKDYBM", "HJGKDYMC", "空间布局约束\n", "PWWPFGK", "HJFXFK", "ZYKFXLYQ", "REMARK"]
WIDE_ROW = [
    "ZH99010120002",
    "某重点管控单元",
    "1-1 禁止新建化工项目。\n1-2 限制扩建\n高耗能项目。",
    "（1）倍量替代。\n（2）提标改造。",
    "建设应急池。",
    None,
    "备注",
]


def clauses(path, **more):
    entry = AccessListEntry("list", str(path), **more)
    return read_clauses(FileLayers().read_rows(entry), entry)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_file_is_read_in_its_encoding_with_line_ends_in_its_cells(tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes(LONG.encode(encoding))
    first, second = clauses(path)
    assert (first.level.value, first.scope, first.number) == ("unit", "ZH99010110001", "1-1")
    assert first.text == "禁止新建\n化工项目"
    assert first.restrict_type.value == "forbidden"
    assert [(one.section, one.digits) for one in first.industries] == [("C", "26")]
    assert (second.level.value, second.scope, second.industries) == ("city", "990100", ())


def test_lines_are_those_of_the_file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LONG, encoding="utf-8")
    assert read_table_rows(path).lines == (1, 2, 4)  # the second row takes up two lines


def test_a_sheet_with_a_column_a_dimension_is_parted_into_clauses(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某市生态环境准入清单"])  # a title above the header
    sheet.append(WIDE_HEADER)
    sheet.append(WIDE_ROW)
    path = tmp_path / "list.xlsx"
    book.save(path)
    found = clauses(path, level="单元")
    assert [(c.dimension, c.number, c.text) for c in found] == [
        ("空间布局约束", "1-1", "禁止新建化工项目。"),
        ("空间布局约束", "1-2", "限制扩建\n高耗能项目。"),
        ("污染物排放管控", "2-1", "倍量替代。"),
        ("污染物排放管控", "2-2", "提标改造。"),
        ("环境风险防控", "3-1", "建设应急池。"),
    ]
    assert {c.scope for c in found} == {"ZH99010120002"}


def test_merged_cells_hold_their_value_in_every_row(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["单元编码", "维度", "管控要求"],
        ["ZH99010110001", "甲", "一"],
        [None, "乙", "二"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    path = tmp_path / "list.xlsx"
    book.save(path)
    assert [c.scope for c in clauses(path, level="unit")] == ["ZH99010110001"] * 2


def test_the_catalogue_names_a_header_that_no_table_knows(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("代号;说明\nZH99010110001;不得新建\n", encoding="utf-8")
    found = clauses(path, level="unit", fields={"scope_code": "代号", "text": "说明"})
    assert [(c.scope, c.text) for c in found] == [("ZH99010110001", "不得新建")]


def test_a_column_that_the_catalogue_names_goes_before_one_with_a_known_heading(tmp_path):
    path = tmp_path / "list.csv"
    # the draft's text stands first, under a heading that is known
    path.write_text("单元编码,管控要求,定稿\nZH99010110001,草稿,禁止新建\n", encoding="utf-8")
    assert clauses(path)[0].text == "草稿"
    assert clauses(path, fields={"text": "定稿"})[0].text == "禁止新建"
    both = clauses(path, fields={"text": "定稿", "number": "定稿"})[0]
    assert (both.text, both.number) == ("禁止新建", "禁止新建")
    assert clauses(path, fields={"text": "没有"})[0].text == "草稿"


def test_the_likely_header_of_an_unknown_table_is_its_fullest_row(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("某市清单,,\n代号,说明,类\nZH99010110001,禁止新建,\n", encoding="utf-8")
    listed = AccessListEntry("list", str(path))
    rows = FileLayers().read_rows(listed)
    assert find_header(rows, listed) is None
    header = likely_header(rows, listed)
    assert (header.row, header.cells[:2]) == (1, ("代号", "说明"))
    mapped = AccessListEntry("list", str(path), fields={"scope_code": "代号", "text": "说明"})
    assert find_header(rows, mapped).columns == {"scope_code": 0, "text": 1}
    empty = TableRows((), (), str(path), "")
    assert likely_header(empty, listed) is None


def test_a_table_without_codes_is_refused_with_what_was_seen(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(LayerError, match=r"list\.csv.*甲, 乙.*fields"):
        clauses(path)


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path):
    path = tmp_path / "list.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(LayerError, match="no sheet '清单'; it has Sheet"):
        read_table_rows(path, "清单")


def test_without_openpyxl_a_workbook_is_one_sentence_with_its_cure(tmp_path, monkeypatch):
    path = tmp_path / "list.xlsx"
    openpyxl.Workbook().save(path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(LayerError, match=r"openpyxl.*install it .* or save the table as CSV"):
        read_table_rows(path)


def test_a_file_that_is_no_workbook_says_so(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"not a zip")
    with pytest.raises(LayerError, match="cannot be opened as a workbook"):
        read_table_rows(path)


def test_what_a_machine_cannot_read_is_kept_with_its_line(tmp_path):
    path = tmp_path / "list.csv"
    text = "单元编码,管控要求,限值,行业\nZH99010110001,高度不超过十米,height<=10,甲类\n"
    path.write_text(text, encoding="utf-8")
    (clause,) = clauses(path, level="unit")
    assert not clause.is_readable
    assert [note.args["part"] for note in clause.unread] == ["甲类", "height<=10"]
    assert {note.args["line"] for note in clause.unread} == {"2"}


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("1-1 甲\n乙\n1-2 丙", [("1-1", "甲\n乙"), ("1-2", "丙")]),
        ("一、甲\n二、乙", [("4-1", "甲"), ("4-2", "乙")]),
        ("1.甲\n2.乙", [("4-1", "甲"), ("4-2", "乙")]),
        ("甲\n乙", [("4-1", "甲\n乙")]),
        ("", []),
    ],
)
def test_cells_are_parted_at_their_numbers(cell, parts):
    assert part_clauses(cell, 4) == parts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("distance_m@coastline >= 1000", "distance_m@coastline >= 1000"),
        ("area_ha ≤ 5", "area_ha <= 5"),
        ("overlap_m2@nofuel<=0", "overlap_m2@nofuel <= 0"),
        ("distance_m >= 5", None),  # to what?
        ("area_m2@redline < 5", None),
        ("__import__('os')", None),
        ("area_m2 < x", None),
    ],
)
def test_limits_are_read_or_not_at_all(text, said):
    limit = parse_limit(text)
    assert (str(limit) if limit else None) == said


@pytest.mark.parametrize(
    ("listed", "project", "answer"),
    [
        ("C26", "C2614 有机化学原料制造", True),
        ("26", "C2614", True),
        ("C", "C2614", True),
        ("C2614", "C26", None),  # the project is stated too widely to tell
        ("C27", "C2614", False),
        ("A03", "C0313", False),
        ("A0313", "0313 猪的饲养", True),
    ],
)
def test_industries_are_compared_by_class(listed, project, answer):
    assert parse_industry(listed).contains(parse_industry(project)) is answer
