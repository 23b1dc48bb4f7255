"""Edits to JSON and back, exactly: what is replayed from a journal is what was made.

Answers for one edit as a JSON value. Lines, checksums and files are the store's. Exactly means
that 3.50 stays 3.50 and half of a surrogate pair stays what it is, so that an edit read back
finds before it what it expects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from reportdesk.form.spec import CellRef
from reportdesk.report.document import Explanation, Fact, Snapshot, Value
from reportdesk.report.edits import Change, Edit, EntryChange, Slot, TextChange
from reportdesk.report.file.record_codec import (
    contribution_of,
    contribution_to_entry,
    hand_in_of,
    hand_in_to_entry,
    notice_of,
    notice_to_entry,
)
from reportdesk.report.records import Contribution

Json = Any
_LONGEST = 40
"""Digits of a number; a report's has no more than 30."""


class EditFormatError(ValueError):
    """The JSON value is no edit."""


def edit_to_json(edit: Edit) -> Json:
    """The edit as lists, texts and numbers."""
    return [edit.label, [_change_to_json(change) for change in edit.changes]]


def edit_from_json(value: Json) -> Edit:
    """The edit that ``edit_to_json`` wrote.

    Raises:
        EditFormatError: it did not write this.
    """
    try:
        label, changes = _list(value)
        return Edit(_text(label), tuple(_change_from_json(change) for change in _list(changes)))
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation) as error:
        raise EditFormatError("no edit") from error


def _change_to_json(change: Change) -> Json:
    if isinstance(change, TextChange):
        return [change.part, change.offset, change.removed, change.inserted]
    write = _WRITERS[change.slot]
    before = None if change.before is None else write(change.before)
    after = None if change.after is None else write(change.after)
    key = change.key if isinstance(change.key, int) else str(change.key)
    return {"slot": change.slot.value, "key": key, "before": before, "after": after}


def _change_from_json(value: Json) -> Change:
    if isinstance(value, list):
        part, offset, removed, inserted = value
        return TextChange(_text(part), _whole(offset), _text(removed), _text(inserted))
    slot = Slot(value["slot"])
    read = _READERS[slot]
    before = None if value["before"] is None else read(value["before"])
    after = None if value["after"] is None else read(value["after"])
    return EntryChange(slot, _KEYS.get(slot, _text)(value["key"]), before, after)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _whole(value: Json) -> int:
    if type(value) is not int:  # true is an int too
        raise TypeError
    return value


def _mark(value: Json) -> bool:
    if value is not True:
        raise TypeError
    return True


def _cell(value: Json) -> CellRef:
    return CellRef.parse(_text(value))


def _number_to_json(value: Value) -> int | str:
    return value if isinstance(value, int) else str(value)


def _number(value: Json) -> Value:
    if isinstance(value, str):
        number = Decimal(value)
        if not number.is_finite() or len(value) > _LONGEST or abs(number.adjusted()) > _LONGEST:
            raise ValueError(value)  # 1E+999999999 would be written out digit by digit
        return number
    return _whole(value)


def _explanation_to_json(value: Explanation) -> Json:
    return [value.text, value.settles, *([dict(value.extras)] if value.extras else [])]


def _explanation(value: Json) -> Explanation:
    text, settles, *extras = _list(value)
    return Explanation(_text(text), _text(settles), *map(dict, extras))


def _contributions_to_json(value: tuple[Contribution, ...]) -> Json:
    return [contribution_to_entry(one) for one in value]


def _contributions(value: Json) -> tuple[Contribution, ...]:
    return tuple(
        contribution_of({**one, "value": None if one["value"] is None else _number(one["value"])})
        for one in _list(value)
    )


def _snapshot_to_json(value: Snapshot) -> Json:
    return {
        "edition": value.edition,
        "facts": dict(value.facts),
        "prose": dict(value.prose),
        "cells": {str(ref): _number_to_json(number) for ref, number in value.cells.items()},
        "source": value.source,
        "digest": value.digest,
        "extras": dict(value.extras),
    }


def _snapshot(value: Json) -> Snapshot:
    return Snapshot(
        edition=_text(value["edition"]),
        facts={Fact(key): _text(text) for key, text in value["facts"].items()},
        prose={part: _text(text) for part, text in value["prose"].items()},
        cells={_cell(key): _number(number) for key, number in value["cells"].items()},
        source=_text(value["source"]),
        digest=_text(value["digest"]),
        extras=dict(value["extras"]),
    )


_WRITERS: Mapping[Slot, Callable[[Any], Json]] = {
    Slot.FACTS: str,
    Slot.HEADINGS: str,
    Slot.CELLS: _number_to_json,
    Slot.REMARKS: str,
    Slot.UNVERIFIED: bool,
    Slot.REPORTED: _number_to_json,
    Slot.FINISHED: bool,
    Slot.PREVIOUS: _snapshot_to_json,
    Slot.EXPLANATIONS: _explanation_to_json,
    Slot.HAND_INS: lambda made: hand_in_to_entry(0, made),  # the number is the key
    Slot.SOURCES: _contributions_to_json,
    Slot.NOTICES: lambda notice: notice_to_entry("", notice),
}
_READERS: Mapping[Slot, Callable[[Json], Any]] = {
    Slot.FACTS: _text,
    Slot.HEADINGS: _text,
    Slot.CELLS: _number,
    Slot.REMARKS: _text,
    Slot.UNVERIFIED: _mark,
    Slot.REPORTED: _number,
    Slot.FINISHED: _mark,
    Slot.PREVIOUS: _snapshot,
    Slot.EXPLANATIONS: _explanation,
    Slot.HAND_INS: hand_in_of,
    Slot.SOURCES: _contributions,
    Slot.NOTICES: notice_of,
}
_KEYS: Mapping[Slot, Callable[[Json], Any]] = {
    Slot.FACTS: Fact,
    Slot.CELLS: _cell,
    Slot.REMARKS: _cell,
    Slot.UNVERIFIED: _cell,
    Slot.REPORTED: _cell,
    Slot.PREVIOUS: _whole,
    Slot.HAND_INS: _whole,
    Slot.SOURCES: _cell,
}
