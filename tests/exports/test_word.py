"""The Word file as a clerk and Word itself find it: text, styles, tables, page, nothing else."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from reportdesk import __version__
from reportdesk.exports.blocks import (
    Closing,
    Paragraph,
    PartHeading,
    SectionHeading,
    TableBlock,
    Title,
    report_blocks,
)
from reportdesk.exports.word.document import render_word
from reportdesk.exports.xml_text import legal_text
from reportdesk.form.layout import Anatomy, TableLayout, lay_out
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.read_file import read_file
from reportdesk.report.document import Fact, Report, Value, new_report
from tests.editions import EDITION_IDS, FORMS, third_form
from tests.strategies import DEAR, reports
from tests.test_example import example

FORM = load_form("2021")
EXAMPLE = render_word(FORM, example())
LONG = 123_456_789_012


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def filled(form: Form) -> Report:
    """Every typed cell another number, so that two cells cannot be taken for each other."""
    typed = [ref for ref in form.kind_of if ref not in form.totals]
    report = new_report(form, 2024, "示例市示例区示例镇人民政府", "示例镇")
    cells: dict[CellRef, Value] = dict(zip(typed, range(1, len(typed) + 1), strict=True))
    return Report(form.edition, dict(report.facts), prose=dict(report.prose), cells=cells)


def grids(document: Document) -> Iterator[list[list[tuple[str, int, int]]]]:
    """Of each table its rows as (text, row span, column span) of the cells that begin there."""
    for table in document.element.body.iter(qn("w:tbl")):
        rows = [[*cells_of(row)] for row in table.iter(qn("w:tr"))]
        yield [
            [
                (text, deep(rows, number, column), span)
                for text, column, span, merge in row
                if merge != "goes on"
            ]
            for number, row in enumerate(rows)
        ]


def cells_of(row: BaseOxmlElement) -> Iterator[tuple[str, int, int, str]]:
    column = 0
    for cell in row.iter(qn("w:tc")):
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        wide = 1 if span is None else int(span.get(qn("w:val")))
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        state = "alone" if merge is None else (merge.get(qn("w:val")) or "goes on")
        yield "".join(text.text for text in cell.iter(qn("w:t"))), column, wide, state
        column += wide


def deep(rows: list[list[tuple[str, int, int, str]]], number: int, column: int) -> int:
    below = (next((cell for cell in row if cell[1] == column), None) for row in rows[number + 1 :])
    count = 1
    for cell in below:
        if cell is None or cell[3] != "goes on":
            break
        count += 1
    return count


def laid(block: TableBlock) -> list[list[tuple[str, int, int]]]:
    rows: list[list[tuple[str, int, int]]] = [[] for _ in range(block.layout.row_count)]
    for cell in sorted(block.layout.cells, key=lambda cell: (cell.row, cell.column)):
        text = block.figures[cell.ref] if cell.ref else cell.text
        rows[cell.row].append((text, cell.row_span, cell.column_span))
    return rows


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_tables_of_any_edition_stand_as_they_are_laid_out(form: Form) -> None:
    report = filled(form)
    tables = [block for block in report_blocks(form, report) if isinstance(block, TableBlock)]
    assert list(grids(opened(render_word(form, report)))) == [laid(table) for table in tables]


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_columns_are_given_in_the_grid_and_in_each_cell_and_fill_the_type_area(form: Form) -> None:
    for table in opened(render_word(form, filled(form))).tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(grid) == round(156 / 25.4 * 1440)
        for row in table._tbl.iter(qn("w:tr")):
            column = 0
            for cell in row.iter(qn("w:tc")):
                span = cell.tcPr.gridSpan
                wide = 1 if span is None else span.val
                assert cell.tcPr.find(qn("w:tcW")).get(qn("w:w")) == str(sum(grid[column : column + wide]))
                column += wide
            assert column == len(grid)


def printed(blocks: tuple[object, ...]) -> list[tuple[str, str]]:
    """Style and text of each paragraph outside the tables."""
    lines: list[tuple[str, str]] = []
    for block in blocks:
        match block:
            case Title():
                lines += [("Title", line) for line in block.lines]
            case SectionHeading():
                lines.append(("Heading 1", block.text))
            case PartHeading():
                lines.append(("Heading 2", block.text))
            case Paragraph():
                lines.append(("Body Text", block.run_in + block.text))
            case Closing():
                lines += [("落款", text) for text in (block.unit, block.date) if text]
            case _:
                pass
    return lines


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(max_examples=DEAR)
@given(data=st.data())
def test_any_report_says_in_word_what_is_printed(form: Form, data: st.DataObject) -> None:
    report = data.draw(reports(form))
    blocks = report_blocks(form, report)
    document = opened(render_word(form, report))
    said = [
        (found.style.name, found.text.replace("\n", ""))
        for found in document.paragraphs
        if found.style is not None and found.style.name != "表后空行"
    ]
    assert said == [(style, legal_text(text)) for style, text in printed(blocks)]
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    assert list(grids(document)) == [laid(table) for table in tables]


def test_the_heading_that_runs_in_has_a_character_style_of_its_own() -> None:
    runs = {
        run.text for found in opened(EXAMPLE).paragraphs for run in found.runs if run.style.name == "段首标题"
    }
    assert "（一）政府信息主动公开情况。" in runs
    assert len(runs) == 5


def test_every_heading_is_reached_from_the_navigation_pane() -> None:
    """Word and WPS list the paragraphs that have an outline level, by their style or of their own."""
    report = example()
    document = opened(render_word(FORM, report))
    levels = {"Heading 1": 0, "Heading 2": 1}
    listed = []
    for found in document.paragraphs:
        own = found._p.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        level = (
            levels.get(found.style.name if found.style else "") if own is None else int(own.get(qn("w:val")))
        )
        if level is not None:
            listed.append((level, found.text))
    for section in FORM.sections:
        assert (0, section.title) in listed
        for part in section.parts:
            heading = report.heading(part)
            assert not heading or any(level == 1 and text.startswith(heading) for level, text in listed)


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_every_table_has_an_alternative_text(form: Form) -> None:
    document = opened(render_word(form, Report(form.edition)))
    for element, table in zip(document.element.body.iter(qn("w:tbl")), form.tables.values(), strict=True):
        properties = element.find(qn("w:tblPr"))
        caption, description = list(properties)[-2:]  # the schema's order
        assert (caption.tag, description.tag) == (qn("w:tblCaption"), qn("w:tblDescription"))
        assert caption.get(qn("w:val"))
        assert table.name in description.get(qn("w:val"))
        assert f"{lay_out(table).row_count} 行" in description.get(qn("w:val"))


def test_every_style_names_the_official_faces_and_no_theme() -> None:
    styles = files(EXAMPLE)["word/styles.xml"]
    faces = {
        name: re.search(r'w:ascii="([^"]*)"[^>]*w:eastAsia="([^"]*)"', style)
        for name, style in re.findall(r'<w:style .*?<w:name w:val="([^"]*)"/>(.*?)</w:style>', styles)
    }
    latin = "Times New Roman"
    expected = {
        "Normal": (latin, "仿宋_GB2312"),
        "Body Text": (latin, "仿宋_GB2312"),
        "Title": ("方正小标宋简体", "方正小标宋简体"),
        "heading 1": ("黑体", "黑体"),
        "heading 2": (latin, "楷体_GB2312"),
        "段首标题": (latin, "楷体_GB2312"),
        "footer": ("宋体", "宋体"),
        "表格标签 12 磅": (latin, "宋体"),
        "表格数字 10 磅": (latin, "宋体"),
    }
    assert {name: found.groups() for name, found in faces.items() if found and name in expected} == expected
    everything = "".join(files(EXAMPLE).values())
    assert not re.search("Calibri|Cambria|ＭＳ|[aA]siaTheme|asciiTheme|hAnsiTheme|cstheme", everything)
    assert not [name for name in files(EXAMPLE) if "theme" in name]


def test_the_page_is_the_official_one() -> None:
    section = opened(EXAMPLE).sections[0]
    side_panels = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in side_panels if side is not None] == [37, 26, 35, 28]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert dict(grid.attrib) == {
        qn("w:type"): "linesAndChars",
        qn("w:linePitch"): "579",
        qn("w:charSpace"): "-848",
    }


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    document = opened(EXAMPLE)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, style in ((section.footer, "单页码"), (section.even_page_footer, "双页码")):
        (line,) = footer.paragraphs
        assert line.style is not None
        assert line.style.name == style
        assert "".join(text.text for text in line._p.iter(qn("w:t"))) == "— 1 —"
        (number,) = line._p.iter(qn("w:fldSimple"))
        assert number.get(qn("w:instr")).strip() == "PAGE"


def test_heads_are_repeated_no_row_is_torn_and_rows_have_the_forms_height() -> None:
    for element, table in zip(
        opened(EXAMPLE).element.body.iter(qn("w:tbl")), FORM.tables.values(), strict=True
    ):
        layout = lay_out(table)
        rows = list(element.iter(qn("w:tr")))
        heads = [row for row in rows if row.find(f".//{qn('w:tblHeader')}") is not None]
        assert heads == rows[: layout.head_rows]
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        heights = {row.find(f".//{qn('w:trHeight')}").get(qn("w:val")) for row in rows}
        assert heights == {str(round(table.row_height * 20))}


def anatomies(layout: TableLayout) -> list[Anatomy]:
    return [layout.covering[row, 0].anatomy for row in range(layout.row_count)]


def test_banner_rows_are_filled_and_no_other() -> None:
    for element, table in zip(
        opened(EXAMPLE).element.body.iter(qn("w:tbl")), FORM.tables.values(), strict=True
    ):
        filled_rows = [
            [shade.get(qn("w:fill")) for shade in row.iter(qn("w:shd"))] for row in element.iter(qn("w:tr"))
        ]
        expected = [["C6D9F1"] if piece is Anatomy.BANNER else [] for piece in anatomies(lay_out(table))]
        assert filled_rows == expected


def test_a_long_figure_is_set_smaller_rather_than_broken() -> None:
    ref = next(ref for ref in FORM.tables["requests"].refs() if ref not in FORM.totals)
    report = Report(FORM.edition, cells={ref: LONG})
    element = opened(render_word(FORM, report)).element
    runs = [text.getparent() for text in element.iter(qn("w:t")) if text.text == str(LONG)]
    sizes = [int(run.find(f".//{qn('w:sz')}").get(qn("w:val"))) / 2 for run in runs]
    assert len(sizes) > 1  # the totals show it too
    assert all(5 <= size < 10 for size in sizes)


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_tables_are_always_parted_and_something_follows_the_last(form: Form) -> None:
    body = list(opened(render_word(form, Report(form.edition))).element.body)
    follows = [after.tag for before, after in pairwise(body) if before.tag == qn("w:tbl")]
    assert set(follows) == {qn("w:p")}


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_word(FORM, example()) == EXAMPLE


def test_nothing_tells_of_the_pc_the_user_or_the_time() -> None:
    parts = files(EXAMPLE)
    assert set(parts) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
    }
    core = opened(EXAMPLE).core_properties
    assert core.title == "沙坡头区常乐镇2024年政府信息公开工作年度报告"
    assert core.language == "zh-CN"
    assert core.version == f"年报台 {__version__}"
    assert core.author == example().facts[Fact.FULL_NAME]
    assert not re.search("created|modified|lastModifiedBy|python|revision", parts["docProps/core.xml"])


def test_odd_text_is_harmless() -> None:
    odd = "=1+1\x00\x0e\ud800 <b>&amp;</b> 𬭎𠮷 \ufffe_x0041_"
    report = Report(
        FORM.edition,
        facts={Fact.FULL_NAME: odd * 40, Fact.TITLE_NAME: odd, Fact.YEAR: "2024"},
        prose=dict.fromkeys(FORM.parts, odd),
    )
    document = opened(render_word(FORM, report))
    texts = [found.text for found in document.paragraphs if found.style and found.style.name == "Body Text"]
    assert set(texts) == {"=1+1 <b>&amp;</b> 𬭎𠮷 _x0041_"}
    assert len(document.core_properties.author) == 255


def test_a_blank_report_of_an_unknown_edition_is_written_too() -> None:
    document = opened(render_word(third_form(), Report("third")))
    assert len(document.tables) == len(third_form().tables)


@pytest.mark.parametrize(
    "name",
    [
        "宁夏回族自治区中卫市沙坡头区人民政府办公室（沙坡头区机关事务服务中心、沙坡头区大数据管理局）",
        "宁夏回族自治区中卫市沙坡头区常乐镇人民政府综合执法办公室",
    ],
)
def test_a_long_name_under_the_report_is_broken_by_meaning_and_read_back_as_one(
    name: str, tmp_path: Path
) -> None:
    report = example()
    report.facts |= {Fact.FULL_NAME: name, Fact.TITLE_NAME: name, Fact.CLOSING_UNIT: name}
    report.facts[Fact.CLOSING_DATE] = "2025年1月9日"
    content = render_word(FORM, report)
    unit = next(one for one in opened(content).paragraphs if one.style and one.style.name == "落款")
    lines = unit.text.split("\n")
    assert len(lines) == 2
    assert lines[0].endswith(("区", "（", "室", "府"))
    path = tmp_path / "年报.docx"
    path.write_bytes(content)
    proposal = read_file(path)
    assert proposal.facts[Fact.CLOSING_UNIT] == name
    assert proposal.facts[Fact.CLOSING_DATE] == "2025年1月9日"
    assert proposal.to_report().prose["other_matters.text"] == report.prose["other_matters.text"]


def test_a_long_name_that_the_title_does_not_say_is_left_to_word() -> None:
    report = example()
    report.facts |= {Fact.CLOSING_UNIT: "宁夏回族自治区中卫市沙坡头区常乐镇人民政府综合执法办公室"}
    unit = next(
        one for one in opened(render_word(FORM, report)).paragraphs if one.style and one.style.name == "落款"
    )
    assert "\n" not in unit.text
