# SPDX-License-Identifier: GPL-2.0-or-later
"""A QGIS without a window, with a profile of its own, for all tests of this folder."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSettings

from eco_onemap.processing.provider import EcoOneMapProvider

os.environ["QT_QPA_PLATFORM"] = "offscreen"

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))  # package.py and run_qgis.py are tested, too

KEPT: list[object] = []
"""Qt objects whose early end would take the interpreter down with them."""

STAGED: set[Path] = set()
"""The folder of :func:`plugins`, once it is made."""


@pytest.fixture(scope="session", autouse=True)
def qgis_app(tmp_path_factory) -> QgsApplication:
    """The one QgsApplication of a test process; it lives until the process ends."""
    profile = tmp_path_factory.mktemp("profile")
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(profile))  # not the user's own
    app = QgsApplication([], True, str(profile))
    app.initQgis()
    KEPT.append(app)
    return app


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch) -> Path:
    """A cache of compiled layers for each test, instead of the user's."""
    folder = tmp_path_factory.mktemp("compiled layers")
    monkeypatch.setenv("ECO_ONEMAP_CACHE", str(folder))
    return folder


@pytest.fixture(scope="session")
def processing_module(qgis_app) -> ModuleType:
    """QGIS's ``processing`` with our provider registered."""
    sys.path.append(str(Path(QgsApplication.pkgDataPath(), "python", "plugins")))
    import processing  # noqa: PLC0415 (found by the line above)
    from processing.core.Processing import Processing  # noqa: PLC0415

    Processing.initialize()
    provider = EcoOneMapProvider()
    KEPT.append(provider)
    QgsApplication.processingRegistry().addProvider(provider)
    return processing


@pytest.fixture(scope="session")
def plugins(tmp_path_factory) -> Path:
    """A folder with the plugin as it is packed."""
    import package  # noqa: PLC0415 (in scripts, see above)

    folder = tmp_path_factory.mktemp("plugins")
    package.stage_plugin(folder)
    STAGED.add(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def enabled_once(tmp_path_factory) -> Iterator[None]:
    """New profiles with the plugin as :func:`plugins` packs it are copies of the first.

    QGIS takes two seconds to switch a plugin on in a profile, and writes the same each time.
    """
    import run_qgis  # noqa: PLC0415 (in scripts, see above)

    enable, kept = run_qgis.enable_plugin, tmp_path_factory.mktemp("enabled")

    def enable_once(profile: Path, plugins: Path | None) -> None:
        if plugins is None or profile.joinpath("profiles").exists() or plugins not in STAGED:
            enable(profile, plugins)
            return
        if not kept.joinpath("profiles").exists():
            enable(kept, plugins)
        shutil.copytree(kept / "profiles", profile / "profiles")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_qgis, "enable_plugin", enable_once)
        yield
