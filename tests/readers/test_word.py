"""Word files are seen as Word shows them: numbers of lists, tracked changes, spans, text boxes."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reportdesk.exports.word.document import render_word
from reportdesk.readers.files.visible import Seen, UnreadableError
from reportdesk.readers.word.reader import read_word
from reportdesk.report.document import Fact
from tests.editions import FORMS
from tests.readers.shown import grid, outline, paragraphs, tables, texts, without_overlap
from tests.test_example import example

DATA = Path(__file__).parents[1] / "data"
W = nsdecls("w")
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def written(body: str, **parts: str) -> Seen:
    """What is seen of a Word file with that body, and with other parts such as numbering."""
    document = docx.Document()
    root = document.element.body
    for child in list(root):
        root.remove(child)
    for element in parse_xml(f"<w:x {W} {MATH}>{body}</w:x>"):
        root.append(element)
    made = io.BytesIO()
    document.save(made)
    return read_word(with_parts(made.getvalue(), **parts))


def with_parts(content: bytes, **parts: str) -> bytes:
    """The file with parts of word/ put in place of its own."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name.removeprefix("word/").removesuffix(".xml") not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(f"word/{name}.xml", part)
    return changed.getvalue()


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_our_own_file_shows_the_blocks_that_were_written() -> None:
    seen = read_word(render_word(FORMS[0], example()))
    assert paragraphs(seen)[:2] == ["沙坡头区常乐镇", "2024年政府信息公开工作年度报告"]
    assert (1, "一、总体情况") in outline(seen)
    assert (2, "（一）存在的问题") in outline(seen)
    assert [len(table.cells) for table in tables(seen)] == [30, 215, 34]
    assert all(map(without_overlap, tables(seen)))
    assert seen.passed_over == ()
    assert seen.properties["title"] == "沙坡头区常乐镇2024年政府信息公开工作年度报告"


def test_a_title_that_we_broke_by_its_meaning_is_one_line_again() -> None:
    report = example()
    title = (
        "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县扎库齐牛录乡人民政府2024年政府信息公开工作年度报告"
    )
    report.facts[Fact.TITLE] = title
    assert paragraphs(read_word(render_word(FORMS[0], report)))[0] == title


def test_a_line_break_in_anybodys_paragraph_begins_a_new_line() -> None:
    assert paragraphs(written("<w:p><w:r><w:t>单位</w:t><w:br/><w:t>年度报告</w:t></w:r></w:p>")) == [
        "单位",
        "年度报告",
    ]


def test_the_official_template_is_seen_with_its_merges() -> None:
    seen = read_word((DATA / "form-template.docx").read_bytes())
    requests = dict(grid(tables(seen)[1]))
    assert requests["三、本年度办理结果"] == (5, 0, 22, 1)
    assert requests["（三）不予公开"] == (7, 1, 8, 1)
    assert requests["法人或其他组织"] == (1, 4, 1, 5)
    assert requests["（七）总计"] == (26, 1, 1, 2)


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%4"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61548;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_the_numbers_of_automatic_lists_are_seen() -> None:
    body = (
        numbered("总体情况", 1) + numbered("主动公开", 1, 1) + numbered("依申请公开", 1, 1)
        + numbered("首先", 1, 2) + numbered("其次", 1, 2)
        + numbered("主动公开政府信息情况", 1) + numbered("又一", 1, 1) + numbered("细目", 1, 3)
        + numbered("点", 2) + numbered("无号", 0) + numbered("存在问题", 3)
    )  # fmt: skip
    assert paragraphs(written(body, numbering=NUMBERING)) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "1.首先", "2.其次",
        "二、主动公开政府信息情况", "（一）又一", "2.1 细目", "点", "无号", "五、存在问题",
    ]  # fmt: skip


def test_a_style_numbers_by_the_level_that_its_list_gives_it() -> None:
    styles = f"""<w:styles {W}>
    <w:style w:type="paragraph" w:styleId="a1"><w:name w:val="一级"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="a2"><w:name w:val="heading 2"/><w:basedOn w:val="a1"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
    </w:styles>"""
    body = p("总体情况", '<w:pStyle w:val="a1"/>') + p("主动公开", '<w:pStyle w:val="a2"/>')
    assert outline(written(body, numbering=NUMBERING, styles=styles)) == [
        (1, "一、总体情况"),
        (2, "（一）主动公开"),
    ]


def test_tracked_changes_are_seen_as_taken_in() -> None:
    seen = written(
        "<w:p><w:r><w:t>受理</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>4</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>"
    )
    assert paragraphs(seen) == ["受理4件"]
    assert any("修订" in sentence for sentence in seen.passed_over)


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next() -> None:
    marked = "<w:rPr><w:del/></w:rPr>"
    assert paragraphs(written(p("前半，", marked) + p("后半。") + p("最后", marked))) == [
        "前半，后半。",
        "最后",
    ]


