"""The whole check of a report outside the window, with what the window would check it with.

The window, the papers and the command line are to find the same in the same report: whoever runs all rules
at once does it here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportdesk.checks.engine import Trigger, check_context_of, run_checks
from reportdesk.checks.outcome import Checked, LeftOut
from reportdesk.form.spec import Form
from reportdesk.report.document import Report, Snapshot
from reportdesk.store.others import read_others


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is checked with beside itself, as the window knows it.

    ``titles`` are the other units on this PC by their 标题用名, ``others`` the files of their reports,
    ``words`` says whether mistyped words are looked for; ``knows_others`` is False where the list of the
    others could not be read.
    """

    titles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    others: tuple[Path, ...] = ()
    words: bool = True
    knows_others: bool = True


REPORT_ALONE = Scope()
"""The report by itself, as on the command line."""


def check_whole(form: Form, report: Report, today: dt.date, scope: Scope = REPORT_ALONE) -> Checked:
    """Run every rule that the scope wants."""
    read = read_others(scope.others)
    checked = check_beside(form, report, today, others=read.reports, scope=scope)
    return replace(checked, left_out=replace(checked.left_out, unread=len(read.unread)))


def check_beside(
    form: Form,
    report: Report,
    today: dt.date,
    last_year: Snapshot | None = None,
    others: Sequence[Snapshot] = (),
    scope: Scope = REPORT_ALONE,
) -> Checked:
    """The same beside reports that were read already; ``last_year`` stands in for the report's own snapshot."""
    subject = replace(check_context_of(form, report, today, last_year, others), titles_here=scope.titles)
    paces = [trigger for trigger in Trigger if scope.words or trigger is not Trigger.APART]
    return Checked(run_checks(subject, paces), LeftOut(words=not scope.words, others=not scope.knows_others))
