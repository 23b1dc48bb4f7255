"""What the mail says that takes a hand-in to the district: subject and text, of a 更正 with what it changes.

How the mail becomes a file is ``exports.package``'s.
"""

from __future__ import annotations

from reportdesk.exports.package import Mail
from reportdesk.form.spec import Form
from reportdesk.outgoing.correction import Correction, tell_changes
from reportdesk.outgoing.file_names import handed_in_stem
from reportdesk.outgoing.hand_in import Numbered
from reportdesk.report.document import Fact, Report
from reportdesk.report.text.days import spell_day


def mail_of(form: Form, report: Report, this: Numbered, to: str, correction: Correction | None) -> Mail:
    """The mail to that address, which need not be one."""
    full_name = " ".join(report.facts.get(Fact.FULL_NAME, "").split()) or report.name_in_title()
    telephone = report.facts.get(Fact.TELEPHONE, "").strip()
    whose = f"{full_name}{f'{report.year}年' if report.year else ''}{form.report_name}"
    what, subject, changed = f"现报送{whose}", handed_in_stem(report), list[str]()
    if correction is not None:
        what = f"现更正{whose}（第 {this.number} 次报送，替换{correction.replaced}）"
        subject = f"更正：{subject}"
        changed = tell_changes(form, correction)
    lines = [
        "您好：",
        "",
        f"{what}，文件在附件的压缩包里，核对码 {this.made.code}。请查收。",
        "",
        *([*changed, ""] if changed else []),
        *([f"联系电话：{telephone}", ""] if telephone else []),
        full_name,
        spell_day(this.made.made),
    ]
    return Mail(to, subject, "\r\n".join(lines) + "\r\n")
