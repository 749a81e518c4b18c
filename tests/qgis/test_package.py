# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin's metadata and its zip, by the rules of plugins.qgis.org."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from urllib.parse import urlparse

import package
import pytest

from eco_onemap import __version__

REQUIRED = (
    *("name", "description", "version", "qgisMinimumVersion", "author", "email", "about"),
    *("tracker", "repository"),
)
LARGEST_BYTES = 10_000_000  # plugins.qgis.org takes 25 MB; most of ours is the sample city


@pytest.fixture(scope="module")
def general() -> configparser.SectionProxy:
    # as the site reads it, so a stray % in a text would be an error
    parser = configparser.ConfigParser()
    parser.optionxform = str
    parser.read_string((package.ROOT / "metadata.txt").read_text(encoding="utf-8"))
    return parser["general"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return package.write_zip(tmp_path_factory.mktemp("dist") / "plugin.zip")


def test_metadata_is_complete(general) -> None:
    assert [name for name in REQUIRED if not general.get(name)] == []
    assert general["hasProcessingProvider"] == "yes"
    assert (general["qgisMinimumVersion"], general["qgisMaximumVersion"]) == ("3.40", "4.99")
    for name in ("tracker", "repository"):
        address = urlparse(general[name])
        assert address.scheme == "https"
        assert address.netloc
    for name in ("experimental", "deprecated", "server", "supportsQt6"):
        assert general[name] in ("True", "False")


PUBLISHER = {
    "email": "gis@office.gov.cn",
    "repository": "https://code.office.gov.cn/one-map",
    "tracker": "https://code.office.gov.cn/issues",
    "homepage": "https://office.gov.cn/",
}


def test_no_address_in_the_metadata_could_be_somebodys(general) -> None:
    told = {name: general[name] for name in PUBLISHER if name in general}
    assert sorted(told) == ["email", "repository", "tracker"]
    hosts = [re.split(r"[@/]+", address)[1] for address in told.values()]
    assert [host for host in hosts if not host.endswith(".invalid")] == []  # RFC 2606


def test_a_published_zip_has_the_publishers_addresses(general, tmp_path: Path) -> None:
    with zipfile.ZipFile(package.write_zip(tmp_path / "plugin.zip", PUBLISHER)) as zipped:
        text = zipped.read("eco_onemap/metadata.txt").decode()
    assert package.lacking_addresses(text) == []
    published = configparser.ConfigParser(interpolation=None)
    published.optionxform = str
    published.read_string(text)
    assert dict(published["general"]) == dict(general) | PUBLISHER


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("email", "nobody"),
        ("homepage", "https://a.cn/one%20map"),
        ("tracker", "http://a.cn/x"),
        ("repository", "https://x.invalid/y"),
    ],
)
def test_an_address_that_cannot_be_reached_is_refused(name: str, address: str) -> None:
    with pytest.raises(SystemExit, match=f"--{name} {address}"):
        package.published_metadata({name: address})


def test_what_is_lacking_for_publishing_is_told() -> None:
    text = package.published_metadata({"email": PUBLISHER["email"]})
    assert package.lacking_addresses(text) == ["repository", "tracker"]


