"""What nobody sees in a workbook is not read, in .xlsx and in .xls, and error values are named in both."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as PillowImage

from reportdesk.readers.excel.reader import read_excel
from reportdesk.readers.files.visible import Seen, VisibleCell
from tests.readers.office import doubts, proposed
from tests.readers.shown import tables
from tests.readers.test_excel import by_calc, saved

__all__ = ["by_calc"]
Save = Callable[[bytes, str], bytes]
Change = Callable[[Cell], object]


def font(**look: object) -> Change:
    def change(middle: Cell) -> None:
        middle.font = Font(**look)  # type: ignore[arg-type]  # whatever a font may have

    return change


def painted(colour: str, ground: str) -> Change:
    def change(middle: Cell) -> None:
        middle.font = Font(color=f"FF{colour}")
        middle.fill = PatternFill("solid", fgColor=f"FF{ground}")

    return change


def written(value: object, **look: object) -> Change:
    def change(middle: Cell) -> None:
        middle.font = Font(**look)  # type: ignore[arg-type]  # whatever a font may have
        middle.value = value  # type: ignore[assignment]  # whatever a cell may hold

    return change


def formatted(code: str, **look: object) -> Change:
    """The number in that number format, in a font with a look of its own."""

    def change(middle: Cell) -> None:
        middle.number_format = code
        middle.font = Font(**look)  # type: ignore[arg-type]  # whatever a font may have

    return change


STRUCK, PLAIN = InlineFont(strike=True), InlineFont()
PALE, RED = InlineFont(color=Color("FFFFFFFF")), InlineFont(color=Color("FFFF0000"))


def painted_rich(ground: str, *blocks: TextBlock) -> Change:
    """A text of several runs on a ground."""

    def change(middle: Cell) -> None:
        middle.value = CellRichText(*blocks)
        middle.fill = PatternFill("solid", fgColor=f"FF{ground}")

    return change


UNSEEN = {
    "struck": (font(strike=True), "划掉"),
    "white": (font(color="FFFFFFFF"), "与底色同色"),
    "red on red": (painted("FF0000", "FF0000"), "与底色同色"),
    "white by format": (formatted("[White]0"), "与底色同色"),
    "white above zero": (formatted("[White]0;[Red]-0;0"), "与底色同色"),
}
SEEN = {
    "white on blue": painted("FFFFFF", "203864"),
    "green": font(color="FF00B050"),
    "small": font(size=6),
    "red by format": formatted("[Red]0", color="FFFFFFFF"),
    "white below zero": formatted("0;[White]-0"),
}
RICH = {
    "partly": written(CellRichText(TextBlock(STRUCK, "4"), TextBlock(PLAIN, "5"))),
    "own font": written(CellRichText("4", TextBlock(PLAIN, "5")), strike=True),
}
PALE_RUNS = {
    "white run": written(CellRichText(TextBlock(PALE, "4"), TextBlock(PLAIN, "5"))),
    "red run": painted_rich("FF0000", TextBlock(PALE, "5"), TextBlock(RED, "4")),
}
SEEN_RUN = {"white run on blue": painted_rich("203864", TextBlock(PALE, "7"))}
FAULTS = {"divided": written("=1/0"), "lost": written('=INDIRECT("x!y")'), "absent": written("=NA()")}
CASES: dict[str, Change] = {
    **{name: change for name, (change, _) in UNSEEN.items()},
    **SEEN,
    **RICH,
    **PALE_RUNS,
    **SEEN_RUN,
    **FAULTS,
}


def workbook(*changes: tuple[str, Change]) -> bytes:
    """Sheets of 3 × 3 numbers and labels, the middle cell of each changed."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, change in changes:
        sheet = book.create_sheet(name)
        for line in (["甲", "乙", "丙"], ["丁", 7, 8], ["戊", 10, 11]):
            sheet.append(line)
        middle = sheet["B2"]
        assert isinstance(middle, Cell)
        change(middle)
    return saved(book)


