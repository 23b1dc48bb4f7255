"""What may be said of a report of which nothing is listed: 「没有发现问题」 only when that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportdesk.checks.engine import MOST_OF_ONE, Finding, Severity, ran_whole
from reportdesk.checks.outcome import Checked, nothing_found
from reportdesk.form.spec import Form
from reportdesk.session.session import CheckState, Session

NOT_RUN = "审核没有做成：有的规则没有运行完。请关掉年报台再打开，按 F9 重新审核；还是这样的，请告诉帮你的人。"
PENDING = "还没有审核：停下来就接着审核，也可以点“全面审核”。"


def verdict(session: Session) -> str:
    """The sentence for a list of findings that is empty; of a list that is not, what is wrong with it."""
    if session.check_state is CheckState.FAILED:
        return NOT_RUN
    if session.findings:
        return ""
    if session.check_state is CheckState.PENDING:
        return PENDING
    return _held_back(session) if session.all_findings else nothing_found(session.form, session.left_out)


def _held_back(session: Session) -> str:
    """What waits in a report of which nothing is listed: as much as the preview's notice and 报送 count."""
    waiting = counted(session.all_findings)
    return f"写到的部分没有查出问题；没填、没写和待核实的还没有列出：{waiting}。见“待办”，或者点“全面审核”。{session.left_out.says}"


def not_checked(session: Session) -> str:
    """That rules could not be run, where no finding says so; what words are still read for is no error."""
    return NOT_RUN if session.check_state is CheckState.FAILED and ran_whole(session.all_findings) else ""


def verdict_of(checked: Checked, form: Form) -> str:
    """The same for whoever ran all rules at once; empty where something is listed and all is well with that."""
    if not ran_whole(checked.findings):
        return NOT_RUN
    return "" if checked.findings else nothing_found(form, checked.left_out)


def counted(findings: Iterable[Finding]) -> str:
    """How many there are of each severity, as the command line and papers say it; empty if none."""
    listed = list(findings)
    counts = Counter(found.severity for found in listed)
    said = "，".join(f"{severity.says} {counts[severity]} 处" for severity in Severity if counts[severity])
    is_cut = MOST_OF_ONE in Counter(found.code for found in listed).values()
    return f"{said}（同一条规则只列前 {MOST_OF_ONE} 处）" if is_cut else said


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    """The errors among them."""
    return [found for found in findings if found.severity is Severity.ERROR]
