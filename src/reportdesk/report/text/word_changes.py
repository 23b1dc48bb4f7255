"""Which words of a passage went out and which came in, for showing both states beside each other.

Answers for the pieces alone; how they look is the exports' and the window's matter. A number or a
Latin word changes whole: of 23 and 24 nobody should have to add up the digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

GAP = "…"
"""Stands for words that are in both and are not shown."""

_TOKEN = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％]?|[A-Za-z]+|.", re.DOTALL)
_AROUND = 10
"""Characters of unchanged words that are shown on either side of a change."""
_WORTH_CUTTING = 6
_LEAST_ALIKE = 2
"""Unchanged characters between two changes that part them: one alone reads worse than one long change."""
_MOST_OTHER = 0.7
_MOST_COMPARED = 4000


class Mark(Enum):
    """What became of words."""

    SAME = "same"
    OUT = "out"
    IN = "in"


class Words(NamedTuple):
    """Words and what became of them."""

    text: str
    mark: Mark = Mark.SAME


def mark_changes(before: str, after: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """The words of both states, unchanged passages cut short; a text that is mostly another is so in whole."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    spans = list(_joined(_compared(old, new), old))
    if not spans or _is_mostly_other(spans, old, new):
        return _whole(before, Mark.OUT), _whole(after, Mark.IN)
    return (
        tuple(_cut([(old[a:b], is_same) for a, b, _c, _d, is_same in spans], Mark.OUT)),
        tuple(_cut([(new[c:d], is_same) for _a, _b, c, d, is_same in spans], Mark.IN)),
    )


_Span = tuple[int, int, int, int, bool]


def _whole(text: str, mark: Mark) -> tuple[Words, ...]:
    return (Words(text, mark),) if text else ()


def _compared(old: Sequence[str], new: Sequence[str]) -> list[_Span]:
    if max(len(old), len(new)) > _MOST_COMPARED:
        return []
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a, b, c, d, kind == "equal") for kind, a, b, c, d in found]


def _joined(spans: Iterable[_Span], old: Sequence[str]) -> Iterator[_Span]:
    """The spans, with those that differ joined over words too short to part them."""
    listed = list(spans)
    pending: _Span | None = None
    for at, (a, b, c, d, is_same) in enumerate(listed):
        is_inner = pending is not None and at + 1 < len(listed)
        if is_same and not (is_inner and len("".join(old[a:b])) < _LEAST_ALIKE):
            if pending is not None:
                yield pending
                pending = None
            yield a, b, c, d, True
        elif pending is None:
            pending = (a, b, c, d, False)
        else:
            pending = (pending[0], b, pending[2], d, False)
    if pending is not None:
        yield pending


def _is_mostly_other(spans: Iterable[_Span], old: Sequence[str], new: Sequence[str]) -> bool:
    alike = sum(b - a for a, b, _c, _d, is_same in spans if is_same)
    return alike < (1 - _MOST_OTHER) * min(len(old), len(new))


def _cut(runs: Sequence[tuple[Sequence[str], bool]], mark: Mark) -> Iterator[Words]:
    for at, (tokens, is_same) in enumerate(runs):
        text = "".join(tokens)
        if not is_same:
            yield from _whole(text, mark)
        else:
            yield Words(_shortened(tokens, is_first=at == 0, is_last=at == len(runs) - 1))


def _shortened(tokens: Sequence[str], *, is_first: bool, is_last: bool) -> str:
    """The unchanged words next to a change; numbers and Latin words are shown whole or not at all."""
    head = "" if is_first else _beginning(tokens)
    tail = "" if is_last else _beginning(tokens[::-1], backwards=True)
    text = "".join(tokens)
    if len(text) - len(head) - len(tail) < _WORTH_CUTTING:
        return text
    return f"{head}{GAP}{tail}"


def _beginning(tokens: Sequence[str], *, backwards: bool = False) -> str:
    shown = ""
    for token in tokens:
        if shown and len(shown) + len(token) > _AROUND:
            break
        shown = token + shown if backwards else shown + token
    return shown
