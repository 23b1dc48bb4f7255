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


_LEAST_PLAIN = 0.9
"""The share of characters that a table or page of Chinese is made of: others are of a wrong guess."""


def unmarked_wide(content: bytes) -> str:
    """Which UTF-16 the content certainly is though no mark says so; empty if it is none."""
    head = content[:_HEAD]
    if b"\x00" not in head or len(content) % 2:
        return ""
    for charset in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(charset, "replace")
        plain = sum(
            one in "\t\r\n" or " " <= one <= "~" or "\u3000" <= one <= "\u9fff" or one >= "\uff00"
            for one in text
        )
        if plain >= _LEAST_PLAIN * len(text) and "\x00" not in text and "\ufffd" not in text:
            return charset
    return ""


def decode(content: bytes) -> str:
    """The text, a damaged character as U+FFFD.

    A page of Chinese that is sound UTF-8 is nothing else, whatever it says: pages that were saved
    again often say their old charset.
    """
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(charset, "replace")
    if wide := unmarked_wide(content):
        return content.decode(wide, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content)  # cut within a character is sound
    except UnicodeDecodeError:
        pass
    said = _SAID.search(content[:_HEAD])
    name = said[1].decode("ascii").lower() if said else ""
    return content.decode(_KNOWN.get(name, "gb18030"), "replace")
