# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check works with is taken away, damaged or locked: a clear sentence, a usable window."""

from __future__ import annotations

import getpass
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import package
import pytest

from tests.qgis.windows import in_window
from tests.qgis.world import make_world, many_sites

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"
MANY = 6000
"""Three blocks of at most 2,000 sites: a fault after the first comes in the midst of a check."""

NOBODY = "nobody" if os.getuid() == 0 else getpass.getuser()
"""Nothing is read-only to root."""

LONGEST_STOP_S, LONGEST_S = 5.0, 150.0
"""To stop a check, and without a sign of life: longer than the script itself waits for a check."""

EDITS = {
    "not_yaml": "onemap: 1\ntitle: [\n",
    "no_layers": "onemap: 1\ntitle: 小图\n",
    "other": "a: b\n",
}
PLACES = {"not_yaml": "3", "no_layers": "layers", "other": "onemap"}
"""Where in them the fault is: a line, or a place inside."""

LOCALES = ("zh-Hans", "en")


CLEAN = {"prohibited": 1, "no_data": 2}
"""Verdicts on the three sites of the small one map by the national rules."""


@pytest.fixture(scope="module", params=LOCALES)
def suffered(request) -> Iterator[dict[str, Any]]:
    """What came of all faults in a window of a language, run by a user who is not root."""
    found = all_faults(request.param)
    yield found
    shutil.rmtree(found["folder"])


def all_faults(locale: str) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp())  # a test's own folder is closed to other users
    folder.chmod(0o755)
    make_world(folder)
    many_sites(folder / "many.gpkg", MANY)
    cache, pictures, locked = folder / "cache", folder / "pictures", folder / "locked"
    pictures.mkdir()
    locked.mkdir(mode=0o555)
    plugins = package.stage_plugin(folder / "plugins").parent
    given = {"folder": str(folder), "edits": EDITS, "cache": str(cache), "pictures": str(pictures)}
    how = {"locale": locale, "user": NOBODY, "seconds": LONGEST_S}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ECO_ONEMAP_CACHE", str(cache))
        found = in_window("faults.py", plugins, folder, given=given, **how)
    shutil.copytree(pictures, PICTURES / locale, dirs_exist_ok=True)
    return {**found, "zh": locale.startswith("zh"), "folder": str(folder)}


def in_language(text: str, *, zh: bool) -> bool:
    """Whether a sentence ends as one of that language does."""
    return text.endswith("。") if zh else text.endswith(".")


def test_after_each_fault_a_check_gives_what_it_gave_before(suffered) -> None:
    whole = suffered["whole"]["usable"]
    assert Counter(whole["verdicts"]) == CLEAN
    faults = [found for found in suffered.values() if isinstance(found, dict)]
    assert len(faults) == 13
    assert [found["usable"] for found in faults] == [whole] * len(faults)


def test_sites_of_a_deleted_layer_are_checked_as_they_were_read(suffered) -> None:
    for fault in ("site_layer_deleted", "project_closed", "language_changed"):
        assert len(suffered[fault]["verdicts"]) == MANY
        assert suffered[fault]["said"] == []
    assert not suffered["project_closed"]["left"]


def test_a_broken_catalogue_is_told_in_one_sentence_with_its_place(suffered) -> None:
    for name, found in suffered["catalogue_edited"].items():
        if name != "usable":
            (told,) = found["said"]
            assert told.startswith(f"{suffered['folder']}/onemap.yaml")
            assert PLACES[name] in told
            assert in_language(told, zh=suffered["zh"]), told
            assert "verdicts" not in found


def test_what_goes_during_a_check_is_missed_at_the_next(suffered) -> None:
    found = suffered["catalogue_deleted_meanwhile"]
    assert len(found["meanwhile"]["verdicts"]) == MANY
    assert list(found["meanwhile"]["lost"]) == ["layer:lost"]
    (told,) = found["gone"]["said"]
    assert f"{suffered['folder']}/onemap.yaml" in told
    assert "Errno" not in told
    assert in_language(told, zh=suffered["zh"]), told
    assert "layer:zones" in found["without_layer"]["lost"]
    assert "clear" not in found["without_layer"]["verdicts"]


