"""One undo history over numbers and prose.

Keeps edits that were made; whoever asks applies them. Typed characters run together into one
step until a pause, a new paragraph or 20 characters.
"""

from __future__ import annotations

from dataclasses import replace

from reportdesk.report.edits import Change, Edit, EntryChange, TextChange

MERGE_SECONDS = 1.0
MERGE_CHARACTERS = 20


class History:
    """The steps that can be taken back and made again, newest last."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._typed_at: float | None = None
        """When the last step was typed, while it still takes further characters."""

    def record(self, edit: Edit) -> None:
        """Take in an edit that was made; what was undone can no longer be redone."""
        self._done.append(edit)
        self._undone.clear()
        self._typed_at = None

    def record_typing(self, edit: Edit, now: float) -> None:
        """Take in a typed change; it joins the step before it where it continues it.

        ``now`` is a monotonic clock in seconds.
        """
        goes_on = self._typed_at is not None and now - self._typed_at <= MERGE_SECONDS
        joined = _join(self._done[-1], edit) if goes_on else None
        if joined is None:
            self.record(edit)
        else:
            self._done[-1] = joined
            self._undone.clear()
        self._typed_at = now

    def undo(self) -> Edit | None:
        """The edit that takes the newest step back, or None; it is taken as made."""
        if not self._done:
            return None
        self._typed_at = None
        edit = self._done.pop()
        self._undone.append(edit)
        return edit.inverse()

    def redo(self) -> Edit | None:
        """The step that was taken back last, or None; it is taken as made."""
        if not self._undone:
            return None
        edit = self._undone.pop()
        self._done.append(edit)
        return edit

    @property
    def next_undo(self) -> str:
        """What undo would take back, empty if nothing."""
        return self._done[-1].label if self._done else ""

    @property
    def next_redo(self) -> str:
        """What redo would make again, empty if nothing."""
        return self._undone[-1].label if self._undone else ""


def _join(earlier: Edit, later: Edit) -> Edit | None:
    """Both as one step where the later one goes on typing and all that followed follows anew."""
    count = len(later.changes)
    if count > len(earlier.changes) or later.label != earlier.label:
        return None
    pairs = list(zip(earlier.changes, later.changes, strict=False))
    joined = [_join_change(*pairs[0]), *(_join_draft(*pair) for pair in pairs[1:])]
    goes_on = [change for change in joined if change is not None]
    return Edit(earlier.label, (*goes_on, *earlier.changes[count:])) if len(goes_on) == count else None


def _join_change(first: Change, second: Change) -> Change | None:
    if isinstance(first, TextChange) and isinstance(second, TextChange):
        return _join_text(first, second)
    if isinstance(first, EntryChange) and isinstance(second, EntryChange):
        return _join_entry(first, second)
    return None


def _join_draft(first: Change, second: Change) -> Change | None:
    """A draft that followed the unit's name once follows it once more."""
    if not isinstance(first, TextChange) or not isinstance(second, TextChange):
        return None
    is_same = (first.part, first.offset, first.inserted) == (second.part, second.offset, second.removed)
    return replace(first, inserted=second.inserted) if is_same else None


def _join_entry(first: EntryChange, second: EntryChange) -> EntryChange | None:
    """A line typed on, such as a heading or the unit's name, keeps what stood there at first."""
    if (first.slot, first.key) != (second.slot, second.key):
        return None
    return replace(first, after=second.after)


def _join_text(first: TextChange, second: TextChange) -> TextChange | None:
    """Both changes as one where the second goes on typing or deleting at the same place."""
    if first.part != second.part or "\n" in first.inserted + second.inserted:
        return None
    size = max(len(first.inserted + second.inserted), len(first.removed + second.removed))
    if size > MERGE_CHARACTERS:
        return None
    if first.inserted and not second.removed and second.offset == first.offset + len(first.inserted):
        return replace(first, inserted=first.inserted + second.inserted)
    if not first.inserted + second.inserted:
        return _join_deletions(first, second)
    return None


def _join_deletions(first: TextChange, second: TextChange) -> TextChange | None:
    """Deleting forwards stays at its place, deleting backwards moves ahead of it."""
    if second.offset == first.offset:
        return replace(first, removed=first.removed + second.removed)
    if second.offset + len(second.removed) == first.offset:
        return replace(first, offset=second.offset, removed=second.removed + first.removed)
    return None
