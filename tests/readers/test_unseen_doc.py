"""What nobody sees in a .doc is not read, and its text boxes stand where they are anchored."""

import io
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt, RGBColor

from reportdesk.readers.files.visible import Seen
from reportdesk.readers.word.doc_binary import read_legacy
from tests.readers.conftest import SOFFICE
from tests.readers.office import base, otherwise, proposed
from tests.readers.shown import paragraphs, tables

WHITE = RGBColor(255, 255, 255)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """A table whose cells begin with what nobody sees, as LibreOffice saves it for Word 97."""
    if SOFFICE is None or not (Path(SOFFICE).resolve().parent / "libswlo.so").exists():
        pytest.skip("LibreOffice's Writer is not installed")
    document = Document()
    cells = document.add_table(1, 6).rows[0].cells
    fonts = [cell.paragraphs[0].add_run("4").font for cell in cells]
    fonts[0].strike = fonts[1].double_strike = fonts[2].hidden = True
    fonts[3].size, fonts[4].color.rgb = Pt(0.5), WHITE
    for cell in cells[:5]:
        cell.paragraphs[0].add_run("5")
    fonts[5].strike = True
    document.add_paragraph("收").add_run("9").font.strike = True
    folder = tmp_path_factory.mktemp("doc")
    made = io.BytesIO()
    document.save(made)
    (folder / "own.docx").write_bytes(made.getvalue())
    command = [
        SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "doc:MS Word 97", "--outdir", str(folder / "out"), str(folder / "own.docx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return read_legacy((folder / "out" / "own.doc").read_bytes())


def test_digits_that_nobody_sees_are_not_read(seen: Seen) -> None:
    (table,) = tables(seen)
    assert [cell.text for cell in table.cells] == ["5", "5", "5", "5", "5", ""]
    assert "划掉" in table.cells[5].doubt
    assert paragraphs(seen) == ["收"]


def test_each_is_told_once(seen: Seen) -> None:
    for says in ("划掉的文字", "隐藏的文字", "小得看不见的文字", "与底色同色、看不见的文字"):
        assert len([one for one in seen.passed_over if says in one]) == 1


def test_a_given_text_box_stands_where_it_is_anchored() -> None:
    proposal, meant = proposed("text-box.doc"), base("base2025")
    assert not otherwise(proposal, meant)
    assert proposal.prose["overview.disclosure"] == meant.prose["overview.disclosure"]
    assert proposal.prose["other_matters.text"] == meant.prose["other_matters.text"]
    assert proposal.prose == {part: text for part, text in meant.prose.items() if text}
