"""Sending a report back: the .gkback and a Word sheet of the same remarks, in a folder.

Answers for the two files and their names. Who decides to return a report, and how the files are sent, is not
asked here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from reportdesk.exports.word.remark_sheet import render_remark_sheet
from reportdesk.form.spec import Form
from reportdesk.outgoing.export_files import PublishError
from reportdesk.outgoing.file_names import safe_name
from reportdesk.outgoing.hand_in import unit_of
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report
from reportdesk.report.returned import RETURN_SUFFIX
from reportdesk.report.returned.remarks_file import Remarks, notices_of
from reportdesk.report.returned.return_file import Returned, encode_return
from reportdesk.store import disk
from reportdesk.store.file import explain
from reportdesk.store.written_files import write_again


@dataclass(frozen=True, slots=True)
class Sender:
    """Which office returns the report, for the how-manieth time, when; ``unit_id`` is its number for the unit."""

    office: str
    made: dt.datetime
    number: int = 1
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class ReturnFiles:
    """What was written, and what it says."""

    returned: Returned
    data: Path
    sheet: Path


def write_return(folder: Path, form: Form, report: Report, remarks: Remarks, sender: Sender) -> ReturnFiles:
    """Write the return of the report into the folder: 退回-〈单位〉-第n次 as .gkback and as .docx.

    Raises:
        RemarksError: a remark is about something that the report does not have.
        PublishError: a file could not be written.
    """
    returned = return_of_report(form, report, remarks, sender)
    stem = safe_name(f"退回-{returned.unit}{returned.year}-第{sender.number}次")
    data, sheet = folder / f"{stem}{RETURN_SUFFIX}", folder / f"{stem}.docx"
    try:
        disk.make_folder(folder)
        write_again(data, encode_return(returned))
        write_again(sheet, render_remark_sheet(form, returned))
    except OSError as error:
        raise PublishError(f"没有写成退回文件“{data.name}”：{explain(error)}") from error
    return ReturnFiles(returned, data, sheet)


def return_of_report(form: Form, report: Report, remarks: Remarks, sender: Sender) -> Returned:
    """The return itself, of the last hand-in that the report knows of.

    Raises:
        RemarksError: as for ``write_return``.
    """
    unit, year, hand_in = unit_of(report), report.year or 0, max(report.hand_ins, default=0)
    known = report.hand_ins[hand_in].unit_id if hand_in else ""
    unit_id = sender.unit_id or known or report.facts.get(Fact.UNIT_ID, "")
    return_id = f"{(unit_id or unit)[:60]}-{year}-退回-{sender.number}"
    made = sender.made.replace(microsecond=0)
    return Returned(
        return_id,
        made,
        sender.office,
        unit,
        year,
        remarks.reason,
        unit_id,
        hand_in,
        check_code(form, report),
        remarks.due,
        notices_of(form, report, remarks, return_id, sender.office, made),
    )
