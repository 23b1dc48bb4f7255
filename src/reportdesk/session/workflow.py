"""The way of a report through the office: 草稿 → 送审 → 定稿 → 已报送, and back when returned.

Answers for which moves there are and the edit that each makes. That nothing else may change a
report that is 定稿 or 已报送 is the session's to keep.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportdesk.report.document import Fact, Report, State
from reportdesk.report.edit_between import without_standing
from reportdesk.report.edits import Edit, Slot, combine, set_entry
from reportdesk.report.text.days import spell_day

if TYPE_CHECKING:
    from reportdesk.report.returned.return_file import Returned


class MoveError(ValueError):
    """The report cannot go there, or a reason is missing; the message is for the clerk."""


class ReadOnlyError(Exception):
    """The report is 定稿 or 已报送 and takes no change; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Move:
    """A way from one state to another. ``label`` stands on its button, ``says`` beside it.

    ``when`` tells when to take it, ``then`` what holds afterwards; both without a full stop.
    ``reopens`` where a report that was read-only can be changed again: that asks for a reason
    and makes void what was signed. ``hands_on`` where the report goes on as what it is, so that whoever makes
    it sees first what is open in it.
    """

    to: State
    label: str
    when: str
    then: str
    reopens: bool = False
    hands_on: bool = False

    @property
    def says(self) -> str:
        """When to take it and what follows, as sentences."""
        return f"{self.when}；{self.then}。"


_MOVES: Mapping[State, tuple[Move, ...]] = {
    State.DRAFT: (Move(State.REVIEW, "送审", "交领导审阅", "审阅时仍可修改", hands_on=True),),
    State.REVIEW: (
        Move(State.FINAL, "定稿", "领导已同意", "定稿后不能修改，要改须先重新打开", hands_on=True),
        Move(State.DRAFT, "回到草稿", "收回来", "可以继续填写"),
    ),
    State.FINAL: (
        Move(State.SUBMITTED, "已报送", "已按要求报送", "仍不能修改", hands_on=True),
        Move(State.DRAFT, "重新打开", "回到草稿修改", "已签字的审核单作废，须重新签字", reopens=True),
    ),
    State.SUBMITTED: (
        Move(State.RETURNED, "被退回", "上级退回修改", "已签字的审核单作废，须重新签字", reopens=True),
        Move(State.FINAL, "点错了，回到定稿", "其实还没有报送", "仍不能修改，已签字的审核单照样有效"),
    ),
    State.RETURNED: (Move(State.REVIEW, "送审", "改好后再交领导审阅", "审阅时仍可修改", hands_on=True),),
}


def moves_from(state: State) -> tuple[Move, ...]:
    """Where a report of that state can go, the usual way first."""
    return _MOVES[state]


def move_to(report: Report, to: State, today: dt.date, reason: str = "", despite: str = "") -> Edit:
    """Take the report to another state; a reopening is noted with its day and reason.

    ``despite`` is what was open in a report that is handed on all the same; that is noted too.

    Raises:
        MoveError: there is no such way, or the reason is missing.
    """
    move = next((move for move in moves_from(report.state) if move.to is to), None)
    if move is None:
        ways = "、".join(f"“{known.label}”" for known in moves_from(report.state))
        raise MoveError(f"年报现在是“{report.state.says}”，不能直接改成“{to.says}”；可以选{ways}。")
    why = " ".join(reason.split())
    if move.reopens and not why:
        raise MoveError(f"请写明{move.label}的原因，会记在年报里，不公开。")
    stored = "" if to is State.DRAFT else to.value
    edits = [set_entry(report, Slot.FACTS, Fact.STATE, stored, move.label)]
    if move.reopens:
        edits.append(_note_reopened(report, today, to, _which(report, to), why, move.label))
    if move.hands_on and despite:
        edits.append(note_despite(report, today, move.label, despite))
    return combine(move.label, edits)


def take_return(report: Report, returned: Returned, today: dt.date) -> Edit:
    """Take in the district's own return, whatever state the report was in here: 退回, the reason, the remarks."""
    label = "收下退回"
    edits = [set_entry(report, Slot.FACTS, Fact.STATE, State.RETURNED.value, label)]
    which = f"（第 {returned.hand_in} 次报送）" if returned.hand_in else ""
    why = returned.reason or f"{returned.office}退回，{len(returned.notices)} 条意见"
    edits.append(_note_reopened(report, today, State.RETURNED, which, " ".join(why.split()), label))
    edits += [set_entry(report, Slot.NOTICES, key, one, label) for key, one in returned.notices.items()]
    return combine(label, edits)


def _note_reopened(report: Report, today: dt.date, to: State, which: str, why: str, label: str) -> Edit:
    line = f"{spell_day(today)}由{report.state.says}改为{to.says}{which}：{why}"
    noted = "\n".join((*reopenings(report), line))
    return set_entry(report, Slot.FACTS, Fact.REOPENED, noted, label)


def _which(report: Report, to: State) -> str:
    """Which hand-in was returned, in words; empty where none was, or the program did not make it."""
    number = max(report.hand_ins, default=0)
    return f"（第 {number} 次报送）" if to is State.RETURNED and number else ""


def note_despite(report: Report, day: dt.date, label: str, says: str) -> Edit:
    """Note that the report was handed on with so much open."""
    line = f"{spell_day(day)}{label}时还有 {says}，经确认仍然{label}"
    return set_entry(report, Slot.FACTS, Fact.DESPITE, "\n".join((*handed_on_despite(report), line)), label)


def handed_on_despite(report: Report) -> tuple[str, ...]:
    """When and with how much open the report was handed on, the oldest first."""
    return tuple(line for line in report.facts.get(Fact.DESPITE, "").split("\n") if line)


def reopenings(report: Report) -> tuple[str, ...]:
    """When and why the report was taken back, the oldest first."""
    return tuple(line for line in report.facts.get(Fact.REOPENED, "").split("\n") if line)


def reopening_of(report: Report) -> Move:
    """The move that lets a read-only report be changed again."""
    return next(move for move in moves_from(report.state) if move.reopens)


def why_read_only(report: Report) -> str:
    """That a read-only report takes no change and what to do, as a sentence."""
    label = reopening_of(report).label
    return f"年报已经是“{report.state.says}”，不能修改。要修改请先点“{label}”并写明原因。"


def refuse_if_read_only(report: Report, edit: Edit) -> None:
    """Let an edit through that the report's state allows.

    Raises:
        ReadOnlyError: the report is read-only and the edit changes more than its state.
    """
    if report.state.is_read_only and without_standing(edit):
        raise ReadOnlyError(why_read_only(report))
