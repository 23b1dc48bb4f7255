"""What two reports print, to be compared: whatever of a report any of its files shows."""

from dataclasses import replace

from reportdesk.exports.blocks import Block, Paragraph, Title, report_blocks
from reportdesk.form.spec import Form
from reportdesk.report.document import Fact, Report
from reportdesk.report.text.plain_text import clean_text


def as_typed(form: Form, report: Report) -> Report:
    """The report as typing and paste can make it: no controls, breaks as line feeds, no heading of the opening."""
    return replace(
        report,
        facts={
            fact: clean_text(text).strip() for fact, text in report.facts.items() if clean_text(text).strip()
        },
        headings={
            part: _line(text)
            for part, text in report.headings.items()
            if _line(text) and part != form.opening.id
        },
        prose={part: clean_text(text) for part, text in report.prose.items()},
    )


def as_recognisable(form: Form, report: Report) -> Report:
    """The report with names, closing and run-in headings that can be told from a sentence, where it has any."""
    plausible = {Fact.CLOSING_UNIT: "青禾县白河镇人民政府", Fact.CLOSING_DATE: "2025年1月9日"}
    names = (Fact.FULL_NAME, Fact.TITLE_NAME)
    return replace(
        report,
        facts={
            fact: f"{text}镇" if fact in names else plausible.get(fact, text)
            for fact, text in report.facts.items()
        },
        headings={
            part: f"{form.parts[part].heading}。" if text.endswith(("。", "：", ":")) else text
            for part, text in report.headings.items()
        },
    )


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())


def printed(form: Form, report: Report, *, lines_of_title: bool = True) -> list[Block]:
    """The report's blocks. Without ``lines_of_title`` breaks and spaces in the title count nothing."""
    blocks = list(report_blocks(form, report))
    if lines_of_title:
        return blocks
    return [
        Title(("".join("".join(block.lines).split()),)) if isinstance(block, Title) else block
        for block in blocks
    ]


def as_text(blocks: list[Block]) -> list[Block]:
    """The blocks without telling a run-in heading from what follows it, which no page does."""
    return [
        replace(block, text=block.run_in + block.text, run_in="") if isinstance(block, Paragraph) else block
        for block in blocks
    ]
