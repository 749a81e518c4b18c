# SPDX-License-Identifier: GPL-2.0-or-later
"""A new user is led once from the sample city to a verdict, in the language of QGIS."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.gui.help.first_steps import SITE
from eco_onemap.paths import sample
from eco_onemap.qgis_bridge.preferences import NATIONAL_PACK
from eco_onemap.readers.sites import read_sites
from tests.qgis.windows import DARK, in_window

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"
SPOKEN = {
    "zh-Hans": ("生态环境一张图：入门四步", "入门四步…", "default"),
    "en": ("First steps with Eco One Map", "First steps…", DARK),
}


@pytest.mark.parametrize("locale", sorted(SPOKEN))
def test_a_new_user_is_led_to_a_verdict_once(locale: str, plugins: Path, tmp_path: Path) -> None:
    title, action, theme = SPOKEN[locale]
    given = {"action": action, "pictures": str(PICTURES / f"{locale} {theme}")}
    settings = {"given": given, "locale": locale, "theme": theme, "first_run": True}
    found = in_window("first_steps.py", plugins, tmp_path, **settings)
    assert found["greeted"] == 1
    assert found["title"] == title
    # a step is offered when those before it are done
    assert found["could"] == [[number <= step for number in range(4)] for step in range(4)]
    assert found["sites"] == read_sites(sample(SITE)).ids.tolist()
    verdict = found["banner"].split("\n")[0]
    assert found["said"].endswith(verdict)
    laws = {basis.law for rule in read_pack(NATIONAL_PACK).rules for basis in rule.basis}
    assert any(law in found["details"] for law in laws)
    assert found["picture"]
    assert found["again"] == 1
    # the same user, the next day
    later = in_window("first_steps.py", plugins, tmp_path, **settings)
    assert later == {"greeted": 0}


def test_the_sample_has_what_the_steps_speak_of() -> None:
    assert sample(SITE).is_file()
    assert len(read_catalogue(sample("onemap.yaml")).layers) > 20
