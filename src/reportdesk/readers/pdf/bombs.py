"""Refuses a page whose packed drawing unpacks to more than any page: PDFium would end the whole process.

Only how much comes out is looked at, never what.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from reportdesk.readers.files.limits import MEBIBYTE

MAX_DRAWING = 32 * MEBIBYTE
"""Bytes of what draws one page, unpacked; a page full of hatching takes two."""
_MOST_FORMS = 200
_PACKED = ("FlateDecode", "Fl")


def refuse_swollen(page: Any) -> None:
    """Look at the page's own drawing and at the forms that it names.

    Raises:
        MemoryError: they unpack to more than ``MAX_DRAWING`` together.
    """
    left = MAX_DRAWING
    for stream in _drawings(page):
        left -= _size(stream, left)
        if left < 0:
            raise MemoryError("a page that unpacks to more than any page")


def _drawings(page: Any) -> Iterator[Any]:
    from pdfminer.pdftypes import PDFStream, resolve1

    waiting = [resolve1(each) for each in page.contents]
    resources = [resolve1(page.resources)]
    seen: set[int] = set()
    while (waiting or resources) and len(seen) < _MOST_FORMS:
        if waiting:
            stream = waiting.pop()
            if not isinstance(stream, PDFStream) or id(stream) in seen:
                continue
            seen.add(id(stream))
            yield stream
            resources.append(resolve1(stream.attrs.get("Resources")))
            continue
        named = resources.pop()
        forms = resolve1(named.get("XObject")) if isinstance(named, dict) else None
        for each in (forms or {}).values() if isinstance(forms, dict) else ():
            form = resolve1(each)
            if isinstance(form, PDFStream) and "Form" in str(form.attrs.get("Subtype")):
                waiting.append(form)


def _size(stream: Any, most: int) -> int:
    """How many bytes the stream unpacks to, counted no further than one beyond ``most``."""
    raw: bytes = stream.get_rawdata() or b""
    filters = str(stream.attrs.get("Filter"))
    if not any(name in filters for name in _PACKED):
        return len(raw)
    unpacker, size, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and size <= most and not unpacker.eof:
            size += len(unpacker.decompress(rest, MEBIBYTE))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return size  # damaged from there on: nobody draws more of it
    return size
