"""Words that are wrong wherever they stand, and right words in the wrong place: ``rules/confusables.toml``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportdesk.checks.claims.words import any_of, rule_words
from reportdesk.checks.reading_cache import kept
from reportdesk.checks.spelling.lexicon import part, run_around
from reportdesk.checks.spelling.typo import Typo, apart

_BEFORE = 24
"""Characters before a word that tell what it means."""


@dataclass(frozen=True, slots=True)
class _InContext:
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None
    wrong: str
    right: str
    is_soft: bool


@functools.cache
def _always() -> Mapping[str, str]:
    entries: list[dict[str, str]] = rule_words("confusables")["always"]  # type: ignore[assignment]
    return {entry["wrong"]: entry["right"] for entry in entries}


@functools.cache
def _always_pattern() -> re.Pattern[str]:
    return re.compile(any_of(_always()))


@functools.cache
def _in_context() -> tuple[_InContext, ...]:
    entries: list[dict[str, str]] = rule_words("confusables")["context"]  # type: ignore[assignment]
    return tuple(
        _InContext(
            re.compile(
                re.escape(entry["wrong"]) + (f"(?={after})" if (after := entry.get("after", "")) else "")
            ),
            re.compile(f"(?:{before})$") if (before := entry.get("before", "")) else None,
            entry["wrong"],
            entry["right"],
            bool(entry.get("soft", False)),
        )
        for entry in entries
    )


@kept
def confused_words(text: str) -> tuple[Typo, ...]:
    """Words that are taken for others, in order, none overlapping another."""
    return apart([*_wrong_anywhere(text), *_wrong_here(text)])


def _wrong_anywhere(text: str) -> Iterator[Typo]:
    for match in _always_pattern().finditer(text):
        right = _always()[match[0]]
        if not _is_of_other_words(text, *match.span()):
            yield Typo(*match.span(), right, is_certain=True)


def _wrong_here(text: str) -> Iterator[Typo]:
    for one in _in_context():
        if one.wrong not in text:
            continue
        for match in one.pattern.finditer(text):
            start, end = match.span()
            low = max(0, start - _BEFORE)
            if one.before is not None and not one.before.search(text[low:start]):
                continue
            if not _is_of_other_words(text, start, end):
                yield Typo(start, end, one.right, is_soft=one.is_soft)


def _is_of_other_words(text: str, start: int, end: int) -> bool:
    """Whether a word goes on beyond either end: 上报消防 holds no 报消."""
    low, high = run_around(text, start, end)
    parted = part(text[low:high])
    return any(parted.crosses(edge - low) for edge in (start, end) if low < edge < high)
