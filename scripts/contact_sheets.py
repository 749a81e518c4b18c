# SPDX-License-Identifier: GPL-2.0-or-later
"""Draws every kind of map sheet of the sample city as a picture, to be looked at one by one.

    QT_QPA_PLATFORM=offscreen .venv/bin/python scripts/contact_sheets.py [P23 L02/water …]
        [--language zh en] [--paper A4 A3p …] [--dpi 120]

Site by site and subject by subject, in Chinese and English, on A4 and A3, landscape and portrait
(``A4p``), and the strip maps of the lines; the pictures go to ``build/sheets``. ``--docs`` draws
the documentation's alone, with fewer colours, into ``docs/images``. Needs Pillow.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import package
from PIL import Image
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSettings

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.options import Options
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.layout.build import build_sheet
from eco_onemap.layout.exporting import export_image
from eco_onemap.layout.imprint import BLANK, Imprint
from eco_onemap.layout.layers import load_catalogue
from eco_onemap.layout.paper import Paper, PaperSize
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import site_record
from eco_onemap.layout.side_files import no_side_files
from eco_onemap.layout.strips.routes import StripPlan
from eco_onemap.layout.strips.stripmap import build_strip_sheets
from eco_onemap.layout.subjects import subject_named
from eco_onemap.paths import resource, sample
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites

PICTURES = package.ROOT / "build" / "sheets"
PROFILE = package.ROOT / "build" / "sheets-profile"
"""The user's own settings change nothing of the pictures."""
AS_OF = date(2026, 11, 23)
RINGS = (500.0, 1000.0, 2500.0)
STRIPS = "strips"
SHEETS: Mapping[str, tuple[str, ...]] = {
    "P23": ("overview", "redline", "nature", "risk"),
    "P03": ("water", "risk"),
    "P40": ("soil", "risk"),
    "P58": ("sea", "control", "risk"),
    "P52": ("land", "risk"),
    "P67": ("targets", "risk"),
    "P68": ("control", "risk"),
    "P60": ("overview", "risk"),
    "P09": ("water", "risk"),
    "P65": ("overview", "risk"),
    "P64": ("overview", "risk"),
    "P50": ("soil", "risk"),
    "P55": ("sea", "risk"),
    "P10": ("risk",),
    "L02": ("overview", "water", "risk", STRIPS),
    "L03": (STRIPS,),
    "L05": ("sea", STRIPS),
    "T01": ("overview", "sea", "risk"),
    "T05": ("redline",),
}
"""Sites to the sheets drawn of them: a core zone, a water zone, a register, the sea, farmland,
villages; the largest, half a square metre of overlap, partly and wholly outside the region, no
data, half land half sea, two parts; lines and points."""
IN_DOCS: Mapping[str, tuple[str, str, str, int]] = {
    "risk-map": ("P01", "risk", "", 110),
    "strip-map": ("L02", STRIPS, "_1", 100),
}
"""Picture to site, sheet, ending of the drawn file's name, and dots per inch."""
COLOURS = 255
PAPERS = {
    f"{size.value}{'p' * portrait}": Paper(size, portrait)
    for size in PaperSize
    for portrait in (False, True)
}
OFFICE = Imprint("海湾市生态环境科学研究院（虚构）", "林一舟", AS_OF, "")
"""Of the sheets on A3; those on A4 have lines to fill in."""


def check() -> Assessment:
    """Return the check of the sample city's sites."""
    packs = [
        read_pack(path)
        for path in (resource("rules", "cn-national.yaml"), sample("rules-haiwan.yaml"))
    ]
    sites = build_site_set(read_sites(sample("sites.gpkg")))
    options = Options(as_of=AS_OF, rings_m=RINGS)
    return assess(sites, read_catalogue(sample("onemap.yaml")), packs, options, FileLayers())


def wanted(named: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield site and sheet: all of ``SHEETS``, or those of named sites and ``site/sheet``."""
    if not named:
        named = list(SHEETS)
    for name in named:
        site_id, _, sheet = name.partition("/")
        yield from ((site_id, each) for each in ([sheet] if sheet else SHEETS[site_id]))


@no_side_files()
def draw(assessment: Assessment, site_id: str, sheet: str, paper: str, to: Path, dpi: int) -> None:
    """Write the sheet of a site, or its strips, as pictures named after *to*."""
    language, on = to.name.rpartition("_")[2], PAPERS[paper]
    imprint = OFFICE if on.size is PaperSize.A3 else BLANK
    if sheet == STRIPS:
        plan = StripPlan(on.size, imprint=imprint)
        for number, layout in enumerate(
            build_strip_sheets(assessment, site_id, language, plan), start=1
        ):
            export_image(layout, to.with_name(f"{to.name}_{number}.png"), dpi)
        return
    loaded = load_catalogue(assessment.catalogue, assessment.options.as_of)
    plan_of_sheet = SheetPlan(subject_named(sheet), on, imprint)
    layout = build_sheet(loaded, site_record(assessment, site_id, language), plan_of_sheet)
    export_image(layout, to.with_name(f"{to.name}.png"), dpi)


def draw_for_docs(assessment: Assessment) -> None:
    """Draw the pictures of the documentation."""
    for name, (site_id, sheet, ending, dpi) in IN_DOCS.items():
        drawn = PICTURES / f"{name}_zh"
        draw(assessment, site_id, sheet, "A4", drawn, dpi)
        with Image.open(drawn.with_name(f"{drawn.name}{ending}.png")) as picture:
            plain = picture.convert("RGB")
            method, dither = Image.Quantize.MEDIANCUT, Image.Dither.NONE
            reduced = plain.quantize(COLOURS, method=method, kmeans=2, dither=dither)
            reduced.save(package.ROOT / "docs" / "images" / f"{name}.png", optimize=True)


def main() -> None:
    """Draw what is asked for and print the files' names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("named", nargs="*", metavar="SITE[/SHEET]")
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--paper", nargs="+", choices=list(PAPERS), default=list(PAPERS))
    parser.add_argument("--dpi", type=int, default=120)
    parser.add_argument("--docs", action="store_true")
    given = parser.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(PROFILE))
    application = QgsApplication([], True, str(PROFILE))
    application.initQgis()
    checked = check()
    if given.docs:
        draw_for_docs(checked.in_language("zh"))
        return
    for language in given.language:
        assessment = checked.in_language(language)
        for site_id, sheet in wanted(given.named):
            for paper in given.paper:
                if sheet == STRIPS and PAPERS[paper].is_portrait:
                    continue  # strips are landscape
                to = PICTURES / f"{site_id}_{sheet}_{paper}_{language}"
                draw(assessment, site_id, sheet, paper, to, given.dpi)
                print(f"{to.relative_to(package.ROOT)}.png", flush=True)


if __name__ == "__main__":
    main()
