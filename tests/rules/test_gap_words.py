# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that lack their layers say so in the reader's words."""

from __future__ import annotations

import pytest

from eco_onemap.core.law.rule_gaps import rule_gaps
from eco_onemap.core.law.rule_reading import read_unchecked
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.paths import resource


@pytest.mark.parametrize(("language", "word"), [("en", "Karst area"), ("zh", "岩溶强发育区")])
def test_lacking_kinds_of_layers_are_named_in_words(language: str, word: str) -> None:
    pack = read_unchecked(resource("rules", "cn-national.yaml"))
    names = {role for rule in pack.rules for role in rule.roles}
    gaps = rule_gaps(Catalogue("One map", ()), [pack], [], {})
    told = [gap.why.text(language) for gap in gaps]
    assert any(word in text for text in told)
    assert len(names) > 30
    named = (name for name in names if "_" in name)
    assert [name for name in named if any(name in text for text in told)] == []
