"""The edit that makes one report into another, as when a journal or an older version is taken back.

Answers for a report's contents but for its edition and the unknown fields of its file, which no
edit changes. What of it a reader would notice is ``print_changes``'s matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportdesk.report.document import FactGroup, Report, facts_in
from reportdesk.report.edits import Change, Edit, EntryChange, Slot, TextChange, differ

STANDING = facts_in(FactGroup.STANDING)
"""The facts that say how far the office took the report, which is no content of it."""
_STANDING_SLOTS = (Slot.HAND_INS, Slot.NOTICES)
"""What happened to the report outside, which no older version takes back."""


def difference(before: Report, after: Report, label: str) -> Edit:
    """What to change in ``before`` so that it holds what ``after`` does."""
    return Edit(label, (*_entries(before, after), *_texts(before, after)))


def without_standing(edit: Edit) -> Edit:
    """The edit without what it does to the report's state, hand-ins and notices."""
    return replace(edit, changes=tuple(change for change in edit.changes if not _is_standing(change)))


def _is_standing(change: Change) -> bool:
    if not isinstance(change, EntryChange):
        return False
    return change.slot in _STANDING_SLOTS or (change.slot is Slot.FACTS and change.key in STANDING)


def _entries(before: Report, after: Report) -> Iterator[EntryChange]:
    for slot in Slot:
        old, new = getattr(before, slot), getattr(after, slot)
        for key in (*old, *(key for key in new if key not in old)):
            if differ(old.get(key), new.get(key)):
                yield EntryChange(slot, key, old.get(key), new.get(key))


def _texts(before: Report, after: Report) -> Iterator[TextChange]:
    for part in (*before.prose, *(part for part in after.prose if part not in before.prose)):
        old, new = before.prose.get(part, ""), after.prose.get(part, "")
        if old != new:
            yield TextChange(part, 0, old, new)
