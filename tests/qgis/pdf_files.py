# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in PDF files, as other programs read it: poppler, GDAL, pypdf."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import numpy as np
import pypdf
from osgeo import gdal
from qgis.PyQt.QtGui import QImage


def run(*command) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def page_texts(pdf: Path) -> list[str]:
    """The text of each page without blanks, full-width punctuation as half-width."""
    pages = run("pdftotext", "-raw", pdf, "-").split("\f")[:-1]
    return [re.sub(r"\s+", "", unicodedata.normalize("NFKC", page)) for page in pages]


def printed_scales(pdf: Path) -> list[int]:
    """The denominator of each page's scale, as it stands below the map."""
    pages = run("pdftotext", "-bbox", pdf, "-").split("<page ")[1:]
    scale = re.compile(r">(?:比例尺|Scale)</word>\s*<word[^>]*>1:(\d+)</word>")
    return [int(scale.search(page)[1]) for page in pages]


def page_sizes(pdf: Path) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    told = run("pdfinfo", "-l", "9999", pdf)
    found = re.findall(r"Page\s+\d+ size:\s+([\d.]+) x ([\d.]+) pts", told)
    return [(float(width) * 25.4 / 72, float(height) * 25.4 / 72) for width, height in found]


def fonts(pdf: Path) -> list[tuple[str, bool]]:
    """Name of each font and whether it is embedded and mapped to Unicode."""
    rows = [line.split() for line in run("pdffonts", pdf).splitlines()[2:]]
    return [(row[0], row[-5] == row[-3] == "yes") for row in rows]


def bookmarks(pdf: Path) -> list[tuple[int, str, int]]:
    """Depth, title and page (from 0) of each bookmark."""
    reader = pypdf.PdfReader(pdf)

    def below(items, depth):
        for item in items:
            if isinstance(item, list):
                yield from below(item, depth + 1)
            else:
                yield depth, item.title, reader.get_destination_page_number(item)

    return list(below(reader.outline, 0))


def ground_of(pdf: Path, page: int) -> tuple[gdal.Dataset, tuple[float, float, float, float]]:
    """A page (from 0) as GDAL opens it at 300 dpi, and the ground of its map: W, S, E, N."""
    dataset = gdal.OpenEx(f"PDF:{page + 1}:{pdf}", open_options=["DPI=300"])
    numbers = re.findall(r"-?[\d.]+(?:e-?\d+)?", dataset.GetMetadataItem("NEATLINE"))
    corners = np.array(numbers, dtype=float).reshape(-1, 2)
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    return dataset, (west, south, east, north)


def pixels_of(pdf: Path, page: int, folder: Path, dpi: int = 300) -> np.ndarray:
    """A page (from 0) as an array of red, green, blue."""
    number = str(page + 1)
    run("pdftoppm", "-r", str(dpi), "-f", number, "-l", number, "-png", "-singlefile", pdf,
        folder / "page")  # fmt: skip
    image = QImage(str(folder / "page.png")).convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)
