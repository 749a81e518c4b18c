# SPDX-License-Identifier: GPL-2.0-or-later
"""A disk that is full while papers and maps are written: one sentence, no half-written file."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from eco_onemap.core.errors import OutputError
from eco_onemap.core.progress import NoProgress
from eco_onemap.layout.order import MapFormat, MapOrder
from eco_onemap.layout.pages.printing import print_report
from eco_onemap.layout.series import export_series
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat
from tests.qgis.world import World, make_world

FULL_AT = 4096


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@contextmanager
def full_disk() -> Iterator[None]:
    """Let the system refuse to write more than a few bytes into any file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_AT, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("wanted", list(ReportFormat))
def test_a_report_is_whole_or_is_not_there(world, tmp_path, wanted):
    edition = Edition("en", (wanted,), printer=print_report)
    path = tmp_path / f"report.{wanted.value}"
    path.write_bytes(b"the one of yesterday")
    with full_disk(), pytest.raises(OutputError) as refused:
        write_reports(tmp_path / "report", world.assessment(), edition, NoProgress())
    assert refused.value.message.text("zh").startswith(str(path))
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"the one of yesterday"
    assert write_reports(tmp_path / "report", world.assessment(), edition, NoProgress()) == [path]
    assert path.stat().st_size > FULL_AT


@pytest.mark.parametrize("wanted", list(MapFormat))
def test_a_map_is_whole_or_is_not_there(world, tmp_path, wanted):
    order = MapOrder("en", format=wanted, in_one_file=True)
    with full_disk(), pytest.raises(OutputError) as refused:
        export_series(world.assessment(), order, tmp_path, NoProgress())
    assert str(tmp_path) in refused.value.message.text("en")
    assert list(tmp_path.iterdir()) == []
    assert export_series(world.assessment(), order, tmp_path, NoProgress()).sheets > 1
