"""Finds where each section and part of the form begins among the lines of a file, by their headings.

Headings may be altered, unnumbered, alone or run in with their paragraph. Every line that might
be one is rated against every place of the form, and the best row of places in the form's order
is taken, so that no single likeness decides.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportdesk.form.spec import Form, Part, Section
from reportdesk.readers.tables.labels import Label, read_label
from reportdesk.readers.tables.recognise import Field, Piece, TableMark
from reportdesk.report.text.paste_cleanup import gist_of
from reportdesk.resources import resource

_LONGEST_HEADING = 48
"""Characters; what is longer is a sentence."""
_LONGEST_UNNUMBERED = 24
_RUN_IN = re.compile(r"^(.{2,46}?[。：:])(?=\s*\S)", re.DOTALL)
_SPACED = re.compile(r"^(\S{2,30})[ 　]+(?=\S)")
_NUMBERED = re.compile(r"^\s*[（(]?[一二三四五六七八九十]{1,3}[）)、.．,，]")
_SENTENCE = re.compile("[。；;!！?？]")
_CLAUSE = re.compile("[，,。：:]")

_EXACT, _SAME_GIST, _WITHIN, _LIKE = 6.0, 4.0, 2.5, 2.0
_NUMBER_ALIKE, _NUMBER_OTHER, _CALLED_HEADING = 1.5, -1.0, 1.0
_NUMBER_ALONE = 0.8
_OVERLAP = 0.5
_BEFORE_OWN_TABLE = 2.0
SURE = 3.5
"""From this rating on the heading is the form's beyond doubt."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the form that begins with a heading: a section, or a part of one."""

    section: Section
    part: Part | None
    label: Label
    gist: str


class Found(NamedTuple):
    """A slot's heading: the piece where it stands, its words, and what follows them in the line."""

    slot: Slot
    at: int
    heading: str
    rest: str
    rating: float
    called: bool
    """Whether the file itself calls the line a heading."""


@functools.lru_cache(maxsize=8)
def slots_of(form: Form) -> tuple[Slot, ...]:
    """Every section and every part with a heading, in printed order."""
    slots = []
    for section in form.sections:
        slots.append(_slot(section, None, section.title))
        slots += [_slot(section, part, part.heading) for part in section.parts if part.heading]
    return tuple(slots)


def find_headings(form: Form, pieces: Sequence[Piece]) -> tuple[Found, ...]:
    """The headings of the form that the pieces show, in the form's order."""
    slots = slots_of(form)
    marks = {
        piece.table: at for at, piece in reversed(list(enumerate(pieces))) if isinstance(piece, TableMark)
    }
    best: list[_Chain | None] = [None] * len(slots)
    for at, piece in enumerate(pieces):
        if isinstance(piece, TableMark | Field):
            continue
        ended = []
        for index, found in _rated(form, at, piece.text, called=piece.level > 0):
            rating = found.rating + _by_tables(found.slot.section, at, marks)
            before = max(
                (chain for chain in best[:index] if chain), key=lambda chain: chain.total, default=None
            )
            total = rating + (before.total if before else 0.0)
            ended.append((index, _Chain(total, found, before)))
        for index, chain in ended:
            known = best[index]
            if chain.found.rating > 0 and (known is None or chain.total > known.total):
                best[index] = chain
    last = max((chain for chain in best if chain), key=lambda chain: chain.total, default=None)
    return tuple(reversed(list(_backwards(last))))


def may_head(form: Form, text: str) -> bool:
    """Whether the text by itself may be the heading of a section or part."""
    return any(not found.rest for _, found in _rated(form, 0, text, called=False))


class _Chain(NamedTuple):
    total: float
    found: Found
    before: _Chain | None


def _backwards(chain: _Chain | None) -> Iterator[Found]:
    while chain:
        yield chain.found
        chain = chain.before


def _by_tables(section: Section, at: int, marks: Mapping[str, int]) -> float:
    """A section's heading stands before its own tables."""
    own = [marks[table.id] for table in section.tables if table.id in marks]
    return -_BEFORE_OWN_TABLE if own and at > min(own) else 0.0


def _rated(form: Form, at: int, text: str, *, called: bool) -> Iterator[tuple[int, Found]]:
    """Every slot that the line may be the heading of. ``called``: the file itself calls it a heading."""
    slots = slots_of(form)
    for heading, rest in _readings(text, called=called):
        for index, rating in _ratings(form, heading, alone=not rest, called=called):
            yield index, Found(slots[index], at, heading, rest, rating, called)


@functools.lru_cache(maxsize=4096)
def _ratings(form: Form, heading: str, *, alone: bool, called: bool) -> Sequence[tuple[int, float]]:
    """How surely the words are the heading of each slot, of those that they may be of at all.

    Kept, since the same headings come in every file.
    """
    label = read_label(heading)
    gist = gist_of(label.words)
    rated = enumerate(_rate(slot, label, gist, alone=alone, called=called) for slot in slots_of(form))
    return [(index, rating) for index, rating in rated if rating > 0]


def _readings(text: str, *, called: bool) -> Iterator[tuple[str, str]]:
    """How a line may be a heading: the whole of it, or a beginning run in with the rest."""
    line = text.strip()
    if not line:
        return
    sentence = _SENTENCE.search(line[:-1]) or (not _NUMBERED.match(line) and _CLAUSE.search(line))
    if len(line) <= _LONGEST_HEADING and (called or not sentence):
        yield line, ""
    if called:
        return
    for pattern in (_RUN_IN, _SPACED):
        match = pattern.match(line)
        if match and (pattern is _RUN_IN or _NUMBERED.match(line)):
            yield match[1], line[match.end() :].strip()


def _rate(slot: Slot, label: Label, gist: str, *, alone: bool, called: bool) -> float:
    likeness = _likeness(slot, label, gist)
    number = 0.0
    if label.number and slot.label.number:
        number = _NUMBER_ALIKE if label.number == slot.label.number else _NUMBER_OTHER
    if not likeness:
        numbered_alike = number > 0 and (alone or called)
        return _NUMBER_ALONE if numbered_alike else 0.0
    if not label.number and not called:
        if not alone and likeness < _SAME_GIST:
            return 0.0
        if alone and likeness < _EXACT and len(label.words) > _LONGEST_UNNUMBERED:
            return 0.0
    return likeness + number + (_CALLED_HEADING if called else 0.0)


def _likeness(slot: Slot, label: Label, gist: str) -> float:
    if label.words == slot.label.words:
        return _EXACT
    return _likeness_of_gists(gist, slot.gist)


@functools.lru_cache(maxsize=4096)
def _likeness_of_gists(gist: str, other: str) -> float:
    """Kept, since the same headings come in every file."""
    if not gist or not other:
        return 0.0
    if gist == other:
        return _SAME_GIST
    shorter, longer = sorted((gist, other), key=len)
    if len(shorter) > 1 and shorter in longer:
        return _WITHIN
    ours, theirs = _pairs(gist), _pairs(other)
    shared = len(ours & theirs)
    return _LIKE if ours and theirs and 2 * shared >= _OVERLAP * (len(ours) + len(theirs)) else 0.0


@functools.lru_cache(maxsize=1024)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _slot(section: Section, part: Part | None, heading: str) -> Slot:
    label = read_label(heading)
    gist = gist_of(label.words)
    return Slot(section, part, label, gist)


@functools.cache
def rules() -> Mapping[str, Sequence[str]]:
    """The word lists of resources/rules/headings.toml."""
    source = resource("rules", "headings.toml").read_text(encoding="utf-8")
    found: Mapping[str, Sequence[str]] = tomllib.loads(source)
    return found
