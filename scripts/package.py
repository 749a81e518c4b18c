# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs the QGIS plugin: ``build/stage/eco_onemap/`` and ``dist/eco_onemap-VERSION.zip``.

    python scripts/package.py [--email WHO@WHERE --repository URL --tracker URL [--homepage URL]]

The addresses are those of whoever publishes the plugin; metadata.txt has none that exists, and
plugins.qgis.org asks for the first three. The same files give the same bytes, whenever and
wherever they are packed. The zip brings copies of the pure Python packages that no QGIS has, in
the versions of ``constraints.txt``.
"""

from __future__ import annotations

import argparse
import configparser
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "eco_onemap"
STAGE = ROOT / "build" / "stage"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; real ones would make each zip different."""

ORDINARY_FILE = 0o100644 << 16

VENDORED = ("python-docx", "typing_extensions", "openpyxl", "et_xmlfile", "xlrd", "pypdf")
"""What is copied; python-docx needs lxml, too, which every QGIS has."""

MAKING = ROOT / "sample_layers" / "city"
"""What the sample was made from; that and the code which made it are not the sample."""

CONSTRAINTS = ROOT / "scripts" / "constraints.txt"

NOWHERE = ".invalid"
"""What ends addresses that are to be replaced; by RFC 2606 none such exists."""
ADDRESSES = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
    **dict.fromkeys(
        ("repository", "tracker", "homepage"), re.compile(r"https://[^\s/%]+\.[^\s%]+")
    ),
}
"""The addresses that a publisher states, and what each looks like."""

Addresses = Mapping[str, str]


def version() -> str:
    """Return the version in ``metadata.txt``."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]


def plugin_files() -> Iterator[tuple[Path, str]]:
    """Yield each file of the plugin with its path inside the plugin's folder."""
    for name in ("metadata.txt", "LICENSE"):
        yield ROOT / name, name
    for file in _files_below(ROOT / PLUGIN):
        yield file, file.relative_to(ROOT / PLUGIN).as_posix()
    for folder in ("resources", "sample_layers", "docs"):
        for file in _files_below(ROOT / folder):
            if file.suffix != ".py" and MAKING not in file.parents:
                yield file, file.relative_to(ROOT).as_posix()
    for name in VENDORED:
        yield from _vendored_files(name)


def published_metadata(addresses: Addresses) -> str:
    """Return ``metadata.txt`` with a publisher's addresses; SystemExit where one cannot be."""
    text = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    for name, address in addresses.items():
        if not ADDRESSES[name].fullmatch(address) or NOWHERE in address:
            sys.exit(f"--{name} {address}: not an address that anybody could reach")
        line = f"{name}={address}"
        text, replaced = re.subn(rf"(?m)^{name}=.*$", lambda _: line, text)  # noqa: B023
        if not replaced:
            text = text.replace("\ncategory=", f"\n{line}\ncategory=", 1)
    return text


def lacking_addresses(text: str) -> list[str]:
    """Return which addresses in a ``metadata.txt`` do not exist."""
    lines = (line.partition("=") for line in text.splitlines())
    return [name for name, _, address in lines if name in ADDRESSES and NOWHERE in address]


def _vendored_files(name: str) -> Iterator[tuple[Path, str]]:
    """Yield the code, data and licence of an installed package, which has the pinned version."""
    pins = dict(line.split("==") for line in CONSTRAINTS.read_text().splitlines() if "==" in line)
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        sys.exit(f"{name} {pins[name]} goes into the zip and is not installed: run make setup")
    if found.version != pins[name]:
        sys.exit(
            f"{name} {pins[name]} goes into the zip, but {found.version} is installed: "
            "delete .venv and run make setup"
        )
    for file in sorted(found.files or ()):
        if _is_vendored(file):
            yield Path(str(file.locate())), f"_vendor/{file.as_posix()}"


def _is_vendored(file: metadata.PackagePath) -> bool:
    """Return whether a file of a package is needed: no scripts, no traces of its installation."""
    if {"..", "default-docx-template"} & set(file.parts) or file.suffix == ".pyc":
        return False  # the latter is what default.docx was zipped from
    about = next((part for part in file.parts if part.endswith(".dist-info")), None)
    return about is None or file.name == "METADATA" or file.name.upper().startswith("LICEN")


def _files_below(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
        if file.is_file() and not hidden and file.suffix not in {".pyc", ".part"}:
            yield file


def stage_plugin(folder: Path) -> Path:
    """Lay the plugin out in *folder* as QGIS wants it, and return its own folder there."""
    target = folder / PLUGIN
    shutil.rmtree(target, ignore_errors=True)
    for source, name in plugin_files():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    return target


def write_zip(path: Path, addresses: Addresses | None = None) -> Path:
    """Write the plugin as a zip that QGIS installs, and return its path."""
    about = published_metadata(addresses or {}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for source, name in sorted(plugin_files(), key=lambda pair: pair[1]):
            entry = zipfile.ZipInfo(f"{PLUGIN}/{name}", FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = ORDINARY_FILE
            entry.create_system = 3  # Unix, wherever it is packed
            content = about if name == "metadata.txt" else source.read_bytes()
            archive.writestr(entry, content, compresslevel=9)
    part.replace(path)
    return path


def _stated_addresses() -> dict[str, str]:
    """Return the addresses on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ADDRESSES:
        parser.add_argument(f"--{name}", metavar="ADDRESS")
    return {name: address for name, address in vars(parser.parse_args()).items() if address}


def main() -> None:
    """Stage the plugin, zip it and say where it is."""
    addresses = _stated_addresses()
    staged = stage_plugin(STAGE)
    path = write_zip(ROOT / "dist" / f"{PLUGIN}-{version()}.zip", addresses)
    print(f"{staged.relative_to(ROOT)}/  {path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")
    lacking = lacking_addresses(published_metadata(addresses))
    if lacking:
        options = " ".join(f"--{name} …" for name in lacking)
        print(f"to be installed by hand; for plugins.qgis.org give also: {options}")


if __name__ == "__main__":
    main()
