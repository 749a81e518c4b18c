# SPDX-License-Identifier: GPL-2.0-or-later
"""Data inside a Word document, in a custom XML part: Word keeps it when somebody saves."""

from __future__ import annotations

import base64
import uuid

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from eco_onemap.outputs.report.blocks import Seal

NAMESPACE = "urn:eco-onemap:dossier:1"
_NUMBER = 9
"""Of the part; templates have the first ones."""

_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<ds:datastoreItem ds:itemID="{{{identity}}}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    '<ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
)


def attach(document: Document, seal: Seal) -> None:
    """Put what a report was made of into its document."""
    text = base64.b64encode(seal.content).decode("ascii")
    content = f'<dossier xmlns="{NAMESPACE}" sha256="{seal.digest}">{text}</dossier>'
    item = _part(document, f"/customXml/item{_NUMBER}.xml", "application/xml", content)
    identity = str(uuid.UUID(seal.digest[:32])).upper()
    about = _PROPERTIES.format(identity=identity, namespace=NAMESPACE)
    name = f"/customXml/itemProps{_NUMBER}.xml"
    properties = _part(document, name, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, about)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _part(document: Document, name: str, kind: str, content: str) -> Part:
    return Part(PackURI(name), kind, content.encode(), document.part.package)
