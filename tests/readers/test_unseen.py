"""What nobody sees is not read, whatever hides it and whatever the format; each is told once."""

import io
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.table import _Cell
from docx.text.run import Run

from reportdesk.readers.files.folding import folded
from reportdesk.readers.files.visible import Seen, VisibleCell
from reportdesk.readers.text.html import read_web
from reportdesk.readers.word.reader import read_word
from tests.readers.office import base, doubts, otherwise, proposed
from tests.readers.shown import paragraphs, tables

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]  # python-docx's function Document is no class to name
    return file.getvalue()


def word(change: Callable[[Run], object], before: Callable[[_Cell], object] = lambda _cell: None) -> Seen:
    """A table of 2 × 2 in whose first cell 45 is written, its 4 changed; 7, 8 and 9 stand in the others."""
    document = Document()
    table = document.add_table(2, 2)
    cells = [cell for row in table.rows for cell in row.cells]
    before(cells[0])
    change(cells[0].paragraphs[0].add_run("4"))
    cells[0].paragraphs[0].add_run("5")
    change(cells[1].paragraphs[0].add_run("7"))
    for cell, text in zip(cells[2:], "89", strict=True):
        cell.text = text
    return read_word(saved(document))


def add(*properties: str) -> Callable[[Run], object]:
    """A change that puts these properties into a run."""
    return lambda run: [
        run._r.get_or_add_rPr().append(
            parse_xml(f"<w:{one.replace(' ', f' {W} ', 1)}/>" if " " in one else f"<w:{one} {W}/>")
        )
        for one in properties
    ]


def first_cells(seen: Seen) -> list[VisibleCell]:
    return list(tables(seen)[0].cells[:2])


@pytest.mark.parametrize(
    ("properties", "says"),
    [
        (["strike"], "划掉"),
        (['w w:val="1"'], "小得看不见"),
        (['strike w:val="true"'], "划掉"),
        (["dstrike"], "划掉"),
        (["vanish"], "隐藏"),
        (['vanish w:val="on"'], "隐藏"),
        (["webHidden"], "隐藏"),
        (['sz w:val="1"'], "小得看不见"),
        (['color w:val="FFFFFF"'], "与底色同色"),
        (['color w:val="auto" w:themeColor="background1"'], "与底色同色"),
        (['color w:val="FF0000"', 'highlight w:val="red"'], "与底色同色"),
        (['color w:val="1F1F1F"', 'shd w:val="clear" w:fill="202020"'], "与底色同色"),
    ],
)
def test_a_digit_of_word_that_nobody_sees_is_not_read(properties: list[str], says: str) -> None:
    seen = word(add(*properties))
    part, whole = first_cells(seen)
    assert (part.text, part.doubt) == ("5", "")
    assert whole.text == ""
    assert says in whole.doubt
    assert "“7”" in whole.doubt
    assert [one for one in seen.passed_over if says in one and "2 处" in one]


@pytest.mark.parametrize(
    "properties",
    [
        ['strike w:val="0"'], ['vanish w:val="false"'], ['color w:val="auto"'], ['sz w:val="16"'],
        ['color w:val="FFFFFF"', 'shd w:val="clear" w:fill="000080"'], ['color w:val="FFFFFF"', 'highlight w:val="black"'],
    ],
)  # fmt: skip
def test_a_digit_of_word_that_is_seen_is_read(properties: list[str]) -> None:
    seen = word(add(*properties))
    assert [cell.text for cell in first_cells(seen)] == ["45", "7"]
    assert not seen.passed_over


def test_white_on_a_dark_cell_is_seen_and_on_its_own_colour_is_not() -> None:
    def shade(fill: str) -> Callable[[_Cell], object]:
        return lambda cell: cell._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="{fill}"/>')
        )

    assert first_cells(word(add('color w:val="FFFFFF"'), shade("1F3864")))[0].text == "45"
    assert first_cells(word(add('color w:val="FFFF00"'), shade("FFFF00")))[0].text == "5"


def test_what_a_style_strikes_out_is_not_read_and_twice_is_not_at_all() -> None:
    document = Document()
    struck = document.styles.add_style("划", 2)
    struck.font.strike = True
    based = document.styles.add_style("再划", 2)
    based.base_style = struck
    whole = document.styles.add_style("整段划", 1)
    whole.font.strike = True
    paragraph = document.add_paragraph("收")
    paragraph.add_run("4", style="再划")
    paragraph.add_run("5 件")
    document.add_paragraph("删去的一段", style="整段划").add_run("又划", style="划")
    assert paragraphs(read_word(saved(document))) == ["收5 件", "又划"]


