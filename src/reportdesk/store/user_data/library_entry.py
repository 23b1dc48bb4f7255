"""An entry of the list of reports: its values, and how each stands in the list's file.

Written and read by hand: the start page paints from these before pydantic is imported, and
whatever is not as it should be counts as not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportdesk.checks.engine import Severity
from reportdesk.checks.outcome import NOTHING_LEFT_OUT, LeftOut
from reportdesk.form.spec import CellRef
from reportdesk.report.document import State
from reportdesk.report.progress import Progress

Raw = dict[str, Any]
"""An entry as JSON has it."""

_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_BILLION = 1_000_000_000
_LEFT_OUT = "left_out"
_COUNTED = "found"
"""The key of the counts; under "findings" an earlier version kept what it told while one was writing."""


@dataclass(frozen=True, slots=True)
class SectionMark:
    """How far a section of a report is."""

    section: str
    title: str
    so_far: Progress
    finished: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What the start page shows of a report.

    ``title`` is the unit's 标题用名, or its full name where it has none. ``unit`` is empty and ``year`` None while not given; ``findings`` is None where the report
    was changed elsewhere since it was checked; ``unverified`` counts the cells that are 待核实;
    ``left_out`` goes with no findings: what was not looked at.
    """

    unit: str = ""
    year: int | None = None
    state: State = State.DRAFT
    sections: tuple[SectionMark, ...] = ()
    findings: Mapping[Severity, int] | None = None
    title: str = ""
    unverified: int = 0
    left_out: LeftOut = NOTHING_LEFT_OUT


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where the clerk stopped: in a cell, at an offset of a part, or at a fact, on the page of a section.

    The page of title and opening, which belongs to no section, is the empty one.
    """

    page: str
    cell: CellRef | None = None
    part: str = ""
    offset: int = 0
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list. ``opened`` is when it was last opened or saved here."""

    path: Path
    summary: Summary
    opened: dt.datetime
    changed: dt.datetime | None = None
    place: KeptPlace | None = None
    is_missing: bool = False
    stamp: tuple[int, int] = (0, 0)
    """Size and time of the file that the summary was made from."""


def to_raw(entry: Entry) -> Raw:
    """The entry for the file; a place that is not known is left out."""
    summary = entry.summary
    raw: Raw = {
        "path": str(entry.path.absolute()),
        "unit": summary.unit,
        "title": summary.title,
        "year": summary.year,
        "state": summary.state.value,
        "unverified": summary.unverified,
        "sections": [
            {
                "id": mark.section,
                "title": mark.title,
                "filled": mark.so_far.filled,
                "whole": mark.so_far.whole,
                "finished": mark.finished,
            }
            for mark in summary.sections
        ],
        _COUNTED: dict(summary.findings) if summary.findings is not None else None,
        _LEFT_OUT: {
            "words": summary.left_out.words,
            "unread": summary.left_out.unread,
            "others": summary.left_out.others,
        },
        "opened": entry.opened.isoformat(),
        "size": entry.stamp[0],
        "time": entry.stamp[1],
    }
    return raw if entry.place is None else raw | {"place": _place_to_raw(entry.place)}


def from_raw(raw: Raw) -> Entry:
    """The entry; whatever is not as it should be counts as not known."""
    stamp = _whole(raw.get("size")) or 0, _whole(raw.get("time")) or 0
    left_out = _left_out(raw.get(_LEFT_OUT))
    return Entry(
        path=Path(raw["path"]),
        summary=Summary(
            unit=_text(raw.get("unit")),
            year=_whole(raw.get("year")),
            state=_state(raw.get("state")),
            sections=tuple(_mark(mark) for mark in _objects(raw.get("sections"))),
            findings=_counts(raw.get(_COUNTED), left_out),
            title=_text(raw.get("title")),
            unverified=_whole(raw.get("unverified")) or 0,
            left_out=left_out or NOTHING_LEFT_OUT,
        ),
        opened=read_time(raw.get("opened")),
        changed=time_of(stamp),
        place=_place_from_raw(raw.get("place")),
        stamp=stamp,
    )


def _place_to_raw(place: KeptPlace) -> Raw:
    cell = str(place.cell) if place.cell else ""
    return {"page": place.page, "cell": cell, "part": place.part, "offset": place.offset, "fact": place.fact}


def _place_from_raw(raw: object) -> KeptPlace | None:
    if not isinstance(raw, dict) or not isinstance(raw.get("page"), str):
        return None
    return KeptPlace(
        raw["page"],
        _cell(raw.get("cell")),
        _text(raw.get("part")),
        _whole(raw.get("offset")) or 0,
        _text(raw.get("fact")),
    )


def _mark(raw: Raw) -> SectionMark:
    so_far = Progress(_whole(raw.get("filled")) or 0, _whole(raw.get("whole")) or 0)
    return SectionMark(_text(raw.get("id")), _text(raw.get("title")), so_far, raw.get("finished") is True)


def _counts(raw: object, left_out: LeftOut | None) -> Mapping[Severity, int] | None:
    """How many there are; none at all is known only with what was left out, which earlier versions did not keep."""
    if not isinstance(raw, dict):
        return None
    counts = {severity: _whole(raw.get(severity.value)) or 0 for severity in Severity}
    return counts if left_out is not None or any(counts.values()) else None


def _left_out(raw: object) -> LeftOut | None:
    if not isinstance(raw, dict) or not isinstance(raw.get("words"), bool):
        return None
    unread = _whole(raw.get("unread"))
    return None if unread is None else LeftOut(raw["words"], unread, raw.get("others") is True)


def _objects(value: object) -> list[Raw]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _state(value: object) -> State:
    return next((state for state in State if state.value == value), State.DRAFT)


def _cell(value: object) -> CellRef | None:
    try:
        return CellRef.parse(_text(value))
    except ValueError:
        return None


def read_time(value: object) -> dt.datetime:
    """The time as it was written; long ago if it is none."""
    try:
        time = dt.datetime.fromisoformat(_text(value))
    except ValueError:
        return _LONG_AGO
    return time if time.tzinfo else time.astimezone()


def time_of(stamp: tuple[int, int]) -> dt.datetime | None:
    """When the file of that stamp was changed; None if the stamp is of no file."""
    try:
        return dt.datetime.fromtimestamp(stamp[1] / _BILLION).astimezone() if stamp[1] else None
    except (OSError, OverflowError, ValueError):
        return None
