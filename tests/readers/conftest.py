"""Files of other programs: what LibreOffice makes of our own Word file, made once for all tests."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportdesk.exports.word.document import render_word
from tests.editions import FORMS
from tests.test_example import example

SOFFICE = shutil.which("soffice")
FILTERS = {
    "doc": "doc:MS Word 97",
    "html": "html",
    "pdf": "pdf",
    "docx": "docx:MS Word 2007 XML",
    "txt": "txt:Text",
}


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The example as LibreOffice saves it, by suffix."""
    if SOFFICE is None or not (Path(SOFFICE).resolve().parent / "libswlo.so").exists():
        pytest.skip("LibreOffice's Writer is not installed")
    folder = tmp_path_factory.mktemp("foreign")
    source = folder / "own.docx"
    source.write_bytes(render_word(FORMS[0], example()))
    files = {}
    for suffix, wanted in FILTERS.items():
        command = [
            SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", wanted, "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        files[suffix] = (folder / "out" / f"own.{suffix}").read_bytes()
    return files
