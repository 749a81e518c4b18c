# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules, explanations and overrides on the command line: files in, words and files out."""

from __future__ import annotations

import html.parser
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
import yaml

from eco_onemap.paths import resource, sample

pytestmark = pytest.mark.slow

NATIONAL, CITY = resource("rules", "cn-national.yaml"), sample("rules-haiwan.yaml")
SITES, CATALOGUE = sample("sites.gpkg"), sample("onemap.yaml")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def results(run, tmp_path, kept):
    """Results of the sample city under both packs; what is asked for again is copied."""

    def check(*more, language="en"):
        out = tmp_path / "results.gpkg"
        once = out if more else kept / f"{language}.gpkg"
        if more or not once.exists():
            done = run(
                *("check", "--sites", SITES, "--catalogue", CATALOGUE, "--as-of", "2026-11-23"),
                *("--rules", NATIONAL, CITY, "--out", once, *more),
                language=language,
            )
            assert done.returncode == 1, done.stderr  # two sites of the sample have no geometry
        return out if more else Path(shutil.copyfile(once, out))

    return check


def query(path, sql):
    with sqlite3.connect(path) as database:
        return database.execute(sql).fetchall()


# --- rules


def test_test_prints_a_table_with_a_line_for_each_rule(run):
    done = run("rules", "test", NATIONAL, CITY)
    assert done.returncode == 0
    rules = [
        rule["id"] for path in (NATIONAL, CITY) for rule in yaml.safe_load(path.open())["rules"]
    ]
    lines = done.stdout.splitlines()
    for rule in rules:
        assert (
            sum(re.match(rf"{re.escape(rule)} +\d+ +0 +0 +ok$", line) is not None for line in lines)
            == 1
        )
    assert "haiwan-city 2026.1: 22 samples, 0 wrong, 0 sides without a sample" in lines


def broken(tmp_path, old, new):
    path = tmp_path / "broken.yaml"
    text = CITY.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_test_says_which_side_has_no_sample(run, tmp_path):
    line = "      - {measurement: {distance_m: 1000.1}, as_of: 2026-11-23, expect: clear}\n"
    done = run("rules", "test", broken(tmp_path, line, ""))
    assert done.returncode == 1
    assert "Rule HW-R7: no sample in which it is silent" in done.stdout
    assert "Rule HW-R7: no sample shows threshold.distance_m where that alone fails." in done.stdout


def test_a_check_refuses_a_pack_that_contradicts_itself(run, tmp_path):
    path = broken(tmp_path, "distance_m: 1000}\n", "distance_m: 900}\n")
    out = tmp_path / "r.gpkg"
    arguments = ("check", "--sites", SITES, "--catalogue", CATALOGUE, "--out", out, "--rules")
    for language, said in (("en", "expected study, found clear"), ("zh", "应为 study，实为 clear")):
        done = run(*arguments, NATIONAL, path, language=language)
        assert done.returncode == 2
        assert not out.exists()
        sentence = done.stderr.splitlines()[-1]
        for part in ("haiwan-city", str(path), "HW-R7", said):
            assert part in sentence


def test_a_loosening_without_local_law_is_refused(run, tmp_path):
    text = CITY.read_text(encoding="utf-8")
    start = text.index("    basis:", text.index("id: HW-W3b"))
    end = text.index("    advice:", start)
    path = tmp_path / "loose.yaml"
    kept = text[:start] + text[end:]
    path.write_text(kept[: kept.rindex("    samples:")], encoding="utf-8")
    arguments = ("check", "--sites", SITES, "--catalogue", CATALOGUE, "--out", tmp_path / "r.gpkg")
    done = run(*arguments, "--rules", NATIONAL, path)
    assert done.returncode == 2
    assert "HW-W3b" in done.stderr
    assert "a loosening needs local law" in done.stderr


def test_show_prints_markdown_that_holds_every_rule(run):
    for language, verdict in (("en", "Prohibited"), ("zh", "禁止")):
        shown = run("rules", "show", CITY, language=language).stdout
        rules = yaml.safe_load(CITY.open(encoding="utf-8"))["rules"]
        headings = re.findall(r"^## (\S+) (.+)$", shown, re.M)
        assert headings == [(rule["id"], rule["title"][language]) for rule in rules]
        for rule in rules:
            for basis in rule["basis"]:
                assert basis["text"] in shown
        assert verdict in shown
    national = run("rules", "show", NATIONAL, language="zh").stdout
    assert national.count("待核") == sum(
        not basis.get("verified")
        for rule in yaml.safe_load(NATIONAL.open(encoding="utf-8"))["rules"]
        for basis in rule.get("basis", [])
    )


