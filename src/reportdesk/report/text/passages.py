"""Which passages of a text must be replaced to make another of it, each to be taken or left alone.

Answers for prose, sentence by sentence. Spaces around paragraphs and empty lines, which are not
printed, and a tab where a space is printed are no difference and stay as they are. How what differs is shown is the asker's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from reportdesk.report.edits import TextChange
from reportdesk.report.print_changes import SENTENCE

_BREAK = re.compile(r"(\s*\n\s*)")
_SPACE = re.compile(r"[^\S\u3000]")
"""What is printed as a plain space."""


class _Piece(NamedTuple):
    """A sentence, whose key is how it is printed, or what stands between two paragraphs, whose key is a line feed."""

    key: str
    text: str


def reword(part: str, before: str, after: str) -> tuple[TextChange, ...]:
    """The changes by which ``before`` comes to print what ``after`` does, in order.

    Each speaks of ``before`` as it is, and they do not overlap: whoever makes several begins
    with the last (``latest_first``).
    """
    start = len(before) - len(before.lstrip())
    old, new = _pieces(before.strip()), _pieces(after.strip())
    offsets = [start]
    for piece in old:
        offsets.append(offsets[-1] + len(piece.text))
    return tuple(
        TextChange(part, offsets[a], _text(old[a:b]), _text(new[c:d])) for a, b, c, d in _differing(old, new)
    )


def latest_first(changes: Iterable[TextChange]) -> list[TextChange]:
    """Changes of one text in the order in which they can be made one after the other."""
    return sorted(changes, key=lambda change: change.offset, reverse=True)


def _differing(old: list[_Piece], new: list[_Piece]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges of pieces that give way to others: one by one where they are as many."""
    keys = [piece.key for piece in old], [piece.key for piece in new]
    for kind, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if b - a == d - c:
            pairs = zip(pairwise(range(a, b + 1)), pairwise(range(c, d + 1)), strict=True)
            yield from ((*one, *other) for one, other in pairs)
        else:
            yield a, b, c, d


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    for number, between in enumerate(_BREAK.split(text)):
        if number % 2:
            pieces.append(_Piece("\n", between))
        else:
            pieces += [_Piece(_SPACE.sub(" ", one), one) for one in SENTENCE.findall(between)]
    return pieces


def _text(pieces: Iterable[_Piece]) -> str:
    return "".join(piece.text for piece in pieces)
