"""Which 报送 this is: the how-manieth, made when; the same content is the same hand-in.

Answers for number and time alone. Making the files is ``submission``'s, keeping the number with
the report the window's, by the edit that is made here.
"""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass, replace

from reportdesk.exports.manifest import Manifest
from reportdesk.form.spec import Form
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report
from reportdesk.report.edits import Edit, Slot, set_entry
from reportdesk.report.file.codec import fingerprint
from reportdesk.report.public_copy import district_copy
from reportdesk.report.records import HandedIn, moment_of, return_of


@dataclass(frozen=True, slots=True)
class Numbered:
    """A hand-in with its number."""

    number: int
    made: HandedIn


def this_hand_in(form: Form, report: Report, now: dt.datetime, standing: Manifest | None = None) -> Numbered:
    """The hand-in of the report as it is: the last one if the district would get the very same, else the next.

    ``standing`` is the list in the folder of an earlier one, which may not have come into the report.
    """
    code, content = check_code(form, report), fingerprint(_sent(report))
    unit_id, answers = report.facts.get(Fact.UNIT_ID, ""), answered_by(report)
    number = max(report.hand_ins, default=0)
    last = report.hand_ins.get(number)
    if standing is not None and standing.number > number and is_of(standing, report):
        number = standing.number
        is_same = standing.code == code and standing.made is not None
        last = (
            HandedIn(standing.made, code, unit_id, standing.answers, content=content)
            if is_same and standing.made
            else None
        )
    if last is not None and last.content == content:
        return Numbered(number, last)
    made = HandedIn(now.replace(microsecond=0), code, unit_id, answers, content=content)
    return Numbered(number + 1, made)


def answered_by(report: Report) -> str:
    """The return that the next hand-in answers: the newest whose notices the report holds; empty if none."""
    newest = max(report.notices.items(), key=lambda kept: (moment_of(kept[1]), kept[0]), default=None)
    return return_of(*newest) if newest else ""


def with_hand_in(report: Report, this: Numbered) -> Report:
    """A report that holds the hand-in; the given one stays as it is."""
    known = copy.copy(report)
    known.hand_ins = {**report.hand_ins, this.number: this.made}
    return known


def note_hand_in(report: Report, this: Numbered) -> Edit:
    """The edit that keeps the hand-in with the report; what was open at it stays as it was first noted."""
    before = report.hand_ins.get(this.number)
    made = this.made
    if before is not None and before.content == made.content:
        made = replace(made, errors=before.errors, warnings=before.warnings, extras=before.extras)
    return set_entry(report, Slot.HAND_INS, this.number, made, "报送")


def unit_of(report: Report) -> str:
    """Whose report it is, as the list says."""
    return " ".join((report.facts.get(Fact.FULL_NAME) or report.name_in_title()).split())


def _sent(report: Report) -> Report:
    """What the district gets of it, but for the hand-ins themselves."""
    sent = district_copy(report)
    sent.hand_ins = {}
    return sent


def is_of(standing: Manifest, report: Report) -> bool:
    """Whether the list is of that unit and year."""
    return (standing.unit, standing.year) == (unit_of(report), str(report.year or ""))
