"""One list of endings: what can be read can be chosen and dropped, and so can what is refused by name."""

import io
import re
import zipfile

import pytest

from reportdesk.readers.endings import FOREIGN, OFFERED, REFUSED, SUFFIXES, FileKind
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.open_file import see_content
from reportdesk.resources import resource


def archive(**entries: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for name, text in entries.items():
            zipped.writestr(name.replace("_", "."), text)
    return packed.getvalue()


OPEN_DOCUMENT = archive(mimetype="application/vnd.oasis.opendocument.text")
REFUSALS = {
    ".rtf": (b"{\\rtf1 x}", "这是 RTF 文件，没有读取。请用原来的软件打开，另存为"),
    ".odt": (OPEN_DOCUMENT, "这是 OpenDocument 文件，没有读取。请用原来的软件打开，另存为"),
    ".ott": (OPEN_DOCUMENT, "这是 OpenDocument 文件，没有读取。请用原来的软件打开，另存为"),
    ".ods": (OPEN_DOCUMENT, "这是 OpenDocument 文件，没有读取。请用原来的软件打开，另存为"),
    ".ots": (OPEN_DOCUMENT, "这是 OpenDocument 文件，没有读取。请用原来的软件打开，另存为"),
    ".ofd": (archive(OFD_xml="<x/>"), "这是 OFD 版式文件，没有读取。请照着它录入"),
    ".zip": (archive(a_txt="x"), "这是压缩包，没有读取。请先解压"),
    ".rar": (b"Rar!\x1a\x07\x01\x00", "这是压缩包，没有读取。请先解压"),
    ".7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "这是压缩包，没有读取。请先解压"),
}


@pytest.mark.parametrize("suffix", REFUSED)
def test_what_is_offered_and_not_read_is_refused_by_name_with_what_to_do(suffix: str) -> None:
    content, begins = REFUSALS[suffix]
    with pytest.raises(UnreadableError) as refused:
        see_content(content, suffix)
    assert str(refused.value).startswith(begins)


def test_endings_are_offered_once_and_written_as_names_end() -> None:
    assert len(set(OFFERED)) == len(OFFERED)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in OFFERED)
    assert {".mht", ".docm", ".xlsm", ".csv", ".wps", ".et", ".tsv"} < set(FOREIGN)


def test_every_kind_of_file_has_endings_and_help_tells_of_one_and_of_none_that_is_not_offered() -> None:
    assert set(SUFFIXES) == set(FileKind)
    told = resource("help", "import.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\.[a-z]{2,5}\b(?=[、，和 |])", told))
    assert named <= {*OFFERED, *SUFFIXES[FileKind.REPORT]}
    for kind, suffixes in SUFFIXES.items():
        assert named & set(suffixes) or (kind is FileKind.PDF and "| PDF |" in told), kind
