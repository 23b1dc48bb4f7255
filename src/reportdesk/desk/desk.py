"""The desk put together: what each parcel shows, where all stands, answers and acceptances as changes of the round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportdesk.desk.examine import Kind, ReadFile, Shown, examine
from reportdesk.desk.folder import CACHE, Desk, DeskError, save_round
from reportdesk.desk.questions import Choose, Question
from reportdesk.desk.round import Round
from reportdesk.desk.standing import Standing, UnitStanding, stand


@dataclass(frozen=True, slots=True)
class Looked:
    """A desk, and where all stands on it."""

    desk: Desk
    standing: Standing


def look(desk: Desk, read: ReadFile) -> Looked:
    """Where all stands; parcels that were not read yet are read now."""
    return Looked(desk, stand(desk.round, desk.receipts, shown_of(desk, read)))


def shown_of(desk: Desk, read: ReadFile) -> Mapping[str, Sequence[Shown]]:
    """What each parcel shows, by its hash; of one that is gone or was changed that it is."""
    shown: dict[str, Sequence[Shown]] = {}
    for receipt in desk.receipts:
        if receipt.sha256 in shown:
            continue
        try:
            shown[receipt.sha256] = examine(
                desk.parcel(receipt), receipt.name, receipt.sha256, desk.folder / CACHE, read
            )
        except OSError:
            lost = (
                f"收件里的“{receipt.file}”打不开、不见了，或者不是收到时的样子。请从备份取回，或重新收一次。"
            )
            shown[receipt.sha256] = (Shown("", Kind.BROKEN, lost),)
    return shown


def answer(looked: Looked, question: Question, key: str, now: dt.datetime) -> Desk:
    """The desk with that answer; a name that was said to be a unit's goes onto the list.

    Raises:
        DeskError: there is no such unit, or the round could not be written.
    """
    this = looked.desk.round
    unit_id = key.removeprefix(Choose.UNIT) if key.startswith(Choose.UNIT) else ""
    if unit_id and this.unit(unit_id) is None:
        raise DeskError(f"名单里没有编号“{unit_id}”的单位，也没有这个答复。请从列出的答复里选。")
    changed = replace(this, answers={**this.answers, question.id: key})
    if unit_id and question.name and question.kind in ("like", "stranger"):
        changed = changed.with_alias(unit_id, question.name)
    if key == Choose.ADD and question.name:
        changed = changed.with_unit(question.name, question.unit_kind, question.county)
    return save_round(looked.desk, changed.decided("answer", question.id, key, now))


def accept(looked: Looked, unit: UnitStanding, now: dt.datetime) -> Desk:
    """The desk with the unit's counted version accepted (审定).

    Raises:
        DeskError: nothing of it counts, or the round could not be written.
    """
    if unit.chosen is None or not unit.counted:
        raise DeskError(f"{unit.unit.name}没有可审定的年报（{unit.state.value}）。请先处理，再审定。")
    this: Round = looked.desk.round
    changed = replace(this, accepted={**this.accepted, unit.unit.id: unit.chosen.code})
    return save_round(looked.desk, changed.decided("accept", unit.unit.id, unit.chosen.code, now))
