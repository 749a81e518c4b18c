# SPDX-License-Identifier: GPL-2.0-or-later
"""The maps in a folder that the siting check or *Make maps* filled, by their files' names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.describe import sheet_title
from eco_onemap.layout.file_names import file_names
from eco_onemap.layout.subjects import subjects
from eco_onemap.outputs.report.plates import Plate

_SHEET = re.compile(r"(.+)_(\d+)_([a-z]+)\.png")
"""An image of a map series: the site's file name, number and subject of the sheet."""


def maps_in(folder: str, assessment: Assessment) -> dict[str, Path]:
    """Return the map of each site that has one in a folder, "" for none.

    An image is taken before the last one of a series, which shows all layers; then comes a PDF.
    """
    names = file_names(assessment.site_verdict["site_id"].tolist()) if folder else {}
    known = {path.name: path for path in _files_in(folder)} if names else {}
    known |= {f"{sheet[1]} series": path for sheet, path in _sheets_in(folder)} if names else {}
    endings = (".png", ".jpg", " series", ".pdf")
    found = {site: [known.get(name + each) for each in endings] for site, name in names.items()}
    return {site: next(filter(None, paths)) for site, paths in found.items() if any(paths)}


def plates_in(
    folder: str, assessment: Assessment, language: str, maps: Mapping[str, Path]
) -> tuple[Plate, ...]:
    """Return the sheets of the series of the only site, but for that which stands in its chapter.

    "" for no folder.
    """
    sites = assessment.site_verdict["site_id"].tolist()
    if not folder or len(sites) != 1:
        return ()
    file, name = file_names(sites)[sites[0]], assessment.site_verdict["name"][0] or sites[0]
    known = {subject.name: subject for subject in subjects()}
    return tuple(
        Plate(path, sheet_title(name, known[sheet[3]], language))
        for sheet, path in _sheets_in(folder)
        if sheet[1] == file and sheet[3] in known and path != maps.get(sites[0])
    )


def _sheets_in(folder: str) -> list[tuple[re.Match[str], Path]]:
    """Return the images of map series in a folder, those of a site in their order."""
    parts = ((_SHEET.fullmatch(path.name), path) for path in _files_in(folder))
    sheets = [(found, path) for found, path in parts if found]
    return sorted(sheets, key=lambda each: (each[0][1], int(each[0][2]), each[1]))


def _files_in(folder: str) -> list[Path]:
    return [path for path in Path(folder).glob("*.*") if path.is_file()]
