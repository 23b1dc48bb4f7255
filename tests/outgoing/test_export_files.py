"""Publishing: every format as a whole file of its own, under the report's name."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook

from reportdesk.cli import main
from reportdesk.exports.formats import REPORT_FORMATS, Choices, Format
from reportdesk.outgoing.export_files import publish
from reportdesk.report.document import Fact
from tests.test_example import FORM, ROOT, example

STEM = "沙坡头区常乐镇2024年政府信息公开工作年度报告"


def kind(content: bytes) -> str:
    """The format that the bytes themselves tell."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"<!DOCTYPE html>"):
        return "html"
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    return "docx" if "word/document.xml" in names else "xlsx"


def test_every_format_is_written_as_what_its_suffix_says(tmp_path: Path) -> None:
    written = publish(FORM, example(), tmp_path / "出", REPORT_FORMATS, Choices(bundled_fonts=True))
    assert [file.path.name for file in written] == [f"{STEM}.{wanted}" for wanted in REPORT_FORMATS]
    assert [kind(file.path.read_bytes()) for file in written] == list(REPORT_FORMATS)
    assert sorted(path.name for path in (tmp_path / "出").iterdir()) == sorted(
        f"{STEM}.{name}" for name in REPORT_FORMATS
    )


@pytest.mark.parametrize(("pdfa", "names"), [("3a", ["report.gknb"]), ("3b", ["report.gknb"]), ("1b", [])])
def test_the_pdf_has_the_data_attached_unless_it_is_not_to(
    tmp_path: Path, pdfa: str, names: list[str]
) -> None:
    seed = str(ROOT / "examples/changle-2024.gknb")
    asked = ["export", seed, "--to", str(tmp_path), "--formats", "pdf", "--pdfa", pdfa, "--bundled-fonts"]
    assert main(asked) == 0
    assert list(pypdf.PdfReader(tmp_path / f"{STEM}.pdf").attachments) == names


def test_the_blank_form_is_made_for_the_offices_that_are_named(tmp_path: Path) -> None:
    seed = str(ROOT / "examples/changle-2024.gknb")
    asked = ["export", seed, "--to", str(tmp_path), "--formats", "blank", "--offices", "党政办, 司法所"]
    assert main(asked) == 0
    (path,) = tmp_path.iterdir()
    assert path.name == f"{STEM}填报表.xlsx"
    assert load_workbook(path).sheetnames[-2:] == ["党政办", "司法所"]


def test_without_names_there_are_some_offices(tmp_path: Path) -> None:
    (written,) = publish(FORM, example(), tmp_path, [Format.BLANK])
    assert load_workbook(written.path).sheetnames[-2:] == ["科室3", "科室4"]


@pytest.mark.parametrize("sign", ["镇", "𬭎", "a镇𬭎"])
def test_however_long_the_title_every_file_system_takes_the_names(tmp_path: Path, sign: str) -> None:
    report = example()
    report.facts[Fact.TITLE_NAME] = sign * 200
    formats = (Format.HTML, Format.BLANK)
    for file in publish(FORM, report, tmp_path, formats):
        assert file.path.name.startswith(sign * 16)
        assert len(file.path.name.encode()) < 220


def test_the_command_line_takes_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = str(ROOT / "examples/changle-2024.gknb")
    assert main(["export", seed, "--to", str(tmp_path), "--formats", "docx,html"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        str(tmp_path / f"{STEM}.docx"),
        str(tmp_path / f"{STEM}.html"),
    ]


@pytest.mark.parametrize("wanted", list(Format))
def test_what_was_changed_in_a_file_outside_is_kept_when_it_is_written_again(
    tmp_path: Path, wanted: Format
) -> None:
    (first,) = publish(FORM, example(), tmp_path, [wanted], Choices(bundled_fonts=True))
    again = example()
    again.prose["other_matters.text"] = "另有一事。"
    (second,) = publish(FORM, again, tmp_path, [wanted], Choices(bundled_fonts=True))
    assert (second.path, second.kept) == (first.path, None)
    assert list(tmp_path.iterdir()) == [first.path]
    first.path.write_bytes(b"corrected by hand")
    (third,) = publish(FORM, again, tmp_path, [wanted], Choices(bundled_fonts=True))
    assert third.kept == first.path.with_name(f"{first.path.stem}（旧）{first.path.suffix}")
    assert third.kept.read_bytes() == b"corrected by hand"


def test_a_filled_in_collection_form_is_not_replaced_by_an_empty_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed, told = str(ROOT / "examples" / "changle-2024.gknb"), ["--to", str(tmp_path), "--formats", "blank"]
    assert main(["export", seed, *told]) == 0
    (path,) = tmp_path.iterdir()
    book = load_workbook(path)
    book.worksheets[0]["B2"] = "办公室填好的"
    book.save(path)
    filled = path.read_bytes()
    capsys.readouterr()
    assert main(["export", seed, *told]) == 0
    kept = path.with_name(f"{path.stem}（旧）.xlsx")
    assert kept.read_bytes() == filled
    assert f"留作“{kept.name}”" in capsys.readouterr().out
    assert main(["export", seed, *told, "--json"]) == 0
    assert "kept" not in capsys.readouterr().out
