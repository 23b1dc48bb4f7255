"""The numbers that Word types by itself before a paragraph: 一、 （一） 1. from its list definitions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportdesk.readers.files.list_numbers import show_number
from reportdesk.readers.word.word_xml import attribute, child, number_of, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_CLOSED = tuple("、。．.，,：:）)】］]〕》")
"""After these signs no gap is seen between a number and its text."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Bullets of sign faces, which mean nothing in another face."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: where it begins to count, how a number is written and what stands around."""

    start: int
    numbering: str
    pattern: str
    only_digits: bool
    gap: str
    restarts_after: int | None


@dataclass(slots=True)
class _List:
    """A list as it is counted; several numberings may count on in one."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through the document: ``number`` is to be asked once for each paragraph, in order."""

    def __init__(self, root: _Element | None) -> None:
        abstract: dict[str, _List] = {}
        self._lists: dict[str, tuple[_List, Mapping[int, int]]] = {}
        self._begun: set[str] = set()
        self.level_of_style: dict[tuple[str, str], int] = {}
        if root is None:
            return
        for element in root.iterchildren(w("abstractNum")):
            abstract[attribute(element, "abstractNumId")] = _List(_levels(element))
        for element in root.iterchildren(w("num")):
            self._read_number(element, abstract)
        self._read_styles(root)

    def _read_number(self, element: _Element, abstract: Mapping[str, _List]) -> None:
        counted = abstract.get(attribute(child(element, "abstractNumId"), "val"))
        if counted is None:
            return
        starts: dict[int, int] = {}
        own = _levels(element, wrapped=True)
        for override in element.iterchildren(w("lvlOverride")):
            start = child(override, "startOverride")
            if start is not None:
                starts[number_of(override, "ilvl")] = number_of(start, "val", 1)
        if own:
            counted = _List({**counted.levels, **own})
        self._lists[attribute(element, "numId")] = counted, starts

    def _read_styles(self, root: _Element) -> None:
        """A style names its list; which level it stands for, the list says."""
        by_abstract = {}
        for element in root.iterchildren(w("abstractNum")):
            for level in element.iterchildren(w("lvl")):
                style = attribute(child(level, "pStyle"), "val")
                if style:
                    key = attribute(element, "abstractNumId"), style
                    by_abstract[key] = number_of(level, "ilvl")
        for element in root.iterchildren(w("num")):
            named = attribute(child(element, "abstractNumId"), "val")
            for (abstract, style), level_number in by_abstract.items():
                if abstract == named:
                    self.level_of_style[attribute(element, "numId"), style] = level_number

    def number(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of that list and level (from 0); often empty."""
        known = self._lists.get(list_id)
        if known is None:
            return ""
        counted, starts = known
        shape = counted.levels.get(level)
        if shape is None:
            return ""
        if list_id not in self._begun:
            self._begun.add(list_id)
            for begun, start in starts.items():
                counted.counts[begun] = start - 1
        counted.counts[level] = counted.counts.get(level, shape.start - 1) + 1
        for deeper in [deeper for deeper in counted.counts if deeper > level]:
            lower = counted.levels.get(deeper)
            if lower is None or lower.restarts_after is None or level < lower.restarts_after:
                del counted.counts[deeper]
        return _shown(counted, shape)


def _shown(counted: _List, shape: _Level) -> str:
    def written(place: re.Match[str]) -> str:
        level = int(place[1]) - 1
        other = counted.levels.get(level, shape)
        number = counted.counts.get(level, other.start)
        return show_number(number, "decimal" if shape.only_digits else other.numbering)

    if shape.numbering == "bullet":
        return ""
    text = _PRIVATE.sub("", re.sub(r"%([1-9])", written, shape.pattern))
    return text if not text or text.endswith(_CLOSED) else text + shape.gap


def _levels(element: _Element, *, wrapped: bool = False) -> dict[int, _Level]:
    """The levels defined in an abstract list, or in a list that overrides some of them."""
    levels = {}
    outer = element.iterchildren(w("lvlOverride")) if wrapped else (element,)
    for holder in outer:
        for level in holder.iterchildren(w("lvl")):
            number = number_of(level, "ilvl")
            if 0 <= number < _LEVELS:
                levels[number] = _level(level)
    return levels


def _level(element: _Element) -> _Level:
    restart = child(element, "lvlRestart")
    return _Level(
        start=number_of(child(element, "start"), "val", 1),
        numbering=attribute(child(element, "numFmt"), "val") or "decimal",
        pattern=attribute(child(element, "lvlText"), "val"),
        only_digits=child(element, "isLgl") is not None,
        gap="" if attribute(child(element, "suff"), "val") == "nothing" else " ",
        restarts_after=None if restart is None else number_of(restart, "val"),
    )
