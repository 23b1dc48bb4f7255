"""Signs that look like characters and are none: what they certainly are, and which nobody can tell.

A copy out of a PDF writes ⼈ (a radical) for 人; the eye sees no difference, but no search finds it,
no label matches, and some faces have no such sign. Answers for folding such signs and for naming those
that cannot be folded; where text comes from is not its matter.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reportdesk.resources import resource

_RADICALS = "\u2e80-\u2fdf\u31c0-\u31e3"
_COMPATIBLE = "\uf900-\ufaff\U0002f800-\U0002fa1f"
_LIGATURES = "\ufb00-\ufb06"
_MATHEMATICAL = "\U0001d400-\U0001d7ff"
_SELECTORS = "\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"

_ODD = re.compile(f"[{_RADICALS}{_COMPATIBLE}{_LIGATURES}{_MATHEMATICAL}{_SELECTORS}{_UNSEEN}{_PRIVATE}]")
_UNTOLD = re.compile(f"[{_RADICALS}{_PRIVATE}\x00-\x08\x0b-\x1f\x7f-\x9f\ufffc-\uffff]")
"""What is left of such signs once all is folded; a control character has no shape either."""
_ANY_ODD = re.compile(f"{_ODD.pattern[:-1]}{_UNTOLD.pattern[1:]}")
"""Both at once: nearly every text has none of them."""
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters but line feed and tab, and what sets the direction of writing."""
_PICTURES = 0x20
_NAMED = 3


class Folded(NamedTuple):
    """A text without odd signs, and how many of them were replaced by the character they look like."""

    text: str
    replaced: int


class OddSign(NamedTuple):
    """A sign that is no character: where it stands, and what it certainly is, or None.

    ``right`` is empty for a sign that has no shape and only goes.
    """

    start: int
    sign: str
    right: str | None


def fold(text: str) -> Folded:
    """Replace signs by the characters that they certainly are; what has no shape goes and is not counted."""
    if text.isascii() or not _ODD.search(text):
        return Folded(text, 0)
    count = 0

    def right(match: re.Match[str]) -> str:
        nonlocal count
        meant = _meant(match[0])
        count += bool(meant) and meant != match[0]
        return match[0] if meant is None else meant

    return Folded(_ODD.sub(right, text), count)


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters where that stands in the text."""
    if text.isascii() or not _ODD.search(text):
        return text, range(len(text))
    folded: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        meant = _meant(sign) if _ODD.match(sign) else sign
        plain = sign if meant is None else meant
        folded.append(plain)
        places += [place] * len(plain)
    return "".join(folded), places


def fold_told(text: str) -> tuple[str, str]:
    """The folded text, and what to tell the clerk of it: empty where nothing that is seen was replaced."""
    folded, count = fold(text)
    return folded, says_folded(count)


def says_folded(count: int) -> str:
    """The sentence about so many signs that were folded; empty for none."""
    if not count:
        return ""
    return f"有 {count} 个看起来像汉字、其实不是汉字的符号（常见于从 PDF 复制的文字），已换成对应的汉字。"


def odd_signs(text: str) -> tuple[OddSign, ...]:
    """The signs in a text that are no characters, in order: those that ``fold`` would mend, and the rest."""
    if not _ANY_ODD.search(text):
        return ()
    odd = {match.start(): match[0] for found in (_ODD, _UNTOLD) for match in found.finditer(text)}
    named = (OddSign(start, sign, _meant(sign)) for start, sign in sorted(odd.items()))
    return tuple(odd for odd in named if odd.right != odd.sign)


def show_sign(sign: str) -> str:
    """A sign as a sentence names it: by its code, and itself where it can be seen."""
    code = f"U+{ord(sign):04X}"
    return f"“{sign}”（{code}）" if sign.isprintable() else code


def shown_plainly(text: str) -> str:
    """The text with control characters and signs that turn writing round shown instead of obeyed.

    Line feeds and tabs stay. A name from somebody's file may hold a terminal's commands, or letters
    set backwards so that it seems to be another.
    """
    if text.isprintable():
        return text
    return _OBEYED.sub(lambda match: _shown(match[0]), text)


def _shown(sign: str) -> str:
    code = ord(sign)
    if code < _PICTURES:
        return chr(0x2400 + code)  # Unicode's pictures of these
    return "␡" if sign == "\x7f" else f"⟨U+{code:04X}⟩"


def name_signs(signs: str) -> str:
    """Some signs by name, each once, as a sentence lists them."""
    each = list(dict.fromkeys(signs))
    more = f" 等 {len(each)} 种" if len(each) > _NAMED else ""
    return "、".join(map(show_sign, each[:_NAMED])) + more


@functools.lru_cache(maxsize=1024)
def _meant(sign: str) -> str | None:
    """What an odd sign certainly is: a character, nothing, or None where nobody can tell."""
    if re.match(f"[{_SELECTORS}{_UNSEEN}]", sign):
        return ""
    known = _told_apart().get(sign)
    if known is not None:
        return known
    plain = unicodedata.normalize("NFKC", sign)
    if plain != sign:
        return plain
    # Twelve of the compatibility block are characters of their own in spite of their place.
    return sign if unicodedata.category(sign) == "Lo" else None


@functools.cache
def _told_apart() -> Mapping[str, str]:
    import tomllib  # not with the window, whose labels show control characters

    rules = tomllib.loads(resource("rules", "characters.toml").read_text(encoding="utf-8"))
    private = {chr(int(code, 16)): meant for code, meant in rules["private"].items()}
    return {**{pair[0]: pair[1:] for pair in rules["radicals"].split()}, **private}
