"""Names of places: those of the unit itself, and those of others met in its prose.

The country's provinces, prefectures and counties are ``resources/rules/places.txt``; names of
townships are told by ``ordinary_words``. What is ambiguous is left alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportdesk.checks.claims.words import rule_words
from reportdesk.report.document import Fact, Report
from reportdesk.resources import resource

_ENDS = re.compile(r"[省市县区旗州盟]")
_UNIT_ENDS = re.compile(r"街道|[省市县区旗州盟镇乡]")
_COUNTIES = ("县", "旗")
_CORE = 2
_SHORTEST = 3
"""和县 and 城区 are also ordinary words."""
_NOT_BEHIND = {
    "区": "域间位别分块",
    "市": "场民容面值级政",
    "县": "级域",
    "省": "级",
    "州": "",
    "旗": "",
    "盟": "",
}


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of places with the names above and below them; names that occur twice have both."""

    above: Mapping[str, frozenset[str]]
    below: Mapping[str, frozenset[str]]
    lengths: tuple[int, ...]
    ends: frozenset[str]
    """The last two signs of the names: most of what ends in 县 or 市 is none of them."""


@functools.cache
def gazetteer() -> Gazetteer:
    """The country's provinces, prefectures and counties."""
    above: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}
    branch: list[str] = []
    for line in resource("rules", "places.txt").read_text(encoding="utf-8").splitlines():
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        depth = len(line) - len(line.lstrip("\t"))
        branch = [*branch[:depth], *[""] * (depth - len(branch)), name]
        over = {higher for higher in branch[:depth] if higher}
        above.setdefault(name, set()).update(over)
        for higher in over:
            below.setdefault(higher, set()).add(name)
    if not above:
        raise ValueError("rules/places.txt is empty")  # what was not compared may not pass as right
    names = [name for name in above if len(name) >= _SHORTEST and _ENDS.match(name[-1])]
    return Gazetteer(
        {name: frozenset(above[name]) for name in names},
        {name: frozenset(found) for name, found in below.items()},
        tuple(sorted({len(name) for name in names}, reverse=True)),
        frozenset(name[-_CORE:] for name in names),
    )


@functools.cache
def short_counties() -> frozenset[str]:
    """Counties of two signs, as 祁县, less those that are ordinary words."""
    lines = resource("rules", "places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if len(name := line.strip()) == _CORE and name[-1] == "县")


_OWN = (
    Fact.FULL_NAME,
    Fact.TITLE_NAME,
    Fact.CLOSING_UNIT,
    Fact.COUNTY,
    Fact.CITY,
    Fact.PROVINCE,
    Fact.ADDRESS,
)


def own_names(report: Report) -> str:
    """Every text that names the unit or what it belongs to, one a line."""
    return "\n".join(report.facts.get(fact, "") for fact in _OWN)


@functools.lru_cache(maxsize=8)
def own_cores(own: str) -> frozenset[str]:
    """What those names come to without saying what they are: 霍山 and 柳林 of 霍山县柳林镇."""
    cores = set()
    for line in own.split("\n"):
        reached = 0
        for match in _UNIT_ENDS.finditer(line):
            core = line[reached : match.start()]
            if len(core) >= _CORE:
                cores |= {core, core[-_CORE:]}
                reached = match.end()
    return frozenset(cores)


@functools.cache
def bare_names() -> frozenset[str]:
    """The counties and prefectures without what says that they are some: 舒城 of 舒城县."""
    return frozenset(name[:-1] for name in gazetteer().above if name[-1] in "县市区" and len(name) > _CORE)


def other_places(text: str, own: str) -> Iterator[tuple[int, int]]:
    """Where the text names a county or higher place that is neither the unit's, nor above or below it."""
    known = _own_places(own)
    for start, end in _named(text):
        name = text[start:end]
        if name not in known and name not in own and not _is_generic(text, start, end):
            yield start, end


def places_in(text: str) -> tuple[str, ...]:
    """The counties and higher places that the text names."""
    return tuple(text[start:end] for start, end in _named(text))


@functools.lru_cache(maxsize=8)
def _own_places(own: str) -> frozenset[str]:
    """The places that those names name, with those above them and those below the lowest."""
    known = gazetteer()
    mine = {own[start:end] for start, end in _named(own)}
    mine |= {higher for name in mine for higher in known.above[name]}
    if any(line.endswith(_COUNTIES) and line not in known.above for line in own.split("\n")):
        return frozenset(mine)  # a county that the list lacks has none of the others below it
    return frozenset(mine | {lower for name in _lowest(mine) for lower in known.below.get(name, ())})


def is_placed(own: str) -> bool:
    """Whether it is known in which province or prefecture the unit lies."""
    return bool(_own_places(own))


def _lowest(mine: set[str]) -> set[str]:
    """The own places that have no own place below them: what is below these is the unit's too."""
    known = gazetteer()
    return {name for name in mine if not (known.below.get(name, frozenset()) & mine)}


def _named(text: str) -> Iterator[tuple[int, int]]:
    known = gazetteer()
    reached = 0
    for match in _ENDS.finditer(text):
        end = match.end()
        if text[end - _CORE : end] not in known.ends:
            continue
        for length in known.lengths:
            start = end - length
            if start >= reached and text[start:end] in known.above:
                yield start, end
                reached = end
                break


def _is_generic(text: str, start: int, end: int) -> bool:
    behind = text[end : end + 1]
    words: list[str] = rule_words("places")["generic"]  # type: ignore[assignment]
    if text.startswith(("政府", "政务", "政协"), end):
        return text[start:end] in words
    return text[start:end] in words or bool(behind and behind in _NOT_BEHIND[text[end - 1]])
