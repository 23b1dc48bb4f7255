"""Tables as Excel saves them for other programs: in any charset, with any delimiter."""

import csv
import io

import pytest

from reportdesk.form.spec import CellRef
from reportdesk.readers.endings import FileKind
from reportdesk.readers.file_kind import kind_of
from reportdesk.readers.files.visible import VisibleTable
from reportdesk.readers.open_file import see_content
from reportdesk.readers.recognise.proposal import propose_best
from reportdesk.readers.text.plain_text import read_plain
from reportdesk.report.document import Value
from tests.readers.laid import figures, laid
from tests.readers.numbered import FORM, REQUESTS, in_table, numbered
from tests.readers.office import base, proposed
from tests.readers.shown import paragraphs, tables


def written(delimiter: str, **texts: str) -> str:
    """表三 as a sheet saved as text; each key's text put for the text that is the key."""
    cells = laid(REQUESTS, figures(FORM, numbered()), spans=False).cells
    rows = max(cell.row for cell in cells) + 1
    lines = [[texts.get(cell.text, cell.text) for cell in cells if cell.row == row] for row in range(rows)]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


def read(content: bytes) -> dict[CellRef, Value]:
    return dict(propose_best(see_content(content, ".csv")).cells)


@pytest.mark.parametrize("name", ["table3-gbk.csv", "table3-utf8.csv"])
def test_a_csv_of_a_chinese_excel_is_read(name: str) -> None:
    meant = {ref: value for ref, value in base().cells.items() if ref.table == "requests"}
    assert proposed(name).cells == meant
    assert len(meant) == 144


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_every_charset_and_delimiter_of_excel_is_read(charset: str, delimiter: str) -> None:
    assert read(written(delimiter).encode(charset)) == in_table("requests")


def test_a_line_break_within_quotes_stays_in_its_cell() -> None:
    text = written(",", 社会公益组织="社会公益\n组织")
    assert '"社会公益\n组织"' in text
    assert read(text.encode("gb18030")) == in_table("requests")


def test_a_number_with_grouping_commas_is_one_number() -> None:
    ref, value = next(iter(in_table("requests").items()))
    content = written(",").replace(f",{value},", ',"1,234",', 1)
    assert read(content.encode())[ref] == 1234


def test_what_excel_writes_about_the_delimiter_is_no_row() -> None:
    seen = see_content(b"sep=;\r\n" + written(";").encode(), ".csv")
    assert isinstance(seen.contents[0], VisibleTable)
    assert seen.contents[0].cells[0].text != "sep="


def test_prose_with_commas_stays_prose() -> None:
    lines = ["一、总体情况", "2024年,本镇公开信息12条,其中3条为政策。", "全年,没有收取费用。"]
    seen = see_content("\n".join(lines).encode(), ".txt")
    assert paragraphs(seen) == lines
    assert not tables(seen)


def test_prose_without_separators_stands_among_tables() -> None:
    seen = read_plain("标题\n一、二\n甲,乙,丙\n丁,1,2\n戊,3,4\n己,5,6\n末尾".encode())
    (table,) = seen.contents
    assert isinstance(table, VisibleTable)
    assert [(cell.row, cell.text) for cell in table.cells if cell.column == 0][:4] == [
        (0, "标题"), (1, "一、二"), (2, "甲"), (3, "丁")
    ]  # fmt: skip


def test_sentences_with_commas_are_no_table() -> None:
    seen = read_plain("甲, 乙。\n丙, 丁。\n戊。\n".encode())
    assert not any(isinstance(one, VisibleTable) for one in seen.contents)


def test_a_quote_that_nothing_closes_swallows_no_row() -> None:
    seen = read_plain('甲,乙\n"丙,1\n丁,2\n'.encode())
    (table,) = seen.contents
    assert isinstance(table, VisibleTable)
    assert max(cell.row for cell in table.cells) == 2


@pytest.mark.parametrize("charset", ["utf-16-be", "utf-16-le"])
def test_wide_characters_without_a_mark_are_told(charset: str) -> None:
    content = "甲,乙\n丙,1\n丁,2\n".encode(charset)
    assert kind_of(content) is FileKind.TEXT
    (table,) = read_plain(content).contents
    assert isinstance(table, VisibleTable)
    assert [cell.text for cell in table.cells] == ["甲", "乙", "丙", "1", "丁", "2"]
