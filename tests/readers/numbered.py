"""A report with another number in every cell, and what is read of files that show it."""

from decimal import Decimal

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import Seen, Visible
from reportdesk.readers.recognise.proposal import Proposal, propose
from reportdesk.report.document import Value

FORM = load_form("2021")
REQUESTS, DISPUTES, DISCLOSURE = (FORM.tables[table] for table in ("requests", "disputes", "disclosure"))
Cells = dict[CellRef, Value]


def numbered(form: Form = FORM) -> Cells:
    """Another number in every typed cell, so that none can be taken for another's."""
    typed = [ref for ref in form.kind_of if ref not in form.totals]
    return {
        ref: Decimal(number) if form.kind_of[ref].places else number
        for number, ref in enumerate(typed, start=101)
    }


def read(*contents: Visible, form: Form = FORM) -> Proposal:
    return propose(Seen(contents), form)


def in_table(table: str, found: Cells | None = None) -> Cells:
    return {ref: value for ref, value in (found or numbered()).items() if ref.table == table}


def doubts(proposal: Proposal) -> str:
    return "\n".join(outcome.says for outcome in proposal.of(Standing.DOUBTFUL))