@pytest.fixture(
    scope="module", params=["xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97"], ids=["xlsx", "xls"]
)
def shown(request: pytest.FixtureRequest, by_calc: Save) -> Seen:
    """All cases, a sheet each, as LibreOffice saves them."""
    return read_excel(by_calc(workbook(*CASES.items()), request.param))


def cell(seen: Seen, case: str = "", row: int = 1, column: int = 1) -> VisibleCell:
    table = next(one for one in tables(seen) if case in ("", one.name))
    return next(one for one in table.cells if (one.row, one.column) == (row, column))


@pytest.mark.parametrize("case", UNSEEN)
def test_a_cell_that_nobody_sees_is_not_read(shown: Seen, case: str) -> None:
    change, says = UNSEEN[case]
    own = read_excel(workbook((case, change)))
    assert [one for one in own.passed_over if says in one and "“7”" in one and "1 处" in one]
    for seen in (shown, own):
        assert cell(seen, case).text == ""
        assert says in cell(seen, case).doubt
        assert cell(seen, case, 1, 2).text == "8"


def _sheet_of(middle: Cell) -> Worksheet:
    assert isinstance(middle.parent, Worksheet)
    return middle.parent


def rule(kind: Any, *arguments: object, **given: object) -> object:
    """openpyxl's rules are made by functions without types."""
    return kind(*arguments, **given)


def conditional(rule: object) -> bytes:
    """A sheet of numbers from 6 to 11 with a conditional format over all of it."""

    def change(middle: Cell) -> None:
        _sheet_of(middle).conditional_formatting.add("A1:C9", rule)

    return workbook(("own", change))


WHITE = Font(color="FFFFFFFF")


@pytest.mark.parametrize(
    ("rule", "hidden"),
    [
        (rule(CellIsRule, operator="lessThan", formula=["8"], font=WHITE), {"7"}),
        (rule(CellIsRule, operator="between", formula=["8", "10"], font=Font(strike=True)), {"8", "10"}),
        (rule(CellIsRule, operator="equal", formula=["11"], fill=PatternFill(bgColor="FF000000")), {"11"}),
        (rule(FormulaRule, formula=["TRUE"], font=WHITE), {"7", "8", "10", "11"}),
        (rule(DataBarRule, "num", 0, "num", 20, color="FF638EC6", showValue=False), {"7", "8", "10", "11"}),
        (rule(DataBarRule, "num", 0, "num", 20, color="FF638EC6"), set()),
        (rule(CellIsRule, operator="lessThan", formula=["20"], font=Font(color="FFFF0000")), set()),
        (
            rule(
                CellIsRule,
                operator="lessThan",
                formula=["8"],
                font=WHITE,
                fill=PatternFill(bgColor="FF203864"),
            ),
            set(),
        ),
    ],
)
def test_a_number_that_a_conditional_format_hides_is_not_read(rule: object, hidden: set[str]) -> None:
    cells = tables(read_excel(conditional(rule)))[0].cells
    numbers = [one for one in cells if one.row and one.column]
    assert {"7", "8", "10", "11"} - {one.text for one in numbers} == hidden
    assert all(bool(one.doubt) is not bool(one.text) for one in numbers)


def test_a_number_that_a_conditional_format_may_hide_is_named() -> None:
    cells = tables(read_excel(conditional(rule(FormulaRule, formula=["MOD(A1,2)=0"], font=WHITE))))[0].cells
    numbers = [one for one in cells if one.row and one.column]
    assert [one.text for one in numbers] == ["7", "8", "10", "11"]
    assert all("条件格式" in one.doubt for one in numbers)


def test_a_cell_under_a_picture_is_named() -> None:
    drawn = io.BytesIO()
    PillowImage.new("RGB", (60, 18)).save(drawn, "PNG")

    def change(middle: Cell) -> None:
        _sheet_of(middle).add_image(Image(drawn), "B2")

    cells = tables(read_excel(workbook(("own", change))))[0].cells
    assert {(one.row, one.column) for one in cells if "盖着" in one.doubt} == {(1, 1)}


