"""What Qt is told of a table: the official labels, names, tooltips, and the changed cells only."""

import datetime as dt

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from reportdesk.form.spec import CellRef, Form
from reportdesk.gui.grid.model import GridModel
from reportdesk.report.document import new_report
from reportdesk.report.edits import Slot, set_cells, set_entry
from reportdesk.report.records import Contribution
from reportdesk.session.session import Session
from tests.gui.open_page import FORM, THIRD, OpenPage, cell

Area = tuple[int, int, int, int]


def model_of(table: str, form: Form = FORM) -> GridModel:
    session = Session(form, new_report(form, 2024, "常乐镇人民政府"), dt.date(2025, 1, 10))
    return GridModel(session, form.tables[table])


def said(model: GridModel, ref: CellRef, role: Qt.ItemDataRole) -> str:
    return str(model.data(model.index_of(ref), role))


def put(model: GridModel, **numbers: int) -> None:
    """Put numbers into rows of the first column."""
    values = {cell(row, "person"): number for row, number in numbers.items()}
    model.session.apply(set_cells(model.session.report, model.session.form, values))


def heard(model: GridModel) -> list[Area]:
    areas: list[Area] = []
    model.dataChanged.connect(
        lambda first, last: areas.append((first.row(), first.column(), last.row(), last.column()))
    )
    return areas


@pytest.mark.parametrize(
    ("form", "table"), [(form, table) for form in (FORM, THIRD) for table in form.tables]
)
def test_qt_finds_no_fault_with_the_model(form: Form, table: str) -> None:
    model = model_of(table, form)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for ref in form.tables[table].refs():
        model.setData(model.index_of(ref), "3")
    while model.session.undo():
        pass
    assert tester.model() is model


def test_labels_are_cells_and_numbers_are_reached_by_their_key() -> None:
    model = model_of("requests")
    assert (model.rowCount(), model.columnCount()) == (28, 10)
    assert model.data(model.index(3, 0)) == "一、本年新收政府信息公开申请数量"
    assert model.ref_at(model.index_of(cell("granted", "other"))) == cell("granted", "other")


def test_nothing_is_no_cell() -> None:
    assert model_of("requests").flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_only_typed_cells_can_be_edited_and_only_numbers_selected() -> None:
    model = model_of("requests")
    flag = Qt.ItemFlag
    assert model.flags(model.index_of(cell("new", "person"))) & flag.ItemIsEditable
    assert not model.flags(model.index_of(cell("new", "total"))) & flag.ItemIsEditable
    assert model.flags(model.index_of(cell("new", "total"))) & flag.ItemIsSelectable
    assert not model.flags(model.index(3, 0)) & flag.ItemIsSelectable
    assert not model.setData(model.index_of(cell("new", "total")), "5")
    assert not model.setData(model.index(3, 0), "5")


def test_a_total_shows_what_is_filled_so_far() -> None:
    model = model_of("requests")
    total = model.index_of(cell("new", "total"))
    assert model.data(total) == ""
    assert model.setData(model.index_of(cell("new", "person")), "５")
    assert model.data(total) == "5"


def test_a_refused_text_changes_nothing_and_has_a_reason() -> None:
    model = model_of("requests")
    index = model.index_of(cell("new", "person"))
    assert not model.setData(index, "/")
    assert model.session.report.cells == {}
    assert model.refusal(index, "/") == "“/”不是数字，请填不小于 0 的整数，没有请填 0。"
    assert model.refusal(index, "1,234") == ""


def test_every_number_has_a_name_of_its_own() -> None:
    for form in (FORM, THIRD):
        for table in form.tables:
            model = model_of(table, form)
            names = [
                said(model, ref, Qt.ItemDataRole.AccessibleTextRole) for ref in form.tables[table].refs()
            ]
            assert len(set(names)) == len(names)


def test_a_name_says_where_what_and_what_is_wrong() -> None:
    model = model_of("requests")
    role = Qt.ItemDataRole.AccessibleTextRole
    assert said(model, cell("granted", "person"), role) == "表三 （一）予以公开 自然人，未填"
    assert said(model, cell("granted", "total"), role) == "表三 （一）予以公开 总计，未填，自动计算"
    put(model, **dict.fromkeys((row.id for row in model.table.blocks[0].rows if not row.total_of), 0))
    put(model, new=5)
    assert "差 5 件" in said(model, cell("new", "person"), role)


def test_a_total_tells_what_it_sums() -> None:
    model = model_of("requests")
    across = said(model, cell("new", "total"), Qt.ItemDataRole.ToolTipRole)
    names = "自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他"
    assert across == f"<p>= {names}（还有 6 格未填）</p>"
    down = said(model, cell("handled", "person"), Qt.ItemDataRole.ToolTipRole)
    assert down.startswith("<p>= （一）予以公开 + ")


def test_a_wrong_cell_tells_its_finding_and_a_remark_what_it_says() -> None:
    model = model_of("requests")
    put(model, **dict.fromkeys((row.id for row in model.table.blocks[0].rows if not row.total_of), 0))
    put(model, new=5)
    ref = cell("new", "person")
    session = model.session
    session.apply(set_entry(session.report, Slot.REMARKS, ref, "<王> 电话", "备注"))
    session.apply(set_entry(session.report, Slot.UNVERIFIED, ref, True, "标为待核实"))
    told = said(model, ref, Qt.ItemDataRole.ToolTipRole)
    finding = session.finding_at(ref)
    assert finding is not None
    assert finding.message in told
    assert "待核实" in told
    assert "备注：&lt;王&gt; 电话" in told


def test_an_edit_announces_the_changed_cells_and_no_others() -> None:
    model = model_of("requests")
    areas = heard(model)
    put(model, granted=4)
    places = [place for area in areas for place in inside(area)]
    changed = [("granted", "person"), ("granted", "total"), ("handled", "person"), ("handled", "total")]
    assert sorted(places) == sorted(place_of(model, cell(*ref)) for ref in changed)


def test_cells_that_enter_or_leave_a_finding_are_announced() -> None:
    model = model_of("requests")
    put(model, **dict.fromkeys((row.id for row in model.table.blocks[0].rows if not row.total_of), 0))
    areas = heard(model)
    put(model, new=5)
    places = {place for area in areas for place in inside(area)}
    assert place_of(model, cell("carried_out", "person")) in places


def test_an_edit_elsewhere_announces_nothing_here() -> None:
    model = model_of("disputes")
    areas = heard(model)
    put(model, granted=4)
    assert areas == []


def test_a_page_that_is_gone_hears_nothing(qtbot: QtBot) -> None:
    page = OpenPage(qtbot)
    session = page.session
    page.page.deleteLater()
    qtbot.waitUntil(lambda: not session._listeners)
    session.apply(set_cells(session.report, FORM, {cell("new", "person"): 5}))


def inside(area: Area) -> list[tuple[int, int]]:
    top, left, bottom, right = area
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def place_of(model: GridModel, ref: CellRef) -> tuple[int, int]:
    laid = model.layout.place_of[ref]
    return laid.row, laid.column


def test_a_number_of_offices_says_what_each_gave() -> None:
    model = model_of("requests")
    ref = cell("new", "person")
    model.session.report.sources[ref] = (
        Contribution("党政办", 5, "a.xlsx"),
        Contribution("司法所", 7, "b.xlsx"),
    )
    told = said(model, ref, Qt.ItemDataRole.ToolTipRole)
    assert "科室填的：党政办 5，司法所 7。" in told
