"""An edition that no code knows goes the whole way: typing, totals, findings, undo, file."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from reportdesk.form.load import parse_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import new_report
from reportdesk.report.edits import Slot, set_cells, set_entry
from reportdesk.report.file.codec import encode
from reportdesk.report.progress import Progress, progress
from reportdesk.report.text.figures import FigureError, parse_figure, show_figure
from reportdesk.session.session import SectionState, Session
from reportdesk.store.file import read_report, write_report
from tests.editions import THIRD, form_of, third_form

FORM = third_form()


@pytest.fixture
def session() -> Session:
    return Session(FORM, new_report(FORM, 2031, "某镇人民政府"), dt.date(2032, 1, 9))


def type_in(session: Session, key: str, text: str) -> None:
    ref = CellRef.parse(key)
    number = parse_figure(text, FORM.kind_of[ref])
    session.apply(set_cells(session.report, FORM, {ref: number}))


def shown(session: Session, key: str) -> str:
    ref = CellRef.parse(key)
    total = session.totals.get(ref)
    return show_figure(total.value if total else session.report.cells.get(ref))


def test_drafts_and_title_are_its_own(session: Session) -> None:
    assert session.report.title_lines(FORM) == ("某镇人民政府关于2031年度", "政务公开和办件工作情况的报告")
    assert session.report.prose["appeals.text"] == "2031年，某镇人民政府办理群众诉求情况如下。"
    assert "现公布某镇人民政府2031年度工作情况" in session.report.prose["preface"]


def test_signed_and_money_cells_take_what_their_kind_takes(session: Session) -> None:
    type_in(session, "services.licences.change", "－３")
    type_in(session, "services.confirmations.change", "+1")
    type_in(session, "services.licences.charged", "1,234.50元")
    type_in(session, "services.funds.surplus", "-0.05")
    assert shown(session, "services.subtotal.change") == "-2"
    assert shown(session, "services.subtotal.charged") == "1234.50"
    assert session.report.cells[CellRef.parse("services.funds.surplus")] == Decimal("-0.05")
    with pytest.raises(FigureError, match="-5 小于 0"):
        type_in(session, "services.funds.income", "-5")


def test_totals_of_totals_follow_each_number(session: Session) -> None:
    for key, text in (("phone", "2"), ("website", "3"), ("hall", "4")):
        type_in(session, f"appeals.same_day.{key}", text)
    type_in(session, "appeals.refused.social", "1")
    assert shown(session, "appeals.same_day.remote") == "5"
    assert shown(session, "appeals.same_day.total") == "9"
    assert shown(session, "appeals.closed.total") == "9"
    assert shown(session, "appeals.handled.total") == "10"
    session.undo()
    assert shown(session, "appeals.handled.total") == "9"


def test_every_number_typed_and_taken_back_leaves_the_first_report(session: Session) -> None:
    stages = [encode(session.report)]
    for number, ref in enumerate(ref for ref in FORM.kind_of if ref not in FORM.totals):
        type_in(session, str(ref), str(number))
        stages.append(encode(session.report))
    assert progress(FORM, session.report, FORM.section_of["services"]) == Progress(13, 13)
    for stage in reversed(stages[:-1]):
        session.undo()
        assert encode(session.report) == stage
    assert session.undo() is None


def test_findings_speak_of_its_tables(session: Session) -> None:
    appeals = FORM.section_of["appeals"]
    session.apply(set_entry(session.report, Slot.FINISHED, "appeals", value=True, label="完成"))
    (blank,) = session.findings_in("appeals")
    assert blank.message.startswith("表丙还有 72 格未填：一、本年新收 来件渠道 现场 窗口 大厅、")
    assert session.state_of(appeals) is SectionState.TROUBLED


def test_it_is_kept_in_a_file(session: Session, tmp_path: Path) -> None:
    type_in(session, "appeals.new.paid_change", "-12.30")
    write_report(tmp_path / "第三版.gknb", session.report)
    assert read_report(tmp_path / "第三版.gknb", form_of).report == session.report


def test_an_edition_changed_by_one_line_needs_no_line_of_code() -> None:
    row = '  { id = "board", label = ["公开栏"] },\n'
    source = THIRD.read_text(encoding="utf-8").replace(row, row + '  { id = "radio", label = ["广播"] },\n')
    form = parse_form(source)
    assert form.name_of(CellRef("services", "radio", "views")) == "表乙 广播 访问量"
