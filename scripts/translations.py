# SPDX-License-Identifier: GPL-2.0-or-later
"""Keeps the plugin's Chinese in step with its English: ``resources/translations/*.ts``.

    python scripts/translations.py            takes new texts in, leaves out what is gone
    python scripts/translations.py --add FILE  takes translations in: English, tab, Chinese a line

The files are those of Qt Linguist. What has no translation yet is marked unfinished.
"""

from __future__ import annotations

import argparse
import ast
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "translations" / "eco_onemap_zh_Hans.ts"
CONTEXT = "EcoOneMap"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def marked_texts() -> list[str]:
    """Return the texts in ``tr()`` of the whole plugin, each once, in alphabetical order."""
    found: set[str] = set()
    for path in sorted((ROOT / "eco_onemap").rglob("*.py")):
        found.update(_marked_in(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _marked_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr"):
            continue
        text = node.args[0]
        if isinstance(text, ast.Constant):
            yield text.value


def read_translations(path: Path = TARGET) -> dict[str, str]:
    """Return English to Chinese as the file has it, without what is unfinished."""
    if not path.exists():
        return {}
    pairs = (
        (message.findtext("source", ""), message.findtext("translation", ""))
        for message in ET.parse(path).iter("message")
    )
    return {source: translation for source, translation in pairs if translation}


def translation_file(texts: list[str], known: Mapping[str, str]) -> str:
    """Return the file for *texts* with the translations that are known."""
    root = ET.Element("TS", version="2.1", language="zh_Hans", sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text in texts:
        entry = ET.SubElement(context, "message")
        ET.SubElement(entry, "source").text = text
        translation = ET.SubElement(entry, "translation")
        if text in known:
            translation.text = known[text]
        else:
            translation.set("type", "unfinished")
    ET.indent(root)
    return HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _given(path: Path) -> dict[str, str]:
    r"""Return the translations of a table; ``\n`` in it is a new line."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {
        row[0].replace("\\n", "\n"): row[1].replace("\\n", "\n") for row in rows if len(row) > 1
    }


def main() -> int:
    """Bring the file up to date and say what is left to translate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--add", type=Path, action="append", default=[])
    known = read_translations()
    for path in parser.parse_args().add:
        known |= _given(path)
    texts = marked_texts()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(translation_file(texts, known), encoding="utf-8")
    missing = [text for text in texts if text not in known]
    print("\n".join(text.replace("\n", "\\n") for text in missing))
    print(f"{len(texts)} texts, {len(missing)} without translation", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
