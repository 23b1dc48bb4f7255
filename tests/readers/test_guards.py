"""What archives and XML are let in, and the sentence that meets the rest."""

import io
import random
import struct
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.readers.files.limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_ENTRIES
from reportdesk.readers.files.safe_xml import parse_part
from reportdesk.readers.files.safe_zip import open_archive
from reportdesk.readers.files.visible import UnreadableError


def packed(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return made.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        open_archive(content).prove()
    sentence = str(refused.value)
    assert sentence.endswith("。")
    return sentence


def test_an_archive_is_read_by_its_names() -> None:
    archive = open_archive(packed({"word/document.xml": b"<a/>", "b": b""}))
    assert set(archive.names) == {"word/document.xml", "b"}
    assert "b" in archive
    assert archive.read("word/document.xml") == b"<a/>"
    archive.prove()


@pytest.mark.parametrize(
    "name", ["../up.xml", "word/../../up.xml", "/etc/passwd", "C:/windows/x", "..\\up.xml", "a/.."]
)
def test_a_path_that_leads_elsewhere_is_refused(name: str) -> None:
    assert "路径" in refusal(packed({name: b"x"}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed({"word/document.xml": bytes(50_000_000)})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert "大得离谱" in refusal(bomb)


def test_many_large_entries_are_refused_together() -> None:
    chance = random.Random(1)
    entry = b"".join(chance.randbytes(100) + bytes(3900) for _ in range(6000))
    assert "大得离谱" in refusal(packed(dict.fromkeys(map(str, range(9)), entry)))


def test_thousands_of_entries_are_refused() -> None:
    assert "小文件" in refusal(packed({f"{number}.xml": b"" for number in range(MAX_ENTRIES + 1)}))


def test_an_entry_that_says_it_needs_a_password_is_refused_as_protected() -> None:
    content = bytearray(packed({"word/document.xml": b"<a/>"}))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + flags] |= 1
    assert "密码" in refusal(bytes(content))


def test_a_size_that_is_a_lie_is_found_when_the_entry_is_read() -> None:
    content = bytearray(packed({"word/document.xml": bytes(100_000)}))
    for sign, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(sign) + size, 100)
    assert "损坏" in refusal(bytes(content))
    with pytest.raises(UnreadableError):
        open_archive(bytes(content)).read("word/document.xml")


def test_two_entries_of_one_name_are_refused() -> None:
    content = packed({"aaa.xml": b"1", "bbb.xml": b"2"}).replace(b"bbb.xml", b"aaa.xml")
    assert "重名" in refusal(content)


@given(st.data())
def test_a_changed_archive_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(packed({"word/document.xml": b"<a>" + b"text " * 50 + b"</a>", "b": b"c"}))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    try:
        archive = open_archive(bytes(content[:cut] if data.draw(st.booleans()) else content))
        archive.prove()
        for name in archive.names:
            archive.read(name)
    except UnreadableError:
        pass


def test_xml_comes_as_its_root() -> None:
    for content in (
        b'<?xml version="1.0" encoding="UTF-8"?><a>\xe5\xb9\xb4</a>',
        b"\xef\xbb\xbf<a>\xe5\xb9\xb4</a>",
        '<?xml version="1.0" encoding="UTF-16"?><a>年</a>'.encode("utf-16"),
    ):
        assert parse_part(content).text == "年"


ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "lol">'
    + "".join(f'<!ENTITY {chr(c + 1)} "{f"&{chr(c)};" * 10}">' for c in range(ord("b"), ord("k")))
    + "]><a>&k;</a>"
)


@pytest.mark.parametrize(
    "content",
    [ENTITIES.encode(), LAUGHS.encode(), ENTITIES.encode("utf-16"), LAUGHS.encode("utf-16-be")],
    ids=["external", "laughs", "external in UTF-16", "laughs in UTF-16"],
)
def test_entities_are_refused_whatever_their_charset(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="实体"):
        parse_part(content)


def test_a_document_type_hidden_in_an_odd_charset_is_not_followed() -> None:
    hidden = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
    with pytest.raises(UnreadableError, match="损坏"):
        parse_part(hidden)


@pytest.mark.parametrize(
    "content",
    [
        b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1),
        b"<r>" + b"<a/>" * (MAX_ELEMENTS + 1) + b"</r>",
        b"<r>" + b"<" * (2 * MAX_ELEMENTS),
        b"<r " + b'a="" ' * MAX_ATTRIBUTES + b'b=""/>',
    ],
    ids=["deep", "wide", "cut", "attributes"],
)
def test_xml_without_measure_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        parse_part(content)


@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"no xml", b"<a>\xff</a>", b"\xff\xfe<", b"<a>&unknown;</a>"]
)
def test_what_is_no_xml_is_refused_as_broken(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="损坏"):
        parse_part(content)