def test_hidden_text_and_the_codes_of_fields_are_not_seen() -> None:
    assert paragraphs(written(
        "<w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>5</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>页</w:t></w:r></w:p>"
    )) == ["第5页"]  # fmt: skip


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_spans_are_expanded_and_deleted_rows_left_out() -> None:
    seen = written("<w:tbl>" + "".join((
        row(cell("头", '<w:gridSpan w:val="3"/>')),
        row(cell("侧", DOWN), cell("1"), cell("2")),
        row(cell("删"), properties="<w:del/>"),
        row(cell("", ON), cell("3"), cell("4")),
        row(cell("末"), cell("5"), properties='<w:gridBefore w:val="1"/>'),
    )) + "</w:tbl>")  # fmt: skip
    assert grid(tables(seen)[0]) == [
        ("头", (0, 0, 1, 3)), ("侧", (1, 0, 2, 1)), ("1", (1, 1, 1, 1)), ("2", (1, 2, 1, 1)),
        ("3", (2, 1, 1, 1)), ("4", (2, 2, 1, 1)), ("末", (3, 1, 1, 1)), ("5", (3, 2, 1, 1)),
    ]  # fmt: skip


def test_an_absurd_span_is_clamped() -> None:
    seen = written("<w:tbl>" + row(cell("头", '<w:gridSpan w:val="999999999"/>'), cell("尾")) + "</w:tbl>")
    assert all(cell.columns <= 200 for cell in tables(seen)[0].cells)
    assert texts(tables(seen)[0]) == ["头", "尾"]


def nested(inner: str) -> str:
    return f"<w:tc><w:tcPr/>{inner}<w:p/></w:tc>"


def test_a_table_that_only_places_things_is_taken_apart() -> None:
    inner = "<w:tbl>" + row(cell("规章"), cell("1")) + "</w:tbl>"
    seen = written("<w:tbl>" + row(nested(p("一、总体情况") + inner + p("完"))) + "</w:tbl>")
    assert [type(visible).__name__ for visible in seen.contents] == [
        "VisibleParagraph",
        "VisibleTable",
        "VisibleParagraph",
    ]
    assert texts(tables(seen)[0]) == ["规章", "1"]


def test_a_table_within_a_table_of_figures_follows_it() -> None:
    inner = "<w:tbl>" + row(cell("里"), cell("2")) + "</w:tbl>"
    outer = row(cell("规章"), cell("1")) + row(cell("文件"), cell("3")) + row(cell("表"), nested(inner))
    assert [texts(table) for table in tables(written(f"<w:tbl>{outer}</w:tbl>"))] == [
        ["规章", "1", "文件", "3", "表", ""], ["里", "2"],
    ]  # fmt: skip


def test_text_boxes_are_read_once_and_pictures_named() -> None:
    box = "<w:txbxContent>" + p("框里的话") + "</w:txbxContent>"
    body = f"""<w:p><w:r><w:t>正文</w:t></w:r><w:r>
    <mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>
    <mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>
    <w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata/></v:shape></w:pict></w:r></w:p>"""
    seen = written(body)
    assert paragraphs(seen) == ["正文", "框里的话"]
    assert any("1 张图片" in sentence for sentence in seen.passed_over)


def test_macros_comments_and_embedded_objects_are_named() -> None:
    made = io.BytesIO()
    docx.Document().save(made)
    changed = io.BytesIO(with_parts(
        made.getvalue(), comments=f'<w:comments {W}><w:comment w:id="1">{p("改")}</w:comment></w:comments>'
    ))  # fmt: skip
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
        archive.writestr("word/embeddings/oleObject1.bin", b"object")
    told = "".join(read_word(changed.getvalue()).passed_over)
    assert "宏，没有运行" in told
    assert "1 条批注" in told
    assert "嵌入的对象" in told


def test_the_strict_variant_is_read() -> None:
    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("严格")
    document.save(made)
    with zipfile.ZipFile(made) as archive:
        body = archive.read("word/document.xml").decode()
    strict = body.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert paragraphs(read_word(with_parts(made.getvalue(), document=strict))) == ["严格"]


@pytest.mark.parametrize("part", ["document", "styles", "numbering"])
def test_external_entities_are_refused_in_every_part(part: str) -> None:
    made = io.BytesIO()
    docx.Document().save(made)
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    with pytest.raises(UnreadableError, match="实体"):
        read_word(with_parts(made.getvalue(), **{part: evil}))


def test_tables_nested_without_end_are_named_and_not_followed() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 12 + p("深处") + "<w:p/></w:tc></w:tr></w:tbl>" * 12
    seen = written(body)
    assert any("套了很多层" in sentence for sentence in seen.passed_over)


def test_the_form_of_another_edition_is_seen_as_well() -> None:
    for form in FORMS:
        report = example()
        report.edition = form.edition
        report.cells.clear()
        assert len(tables(read_word(render_word(form, report)))) == len(form.tables)


def test_a_long_title_that_our_export_breaks_at_a_space_keeps_the_space() -> None:
    report = example()
    title = "宁夏回族自治区中卫市沙坡头区人民政府 党政综合办公室关于公布本机关政府信息公开工作年度报告的决定"
    report.facts[Fact.TITLE] = title
    content = render_word(FORMS[0], report)
    assert paragraphs(read_word(content))[0] == title


def test_a_raised_figure_is_no_part_of_the_number_before_it() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    by_style = '<w:r><w:rPr><w:rStyle w:val="Mark"/></w:rPr><w:t>2</w:t></w:r>'
    styles = (
        f'<w:styles {W}><w:style w:type="character" w:styleId="Mark"><w:name w:val="mark"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
    )
    seen = written(f"<w:p><w:r><w:t>111</w:t></w:r>{raised}</w:p><w:p>{by_style}</w:p>", styles=styles)
    assert paragraphs(seen) == ["111¹", "²"]
