"""The shipped edition is the official form: its labels, merges, cells and relations."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reportdesk.form.layout import Anatomy, LaidCell, lay_out
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef

FORM = load_form("2021")
TESTS = Path(__file__).parents[1]
COPIED = (TESTS / "data" / "form-2021.md").read_text(encoding="utf-8")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def copied(section: str) -> Iterator[list[str]]:
    """The rows of the table under that heading of the copy, cell by cell."""
    lines = COPIED.split(f"## {section}\n", 1)[1].split("\n## ")[0].splitlines()
    for line in [line for line in lines if line.startswith("|")][2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def path_of(under: str, label: str) -> tuple[str, ...]:
    return (*(step for step in under.split(" · ") if step), label)


def test_there_are_200_number_cells_each_once() -> None:
    refs = [ref for table in FORM.tables.values() for ref in table.refs()]
    assert len(refs) == len(set(refs)) == 200
    assert list(FORM.kind_of) == refs
    assert [sum(ref.table == table for ref in refs) for table in FORM.tables] == [10, 175, 15]


def test_of_the_175_in_table_three_144_are_typed_and_31_computed() -> None:
    computed = [ref for ref in FORM.totals if ref.table == "requests"]
    assert len(computed) == 31
    assert 175 - len(computed) == 144
    assert {ref for ref in computed if ref.column != "total"} == {
        CellRef("requests", "handled", column)
        for column in ("person", "enterprise", "research", "welfare", "legal_service", "other")
    }


def test_every_number_cell_stands_on_the_sheet_once() -> None:
    for table in FORM.tables.values():
        laid = [cell.ref for cell in lay_out(table).cells if cell.ref is not None]
        assert sorted(laid) == sorted(table.refs())


def test_the_sections_and_parts_are_those_of_the_notice() -> None:
    found = [
        [section.id, section.title, " · ".join(part.heading or "（no heading）" for part in section.parts)]
        for section in FORM.sections
    ]
    assert found == list(copied("Sections"))


def test_title_and_notice() -> None:
    assert FORM.title == ("{unit}", "{year}年政府信息公开工作年度报告")
    assert FORM.document == "国办公开办函〔2021〕30号"
    assert FORM.first_year == 2021
    assert FORM.family == "disclosure"


def test_the_opening_names_both_grounds_and_the_period() -> None:
    for words in (
        "《中华人民共和国政府信息公开条例》",
        "国办公开办函〔2021〕30号",
        "{year}年1月1日起至{year}年12月31日",
    ):
        assert words in FORM.opening.draft


def test_table_two_has_the_rows_and_columns_of_the_notice() -> None:
    blocks = FORM.tables["disclosure"].blocks
    found = [
        [row.id, row.label[0], " ".join(column.id for column in block.columns)]
        for block in blocks
        for row in block.rows
    ]
    assert found == list(copied("表二"))
    assert all(len(row.label) == 1 for block in blocks for row in block.rows)


def test_table_three_has_the_rows_of_the_notice() -> None:
    (block,) = FORM.tables["requests"].blocks
    expected = [(row, path_of(under, label)) for row, label, under in copied("表三")]
    assert [(row.id, row.label) for row in block.rows] == expected
    assert len(expected) == 25


def test_table_three_has_the_columns_of_the_notice() -> None:
    (block,) = FORM.tables["requests"].blocks
    named = re.findall(r"([a-z_]+) ([一-鿿]+)(?= ·|\.)", COPIED.split("Columns, all under")[1].split("##")[0])
    assert [(column.id, column.label[-1]) for column in block.columns] == named
    assert [len(column.label) for column in block.columns] == [2, 3, 3, 3, 3, 3, 2]
    assert {column.label[0] for column in block.columns} == {"申请人情况"}
    assert {column.label[1] for column in block.columns[1:6]} == {"法人或其他组织"}


def test_table_four_has_the_three_blocks_of_the_notice() -> None:
    (block,) = FORM.tables["disputes"].blocks
    kinds = re.findall(r"([a-z_]+) \(([^)]+)\)", COPIED.split("## 表四")[1])
    results = re.findall(r"([a-z_]+) ([一-鿿]+)(?=,|\.)", COPIED.split("复议后起诉):")[1])
    expected = [
        (f"{kind}_{result}", path_of(under, label)) for kind, under in kinds for result, label in results
    ]
    assert [(column.id, column.label) for column in block.columns] == expected
    assert len(expected) == 15


def official_cells(table: ET.Element) -> Iterator[tuple[int, int, int, int, str]]:
    """Row, column, row span, column span and text of every cell of a Word table."""
    begun: dict[int, list[int]] = {}
    texts: dict[tuple[int, int], str] = {}
    for down, row in enumerate(table.findall(f"{W}tr")):
        across = 0
        for cell in row.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            width = 1 if span is None else int(span.get(f"{W}val", "1"))
            if merge is not None and merge.get(f"{W}val") != "restart":
                begun[across][2] += 1
            else:
                if across in begun:
                    yield _finished(begun, across, texts)
                begun[across] = [down, across, 1, width]
                texts[down, across] = "".join(text.text or "" for text in cell.iter(f"{W}t")).strip()
            across += width
        for covered in [start for start in begun if begun[start][0] + begun[start][2] <= down]:
            yield _finished(begun, covered, texts)
    for start in list(begun):
        yield _finished(begun, start, texts)


def _finished(
    begun: dict[int, list[int]], start: int, texts: dict[tuple[int, int], str]
) -> tuple[int, int, int, int, str]:
    row, column, deep, wide = begun.pop(start)
    return row, column, deep, wide, texts[row, column]


def drawn(cell: LaidCell) -> tuple[int, int, int, int, str]:
    return cell.row, cell.column, cell.row_span, cell.column_span, cell.text


@pytest.mark.parametrize(("place", "table_id"), [(0, "disclosure"), (1, "requests"), (2, "disputes")])
def test_labels_and_merges_are_those_of_the_official_template(place: int, table_id: str) -> None:
    with zipfile.ZipFile(TESTS / "data" / "form-template.docx") as template:
        document = ET.fromstring(template.read("word/document.xml"))
    official = list(document.iter(f"{W}tbl"))[place]
    layout = lay_out(FORM.tables[table_id])
    assert sorted(map(drawn, layout.cells)) == sorted(official_cells(official))


@pytest.mark.parametrize(
    ("table_id", "rows", "columns", "head_rows"),
    [("disclosure", 14, 4, 0), ("requests", 28, 10, 3), ("disputes", 4, 15, 3)],
)
def test_the_sheets_have_the_size_of_the_notice(
    table_id: str, rows: int, columns: int, head_rows: int
) -> None:
    layout = lay_out(FORM.tables[table_id])
    assert (layout.row_count, layout.column_count, layout.head_rows) == (rows, columns, head_rows)


def test_the_pieces_of_table_three_are_told_apart() -> None:
    layout = lay_out(FORM.tables["requests"])
    count = {kind: sum(cell.anatomy is kind for cell in layout.cells) for kind in Anatomy}
    assert count == {
        Anatomy.BANNER: 0,
        Anatomy.STUBHEAD: 1,
        Anatomy.SPANNER: 2,  # 申请人情况, 法人或其他组织
        Anatomy.COLUMN_LABEL: 7,
        Anatomy.STUB: 25 + 5,  # 三, （三）, （四）, （五）, （六） stand over others
        Anatomy.BODY: 144,
        Anatomy.TOTAL: 31,
    }


def test_only_the_fees_are_money() -> None:
    money = [ref for ref, kind in FORM.kind_of.items() if kind.places]
    assert money == [CellRef("disclosure", "fees", "charged")]
    assert (FORM.kind_of[money[0]].unit, FORM.kind_of[money[0]].places) == ("万元", 6)
    assert not any(kind.signed for kind in FORM.kinds.values())


def test_handled_is_the_sum_of_the_21_results() -> None:
    handled = [relation for relation in relate(FORM).sums if relation.rule == "REQ-2"]
    assert [relation.total.column for relation in handled] == [
        column.id for column in FORM.tables["requests"].blocks[0].columns
    ]
    results = [row for row, _, under in copied("表三") if under and row != "handled"]
    for relation in handled:
        assert [item.row for item in relation.items] == results
        assert len(relation.items) == 21


def test_every_row_of_table_three_adds_up_to_its_total() -> None:
    across = [relation for relation in relate(FORM).sums if relation.rule == "REQ-3"]
    assert len(across) == 25
    for relation in across:
        assert relation.total.column == "total"
        assert [item.column for item in relation.items] == [
            "person",
            "enterprise",
            "research",
            "welfare",
            "legal_service",
            "other",
        ]


def test_every_column_of_table_three_balances() -> None:
    lines = relate(FORM).balances
    assert len(lines) == 7
    for line in lines:
        assert [ref.row for ref in line.plus] == ["new", "carried_in"]
        assert [ref.row for ref in line.equals] == ["handled", "carried_out"]
        assert line.balance.says == "一 + 二 = （七） + 四"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("disclosure.fees.charged", "表二 行政事业性收费 本年收费金额"),
        ("requests.granted_in_part.person", "表三 （二）部分公开 自然人"),
        (
            "requests.denied_state_secret.welfare",
            "表三 （三）不予公开 1.属于国家秘密 法人或其他组织 社会公益组织",
        ),
        ("requests.handled.total", "表三 （七）总计 总计"),
        ("disputes.cases.direct_suit_pending", "表四 行政诉讼 未经复议直接起诉 尚未审结"),
    ],
)
def test_a_cell_has_a_name_in_a_clerks_words(key: str, name: str) -> None:
    assert FORM.name_of(CellRef.parse(key)) == name


def test_no_two_cells_have_the_same_name() -> None:
    names = [FORM.name_of(ref) for ref in FORM.kind_of]
    assert len(set(names)) == len(names)
