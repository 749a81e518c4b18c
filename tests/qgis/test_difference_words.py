# SPDX-License-Identifier: GPL-2.0-or-later
"""The difference between two checks is told in the words of the reader, not of the tables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eco_onemap.core.columns import text_column
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.comparing import UNCOMPARED, compare
from tests.qgis.world import DAY, make_world

NOTHING = np.zeros(0, dtype=np.intp)


@pytest.fixture(scope="module")
def assessment(tmp_path_factory) -> Assessment:
    return make_world(tmp_path_factory.mktemp("world")).assessment()


def told(before: Assessment, now: Assessment, language: str) -> list[str]:
    return [one.text(language).strip() for one in compare(before, now).differences]


def test_entries_that_are_gone_are_counted_by_the_name_of_their_list(assessment):
    now = replace(assessment, finding=assessment.finding.take(NOTHING))
    count = len(assessment.finding)
    assert count
    assert told(assessment, now, "en") == [f"Findings: {count} entries before, 0 now"]
    assert told(assessment, now, "zh") == [f"核查发现：原有 {count} 条，现有 0 条"]


def test_other_content_of_as_many_entries_is_told_so(assessment):
    rows = assessment.site_layer
    columns = {column.name: rows[column.name].copy() for column in rows.columns}
    columns["nearest_m"] = columns["nearest_m"] + 1.0
    now = replace(assessment, site_layer=replace(rows, values=columns))
    entries = f"as many entries as before ({len(rows)}), some with other content"
    assert told(assessment, now, "en") == [f"Sites and layers: {entries}"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_table_is_called_by_its_technical_name(assessment, language):
    names = [table.name for table in assessment.tables if table.name not in UNCOMPARED]
    assert len(names) > 5
    for name in names:
        if name in assessment.further:
            other = {**assessment.further, name: assessment.further[name].take(NOTHING)}
            now = replace(assessment, further=other)
        else:
            now = replace(assessment, **{name: getattr(assessment, name).take(NOTHING)})
        assert [
            text for text in told(assessment, now, language) if name in text or "_" in text
        ] == []


def changed(assessment: Assessment, key: str, value: str) -> Assessment:
    """Return the assessment with another value in the record of its run."""
    run = assessment.run
    values = [value if row["key"] == key else row["value"] for row in run.rows()]
    return replace(
        assessment, run=replace(run, values={"key": run["key"], "value": text_column(values)})
    )


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("sites.sha256", "0", "the sites: others, or drawn otherwise"),
        ("as_of", "2020-01-01", f"the assessment date: {DAY} → 2020-01-01"),
        ("rings_m", "7", "the rings (m): 500,1000,2500 → 7"),
        ("overrides.sha256", "0", "findings set aside: 0 → 0 entries in the file"),
    ],
)
def test_what_a_user_changed_is_told_as_a_cause(assessment, key, value, sentence):
    causes = compare(assessment, changed(assessment, key, value)).causes
    assert [one.text("en").strip() for one in causes] == [sentence]


def test_other_project_facts_are_told_as_a_cause(assessment):
    sites = assessment.sites
    facts = tuple(replace(one, stage="siting") for one in sites.facts)
    now = replace(assessment, sites=replace(sites, facts=facts))
    causes = compare(assessment, now).causes
    assert [one.text("zh").strip() for one in causes] == ["项目情况：填写内容不同"]
    assert compare(assessment, assessment).causes == ()