@pytest.mark.parametrize("code", ['[Color2]General"件"', "[颜色2]0", "[白色]General", "[Black][White]0.0"])
def test_a_format_paints_a_number_white_by_any_name(code: str) -> None:
    seen = read_excel(workbook(("own", formatted(code))))
    assert cell(seen, "own").text == ""
    assert "与底色同色" in cell(seen, "own").doubt


@pytest.mark.parametrize("case", SEEN)
def test_a_cell_that_is_seen_is_read(shown: Seen, case: str) -> None:
    own = read_excel(workbook((case, SEEN[case])))
    assert not own.passed_over
    assert cell(own, case).text == cell(shown, case).text == "7"


@pytest.mark.parametrize("case", RICH)
def test_text_of_a_cell_is_read_without_what_is_struck_out_in_it(shown: Seen, case: str) -> None:
    own = read_excel(workbook((case, RICH[case])))
    assert "文件里有 1 处划掉的文字，没有读入：“4”。" in own.passed_over
    assert cell(own, case).text == cell(shown, case).text == "5"


@pytest.mark.parametrize("case", PALE_RUNS)
def test_a_run_in_the_colour_of_its_cells_ground_is_not_read(shown: Seen, case: str) -> None:
    own = read_excel(workbook((case, PALE_RUNS[case])))
    assert "文件里有 1 处与底色同色、看不见的文字，没有读入：“4”。" in own.passed_over
    assert cell(own, case).text == cell(shown, case).text == "5"


@pytest.mark.parametrize("case", SEEN_RUN)
def test_a_white_run_on_a_dark_ground_is_read(shown: Seen, case: str) -> None:
    assert cell(read_excel(workbook((case, SEEN_RUN[case]))), case).text == cell(shown, case).text == "7"


@pytest.mark.parametrize("case", FAULTS)
def test_an_error_value_is_shown_as_it_is(shown: Seen, case: str) -> None:
    assert cell(shown, case).text.startswith("#")


@pytest.mark.parametrize("size", [0.5, 0.9])
def test_type_under_a_point_is_not_read(size: float) -> None:
    assert "小得看不见" in cell(read_excel(workbook(("tiny", font(size=size))))).doubt


def test_a_given_error_value_is_named_with_its_cell() -> None:
    name = "表三 一、本年新收政府信息公开申请数量 自然人"
    assert [says for says in doubts(proposed("error-value.xlsx")) if name in says and "#REF!" in says]


def respelled(old: str, new: str) -> Seen:
    """The workbook with one thing in its sheet written otherwise."""
    source = zipfile.ZipFile(io.BytesIO(workbook(("plain", lambda _cell: None))))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            archive.writestr(name, text)
    return read_excel(made.getvalue())


@pytest.mark.parametrize(
    "said",
    ['hidden="1"', "hidden='1'", 'hidden = "1"', 'hidden="true"', 'hidden="on"', 'hidden="TRUE"', 'hidden\n=\n"1"',
     'hidden="&#49;"', 'spans=">" hidden="1"', 'ht="1"', 'ht="1.4" customHeight="1"', 'ht="0"', 'ht = "0.5"', 'ht=".2"'],
)  # fmt: skip
def test_a_hidden_row_is_not_read_however_it_is_spelled(said: str) -> None:
    seen = respelled('<row r="2"', f'<row r="2" {said}')
    assert not [one for one in tables(seen)[0].cells if one.row == 1 and one.text]
    assert [one for one in seen.passed_over if "第 2 行" in one]


@pytest.mark.parametrize(
    "said",
    ['hidden="1"', "hidden = '1'", 'hidden="true"', 'hidden="on"', 'width="0"', "width = '0'", 'width=".1"'],
)
def test_a_hidden_column_is_not_read_however_it_is_spelled(said: str) -> None:
    seen = respelled("<sheetData>", f'<cols><col min="2" max="2" {said}/></cols><sheetData>')
    assert [one.text for one in tables(seen)[0].cells if one.row == 1] == ["丁", "8"]
    assert [one for one in seen.passed_over if "B 列" in one]
