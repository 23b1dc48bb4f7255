"""``records`` as JSON objects and back: as they stand in a file and in a journal.

Answers for one record, whose unknown keys it keeps. What a file's objects may hold is
``model``'s schema, which stands before this when a file is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from reportdesk.report.records import Contribution, HandedIn, Notice

Entry = Mapping[str, Any]


def hand_in_to_entry(number: int, made: HandedIn) -> dict[str, Any]:
    """The hand-in of that number as an object."""
    return {
        **made.extras,
        "number": number,
        "made": made.made.isoformat(),
        "code": made.code,
        "unit_id": made.unit_id,
        "answers": made.answers,
        "errors": made.errors,
        "warnings": made.warnings,
        "content": made.content,
        "digest": made.digest,
    }


def contribution_to_entry(given: Contribution) -> dict[str, Any]:
    """An office's figure as an object."""
    number = format(given.value, "f") if isinstance(given.value, Decimal) else given.value
    return {**given.extras, "office": given.office, "value": number, "file": given.file}


def notice_to_entry(notice_id: str, notice: Notice) -> dict[str, Any]:
    """The notice of that id as an object."""
    return {
        **notice.extras,
        "id": notice_id,
        "made": notice.made.isoformat(),
        "from": notice.sender,
        "kind": notice.kind,
        "place": notice.place,
        "words": notice.words,
        "objected": notice.objected,
        "text": notice.text,
        "due": notice.due,
        "state": notice.state,
        "answer": notice.answer,
        **_anchor_to_entry(notice),
    }


def _anchor_to_entry(notice: Notice) -> dict[str, Any]:
    """Of where a notice stood only what is known: most are of one cell, and came alone."""
    known = {
        "return": notice.return_id,
        "also": dict(notice.also),
        "times": notice.times,
        "part_digest": notice.part_digest,
        "beside": notice.beside,
    }
    started = {} if notice.start < 0 else {"start": notice.start}
    return {**{key: value for key, value in known.items() if value}, **started}


def hand_in_of(entry: Entry) -> HandedIn:
    """The hand-in that the object holds; the number is the caller's.

    Raises:
        TypeError, ValueError, KeyError: it holds none. So do the other two.
    """
    return HandedIn(
        made=_time(entry["made"]),
        code=_text(entry["code"]),
        unit_id=_text(entry["unit_id"]),
        answers=_text(entry["answers"]),
        errors=_count(entry["errors"]),
        warnings=_count(entry["warnings"]),
        content=_text(entry["content"]),
        digest=_text(entry["digest"]),
        extras=_unknown(entry, _HAND_IN_KEYS),
    )


def contribution_of(entry: Entry) -> Contribution:
    """The office's figure that the object holds; its value is a number as ``document`` has them."""
    value = entry["value"]
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
        raise TypeError
    return Contribution(
        _text(entry["office"]), value, _text(entry["file"]), _unknown(entry, _CONTRIBUTION_KEYS)
    )


def notice_of(entry: Entry) -> Notice:
    """The notice that the object holds; its id is the caller's."""
    return Notice(
        made=_time(entry["made"]),
        sender=_text(entry["from"]),
        text=_text(entry["text"]),
        kind=_text(entry["kind"]),
        place=_text(entry["place"]),
        words=_text(entry["words"]),
        objected=_text(entry["objected"]),
        due=_text(entry["due"]),
        state=_text(entry["state"]),
        answer=_text(entry["answer"]),
        return_id=_text(entry.get("return", "")),
        also={_text(key): _text(value) for key, value in _mapping(entry.get("also", {})).items()},
        start=_whole(entry.get("start", -1)),
        times=_whole(entry.get("times", 0)),
        part_digest=_text(entry.get("part_digest", "")),
        beside=_text(entry.get("beside", "")),
        extras=_unknown(entry, _NOTICE_KEYS),
    )


_HAND_IN_KEYS = frozenset(
    {"number", "made", "code", "unit_id", "answers", "errors", "warnings", "content", "digest"}
)
_CONTRIBUTION_KEYS = frozenset({"office", "value", "file"})
_NOTICE_KEYS = frozenset(
    {
        *("id", "made", "from", "kind", "place", "words", "objected", "text", "due", "state", "answer"),
        *("return", "also", "start", "times", "part_digest", "beside"),
    }
)


def _unknown(entry: Entry, known: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in known}


def _time(value: object) -> dt.datetime:
    return dt.datetime.fromisoformat(_text(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: object) -> int | None:
    if value is not None and type(value) is not int:  # true is an int too
        raise TypeError
    return value


def _whole(value: object) -> int:
    count = _count(value)
    if count is None:
        raise TypeError
    return count


def _mapping(value: object) -> Mapping[object, object]:
    if not isinstance(value, Mapping):
        raise TypeError
    return value