def test_a_row_of_no_height_is_not_read() -> None:
    document = Document()
    table = document.add_table(2, 1)
    table.rows[0].cells[0].text, table.rows[1].cells[0].text = "12", "34"
    height = f'<w:trHeight {W} w:val="10" w:hRule="exact"/>'
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(height))
    cells = tables(read_word(saved(document)))[0].cells
    assert [cell.text for cell in cells] == ["", "34"]
    assert "露不出来" in cells[0].doubt


def test_given_numbers_that_are_struck_out_are_not_read() -> None:
    proposal = proposed("struck.docx")
    assert not otherwise(proposal, base("base2025"))
    assert proposal.prose["overview.management"] == base("base2025").prose["overview.management"]
    assert [says for says in doubts(proposal) if says.startswith("文件里有 4 处划掉的文字，没有读入：")]


def web(cell: str, head: str = "") -> Seen:
    return read_web(
        f"<html><head>{head}</head><body><table><tr><td>{cell}</td><td>9</td></tr></table>".encode()
    )


HIDERS = [
    ("<s>4</s>", "", "划掉"),
    ("<del>4</del>", "", "划掉"),
    ("<strike>4</strike>", "", "划掉"),
    ('<span style="text-decoration:line-through">4</span>', "", "划掉"),
    ('<span style="TEXT-DECORATION-LINE: Line-Through">4</span>', "", "划掉"),
    ("<b class='x y'>4</b>", ".y{text-decoration:line-through}", "划掉"),
    ("<b class=x>4</b>", "td b.x , p {text-decoration : red line-through}", "划掉"),
    ("<i id=x>4</i>", "<!-- #x{display:none} -->", "隐藏"),
    ("<i>4</i>", "i{display:block} table i{display:none !important}", "隐藏"),
    ("<i hidden>4</i>", "", "隐藏"),
    ('<i style="visibility:hidden">4</i>', "", "隐藏"),
    ('<i style="opacity:0">4</i>', "", "隐藏"),
    ('<i style="opacity:0.0">4</i>', "", "隐藏"),
    ('<i style="font-size:0">4</i>', "", "小得看不见"),
    ('<i style="font-size:0.5pt">4</i>', "", "小得看不见"),
    ('<i style="color:#fff">4</i>', "", "与底色同色"),
    ('<font color="#FEFEFE">4</font>', "", "与底色同色"),
    ('<i style="color:white;background:#ffffff">4</i>', "", "与底色同色"),
    ('<i style="color:rgba(0,0,0,0)">4</i>', "", "与底色同色"),
    ('<i style="position:absolute;left:-9999px">4</i>', "", "露不出来"),
    ('<i style="display:inline-block;width:0;overflow:hidden">4</i>', "", "露不出来"),
    ('<i style="clip:rect(0,0,0,0);position:absolute">4</i>', "", "露不出来"),
    ('<i style="display:inline-block;transform:scale(0)">4</i>', "", "露不出来"),
    ('<i style="display:inline-block;transform:rotate(2deg) scaleX( 0.01 )">4</i>', "", "露不出来"),
    ('<i style="float:left;transform:translateX(-9999px)">4</i>', "", "露不出来"),
    ('<i style="display:inline-block;transform:rotateY(90deg)">4</i>', "", "露不出来"),
    ('<i style="display:inline-block;max-width:0;overflow:hidden">4</i>', "", "露不出来"),
    ('<i style="clip-path:circle(0)">4</i>', "", "露不出来"),
    ('<i style="clip-path:polygon(0 0, 0 0, 0 0)">4</i>', "", "露不出来"),
    ('<i style="opacity:0.01">4</i>', "", "隐藏"),
    ("<i>4</i>", "td > i:first-child{display:none}", "隐藏"),
    ("<i class=y>4</i>", ".x::before, .y {display:none}", "隐藏"),
    ("<i class=y style='display:block'>4</i>", ".y{display:none !important}", "隐藏"),
    ("<b>4</b>", "tr td:nth-child(2n+1) b{display:none}", "隐藏"),
    ("<b>4</b>", "td:not(.x):nth-last-child(2) > b:first-of-type{display:none}", "隐藏"),
    ('<b data-k="old 1">4</b>', "b[data-k~=old]{display:none}", "隐藏"),
    ('<b data-k="old1">4</b>', '[data-k^="old"]{visibility:hidden}', "隐藏"),
    ("<u></u><b>4</b>", "u + b{display:none}", "隐藏"),
    ("<u></u><i></i><b>4</b>", "u ~ b{display:none} i + b{color:red}", "隐藏"),
    ('<i style="opacity:1%">4</i>', "", "隐藏"),
    ('<i style="filter:opacity(0%)">4</i>', "", "隐藏"),
    ('<i style="content-visibility:hidden">4</i>', "", "隐藏"),
    ('<i style="font:0/0 a">4</i>', "", "小得看不见"),
    ('<i style="font:bold 0.2px Arial">4</i>', "", "小得看不见"),
    ('<i style="color:#ffff">4</i>', "", "与底色同色"),
    ('<i style="color:#00000000">4</i>', "", "与底色同色"),
    ('<i style="color:hsl(0, 0%, 100%)">4</i>', "", "与底色同色"),
    ('<i style="-webkit-text-fill-color:transparent">4</i>', "", "与底色同色"),
]