def test_version_is_the_same_everywhere(general) -> None:
    project = tomllib.loads((package.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert general["version"] == __version__ == project["project"]["version"]
    assert general["license"] == project["project"]["license"]


def test_zip_is_what_the_site_takes(archive: Path, general) -> None:
    assert archive.stat().st_size < LARGEST_BYTES
    with zipfile.ZipFile(archive) as zipped:
        assert zipped.testzip() is None
        names = zipped.namelist()
        assert zipped.read("eco_onemap/metadata.txt").decode().startswith("[general]")
    assert {name.split("/")[0] for name in names} == {"eco_onemap"}
    needed = ("__init__.py", "metadata.txt", "LICENSE", "plugin.py", general["icon"])
    assert [name for name in needed if f"eco_onemap/{name}" not in names] == []
    parts = {part for name in names for part in name.split("/")}
    assert not [part for part in parts if part.startswith(".") or part.endswith((".pyc", ".part"))]
    assert not parts & {"tests", "__pycache__", "benchmarks", "..", "eco_onemap.egg-info"}
    assert not [n for n in names if n.startswith("eco_onemap/sample_layers/") and n.endswith(".py")]
    assert not [n for n in names if n.startswith("eco_onemap/sample_layers/city/")]


def test_zip_has_all_resources_and_code(archive: Path) -> None:
    with zipfile.ZipFile(archive) as zipped:
        names = set(zipped.namelist())
    for folder, prefix in (("resources", "eco_onemap/resources/"), ("eco_onemap", "eco_onemap/")):
        for file in (package.ROOT / folder).rglob("*"):
            if file.suffix in {".py", ".yaml", ".svg", ".qml", ".j2"}:
                name = file.relative_to(package.ROOT / folder).as_posix()
                assert prefix + name in names or (file.suffix == ".py" and folder == "resources")


def test_same_files_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    source, _ = next(package.plugin_files())
    before = source.stat()
    os.utime(source, (before.st_atime + 100, before.st_mtime + 100))  # times do not count
    again = package.write_zip(tmp_path / "again.zip")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert again.read_bytes() == archive.read_bytes()


def test_stage_is_what_the_zip_holds(archive: Path, tmp_path: Path) -> None:
    stale = tmp_path / "eco_onemap" / "stale.py"
    stale.parent.mkdir()
    stale.write_text("", encoding="utf-8")
    staged = package.stage_plugin(tmp_path)
    with zipfile.ZipFile(archive) as zipped:
        packed = {name: zipped.read(name) for name in zipped.namelist()}
    laid_out = {
        file.relative_to(tmp_path).as_posix(): file.read_bytes()
        for file in staged.rglob("*")
        if file.is_file()
    }
    assert laid_out == packed


OUTSIDE = """
import sys
from importlib.machinery import PathFinder

stage, blocked = sys.argv[1], {"docx", "openpyxl", "et_xmlfile", "xlrd", "typing_extensions"}

class OnlyFromTheZip:
    \"\"\"Finds these packages below the stage or nowhere: a QGIS that lacks them.\"\"\"

    def find_spec(self, name, path=None, target=None):
        if name not in blocked:
            return None
        within = [place for place in sys.path if place.startswith(stage)]
        spec = PathFinder.find_spec(name, within)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return spec

sys.meta_path.insert(0, OnlyFromTheZip())
sys.path.insert(0, stage)
"""

WRITING = (
    OUTSIDE
    + """
from pathlib import Path
from eco_onemap.core.errors import MissingPackageError
from eco_onemap.outputs.docx import write_docx
from eco_onemap.outputs.report import Cell, Report, Table, TableColumn
from eco_onemap.readers.sites.tables.sheets import read_workbook

table = Table((TableColumn("A"),), ((Cell("1.5 m²"),),), caption="B")
report = Report("T", "S", "zh", "", "F", (table,))
try:
    write_docx(Path(stage, "report.docx"), report)
except MissingPackageError as error:
    print(error)
else:
    import docx
    print(docx.__file__, docx.Document(str(Path(stage, "report.docx"))).tables[0].cell(1, 0).text)
    import openpyxl
    openpyxl.Workbook().save(Path(stage, "book.xlsx"))
    print(read_workbook(Path(stage, "book.xlsx").read_bytes(), "book.xlsx")[0].name)
"""
)


def run_from(stage: Path, code: str) -> list[str]:
    command = [sys.executable, "-c", code, str(stage)]
    done = subprocess.run(command, cwd=stage, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_zip_brings_the_packages_that_qgis_lacks(tmp_path: Path) -> None:
    staged = package.stage_plugin(tmp_path)
    document, sheet = run_from(tmp_path, WRITING)
    assert document == f"{staged}/_vendor/docx/__init__.py 1.5 m²"
    assert sheet == "Sheet"


def test_without_them_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    staged = package.stage_plugin(tmp_path)
    shutil.rmtree(staged / "_vendor")
    (told,) = run_from(tmp_path, WRITING)
    assert "report.docx cannot be written" in told
    assert "pip install python-docx" in told


def test_copies_bring_their_licences_and_no_trace_of_this_machine(archive: Path) -> None:
    with zipfile.ZipFile(archive) as zipped:
        copied = [n for n in zipped.namelist() if n.startswith("eco_onemap/_vendor/")]
        about = {n for n in copied if ".dist-info/" in n}
    for name in package.VENDORED:
        prefix = f"eco_onemap/_vendor/{name.replace('-', '_')}-"
        assert any("LICEN" in n.upper() for n in about if n.startswith(prefix)), name
    assert {n.rsplit("/", 1)[1] for n in about} & {
        "RECORD",
        "INSTALLER",
        "direct_url.json",
    } == set()
    assert not [
        n
        for n in copied
        if not n.endswith((".py", ".pyi", ".typed")) and n not in about and "/templates/" not in n
    ]
