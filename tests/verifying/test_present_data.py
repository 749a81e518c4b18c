# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports against the present data: the same, or different and what changed, by name."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eco_onemap.cli.main import run
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.results import run_record
from eco_onemap.core.results.causes import causes
from eco_onemap.core.results.dossier import digest_of, pack_dossier, unpack_dossier
from eco_onemap.core.table import ResultTable
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sealed_files import read_sealed
from eco_onemap.verifying.present import Present
from eco_onemap.verifying.verification import Verification, verify_report
from tests.outputs.builders import build_assessment
from tests.qgis.world import FIELDS, PLANE, World, make_world, rect
from tests.readers.sources import write_layer


@pytest.fixture(scope="module")
def origin(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("origin"))


@pytest.fixture(scope="module")
def report(origin: World, tmp_path_factory) -> Path:
    """A report on the world as it was, in Chinese as its results."""
    folder = tmp_path_factory.mktemp("report")
    edition = Edition("zh", [ReportFormat.DOCX, ReportFormat.HTML])
    return write_reports(folder / "report", origin.assessment(), edition, NoProgress())[0]


@pytest.fixture
def world(origin: World, tmp_path: Path) -> World:
    """The same world at another place, to be changed."""
    return World(Path(shutil.copytree(origin.folder, tmp_path / "moved")))


def verified(report: Path, world: World, *packs: Path, as_of: date | None = None) -> Verification:
    present = Present(
        read_catalogue(world.catalogue),
        [read_pack(path) for path in packs or [world.rules]],
        FileLayers(),
        None,
        as_of,
    )
    return verify_report(report, lambda dossier: present.check_again(dossier, NoProgress()))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(found: Verification, language: str = "en") -> str:
    return "\n".join(sentence.text(language) for sentence in found.sentences)


def named(found: Verification, language: str = "en") -> list[str]:
    """The causes that are told."""
    heads = {
        "en": ("What changed since:", "The present data give the same result, although:"),
        "zh": ("期间变化：", "用现有数据核查，结果相同，但："),
    }
    text = told(found, language)
    head = next(head for head in heads[language] if head in text)
    return text.split(head)[1].strip("\n").splitlines()


def test_a_catalogue_that_moved_gives_the_same_result(report: Path, world: World) -> None:
    found = verified(report, world)
    assert (found.is_same, found.holds) == (True, True)
    assert told(found).splitlines()[-1] == "The present data give the same result."
    assert told(found, "zh").splitlines()[-1] == "用现有数据核查，结果相同。"


def without_zone(world: World) -> None:
    zones = [(rect(0, 3000, 100, 100), {"code": "z2", "name": "二级区", "level": "2"})]
    (world.folder / "zones.gpkg").unlink()
    write_layer(world.folder / "zones.gpkg", zones, crs=PLANE, fields=FIELDS)


def test_a_changed_feature_is_told_by_its_layer_and_the_verdicts_it_changes(report, world) -> None:
    without_zone(world)
    found = verified(report, world)
    assert (found.is_intact, found.holds, found.is_same) == (True, False, False)
    assert "  site a: prohibited → " in told(found)
    assert named(found) == ['  layer "饮用水水源保护区": other content (version – → –)']
    assert named(found, "zh") == ["  图层“饮用水水源保护区”：内容不同（版本 – → –）"]


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        (
            "title: 学校,",
            "title: 学校, version: 2026 版,",
            'layer "学校": the catalogue says otherwise of version (– → 2026 版)',
        ),
        (
            "source: schools.gpkg,\n     fields: {id: code, name: name}, coverage: complete",
            "source: schools.gpkg,\n     fields: {id: code, name: name}, coverage: extent",
            'layer "学校": the catalogue says otherwise of coverage (complete → extent)',
        ),
        (
            "role: sensitive, title: 学校",
            "role: sensitive, accuracy_m: 5, title: 学校",
            'layer "学校": the catalogue says otherwise of accuracy_m (– → 5.0)',
        ),
        (
            "classes: {1: 低, 2: 高}",
            "classes: {1: 低, 2: 很高}",
            "the catalogue says otherwise of classes (1: 低, 2: 高 → 1: 低, 2: 很高)",
        ),
        ("title: 小图\n", "title: 大图\n", 'another catalogue: "小图" → "大图"'),
        ("planar_crs: EPSG:4548", "planar_crs: EPSG:4549", "planar_crs: EPSG:4548 → EPSG:4549"),
    ],
)
def test_an_edit_of_the_catalogue_is_named(report, world, old: str, new: str, cause: str) -> None:
    edit(world.catalogue, old, new)
    assert any(cause in line for line in named(verified(report, world)))


