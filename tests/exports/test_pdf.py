"""The PDF as somebody with a ruler sees it: places on the page come from the file itself."""

from __future__ import annotations

import functools
import io
import itertools
from pathlib import Path

import pypdf
import pytest

from reportdesk.exports import style
from reportdesk.exports.blocks import Paragraph, PartHeading, SectionHeading, TableBlock, Title, report_blocks
from reportdesk.exports.pdf.pages import Source
from reportdesk.exports.pdf.writer import PdfResult
from reportdesk.exports.typesetting.title import title_lines
from reportdesk.exports.typesetting.typeset import MissingCharacterError, OnMissing
from reportdesk.form.layout import lay_out
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report
from tests.editions import EDITION_IDS, FORMS
from tests.exports.made_pdf import BOTTOM, CLOSE, FORM, LEFT, RIGHT, TOP, filled, render
from tests.exports.reading import MM, Char, Page, read_pages, text_of
from tests.test_example import example

LINE_ENDS = Path(__file__).parents[1] / "data" / "changle-2024-lines.txt"


@functools.cache
def seed_pdf() -> PdfResult:
    return render(example())


@functools.cache
def seed_pages() -> list[Page]:
    return read_pages(seed_pdf().content)


def right_edge(line: list[Char]) -> float:
    """Where a line's last character ends; a mark that stands left in its cell may end at the middle."""
    last = line[-1]
    return last.x + (0.5 if last.text in "，。、；：？！）》〉”" else 1) * 16 / MM


def test_prose_stands_within_the_type_area_and_reaches_its_edges() -> None:
    lines = [line for page in seed_pages() for line in page.prose()]
    assert min(line[0].x for line in lines) == pytest.approx(LEFT, abs=CLOSE)
    assert max(map(right_edge, lines)) == pytest.approx(RIGHT, abs=CLOSE)
    full = [
        line
        for line, following in itertools.pairwise(lines)
        if following[0].x < LEFT + 1 and not text_of(following).startswith("（http")
    ]
    assert len(full) > 50
    for line in full:
        half = 8 / MM if line[-1].text in "，。、；：？！）》〉”" else 0
        assert RIGHT - half - CLOSE < right_edge(line) < RIGHT + CLOSE


def test_a_full_line_of_plain_chinese_holds_28_characters_evenly() -> None:
    pages = read_pages(render(filled(FORM, "公开政府信息工作年报" * 40)).content)
    full = [line for page in pages for line in page.prose() if len(line) == 28]
    assert len(full) > 50
    for line in full:
        steps = [b.x - a.x for a, b in itertools.pairwise(line)]
        assert steps == pytest.approx([156 / 28] * 27, abs=0.01)


def test_a_full_page_holds_22_lines_on_the_grid() -> None:
    pages = read_pages(render(filled(FORM, "公开政府信息工作年报。" * 60)).content)
    full = [page for page in pages if len(page.prose()) == 22]
    assert full
    for page in full:
        baselines = [line[0].baseline for line in page.prose()]
        steps = [b - a for a, b in itertools.pairwise(baselines)]
        assert steps == pytest.approx([28.95 / MM] * 21, abs=0.01)
        size = 16 / MM
        assert baselines[0] - size > TOP - CLOSE
        assert baselines[-1] + 0.15 * size < BOTTOM + CLOSE
    assert max(len(page.prose()) for page in pages) == 22


def test_lines_of_different_pages_stand_on_one_grid() -> None:
    first = TOP * MM + style.LINE_PITCH / 2
    for page in seed_pages():
        for line in page.prose():
            steps = (line[0].baseline * MM - first) / style.LINE_PITCH
            assert abs(steps - round(steps) - 0.2) < 0.02  # the baseline lies under the line's middle


def test_the_seed_s_lines_end_where_they_were_seen_to_end_well() -> None:
    lines = [text_of(line) for page in seed_pages() for line in page.prose()]
    assert lines == LINE_ENDS.read_text("utf-8").splitlines()


def test_no_line_begins_or_ends_with_what_may_not_stand_there() -> None:
    for page in seed_pages():
        for line in page.prose():
            assert line[0].text not in "，。；：？！、）》〉〕」』”’…—％"
            assert line[-1].text not in "（《〈〔「『“‘"


def test_a_paragraph_is_indented_by_two_characters() -> None:
    line = next(line for page in seed_pages() for line in page.prose() if text_of(line).startswith("根据"))
    assert line[0].x == pytest.approx(LEFT + 2 * 156 / 28, abs=CLOSE)


def test_the_title_is_centred_on_the_third_line() -> None:
    first, second = [line for line in seed_pages()[0].lines if line[0].size == 22]
    for line in (first, second):
        assert (line[0].x + line[-1].end) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=CLOSE)
    assert text_of(second) == "2024年政府信息公开工作年度报告"
    assert first[0].baseline > TOP + 2 * style.LINE_PITCH / MM


