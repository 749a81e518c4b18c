# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes Word and Excel offer to repair a file, from ECMA-376 and the limits of Excel.

A file of an office program is a zip of parts (ECMA-376 part 2); :func:`faults` names each broken
rule with its part, so that an empty list means: nothing to repair that this module knows of.
"""

from __future__ import annotations

import itertools
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OBSOLETE = "stylesWithEffects"
"""Word 2010 compares this copy of the styles with the styles and doubts the file."""

# ECMA-376 part 1, 17.3.1.26, 17.3.2.28, 17.4.60, 17.4.70, 17.4.82, 17.6.17, 17.9, 17.4.38
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "sdt": "sdtPr sdtEndPr sdtContent",
}
_REPEATED = {"tr", "headerReference", "footerReference", "lvl", "abstractNum", "num", "lvlOverride"}
# ECMA-376 part 1, 18.3.1.99
_SHEET_CHILDREN = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
    "mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions "
    "pageMargins pageSetup headerFooter rowBreaks colBreaks drawing legacyDrawing tableParts "
    "extLst"
)
_SHEET = dict(zip(_SHEET_CHILDREN.split(), itertools.count(), strict=False))
MOST_CHARACTERS, LONGEST_NAME, HIGHEST_ROW, WIDEST_COLUMN = 32_767, 31, 409.5, 255.0


def faults(path: Path) -> list[str]:
    """Return what is wrong with a DOCX or XLSX file."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        contents = {name: archive.read(name) for name in names}
    found = [f"{name}: twice in the zip" for name, count in Counter(names).items() if count > 1]
    trees: dict[str, Any] = {}
    for name, content in contents.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                return [f"{name}: {error}"]
    rules = _word(trees) if path.suffix == ".docx" else _excel(trees)
    return [*found, *_package(contents, trees), *rules]


def _package(contents: dict[str, bytes], trees: dict[str, Any]) -> Iterator[str]:
    """Yield parts without a type, types without a part, and relationships that lead nowhere."""
    types = trees["[Content_Types].xml"]
    defaults = {one.get("Extension").lower() for one in types.findall(f"{_TYPES}Default")}
    overrides = {one.get("PartName").lstrip("/") for one in types.findall(f"{_TYPES}Override")}
    yield from (f"{name}: typed, but not there" for name in overrides - set(contents))
    for name in contents:
        if name == "[Content_Types].xml":
            continue
        if name not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name}: no content type"
        if _OBSOLETE in name:
            yield f"{name}: an obsolete copy of the styles"
        yield from _relationships(name, contents, trees)


def _relationships(name: str, contents: dict[str, bytes], trees: dict[str, Any]) -> Iterator[str]:
    folder, file = posixpath.split(name)
    told = trees.get(f"{folder}/_rels/{file}.rels".lstrip("/"))
    own = list(told) if told is not None else []
    if name == "_rels/.rels":
        own, folder = list(trees[name]), ""
    ids = [one.get("Id") for one in own]
    yield from (f"{name}: relationship {one} twice" for one, n in Counter(ids).items() if n > 1)
    for one in own:
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target"))).lstrip("/")
        if one.get("TargetMode") != "External" and target not in contents:
            yield f"{name}: {one.get('Id')} leads to {target}, which is not there"
    for element in trees[name].iter() if name in trees else ():
        for key, value in element.attrib.items():
            if key.startswith(R) and value not in ids:
                yield f"{name}: {value} is no relationship"


def _word(trees: dict[str, Any]) -> Iterator[str]:
    document = trees["word/document.xml"]
    parts = {n: t for n, t in trees.items() if re.fullmatch(r"word/\w+\.xml", n)}
    for name, tree in parts.items():
        yield from (f"{name}: {fault}" for fault in _order(tree))
        yield from (f"{name}: {fault}" for fault in _tables(tree))
    everywhere = [element for tree in parts.values() for element in tree.iter()]
    for tag, key in (
        (f"{WP}docPr", "id"),
        (f"{W}bookmarkStart", f"{W}id"),
        (f"{W}bookmarkStart", f"{W}name"),
    ):
        used = Counter(element.get(key) for element in everywhere if element.tag == tag)
        yield from (f"{key} {one!r} of {tag} twice" for one, n in used.items() if n > 1)
    starts = {e.get(f"{W}id") for e in document.iter(f"{W}bookmarkStart")}
    ends = [e.get(f"{W}id") for e in document.iter(f"{W}bookmarkEnd")]
    if sorted(starts) != sorted(ends):
        yield "bookmarks begin and do not end"
    yield from _fields(parts)
    yield from _references(parts, trees)


def _order(tree: Any) -> Iterator[str]:
    for name, told in ORDER.items():
        places = {f"{W}{child}": place for place, child in enumerate(told.split())}
        for found in tree.iter(f"{W}{name}"):
            children = [places.get(child.tag, -1) for child in found]
            once = [c for c in found if c.tag.removeprefix(W) not in _REPEATED]
            if -1 in children or children != sorted(children):
                yield f"children of {name} out of order: {[c.tag.split('}')[1] for c in found]}"
            if len({child.tag for child in once}) < len(once):
                yield f"a child of {name} twice"


