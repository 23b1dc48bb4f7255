"""Streams of a PDF as ISO 19005 wants them; all else of a PDF's syntax is reportlab's."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

DEFAULT_COMPRESSION = 6


def stream(
    content: bytes, entries: Mapping[str, Any] | None = None, *, compression: int = DEFAULT_COMPRESSION
) -> PDFStream:
    """A stream with these dictionary entries besides its length; compression 0 leaves it as it is."""
    dictionary = PDFDictionary(dict(entries or {}))
    if compression:
        content = zlib.compress(content, compression)
        dictionary["Filter"] = PDFName("FlateDecode")
    return _Stream(dictionary, content)


class _Stream(PDFStream):
    """A stream whose end stands on a line of its own (ISO 19005-1, 6.1.7); reportlab's does not."""

    def format(self, document: Any) -> bytes:
        written: bytes = super().format(document)
        return written.removesuffix(_END) + b"\n" + _END


_END = b"endstream\n"