def test_a_version_alone_changes_no_result_and_is_told(report, world) -> None:
    edit(world.catalogue, "title: 学校,", "title: 学校, version: 2026 版,")
    found = verified(report, world)
    assert found.holds
    assert "The present data give the same result, although:" in told(found)
    assert "用现有数据核查，结果相同，但：" in told(found, "zh")


def test_layers_that_are_gone_or_new_are_named(report, world) -> None:
    text = world.catalogue.read_text(encoding="utf-8")
    school = re.search(r"  - \{id: schools.*?complete\}\n", text, re.DOTALL)[0]
    other = school.replace("schools,", "clinics,").replace("学校", "医院")
    world.catalogue.write_text(text.replace(school, other), encoding="utf-8")
    found = verified(report, world)
    assert not found.holds
    assert 'layer "学校" is gone, or cannot be read now' in told(found)
    assert 'layer "医院" is new, or could not be read before' in told(found)
    assert "图层“学校”已不存在，或现在无法读取" in told(found, "zh")


def test_a_layer_that_cannot_be_read_now_is_named(report, world) -> None:
    (world.folder / "schools.gpkg").write_bytes(b"no database")
    found = verified(report, world)
    assert not found.holds
    assert 'layer "学校" is gone, or cannot be read now' in told(found)


def test_a_changed_rule_and_a_pack_with_another_version_are_named(report, world) -> None:
    edit(world.rules, "verdict: prohibited", "verdict: restricted")
    edit(world.rules, 'version: "1"', 'version: "2"')
    found = verified(report, world)
    assert "  site a: prohibited → restricted" in told(found)
    assert named(found) == ["  rule pack test: 1 → 2; rules changed: T1"]
    assert named(found, "zh") == ["  规则包 test：1 → 2；变化的规则：T1"]


def test_a_pack_that_is_not_given_is_named_with_the_way_to_give_it(report, world) -> None:
    other = world.folder / "other.yaml"
    text = world.rules.read_text(encoding="utf-8")
    other.write_text(text.replace("pack: test", "pack: other").replace("T1", "O1"), "utf-8")
    lines = named(verified(report, world, other))
    gone = "  rule pack test (1) is not used now: give it with the rule packs (--rules)"
    assert lines == [gone, "  rule pack other (1) was not used before"]


def test_another_assessment_date_is_named(report, world) -> None:
    found = verified(report, world, as_of=date(2019, 1, 1))
    assert not found.holds
    assert named(found)[0] == "  the assessment date: 2026-11-23 → 2019-01-01"
    assert named(found, "zh")[0] == "  核查基准日：2026-11-23 → 2019-01-01"


def test_another_version_of_a_library_is_named(report, world, monkeypatch) -> None:
    usual = run_record.versions
    monkeypatch.setattr(run_record, "versions", lambda: usual() | {"geos.version": "9.9"})
    found = verified(report, world)
    assert found.holds
    (cause,) = named(found)
    assert re.fullmatch(r"  geos: version [\d.]+ → 9\.9", cause)


