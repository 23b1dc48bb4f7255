"""Which numbers of an .xlsx its conditional formats leave to be seen: by priority, and up to one that stops."""

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from reportdesk.readers.excel.conditional_formats import MAY_HIDE, Change, Condition, always, hidden_by
from reportdesk.readers.excel.reader import read_excel
from reportdesk.readers.excel.styles import CellStyle
from reportdesk.readers.excel.xls_overlays import RANK, Over, note_over
from reportdesk.readers.files.unseen import Reason
from reportdesk.readers.files.visible import VisibleCell
from tests.readers.shown import tables
from tests.readers.test_excel import by_calc, saved

__all__ = ["by_calc"]
NUMBERS = {"7", "8", "10", "11"}
WHITE, RED = Font(color="FFFFFFFF"), Font(color="FFFF0000")
DARK, ON_RED = PatternFill(bgColor="FF203864"), PatternFill(bgColor="FFFF0000")
Placed = tuple[str, Any]
"""A range and its rule."""


def ranked(priority: int, kind: Any, *arguments: object, **given: object) -> Any:
    """A rule of that priority; openpyxl's rules are made by functions without types."""
    rule = kind(*arguments, **given)
    rule.priority = priority
    return rule


def below(limit: int, priority: int, *, stops: bool = False, **look: object) -> Any:
    """A rule for numbers below the limit."""
    return ranked(priority, CellIsRule, operator="lessThan", formula=[str(limit)], stopIfTrue=stops, **look)


def anything(priority: int, *, stops: bool = False, **look: object) -> Any:
    """A rule for every cell."""
    return ranked(priority, FormulaRule, formula=["TRUE"], stopIfTrue=stops, **look)


def uncertain(priority: int, *, stops: bool = False, **look: object) -> Any:
    """A rule that nobody computes here."""
    return ranked(priority, FormulaRule, formula=["MOD(A1,2)=0"], stopIfTrue=stops, **look)


def bar(priority: int) -> Any:
    """A bar instead of each number."""
    return ranked(priority, DataBarRule, "num", 0, "num", 20, color="FF638EC6", showValue=False)


def about_text(text: str) -> Any:
    """A rule about what a cell's text contains, that paints it white."""
    white = DifferentialStyle(font=WHITE)
    return ranked(
        1, Rule, type="containsText", operator="containsText", text=text, dxf=white, formula=["TRUE"]
    )


def workbook(rules: Iterable[Placed]) -> bytes:
    """The numbers 7, 8, 10 and 11 with these rules in their order."""
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (["甲", "乙", "丙"], ["丁", 7, 8], ["戊", 10, 11]):
        sheet.append(line)
    for area, rule in rules:
        sheet.conditional_formatting.add(area, rule)
    return saved(book)


def numbers(content: bytes) -> list[VisibleCell]:
    """The cells of the numbers as they are read."""
    return [one for one in tables(read_excel(content))[0].cells if one.row and one.column]


def everywhere(*rules: object) -> list[Placed]:
    """The rules over all of the sheet."""
    return [("A1:C9", rule) for rule in rules]


