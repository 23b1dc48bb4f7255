"""Workbooks: ours, other people's, old ones, and those that were made to do harm."""

import datetime as dt
import io
import subprocess
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.form.layout import lay_out
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.readers.excel.reader import read_excel
from reportdesk.readers.files.limits import MAX_SHEETS
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.recognise.proposal import Proposal, propose
from reportdesk.report.document import Fact, Report, Value
from tests.readers.conftest import SOFFICE
from tests.readers.ole import container
from tests.readers.printed import printed
from tests.test_example import example

FORM = load_form("2021")
FEES = CellRef("disclosure", "fees", "charged")
NEW = CellRef("requests", "new", "person")


def saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read(content: bytes) -> Proposal:
    return propose(read_excel(content), FORM)


def ours(change: Callable[[Workbook], object] = lambda _book: None, report: Report | None = None) -> bytes:
    """Our workbook of the example after somebody changed it by another program."""
    workbook = load_workbook(io.BytesIO(render_workbook(FORM, report or example())))
    change(workbook)
    return saved(workbook)


def somebodys(cells: dict[CellRef, Value]) -> Workbook:
    """All tables below each other on one sheet, without merges, as somebody typed them."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    top = 1
    for table in FORM.tables.values():
        sheet.cell(top, 1, FORM.section_of[table.id].title)
        for cell in lay_out(table).cells:
            value = cells.get(cell.ref) if cell.ref else cell.text
            sheet.cell(top + 1 + cell.row, 1 + cell.column, value)
        top += lay_out(table).row_count + 3
    return workbook


def test_money_comes_back_with_the_decimals_that_were_written() -> None:
    for written in ("3.50", "0.00", "96171.6", "59237.2449", "4068", "0"):
        report = example()
        report.cells[FEES] = Decimal(written)
        assert str(read(render_workbook(FORM, report)).cells[FEES]) == written


def test_a_number_and_a_sentence_that_were_changed_come_back_changed() -> None:
    def change(workbook: Workbook) -> None:
        workbook["表二"]["B8"] = 77
        workbook["一 总体情况"]["B3"] = "　　改过的一段。"
        workbook["封面"]["B4"] = 2025

    proposal = read(ours(change))
    assert proposal.cells[CellRef("disclosure", "licences", "decisions")] == 77
    assert proposal.prose["overview.disclosure"] == "改过的一段。"
    assert proposal.facts[Fact.YEAR] == "2025"


def test_text_that_looks_like_an_escape_comes_back() -> None:
    report = example()
    report.prose["other_matters.text"] = "a_x0041_b _x005F_ 　　=1+1\n@"
    assert read(render_workbook(FORM, report)).prose == report.prose


def test_a_long_paragraph_is_put_together_from_its_rows() -> None:
    report = example()
    report.prose["problems.problems"] = "按照要求，及时主动公开各类信息。" * 400 + "\n短"
    assert read(render_workbook(FORM, report)).prose == report.prose


def test_a_blank_form_is_blank_and_not_missing() -> None:
    proposal = read(render_workbook(FORM, Report("2021")))
    assert not proposal.cells
    assert not proposal.missing
    assert len(proposal.blank) == 166
    assert not proposal.is_empty


@pytest.mark.parametrize("one_sheet", [True, False], ids=["one sheet", "a sheet each"])
def test_anybodys_tables_are_read(*, one_sheet: bool) -> None:
    wanted: dict[CellRef, Value] = {
        ref: number for number, ref in enumerate(FORM.kind_of, 100) if ref not in FORM.totals
    }
    workbook = somebodys(wanted)
    if not one_sheet:
        for name in ("表二", "表三", "表四", "说明"):
            workbook.copy_worksheet(workbook.worksheets[0]).title = name
        for sheet, first, last in (("表二", 19, 200), ("表四", 1, 51)):
            workbook[sheet].delete_rows(first, last - first + 1)
    proposal = read(saved(workbook))
    assert proposal.cells == wanted
    assert not proposal.reported


def test_dates_and_numbers_are_read_as_they_are_shown() -> None:
    def change(workbook: Workbook) -> None:
        cover = workbook["封面"]
        cover["B6"] = "青禾县白河镇人民政府"
        cover["B7"] = dt.date(2025, 1, 9)
        workbook["表二"]["B15"] = 0.1 + 0.2

    proposal = read(ours(change))
    assert proposal.facts[Fact.CLOSING_DATE] == "2025年1月9日"
    assert proposal.facts[Fact.CLOSING_UNIT] == "青禾县白河镇人民政府"
    assert str(proposal.cells[FEES]) == "0.3"


def test_values_of_formulas_are_taken_and_none_is_computed() -> None:
    """openpyxl drops the values that were kept: what it saved shows formulas that were never computed."""

    def change(workbook: Workbook) -> None:
        workbook["表三"]["D5"] = "=1+1"

    seen = read_excel(ours(change))
    proposal = propose(seen, FORM)
    assert NEW not in proposal.cells
    assert NEW in proposal.missing
    assert not proposal.reported
    assert any("个公式没有保存计算结果" in says for says in seen.passed_over)
    assert not any("没有对齐" in says for says in doubts(proposal))
    kept = read(render_workbook(FORM, example()))
    assert len(kept.reported) == 34


def test_a_hidden_sheet_is_not_read_and_is_named() -> None:
    def change(workbook: Workbook) -> None:
        workbook["表四"].sheet_state = "hidden"

    proposal = read(ours(change))
    assert "没有找到表四。" in [outcome.says for outcome in proposal.of(Standing.NOT_FOUND)]
    assert "工作表“表四”是隐藏的，没有读取。" in [outcome.says for outcome in proposal.of(Standing.DOUBTFUL)]


def with_entry(content: bytes, name: str, entry: bytes) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, entry)
    return file.getvalue()


def test_macros_are_named_and_not_run() -> None:
    seen = read_excel(with_entry(render_workbook(FORM, example()), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"))
    assert "文件里有宏，没有运行，也没有读取。" in seen.passed_over
    assert propose(seen, FORM).cells == example().cells


def test_too_many_sheets_are_refused_in_a_sentence() -> None:
    workbook = Workbook()
    for number in range(1000):
        workbook.create_sheet(f"单位{number}")
    with pytest.raises(UnreadableError, match=f"文件有 1001 张工作表，最多读 {MAX_SHEETS} 张"):
        read_excel(saved(workbook))


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "ALL9000"])
def test_a_cell_far_away_is_refused_before_memory_is_taken(address: str) -> None:
    def change(workbook: Workbook) -> None:
        workbook["表二"][address] = 1

    with pytest.raises(UnreadableError, match="范围太大"):
        read_excel(ours(change))


def test_a_workbook_with_a_password_is_refused() -> None:
    with pytest.raises(UnreadableError, match="打开密码"):
        read_excel(container({"EncryptedPackage": b"0" * 5000, "EncryptionInfo": b"0" * 200}))
    protected_records = b"\x09\x08\x10\x00" + b"\0" * 16 + b"\x2f\x00\x06\x00" + b"\0" * 6
    with pytest.raises(UnreadableError, match="打开密码"):
        read_excel(container({"Workbook": protected_records + b"\0" * 5000}))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\0" * 600]
)
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"。$"):
        read_excel(content)


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_cut_short_is_refused_in_a_sentence(cut: float) -> None:
    whole = render_workbook(FORM, example())
    with pytest.raises(UnreadableError, match=r"。$"):
        read_excel(whole[: int(len(whole) * cut)])


@pytest.fixture(scope="module")
def by_calc(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], bytes]:
    """Saves a workbook by LibreOffice in a format of its own name for it."""
    if SOFFICE is None or not (Path(SOFFICE).resolve().parent / "libsclo.so").exists():
        pytest.skip("LibreOffice's Calc is not installed")
    soffice, folder = SOFFICE, tmp_path_factory.mktemp("calc")

    def save(content: bytes, wanted: str) -> bytes:
        source = folder / "own.xlsx"
        source.write_bytes(content)
        command = [
            soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", wanted, "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / "out" / f"own.{wanted.partition(':')[0]}").read_bytes()

    return save


@pytest.mark.parametrize("wanted", ["xls:MS Excel 97", "xlsx:Calc MS Excel 2007 XML"], ids=["xls", "xlsx"])
def test_what_another_office_program_saves_is_read(
    by_calc: Callable[[bytes, str], bytes], wanted: str
) -> None:
    report = example()
    proposal = read(by_calc(render_workbook(FORM, report), wanted))
    assert printed(FORM, proposal.to_report()) == printed(FORM, report)
    assert proposal.facts[Fact.FULL_NAME] == report.facts[Fact.FULL_NAME]
    assert len(proposal.reported) == 34
    assert not proposal.disagreements


def hide_columns(workbook: Workbook) -> None:
    """A column of drafts beside 自然人 and a row, both hidden, with numbers that nobody sees."""
    sheet = workbook["表三"]
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[6].hidden = True


def test_hidden_rows_and_columns_are_not_read_and_are_named() -> None:
    proposal = read(ours(hide_columns))
    assert NEW in proposal.cells
    assert CellRef("requests", "new", "enterprise") in proposal.missing
    assert CellRef("requests", "carried_in", "person") in proposal.missing
    assert "工作表“表三”的第 6 行和 E 列是隐藏的，没有读取。如果要读，请取消隐藏，保存后再导入。" in doubts(
        proposal
    )


def doubts(proposal: Proposal) -> list[str]:
    return [outcome.says for outcome in proposal.of(Standing.DOUBTFUL)]


def with_drafts(hide: Callable[[Workbook], object] = lambda _book: None) -> bytes:
    """Somebody's 表二 with a column 本年制发件数 of a draft before the one that counts."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "表二"
    for row, line in enumerate(
        (
            ("第二十条第（一）项",),
            ("信息内容", "本年制发件数", "本年制发件数", "本年废止件数", "现行有效件数"),
            ("规章", 91, 1, 2, 3),
            ("行政规范性文件", 92, 4, 5, 6),
        ),
        start=1,
    ):
        for column, content in enumerate(line, start=1):
            sheet.cell(row, column, content)
    hide(workbook)
    return saved(workbook)


