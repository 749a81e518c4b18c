# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that travel inside a PDF (ISO 32000-1, 7.11.4: embedded file streams)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import md5

from eco_onemap.layout.pdf_file import text_string


def attaching_objects(files: Mapping[str, bytes], first: int) -> tuple[dict[int, bytes], bytes]:
    """Return the objects of attached files, numbered from *first*, and the catalogue's entry.

    The entry is b"" where there is nothing to attach. Contents stand as they are: ours are packed.
    """
    objects: dict[int, bytes] = {}
    names = b""
    for number, name in enumerate(sorted(files)):
        stream, specification = first + 2 * number, first + 2 * number + 1
        objects[stream] = _stream(files[name])
        called = text_string(name)
        objects[specification] = (
            b"<< /Type /Filespec /F %s /UF %s /AFRelationship /Data /EF << /F %d 0 R >> >>"
            % (called, called, stream)
        )
        names += b" %s %d 0 R" % (called, specification)
    entry = b"/Names << /EmbeddedFiles << /Names [%s ] >> >>" % names if files else b""
    return objects, entry


def _stream(content: bytes) -> bytes:
    sum_of_it = md5(content, usedforsecurity=False).hexdigest().encode()
    parameters = b"<< /Size %d /CheckSum <%s> >>" % (len(content), sum_of_it)
    head = b"<< /Type /EmbeddedFile /Length %d /Params %s >>" % (len(content), parameters)
    return b"%s\nstream\n%s\nendstream" % (head, content)
