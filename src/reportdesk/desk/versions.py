"""Versions of one unit's report: which of the things that came are the same, and which is the newest.

Number and time of the hand-ins decide; without them nothing is guessed, only put into a likely order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportdesk.desk.check_report import Kind, Shown
from reportdesk.desk.folder import Receipt

_TIMES = re.compile("第([一二三四五六七八九十]|[0-9]{1,2})次")
_NUMERALS = "一二三四五六七八九十"
_LATER = re.compile("更正|修改|修订|改正|更新|最终")
_CORRECTED = 100


@dataclass(frozen=True, slots=True)
class Arrived:
    """A thing and the receipt of the parcel that it lay in; ``by`` is how its unit was found."""

    receipt: Receipt
    shown: Shown
    by: str = ""

    @property
    def path(self) -> str:
        """Where it lay: the parcel's name, then its place inside."""
        inner = self.shown.path
        return (
            f"{self.receipt.name} {inner}" if inner and inner not in self.receipt.name else self.receipt.name
        )

    @property
    def made(self) -> dt.datetime | None:
        """When it was handed in, as it says itself."""
        try:
            made = dt.datetime.fromisoformat(self.shown.made)
        except ValueError:
            return None
        return made if made.tzinfo else made.astimezone()


@dataclass(frozen=True, slots=True)
class Version:
    """One wording and set of numbers, and all that came of it; the first is the one that counts."""

    arrived: tuple[Arrived, ...]

    @property
    def first(self) -> Arrived:
        """The best of what came of it: the program's own data before what was read, then what came first."""
        return min(self.arrived, key=lambda one: (one.shown.kind is not Kind.REPORT, one.receipt.received))

    @property
    def code(self) -> str:
        """Its 核对码."""
        return self.first.shown.code

    @property
    def is_read(self) -> bool:
        """Whether no data file of it came, only what a reader proposes."""
        return self.first.shown.kind is Kind.READ

    @property
    def number(self) -> int:
        """The how-manieth hand-in, 0 if nothing says so."""
        return max(one.shown.number for one in self.arrived)

    @property
    def made(self) -> dt.datetime | None:
        """When it was last handed in, as far as that is known."""
        return max((made for one in self.arrived if (made := one.made)), default=None)

    @property
    def hint(self) -> int:
        """How late the names of its files say that it is."""
        return max(_hint(one.path) for one in self.arrived)


def versions_of(usable: Sequence[Arrived]) -> tuple[Version, ...]:
    """The versions among what came, in the order in which they did."""
    grouped: dict[str, list[Arrived]] = {}
    for one in usable:
        if one.shown.kind is Kind.REPORT:
            grouped.setdefault(one.shown.code, []).append(one)
    for one in usable:
        if one.shown.kind is not Kind.REPORT:
            same = next(
                (code for code, group in grouped.items() if _says_the_same(one, group)), one.shown.code
            )
            grouped.setdefault(same, []).append(one)
    return tuple(Version(tuple(group)) for group in grouped.values())


def newest_of(versions: Sequence[Version]) -> Version | None:
    """The newest, where that is beyond doubt: the only one, or the last by number and by time alike."""
    if len(versions) == 1:
        return versions[0]
    if any(not version.number or version.made is None for version in versions):
        return None
    by_number = sorted(versions, key=lambda one: one.number)
    last, before = by_number[-1], by_number[-2]
    is_later = last.made is not None and all(
        one.made is None or one.made < last.made for one in by_number[:-1]
    )
    return last if last.number > before.number and is_later else None


def likely_order(versions: Sequence[Version]) -> list[Version]:
    """The versions, the likeliest to count first: what stood first stays unless something speaks for another."""
    return sorted(
        versions,
        key=lambda one: (-one.number, -one.hint, one.is_read, one.first.receipt.received, one.code),
    )


def _says_the_same(one: Arrived, group: Sequence[Arrived]) -> bool:
    """Whether what was read is what a data file holds, number for number and word for word."""
    told = (one.shown.figures, one.shown.words)
    return any((other.shown.figures, other.shown.words) == told for other in group)


def _hint(path: str) -> int:
    found = _TIMES.search(path)
    number = (_NUMERALS.find(found[1]) + 1 or int(found[1])) if found else 0
    return number + (_CORRECTED if _LATER.search(path) else 0)
