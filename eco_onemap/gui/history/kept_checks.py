# SPDX-License-Identifier: GPL-2.0-or-later
"""The checks of a QGIS project, kept as files of results.

They stand in a folder beside the project's file, called like it (``plan.qgz`` → ``plan_checks``),
and go where it goes. Those of a project that has no file yet stand in a folder of this session and
move when it gets one. A folder that cannot be written leaves them in the session's.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from qgis.core import QgsProject

from eco_onemap.core.errors import EcoOneMapError, OutputError
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.inputs import inputs_of, inputs_table
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.outputs.folders import make_folder
from eco_onemap.outputs.geopackage import write_geopackage
from eco_onemap.readers.stored_assessment import read_assessment

SUFFIX = "_checks"
NAME = "%Y%m%d-%H%M%S-%f"
MOST_CHECKS = 50
"""The oldest goes when one more comes."""
MOST_SITES = 2000
"""Results of more sites are not kept: they take up to hundreds of megabytes."""


@dataclass(frozen=True)
class KeptCheck:
    """One check. when: local time. title, as_of: of the one map and the assessment date.

    counts: number of sites with each verdict, those of none left out, worst first.
    """

    path: Path
    when: datetime
    title: str
    as_of: str
    counts: tuple[tuple[Verdict, int], ...]

    @property
    def sites(self) -> int:
        """How many sites were checked."""
        return sum(count for _, count in self.counts)


class KeptChecks:
    """The checks of one project."""

    def __init__(self, project: QgsProject) -> None:
        self._project = project
        self._session: Path | None = None

    @property
    def folder(self) -> Path | None:
        """The folder beside the project's file, None while it has none."""
        file = Path(self._project.fileName())
        is_file = bool(self._project.fileName()) and file.parent.is_dir()
        return file.with_name(file.stem + SUFFIX) if is_file else None

    def keep(self, assessment: Assessment, language: str, folder: Path | None) -> Path:
        """Write a check, its messages in *language*, and return its file; any thread.

        folder: what :attr:`folder` was on the main thread. OutputError where neither it nor the
        session's can be written.
        """
        spoken = assessment.in_language(language)
        try:
            return _write(spoken, folder or self._session_folder())
        except OutputError:
            return _write(spoken, self._session_folder())

    def listed(self) -> tuple[KeptCheck, ...]:
        """Return all checks, the newest first; files that hold none are passed over."""
        folders = [folder for folder in (self.folder, self._session) if folder]
        files = [file for folder in folders for file in folder.glob("*.gpkg")]
        found = filter(None, (_described(file) for file in files))
        return tuple(sorted(found, key=lambda check: (check.when, check.path.name), reverse=True))

    def move_in(self) -> None:
        """Bring what this session keeps into the project's folder, now that there may be one."""
        folder = self.folder
        if folder is None or self._session is None:
            return
        try:
            make_folder(folder)
            for file in self._session.glob("*.gpkg"):
                shutil.move(file, folder / file.name)
        except (OSError, EcoOneMapError):
            return  # what could not move is still listed

    def forget_session(self) -> None:
        """Let go of what belongs to no file: another project begins."""
        if self._session is not None:
            shutil.rmtree(self._session, ignore_errors=True)
            self._session = None

    def _session_folder(self) -> Path:
        if self._session is None:
            self._session = Path(tempfile.mkdtemp(prefix="eco_onemap_"))
        return self._session


def open_check(check: KeptCheck) -> Assessment:
    """Return a kept check's assessment; ResultsError says why it cannot be read."""
    return read_assessment(check.path)


def _write(spoken: Assessment, folder: Path) -> Path:
    make_folder(folder)
    path = folder / f"{datetime.now().strftime(NAME)}.gpkg"
    tables = (*spoken.tables, inputs_table(inputs_of(spoken)))
    write_geopackage(path, tables, spoken.catalogue.title)
    for old in sorted(folder.glob("*.gpkg"))[:-MOST_CHECKS]:
        old.unlink(missing_ok=True)
    return path


def _described(path: Path) -> KeptCheck | None:
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, sqlite3.Error, ValueError, KeyError):
        return None


@lru_cache(maxsize=4 * MOST_CHECKS)
def _read(path: Path, _modified_ns: int) -> KeptCheck:
    """Return what stands on a check in the list; ValueError, KeyError or an error of SQLite."""
    when = datetime.strptime(path.stem, NAME)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        run = dict(database.execute("SELECT key, value FROM run").fetchall())
        query = "SELECT verdict, COUNT(*) FROM site_verdict GROUP BY verdict"
        told = dict(database.execute(query).fetchall())
    counts = tuple((each, told[each.value]) for each in Verdict if told.get(each.value))
    return KeptCheck(path, when, str(run["catalogue.title"] or ""), str(run["as_of"]), counts)