CASES: dict[str, tuple[list[Placed], set[str]]] = {
    "what stops goes first": (everywhere(below(9, 1, stops=True), anything(2, font=WHITE)), {"10", "11"}),
    "what stops is written last": (
        everywhere(anything(2, font=WHITE), below(9, 1, stops=True)),
        {"10", "11"},
    ),
    "what hides goes first": (everywhere(anything(1, font=WHITE), below(9, 2, stops=True)), NUMBERS),
    "what hides is written last": (everywhere(below(9, 2, stops=True), anything(1, font=WHITE)), NUMBERS),
    "nothing stops": (everywhere(below(9, 1), anything(2, font=WHITE)), NUMBERS),
    "what stops applies elsewhere": (
        [("B2", below(99, 1, stops=True)), ("B2:C3", anything(2, font=WHITE))],
        {"8", "10", "11"},
    ),
    "what stops hides": (
        everywhere(below(9, 1, stops=True, font=WHITE), anything(2, font=Font(strike=True))),
        NUMBERS,
    ),
    "a seen colour goes first": (everywhere(anything(1, font=RED), anything(2, font=WHITE)), set()),
    "a seen colour goes second": (everywhere(anything(2, font=RED), anything(1, font=WHITE)), NUMBERS),
    "white on a dark ground of another rule": (
        everywhere(below(9, 1, fill=DARK), anything(2, font=WHITE)),
        {"10", "11"},
    ),
    "one rule's colour on another's ground": (
        everywhere(anything(1, font=RED), below(9, 2, fill=ON_RED)),
        {"7", "8"},
    ),
    "what stops goes before a bar": (everywhere(below(9, 1, stops=True), bar(2)), {"10", "11"}),
    "not struck out goes before struck out": (
        everywhere(anything(1, font=Font(strike=False)), anything(2, font=Font(strike=True))),
        set(),
    ),
    "never": (everywhere(ranked(1, FormulaRule, formula=["FALSE"], font=WHITE)), set()),
    "no blank": (everywhere(Rule(type="notContainsBlanks", dxf=DifferentialStyle(font=WHITE), priority=1)), NUMBERS),
    "a text without figures": (everywhere(about_text("无")), set()),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_of_several_conditional_formats_the_first_by_priority_says_what_is_seen(case: str) -> None:
    rules, hidden = CASES[case]
    cells = numbers(workbook(rules))
    assert NUMBERS - {one.text for one in cells} == hidden
    assert all(bool(one.doubt) is not bool(one.text) for one in cells)


DOUBTFUL = {
    "it may hide": (everywhere(uncertain(1, font=WHITE)), NUMBERS),
    "it may stop what hides": (everywhere(uncertain(1, stops=True), below(9, 2, font=WHITE)), {"7", "8"}),
    "it may hide what nothing stops": (
        everywhere(below(9, 1, stops=True), uncertain(2, font=WHITE)),
        {"10", "11"},
    ),
    "it may show what is hidden": (everywhere(uncertain(1, fill=DARK), below(9, 2, font=WHITE)), {"7", "8"}),
    "figures in it": (everywhere(about_text("1")), NUMBERS),
    "a number compared with a text": (
        everywhere(ranked(1, CellIsRule, operator="equal", formula=['"7"'], font=WHITE)),
        NUMBERS,
    ),
    "a scale that reaches the colour of the numbers": (
        everywhere(
            ranked(1, ColorScaleRule, start_type="min", start_color="FF000000", end_type="max", end_color="FFFFFFFF")
        ),
        NUMBERS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DOUBTFUL)
def test_a_number_that_may_be_hidden_is_read_and_named(case: str) -> None:
    rules, doubtful = DOUBTFUL[case]
    cells = numbers(workbook(rules))
    assert {one.text for one in cells} == NUMBERS
    assert {one.text for one in cells if "条件格式" in one.doubt} == doubtful


def test_what_may_be_hidden_and_is_hidden_by_another_is_not_read() -> None:
    cells = numbers(workbook(everywhere(uncertain(1, font=WHITE), anything(2, font=WHITE))))
    assert not any(one.text for one in cells)
    assert all("与底色同色" in one.doubt for one in cells)


def test_a_format_that_shows_in_a_colour_hides_nothing_and_names_nothing() -> None:
    scale = ranked(
        1, ColorScaleRule, start_type="min", start_color="FFF8696B", end_type="max", end_color="FF63BE7B"
    )
    cells = numbers(workbook(everywhere(scale, uncertain(2, font=RED), uncertain(3, stops=True))))
    assert {(one.text, one.doubt) for one in cells} == {(number, "") for number in NUMBERS}


def many(last: Placed) -> list[Placed]:
    """More rules than are followed, which hide nothing that is there, and a last one."""
    return [*[(f"A{row}", below(1, row, font=WHITE)) for row in range(20, 2020)], last]


def test_no_conditional_format_beyond_those_followed_is_passed_over_in_silence() -> None:
    cells = numbers(workbook(many(("B2", anything(9999, font=WHITE)))))
    by_place = {(one.row, one.column): one for one in cells}
    assert not by_place[1, 1].text or "条件格式" in by_place[1, 1].doubt
    assert by_place[1, 1].doubt


def test_a_conditional_format_beyond_those_followed_names_nothing_that_it_cannot_hide() -> None:
    cells = numbers(workbook(many(("B2", anything(9999, font=RED)))))
    assert {(one.text, one.doubt) for one in cells} == {(number, "") for number in NUMBERS}


def test_the_first_by_priority_are_followed_wherever_they_are_written() -> None:
    cells = numbers(workbook(many(("B2", anything(1, font=WHITE)))))
    assert {one.text for one in cells} == {"", "8", "10", "11"}


def test_no_area_of_a_conditional_format_is_passed_over_in_silence() -> None:
    areas = " ".join(f"A{row}" for row in range(20, 9000, 2))
    cells = numbers(workbook([(f"{areas} C3", anything(1, font=WHITE))]))
    assert next(one for one in cells if (one.row, one.column) == (2, 2)).doubt


EXTENDED = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:conditionalFormattings>'
    "<x14:conditionalFormatting>{rule}<xm:sqref>B2:C2</xm:sqref></x14:conditionalFormatting>"
    "</x14:conditionalFormattings></ext></extLst></worksheet>"
)
"""Where Excel keeps rules that older programs do not know."""


def extended(rule: str) -> list[VisibleCell]:
    """The numbers with such a rule over the first row of them."""
    source = zipfile.ZipFile(io.BytesIO(workbook([])))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</worksheet>", EXTENDED.replace("{rule}", rule).encode())
            archive.writestr(name, text)
    return numbers(made.getvalue())


@pytest.mark.parametrize(
    ("rule", "hidden", "doubtful"),
    [
        (
            (
                '<x14:cfRule type="cellIs" priority="1" operator="equal"><xm:f>7</xm:f>'
                '<x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule>'
            ),
            {"7"},
            set(),
        ),
        (
            (
                '<x14:cfRule type="expression" priority="1"><xm:f>other!A1=1</xm:f>'
                "<x14:dxf><font><strike/></font></x14:dxf></x14:cfRule>"
            ),
            set(),
            {"7", "8"},
        ),
        (
            '<x14:cfRule type="iconSet" priority="1"><x14:iconSet iconSet="3Stars" showValue="0"/></x14:cfRule>',
            {"7", "8"},
            set(),
        ),
    ],
)
def test_a_conditional_format_of_newer_programs_hides_too(
    rule: str, hidden: set[str], doubtful: set[str]
) -> None:
    cells = extended(rule)
    assert NUMBERS - {one.text for one in cells} == hidden
    assert {one.text for one in cells if one.text and one.doubt} == doubtful


def test_a_cells_own_colour_counts_in_a_workbook_of_many_styles() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 151):
        sheet.cell(row, 1, row).font = Font(color=f"FF{row:02X}00AA")
    sheet["B2"].font = RED
    sheet["B2"] = 7
    sheet.conditional_formatting.add("B2", anything(1, fill=ON_RED))
    cells = [one for one in tables(read_excel(saved(book)))[0].cells if one.column]
    assert [one.text for one in cells if one.row == 1] == [""]


