"""The web page as a website's editor and a browser take it: spans, escapes, nothing that is stripped."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from reportdesk import __version__
from reportdesk.exports.blocks import TableBlock, clean, report_blocks
from reportdesk.exports.html import render_page, render_text, render_web
from reportdesk.exports.xml_text import legal_text
from reportdesk.form.load import load_form
from reportdesk.form.spec import Form
from reportdesk.report.document import Fact, Report
from tests.editions import EDITION_IDS, FORMS
from tests.exports.test_word import laid
from tests.strategies import DEAR, reports
from tests.test_example import example, example_prose, plain

FORM = load_form("2021")
HOSTILE = "</p><script>alert('甲')</script>&amp;\"<b>"
KNOWN_TAGS = {
    "h1", "h2", "h3", "p", "span", "br", "div", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
KNOWN_ATTRIBUTES = {
    "style", "rowspan", "colspan", "scope", "border", "cellspacing", "cellpadding", "bgcolor",
    "role", "aria-label", "tabindex",
}  # fmt: skip
VOID = ("br", "col", "meta")

Cell = tuple[str, int, int]


class Fragment(HTMLParser):
    """What a browser would make of the fragment, and whether its tags fit into each other."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[Cell]]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.prose: list[str] = []
        self._open: list[str] = []
        self._cell: tuple[int, int] | None = None
        self._text = ""
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(given)
        if tag not in VOID:
            self._open.append(tag)
        match tag:
            case "table":
                self.tables.append([])
            case "tr":
                self.tables[-1].append([])
            case "th" | "td":
                self._cell = (int(given.get("rowspan") or 1), int(given.get("colspan") or 1))
                self._text = ""
            case "p" | "h1" | "h2" | "h3":
                self._text = ""

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in ("th", "td") and self._cell:
            self.tables[-1][-1].append((self._text, *self._cell))
        elif tag in ("p", "h1", "h2", "h3"):
            self.prose.append(self._text)

    def handle_data(self, data: str) -> None:
        self._text += data


def tables_of(form: Form, report: Report) -> list[TableBlock]:
    return [block for block in report_blocks(form, report) if isinstance(block, TableBlock)]


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(max_examples=DEAR)
@given(data=st.data())
def test_tables_come_back_as_they_are_laid_out_and_no_tag_is_left_open(
    form: Form, data: st.DataObject
) -> None:
    report = data.draw(reports(form))
    found = Fragment(render_web(form, report))
    assert found.tables == [laid(table) for table in tables_of(form, report)]
    assert found.tags <= KNOWN_TAGS
    assert found.attributes <= KNOWN_ATTRIBUTES


def test_every_sentence_of_the_example_stands_in_the_page_and_no_other() -> None:
    tables = [section.title for section in FORM.sections if section.tables]
    prose = "".join(text for text in Fragment(render_web(FORM, example())).prose if text not in tables)
    assert plain(prose) == example_prose(example())


def test_what_looks_like_markup_is_text() -> None:
    report = Report(
        FORM.edition,
        facts={Fact.FULL_NAME: HOSTILE, Fact.TITLE_NAME: HOSTILE, Fact.CLOSING_UNIT: HOSTILE},
        headings=dict.fromkeys(list(FORM.parts)[2:4], HOSTILE + "。"),
        prose=dict.fromkeys(FORM.parts, HOSTILE),
    )
    for written in (render_web(FORM, report), render_page(FORM, report)):
        assert "<script" not in written
    found = Fragment(render_web(FORM, report))
    assert found.tags <= KNOWN_TAGS
    assert found.prose.count(HOSTILE) > 5
    assert HOSTILE + "。" + HOSTILE in found.prose


def test_a_file_names_its_encoding_and_language_and_says_the_same() -> None:
    report = example()
    page = render_page(FORM, report)
    fragment, whole = Fragment(render_web(FORM, report)), Fragment(page)
    assert (whole.tables, whole.prose) == (fragment.tables, fragment.prose)
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert page.index('<meta charset="utf-8">') < 100
    assert '<html lang="zh-CN">' in page
    assert "<title>沙坡头区常乐镇2024年政府信息公开工作年度报告</title>" in page
    assert f'<meta name="generator" content="年报台 {__version__}">' in page
    page.encode()


