"""``Edit``: the only way to change a report, with its inverse.

Typing, paste, clearing, import, mends, undo and recovery all become one of these. An edit
knows what stood there before, so it can be taken back and a journal can be replayed; whether
a change is wise is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from reportdesk.form.relations import relate
from reportdesk.form.spec import FRONT_TITLE, CellRef, Form
from reportdesk.report.document import Fact, Report, Value, drafts


class EditError(ValueError):
    """The edit does not fit the report: something else stands where it expects its before."""


class Slot(StrEnum):
    """A mapping of the report that changes entry by entry."""

    FACTS = "facts"
    HEADINGS = "headings"
    CELLS = "cells"
    REMARKS = "remarks"
    UNVERIFIED = "unverified"
    REPORTED = "reported"
    FINISHED = "finished"
    PREVIOUS = "previous"
    EXPLANATIONS = "explanations"
    HAND_INS = "hand_ins"
    SOURCES = "sources"
    NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry of one mapping; None as ``before`` or ``after`` means absent."""

    slot: Slot
    key: Any
    before: Any
    after: Any

    def inverse(self) -> EntryChange:
        """The change that takes this one back."""
        return EntryChange(self.slot, self.key, self.after, self.before)

    def apply(self, report: Report) -> None:
        """Change the report.

        Raises:
            EditError: another value stands there than ``before``.
        """
        entries = getattr(report, self.slot)
        if differ(entries.get(self.key), self.before):
            raise EditError(f"{self.slot} {self.key}")
        if self.after is None:
            entries.pop(self.key, None)
        else:
            entries[self.key] = self.after


@dataclass(frozen=True, slots=True)
class TextChange:
    """At ``offset`` of a part's prose, ``removed`` gives way to ``inserted``."""

    part: str
    offset: int
    removed: str
    inserted: str

    def inverse(self) -> TextChange:
        """The change that takes this one back."""
        return TextChange(self.part, self.offset, self.inserted, self.removed)

    def apply(self, report: Report) -> None:
        """Change the report.

        Raises:
            EditError: the prose has another text than ``removed`` there.
        """
        text = report.prose.get(self.part, "")
        end = self.offset + len(self.removed)
        if not 0 <= self.offset <= len(text) or text[self.offset : end] != self.removed:
            raise EditError(f"{self.part} {self.offset}")
        text = text[: self.offset] + self.inserted + text[end:]
        if text:
            report.prose[self.part] = text
        else:
            report.prose.pop(self.part, None)


Change = EntryChange | TextChange


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that belong together: one step of undo. ``label`` says in Chinese what it did."""

    label: str
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.label, tuple(change.inverse() for change in reversed(self.changes)))

    def __bool__(self) -> bool:
        return bool(self.changes)

    def cells(self) -> Iterator[CellRef]:
        """The cells whose number, remark or mark it changes."""
        for change in self.changes:
            if isinstance(change, EntryChange) and isinstance(change.key, CellRef):
                yield change.key

    def parts(self) -> Iterator[str]:
        """The parts whose prose or heading it changes."""
        for change in self.changes:
            if isinstance(change, TextChange):
                yield change.part
            elif change.slot is Slot.HEADINGS:
                yield change.key


def apply_edit(report: Report, edit: Edit) -> None:
    """Make all changes of the edit, or none.

    Raises:
        EditError: a change does not fit; the report is as it was.
    """
    done: list[Change] = []
    try:
        for change in edit.changes:
            change.apply(report)
            done.append(change)
    except EditError:
        for change in reversed(done):
            change.inverse().apply(report)
        raise


def set_cells(
    report: Report, form: Form, values: Mapping[CellRef, Value | None], label: str = "填数"
) -> Edit:
    """Put numbers into cells; None makes a cell blank.

    A total that an imported file stated is dropped when a cell of it changes, and a section
    marked finished loses its mark.

    Raises:
        ValueError: one of them is no cell that can be typed; such a report could not be read back.
    """
    changes: list[Change] = []
    for ref, value in values.items():
        if ref not in form.kind_of or ref in form.totals:
            raise ValueError(f"{ref} cannot be typed")
        before = report.cells.get(ref)
        if differ(before, value):
            changes.append(EntryChange(Slot.CELLS, ref, before, value))
    touched = [change.key for change in changes if isinstance(change, EntryChange)]
    changes += _drop_reported(report, form, touched)
    changes += _reopen(report, form, {ref.table for ref in touched})
    return Edit(label, tuple(changes))


def change_text(report: Report, form: Form, change: TextChange, label: str = "编辑文字") -> Edit:
    """Change a part's prose; a section marked finished loses its mark."""
    if change.removed == change.inserted:
        return Edit(label, ())
    return Edit(label, (change, *_reopen(report, form, {change.part})))


