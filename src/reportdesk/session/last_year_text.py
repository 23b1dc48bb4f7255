"""沿用: last year's prose beside this year's, and taking over one paragraph of it.

The year's words are left as they are: the checks find them, and the clerk decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.report.edits import Edit, TextChange, change_text


@dataclass(frozen=True, slots=True)
class OldParagraph:
    """A paragraph of last year's; ``taken`` where the same words stand in this year's part."""

    text: str
    taken: bool


def old_paragraphs(report: Report, part: str) -> tuple[OldParagraph, ...]:
    """Last year's paragraphs of the part; none where last year was not taken in."""
    last = report.last_year
    if last is None:
        return ()
    now = set(report.prose.get(part, "").split("\n"))
    return tuple(
        OldParagraph(text, text in now) for text in last.prose.get(part, "").split("\n") if text.strip()
    )


def take_over(report: Report, form: Form, part: str, text: str, after: int | None = None) -> Edit:
    """Put a paragraph of last year's into this year's part, as a paragraph of its own.

    It stands below the paragraph in which the offset ``after`` lies, else at the end.
    """
    now = report.prose.get(part, "")
    offset = now.find("\n", after) if after is not None else -1
    offset = len(now) if offset < 0 else offset
    begins_empty = offset == 0 or now[offset - 1] == "\n"
    inserted = text if begins_empty else f"\n{text}"
    return change_text(report, form, TextChange(part, offset, "", inserted), "沿用上年段落")
