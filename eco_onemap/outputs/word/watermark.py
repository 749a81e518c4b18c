# SPDX-License-Identifier: GPL-2.0-or-later
"""A pale text across each page of a Word document, as Word itself makes one: VML in the header."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml.parser import parse_xml

_TALL_PT, _WIDE_PT_PER_LETTER = 96, 58
_WIDEST_PT = 470
_SHAPE = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136"
 style="position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:{tall}pt;rotation:310;\
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
mso-position-vertical:center;mso-position-vertical-relative:margin"
 fillcolor="#c3ccd6" stroked="f"><v:fill opacity=".5"/>
<v:textpath style="font-family:&quot;SimHei&quot;;font-size:1pt" string={text}/></v:shape>
</w:pict></w:r></w:p>"""


def add_watermark(document: Document, text: str) -> None:
    """Put *text* across all pages, behind what stands on them."""
    wide = min(_WIDEST_PT, _WIDE_PT_PER_LETTER * sum(1 + (ord(one) > 0x2E80) for one in text))
    shape = _SHAPE.format(wide=wide, tall=_TALL_PT, text=quoteattr(text))
    document.sections[0].header._element.append(parse_xml(shape))