@pytest.mark.parametrize(("hidden", "sheet", "says"), HIDERS)
def test_a_digit_of_a_page_that_nobody_sees_is_not_read(hidden: str, sheet: str, says: str) -> None:
    head = f"<style>{sheet}</style>"
    seen = web(f"{hidden}5", head)
    assert tables(seen)[0].cells[0].text == "5"
    assert [one for one in seen.passed_over if says in one and "1 处" in one and "“4”" in one]
    whole = web(hidden, head)
    assert [cell.text for cell in tables(whole)[0].cells] == ["", "9"]
    assert says in tables(whole)[0].cells[0].doubt


@pytest.mark.parametrize(
    ("shown", "sheet"),
    [
        ('<i style="color:#fff;background:#036">4</i>', ""),
        ("<i>4</i>", "td{background:navy} i{color:white}"),
        ("<i>4</i>", "td{background:url(x.png)} i{color:white}"),
        ('<i style="visibility:hidden"><b style="visibility:visible">4</b></i>', ""),
        ("<i class=x>4</i>", "@media print{.x{display:none}}"),
        ("<i class=x>4</i>", ".x:hover{display:none}"),
        ("<i class=x>4</i>", ".x{display:none} i.x{display:inline}"),
        ("<i class=x>4</i>", "p .x{display:none}"),
        ("<ins>4</ins>", ""),
        ("<u>4</u>", ""),
        ('<i style="transform:scale(0)">4</i>', ""),
        ("<i>4</i>", "i:nth-child(2), td > p > i, u + i, i:last-child + b, i[class]{display:none}"),
        ("<i class=a>4</i>", "i:not(.a){display:none}"),
        ("<i>4</i>", "i::before{display:none} i:nonsense(2){display:none} i >> b{display:none}"),
        ("<i>4</i>", 'i::after{content:"、"}'),
        ('<i style="display:inline-block;transform:scale(.9)">4</i>', ""),
        ('<i style="width:0;overflow:hidden">4</i>', ""),
        ('<i style="opacity:.9;font:bold 12px/1.5 Arial">4</i>', ""),
        ('<i style="display:block;margin-left:-700px">4</i>', ""),
        ('<i style="color:hsl(210, 50%, 40%)">4</i>', ""),
    ],
)
def test_a_digit_of_a_page_that_is_seen_is_read(shown: str, sheet: str) -> None:
    seen = web(f"{shown}5", f"<style>{sheet}</style>")
    assert tables(seen)[0].cells[0].text == "45"
    assert not seen.passed_over


