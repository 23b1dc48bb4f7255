"""Reads any file that may show a report into a proposal: what it shows, in the terms of a form."""

from __future__ import annotations

from pathlib import Path

from reportdesk.form.load import load_form
from reportdesk.readers.open_file import see
from reportdesk.readers.own_papers import refuse_own_paper
from reportdesk.readers.proposal import Proposal, propose_best, propose_report
from reportdesk.readers.visible import Seen, UnreadableError
from reportdesk.report.codec import decode


def read_file(path: Path) -> Proposal:
    """What the file proposes.

    Raises:
        UnreadableError: it cannot be read, or shows nothing of a report; the message says what to do.
    """
    seen = see(path)
    refuse_own_paper(seen)
    proposal = _propose_own(seen.attached) if seen.attached and not seen.contents else propose_best(seen)
    if proposal.is_empty:
        raise UnreadableError(_why_empty(seen))
    return proposal


def _propose_own(content: bytes) -> Proposal:
    """The proposal of a .gknb, which shows nothing by itself."""
    decoded = decode(content)
    return propose_report(decoded.report, load_form(decoded.report.edition), decoded.notices)


def _why_empty(seen: Seen) -> str:
    besides = "".join(seen.passed_over)
    return f"没有在文件里找到年报的表格和各部分文字。{besides}请确认选对了文件。"