def with_attributes(content: bytes, change: tuple[bytes, bytes]) -> bytes:
    """The workbook with its first sheet's XML changed, as openpyxl would not write it."""
    file, changed = io.BytesIO(content), io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in archive.namelist():
            part = archive.read(name)
            out.writestr(name, part.replace(*change) if name == "xl/worksheets/sheet1.xml" else part)
    return changed.getvalue()


@pytest.mark.parametrize("said", [b'hidden="1" width="9"', b'width="0" customWidth="1"', b'width="0.1"'])
def test_a_hidden_column_never_wins(said: bytes) -> None:
    columns = b'<cols><col min="2" max="2" ' + said + b"/></cols><sheetData>"
    proposal = read(with_attributes(with_drafts(), (b"<sheetData>", columns)))
    assert proposal.cells[CellRef("disclosure", "regulations", "issued")] == 1
    assert any("B 列是隐藏的" in says for says in doubts(proposal))


def test_a_row_without_height_is_hidden_and_an_empty_one_is_not_named() -> None:
    def hide(workbook: Workbook) -> None:
        sheet = workbook["表二"]
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions.group("H", "XFD", hidden=True)

    content = with_attributes(with_drafts(hide), (b'<row r="3"', b'<row ht="0" customHeight="1" r="3"'))
    proposal = read(content)
    assert CellRef("disclosure", "regulations", "issued") in proposal.missing
    assert [says for says in doubts(proposal) if "隐藏" in says] == [
        "工作表“表二”的第 3 行是隐藏的，没有读取。如果要读，请取消隐藏，保存后再导入。"
    ]


