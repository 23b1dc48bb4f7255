"""Prose as plain paragraphs: what typing and paste may leave in a report, and what goes.

Paragraphs are parted by one line feed. Punctuation is left as it is; setting that right is
the checks' proposal and never silent.
"""

from __future__ import annotations

import re
import unicodedata

from reportdesk.report.text.characters import fold

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = frozenset("\t\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f")
_BULLETS = re.compile("^(?:[•●○◦▪■□◆◇➢➤✓·‣⁃\uf000-\uf0ff](?:[ \u3000]+|$))+")
"""What Word and web pages set before the lines of a list; the last ones are Symbol's and Wingdings'."""
_UNSEEN = ("Cc", "Cf", "Cs")
_OBJECT = "\ufffc"
"""What Qt and Word leave where a picture stood."""


def clean_text(text: str) -> str:
    """The text with breaks as line feeds, odd spaces as spaces, and nothing invisible.

    Its length may change. What is seen does not: a sign that only looks like a character becomes
    that character (``characters.fold``).
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", fold(text).text)
    for sign in set(text) - {"\n"}:  # few kinds of signs go, however long the text is
        if sign in _SPACES:
            text = text.replace(sign, " ")
        elif _is_unseen(sign):
            text = text.replace(sign, "")
    return text


def clean_paste(text: str) -> str:
    """Pasted text as clean paragraphs: no indents, which the print-out sets, and no empty lines.

    Bullets of lists go too; numbers such as 1. and 一是 are words and stay.
    """
    lines = (line.strip(" \u3000") for line in clean_text(text).split("\n"))
    paragraphs = (_BULLETS.sub("", line) for line in lines)
    return "\n".join(line for line in paragraphs if line)


def paragraphs(prose: str) -> list[str]:
    """The paragraphs without spaces around them and without empty ones, which are not printed."""
    return [line for line in map(str.strip, prose.splitlines()) if line]


def shared_ends(before: str, after: str) -> tuple[int, int]:
    """How many characters both texts share at the beginning and, beyond those, at the end."""
    start = _shared(before, after)
    rest = min(len(before), len(after)) - start
    end = _shared(before[::-1][:rest], after[::-1][:rest])
    return start, end


def _shared(one: str, other: str) -> int:
    """The length of the common beginning, by halving: slices compare far faster than signs."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _is_unseen(sign: str) -> bool:
    return sign == _OBJECT or unicodedata.category(sign) in _UNSEEN
