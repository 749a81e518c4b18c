# SPDX-License-Identifier: GPL-2.0-or-later
"""Gaps in columns decide as a plain loop over them would."""

from __future__ import annotations

import numpy as np
import pytest

from eco_onemap.core.law.gaps import ALL_SITES, NO_GAPS, Gap, gather_gaps, join_gaps
from eco_onemap.core.law.verdicts import decide
from eco_onemap.core.messages import message
from eco_onemap.core.vocabulary import Verdict

SITES = 12


def random_gaps(seed, most):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(0, most))
    return [
        Gap(int(site), f"what {number}", message("gap.no_unit", layer=str(number)), bool(blocks))
        for number, (site, blocks) in enumerate(
            zip(rng.integers(ALL_SITES, SITES, count), rng.uniform(size=count) < 0.6, strict=True)
        )
    ]


@pytest.mark.parametrize("seed", range(40))
def test_the_first_gap_that_blocks_decides_at_a_site_without_findings(seed):
    gaps = random_gaps(seed, 15)
    found = decide(SITES, [], gather_gaps(gaps))
    for site in range(SITES):
        blocking = [gap for gap in gaps if gap.blocks and gap.site in (site, ALL_SITES)]
        row = int(found.gap[site])
        assert (found.severity[site] == Verdict.NO_DATA.severity) == bool(blocking)
        assert (gaps[row] if row >= 0 else None) == (blocking[0] if blocking else None)


def test_joined_gaps_keep_their_order_and_words():
    gaps = random_gaps(3, 15)
    parts = [gather_gaps(gaps[:4]), NO_GAPS, gather_gaps(gaps[4:])]
    whole = join_gaps(parts)
    assert whole.site.tolist() == [gap.site for gap in gaps]
    assert whole.what.tolist() == [gap.what for gap in gaps]
    assert whole.blocks.tolist() == [gap.blocks for gap in gaps]
    for language in ("en", "zh"):
        assert whole.why.texts(language).tolist() == [gap.why.text(language) for gap in gaps]


def test_no_gaps_are_no_gaps():
    assert len(join_gaps([])) == 0
    assert decide(3, [], NO_GAPS).gap.tolist() == [-1, -1, -1]