def test_page_numbers_stand_7_mm_below_odd_right_even_left() -> None:
    for number, page in enumerate(seed_pages(), 1):
        line = page.lines[-1]
        assert text_of(line) == f"— {number} —"
        assert {char.size for char in line} == {14}
        dash = line[0].baseline - (0.86 - 0.5) * 14 / MM
        assert dash == pytest.approx(BOTTOM + 7, abs=CLOSE)
        if number % 2:
            assert line[-1].end == pytest.approx(RIGHT - 14 / MM, abs=CLOSE)
        else:
            assert line[0].x == pytest.approx(LEFT + 14 / MM, abs=CLOSE)


@pytest.mark.parametrize(("table_id", "page"), [("disclosure", 2), ("requests", 3), ("disputes", 4)])
def test_a_table_s_columns_stand_as_the_form_says(table_id: str, page: int) -> None:
    layout = lay_out(FORM.tables[table_id])
    rules = seed_pages()[page].rules
    down = {round(rule.x0, 2) for rule in rules if rule.x0 == rule.x1}
    expected = [LEFT + 156 * share for share in itertools.accumulate((0.0, *layout.widths))]
    assert sorted(down) == pytest.approx(expected, abs=CLOSE)
    across = [rule for rule in rules if rule.y0 == rule.y1]
    assert min(rule.x0 for rule in across) == pytest.approx(LEFT, abs=CLOSE)
    assert max(rule.x1 for rule in across) == pytest.approx(RIGHT, abs=CLOSE)
    assert len({round(rule.y0, 1) for rule in across}) == layout.row_count + 1


def test_figures_stand_in_the_middle_of_their_cells() -> None:
    report = filled(FORM, figure=0)
    ref = CellRef("disclosure", "normative_documents", "in_force")
    report.cells[ref] = 40961
    page = next(
        page for page in read_pages(render(report).content) if "40961" in "".join(map(text_of, page.lines))
    )
    digits = next(line for line in page.lines if "40961" in text_of(line))
    place = text_of(digits).index("40961")
    middle = (digits[place].x + digits[place + 4].end) / 2
    assert middle == pytest.approx(LEFT + 156 * 3.5 / 4, abs=CLOSE)


def test_banners_are_filled() -> None:
    colours = [[round(255 * part) for part in fill] for fill in seed_pages()[2].fills]
    assert colours == [[0xC6, 0xD9, 0xF1]] * 4


def test_a_number_too_long_for_its_cell_is_set_smaller_not_broken() -> None:
    report = filled(FORM, figure=999_999_999_999)
    page = max(read_pages(render(report).content), key=lambda page: len(page.rules))
    assert "".join(map(text_of, page.lines)).count("9" * 12) >= 6
    for line in page.lines:
        for digits in (
            group for is_nine, group in itertools.groupby(line, key=lambda c: c.text == "9") if is_nine
        ):
            cell = list(digits)
            for start in range(0, len(cell), 12):
                width = cell[start : start + 12][-1].end - cell[start].x
                assert width < 156 * 685 / 10426


def test_all_text_is_found_in_reading_order() -> None:
    found = "".join(text_of(line) for page in seed_pages() for line in page.lines[:-1])
    assert found == "".join(printed_text(FORM, example()))


def printed_text(form: Form, report: Report) -> list[str]:
    words: list[str] = []
    for block in report_blocks(form, report):
        match block:
            case Title(lines):
                words += lines
            case SectionHeading(text=text) | PartHeading(text=text):
                words.append(text)
            case Paragraph(run_in=run_in, text=text):
                words += [run_in, text]
            case TableBlock():
                cells = sorted(block.layout.cells, key=lambda cell: (cell.row, cell.column))
                words += [block.figures[cell.ref] if cell.ref else cell.text for cell in cells]
            case closing:
                words += [closing.unit, closing.date]
    return words


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_any_edition_is_printed_whole(form: Form) -> None:
    report = filled(form, "这里是文字。")
    pages = read_pages(render(report, form).content)
    found = "".join(text_of(line) for page in pages for line in page.lines[:-1])
    assert found == "".join(printed_text(form, report))


def test_characters_beyond_the_basic_plane_can_be_searched() -> None:
    report = filled(FORM)
    report.prose["overview.disclosure"] = "元素𬭎与①也能找到。"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render(report).content)).pages)
    assert "元素𬭎与①也能找到" in text.replace(" ", "").replace("\n", "")


def test_two_characters_with_one_glyph_stay_apart() -> None:
    report = filled(FORM)
    report.headings["overview.disclosure"] = "（一）甲〜乙和丙～丁"  # one glyph in the bundled 楷体
    text = "".join(text_of(line) for page in read_pages(render(report).content) for line in page.lines)
    assert "甲〜乙和丙～丁" in text


def test_a_character_that_no_face_has_stops_the_export_and_is_named() -> None:
    report = filled(FORM)
    report.prose["overview.requests"] = "年内办理\ue123申请三件。"
    with pytest.raises(MissingCharacterError) as caught:
        render(report)
    message = str(caught.value)
    assert "U+E123" in message
    assert "“一、总体情况”的“（二）依申请公开”" in message
    assert "年内办理" in message
    assert "！" not in message


