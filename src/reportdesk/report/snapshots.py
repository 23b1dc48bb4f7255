"""What last year's report came to: its totals, reckoned as its own edition reckons them."""

from __future__ import annotations

from reportdesk.form.load import load_form
from reportdesk.form.refusal import FormError
from reportdesk.form.relations import relate
from reportdesk.form.spec import Form
from reportdesk.report.document import Snapshot
from reportdesk.report.totals import Totals, compute_totals


def snapshot_totals(form: Form, last: Snapshot) -> Totals:
    """The totals of last year's report by the relations of its own edition.

    A cell that another edition shares with ``form`` has the same name there, but its items may
    not: by this year's relations an old total would lack them. None where the edition is unknown.
    """
    own = form if last.edition == form.edition else _shipped(last.edition)
    return compute_totals(relate(own), last.cells)[0] if own else {}


def _shipped(edition: str) -> Form | None:
    try:
        return load_form(edition)
    except FormError:
        return None
