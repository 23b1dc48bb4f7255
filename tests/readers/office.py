"""Files as offices have them, in tests/data/office, and the numbers that a person sees in them."""

from __future__ import annotations

from pathlib import Path

from reportdesk.form.spec import CellRef
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.read_file import read_file
from reportdesk.readers.recognise.proposal import Proposal
from reportdesk.report.document import Report, Value
from reportdesk.store.file import read_report

FOLDER = Path(__file__).parents[1] / "data" / "office"


def proposed(name: str) -> Proposal:
    """What the file proposes."""
    return read_file(FOLDER / name)


def base(name: str = "base") -> Report:
    """The report whose numbers the files show: ``base`` or ``base2025``."""
    return read_report(FOLDER / f"{name}.gknb").report


def otherwise(proposal: Proposal, report: Report) -> dict[str, tuple[Value | None, Value | None]]:
    """The cells that were not read as the report has them, by name: read, and meant."""
    refs: set[CellRef] = proposal.cells.keys() | report.cells.keys()
    return {
        proposal.form.name_of(ref): (proposal.cells.get(ref), report.cells.get(ref))
        for ref in refs
        if proposal.cells.get(ref) != report.cells.get(ref)
    }


def doubts(proposal: Proposal) -> list[str]:
    """What the clerk is asked to look at."""
    return [outcome.says for outcome in proposal.of(Standing.DOUBTFUL)]
