# SPDX-License-Identifier: GPL-2.0-or-later
"""A report written from the file of results is the one from all rows in memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from eco_onemap.core.assess import assessment_of
from eco_onemap.core.errors import ResultsError
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.outputs.report import compose_batch_report
from eco_onemap.readers.result_excerpts import read_excerpt
from tests.core.test_assess import RULES, TOWN, run
from tests.core.test_staging import stage
from tests.core.worlds import pack

MOST = (0, 1, 2, len(TOWN) - 1, len(TOWN), 300)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    path = tmp_path_factory.mktemp("results") / "results.gpkg"
    stage(path)
    return path


@pytest.mark.parametrize("most", MOST)
def test_the_report_from_the_file_is_the_one_from_memory(results, most):
    kept = run()
    excerpt = read_excerpt(results, most)
    told = assessment_of(excerpt.tables, kept.sites, kept.catalogue, [pack(*RULES)], kept.options)
    expected = compose_batch_report(kept.in_language("en"), "en", {}, most)
    assert compose_batch_report(told, "en", {}, most, totals=excerpt.totals) == expected


@pytest.mark.parametrize("most", MOST)
def test_an_excerpt_holds_the_rows_of_the_worst_sites_only(results, most):
    verdicts = run().site_verdict
    ranks = [SEVERITY[Verdict(verdict)] for verdict in verdicts["verdict"]]
    assert len(set(ranks)) > 1  # the town has sites of several verdicts
    worst = sorted(range(len(ranks)), key=lambda number: -ranks[number])[:most]
    wanted = {verdicts["site_id"][number] for number in worst}
    excerpt = read_excerpt(results, most)
    assert set(excerpt.tables["site_verdict"]["site_id"]) == wanted
    for name, table in excerpt.tables.items():
        if name != "run":
            assert set(table["site_id"]) <= wanted | {"*"}
    assert excerpt.totals.sites == len(TOWN)


def test_a_file_that_holds_no_results_is_refused(tmp_path):
    path = tmp_path / "other.gpkg"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE other (a)")
    with pytest.raises(ResultsError, match=r"other\.gpkg"):
        read_excerpt(path, 3)
