# SPDX-License-Identifier: GPL-2.0-or-later
"""What the user states of the project, kept in QGIS's project: another one knows nothing of it."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsProject

from eco_onemap.core.sites.site_settings import FACTS

SCOPE = "EcoOneMap"


def read_facts(project: QgsProject) -> dict[str, str]:
    """Return what is stated, under the names of ``FACTS``; silence is left out."""
    told = ((name, project.readEntry(SCOPE, f"facts/{name}")[0]) for name in FACTS)
    return {name: text for name, text in told if text}


def write_facts(project: QgsProject, facts: Mapping[str, str]) -> None:
    """Keep what is stated in *project*; the user saves it with it."""
    if read_facts(project) == dict(facts):
        return
    for name in FACTS:
        if facts.get(name):
            project.writeEntry(SCOPE, f"facts/{name}", facts[name])
        else:
            project.removeEntry(SCOPE, f"facts/{name}")