def replace_text(report: Report, form: Form, part: str, text: str, label: str) -> Edit:
    """Make ``text`` the whole prose of the part."""
    before = report.prose.get(part, "")
    if before == text:
        return Edit(label, ())
    return change_text(report, form, TextChange(part, 0, before, text), label)


def set_entry(report: Report, slot: Slot, key: object, value: object, label: str) -> Edit:
    """Set one entry of a mapping; None or an empty text removes it."""
    after = None if value is None or value is False or value == "" else value  # 0 is not blank
    before = getattr(report, slot).get(key)
    if not differ(before, after):
        return Edit(label, ())
    return Edit(label, (EntryChange(slot, key, before, after),))


def set_fact(report: Report, fact: Fact, text: str) -> Edit:
    """Set a fact such as the year or the unit's name; an empty text removes it."""
    return set_entry(report, Slot.FACTS, fact, text.strip(), f"修改{FRONT_TITLE}")


def change_fact(report: Report, form: Form, fact: Fact, text: str) -> Edit:
    """Set a fact, and have the form's drafts that nobody has touched yet follow it."""
    alone = set_fact(report, fact, text)
    if not alone:
        return alone
    facts = {**report.facts, fact: text.strip()}
    before, after = drafts(form, report), drafts(form, replace(report, facts=facts))
    untouched = (part for part, draft in before.items() if report.prose.get(part, "") == draft)
    following = (replace_text(report, form, part, after[part], alone.label) for part in untouched)
    return combine(alone.label, (alone, *following))


def set_heading(report: Report, form: Form, part: str, text: str) -> Edit:
    """Set a part's printed heading; the official wording is not stored."""
    own = "" if text == form.parts[part].heading else text
    return set_entry(report, Slot.HEADINGS, part, own, "修改小标题")


def combine(label: str, edits: Iterable[Edit]) -> Edit:
    """One step of undo out of several edits that were made for the same report.

    What follows from several of them, such as a section's lost mark, happens once.
    """
    changes: list[Change] = []
    for edit in edits:
        changes += [change for change in edit.changes if change not in changes]
    return Edit(label, tuple(changes))


def differ(one: object, other: object) -> bool:
    """Whether they would stand differently in a file: 3.50 is not 3.5, and 1 is not true."""
    return type(one) is not type(other) or one != other or str(one) != str(other)


def _drop_reported(report: Report, form: Form, touched: list[CellRef]) -> Iterator[Change]:
    if not report.reported:
        return
    typed_under = relate(form).typed_under
    for total, stated in report.reported.items():
        if not set(typed_under.get(total, ())).isdisjoint(touched):
            yield EntryChange(Slot.REPORTED, total, stated, None)


def _reopen(report: Report, form: Form, holders: set[str]) -> Iterator[Change]:
    sections = {form.section_of[holder].id for holder in holders if holder in form.section_of}
    for section in sorted(sections):
        if report.finished.get(section):
            yield EntryChange(Slot.FINISHED, section, True, None)
