"""The tagged PDF as a screen reader, a search and a validator meet it."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
import shutil
import subprocess
from collections.abc import Callable

import pypdf
import pypdfium2
import pytest
from pdfminer.layout import LTChar

from reportdesk.checks.engine import Finding, Severity
from reportdesk.checks.outcome import Checked
from reportdesk.exports.internal.draft import Sending, render_changes, render_draft
from reportdesk.exports.internal.review_sheet import render_slip
from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.exports.typesetting.typeset import OnMissing
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report
from tests.editions import EDITION_IDS, FORMS
from tests.exports.made_pdf import FORM, filled, kinds_of_report, render
from tests.exports.pdf_structure import Structure, operators
from tests.exports.reading import read_pages, text_of
from tests.exports.test_pdf import printed_text
from tests.exports.test_pdf_breaks import tall_form
from tests.test_example import example

KINDS = list(kinds_of_report())
FACES = bundled_faces()
NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
PDFTOTEXT = shutil.which("pdftotext")

with_poppler = pytest.mark.skipif(PDFTOTEXT is None, reason="poppler's pdftotext is not installed")


@functools.cache
def pdf_of(kind: str) -> bytes:
    return render(kinds_of_report()[kind]).content


@functools.cache
def structure_of(kind: str) -> Structure:
    return Structure(pdf_of(kind))


def without_spaces(text: str) -> str:
    return re.sub(r"\s+", "", text)


def whole_text(form: Form, report: Report) -> str:
    return without_spaces("".join(printed_text(form, report)))


# -- what a validator checks


@pytest.mark.parametrize("kind", KINDS)
def test_a_validator_finds_nothing_wrong(kind: str) -> None:
    assert structure_of(kind).faults() == []


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
def test_nor_in_any_other_edition(form: Form) -> None:
    for report in (filled(form, "这里是文字。"), Report(form.edition)):
        structure = Structure(render(report, form).content)
        assert structure.faults() == []
        assert without_spaces(structure.says(structure.root)) == whole_text(form, report)


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_says_that_it_is_tagged_in_which_language_and_under_which_title(kind: str) -> None:
    catalog = structure_of(kind).catalog
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]) == "zh-CN"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {str(page["/Tabs"]) for page in structure_of(kind).reader.pages} == {"/S"}


@pytest.mark.parametrize("kind", [PdfA.WITH_COPY, PdfA.BARE])
def test_the_other_kinds_are_not_tagged(kind: PdfA) -> None:
    content = render_pdf(FORM, example(), faces=FACES, kind=kind).content
    assert not any(word in content for word in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid"))
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        assert "BDC" not in operators(page)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"/Scope /Row", b"/Scope /Rox"),
        (b"/ColSpan 7", b"/ColSpan 6"),
        (b"/S /H1", b"/S /H3"),
        (b"/S /H2", b"/S /TD"),
        (b"/StructParents 2", b"/StructParents 3"),
    ],
)
def test_what_is_wrong_is_found(right: bytes, wrong: bytes) -> None:
    content = pdf_of("example")
    assert right in content
    assert Structure(content.replace(right, wrong)).faults()


# -- what a screen reader reads


@pytest.mark.parametrize("kind", KINDS)
def test_the_elements_hold_all_that_is_printed_in_reading_order(kind: str) -> None:
    structure = structure_of(kind)
    assert without_spaces(structure.says(structure.root)) == whole_text(FORM, kinds_of_report()[kind])


def test_title_sections_and_parts_are_headings_even_where_the_text_runs_on_behind_them() -> None:
    structure = structure_of("example")
    headings = [
        (element.kind, structure.says(element))
        for element in structure.root.all()
        if element.kind.startswith("H")
    ]
    assert headings[:3] == [
        ("H1", "沙坡头区常乐镇2024年政府信息公开工作年度报告"),
        ("H2", "一、总体情况"),
        ("H3", "（一）政府信息主动公开情况。"),
    ]
    assert [text for kind, text in headings if kind == "H2"] == [section.title for section in FORM.sections]


def test_a_heading_and_the_text_behind_it_part_inside_digits_of_one_face() -> None:
    report = filled(FORM, "2024年没有。")
    report.headings["overview.disclosure"] = "（一）2023:"
    structure = Structure(render(report).content)
    headings = [structure.says(element) for element in structure.of_kind("H3")]
    assert headings[0] == "（一）2023:"
    assert structure.faults() == []


def test_a_report_without_title_begins_its_headings_with_its_sections() -> None:
    report = filled(FORM, "这里是文字。")
    report.facts[Fact.TITLE] = " "
    structure = Structure(render(report).content)
    assert structure.faults() == []
    assert [structure.says(one) for one in structure.of_kind("H1")] == [one.title for one in FORM.sections]


def test_a_row_of_table_3_is_its_label_and_its_seven_numbers() -> None:
    report = example()
    columns = FORM.tables["requests"].blocks[0].columns
    for number, column in enumerate(columns[:-1], 1):
        report.cells[CellRef("requests", "granted", column.id)] = number
    structure = Structure(render(report).content)
    table = structure.of_kind("Table")[1]
    row = next(
        row
        for row in table.all()
        if row.kind == "TR" and any("予以公开" in structure.says(cell) for cell in row.kids)
    )
    texts = [structure.says(cell) for cell in row.kids]
    assert texts[-8:] == ["（一）予以公开", "1", "2", "3", "4", "5", "6", "21"]
    assert [cell.kind for cell in row.kids[-8:]] == ["TH", *["TD"] * 7]
    assert row.kids[-8].attributes["/Scope"] == "/Row"


def test_a_label_over_several_rows_and_columns_says_so() -> None:
    structure = structure_of("example")
    spans = {
        structure.says(cell): (cell.attributes.get("/RowSpan", 1), cell.attributes.get("/ColSpan", 1))
        for cell in structure.of_kind("TH")
    }
    assert spans["申请人情况"] == (1, 7)
    assert spans["自然人"] == (2, 1)
    assert spans["（三）不予公开"] == (8, 1)


def test_a_table_that_goes_on_over_the_page_is_one_and_its_head_is_read_once() -> None:
    form = tall_form()
    structure = Structure(render(filled(form), form).content)
    assert structure.faults() == []
    texts = [structure.says(table) for table in structure.of_kind("Table")]
    assert [text.count("申请人情况") for text in texts] == [0, 1, 0]
    assert texts[1].count("三、本年度办理结果") == 1
    assert all(f"第{number}种情形" in texts[1] for number in range(60))
    assert "".join(structure.artifacts).count("申请人情况") >= 1


# -- copying and searching


def by_pdfium(content: bytes) -> list[str]:
    file = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded() for page in file]


def by_pdfminer(content: bytes) -> list[str]:
    """The characters in the order in which they are drawn."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    texts = []
    for page in PDFPage.get_pages(io.BytesIO(content)):
        interpreter.process_page(page)
        texts.append("".join(one.get_text() for one in device.get_result() if isinstance(one, LTChar)))
    return texts


