"""A round (收报): one year's list of units, and what the district has decided; its file's JSON.

Answers for the values and their form in a file alone. Whole or not at all on the disk is ``folder``'s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

FORMAT = "reportdesk-desk"
VERSION = 1


class RoundError(ValueError):
    """What was read is no round of ours; the message says in Chinese what is wrong."""


class Way(StrEnum):
    """How a unit's report comes; the value is what a list says."""

    OWN = "自行报送"
    HEAD = "本级"
    THROUGH = "由上级代报"
    NONE = "不报送"

    @property
    def is_due(self) -> bool:
        """Whether a report of its own is expected."""
        return self in (Way.OWN, Way.HEAD)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit on the list. ``id`` is the district's number; ``aliases`` are names that it had or goes by."""

    id: str
    name: str
    kind: str = ""
    way: Way = Way.OWN
    through: str = ""
    aliases: tuple[str, ...] = ()
    county: str = ""
    reason: str = ""
    contact: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Round:
    """A year's round. ``answers`` are choices by question, ``accepted`` and ``returned`` are the 核对码 of versions.

    A unit's version is in one of the two at most: what is returned is no longer accepted, and the other way round.
    """

    year: int
    edition: str
    units: tuple[Unit, ...]
    county: str = ""
    deadline: dt.date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    returned: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Mapping[str, str], ...] = ()
    """Every decision in its order, as the ledger has them."""

    def unit(self, unit_id: str) -> Unit | None:
        """The unit with that number."""
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def with_alias(self, unit_id: str, name: str) -> Round:
        """The round with another name of the unit on its list."""
        units = (
            replace(unit, aliases=(*unit.aliases, name))
            if unit.id == unit_id and name not in unit.names
            else unit
            for unit in self.units
        )
        return replace(self, units=tuple(units))

    def with_unit(self, name: str, kind: str, county: str) -> Round:
        """The round with one more unit at the end of its list."""
        number = len(self.units) + 1
        while self.unit(f"{number:03d}") is not None:
            number += 1
        return replace(self, units=(*self.units, Unit(f"{number:03d}", name, kind, county=county)))

    def times_returned(self, unit_id: str) -> int:
        """How often that unit's report was returned."""
        return sum(one["kind"] == "return" and one["about"] == unit_id for one in self.decisions)

    def decided(self, what: str, about: str, choice: str, at: dt.datetime) -> Round:
        """The round with one more decision noted."""
        made = {"kind": what, "about": about, "choice": choice, "at": at.isoformat(timespec="seconds")}
        return replace(self, decisions=(*self.decisions, made))


def round_to_json(this: Round) -> dict[str, Any]:
    """The round as its file holds it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "year": this.year,
        "edition": this.edition,
        "county": this.county,
        "deadline": this.deadline.isoformat() if this.deadline else "",
        "units": [_unit_to_json(unit) for unit in this.units],
        "answers": dict(this.answers),
        "accepted": dict(this.accepted),
        "returned": dict(this.returned),
        "decisions": [dict(one) for one in this.decisions],
    }


def round_from_json(document: Mapping[str, Any]) -> Round:
    """The round in such an object.

    Raises:
        RoundError: it is none.
    """
    version = document.get("version")
    if document.get("format") != FORMAT or type(version) is not int:
        raise RoundError("这不是年报台的收报文件")
    if version > VERSION:
        raise RoundError("它是用更新版本的年报台保存的，请先升级本程序")
    try:
        deadline = str(document["deadline"])
        return Round(
            year=int(document["year"]),
            edition=str(document["edition"]),
            county=str(document["county"]),
            deadline=dt.date.fromisoformat(deadline) if deadline else None,
            units=tuple(map(_unit_from_json, document["units"])),
            answers=_texts(document["answers"]),
            accepted=_texts(document["accepted"]),
            returned=_texts(document.get("returned", {})),
            decisions=tuple(map(_texts, document["decisions"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RoundError("内容不完整，或被改坏") from error


def _texts(entries: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in entries.items()}


def _unit_to_json(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind,
        "way": unit.way.value,
        "through": unit.through,
        "aliases": list(unit.aliases),
        "county": unit.county,
        "reason": unit.reason,
        "contact": unit.contact,
    }


def _unit_from_json(entry: Mapping[str, Any]) -> Unit:
    plain = {key: str(entry[key]) for key in ("id", "name", "kind", "through", "county", "reason", "contact")}
    return Unit(**plain, way=Way(entry["way"]), aliases=tuple(map(str, entry["aliases"])))
