"""PDFs are read without loss: ours whatever it prints, a published report with all of its 200 numbers."""

import io
import random
import re
from pathlib import Path

import pypdf
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.exports.word.document import render_word
from reportdesk.readers.files.limits import MAX_PDF_PAGES
from reportdesk.readers.files.visible import Seen, UnreadableError, VisibleTable
from reportdesk.readers.pdf.lines import Line, Measure, join
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.word.reader import read_word
from reportdesk.report.document import Fact, Report
from reportdesk.report.file.codec import decode
from tests.editions import FORMS
from tests.readers.shown import outline, paragraphs, tables, without_overlap
from tests.test_example import example

HUAIAN = Path(__file__).parents[1] / "data" / "huaian-2024.pdf"


def both(report: Report) -> tuple[Seen, Seen]:
    """The report as it is seen in its PDF, and in its Word file, where lines need not be joined."""
    content = render_pdf(FORMS[0], report, faces=bundled_faces()).content
    return read_pdf(content), read_word(render_word(FORMS[0], report))


def test_our_own_pdf_shows_what_our_word_file_shows() -> None:
    pdf, word = both(example())
    assert outline(pdf) == outline(word)
    assert pdf.passed_over == ()
    assert pdf.attached
    assert decode(pdf.attached).report.cells == example().cells
    assert pdf.properties["title"] == "沙坡头区常乐镇2024年政府信息公开工作年度报告"