def test_in_an_xls_the_first_that_applies_is_the_only_one(by_calc: Callable[[bytes, str], bytes]) -> None:
    rules = everywhere(below(9, 1, font=RED), anything(2, font=WHITE))
    seen = numbers(by_calc(workbook(rules), "xls:MS Excel 97"))
    assert {one.text for one in seen if not one.doubt} == {"7", "8"}
    assert all(one.doubt for one in seen if one.text not in {"7", "8"})


def test_no_conditional_format_of_an_xls_beyond_those_followed_is_passed_over_in_silence(
    by_calc: Callable[[bytes, str], bytes],
) -> None:
    rules = [
        *[(f"A{row}", below(1, row, font=WHITE)) for row in range(20, 620)],
        ("B2", anything(9999, font=WHITE)),
    ]
    seen = numbers(by_calc(workbook(rules), "xls:MS Excel 97"))
    assert next(one for one in seen if (one.row, one.column) == (1, 1)).doubt


def test_what_several_rules_of_an_xls_hide_is_in_doubt_where_their_order_is_not_known() -> None:
    over = Over(conditions=[Condition(((0, 0, 9, 9),), always, (), Change(struck=True), stops=True)] * 2)
    assert hidden_by(over.rules(), 7, (1, 1), CellStyle()) == (Reason.STRUCK, "")
    note_over(over, RANK, b"", {})
    assert hidden_by(over.rules(), 7, (1, 1), CellStyle()) == (None, MAY_HIDE)
