"""What was handed in before, as its folder shows it: the same that was said when it was made.

Nothing is made. A folder that is gone, was changed or is of another state of the report is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportdesk.exports.manifest import Manifest
from reportdesk.form.spec import Form
from reportdesk.outgoing.correction import correction_of
from reportdesk.outgoing.hand_in import Numbered
from reportdesk.outgoing.submission import Goes, Made, Submission
from reportdesk.outgoing.submission_mail import mail_of
from reportdesk.outgoing.submission_names import folder_for
from reportdesk.outgoing.verification import VerificationError, verify
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Report
from reportdesk.store import disk


def standing_submission(
    form: Form, report: Report, beside: Path, file: Path | None, report_to: str
) -> Submission | None:
    """The report's last hand-in with its folder in ``beside``; None where that does not stand there whole."""
    number = max(report.hand_ins, default=0)
    folder = folder_for(report, beside, file)
    try:
        found = verify(folder)
        files = tuple(_files(folder, found.manifest))
    except (VerificationError, OSError):
        return None
    code = check_code(form, report)
    if not number or not found.is_whole or (found.manifest.number, found.code) != (number, code):
        return None
    this = Numbered(number, report.hand_ins[number])
    if this.made.code != code:
        return None
    mail = mail_of(form, report, this, report_to, correction_of(form, report, this, folder))
    return Submission(folder, files, this, mail, ())


def _files(folder: Path, manifest: Manifest) -> Iterator[Made]:
    """The files as the list says who gets them; what it does not say of is the office's own."""
    goes_of = {goes.value: goes for goes in Goes}
    for listed in manifest.files:
        to, _, says = listed.says.partition("：")
        yield Made(
            listed.path,
            goes_of.get(to, Goes.OFFICE),
            says,
            is_zip=listed.path.endswith(".zip"),
            is_mail=listed.path.endswith(".eml"),
            size=disk.status(folder / listed.path).st_size,
        )
