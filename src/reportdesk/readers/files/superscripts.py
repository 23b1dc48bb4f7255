"""Raised figures, as marks of notes are: written so that nobody reads them as part of a number.

111 with a raised 1 is seen as 111¹ and not as 1111. What a mark means is not asked here.
"""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹*＊※†‡" + "".join(map(chr, range(ord("①"), ord("⑳") + 1)))
_END = re.compile(rf"(?<=\S)\s*(?:[{_MARKS}]+|[\[［〔][0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}[\]］〕])\s*$")
_ENDS = tuple(_MARKS + "]］〕")
_GONE = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def raised(text: str) -> str:
    """The text as it stands raised: its digits as raised ones, if it is nothing else."""
    bare = text.strip()
    return text.translate(_RAISED) if bare and bare.isdecimal() else text


def split_mark(text: str) -> tuple[str, str]:
    """The text without a note's mark at its end, and the mark; that is empty if there is none."""
    written = text.strip()
    if not written.endswith(_ENDS):
        return written, ""
    match = _END.search(written)
    return (written[: match.start()], match[0].strip()) if match else (written, "")


def without_raised(text: str) -> str:
    """The text without raised digits."""
    return text.translate(_GONE)