def test_half_a_file_is_a_layer_that_could_not_be_read(suffered) -> None:
    told = suffered["layer_cut_off"]["lost"]["layer:zones"]
    assert told.startswith(f"{suffered['folder']}/zones.gpkg")
    assert in_language(told, zh=suffered["zh"]), told
    assert "prohibited" not in suffered["layer_cut_off"]["verdicts"]
    assert "clear" not in suffered["layer_cut_off"]["verdicts"]


def test_a_read_only_folder_is_told_in_one_sentence(suffered) -> None:
    (told,) = suffered["read_only_folder"]["said"]
    assert told.startswith(f"{suffered['folder']}/locked/overrides.yaml")
    assert in_language(told, zh=suffered["zh"]), told
    assert suffered["read_only_folder"]["left"] == []


def test_a_cache_that_cannot_be_written_costs_speed_only(suffered) -> None:
    found = suffered["locked_cache"]
    assert (Counter(found["verdicts"]), found["said"], found["left"]) == (CLEAN, [], [])


def test_a_full_disk_lets_the_verdict_be_shown_and_tells_that_it_is_not_kept(suffered) -> None:
    found = suffered["full_disk"]
    assert (Counter(found["verdicts"]), found["left"]) == (CLEAN, [])
    for told in found["said"]:  # of the history, which is written meanwhile
        assert ".gpkg" in told
        assert in_language(told, zh=suffered["zh"]), told
    assert len(found["said"]) <= 1


def test_a_cache_that_is_deleted_meanwhile_is_made_anew(suffered) -> None:
    found = suffered["cache_removed"]
    assert (len(found["verdicts"]), found["said"]) == (MANY, [])
    assert found["listed"] == 0
    assert (found["again"]["verdicts"], found["again"]["said"]) == (found["verdicts"], [])
    assert found["made"] == 3  # the zones, the schools and the region


def test_a_language_chosen_during_a_check_is_that_of_the_whole_result(suffered) -> None:
    found = suffered["language_changed"]
    assert in_language(found["lost"]["layer:lost"], zh=not suffered["zh"])
    words = ("需进一步核实", "Needs further study")
    assert found["banner"].startswith(words[suffered["zh"]])


def test_drawings_go_with_the_layer_of_the_sites(suffered) -> None:
    found = suffered["source_removed"]
    assert found["shown"] >= 4  # the site and three rings
    assert found["after"] == 0


def test_unloading_stops_a_check_soon_and_clears_the_map(suffered) -> None:
    found = suffered["plugin_unloaded"]
    assert found["unloaded"]
    assert found["again"]
    assert found["seconds"] < LONGEST_STOP_S
    assert found["bands"] == 0


def test_qgis_is_left_while_a_check_is_going_on(plugins: Path, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    given = {"catalogue": str(world.catalogue)}
    given["sites"] = str(many_sites(tmp_path / "many.gpkg", MANY))
    assert in_window("leaving.py", plugins, tmp_path, given=given, leaves=True, seconds=60)


def test_two_windows_share_one_cache(plugins: Path, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    folders = [tmp_path / "left", tmp_path / "right"]
    for folder in folders:
        folder.mkdir()

    def checked(folder: Path, other: Path) -> Any:
        given = {"catalogue": str(world.catalogue), "sites": str(world.sites)}
        given |= {"mine": str(folder / "ready"), "other": str(other / "ready")}
        return in_window("sharing.py", plugins, folder, given=given)

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(checked, folders, reversed(folders))
    assert left == right
    assert [Counter(found["verdicts"]) for found in left] == [CLEAN] * len(left)
    cache = Path(os.environ["ECO_ONEMAP_CACHE"])
    assert {path.suffix for path in cache.iterdir()} == {".npz"}
