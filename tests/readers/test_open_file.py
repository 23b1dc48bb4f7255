"""Any file at all: read by what it is, or refused in one plain sentence."""

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest

from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.exports.html import render_page, render_text
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.exports.word.document import render_word
from reportdesk.readers.files.limits import MAX_FILE
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.open_file import see, see_content
from reportdesk.report.file.codec import encode
from tests.editions import FORMS
from tests.readers.ole import container
from tests.readers.shown import paragraphs, tables
from tests.test_example import example


@pytest.fixture(scope="module")
def ours() -> Mapping[str, bytes]:
    """The example in each of our formats, by suffix."""
    form, report = FORMS[0], example()
    return {
        ".gknb": encode(report),
        ".docx": render_word(form, report),
        ".xlsx": render_workbook(form, report),
        ".pdf": render_pdf(form, report, faces=bundled_faces()).content,
        ".html": render_page(form, report).encode(),
        ".txt": render_text(form, report).encode(),
    }


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf", ".html", ".txt"])
def test_each_of_our_formats_is_read_by_its_name(
    ours: Mapping[str, bytes], suffix: str, tmp_path: Path
) -> None:
    file = tmp_path / f"年报{suffix}"
    file.write_bytes(ours[suffix])
    seen = see(file)
    assert sum(len(table.cells) >= 30 for table in tables(seen)) == 3
    assert seen.passed_over == ()


def test_our_own_file_is_all_attached(ours: Mapping[str, bytes]) -> None:
    seen = see_content(ours[".gknb"], ".gknb")
    assert (seen.contents, seen.attached) == ((), ours[".gknb"])


@pytest.mark.parametrize(
    ("suffix", "name"), [(".docx", ".pdf"), (".pdf", ".docx"), (".html", ".xls"), (".gknb", ".doc")]
)
def test_a_wrong_ending_is_told_and_the_file_read(ours: Mapping[str, bytes], suffix: str, name: str) -> None:
    told = see_content(ours[suffix], name)
    right = see_content(ours[suffix], suffix)
    assert (told.contents, told.attached) == (right.contents, right.attached)
    assert f"文件名以“{name}”结尾" in told.passed_over[0]


def zipped(entries: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


TYPES = "[Content_Types].xml"
BOMB = zipped(
    {TYPES: b"spreadsheetml", "xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(60_000_000)}
)
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空的"),
        (BOMB, "大得离谱"),
        (zipped({TYPES: b"wordprocessingml", "word/document.xml": LAUGHS}), "实体"),
        (zipped({TYPES: b"wordprocessingml", "../../evil": b""}), "路径"),
        (zipped({TYPES: b"wordprocessingml"}), "损坏"),
        (zipped({TYPES: b"presentationml"}), "演示文稿"),
        (zipped({"OFD.xml": b""}), "OFD"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (zipped({"年报.docx": b""}), "先解压"),
        (zipped({"a": b"b"})[:-30], "损坏"),
        (container({"EncryptedPackage": b"x"}), "打开密码"),
        (container({"Unheard Of": b"x"}), "认不出"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "损坏"),
        (b"%PDF-1.7 and nothing more", "损坏"),
        (b"{\\rtf1 text}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "图片"),
        (b"BM\x00\x00\x01\x02", "图片"),
        (b"Rar!\x1a\x07", "先解压"),
        (b"MZ\x90\x00\x03", "认不出"),
        (b'{"format": "other"}', "不是年报台"),
        (b'{"format": "reportdesk", "version": 1, "cel', "损坏"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "XML"),
        (b"<html>" + b"a" * 52_000_000, "太大"),
        (bytes(MAX_FILE + 1), "认不出"),
    ],
    ids=range(24),
)
def test_each_attack_and_each_mistake_meets_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence) as refused:
        see_content(content, ".docx")
    assert str(refused.value).endswith("。")
    assert "\n" not in str(refused.value)


def test_text_is_read_whatever_its_charset_and_line_ends() -> None:
    for content in (
        "一、总体情况\r\n规章\t1\r\n文件\t2\r\n".encode("gb18030"),
        "一、总体情况\n规章\t1\n文件\t2".encode("utf-16"),
    ):
        seen = see_content(content, ".txt")
        assert paragraphs(seen) == ["一、总体情况"]
        assert [cell.text for cell in tables(seen)[0].cells] == ["规章", "1", "文件", "2"]


def test_a_bitmaps_first_letters_make_no_picture_of_a_text() -> None:
    assert paragraphs(see_content(b"BM is how this text begins", ".txt")) == ["BM is how this text begins"]


def test_what_is_no_file_or_cannot_be_opened_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.docx", Path("a\x00b.docx")):
        with pytest.raises(UnreadableError, match=r"(找不到|打不开)文件|是文件夹，不是文件"):
            see(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
def test_a_pipe_is_no_file_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.docx"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableError, match="管道或设备"):
        see(pipe)


def test_a_file_larger_than_any_report_is_not_read_into_memory(tmp_path: Path) -> None:
    large = tmp_path / "large.docx"
    with large.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(UnreadableError, match="太大"):
        see(large)


def test_relationships_that_lead_outside_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret/>", encoding="utf-8")
    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries["_rels/.rels"] = entries["_rels/.rels"].replace(b"word/document.xml", secret.as_uri().encode())
    assert see_content(zipped(entries), ".docx").contents == ()
