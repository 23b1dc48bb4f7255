"""Bytes of a web page or text file as text: UTF-8 where they are it, else what they say, else GB 18030."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAID = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE
)
_HEAD = 4096
_KNOWN = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-16": "utf-16", "utf-16le": "utf-16-le"}
"""Charsets that Chinese pages are found in; every other name of them is taken for GB 18030."""


def decode(content: bytes) -> str:
    """The text, a damaged character as U+FFFD.

    A page of Chinese that is sound UTF-8 is nothing else, whatever it says: pages that were saved
    again often say their old charset.
    """
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(charset, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content)  # cut within a character is sound
    except UnicodeDecodeError:
        pass
    said = _SAID.search(content[:_HEAD])
    name = said[1].decode("ascii").lower() if said else ""
    return content.decode(_KNOWN.get(name, "gb18030"), "replace")
