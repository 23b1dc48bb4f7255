"""Files of another report are known by what they say of themselves, in every format that is written."""

import copy
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reportdesk.cli import main
from reportdesk.exports.formats import REPORT_FORMATS, Choices, Format
from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.form.load import load_form
from reportdesk.outgoing.export_files import publish
from reportdesk.outgoing.file_names import export_name
from reportdesk.outgoing.same_folder import standing_other
from reportdesk.readers.published import published_identity
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report
from reportdesk.report.identity import Identity, identity_of, read_identity
from reportdesk.store.file import read_report

FORM = load_form("2021")
EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
OTHER = "常乐镇便民服务中心"
CHOICES = Choices(bundled_fonts=True, pdf=PdfA.BARE)


@pytest.fixture(scope="module")
def report() -> Report:
    """The example, under a title of its own, so that reports of other years have its name too."""
    found = read_report(EXAMPLE).report
    found.facts[Fact.TITLE] = "常乐镇政府信息公开工作年度报告"
    return found


def other_unit(report: Report) -> Report:
    other = copy.deepcopy(report)
    other.facts[Fact.FULL_NAME] = OTHER
    return other


def other_year(report: Report) -> Report:
    other = copy.deepcopy(report)
    other.facts[Fact.YEAR] = "2023"
    return other


@pytest.mark.parametrize("wanted", Format)
@pytest.mark.parametrize("other", [other_unit, other_year])
def test_another_reports_file_is_named(
    report: Report, tmp_path: Path, wanted: Format, other: Callable[[Report], Report]
) -> None:
    theirs = other(report)
    publish(FORM, theirs, tmp_path, [wanted], CHOICES)
    said = standing_other(tmp_path, FORM, report, [wanted])
    assert theirs.facts[Fact.FULL_NAME] in said
    assert theirs.facts[Fact.YEAR] in said
    if wanted is not Format.BLANK:
        assert check_code(FORM, theirs) in said


@pytest.mark.parametrize("wanted", Format)
def test_what_was_written_of_the_report_before_is_its_own(
    report: Report, tmp_path: Path, wanted: Format
) -> None:
    earlier = copy.deepcopy(report)
    earlier.prose["overview.disclosure"] = "改过的一段。"
    publish(FORM, earlier, tmp_path, [wanted], CHOICES)
    assert standing_other(tmp_path, FORM, report, [wanted]) == ""


def test_only_what_is_to_be_written_is_asked_about(report: Report, tmp_path: Path) -> None:
    publish(FORM, other_unit(report), tmp_path, [Format.DOCX], CHOICES)
    assert standing_other(tmp_path, FORM, report, [Format.HTML, Format.XLSX]) == ""


@pytest.mark.parametrize("wanted", REPORT_FORMATS)
def test_a_unit_of_signs_that_a_format_escapes_is_read_back(
    report: Report, tmp_path: Path, wanted: Format
) -> None:
    odd = copy.deepcopy(report)
    odd.facts[Fact.FULL_NAME] = '常乐镇 <人民> & "政府"；2023年'
    publish(FORM, odd, tmp_path, [wanted], CHOICES)
    path = tmp_path / export_name(wanted, FORM, odd)
    assert published_identity(path.read_bytes(), path.suffix) == identity_of(FORM, odd)


def test_the_command_leaves_another_units_word_file_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = other_unit(read_report(EXAMPLE).report)
    (written,) = publish(FORM, theirs, tmp_path, [Format.DOCX], CHOICES)
    before = written.path.read_bytes()
    assert main(["export", str(EXAMPLE), "--to", str(tmp_path), "--formats", "docx,html"]) == 1
    assert OTHER in capsys.readouterr().err
    assert written.path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [written.path.name]


def test_a_word_file_of_before_the_keywords_tells_by_its_author(report: Report, tmp_path: Path) -> None:
    (word,) = publish(FORM, other_unit(report), tmp_path, [Format.DOCX], CHOICES)
    word.path.write_bytes(without_keywords(word.path.read_bytes()))
    assert OTHER in standing_other(tmp_path, FORM, report, [Format.DOCX])


@pytest.mark.parametrize("attach_copy", [True, False])
def test_a_pdf_of_before_the_keywords_tells_by_its_data_or_its_author(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, attach_copy: bool
) -> None:
    monkeypatch.setattr(Identity, "words", property(lambda _: ""))
    publish(
        FORM, other_unit(report), tmp_path, [Format.PDF], Choices(True, PdfA.chosen(attach_copy=attach_copy))
    )
    said = standing_other(tmp_path, FORM, report, [Format.PDF])
    assert OTHER in said
    assert ("2024" in said) is attach_copy


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx", ".html", ".txt"])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"<html>", b"\0" * 100])
def test_what_is_none_of_ours_says_nothing(content: bytes, suffix: str) -> None:
    assert published_identity(content, suffix) is None


@pytest.mark.parametrize("words", ["", "政务公开，年报", "某镇；24年", "某镇；2024年；核对码 12"])
def test_other_keywords_are_none_of_ours(words: str) -> None:
    assert read_identity(words) is None


def without_keywords(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            target.writestr(
                name, re.sub(rb"<cp:keywords>.*?</cp:keywords>", b"", source.read(name), flags=re.DOTALL)
            )
    return written.getvalue()
