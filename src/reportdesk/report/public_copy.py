"""What of a report may leave the office: with a published file what is printed, to the district a little more.

Says which of a report's contents are public. Encoding the copy is ``codec``'s.
"""

from __future__ import annotations

from dataclasses import replace

from reportdesk.report.document import FACTS, Report
from reportdesk.report.edit_between import STANDING

PUBLIC_FACTS = frozenset(fact for fact, spec in FACTS.items() if spec.is_public)
"""Printed or known of any office. Address, telephone and e-mail are public only where the prose has them."""


def public_copy(report: Report) -> Report:
    """A report with the public part alone: its numbers, prose, headings and public facts.

    Remarks, marks, 说明, totals that an imported file stated, last year's report, the state,
    hand-ins, the offices' figures, notices and fields that this version does not know stay in the office.
    """
    return Report(
        report.edition,
        facts={fact: text for fact, text in report.facts.items() if fact in PUBLIC_FACTS},
        headings=dict(report.headings),
        prose=dict(report.prose),
        cells=dict(report.cells),
        family=report.family,
    )


def district_copy(report: Report) -> Report:
    """The public copy with what the district asks back for: whom to call, 说明, last year's numbers.

    Of last year's report it does not say which file it came from. The hand-ins say how many-th
    each was, when and what it answers, the notices what they say and what was answered; what was
    open at a hand-in and which offices gave the numbers stays in the office.
    """
    copy = public_copy(report)
    copy.facts = {fact: text for fact, text in report.facts.items() if fact not in STANDING}
    copy.explanations = {key: replace(one, extras={}) for key, one in report.explanations.items()}
    copy.notices = {key: replace(one, extras={}) for key, one in report.notices.items()}
    copy.hand_ins = {
        number: replace(one, errors=None, warnings=None, content="", digest="", extras={})
        for number, one in report.hand_ins.items()
    }
    copy.previous = {
        year: replace(snapshot, source="", digest="", extras={}) for year, snapshot in report.previous.items()
    }
    return copy
