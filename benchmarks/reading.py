# SPDX-License-Identifier: GPL-2.0-or-later
"""How long files of sites take to read: 5,000 parcels with 200,000 points, as text and as tables.

.venv/bin/python benchmarks/reading.py
"""

from __future__ import annotations

import io
import math
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from eco_onemap.readers.sites.points import parse_points  # noqa: E402 (the path comes first)

PARCELS, CORNERS = 5_000, 39  # with the closing row 40 points each
RUNS = 3

HEADER = """[属性描述]
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=39
[地块坐标]
"""


def parcels() -> Iterator[tuple[int, list[tuple[float, float]]]]:
    """Yield number and closed ring (north, east) of parcels in rows of a hundred."""
    for number in range(PARCELS):
        north, east = 2_711_000 + 200 * (number // 100), 39_611_000 + 200 * (number % 100)
        turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
        ring = [(north + 80 * math.sin(turn), east + 80 * math.cos(turn)) for turn in turns]
        yield number, [*ring, ring[0]]


def boundary_text() -> bytes:
    """Return the parcels as a boundary point file."""
    lines = []
    for number, ring in parcels():
        lines.append(f"40,1.9,{number},地块{number},面,,工业用地,,@")
        lines += [f"J{k},1,{north:.3f},{east:.3f}" for k, (north, east) in enumerate(ring, 1)]
    return (HEADER + "\n".join(lines) + "\n").encode("gb18030")


def table_rows() -> Iterator[list[object]]:
    """Yield a heading and one row for each point."""
    yield ["地块编号", "点号", "X(北)", "Y(东)"]
    for number, ring in parcels():
        for corner, (north, east) in enumerate(ring, 1):
            yield [f"P{number}", corner, round(north, 3), round(east, 3)]


def csv_text() -> bytes:
    """Return the parcels as CSV."""
    return "\n".join(",".join(map(str, row)) for row in table_rows()).encode("utf-8-sig")


def workbook() -> bytes:
    """Return the parcels as an XLSX workbook."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("坐标")
    for row in table_rows():
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "parcels.txt": boundary_text,
    "parcels.csv": csv_text,
    "parcels.xlsx": workbook,
}


def main() -> None:
    """Print the best of three readings of each file, by the clock and in the processor."""
    for name, make in FILES.items():
        content = make()
        clock, processor = [], []
        for _ in range(RUNS):
            start, busy = time.perf_counter(), time.process_time()
            sites = parse_points(content, name)
            clock.append(time.perf_counter() - start)
            processor.append(time.process_time() - busy)
            assert len(sites) == PARCELS
        size, best, work = len(content) / 1e6, min(clock), min(processor)
        print(f"{name:14s} {size:5.1f} MB  {best:5.2f} s  (processor {work:.2f} s)")


if __name__ == "__main__":
    main()
