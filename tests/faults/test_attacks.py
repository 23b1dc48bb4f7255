"""Files made by hand to do harm, each opened as a clerk would: one plain sentence, nothing else happens."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reportdesk.outgoing.file_names import export_stem
from reportdesk.report.document import Fact
from reportdesk.report.file.codec import encode
from tests.faults.clerk import FORM, blank
from tests.faults.foreign import sample

_BOMB = 512 * 1024 * 1024
_EVIL_NAME = "../../../../etc/cron.d/evil"


def read(path: Path) -> subprocess.CompletedProcess[str]:
    """What the command line says of the file."""
    command = [sys.executable, "-m", "reportdesk", "read", str(path)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        with archive.open("xl/workbook.xml", "w", force_zip64=True) as entry:
            for _ in range(_BOMB // (1 << 20)):
                entry.write(bytes(1 << 20))
    return packed.getvalue()


def external_entity(secret: Path) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sample("docx"))) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    document = entries["word/document.xml"].decode("utf-8")
    head, _mark, rest = document.partition("?>")
    doctype = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    entries["word/document.xml"] = f"{head}?>{doctype}{rest}".replace("年", "&x;", 1).encode("utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def endless_pdf() -> bytes:
    return sample("pdf").replace(b"/Length ", b"/Length 4294967296 /Was ")


def cut_pdf() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Length 4294967296>>\nstream\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def test_a_zip_bomb_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(zip_bomb())
    said = read(path)
    assert said.returncode == 3
    assert "有意做坏" in said.stderr
    assert "Traceback" not in said.stderr


def test_an_external_entity_in_a_word_file_brings_nothing_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("这是别的文件里的秘密", encoding="utf-8")
    path = tmp_path / "年报.docx"
    path.write_bytes(external_entity(secret))
    said = read(path)
    assert said.returncode == 3
    assert "有意做坏" in said.stderr
    assert "秘密" not in said.stdout + said.stderr


def test_a_path_as_a_units_name_leads_nowhere(tmp_path: Path) -> None:
    report = blank()
    report.facts[Fact.FULL_NAME] = report.facts[Fact.TITLE_NAME] = _EVIL_NAME
    path = tmp_path / "年报.gknb"
    path.write_bytes(encode(report))
    folder = tmp_path / "deep" / "out"
    command = [
        sys.executable,
        "-m",
        "reportdesk",
        "export",
        str(path),
        "--to",
        str(folder),
        "--formats",
        "html",
    ]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 1  # written, and blank, which is an error
    written = [found for found in tmp_path.rglob("*") if found.is_file() and found != path]
    assert [found.parent for found in written] == [folder]
    assert "/" not in export_stem(FORM, report)
    assert ".." not in Path(export_stem(FORM, report)).parts


def test_a_script_in_a_page_stays_text_in_what_we_write(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    attack = "&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;"
    page = sample("html").decode("utf-8").replace("</p>", f"{attack}<script>alert(3)</script></p>", 3)
    path.write_text(page, encoding="utf-8")
    taken = tmp_path / "read.gknb"
    command = [sys.executable, "-m", "reportdesk", "read", str(path), "--to", str(taken)]
    subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert "alert(3)" not in taken.read_text("utf-8")
    assert "alert(1)" in str(json.loads(taken.read_text("utf-8"))["prose"])
    command = [
        sys.executable,
        "-m",
        "reportdesk",
        "export",
        str(taken),
        "--to",
        str(tmp_path),
        "--formats",
        "html",
    ]
    subprocess.run(command, capture_output=True, timeout=60, check=True)
    (written,) = (found for found in tmp_path.glob("*.html") if found != path)
    assert "<script" not in written.read_text("utf-8")
    assert "<img" not in written.read_text("utf-8")


@pytest.mark.parametrize("make", [endless_pdf, cut_pdf], ids=["every object", "one object"])
def test_a_pdf_whose_object_says_it_has_4_gigabytes(tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "年报.pdf"
    path.write_bytes(make())
    said = read(path)
    assert "Traceback" not in said.stderr
    if said.returncode == 3:
        assert said.stderr.strip().endswith("。")
    else:
        assert said.returncode in (0, 1)  # the streams' real ends were found