class Outline(html.parser.HTMLParser):
    """The headings of a page."""

    def __init__(self):
        super().__init__()
        self.headings, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "h2"

    def handle_data(self, data):
        if self.inside and data.strip():
            self.headings.append(data.strip())
            self.inside = False


def test_show_prints_a_page(run):
    outline = Outline()
    outline.feed(run("rules", "show", CITY, "--format", "html").stdout)
    assert [one.split()[0] for one in outline.headings] == ["HW-R7", "HW-W2", "HW-F1", "HW-W3b"]


def test_diff_says_what_changed_and_which_way(run, tmp_path):
    text = CITY.read_text(encoding="utf-8")
    new = tmp_path / "new.yaml"
    text = text.replace('version: "2026.1"', 'version: "2026.2"')
    text = text.replace("threshold: {distance_m: 1000}", "threshold: {distance_m: 800}")
    text = text.replace("id: HW-F1", "id: HW-F2")
    new.write_text(text, encoding="utf-8")
    said = run("rules", "diff", CITY, new).stdout
    assert "HW-R7 condition: changed, looser\n" in said
    assert "  - a feature lies within 1,000 m of the site\n" in said
    assert "  + a feature lies within 800 m of the site\n" in said
    assert re.search(r"^HW-F2: added$", said, re.M)
    assert re.search(r"^HW-F1: removed$", said, re.M)
    assert said.endswith("3 rules differ between version 2026.1 and 2026.2\n")
    assert "HW-R7 condition: changed, stricter" in run("rules", "diff", new, CITY).stdout
    assert run("rules", "diff", CITY, CITY).stdout.startswith("0 rules differ")
    assert run("rules", "diff", CITY).returncode == 2


# --- packs on top of each other


def test_the_order_of_packs_changes_nothing(run, results, tmp_path):
    first = results()
    kept = {
        t: query(first, f'SELECT * FROM "{t}"')
        for t in ("site_verdict", "finding", "not_evaluated")
    }
    out = tmp_path / "other.gpkg"
    run(
        *("check", "--sites", SITES, "--catalogue", CATALOGUE, "--as-of", "2026-11-23"),
        *("--rules", CITY, NATIONAL, "--out", out),
    )
    for table, rows in kept.items():
        assert query(out, f'SELECT * FROM "{table}"') == rows


def test_what_is_loosened_stands_in_results_and_report(results, tmp_path):
    out = results("--report", tmp_path / "report")
    ((told,),) = query(out, "SELECT value FROM run WHERE key = 'pack.haiwan-city.loosens.W3b'")
    assert "says less, under 《海湾市饮用水水源保护条例（虚构）》第10条" in told
    assert query(out, "SELECT why FROM not_evaluated WHERE what = 'rule:W3b'") == [(told,)]
    report = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "says less, under 《海湾市饮用水水源保护条例（虚构）》第10条" in report


# --- explanations


def test_explain_says_what_stands_in_the_results(run, results):
    for language in ("en", "zh"):
        out = results(language=language)
        for site in ("P01", "P05", "P24"):
            said = run("explain", out, "--site", site, language="en")
            assert said.returncode == 0
            sql = f"SELECT explanation FROM finding WHERE site_id = '{site}'"
            stored = [text for (text,) in query(out, sql)]
            assert stored
            for text in stored:
                assert text in said.stdout
            ((reason,),) = query(out, f"SELECT reason FROM site_verdict WHERE site_id = '{site}'")
            assert reason in said.stdout


@pytest.mark.parametrize(
    ("language", "layer", "rule"),
    [("en", 'Layer "{}": ', "Rule W6: "), ("zh", "图层“{}”，", "规则 W6，")],
)
def test_explain_names_what_was_not_evaluated_in_words(run, results, language, layer, rule):
    out = results(language=language)
    said = run("explain", out, "--site", "P01", language=language).stdout
    ((title,),) = query(out, "SELECT value FROM run WHERE key = 'layer.soil_register.title'")
    assert layer.format(title) in said
    assert rule in said
    keys = [what for (what,) in query(out, "SELECT what FROM not_evaluated WHERE site_id = '*'")]
    assert "layer:soil_register" in keys
    assert not [key for key in keys if key in said]


