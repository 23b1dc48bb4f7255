""".doc files: refused in plain words where they cannot be read; the rest is in test_foreign."""

import struct
from collections.abc import Mapping

import pytest

from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.word.doc_binary import read_legacy
from tests.readers.ole import container
from tests.readers.shown import outline, paragraphs, tables, texts


def document(
    text: str, *, version: int = 0xC1, flags: int = 0x0200, looks: Mapping[int, bytes] | None = None
) -> dict[str, bytes]:
    """The streams of a .doc with that text; ``looks`` gives properties of the paragraph that ends there."""
    stream = bytearray(0x400)
    struct.pack_into("<HH", stream, 0, 0xA5EC, version)
    struct.pack_into("<H", stream, 0x0A, flags)
    struct.pack_into("<I", stream, 0x4C, len(text))
    clx = b"\x02" + struct.pack("<IIIHIH", 16, 0, len(text), 0, 0x400, 0)
    page = _page(looks or {})
    table = clx + struct.pack("<III", 0, 0xFFFFFF, 0x400 // 512 + _sectors(text))
    struct.pack_into("<II", stream, 0x1A2, 0, len(clx))
    struct.pack_into("<II", stream, 0x102, len(clx), 12)
    body = text.encode("utf-16-le").ljust(_sectors(text) * 512, b"\x00")
    return {"WordDocument": bytes(stream) + body + page, "1Table": table}


def _sectors(text: str) -> int:
    return -(-2 * len(text) // 512)


def _page(looks: Mapping[int, bytes]) -> bytes:
    """A page of paragraphs' properties, each for the one character at its place."""
    places = sorted(looks)
    starts = [0x400 + 2 * place for place in places]
    ends = [*starts[1:], starts[-1] + 2] if starts else [0]
    page = bytearray(512)
    struct.pack_into(f"<{len(starts) + 1}I", page, 0, *starts, ends[-1])
    at = 510
    for number, place in enumerate(places):
        group = struct.pack("<H", 0) + looks[place]
        group += b"\x00" * (len(group) % 2)
        at -= len(group) + 2
        at -= at % 2
        page[at : at + 2] = bytes([0, len(group) // 2])
        page[at + 2 : at + 2 + len(group)] = group
        page[4 * (len(starts) + 1) + 13 * number] = at // 2
    page[511] = len(starts)
    return bytes(page)


IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x17\x24\x01"


def row_of(*edges: int, flags: tuple[int, ...] = ()) -> bytes:
    cells = len(edges) - 1
    body = bytes([cells]) + struct.pack(f"<{cells + 1}h", *edges)
    body += b"".join(struct.pack("<H18x", flags[number] if flags else 0) for number in range(cells))
    return b"\x08\xd6" + struct.pack("<H", len(body) + 1) + body


def test_text_is_read_without_the_codes_of_fields() -> None:
    text = "一、总体情况\r第\x13 PAGE \x14 5\x15页\x0b又一行\r尾\r"
    assert paragraphs(read_legacy(container(document(text)))) == ["一、总体情况", "第 5页", "又一行", "尾"]


def test_cells_stand_where_their_rows_define_them() -> None:
    text = "前\r头\x07\x07侧\x071\x07\x07\x072\x07\x07后\r"
    marks = {place: IN_TABLE for place, char in enumerate(text) if char == "\x07"}
    first, second, third = (
        place for place in marks if text[place - 1] == "\x07" and text[place : place + 2] != "\x072"
    )
    marks[first] = IN_TABLE + ROW_END + row_of(0, 2000)
    marks[second] = IN_TABLE + ROW_END + row_of(0, 1000, 2003, flags=(0x60, 0))
    marks[third] = IN_TABLE + ROW_END + row_of(5, 1010, 2000, flags=(0x20, 0))
    seen = read_legacy(container(document(text, looks=marks)))
    assert outline(seen) == [
        (0, "前"),
        [("头", (0, 0, 1, 2)), ("侧", (1, 0, 2, 1)), ("1", (1, 1, 1, 1)), ("2", (2, 1, 1, 1))],
        (0, "后"),
    ]


def test_a_table_whose_rows_are_not_defined_is_still_read() -> None:
    text = "规章\x071\x07\x07"
    looks = {2: IN_TABLE, 4: IN_TABLE, 5: IN_TABLE + ROW_END}
    (table,) = tables(read_legacy(container(document(text, looks=looks))))
    assert texts(table) == ["规章", "1"]


def test_macros_and_objects_are_named() -> None:
    told = "".join(read_legacy(container(document("字\r"), ("Macros", "ObjectPool"))).passed_over)
    assert "宏，没有运行" in told
    assert "嵌入的对象" in told


@pytest.mark.parametrize(
    ("streams", "sentence"),
    [
        ({"EncryptedPackage": b"secret", "EncryptionInfo": b""}, "打开密码"),
        (document("字\r", flags=0x0300), "打开密码"),
        (document("字\r", version=0x68), "很旧的 Word"),
        ({"PowerPoint Document": b""}, "不是文字文件"),
        ({"WordDocument": b"\x00" * 5000}, "很旧的 Word"),
        ({"WordDocument": document("字\r")["WordDocument"]}, "损坏"),
        (document("字\r") | {"1Table": b"\x07" * 600}, "损坏"),
    ],
    ids=["OOXML", "doc", "Word 6", "slides", "zeros", "no table", "no pieces"],
)
def test_what_cannot_be_read_is_said_plainly(streams: Mapping[str, bytes], sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read_legacy(container(streams))


def summary(count: int) -> bytes:
    """Word's summary with a title; ``count`` is how many properties it claims."""
    title = "年报".encode("gbk") + b"\x00"
    section = struct.pack("<II", 0, count) + struct.pack("<IIII", 1, 24, 2, 32)
    values = struct.pack("<IHH", 2, 936, 0) + struct.pack("<II", 30, len(title)) + title
    return bytes(44) + struct.pack("<I", 48) + section + values


def test_a_title_is_read() -> None:
    streams = {**document("正文\r"), "\x05SummaryInformation": summary(2)}
    assert read_legacy(container(streams)).properties["title"] == "年报"


def test_a_forged_count_of_properties_keeps_nobody_waiting() -> None:
    streams = {**document("正文\r"), "\x05SummaryInformation": summary(0xFFFFFFFF)}
    seen = read_legacy(container(streams))
    assert "正文" in str(seen.contents)
    assert not seen.properties  # where one thing is forged nothing beside it is believed
