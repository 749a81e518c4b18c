#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads random mutations of the site files in tests/data/sites, and says what went wrong.

    .venv/bin/python scripts/fuzz_sites.py --count 20000 --seed 1

Wrong is: an exception that is not the project's own, a sentence that cannot be said, more than
5 seconds for a file, and a silent wrong answer as far as that can be decided without the reader:

- a coordinate that stands nowhere in the file (for files of plain numbers);
- a row with two coordinates that neither came out nor was told;
- another answer for the same text in another encoding or with other line ends.

Exit code 0: nothing was wrong; 1: something was, and the files are kept in --keep.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from eco_onemap.core.errors import EcoOneMapError  # noqa: E402 (the path comes first)
from eco_onemap.core.messages import LANGUAGES  # noqa: E402
from eco_onemap.core.sites.raw_sites import RawSites  # noqa: E402
from eco_onemap.readers.sites.points import parse_points  # noqa: E402
from eco_onemap.readers.sites.txt_text import decode  # noqa: E402

CORPUS = ROOT / "tests" / "data" / "sites"
ENDINGS = (".txt", ".dat", ".csv", ".tsv", ".xlsx", ".xls")
SECONDS = 5
PIECES = [
    *(b",", b"\t", b";", b"\r", b"\n", b"\r\n", b"\0", b"@", b"[", b"]", b"=", b'"', b"-", b"e9"),
    *(text.encode() for text in ("，", "°", "′", "″", "经度", "纬度", "X", "Y", "半径", "宽度")),
    *(b"999999999999", b"0", b"nan", b"1e308", b"118.1000", b"39611000", b"2711000", b"\xff\xfe"),
]


class TooSlow(BaseException):
    """A file took longer than it may."""


@dataclass(frozen=True)
class Fault:
    """What went wrong with one mutated file."""

    name: str
    content: bytes
    what: str


def main() -> int:
    """Run, print what came out, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_slow)
    chance = random.Random(options.seed)
    files = sorted(
        path for path in CORPUS.iterdir() if path.suffix in ENDINGS and "expected" not in path.name
    )
    contents = [path.read_bytes() for path in files]
    outcomes: Counter[str] = Counter()
    faults: list[Fault] = []
    start, slowest = time.monotonic(), 0.0
    for _ in range(options.count):
        number = chance.randrange(len(files))
        content = mutated(contents[number], contents, chance)
        begun = time.monotonic()
        outcome, wrong = judge(files[number].name, content)
        slowest = max(slowest, time.monotonic() - begun)
        outcomes[outcome] += 1
        faults += [Fault(files[number].name, content, one) for one in wrong]
    _report(options, outcomes, faults, time.monotonic() - start, slowest)
    return 1 if faults else 0


def _too_slow(*_: object) -> None:
    raise TooSlow


def _report(options, outcomes, faults, seconds, slowest) -> None:
    pace = f"{seconds:.0f} s, slowest {slowest:.2f} s"
    print(f"{options.count} mutations, seed {options.seed}: {pace}")
    for outcome, count in outcomes.most_common():
        print(f"  {count:6d} {outcome}")
    print(f"  {len(faults):6d} faults")
    for number, fault in enumerate(faults[:50]):
        options.keep.mkdir(parents=True, exist_ok=True)
        path = options.keep / f"{options.seed}-{number}-{fault.name}"
        path.write_bytes(fault.content)
        print(f"- {path}: {fault.what}")


# --- mutations ---------------------------------------------------------------------------------


def mutated(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Return the content after one to five changes of bytes, pieces or lines.

    Two times out of three a text stays one: it is changed as such and put into any encoding.
    """
    text = _text_of(content) if chance.random() < 0.67 else None
    if text is not None:
        content, others = text.encode("utf-8", "ignore"), [content]
    for _ in range(chance.randint(1, 5)):
        content = chance.choice(CHANGES)(content, others, chance)
    if text is not None:
        encoding = chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16"))
        content = content.decode("utf-8", "ignore").encode(encoding)
    return content[:200_000]


def _text_of(content: bytes) -> str | None:
    if content.startswith((b"PK", b"\xd0\xcf")):
        return None
    try:
        return decode(content, "")
    except EcoOneMapError:
        return None


def _flip(content, others, chance):
    place = chance.randrange(len(content) + 1)
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]


def _digit(content, others, chance):
    digits = [match.start() for match in re.finditer(rb"\d", content)]
    if not digits:
        return content
    place = chance.choice(digits)
    return content[:place] + str(chance.randrange(10)).encode() + content[place + 1 :]


def _piece(content, others, chance):
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice(PIECES) + content[place + chance.randrange(3) :]


def _cut(content, others, chance):
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randrange(30) :]


def _repeat(content, others, chance):
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start : start + 60] * 2 + content[start + 60 :]