def test_every_character_that_no_face_has_is_named_with_its_place() -> None:
    report = filled(FORM)
    report.prose["overview.requests"] = "年内办理\ue123申请三件。"
    report.prose["other_matters.text"] = "另有\ue456事项，还有\ue123事项。"
    with pytest.raises(MissingCharacterError) as caught:
        render(report)
    message = str(caught.value)
    assert message.startswith("有 3 处的字")
    assert message.count("U+E123") == 2
    assert message.count("U+E456") == 1
    report.prose["overview.requests"] = report.prose["other_matters.text"] = "没有了。"
    assert render(report).page_count  # what was missing in one export does not stop the next


def test_half_a_character_is_named_by_its_code() -> None:
    report = filled(FORM)
    report.prose["overview.requests"] = "坏了的字\ud842在这里。"
    with pytest.raises(MissingCharacterError, match=r"坏了的字□在这里.*U\+D842") as caught:
        render(report)
    str(caught.value).encode("utf-8")


@pytest.mark.parametrize(("fact", "place"), [(Fact.TITLE_NAME, "标题"), (Fact.CLOSING_UNIT, "落款")])
def test_a_missing_character_is_named_wherever_it_stands(fact: Fact, place: str) -> None:
    report = filled(FORM)
    report.prose.clear()
    report.facts[fact] = "示例\ue123镇"
    with pytest.raises(MissingCharacterError, match=place):
        render(report)


def test_the_preview_marks_a_missing_character() -> None:
    report = filled(FORM)
    report.prose["overview.requests"] = "年内办理\ue123申请三件。"
    result = render(report, on_missing=OnMissing.MARK)
    assert "申请三件。" in "".join(
        text_of(line) for page in read_pages(result.content) for line in page.lines
    )


def test_places_lead_from_the_page_to_the_part() -> None:
    sources = [place.source for place in seed_pdf().places]
    assert Source("overview", "overview.platforms") in sources
    assert Source("requests", "requests") in sources
    for place in seed_pdf().places:
        assert TOP * MM - 1 <= place.top < place.bottom <= BOTTOM * MM + 1


def test_fonts_are_embedded_subsets_and_no_other_is_named() -> None:
    reader = pypdf.PdfReader(io.BytesIO(seed_pdf().content))
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            names.add(font["/BaseFont"])
            descendant = font["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"]
            assert "/ToUnicode" in font
    assert len(names) == 6
    assert all(name[7] == "+" for name in names)
    assert {used.official for used in seed_pdf().faces} == {face.value for face in style.Face}


def test_sections_and_parts_are_bookmarks() -> None:
    outline = pypdf.PdfReader(io.BytesIO(seed_pdf().content)).outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == [
        section.title for section in FORM.sections
    ]
    parts = next(entry for entry in outline if isinstance(entry, list))
    assert [part.title for part in parts if not isinstance(part, list)][:1] == ["（一）政府信息主动公开情况"]
    assert len(parts) == 5


def test_language_title_and_author_are_set_and_no_date() -> None:
    reader = pypdf.PdfReader(io.BytesIO(seed_pdf().content))
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert reader.metadata is not None
    assert reader.metadata.title == "沙坡头区常乐镇2024年政府信息公开工作年度报告"
    assert "常乐镇" in str(reader.metadata.author)
    assert "/CreationDate" not in reader.metadata


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(example()).content == seed_pdf().content


def test_a_blank_report_prints_as_a_blank_form() -> None:
    report = Report(FORM.edition)
    assert render(report).page_count >= 2


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("短标题", ["短标题"]),
        (
            "中卫市沙坡头区常乐镇人民政府2024年政府信息公开工作年度报告",
            ["中卫市沙坡头区常乐镇人民政府", "2024年政府信息公开工作年度报告"],
        ),
        (
            "沙坡头区常乐镇2024年政府信息公开工作年度报告",
            ["沙坡头区常乐镇2024年", "政府信息公开工作年度报告"],
        ),
    ],
)
def test_a_long_title_is_broken_by_its_meaning(title: str, lines: list[str]) -> None:
    widths = [11.0 if char.isascii() else 22.0 for char in title]
    assert list(title_lines(title, widths, style.TYPE_WIDTH, cell=22)) == lines


def test_a_title_of_any_length_keeps_every_character() -> None:
    for length in (1, 20, 21, 45, 89, 91, 400):
        title = ("示例市" * length)[:length]
        broken = list(title_lines(title, [22.0] * length, style.TYPE_WIDTH, cell=22))
        assert "".join(broken) == title
        assert all(len(line) * 22 <= style.TYPE_WIDTH for line in broken)


def test_a_title_broken_at_a_space_keeps_it_behind_the_line() -> None:
    title = "宁夏回族自治区中卫市沙坡头区人民政府　办公室关于公布本机关 政府信息公开工作年度报告的决定"
    widths = [22.0] * len(title)
    for line in (title, title * 3):
        broken = list(title_lines(line, widths * 3, style.TYPE_WIDTH, cell=22))
        assert "".join(broken) == line
        assert not any(piece[0].isspace() for piece in broken)
        assert any(piece[-1].isspace() for piece in broken)
