# SPDX-License-Identifier: GPL-2.0-or-later
"""Extracts from a folder of statute texts the articles that a rule pack cites, as test data.

Usage: ``python scripts/extract_articles.py FOLDER [--pack PACK.yaml] [--out articles.json]``

The folder holds files named ``LAW(DATE).md`` with articles that begin ``第…条``, or
``LAW(DATE).json`` with a list of ``{"article": number, "text": text}``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.rules import RulePack

ROOT = Path(__file__).resolve().parent.parent
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零一二三四五六七八九十百千]+"
ARTICLE = re.compile(
    rf"^第({NUMERAL})条[ \u3000]+(.*?)(?=^第{NUMERAL}条[ \u3000]|^#|\Z)", re.S | re.M
)
FILE_NAME = re.compile(r"(?P<law>[^(]+)\((?P<date>\d{4}-\d{2}-\d{2})\)")


def parse_numeral(text: str) -> int:
    """Return the number that a Chinese numeral such as 一百二十 writes."""
    total, digit = 0, 0
    for character in text:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def read_articles(path: Path) -> dict[str, str]:
    """Return the articles of one statute by number, paragraphs on lines of their own."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return {str(entry["article"]): _lines(entry["text"]) for entry in json.loads(text)}
    return {str(parse_numeral(number)): _lines(body) for number, body in ARTICLE.findall(text)}


def extract(pack: RulePack, folder: Path) -> list[dict[str, str]]:
    """Return the articles that *pack* cites and *folder* holds, in order of law and article."""
    cited = {(basis.law, basis.article) for rule in pack.rules for basis in rule.basis}
    entries = []
    for path in sorted(folder.iterdir()):
        name = FILE_NAME.fullmatch(path.stem)
        wanted = {article for law, article in cited if name and article and law == name["law"]}
        if not name or not wanted:
            continue
        articles = read_articles(path)
        entries += [
            {
                "law": name["law"],
                "article": article,
                "text": articles[article],
                "source_title": path.stem,
                "source_date": name["date"],
            }
            for article in sorted(wanted, key=int)
        ]
    return entries


def _lines(text: str) -> str:
    lines = (line.strip("\u200b \u3000\t") for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def main() -> int:
    """Write the extract and say how many articles it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pack", type=Path, default=ROOT / "resources/rules/cn-national.yaml")
    parser.add_argument("--out", type=Path, default=ROOT / "tests/data/law/articles.json")
    options = parser.parse_args()
    entries = extract(read_pack(options.pack), options.folder)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(
        json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    print(f"{len(entries)} articles written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