WORDS = (
    "政府信息", "公开", "（", "）", "，", "。", "“", "”", "《", "》", "‘", "’", "2024年", "1,578件", "Open Government",
    "http://www.spt.gov.cn/zwgk/very/long/path/index.html?a=b&c=d", "〔2021〕30号", "…", "——", "、", "；", "：",
    "GB/T 9704-2012", "e-mail", " ", "一是", "（一）", "1.", "3.5%", "𬭎", "é",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_squeezed_marks_latin_words_and_long_addresses_are_read_as_written(seed: int) -> None:
    chance = random.Random(seed)
    report = example()
    report.facts[Fact.CLOSING_UNIT], report.facts[Fact.CLOSING_DATE] = "常乐镇人民政府", "2025年1月9日"
    for part in report.prose:
        lines = [
            "".join(chance.choices(WORDS, k=chance.randint(3, 150))) for _ in range(chance.randint(1, 4))
        ]
        report.prose[part] = "\n".join(lines)
    pdf, word = both(report)
    assert paragraphs(pdf) == paragraphs(word)


def test_spaces_between_chinese_characters_are_not_lost_with_the_line_that_they_end() -> None:
    report = example()
    for space in (" ", "\u3000", "  "):
        report.prose["problems.problems"] = f"公开{space}" * 100 + "完毕。"
        pdf, word = both(report)
        assert paragraphs(pdf) == paragraphs(word)


def test_a_space_between_latin_words_is_not_lost_with_the_line_that_it_ends() -> None:
    report = example()
    sentence = "We report on open government information as the law demands and nothing else of ours "
    report.prose["overview.disclosure" if "overview.disclosure" in report.prose else "opening"] = sentence * 6
    pdf, word = both(report)
    assert paragraphs(pdf) == paragraphs(word)


REQUESTS = """
3001 53 0 0 61 4 3119 | 34 0 0 0 0 0 34 | 1288 21 0 0 50 3 1362 | 447 7 0 0 0 0 454 | 2 0 0 0 0 0 2 | 30 1 0 0 0 0 31
5 0 0 0 0 0 5 | 6 0 0 0 0 0 6 | 7 1 0 0 0 0 8 | 12 0 0 0 0 0 12 | 9 0 0 0 0 0 9 | 105 0 0 0 0 0 105
746 12 0 0 10 1 769 | 11 0 0 0 0 0 11 | 1 0 0 0 0 0 1 | 56 6 0 0 0 0 62 | 25 0 0 0 0 0 25 | 0 0 0 0 0 0 0
0 0 0 0 0 0 0 | 1 0 0 0 0 0 1 | 67 3 0 0 1 0 71 | 6 0 0 0 0 0 6 | 108 2 0 0 0 0 110 | 2932 53 0 0 61 4 3050
103 0 0 0 0 0 103
"""
DISPUTES = "72 64 178 37 351 13 4 8 1 26 12 1 1 6 20"


def figures(table: VisibleTable) -> list[list[str]]:
    """The numbers of each row, from the left."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if re.fullmatch(r"[0-9.]+", cell.text):
            rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def test_a_published_report_is_read_with_all_its_numbers_in_order() -> None:
    seen = read_pdf(HUAIAN.read_bytes())
    first, second, third, fourth, fifth = map(figures, tables(seen))
    assert first + second == [
        ["1", "0", "11"],
        ["8", "26", "66"],
        ["447228"],
        ["3985758"],
        ["88283"],
        ["96171.6"],
    ]
    expected = [row.split() for row in re.split(r"[|\n]", REQUESTS.strip())]
    assert third + fourth == expected
    assert sum(map(len, expected)) == 175
    assert fifth == [DISPUTES.split()]
    assert all(map(without_overlap, tables(seen)))


def test_a_published_reports_prose_is_put_together_again() -> None:
    seen = read_pdf(HUAIAN.read_bytes())
    shown = paragraphs(seen)
    assert shown[:2] == ["淮安市人民政府", "2024年政府信息公开工作年度报告"]
    assert [text for text in shown if re.match("[一二三四五六]、", text)] == [
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
    ]  # fmt: skip
    assert [text[:6] for text in shown if text.startswith("（")] == [
        "（一）主动公", "（二）依申请", "（三）政府信", "（四）政府信", "（五）政府信",
    ]  # fmt: skip
    assert len(shown) == 18
    # Over a page's end, and over a line's end within a number's phrase.
    assert any("“建设‘四最’一流营商环境高质量推进产业发展”" in text for text in shown)
    assert any("尚未审结37件；政府信息公开行政诉讼46件，其中结果维持25件" in text for text in shown)
    assert not any(re.search(r"- ?[0-9] ?-$", text) for text in shown)


def pages(count: int, text: str = "a page of text that is long enough") -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    for _ in range(count):
        canvas.drawString(100, 400, text)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_sixty_pages_are_read_and_one_more_is_refused_before_it_is_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(paragraphs(read_pdf(pages(MAX_PDF_PAGES)))) >= 1
    monkeypatch.setattr("reportdesk.readers.pdf.reader.pages_of", None)
    with pytest.raises(UnreadableError, match="61 页"):
        read_pdf(pages(MAX_PDF_PAGES + 1))


def scanned(*, caption: str) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 200)), 0, 0, 595, 842)
    canvas.drawString(20, 20, caption)
    canvas.save()
    return made.getvalue()


def test_a_scanned_pdf_is_refused_and_says_that_it_must_be_typed() -> None:
    with pytest.raises(UnreadableError, match=r"扫描件.*照着它录入"):
        read_pdf(scanned(caption=""))


def test_a_picture_among_text_is_named_by_its_page() -> None:
    seen = read_pdf(scanned(caption="a caption long enough to be taken for text"))
    assert seen.passed_over == ("第 1 页有图片，没有读取；如果表格是图片，请照着它录入。",)


def test_a_pdf_without_anything_is_refused() -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        read_pdf(pages(1, ""))


def test_a_protected_pdf_is_refused_as_such() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pages(1)))
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(UnreadableError, match="密码"):
        read_pdf(made.getvalue())


def test_an_attached_report_is_handed_on() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pages(1)))
    writer.add_attachment("other.txt", b"no report")
    writer.add_attachment("report.gknb", b'{"format": "reportdesk"}')
    made = io.BytesIO()
    writer.write(made)
    assert read_pdf(made.getvalue()).attached == b'{"format": "reportdesk"}'


def drawn(draw: str, size: int = 10) -> bytes:
    """A page whose content is a few lines of Python on a canvas."""
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.setFont("Helvetica", size)
    for line in draw.splitlines():
        name, *words = line.split()
        arguments = [float(word) if re.fullmatch(r"-?[0-9.]+", word) else word for word in words]
        getattr(canvas, name)(*arguments)
    canvas.save()
    return made.getvalue()


def test_a_table_without_outer_sides_has_them() -> None:
    level = "\n".join(f"line 100 {y} 400 {y}" for y in (700, 660, 620))
    lines = f"{level}\nline 200 700 200 620\nline 300 700 300 620"
    words = "\n".join(f"drawString {x} {y} cell{x}{y}" for x in (110, 210, 310) for y in (675, 635))
    (table,) = tables(read_pdf(drawn(f"{lines}\n{words}")))
    assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [
        ("cell110675", 0, 0), ("cell210675", 0, 1), ("cell310675", 0, 2),
        ("cell110635", 1, 0), ("cell210635", 1, 1), ("cell310635", 1, 2),
    ]  # fmt: skip


def test_a_table_that_the_pages_end_cuts_keeps_its_last_row() -> None:
    level = "\n".join(f"line 100 {y} 300 {y}" for y in (700, 660))
    lines = level + "".join(f"\nline {x} 700 {x} 620" for x in (100, 200, 300))
    words = "\n".join(f"drawString {x} {y} cell{x}{y}" for x in (110, 210) for y in (675, 635))
    (table,) = tables(read_pdf(drawn(f"{lines}\n{words}")))
    assert [cell.text for cell in table.cells] == ["cell110675", "cell210675", "cell110635", "cell210635"]


def test_white_and_turned_text_is_not_seen() -> None:
    seen = read_pdf(drawn(
        "drawString 100 700 seen-and-long-enough\nsetFillGray 1\ndrawString 100 650 ghost\nsetFillGray 0\n"
        "rotate 45\ndrawString 500 100 watermark"
    ))  # fmt: skip
    assert paragraphs(seen) == ["seen-and-long-enough"]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    for number in range(1, 6):
        canvas.drawString(100, 800, "Office of the county")
        canvas.drawString(100, 400, f"Something that is only on page {number}.")
        canvas.drawString(300, 40, f"Page {number}" if number == 0 else f"- {number} -")
        canvas.showPage()
    canvas.save()
    seen = " ".join(paragraphs(read_pdf(made.getvalue())))
    assert "Office" not in seen
    assert "- 3 -" not in seen
    assert "only on page 5." in seen


def test_a_numbered_heading_at_the_margin_begins_a_paragraph_where_others_are_indented() -> None:
    texts = (
        "　　公开了政务信息" * 4,
        "信息10条。",
        "（二）依申请公开",
        "　　收到申请" * 6,
        "（二）项所列的",
        "申请。",
    )
    lines = [
        Line(1, text.strip(), 100 + 32 * text.startswith("　"), right, 29.0 * at, 16, 0, 0)
        for at, (text, right) in enumerate(zip(texts, (500, 200, 260, 500, 500, 200), strict=True))
    ]
    joined = [paragraph.text for paragraph in join(lines, Measure(100, 500, 16, indents=True), ours=False)]
    assert [text[:7] for text in joined] == [texts[0].strip()[:7], "（二）依申请公", "收到申请　　收"]


def test_a_numbered_heading_begins_a_paragraph_where_room_is_left_above_it() -> None:
    texts = ("　　公开了政务信息" * 4, "提供助力。" * 8, "（五）监督保障情况。", "　　开展自检。")
    places = (0.0, 29.0, 120.0, 149.0)
    lines = [
        Line(1, text.strip(), 100 + 32 * text.startswith("　"), right, at, 16, 0, 0)
        for text, right, at in zip(texts, (500, 500, 260, 200), places, strict=True)
    ]
    joined = join(lines, Measure(100, 500, 16, indents=True), ours=False)
    assert [paragraph.text for paragraph in joined][1:] == ["（五）监督保障情况。", "开展自检。"]


def test_a_raised_figure_is_no_part_of_the_number_before_it() -> None:
    draw = "drawString 100 700 sum111\nsetFont Helvetica 6\ndrawString 135.6 703 n1"
    rest = "setFont Helvetica 10\ndrawString 100 600 another-line-that-is-long-enough"
    assert paragraphs(read_pdf(drawn(f"{draw}\n{rest}")))[0] == "sum111n¹"


def test_a_table_without_lines_is_named_by_its_page() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    for row in range(3):
        for column in range(7):
            canvas.drawString(100 + 60 * column, 700 - 20 * row, "71")
    canvas.save()
    assert (
        "第 1 页有没有框线的表，读不出来，里面的数字没有读入。请照着它录入，或者向对方要 Word、Excel 文件。"
        in read_pdf(made.getvalue()).passed_over
    )


def test_figures_in_sentences_and_in_ruled_tables_are_no_table_without_lines() -> None:
    own = render_pdf(FORMS[0], example(), faces=bundled_faces()).content
    for content in (HUAIAN.read_bytes(), own):
        assert not any("框线" in says for says in read_pdf(content).passed_over)
