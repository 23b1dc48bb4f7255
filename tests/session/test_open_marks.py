"""The list of what is still open leads to each place."""

from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report, new_report
from reportdesk.report.edits import apply_edit
from reportdesk.report.progress import blank_cells
from reportdesk.session.fill import fill_blanks
from reportdesk.session.open_marks import OpenKind, open_marks
from tests.strategies import reports

FORM = load_form("2021")
CELL = CellRef("requests", "new", "person")
OTHER = CellRef("disclosure", "licences", "decisions")
THIRD = CellRef("disclosure", "penalties", "decisions")


def test_a_new_report_lists_its_blanks_and_empty_parts() -> None:
    says = [mark.says for mark in open_marks(FORM, new_report(FORM, 2024, "某镇"))]
    assert says[0] == "（一）主动公开：没有文字"
    assert "表二：还有 10 格没有填" in says
    assert "表三：还有 144 格没有填" in says
    assert says[-1] == "六、其他需要报告的事项：没有文字"


def test_marks_and_remarks_are_named_with_their_number() -> None:
    report = new_report(FORM, 2024, "某镇")
    for table in FORM.tables.values():
        apply_edit(report, fill_blanks(report, FORM, table))
    report.prose.update(dict.fromkeys(FORM.parts, "文字。"))
    assert open_marks(FORM, report) == ()
    report.unverified[CELL] = True
    report.remarks[CELL] = "司法所\n王工"
    report.remarks[OTHER] = "办公室，再问一次"
    report.remarks[THIRD] = "来源：司法所 王工 1月5日"
    other, cell = open_marks(FORM, report)
    assert (other.kind, other.says) == (OpenKind.REMARK, "表二 行政许可 本年处理决定数量 0：办公室，再问一次")
    assert cell.kind is OpenKind.UNVERIFIED
    assert cell.says.endswith("自然人 0：待核实；司法所 王工")
    assert cell.cell == CELL


@given(st.sampled_from([FORM]).flatmap(reports))
def test_nothing_open_is_left_out(report: Report) -> None:
    marks = open_marks(FORM, report)
    cells = {mark.cell for mark in marks}
    assert set(report.unverified) <= cells
    assert {ref for ref, text in report.remarks.items() if "待" in text} <= cells
    assert {mark.cell for mark in marks if mark.kind is OpenKind.BLANK} == {
        blanks[0] for table in FORM.tables.values() if (blanks := blank_cells(FORM, report, table))
    }
