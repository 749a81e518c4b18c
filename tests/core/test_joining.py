# SPDX-License-Identifier: GPL-2.0-or-later
"""Some sites of a file are those sites, with all that was said of them."""

from __future__ import annotations

import numpy as np
import shapely

from eco_onemap.core.messages import message
from eco_onemap.core.sites.care_log import CareEntry, CareKind
from eco_onemap.core.sites.joining import choose_sites, name_site
from eco_onemap.core.sites.raw_sites import RawSites
from tests.core.worlds import objects


def three() -> RawSites:
    """Return three squares; the first has a problem, the last one was closed by its reader."""
    return RawSites(
        geometries=np.array([shapely.box(n, 0, n + 1, 1) for n in range(3)], dtype=object),
        crs="EPSG:4548",
        ids=objects(["a", "b", "c"]),
        names=objects(["甲", "乙", "丙"]),
        columns={"tags": objects(["x", "y", "z"]), "declared_area_m2": np.array([1.0, 2.0, 3.0])},
        source="three.txt",
        fingerprint="0",
        problems={0: message("site.empty")},
        repairs=(CareEntry(2, CareKind.CLOSED, 1, 4, 0.0, 0.0),),
    )


def test_what_is_said_of_a_site_goes_with_it():
    chosen = choose_sites(three(), [2, 0])
    assert chosen.ids.tolist() == ["c", "a"]
    assert chosen.names.tolist() == ["丙", "甲"]
    assert shapely.get_x(shapely.centroid(chosen.geometries)).tolist() == [2.5, 0.5]
    assert chosen.columns["tags"].tolist() == ["z", "x"]
    assert chosen.columns["declared_area_m2"].tolist() == [3.0, 1.0]
    assert list(chosen.problems) == [1]
    assert [entry.site for entry in chosen.repairs] == [0]
    assert (chosen.crs, chosen.source) == ("EPSG:4548", "three.txt")


def test_what_is_said_of_sites_left_out_goes():
    chosen = choose_sites(three(), [1])
    assert (len(chosen), dict(chosen.problems), chosen.repairs) == (1, {}, ())


def test_a_name_is_changed_in_a_copy():
    before = three()
    assert name_site(before, 1, "滨海").names.tolist() == ["甲", "滨海", "丙"]
    assert before.names.tolist() == ["甲", "乙", "丙"]
