# SPDX-License-Identifier: GPL-2.0-or-later
"""What a QGIS user reads passes through the translator, as whole English sentences."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from eco_onemap.core.messages import placeholders
from eco_onemap.paths import PACKAGE

sys.path.insert(0, str(PACKAGE.parent / "scripts"))
import translations

SHOWN = {"displayName", "shortHelpString", "shortDescription", "group", "longName", "helpString"}
"""Methods whose texts QGIS shows."""

DOORS = sorted(
    (*PACKAGE.glob("processing/*.py"), *PACKAGE.glob("gui/**/*.py"), PACKAGE / "plugin.py")
)


def _is_translated(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Name) and called.id == "tr"


def _untranslated(path: Path) -> list[str]:
    """Texts shown to users that no translator sees, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in SHOWN:
            found += [
                inner.value
                for inner in ast.walk(node)
                if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Constant)
            ]
        if isinstance(node, ast.Call) and _names_a_parameter(node):
            found += [
                argument
                for argument in node.args[1:2]
                if isinstance(argument, ast.Constant | ast.JoinedStr)
            ]
    return [f"{path.name}:{node.lineno}" for node in found]


def _names_a_parameter(call: ast.Call) -> bool:
    name = getattr(call.func, "id", "")
    return name.startswith(("QgsProcessingParameter", "QgsProcessingOutput"))


@pytest.mark.parametrize("path", DOORS, ids=lambda path: path.name)
def test_every_shown_text_is_marked_for_translation(path):
    assert _untranslated(path) == []


@pytest.mark.parametrize("path", DOORS, ids=lambda path: path.name)
def test_marked_texts_are_plain_sentences(path):
    """An f-string or a sum inside tr() could not be found by a translator."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_translated(node)
    ]
    for call in marked:
        assert isinstance(call.args[0], ast.Constant), f"{path.name}:{call.lineno}"


def test_the_marker_is_looked_for_where_it_is(tmp_path):
    """The finder sees a text without the marker."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "class A:\n    def displayName(self):\n        return 'Bare'\n"
        "QgsProcessingParameterString('X', 'Bare too')\n"
        "QgsProcessingParameterString('Y', tr('Marked'))\n"
    )
    assert _untranslated(wrong) == ["wrong.py:3", "wrong.py:4"]


def test_the_chinese_file_is_in_step_with_the_code():
    texts = translations.marked_texts()
    assert len(texts) > 50
    expected = translations.translation_file(texts, translations.read_translations())
    assert translations.TARGET.read_text(encoding="utf-8") == expected


def test_every_text_is_translated_with_the_same_values():
    known = translations.read_translations()
    assert [text for text in translations.marked_texts() if text not in known] == []
    other = [text for text, chinese in known.items() if placeholders(text) != placeholders(chinese)]
    assert other == []


def test_translations_are_chinese():
    """Apart from what is the same in both languages; half-width commas end no Chinese clause."""
    known = translations.read_translations()
    bare = {text: re.sub(r"\{\w+\}", "", text) for text in known.values()}
    foreign = [text for text, rest in bare.items() if not re.search("[\u4e00-\u9fff]", rest)]
    assert [text for text in foreign if re.search("[A-Za-z]{4}", bare[text])] == []
    assert [text for text in known.values() if re.search("[\u4e00-\u9fff], ", text)] == []