@pytest.mark.parametrize(
    ("shown", "sheet", "says"),
    [
        ("<i>4</i>", 'i::after{content:"9"}', "样式添上"),
        ("<i data-n=9>4</i>", "i:before{content:attr(data-n)}", "样式添上"),
        ('<bdo dir="rtl">12</bdo>', "", "次序"),
        ('<b style="direction:rtl;unicode-bidi:bidi-override">12</b>', "", "次序"),
        ("\u202e12", "", "方向"),
        ("<svg><text>4</text></svg>", "", "图形"),
        ('<img src="4.png">', "", "图片"),
        ("<math><mn>4</mn></math>", "", "公式"),
        ("<meter value=5>9</meter>", "", "图形"),
    ],
)
def test_a_cell_that_shows_something_else_than_its_text_is_named(shown: str, sheet: str, says: str) -> None:
    seen = folded(web(shown, f"<style>{sheet}</style>"))
    first, other = tables(seen)[0].cells
    assert says in first.doubt
    assert other.doubt == ""


def test_a_picture_beside_a_number_says_nothing_of_it() -> None:
    assert [cell.doubt for cell in tables(web('<img src="dot.gif">4'))[0].cells] == ["", ""]


def test_a_row_or_cell_that_is_not_displayed_leaves_no_room_and_one_that_is_invisible_does() -> None:
    page = """<table><tr style="display:none"><td>1<td>2<tr><td style="display:none">3<td>4<td>5
    <tr><td style="visibility:hidden">6<td>7</table>"""
    seen = read_web(page.encode())
    assert [(cell.text, cell.row, cell.column) for cell in tables(seen)[0].cells] == [
        ("4", 0, 0), ("5", 0, 1), ("", 1, 0), ("7", 1, 1),
    ]  # fmt: skip
    assert len([one for one in seen.passed_over if "隐藏" in one]) == 1
    assert "3 处隐藏" in "".join(seen.passed_over)


def test_no_hidden_menu_of_a_website_is_told() -> None:
    page = "<body><div style='display:none'><p>菜单</p></div><p>收12件。</p></body>"
    seen = read_web(page.encode())
    assert paragraphs(seen) == ["收12件。"]
    assert not seen.passed_over


def test_fields_of_a_saved_form_show_what_is_filled_in() -> None:
    page = """<table><tr><td><input value="12"><td><input type=hidden value="9"><input type=checkbox value="8" checked>
    <td><textarea>\n34</textarea><td><select><option>甲<option selected>乙</select><td><select><option>丙<option>丁</select>
    <td><input type=text placeholder="请填写"><td><input type=submit value="提交"><td><input value="5" style="display:none"></table>"""
    cells = tables(read_web(page.encode()))[0].cells
    assert [cell.text for cell in cells] == ["12", "", "34", "乙", "丙", "", "", ""]


def test_a_given_saved_form_is_read_whole() -> None:
    assert not otherwise(proposed("form-fields.html"), base())


FOOT = ["上一篇：关于某事的通知", "下一篇：没有了", "【打印本页】 【关闭窗口】", "浏览次数：1234 次", "分享到：微信 微博",
        "版权所有：某某县人民政府", "某ICP备12345678号-1", "某公网安备 12345678901234号", "主办：某某县人民政府办公室"]  # fmt: skip


@pytest.mark.parametrize("first", range(len(FOOT)))
def test_a_websites_foot_enters_no_section(first: int) -> None:
    lines = ["六、其他需要报告的事项", "本年度没有收取信息处理费。", *FOOT[first:]]
    seen = read_web("".join(f"<p>{line}</p>" for line in lines).encode())
    assert paragraphs(seen) == lines[:2]
    assert [says for says in seen.passed_over if FOOT[first][:6] in says]


def test_a_report_that_speaks_of_such_things_keeps_them() -> None:
    lines = [
        "一、总体情况",
        "版权页和浏览次数已在门户网站公布，全年浏览次数 1234 次。",
        "打印材料 12 份，分享经验 3 次。",
    ]
    assert paragraphs(read_web("".join(f"<p>{line}</p>" for line in lines).encode())) == lines


@pytest.mark.parametrize("requires", ["wps", "w14"])
def test_of_a_text_that_word_keeps_in_two_ways_one_is_read(requires: str) -> None:
    run = "<w:r><w:t>2</w:t></w:r>"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = parse_xml(
        f'<mc:AlternateContent {W} xmlns:mc="{compatible}"><mc:Choice Requires="{requires}">{run}</mc:Choice>'
        f"<mc:Fallback>{run}</mc:Fallback></mc:AlternateContent>"
    )
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("1")
    cell.paragraphs[0]._p.append(twice)
    assert tables(read_word(saved(document)))[0].cells[0].text == "12"
