"""resources/language/alike.txt: which characters are taken for which, by sound and by shape.

A line a character: itself, a tab, those of the same sound (any tone), a tab, those of a like shape.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

HEAD = """\
# 每行一个字、读音相同的字、字形相近的字，以制表符分开。由 tools/build_language.py 生成，请勿手工修改。
# Source: pypinyin 0.55.0 (MIT) for sounds, pycorrector 1.1.4 (Apache-2.0) for strokes and common characters.
"""
_MOST_READINGS = 2
_MOST_STROKES_APART = 2
_LEAST_STROKES = 5
_MOST_SHAPES = 12


def alike_lines(
    common: frozenset[str],
    sounds: Mapping[str, list[str]],
    strokes: Mapping[str, str],
    like_strokes: Iterable[tuple[str, ...]],
) -> list[str]:
    """The file's lines, of common characters only."""
    by_sound: dict[str, set[str]] = defaultdict(set)
    spoken = {sign: {_plain(one) for one in sounds.get(sign, [])[:_MOST_READINGS]} for sign in common}
    for sign, readings in spoken.items():
        for reading in readings:
            by_sound[reading].add(sign)
    shapes = _shapes(common, strokes, like_strokes)
    lines = []
    for sign in sorted(common):
        same = sorted(set().union(*(by_sound[reading] for reading in spoken[sign])) - {sign})
        like = sorted(shapes[sign] - {sign})
        lines.append(f"{sign}\t{''.join(same)}\t{''.join(like)}")
    return lines


def _plain(reading: str) -> str:
    """The reading without its tone."""
    apart = unicodedata.normalize("NFD", reading)
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn" or sign == "\u0308")


def _shapes(
    common: frozenset[str], strokes: Mapping[str, str], like_strokes: Iterable[tuple[str, ...]]
) -> dict[str, set[str]]:
    """Those that are listed as alike, and those whose strokes are the same but for one or two."""
    shapes: dict[str, set[str]] = {sign: set() for sign in common}
    for first, *others in like_strokes:
        for other in others:
            if first in common and other in common:
                shapes[first].add(other)
                shapes[other].add(first)
    by_pieces: dict[str, set[str]] = defaultdict(set)
    for sign in common:
        for piece in _pieces(strokes.get(sign, "")):
            by_pieces[piece].add(sign)
    for signs in by_pieces.values():
        if 1 < len(signs) <= _MOST_SHAPES:
            for sign in signs:
                shapes[sign] |= signs
    return shapes


def _pieces(written: str) -> set[str]:
    """The strokes, and the strokes less any one: two that share one of these are one stroke apart."""
    if len(written) < _LEAST_STROKES:
        return set()
    return {written, *(f"{written[:at]}-{written[at + 1 :]}" for at in range(len(written)))} | {
        written[:at] + written[at + 1 :] for at in range(len(written))
    }