def test_the_heading_over_a_table_is_its_caption_once_and_only_in_a_file() -> None:
    report = example()
    page = html.fragment_fromstring(render_page(FORM, report), create_parent=True)
    for section in FORM.sections:
        (heading,) = (one for one in page.iter("h2") if one.text_content() == section.title)
        assert (heading.getparent().tag == "caption") == bool(section.tables)
    assert [one.find("table/caption") is not None for one in page.iter("div")] == [False] + [True] * 3
    assert "<caption" not in render_web(FORM, report)  # editors throw it away, and the heading with it


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@pytest.mark.parametrize("render", [render_web, render_page])
def test_a_table_is_scrolled_by_keys_and_named_by_its_heading(
    form: Form, render: Callable[[Form, Report], str]
) -> None:
    page = html.fragment_fromstring(render(form, Report(form.edition)), create_parent=True)
    boxes = [table.getparent() for table in page.iter("table")]
    assert boxes
    named = [box.get("aria-label") for box in boxes]
    over = [section.title for section in form.sections if section.tables and not section.parts]
    assert set(over) <= set(named)
    assert len(set(named)) == len(named)
    for box in boxes:
        assert (box.tag, box.get("role"), box.get("tabindex")) == ("div", "region", "0")
        assert "overflow-x:auto" in box.get("style")


def test_a_table_keeps_its_lines_where_an_editor_strips_styles() -> None:
    page = html.fragment_fromstring(render_web(FORM, example()), create_parent=True)
    for table in page.iter("table"):
        assert (table.get("border"), table.get("cellspacing")) == ("1", "0")
    filled = [cell.text_content() for cell in page.iter("th") if cell.get("bgcolor")]
    assert len(filled) == 4


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_every_heading_cell_has_a_scope_and_a_banner_heads_a_group_of_rows_of_its_own(form: Form) -> None:
    page = html.fragment_fromstring(render_page(form, Report(form.edition)), create_parent=True)
    for cell in page.iter("th"):
        assert cell.get("scope") in ("row", "col", "rowgroup", "colgroup")
        row = cell.getparent()
        if cell.get("scope") == "rowgroup" and cell.get("bgcolor"):
            assert row.getparent().index(row) == 0
    for group in page.iter("thead", "tbody"):
        rows = len(group)
        spans = [(at, int(cell.get("rowspan", 1))) for at, row in enumerate(group) for cell in row]
        assert all(at + span <= rows for at, span in spans)  # else browsers cut the cell off


def test_heads_stand_in_a_head_and_banners_are_filled() -> None:
    written = render_web(FORM, example())
    assert written.count("<thead>") == written.count("</thead>") == 2  # 表二 has four blocks, and so none
    assert written.count("background-color:#C6D9F1") == 4


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(max_examples=DEAR)
@given(data=st.data())
def test_plain_text_has_a_line_for_each_row_and_a_tab_between_columns(
    form: Form, data: st.DataObject
) -> None:
    report = data.draw(reports(form))
    lines = render_text(form, report).split("\n")
    start = 0
    for block in tables_of(form, report):
        first = next(number for number in range(start, len(lines)) if is_first_row(lines[number], block))
        start = first + block.layout.row_count
        for row, line in enumerate(lines[first:start]):
            texts = line.split("\t")
            assert len(texts) == block.layout.column_count
            for text, cell in zip(
                texts, (block.layout.covering[row, at] for at in range(len(texts))), strict=True
            ):
                shown = block.figures[cell.ref] if cell.ref else cell.text
                assert text in ("", shown)
            begin = [cell for cell in block.layout.cells if cell.row == row]
            assert all(
                texts[cell.column] == (block.figures[cell.ref] if cell.ref else cell.text) for cell in begin
            )


def is_first_row(line: str, block: TableBlock) -> bool:
    first = block.layout.covering[0, 0]
    return line.startswith(first.text + "\t") and line.count("\t") == block.layout.column_count - 1


def test_plain_text_says_the_prose_in_order() -> None:
    report = example()
    text = render_text(FORM, report)
    assert text.startswith("沙坡头区常乐镇\n2024年政府信息公开工作年度报告\n\n　　根据")
    places = [
        text.index(legal_text(clean(line)))
        for part in FORM.parts
        for line in report.prose.get(part, "").splitlines()[:1]
        if line
    ]
    assert places == sorted(places)
    assert len(places) > 5
