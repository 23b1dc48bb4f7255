"""What is kept with a report beside its contents: hand-ins, the offices' figures, the district's notices.

Answers for the values alone. None of them is printed or published; how they stand in a file is
``record_model``'s, changing them is ``edits``'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One time that the report was handed in; the how-manieth is its key in the report.

    ``code`` is the 核对码 of what was handed in, ``unit_id`` the district's number for the unit,
    ``answers`` the id of the notice that the hand-in answers; all but the code may be empty.
    ``errors`` and ``warnings`` count what was open when the clerk went on all the same, None
    where nobody counted. ``content`` is the fingerprint of what the district gets, by which the
    same hand-in is known again; ``digest`` is the SHA-256 of the package that was made of it.
    """

    made: dt.datetime
    code: str
    unit_id: str = ""
    answers: str = ""
    errors: int | None = None
    warnings: int | None = None
    content: str = ""
    digest: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one office says of a cell, None for a blank, and the file that it said so in."""

    office: str
    value: int | Decimal | None = None
    file: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)


class NoticeKind(StrEnum):
    """How much the district wants of a notice."""

    MUST = "must"
    EXPLAIN = "explain"
    NOTE = "note"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _KINDS[self]


_KINDS: Mapping[NoticeKind, str] = {
    NoticeKind.MUST: "必须改",
    NoticeKind.EXPLAIN: "请说明",
    NoticeKind.NOTE: "供参考",
}


class NoticeState(StrEnum):
    """Where a notice stands; an empty text in a file is ``OPEN``."""

    OPEN = "open"
    CHANGED = "changed"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _NOTICE_STATES[self]


_NOTICE_STATES: Mapping[NoticeState, str] = {
    NoticeState.OPEN: "还没有处理",
    NoticeState.CHANGED: "已改",
    NoticeState.ANSWERED: "已说明",
    NoticeState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that the district says of the report; its id is its key in the report.

    ``place`` is the key of a cell or a part, empty for the whole report; ``words`` are the words
    of that part which are meant, ``objected`` is the number that was objected to, as written.
    ``due`` is a day such as 2026-01-15 or empty. ``kind`` and ``state`` stay as they were read
    although this version does not know them; ``answer`` is what the clerk replied.
    ``return_id`` is the return that brought it, empty if it came alone. ``also`` holds what was objected
    to in further cells. ``start`` is where the words began, -1 if not known, ``times`` how often they stood in the part,
    0 if not known, and ``part_digest`` the short SHA-256 of all that the part said and
    ``beside`` those of what stood before and after the words, parted by a space.
    """

    made: dt.datetime
    sender: str
    text: str
    kind: str = NoticeKind.NOTE
    place: str = ""
    words: str = ""
    objected: str = ""
    due: str = ""
    state: str = NoticeState.OPEN
    answer: str = ""
    return_id: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    start: int = -1
    times: int = 0
    part_digest: str = ""
    beside: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)


def return_of(notice_id: str, notice: Notice) -> str:
    """The return that a notice came with, or its own id where it came alone."""
    return notice.return_id or notice_id


def moment_of(notice: Notice) -> dt.datetime:
    """When it was made, to be compared with others: one without a zone is taken for Beijing's."""
    made = notice.made
    return made if made.tzinfo is not None else made.replace(tzinfo=_BEIJING)


_BEIJING = dt.timezone(dt.timedelta(hours=8))
