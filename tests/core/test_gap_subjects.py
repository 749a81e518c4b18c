# SPDX-License-Identifier: GPL-2.0-or-later
"""What was not evaluated is named in words, whatever its kind."""

from __future__ import annotations

import pytest

from eco_onemap.core.results.gap_subjects import gap_subject

TITLES = {"redline": "生态保护红线", "units": "管控单元清单", "R1": "R1 红线内禁止"}


@pytest.mark.parametrize(
    ("what", "english", "chinese"),
    [
        ("layer:redline", 'Layer "生态保护红线"', "图层“生态保护红线”"),
        ("rule:R1", "Rule R1 红线内禁止", "规则 R1 红线内禁止"),
        ("access_list:units", 'Access list "管控单元清单"', "准入清单“管控单元清单”"),
        ("clauses:units", 'Access list "管控单元清单"', "准入清单“管控单元清单”"),
        ("override:R1:redline:7", "Override of R1 红线内禁止", "对“R1 红线内禁止”的搁置"),
        ("transformation", "Transformation of coordinates", "坐标转换"),
        ("site", "Site", "地块"),
    ],
    ids=["layer", "rule", "access_list", "clauses", "override", "transformation", "site"],
)
def test_each_kind_has_its_words(what, english, chinese):
    told = gap_subject(what, TITLES.__getitem__, TITLES.__getitem__)
    assert (told.text("en"), told.text("zh")) == (english, chinese)
