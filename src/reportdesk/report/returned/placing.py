"""Where a notice stands in the report as it is now: its numbers, its words, or only the part that they were in.

Words are found again where they are surely those that were meant: they stood there once, stand there once,
and a neighbour of theirs is the same. Else the notice stands at the part, never at other words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report, Value
from reportdesk.report.records import Notice
from reportdesk.report.text.figures import show_figure

_NEIGHBOURS = 8
"""Characters on either side by which words are known again."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a notice stands: at cells, at a part with or without a place of its words, or at the whole report.

    ``is_changed`` where a number that was objected to is another now; ``is_lost`` where its words are not
    found for sure any more.
    """

    cells: tuple[CellRef, ...] = ()
    part: str = ""
    span: tuple[int, int] | None = None
    is_changed: bool = False
    is_moved: bool = False
    is_lost: bool = False


def place_notice(
    form: Form, report: Report, numbers: Mapping[CellRef, Value | None], notice: Notice
) -> Placed:
    """Where the notice stands now; ``numbers`` are the report's, its totals included."""
    objected = {notice.place: notice.objected, **notice.also}
    cells = {ref: objected[str(ref)] for ref in form.kind_of if str(ref) in objected}
    if cells:
        changed = any(not _is_same(numbers.get(ref), written) for ref, written in cells.items())
        return Placed(tuple(cells), is_changed=changed)
    if notice.place not in form.parts:
        return Placed(is_lost=bool(notice.place))
    if not notice.words:
        return Placed(part=notice.place)
    span = _find_again(report.prose.get(notice.place, ""), notice)
    if span is None:
        return Placed(part=notice.place, is_lost=True)
    return Placed(part=notice.place, span=span, is_moved=span[0] != notice.start)


def anchor(notice: Notice, text: str, start: int) -> Notice:
    """The notice, knowing by what its words, which begin there in the part's text, are found again."""
    end = start + len(notice.words)
    return replace(
        notice,
        start=start,
        times=len(starts_of(text, notice.words)),
        part_digest=_short(text),
        beside=_beside(text, start, end),
    )


def starts_of(text: str, words: str) -> list[int]:
    """Where the words begin in the text, each time; those that overlap too."""
    starts: list[int] = []
    place = text.find(words)
    while place >= 0:
        starts.append(place)
        place = text.find(words, place + 1)
    return starts


def _find_again(text: str, notice: Notice) -> tuple[int, int] | None:
    start, end = notice.start, notice.start + len(notice.words)
    if start >= 0 and _short(text) == notice.part_digest and text[start:end] == notice.words:
        return start, end
    starts = starts_of(text, notice.words)
    if notice.times != 1 or len(starts) != 1:
        return None
    start, end = starts[0], starts[0] + len(notice.words)
    before = [
        side
        for side in zip(notice.beside.split(" "), _beside(text, start, end).split(" "), strict=False)
        if side[0]
    ]
    return (start, end) if not before or any(then == now for then, now in before) else None


def _beside(text: str, start: int, end: int) -> str:
    """What stands before and after, as two sums parted by a space; empty where nothing does."""
    side_panels = (text[max(0, start - _NEIGHBOURS) : start], text[end : end + _NEIGHBOURS])
    return " ".join(_short(side) if side else "" for side in side_panels)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_same(value: Value | None, written: str) -> bool:
    """Whether the number is the one that was objected to, however many zeros end it."""
    if value is None or not written.strip():
        return show_figure(value) == written.strip()
    try:
        return Decimal(written.strip()) == Decimal(value)
    except InvalidOperation:
        return show_figure(value) == written.strip()