def test_labels_of_our_prose_tell_its_parts_even_hidden() -> None:
    def hide(workbook: Workbook) -> None:
        workbook["一 总体情况"].column_dimensions["A"].hidden = True

    assert read(ours(hide)).prose == read(ours()).prose


@pytest.mark.parametrize(
    ("code", "stored", "value", "told"),
    [
        ("0,", 12345, 12, "显示的是“12”，存的是“12345”，按显示的读入，请核对"),
        ('0.0,"千"', 12345, None, "“12.3千”不是数字"),
        ("0%", 0.5, None, "“50%”不是数字"),
        ("0", 3.7, 4, "显示的是“4”，存的是“3.7”"),
        ('0"件"', 12, 12, ""),
        ("#,##0", 1234, 1234, ""),
        (";;;", 5, None, "没有显示出来，存的是“5”，没有读入"),
        ("0;-0;;@", 0, 0, "没有显示出来，存的是 0，按 0 读入"),
        ("[>=10000]0.0,;0", 5, 5, "显示的可能不一样"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(
    code: str, stored: float, value: int | None, told: str
) -> None:
    def change(workbook: Workbook) -> None:
        workbook["表三"]["D5"] = stored
        workbook["表三"]["D5"].number_format = code

    proposal = read(ours(change))
    assert proposal.cells.get(NEW) == value
    about = [outcome.says for outcome in proposal.of(Standing.DOUBTFUL) if NEW in outcome.cells]
    assert any(told in says for says in about) if told else not about


def test_money_shown_in_ten_thousands_is_read_as_it_is_shown() -> None:
    def change(workbook: Workbook) -> None:
        workbook["表二"]["B15"] = 125000
        workbook["表二"]["B15"].number_format = '0!.0,"万元"'

    assert str(read(ours(change)).cells[FEES]) == "12.5"


def test_zeros_that_a_sheet_does_not_show_are_read_and_told() -> None:
    def change(workbook: Workbook) -> None:
        workbook["表三"]["D5"] = 0
        workbook["表三"].sheet_view.showZeros = False

    proposal = read(ours(change))
    assert proposal.cells[NEW] == 0
    assert any("没有显示出来，存的是 0" in says for says in doubts(proposal))


def test_an_old_workbook_hides_and_shows_as_the_new_one(
    by_calc: Callable[[bytes, str], bytes],
) -> None:
    def change(workbook: Workbook) -> None:
        hide_columns(workbook)
        workbook["表三"]["D5"] = 12345
        workbook["表三"]["D5"].number_format = "0,"

    proposal = read(by_calc(ours(change), "xls:MS Excel 97"))
    assert proposal.cells[NEW] == 12
    assert CellRef("requests", "new", "enterprise") in proposal.missing
    told = "\n".join(doubts(proposal))
    assert "显示的是“12”，存的是“12345”" in told
    assert "工作表“表三”的第 6 行和 E 列是隐藏的" in told


def test_a_raised_figure_is_no_part_of_the_number_before_it() -> None:
    def change(workbook: Workbook) -> None:
        mark = TextBlock(InlineFont(vertAlign="superscript"), "1")
        workbook["表三"]["D5"] = CellRichText("111", mark)

    proposal = read(ours(change))
    assert proposal.cells[NEW] == 111
    assert any("数字后面有标记“¹”" in says for says in doubts(proposal))


@pytest.mark.parametrize("filled", [False, True])
def test_a_white_number_is_seen_only_on_a_colour(*, filled: bool) -> None:
    def change(workbook: Workbook) -> None:
        cell = workbook["表三"]["D5"]
        cell.value = 5
        cell.font = Font(color="FFFFFFFF")
        if filled:
            cell.fill = PatternFill("solid", fgColor="FF203864")
        else:
            cell.fill = PatternFill()

    proposal = read(ours(change))
    assert proposal.cells.get(NEW) == (5 if filled else None)
    assert any("原来的“5”是与底色同色、看不见的，没有读入" in says for says in doubts(proposal)) is not filled