def _tables(tree: Any) -> Iterator[str]:
    """Yield cells without a paragraph at their end, and rows that do not fill their grid."""
    for cell in tree.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            yield "a cell that does not end with a paragraph"
    for table in tree.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            taken = sum(1 if span is None else int(span.get(f"{W}val")) for span in spans)
            if taken != columns:
                yield f"a row of {taken} columns in a table of {columns}"


def _fields(parts: dict[str, Any]) -> Iterator[str]:
    for name, tree in parts.items():
        kinds = Counter(e.get(f"{W}fldCharType") for e in tree.iter(f"{W}fldChar"))
        if len(set(kinds.values())) > 1:
            yield f"{name}: fields begin and do not end: {dict(kinds)}"


def _references(parts: dict[str, Any], trees: dict[str, Any]) -> Iterator[str]:
    """Yield styles and numberings that are used and not there, and links that lead nowhere."""
    styles = {e.get(f"{W}styleId") for e in trees["word/styles.xml"].iter(f"{W}style")}
    numbering = trees["word/numbering.xml"]
    lists = {e.get(f"{W}numId") for e in numbering.findall(f"{W}num")}
    formats = {e.get(f"{W}abstractNumId") for e in numbering.findall(f"{W}abstractNum")}
    marks = {e.get(f"{W}name") for tree in parts.values() for e in tree.iter(f"{W}bookmarkStart")}
    known = {"pStyle": styles, "rStyle": styles, "tblStyle": styles, "numId": lists | {"0"}}
    for name, tree in parts.items():
        for tag, there in known.items():
            used = {e.get(f"{W}val") for e in tree.iter(f"{W}{tag}")}
            yield from (f"{name}: {tag} {one} is not there" for one in used - there)
        links = {e.get(f"{W}anchor") for e in tree.iter(f"{W}hyperlink")} - {None}
        yield from (f"{name}: no bookmark {one}" for one in links - marks)
    for one in numbering.findall(f"{W}num/{W}abstractNumId"):
        if one.get(f"{W}val") not in formats:
            yield f"numbering {one.get(f'{W}val')} is not there"


def _excel(trees: dict[str, Any]) -> Iterator[str]:
    book = trees["xl/workbook.xml"]
    names = [sheet.get("name") for sheet in book.iter(f"{S}sheet")]
    if len({name.lower() for name in names}) < len(names):
        yield "two sheets of one name"
    for name in names:
        if not 0 < len(name) <= LONGEST_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", name):
            yield f"no name for a sheet: {name!r}"
    for one in book.iter(f"{S}definedName"):
        sheet = int(one.get("localSheetId", "0"))
        if sheet >= len(names) or "#REF!" in one.text:
            yield f"{one.get('name')} leads nowhere"
    looks = trees["xl/styles.xml"]
    for one in looks.iter(f"{S}numFmt"):
        if len(one.get("formatCode")) > 255:
            yield f"a format of {len(one.get('formatCode'))} characters"
    styles = len(looks.find(f"{S}cellXfs"))
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            yield from (f"{name}: {fault}" for fault in _sheet(tree, styles))


def _sheet(tree: Any, styles: int) -> Iterator[str]:
    places = [_SHEET[child.tag.removeprefix(S)] for child in tree]
    if places != sorted(set(places)):
        yield f"children out of order: {[child.tag for child in tree]}"
    for column in tree.iter(f"{S}col"):
        if float(column.get("width")) > WIDEST_COLUMN:
            yield "a column that is too wide"
    last = 0
    for row in tree.iter(f"{S}row"):
        number = int(row.get("r"))
        if number <= last or float(row.get("ht", "0")) > HIGHEST_ROW:
            yield f"row {number}: out of order or too high"
        last = number
        yield from (f"row {number}: {fault}" for fault in _cells(row, styles))
    merged = [one.get("ref") for one in tree.iter(f"{S}mergeCell")]
    if len(set(merged)) < len(merged):
        yield "cells merged twice"


def _cells(row: Any, styles: int) -> Iterator[str]:
    references = [cell.get("r") for cell in row]
    if references != sorted(set(references), key=lambda told: (len(told), told)):
        yield "cells out of order"
    for cell in row:
        text = "".join(cell.itertext())
        if len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
            yield f"{cell.get('r')}: {len(text)} characters"
        if int(cell.get("s", "0")) >= styles:
            yield f"{cell.get('r')}: no such style"
        if cell.get("t") == "inlineStr" and cell.find(f"{S}is") is None:
            yield f"{cell.get('r')}: said to be text, and has none"
        if cell.find(f"{S}f") is not None:
            yield f"{cell.get('r')}: a formula"