def test_explain_tells_one_rule_also_where_it_found_nothing(run, start, results):
    out = results()
    said = start("explain", out, "--site", "P01", "--rule", "W1").stdout
    assert "Rule W1" in said
    assert "Rule Z1" not in said
    said = run("explain", out, "--site", "P01", "--rule", "R2").stdout
    assert "The rule found nothing at this site." in said
    assert re.search(r"nearest 1,189\.28 m", said)
    said = run("explain", out, "--site", "P60", "--rule", "HW-R7").stdout  # asks for 1 000 m
    assert "It passes by 1,154.79 m (measured); nearest 2,154.79 m" in said
    said = run("explain", out, "--site", "P60", "--rule", "HW-W2").stdout
    assert "together overlap the site (share_pct ≥ 30 %)) by 30.00 % (measured)" in said
    said = run("explain", out, "--site", "P60", "--rule", "Z6").stdout
    assert "no headroom; nearest – m (no objects: a raster)" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--site", "P0l"), "there is no site P0l"),
        (("--site", "P01", "--rule", "W9"), "the rule W9 was not part"),
    ],
)
def test_explain_says_what_it_cannot_find(run, results, arguments, said):
    done = run("explain", results(), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_other_files_are_no_results(run, tmp_path):
    other = tmp_path / "other.gpkg"
    for content in (b"no database", b""):
        other.write_bytes(content)
        done = run("explain", other, "--site", "P01")
        assert done.returncode == 2
        assert "other.gpkg cannot be read as results of a check" in done.stderr
    assert "does not exist" in run("explain", tmp_path / "x.gpkg", "--site", "P01").stderr


# --- overrides


def test_a_finding_is_set_aside_and_counts_again_when_its_rule_changes(
    run, start, results, tmp_path
):
    before, file = results(), tmp_path / "overrides.yaml"
    add = ("override", "add", file, "--results", before, "--site", "P44", "--rule", "S1")
    done = start(*add, "--reason", "供水泵站", "--author", "李某", "--date", "2026-11-20")
    assert done.returncode == 0, done.stderr
    assert "P44" in run("override", "list", file).stdout
    after = results("--overrides", file)
    rows = "SELECT verdict, effective_verdict, override, override_reason, override_author"
    (row,) = query(after, f"{rows} FROM finding WHERE site_id = 'P44' AND rule_id = 'S1'")
    assert row == ("prohibited", "clear", "set_aside", "供水泵站", "李某")
    ((verdict, raw, count, reason),) = query(
        after,
        "SELECT verdict, raw_verdict, set_aside, reason FROM site_verdict WHERE site_id='P44'",
    )
    assert (verdict, raw, count) == ("study", "prohibited", 1)
    assert "Set aside by a person" in reason
    assert "供水泵站" in reason
    told = run("explain", after, "--site", "P44", "--rule", "S1").stdout
    assert "Set aside by 李某 on 2026-11-20: 供水泵站. It does not count." in told
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"-\w{12}\"", '-000000000000"', text), encoding="utf-8")
    stale = results("--overrides", file, "--report", tmp_path / "report")
    ((verdict,),) = query(stale, "SELECT verdict FROM site_verdict WHERE site_id='P44'")
    assert verdict == "prohibited"
    ((why,),) = query(stale, "SELECT why FROM not_evaluated WHERE what LIKE 'override:S1:%'")
    assert "the rule changed since" in why
    assert "the rule changed since" in (tmp_path / "report" / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "needs --site"),
        (("--site", "P01", "--rule", "W1", "--author", "Li"), "needs --reason"),
        (("--site", "P01", "--rule", "W1", "--author", "Li", "--reason", " "), "needs --reason"),
        (("--site", "P01", "--rule", "W2", "--author", "Li", "--reason", "x"), "no such finding"),
        (("--site", "P01", "--rule", "H1", "--author", "Li", "--reason", "x"), "name one with"),
    ],
)
def test_an_override_needs_who_what_and_why(run, results, tmp_path, more, said):
    file = tmp_path / "overrides.yaml"
    done = run("override", "add", file, "--results", results(), *more)
    assert done.returncode == 2
    assert said in done.stderr
    assert not file.exists()
