"""Whatever report is written in one of our formats is read back as it was printed.

The workbook tells everything apart. A page does not tell a run-in heading from the sentence that
follows, nor where a title's line was broken to fit; so much is compared without.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.exports.html import render_page, render_web
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.exports.word.document import render_word
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.excel.reader import read_excel
from reportdesk.readers.files.visible import Seen, VisibleParagraph
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.recognise.proposal import propose
from reportdesk.readers.text.html import read_web
from reportdesk.readers.text.page_furniture import without_furniture
from reportdesk.readers.word.reader import read_word
from reportdesk.report.document import Fact, Report, new_report
from tests.editions import EDITION_IDS, FORMS
from tests.readers.printed import as_recognisable, as_text, as_typed, printed
from tests.strategies import DEAR, cells, reports

MUCH = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FORM = load_form("2021")


def through_word(form: Form, report: Report) -> Seen:
    return read_word(render_word(form, report))


def through_page(form: Form, report: Report) -> Seen:
    return read_web(render_page(form, report).encode())


def through_fragment(form: Form, report: Report) -> Seen:
    return read_web(render_web(form, report).encode())


def through_pdf(form: Form, report: Report) -> Seen:
    return read_pdf(render_pdf(form, report, faces=bundled_faces()).content)


def exact(report: Report) -> dict[str, str]:
    """The typed numbers as they are written: 3.50 is not 3.5."""
    return {str(ref): str(value) for ref, value in report.cells.items()}


def through_workbook(form: Form, report: Report) -> Seen:
    return read_excel(render_workbook(form, report))


@pytest.mark.parametrize(
    "through", [through_workbook, through_word, through_page, through_fragment, through_pdf]
)
@pytest.mark.parametrize("amount", ["190.457379", "190.457300", "0.000001"])
def test_fees_to_the_fen_are_printed_as_typed(through: Callable[[Form, Report], Seen], amount: str) -> None:
    """190.457379 was published; the last digit is a fen."""
    fees = CellRef("disclosure", "fees", "charged")
    typed = dict.fromkeys(FORM.typed_cells(FORM.tables["disclosure"]), 0)
    report = replace(new_report(FORM, 2024, "常乐镇人民政府"), cells=typed | {fees: Decimal(amount)})
    assert str(propose(through(FORM, report), FORM).to_report().cells[fees]) == amount


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(MUCH, max_examples=2 * DEAR)
@given(data=st.data())
def test_any_report_comes_back_from_our_workbook(form: Form, data: st.DataObject) -> None:
    report = as_typed(form, data.draw(reports(form)))
    proposal = propose(read_excel(render_workbook(form, report)), form)
    back = proposal.to_report()
    assert printed(form, back) == printed(form, report)
    assert exact(back) == exact(report)
    for fact in (Fact.FULL_NAME, Fact.TITLE_NAME, Fact.YEAR):
        assert back.facts.get(fact) == report.facts.get(fact)
    assert not proposal.disagreements
    assert not proposal.missing


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@pytest.mark.parametrize("through", [through_word, through_page, through_fragment])
@settings(MUCH, max_examples=DEAR)
@given(data=st.data())
def test_any_report_comes_back_from_our_pages(
    form: Form, through: Callable[[Form, Report], Seen], data: st.DataObject
) -> None:
    report = as_recognisable(form, as_typed(form, data.draw(reports(form))))
    lines = "\n".join(report.prose.values()).splitlines()
    assume(not without_furniture([VisibleParagraph(line) for line in lines])[1])  # 返回: left out, and named
    proposal = propose(through(form, report), form)
    back = proposal.to_report()
    assert as_text(printed(form, back, lines_of_title=False)) == as_text(
        printed(form, report, lines_of_title=False)
    )
    assert exact(back) == exact(report)
    assert not proposal.disagreements
    assert not proposal.missing


SENTENCES = (
    "2024年，白河镇按照“应公开、尽公开”的原则，及时推送惠民惠农等政务信息1578条，其中政府网站69条、微博174条。",
    "一是业务能力有待提升，个别干部对《条例》理解不够；二是解读形式单一。",
    "（1）完善制度，明确专人负责；（2）组织培训4场次。",
    "本报告的电子版可在县人民政府网站（http://www.qinghe.gov.cn/zwgk/index.html）下载，电子邮箱：baihe@163.com。",
    "未收取信息处理费。",
    "无。",
)
HEADINGS = {
    "overview.disclosure": ["（一）主动公开情况。", "（一）政府信息主动公开情况"],
    "overview.requests": ["（二）依申请公开政府信息情况：", "（二）依申请公开办理情况"],
    "overview.platforms": ["（四）平台建设情况。"],
    "problems.problems": ["（一）存在的问题"],
    "problems.improvements": ["（二）改进措施。"],
}


@st.composite
def real_reports(draw: st.DrawFn) -> Report:
    """Reports as offices write them, each part with a paragraph or more."""
    facts = {
        Fact.YEAR: "2024",
        Fact.TITLE_NAME: draw(st.sampled_from(["青禾县白河镇", "青禾县人民政府办公室"])),
    }
    if draw(st.booleans()):
        facts |= {Fact.CLOSING_UNIT: "青禾县白河镇人民政府", Fact.CLOSING_DATE: "2025年1月9日"}
    paragraph = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map("".join)
    prose = {part: "\n".join(draw(st.lists(paragraph, min_size=1, max_size=3))) for part in FORM.parts}
    headings = {
        part: draw(st.sampled_from(wordings)) for part, wordings in HEADINGS.items() if draw(st.booleans())
    }
    return Report("2021", facts, headings, prose, draw(cells(FORM)))


@settings(MUCH, max_examples=DEAR)
@given(report=real_reports())
def test_a_report_comes_back_from_our_pdf_by_what_is_visible(report: Report) -> None:
    seen = through_pdf(FORM, report)
    proposal = propose(replace(seen, attached=None), FORM)
    back = proposal.to_report()
    assert as_text(printed(FORM, back)) == as_text(printed(FORM, report))
    assert exact(back) == exact(report)
    assert not proposal.missing
    whole = propose(seen, FORM)
    assert whole.attached is not None
    assert printed(FORM, whole.to_report()) == printed(FORM, report)


@settings(MUCH, max_examples=DEAR)
@given(report=real_reports())
def test_headings_run_in_are_told_from_their_sentences(report: Report) -> None:
    for through in (through_word, through_page):
        back = propose(through(FORM, report), FORM).to_report()
        assert printed(FORM, back, lines_of_title=False) == printed(FORM, report, lines_of_title=False)
        assert back.headings == report.headings