def _line(content, others, chance):
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    if chance.random() < 0.5:
        lines.pop(one) if chance.random() < 0.5 else lines.insert(one, lines[two])
    return b"".join(lines)


def _splice(content, others, chance):
    other = chance.choice(others)
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


CHANGES = (_flip, _flip, _digit, _digit, _piece, _piece, _cut, _repeat, _line, _line, _splice)


# --- judging -----------------------------------------------------------------------------------


def judge(name: str, content: bytes) -> tuple[str, list[str]]:
    """Return the outcome in a word, and everything that is wrong with it."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        sites = parse_points(content, name)
        wrong = list(_of_sites(sites))
    except EcoOneMapError as error:
        return f"refused: {error.message.key}", list(_of_error(error))
    except TooSlow:
        return "too slow", [f"more than {SECONDS} s"]
    except Exception as error:  # noqa: BLE001 (this is what the script looks for)
        return "crashed", [repr(error)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if not name.endswith((".xlsx", ".xls")):
        text = decode(content, name)
        wrong += _of_numbers(sites, text)
        wrong += _of_other_bytes(name, sites, text)
    return "read with problems" if sites.problems else "read", wrong


def _of_error(error: EcoOneMapError) -> Iterator[str]:
    for language in LANGUAGES:
        if not error.message.text(language):
            yield f"nothing is said in {language}"


def _of_sites(sites: RawSites) -> Iterator[str]:
    said = [*sites.notes, *sites.problems.values()]
    if not all(one.text(language) for one in said for language in LANGUAGES):
        yield "nothing is said"
    lengths = {len(sites.geometries), len(sites.names), *map(len, sites.columns.values())}
    if lengths != {len(sites)} or len(set(sites.ids)) != len(sites):
        yield "columns of different lengths, or identifiers twice"
    if set(np.flatnonzero(shapely.is_missing(sites.geometries)).tolist()) != set(sites.problems):
        yield "a site without geometry has no reason, or one with a geometry has"
    if not np.isfinite(shapely.get_coordinates(sites.geometries)).all():
        yield "coordinates that are not finite"


_NUMBER = re.compile(r"\d+(?:\.\d*)?", re.ASCII)
_SHAPED = re.compile(r"\d \d|[°度分秒′″':半宽缓]|radius|width|buffer|mmss", re.IGNORECASE)


def _of_numbers(sites: RawSites, text: str) -> Iterator[str]:
    """Compare coordinates with the numbers in the text, where they are written as such."""
    plain = _plain(text)
    if _SHAPED.search(plain) or any(note.key == "table.note_packed" for note in sites.notes):
        return
    written = {float(number) for number in _NUMBER.findall(plain.replace(",", " "))}
    written |= {
        float(number) for number in _NUMBER.findall(re.sub(r"(?<=\d),(?=\d{3})", "", plain))
    }
    vertices = {tuple(xy) for xy in shapely.get_coordinates(sites.geometries).tolist()}
    if any(abs(value) not in written for xy in vertices for value in xy):
        yield "a coordinate that stands nowhere in the file"
    told = {"table.note_left_out"} & {note.key for note in sites.notes}
    if not sites.problems and not told:
        for line in re.split(r"[\r\n]+", plain):
            pair = _grid_pair(line)
            if pair and pair not in vertices and pair[::-1] not in vertices:
                yield f"a row that did not come out: {line[:60]}"


def _plain(text: str) -> str:
    wide = "，．０１２３４５６７８９\0"
    return text.translate(str.maketrans(wide, ",.0123456789 "))


def _grid_pair(line: str) -> tuple[float, float] | None:
    """Return the two Gauss-Krüger coordinates of a line of plain fields, None for another line."""
    fields = [field.strip() for field in line.split(",")]
    if not all(re.fullmatch(r"[JK]?\d*(\.\d+)?", field, re.ASCII) for field in fields):
        return None
    numbers = [float(field) for field in fields if re.fullmatch(r"\d{6,8}\.\d{3}", field, re.ASCII)]
    return (numbers[0], numbers[1]) if len(numbers) == 2 and len(fields) in (3, 4, 5) else None


def _of_other_bytes(name: str, sites: RawSites, text: str) -> Iterator[str]:
    """Read the same text as UTF-8 with BOM: the answer must be the same."""
    try:
        again = parse_points(text.encode("utf-8-sig"), name)
    except (EcoOneMapError, UnicodeEncodeError) as error:
        if isinstance(error, EcoOneMapError):
            yield f"the same text in UTF-8 is refused: {error}"
        return
    first, second = (shapely.to_wkb(one.geometries).tolist() for one in (sites, again))
    if first != second or sites.crs != again.crs or sites.ids.tolist() != again.ids.tolist():
        yield "the same text in UTF-8 gives another answer"


if __name__ == "__main__":
    raise SystemExit(main())