def forged(report: Path, path: Path) -> None:
    """Change a verdict in text and data, and put the number that follows from it on the report."""
    held = read_sealed(report).contents[0]
    dossier = unpack_dossier(held, "")
    verdicts = dossier.assessment.site_verdict
    values = {**verdicts.values, "verdict": verdicts["verdict"].copy()}
    values["verdict"][0] = "clear"
    table = ResultTable(verdicts.name, verdicts.columns, values)
    content = pack_dossier(
        replace(dossier, assessment=replace(dossier.assessment, site_verdict=table))
    )
    assert digest_of(content) != digest_of(held)
    again = replace(unpack_dossier(content, "").assessment)
    (made,) = write_reports(path, again, Edition("zh", [ReportFormat.DOCX]), NoProgress())
    assert read_sealed(made).contents == (content,)


def test_a_forged_report_with_fitting_number_differs_from_the_data_without_a_cause(
    report, world, tmp_path
) -> None:
    forged(report, tmp_path / "forged")
    found = verified(tmp_path / "forged.docx", world)
    assert found.is_intact  # which is why a number must be compared with the one that was told
    assert not found.holds
    (cause,) = named(found)
    assert cause.strip().startswith("nothing that the records tell: then the data inside")
    assert "可能被篡改" in named(found, "zh")[0]


def test_an_access_list_with_other_content_is_named() -> None:
    def recorded(digest: str) -> Any:
        assessment = build_assessment()
        told = {"access_list.one.title": "准入清单", "access_list.one.sha256": digest}
        run = assessment.run
        pairs = {**dict(zip(run["key"], run["value"], strict=True)), **told}
        columns = {"key": list(pairs), "value": list(pairs.values())}
        values = {name: np.array(held, dtype=object) for name, held in columns.items()}
        return replace(assessment, run=ResultTable("run", run.columns, values))

    (cause,) = causes(recorded("aa"), recorded("bb"))
    assert 'layer "准入清单": other content' in cause.text("en")


@pytest.mark.parametrize(
    ("change", "code"),
    [(lambda world: None, 0), (without_zone, 1)],
)
def test_exit_codes_are_0_for_the_same_and_1_for_what_differs(
    report, world, monkeypatch, tmp_path, capsys, change: Callable[[World], None], code: int
) -> None:
    monkeypatch.setenv("ECO_ONEMAP_CACHE", str(tmp_path / "cache"))
    change(world)
    given = ["--catalogue", str(world.catalogue), "--rules", str(world.rules)]
    assert run(["verify", str(report), *given, "--language", "en"]) == code
    assert "The present data give " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--catalogue", "nowhere.yaml"], "nowhere.yaml"),
        (["--catalogue", "{catalogue}", "--rules", "nowhere.yaml"], "nowhere.yaml"),
        (["--catalogue", "{catalogue}", "--as-of", "soon"], "soon"),
    ],
)
def test_exit_code_2_and_one_sentence_for_what_cannot_be_used(
    report, world, capsys, given: list[str], said: str
) -> None:
    words = [word.format(catalogue=world.catalogue) for word in given]
    assert run(["verify", str(report), *words, "--language", "en"]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert (len(told.err.splitlines()), told.out) == (1, "")


def test_exit_code_1_for_an_edited_report_and_another_number(report, tmp_path, capsys) -> None:
    assert run(["verify", str(report), "--number", "00000", "--language", "zh"]) == 1
    assert "这不是编号为 00000 的报告" in capsys.readouterr().out
    page = tmp_path / "report.html"
    text = report.with_suffix(".html").read_text(encoding="utf-8")
    page.write_text(re.sub(r"(\d,\d{3}\.\d)\d", r"\g<1>x", text, count=1), encoding="utf-8")
    assert page.read_text(encoding="utf-8") != text
    assert run(["verify", str(page), "--language", "en"]) == 1


def test_the_report_says_that_it_has_no_maps(report: Path) -> None:
    with zipfile.ZipFile(report) as archive:
        assert "本报告未附图件：图件由 QGIS 绘制" in archive.read("word/document.xml").decode(
            "utf-8"
        )
