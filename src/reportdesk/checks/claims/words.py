"""The word tables of ``resources/rules/claims.toml``, and finding their words in a text."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reportdesk.resources import resource


class Word(NamedTuple):
    """A word of a table in a text: ``sort`` is the table's name, ``meaning`` the list's."""

    sort: str
    meaning: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with their meanings and the pattern that finds the longest of them at each place."""

    pattern: re.Pattern[str]
    meanings: Mapping[str, tuple[str, str]]

    def find(self, text: str) -> Iterator[Word]:
        """The words of the text in order, none overlapping another."""
        meanings, make = self.meanings, tuple.__new__  # thousands of them: without a call of Word's own
        for match in self.pattern.finditer(text):
            sort, meaning = meanings[match[0]]
            start, end = match.span()
            yield make(Word, (sort, meaning, start, end))


@functools.cache
def rule_words(name: str) -> Mapping[str, object]:
    """The whole of one file of ``resources/rules``, without its ending."""
    return tomllib.loads(resource("rules", f"{name}.toml").read_text(encoding="utf-8"))


@functools.cache
def claim_lexicon() -> Lexicon:
    """The words by which claims are read, without the units, which stand after numbers only."""
    return lexicon({sort: table for sort, table in _tables().items() if sort != "unit"})


@functools.cache
def unit_lexicon() -> Lexicon:
    """The words that may follow a number."""
    return lexicon({"unit": _tables()["unit"]})


def lexicon(tables: Mapping[str, Mapping[str, Iterable[str]]]) -> Lexicon:
    """Words by table and list.

    Raises:
        ValueError: a word stands in two lists, so that its meaning would be chance.
    """
    found = collisions(tables)
    if found:
        word, one, other = found[0]
        raise ValueError(f"{word} stands in {one} and {other}")
    meanings = {
        word: (sort, meaning)
        for sort, table in tables.items()
        for meaning, words in table.items()
        for word in words
    }
    return Lexicon(pattern_of(meanings), meanings)


def collisions(tables: Mapping[str, Mapping[str, Iterable[str]]]) -> list[tuple[str, str, str]]:
    """Each word that stands in two lists, with the names of both."""
    places: dict[str, str] = {}
    found: list[tuple[str, str, str]] = []
    for sort, table in tables.items():
        for meaning, words in table.items():
            for word in words:
                place = f"{sort}.{meaning}"
                if word in places:
                    found.append((word, places[word], place))
                places.setdefault(word, place)
    return found


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words, quick to fail elsewhere.

    Words are grouped by their first sign, and that sign is looked at before anything else.
    """
    return _any_of(tuple(words))


@functools.lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> str:
    firsts = "".join(map(re.escape, dict.fromkeys(word[0] for word in words)))
    return f"(?=[{firsts}])(?:{_branches(words)})"


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """The same for going through a whole text: the engine itself passes over signs that begin no word."""
    return _pattern_of(tuple(words))


@functools.lru_cache(maxsize=256)
def _pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_branches(words))


def _branches(words: tuple[str, ...]) -> str:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    return "|".join(
        re.escape(first)
        + "(?:"
        + "|".join(re.escape(rest) for rest in sorted(rests, key=len, reverse=True))
        + ")"
        for first, rests in groups.items()
    )


def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    return rule_words("claims")  # type: ignore[return-value]  # the file's shape is tested
