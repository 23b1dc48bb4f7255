"""LibreOffice opens the Word file and breaks its pages where our PDF does.

One start of LibreOffice for the whole file, with the bundled faces under the official names. Skipped where it, or its
Writer, is not installed: nothing else here can lay out a Word file.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page

from reportdesk.exports import style
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.exports.word.document import render_word
from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from tests.editions import FORMS
from tests.exports.office import convert, writes
from tests.exports.test_word import filled
from tests.test_example import example

SENTENCE = "本年度共受理申请1578件，均在法定期限内办结；其中“予以公开”69件（含部分公开）。"
pytestmark = pytest.mark.skipif(not writes(), reason="LibreOffice's Writer is not installed")


@dataclass(frozen=True)
class Laid:
    """Where things stand: of each section its page and height in points, of tables their pages."""

    pages: int
    sections: dict[str, tuple[int, float]]
    ruled: tuple[int, ...]
    numbers: tuple[tuple[str, bool], ...]
    """Of each page its number as printed, and whether that stands in the right half."""
    baselines: tuple[tuple[float, ...], ...]
    """Of each page without a table, where the lines of its prose stand, in points from the top."""


@dataclass(frozen=True)
class Opened:
    theirs: Laid
    ours: Laid


FULL_WIDTH = "公开信息条件年度报告工作主动依申请平台建设监督保障"
SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙"
WITH_COMMAS = f"{SIGNS[2:]}，" + f"{SIGNS}，" * 4
"""Its first line is two characters shorter; the mark is one too many for each line, and may not begin the next."""


def written(form: Form) -> Report:
    """A report with numbers everywhere and some lines in each part."""
    report = filled(form)
    prose = dict.fromkeys(form.parts, SENTENCE * 5)
    return Report(form.edition, facts=dict(report.facts), prose=prose, cells=dict(report.cells))


def crowded() -> Report:
    """A report with a long paragraph of characters of full width, in each kind of face, and one with commas."""
    report = example()
    report.prose["problems.problems"] = FULL_WIDTH * 8
    report.prose["problems.improvements"] = WITH_COMMAS
    report.headings["overview.disclosure"] = f"（一）{FULL_WIDTH * 3}"
    return report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All cases as Word files, and what LibreOffice makes of them."""
    folder = tmp_path_factory.mktemp("opened")
    for number, (form, report) in enumerate(CASES):
        (folder / f"{number}.docx").write_bytes(render_word(form, report))
    (folder / "crowded.docx").write_bytes(render_word(FORMS[0], crowded()))
    convert(folder, "pdf", sorted(folder.glob("*.docx")))
    return folder


@pytest.fixture(scope="module")
def opened(folder: Path) -> list[Opened]:
    return [
        Opened(
            laid(form, (folder / f"{number}.pdf").read_bytes()),
            laid(form, render_pdf(form, report, faces=bundled_faces()).content),
        )
        for number, (form, report) in enumerate(CASES)
    ]


CASES = [(FORMS[0], example()), *((form, written(form)) for form in FORMS)]


def laid(form: Form, content: bytes) -> Laid:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return Laid(
            len(pdf.pages),
            {
                title: place
                for number, page in enumerate(pdf.pages)
                for title, place in headings(form, number, page)
            },
            tuple(number for number, page in enumerate(pdf.pages) if page.lines or page.rects or page.curves),
            tuple(page_number(page) for page in pdf.pages),
            tuple(tuple(baselines(page)) for page in pdf.pages if not page.rects and not page.lines),
        )


def baselines(page: Page) -> list[float]:
    """Where lines of the prose's size stand; what is drawn in one line may differ by a hair."""
    places = sorted(page.height - char["matrix"][5] for char in page.chars if round(char["size"]) == 16)
    return [place for before, place in pairwise([0.0, *places]) if place - before > 1]


def headings(form: Form, number: int, page: Page) -> Iterator[tuple[str, tuple[int, float]]]:
    titles = {re.sub(r"\s", "", section.title) for section in form.sections}
    for line in page.extract_text_lines():
        text = re.sub(r"\s", "", line["text"])
        if text in titles:
            yield text, (number, float(line["top"]))


def page_number(page: Page) -> tuple[str, bool]:
    status_line = page.crop((0, style.MARGIN_TOP + style.TYPE_HEIGHT, page.width, page.height))
    (line,) = status_line.extract_text_lines()
    return re.sub(r"\s", "", line["text"]), (line["x0"] + line["x1"]) / 2 > page.width / 2


def prose_lines(content: bytes) -> list[str]:
    """The lines of the prose from the left, without spaces."""
    found: list[str] = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            rows: dict[int, list[tuple[float, str]]] = {}
            for char in page.chars:
                if round(char["size"]) == style.BODY.size:
                    rows.setdefault(round(char["matrix"][5]), []).append((char["x0"], char["text"]))
            found += ["".join(text for _, text in sorted(rows[at])) for at in sorted(rows, reverse=True)]
    return [re.sub(r"\s", "", line) for line in found]


def test_a_line_has_28_characters_as_in_the_pdf_and_on_paper(folder: Path) -> None:
    theirs = prose_lines((folder / "crowded.pdf").read_bytes())
    full = [line for line in theirs if set(line) <= set(FULL_WIDTH)]
    ours = prose_lines(render_pdf(FORMS[0], crowded(), faces=bundled_faces()).content)
    assert full == [line for line in ours if set(line) <= set(FULL_WIDTH)]
    assert sum(len(line) == 28 for line in full) >= 6
    assert max(map(len, full)) == 28


def test_a_comma_stays_at_the_end_of_its_line(folder: Path) -> None:
    theirs = prose_lines((folder / "crowded.pdf").read_bytes())
    lines = [line for line in theirs if set(line) <= set(WITH_COMMAS)]
    assert [len(line) for line in lines] == [27, 29, 29, 29, 29]


def test_sections_begin_on_the_same_page_within_two_lines(opened: list[Opened]) -> None:
    for case in opened:
        assert case.theirs.sections.keys() == case.ours.sections.keys()
        for title, (page, top) in case.ours.sections.items():
            their_page, their_top = case.theirs.sections[title]
            assert their_page == page, title
            assert abs(their_top - top) < 2 * style.LINE_PITCH + style.GAP_BELOW_TABLE, title


def test_pages_and_the_pages_with_tables_are_the_same(opened: list[Opened]) -> None:
    for case in opened:
        assert case.theirs.pages == case.ours.pages
        assert case.theirs.ruled == case.ours.ruled


def test_lines_stand_evenly_whatever_faces_are_in_them(opened: list[Opened]) -> None:
    pages = [page for case in opened for page in case.theirs.baselines if len(page) == style.LINES]
    assert pages
    for page in pages:
        assert [b - a for a, b in pairwise(page)] == pytest.approx([style.LINE_PITCH] * 21, abs=0.2)


def test_pages_are_numbered_alike_odd_ones_right_even_ones_left(opened: list[Opened]) -> None:
    for case in opened:
        assert case.theirs.numbers == case.ours.numbers
        assert case.ours.numbers[:2] == (("—1—", True), ("—2—", False))
