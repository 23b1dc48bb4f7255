"""What our Word file and web page show is, paragraph by paragraph and cell by cell, what was printed."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportdesk.exports.blocks import (
    Block,
    Closing,
    Paragraph,
    PartHeading,
    SectionHeading,
    TableBlock,
    Title,
    report_blocks,
)
from reportdesk.exports.html import render_page
from reportdesk.exports.word.document import render_word
from reportdesk.exports.xml_text import legal_text
from reportdesk.form.spec import Form
from reportdesk.readers.files.visible import Seen, VisibleParagraph
from reportdesk.readers.text.html import read_web
from reportdesk.readers.word.reader import read_word
from reportdesk.report.document import Report
from tests.editions import EDITION_IDS, FORMS
from tests.readers.shown import texts
from tests.strategies import reports


def through_word(form: Form, report: Report) -> Seen:
    return read_word(render_word(form, report))


def through_page(form: Form, report: Report) -> Seen:
    return read_web(render_page(form, report).encode())


def printed(block: Block) -> Iterator[str]:
    """A block's lines, a table as the text of its cells."""
    match block:
        case Title():
            yield from block.lines
        case SectionHeading() | PartHeading():
            yield block.text
        case Paragraph():
            yield block.run_in + block.text
        case TableBlock():
            yield "|".join(
                block.text_of(cell)
                for cell in sorted(block.layout.cells, key=lambda cell: (cell.row, cell.column))
            )
        case Closing():
            yield from filter(None, (block.unit, block.date))


def plain(line: str) -> str:
    """The line as XML can hold it."""
    return legal_text(line).strip()


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@pytest.mark.parametrize("through", [through_word, through_page])
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=30)
@given(data=st.data())
def test_nothing_printed_is_lost_and_nothing_added(
    form: Form, through: Callable[[Form, Report], Seen], data: st.DataObject
) -> None:
    report = data.draw(reports(form))
    wanted = [plain(line) for block in report_blocks(form, report) for line in printed(block)]
    seen = [
        plain(visible.text if isinstance(visible, VisibleParagraph) else "|".join(texts(visible)))
        for visible in through(form, report).contents
    ]
    assert seen == [line for line in wanted if line]
