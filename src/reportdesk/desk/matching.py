"""Whose a report is: by the district's number, then by name or alias, in the right county; else what is like it.

Nothing is settled here where names only resemble each other: that is a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportdesk.desk.round import Round, Unit

_SHORTEST = 2
"""Characters of a name that another may end in."""
_ENDINGS = ("人民政府办公室", "人民政府", "街道办事处", "办事处", "委员会")


@dataclass(frozen=True, slots=True)
class Match:
    """The unit, and by what it was found; ``like`` are units that it may be, ``conflict`` what speaks against it."""

    unit: Unit | None = None
    by: str = ""
    like: tuple[Unit, ...] = ()
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """A list's names and aliases, each with its unit: a round has thousands, and each report asks."""

    names: Mapping[str, Unit]
    aliases: Mapping[str, Unit]


def names_of(this: Round) -> Names:
    """Those of the round's list."""
    aliases = {_plain(alias): unit for unit in this.units for alias in unit.aliases}
    return Names({_plain(unit.name): unit for unit in this.units}, aliases)


def match_report(this: Round, known: Names, names: Sequence[str], unit_id: str, county: str) -> Match:
    """The unit of a report that says so of itself."""
    by_id = this.unit(unit_id) if unit_id else None
    by_name, how = _named(known, names)
    if by_id is not None and by_name is not None and by_id.id != by_name.id:
        return Match(
            like=(by_name, by_id), conflict=f"编号是 {by_id.id}（{by_id.name}），名称却是{by_name.name}"
        )
    unit = by_id or by_name
    if unit is not None and by_name is None:
        return Match(
            like=(unit,), conflict=f"编号是 {unit.id}（{unit.name}），名称却是{names[0] if names else '空的'}"
        )
    if unit is None:
        return Match(like=_like(this, names))
    expected = unit.county or this.county
    if county and expected and _plain(county) != _plain(expected):
        return Match(like=(unit,), conflict=f"与{unit.name}同名，却在{county}")
    return Match(unit, "编号" if by_id is not None else how)


def match_path(this: Round, path: str) -> Unit | None:
    """The unit whose name, of those that stand in the path, is the longest; None if that is not one alone."""
    found = [(len(name), unit) for unit in this.units for name in unit.names if name in path]
    longest = max((length for length, _unit in found), default=0)
    units = {unit.id: unit for length, unit in found if length == longest}
    return next(iter(units.values())) if len(units) == 1 else None


def _named(known: Names, names: Sequence[str]) -> tuple[Unit | None, str]:
    for name in map(_plain, names):
        if name in known.names:
            return known.names[name], "名称"
        if name in known.aliases:
            return known.aliases[name], "别名"
    return None, ""


def _like(this: Round, names: Sequence[str]) -> tuple[Unit, ...]:
    """Units of which one name ends in the other, or that are the same but for where they lie."""
    found: dict[str, Unit] = {}
    for name in map(_plain, names):
        for unit in this.units:
            if any(
                _resembles(_core(name, this.county), _core(own, this.county))
                for own in map(_plain, unit.names)
            ):
                found[unit.id] = unit
    return tuple(found.values())[:5]


def _resembles(first: str, second: str) -> bool:
    if min(len(first), len(second)) < _SHORTEST:
        return False
    return first.endswith(second) or second.endswith(first)


def _core(name: str, county: str) -> str:
    """The name without the county that it lies in, whatever kind of county, and without what many names end in."""
    stem = re.escape(county[:-1]) if county else ""
    core = re.sub(rf"^.{{0,10}}?{stem}[县区市旗](?=..)", "", name, count=1) if stem else name
    core = re.sub(r"^[县区旗](?=..)", "", core)
    for ending in _ENDINGS:
        if core.endswith(ending) and len(core) > len(ending):
            return core.removesuffix(ending)
    return core


def _plain(name: str) -> str:
    return "".join(name.split()).replace("(", "（").replace(")", "）")
