"""Brackets and quotation marks of which the other one is missing. Said of them under TXT-15; never mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_PAIRS = (
    ("（", "）", "括号"),
    ("《", "》", "书名号"),
    ("“", "”", "引号"),
    ("〔", "〕", "括号"),
    ("【", "】", "括号"),
)
_ORDINAL = re.compile(r"(?:(?<!\d)\d{1,2}|(?:^|[\s。；：，、;,:])[一二三四五六七八九十a-zA-Z]{1,3})$")
"""What stands before the bracket of 1）, 二） or a）, which has no other."""
_REACH = 6


def unpaired_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each stands, and what is wrong. What is opened in one paragraph may be closed in a later one."""
    plain = text.replace("(", "（").replace(")", "）")  # each a hundred times as fast as translate
    for opens, closes, name in _PAIRS:
        if plain.count(opens) == plain.count(closes) == 0:
            continue
        yield from ((at, at + 1, f"{name}不成对") for at in _alone(plain, opens, closes))


def _alone(plain: str, opens: str, closes: str) -> list[int]:
    """The places of those that have no partner."""
    is_open: list[int] = []
    alone: list[int] = []
    for match in re.finditer(f"[{opens}{closes}]", plain):
        at = match.start()
        if match[0] == opens:
            is_open.append(at)
        elif is_open:
            is_open.pop()
        elif not _is_ordinal(plain, at, closes):
            alone.append(at)
    return sorted([*alone, *_not_said_again(plain, is_open, opens)])


def _is_ordinal(plain: str, at: int, closes: str) -> bool:
    line = plain.rfind("\n", 0, at) + 1
    return closes == "）" and _ORDINAL.search(plain[max(line, at - _REACH) : at]) is not None


def _not_said_again(plain: str, places: Iterable[int], opens: str) -> Iterator[int]:
    """Those but of a quotation that goes on in the next paragraph: each opens it anew, and the last one closes it.

    ``places`` ascend, so that each paragraph's end is looked for once.
    """
    end = -1
    for at in places:
        if end < at:
            found = plain.find("\n", at)
            end = found if found >= 0 else len(plain)
        if opens != "“" or not plain.startswith(opens, end + 1):
            yield at
