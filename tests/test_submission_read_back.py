"""The folder that is handed in, read back file by file: what is printed comes back the same."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from reportdesk.cli import main
from reportdesk.exports.formats import Choices, Format
from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.outgoing.export_files import publish
from reportdesk.outgoing.file_names import handed_in_stem
from reportdesk.outgoing.submission import Order, make_submission
from reportdesk.report.document import Report
from reportdesk.store.file import read_report
from reportdesk.store.user_data.unit_profile import HandIn
from tests.readers.printed import printed
from tests.test_example import FORM, example

NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
NAME = handed_in_stem(example())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's folder with every file that a profile can name."""
    beside = tmp_path_factory.mktemp("报送")
    scan = beside / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.4 scanned")
    order = Order(NOW, tuple(HandIn), scan)
    made = make_submission(FORM, example(), order, beside, Choices(bundled_fonts=True), lambda *_: None)
    with zipfile.ZipFile(made.folder / f"内部/内部-报送-{NAME}.zip") as packed:
        packed.extractall(beside / "zip")
    return beside


def read_back(path: Path, to: Path) -> Report:
    """What the command makes of the file, as a clerk would call it."""
    assert main(["read", str(path), "--to", str(to)]) == 0, "everything is found and nothing doubtful"
    return read_report(to).report


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "html", "gknb"])
def test_every_public_file_gives_the_report_back(folder: Path, tmp_path: Path, suffix: str) -> None:
    (path,) = (folder / "报送-沙坡头区常乐镇2024/公开").glob(f"*.{suffix}")
    back = read_back(path, tmp_path / "读回.gknb")
    assert printed(FORM, back) == printed(FORM, example())
    assert back.cells == example().cells
    assert back.headings == example().headings


def test_the_districts_zip_gives_the_report_back(folder: Path, tmp_path: Path) -> None:
    readable = [
        path for path in (folder / "zip").iterdir() if path.suffix != ".txt" and "扫描" not in path.name
    ]
    assert len(readable) == len([one for one in HandIn if one is not HandIn.SCAN])
    for path in readable:
        back = read_back(path, tmp_path / f"{path.name}.gknb")
        assert printed(FORM, back) == printed(FORM, example())


def test_a_pdf_without_our_data_gives_the_report_back(tmp_path: Path) -> None:
    choices = Choices(bundled_fonts=True, pdf=PdfA.BARE)
    (made,) = publish(FORM, example(), tmp_path, [Format.PDF], choices)
    back = read_back(made.path, tmp_path / "读回.gknb")
    assert printed(FORM, back) == printed(FORM, example())
    assert back.cells == example().cells
