# SPDX-License-Identifier: GPL-2.0-or-later
"""Goes the way of the user guide in real QGIS windows and takes a picture of each step.

    .venv/bin/python scripts/screenshots.py [--docs]

In Chinese and English, light and dark, on screens of 1280×800 and 1920×1080, under Xvfb; the
pictures go to ``build/guide``. ``--docs`` puts the ones of the guide, with fewer colours, into
``docs/images``; it needs Pillow.
"""

from __future__ import annotations

import shutil
import sys
from itertools import product
from pathlib import Path

import package
from PIL import Image

sys.path.insert(0, str(package.ROOT))
from tests.qgis.tours import go
from tests.qgis.windows import DARK

PICTURES = package.ROOT / "build" / "guide"
LOCALES = {"zh-Hans": ".zh", "en": ""}
SCREENS = ("1280x800", "1920x1080")
THEMES = {"light": "", "dark": DARK}
IN_GUIDE = ("map", "drawing", "verdict", "many", "compare", "builder")
"""The steps whose pictures the guide shows; one of them in dark."""
DARK_ONE = "colours"
COLOURS = 255


def take_all() -> None:
    """Go the way in each language, on each screen, in each theme."""
    plugins = PICTURES / "plugins"
    shutil.rmtree(PICTURES, ignore_errors=True)
    package.stage_plugin(plugins)
    for locale, screen, (name, theme) in product(LOCALES, SCREENS, THEMES.items()):
        place = f"{locale} {screen} {name}"
        found = go(locale, screen, plugins, PICTURES / "work" / place, PICTURES / place, theme)
        print(place, found, flush=True)
    shutil.rmtree(PICTURES / "work")


def put_into_docs() -> None:
    """Copy the guide's pictures, with as few colours as they need."""
    for locale, ending in LOCALES.items():
        for step in IN_GUIDE:
            _shrink(_picture(f"{locale} 1280x800 light", step), f"{step}{ending}.png")
        _shrink(_picture(f"{locale} 1280x800 dark", DARK_ONE), f"{DARK_ONE}{ending}.png")


def _picture(place: str, step: str) -> Path:
    return next((PICTURES / place).glob(f"?? {step}.png"))


def _shrink(picture: Path, name: str) -> None:
    """Write a PNG with a palette: a window has few colours."""
    plain = Image.open(picture).convert("RGB")
    few = plain.quantize(
        COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE
    )
    few.save(package.ROOT / "docs" / "images" / name, optimize=True)


if __name__ == "__main__":
    take_all()
    if "--docs" in sys.argv:
        put_into_docs()
