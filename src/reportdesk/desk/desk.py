"""The desk put together: what each parcel shows, where all stands; answers, 审定 and 退回 as changes of the round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportdesk.desk.check_report import Kind, ReadFile, Shown, check_report
from reportdesk.desk.folder import CACHE, Desk, DeskError, NotWrittenError, save_round
from reportdesk.desk.questions import Choose, Question
from reportdesk.desk.round import Round
from reportdesk.desk.standing import Standing, UnitStanding, stand
from reportdesk.form.load import load_form
from reportdesk.outgoing.export_files import PublishError
from reportdesk.outgoing.returns.written import ReturnFiles, Sender, write_return
from reportdesk.report.returned.remarks_file import Remarks, RemarksError


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
            shown[receipt.sha256] = check_report(
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
    returned = {one: code for one, code in this.returned.items() if one != unit.unit.id}
    changed = replace(this, accepted={**this.accepted, unit.unit.id: unit.chosen.code}, returned=returned)
    return save_round(looked.desk, changed.decided("accept", unit.unit.id, unit.chosen.code, now))


def return_report(
    looked: Looked, unit: UnitStanding, remarks: Remarks, office: str, to: Path, now: dt.datetime
) -> ReturnFiles:
    """Return the unit's counted version (退回): the files for the unit in the folder, then the decision.

    Its numbers go on to count until another version comes.

    Raises:
        DeskError: nothing of it counts, a remark is about what it has not, or something could not be written.
    """
    if unit.chosen is None or not unit.counted:
        raise DeskError(f"{unit.unit.name}没有可退回的年报（{unit.state.value}）。")
    this, report = looked.desk.round, unit.chosen.first.shown.report()
    sender = Sender(office, now, this.times_returned(unit.unit.id) + 1, unit.unit.id)
    try:
        written = write_return(to, load_form(report.edition), report, remarks, sender)
    except RemarksError as error:
        raise DeskError(str(error)) from error
    except PublishError as error:
        raise NotWrittenError(str(error)) from error
    accepted = {one: code for one, code in this.accepted.items() if one != unit.unit.id}
    returned = {**this.returned, unit.unit.id: unit.chosen.code}
    changed = replace(this, accepted=accepted, returned=returned)
    save_round(looked.desk, changed.decided("return", unit.unit.id, unit.chosen.code, now))
    return written