def by_poppler(content: bytes, *options: str) -> list[str]:
    command = [str(PDFTOTEXT), *options, "-", "-"]
    run = subprocess.run(command, input=content, capture_output=True, check=True, timeout=60)
    return run.stdout.decode().split("\f")[:-1]


def by_poppler_raw(content: bytes) -> list[str]:
    return by_poppler(content, "-raw")


Reader = Callable[[bytes], list[str]]
READERS = [by_pdfium, by_pdfminer, pytest.param(by_poppler_raw, marks=with_poppler)]


@pytest.mark.parametrize("read", READERS, ids=["pdfium", "pdfminer", "poppler"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_copied_is_what_is_printed_in_reading_order(kind: str, read: Reader) -> None:
    pages = [without_spaces(text) for text in read(pdf_of(kind))]
    without_numbers = []
    for number, text in enumerate(pages, 1):
        assert text.endswith(f"—{number}—")
        without_numbers.append(text.removesuffix(f"—{number}—"))
    copied = "".join(without_numbers)
    if read is by_pdfium:  # which takes what stands about as high in a table's head from left to right
        assert copied.count("商业总计") == 1
        copied = copied.replace("商业总计", "总计商业")
    assert copied == whole_text(FORM, kinds_of_report()[kind])


@pytest.mark.parametrize("kind", ["example", "long prose"])
@pytest.mark.parametrize(
    "read", [by_pdfium, pytest.param(by_poppler, marks=with_poppler)], ids=["pdfium", "poppler"]
)
def test_words_are_found_whole_in_lines_that_are_spread(kind: str, read: Reader) -> None:
    text = "\n".join(read(pdf_of(kind)))
    lines = [text_of(line) for page in read_pages(pdf_of(kind)) for line in page.prose()]
    words = [word for line in lines for word in re.findall(r"[\u4e00-\u9fff]+", line)]
    assert len(words) > 100
    assert [word for word in words if word not in text] == []


# -- what is not drawn, or means nothing without its face


def test_a_character_that_no_face_has_is_still_said() -> None:
    report = filled(FORM, "年内办理\ue123申请三件。")
    structure = Structure(render(report, on_missing=OnMissing.MARK).content)
    assert sum("办理\ue123申请" in text for text in structure.spelled) >= len(FORM.parts)


# -- internal papers


def test_the_slip_is_tagged() -> None:
    findings = [
        Finding("A-1", Severity.WARNING, f"第 {n} 处不对，{'请核对。' * 9}", "requests") for n in range(40)
    ]
    structure = Structure(render_slip(FORM, example(), Checked(findings), NOW, FACES))
    assert structure.faults() == []
    assert [structure.says(one) for one in structure.of_kind("H2")] == [
        "一、审签", "二、主要数字", "三、审核发现的问题和说明",
    ]  # fmt: skip
    text = without_spaces(structure.says(structure.root))
    assert "内部资料" not in text  # a page's head is no part of the text
    heads = "环节意见、签名、日期" * 2
    assert f"{heads}拟稿初审复审终审保密审查签发二、主要数字" in text
    assert text.endswith(f"{'请核对。' * 9}（同类的另有39处：申请情况39处）")


def test_the_draft_says_what_the_report_says_and_no_numbers_of_lines() -> None:
    structure = Structure(render_draft(FORM, example(), Sending(1, NOW), FACES))
    assert structure.faults() == []
    assert without_spaces(structure.says(structure.root)) == whole_text(FORM, example())


def test_what_changed_is_a_table_even_where_a_row_goes_on_over_the_page() -> None:
    before, after = example(), example()
    after.cells[CellRef("disclosure", "penalties", "decisions")] = 77
    after.prose["overview.disclosure"] = "全部改写了的一段话，与原来的没有一个字相同。" * 120
    structure = Structure(render_changes(FORM, before, after, (Sending(1, NOW), Sending(2, NOW)), FACES))
    assert len(structure.reader.pages) > 1
    assert structure.faults() == []
    assert "全部改写了的一段话，与原来的没有一个字相同。" * 120 in structure.says(structure.root)
