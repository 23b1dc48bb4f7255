"""Web pages are seen as a browser shows them, whatever a website's editor made of them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.exports.html import render_page, render_web
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.files.limits import MAX_PAGE
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import Seen, UnreadableError
from reportdesk.readers.recognise.proposal import propose
from reportdesk.readers.text.html import read_web
from reportdesk.report.document import Report
from tests.editions import FORMS
from tests.readers.shown import grid, outline, paragraphs, tables, texts, without_overlap
from tests.test_example import example


def seen_in(page: str, charset: str = "utf-8") -> Seen:
    return read_web(page.encode(charset))


@pytest.mark.parametrize("render", [render_page, render_web])
def test_our_own_page_shows_the_blocks_that_were_written(render: Callable[[Form, Report], str]) -> None:
    seen = seen_in(render(FORMS[0], example()))
    assert outline(seen)[:2] == [(1, "沙坡头区常乐镇"), (1, "2024年政府信息公开工作年度报告")]
    assert (2, "一、总体情况") in outline(seen)
    assert [len(table.cells) for table in tables(seen)] == [30, 215, 34]
    assert all(map(without_overlap, tables(seen)))


def test_spans_are_expanded_however_the_rows_are_written() -> None:
    page = """<table><thead><tr><th colspan=3>头<tbody><tr><td rowspan=2>侧<td>1<td>2
    <tr><td>3<td>4<tfoot><tr><td>末<td rowspan=9>5</table>"""
    assert grid(tables(seen_in(page))[0]) == [
        ("头", (0, 0, 1, 3)), ("侧", (1, 0, 2, 1)), ("1", (1, 1, 1, 1)), ("2", (1, 2, 1, 1)),
        ("3", (2, 1, 1, 1)), ("4", (2, 2, 1, 1)), ("末", (3, 0, 1, 1)), ("5", (3, 1, 1, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize("span", ["1000000", "99999999999999999999", "-5", "0", "x", "2.5", ""])
def test_absurd_spans_are_clamped(span: str) -> None:
    page = (
        f'<table><tr><td colspan="{span}" rowspan="{span}">a</td><td>b</td></tr><tr><td>c</td></tr></table>'
    )
    (table,) = tables(seen_in(page))
    assert sorted(texts(table)) == ["a", "b", "c"]
    assert all(cell.columns <= 200 and cell.row + cell.rows <= 2 for cell in table.cells)


@given(st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=5), max_size=6))
def test_cells_never_overlap(rows: list[list[tuple[int, int]]]) -> None:
    cells = ["".join(f"<td rowspan={down} colspan={across}>x</td>" for down, across in row) for row in rows]
    for table in tables(seen_in("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")):
        assert without_overlap(table)


def test_what_a_revision_took_out_is_not_seen() -> None:
    """Word's pages keep what was deleted beside what was put in: 110 and 111 are not 110111."""
    page = "<body><p>收<del>110</del><ins>111</ins>件</p></body>".encode()
    assert paragraphs(read_web(page)) == ["收111件"]


def test_what_is_hidden_or_is_no_text_is_not_seen() -> None:
    page = """<head><title>标题</title><style>p{}</style></head><body><script>var a='脚本'</script>
    <p style="DISPLAY : none">暗</p><p hidden>暗</p><noscript>暗</noscript><template>暗</template><!--注-->
    <p>明<span style="visibility:hidden">暗</span>亮</p><select><option>项</select><input type=hidden value=暗><input name=keyword value=暗></body>"""
    seen = seen_in(page)
    assert paragraphs(seen) == ["明亮"]
    assert seen.properties == {"title": "标题"}


def test_line_ends_of_the_source_are_no_spaces_between_chinese() -> None:
    assert paragraphs(seen_in("<p>政府\n    信息，\n公开 2024\n年 open\ngovernment</p>")) == [
        "政府信息，公开 2024 年 open government"
    ]


def test_breaks_begin_new_lines_and_blocks_new_paragraphs() -> None:
    page = "前<br>后<div>块<p>段</p>尾</div><pre>一\n 二</pre><b>粗</b>体"
    assert paragraphs(seen_in(page)) == ["前", "后", "块", "段", "尾", "一", "二", "粗体"]


def test_lists_have_their_numbers() -> None:
    page = """<ol start=3><li>三<li value=9>九</ol><ol type=a><li>甲</ol><ul><li>点</ul>
    <ol style="list-style-type: cjk-ideographic"><li>总体情况</ol>"""
    assert paragraphs(seen_in(page)) == ["3. 三", "9. 九", "a. 甲", "点", "一、总体情况"]


def test_a_cell_keeps_its_lines_and_a_table_of_one_cell_its_text() -> None:
    page = "<table><tr><td>科研<br>机构</td><td><p>1</p></td><td><table><tr><td>2</td></tr></table></td></tr></table>"
    assert texts(tables(seen_in(page))[0]) == ["科研\n机构", "1", "2"]


def test_a_layout_of_tables_is_taken_apart() -> None:
    page = """<table><tr><td>栏目</td><td><h1>年度报告</h1><p>正文很长</p>
    <table><tr><td>规章</td><td>1</td></tr></table><p>完</p></td></tr></table>"""
    assert outline(seen_in(page)) == [
        (0, "栏目"), (1, "年度报告"), (0, "正文很长"), [("规章", (0, 0, 1, 1)), ("1", (0, 1, 1, 1))], (0, "完"),
    ]  # fmt: skip


CHINESE = "<p>政府信息公开工作年度报告：钊〔2024〕㐂</p>"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5hkscs"])
@pytest.mark.parametrize("said", ["", "gb2312", "utf-8"])
def test_charsets_are_told_whatever_the_page_says(charset: str, said: str) -> None:
    if charset == "big5hkscs":
        page = '<meta charset="big5"><p>政府資訊公開</p>'
        assert paragraphs(seen_in(page, charset)) == ["政府資訊公開"]
        return
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else ""
    assert paragraphs(seen_in(head + CHINESE, charset)) == ["政府信息公开工作年度报告：钊〔2024〕㐂"]


def test_a_page_cut_within_a_character_is_read_up_to_there() -> None:
    assert paragraphs(read_web("<p>政府信息".encode()[:-1])) == ["政府信"]


def test_a_page_saved_as_mht_is_read() -> None:
    page = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<p>=E5=B9=B4=E6=8A=A5</p>\r\n--b--\r\n"
    )
    assert paragraphs(read_web(page.encode())) == ["年报"]


@pytest.mark.parametrize(
    ("link", "location", "text"),
    [
        ('rel=stylesheet href="cid:css-1@x"', "Content-Location: cid:css-1@x", "36"),
        ('rel=stylesheet href="cid:a1"', "Content-ID: <a1>", "36"),
        (
            'rel=stylesheet href="http://example.com/a.css"',
            "Content-Location: http://example.com/a.css",
            "36",
        ),
        ('rel=stylesheet media=print href="cid:a1"', "Content-ID: <a1>", "369"),
        ("rel=icon href=cid:a1", "Content-ID: <a1>", "369"),
    ],
)
def test_style_sheets_beside_a_page_saved_as_mht_are_followed(link: str, location: str, text: str) -> None:
    page = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html\r\n\r\n<html><head><link {link}></head>"
        "<body><p>36<span class=h>9</span></p></body></html>\r\n"
        f"--b\r\nContent-Type: text/css\r\n{location}\r\n\r\n.h {{ display: none }}\r\n--b--\r\n"
    )
    assert paragraphs(read_web(page.encode())) == [text]


def test_a_style_sheet_for_paper_hides_nothing_on_a_screen() -> None:
    assert paragraphs(seen_in("<style media=print>.h{display:none}</style><p>3<b class=h>9</b>")) == ["39"]


def test_pictures_are_named_where_there_is_no_table() -> None:
    assert "1 张图片" in "".join(seen_in("<p>见下表<img src='http://example.com/a.png'>").passed_over)
    assert seen_in("<img src=a.png><table><tr><td>1<td>2</table>").passed_over == ()


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "ul><li"])
def test_a_page_nested_without_end_is_still_read(tag: str) -> None:
    seen = seen_in(f"<p>前</p>{f'<{tag}>' * 3000}深处")
    assert paragraphs(seen)[0] == "前"


@pytest.mark.parametrize("page", [b"", b"   ", b"<" * 1_000_000, bytes(MAX_PAGE + 1)])
def test_what_is_no_page_or_too_large_is_a_sentence(page: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"。$"):
        read_web(page)


def test_scripts_in_a_page_are_text_to_nobody() -> None:
    seen = seen_in(
        '<p onclick="alert(1)">点<a href="javascript:alert(1)">这里</a></p><iframe src="//evil"></iframe>'
    )
    assert paragraphs(seen) == ["点这里"]


@pytest.mark.parametrize(
    "mark",
    ["<sup>1</sup>", '<span style="vertical-align: super">1</span>', '<a href="#n"><sup>[1]</sup></a>', "①"],
)
def test_the_mark_of_a_note_is_no_part_of_a_number(mark: str) -> None:
    form = load_form("2021")
    report = example()
    ref = CellRef("disclosure", "licences", "decisions")
    report.cells[ref] = 731
    page = render_page(form, report).replace(">731<", f">731{mark}<")
    assert mark in page
    proposal = propose(seen_in(page), form)
    assert proposal.cells[ref] == 731
    [told] = [outcome.says for outcome in proposal.of(Standing.DOUBTFUL) if ref in outcome.cells]
    assert "没有当作数字，请核对" in told


def test_raised_figures_in_a_sentence_stay_raised() -> None:
    assert paragraphs(seen_in("<p>建筑面积500m<sup>2</sup>，第1<sup>st</sup></p>")) == [
        "建筑面积500m²，第1st"
    ]


def test_a_workbook_saved_as_a_page_keeps_its_sheets_names_out_of_the_prose() -> None:
    page = """<body><hr><p><center><h1>Overview</h1><A HREF="#table0">一 总体情况</A><br><A HREF="#table1">2024</A><br>
    </center></p><hr><A NAME="table0"><h1>Sheet 1: <em>一 总体情况</em></h1></A><table><tr><td>正文<td>一段</table>
    <A NAME="table1"><h1>Sheet 2: <em>2024</em></h1></A><table><tr><td>12<td>34</table>"""
    seen = seen_in(page)
    assert not paragraphs(seen)
    assert [table.name for table in tables(seen)] == ["一 总体情况", "2024"]


def test_a_row_of_our_workbook_without_text_is_no_prose() -> None:
    page = "<p>六、其他需要报告的事项<table><tr><td>正文<td></table><p>没有收费。"
    assert propose(seen_in(page), FORMS[0]).prose["other_matters.text"] == "没有收费。"
