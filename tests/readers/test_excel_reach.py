"""Addresses and counts that no sheet has: refused in a sentence before calamine makes room for them."""

import io
import re
import struct
import zipfile

import pytest
from openpyxl import Workbook

from reportdesk.readers.excel.extent import refuse_far
from reportdesk.readers.excel.reader import read_excel
from reportdesk.readers.files.visible import UnreadableError
from tests.readers.office import FOLDER
from tests.readers.ole import container
from tests.readers.shown import tables, texts

SHEET = "xl/worksheets/sheet1.xml"


def workbook(old: bytes, new: bytes) -> bytes:
    """A workbook of 3 × 3 numbers in whose sheet one thing is written otherwise."""
    book, changed = Workbook(), io.BytesIO()
    for row in range(3):
        book.worksheets[0].append([row, 7, 8])
    book.save(changed)
    entries = zipfile.ZipFile(changed)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in entries.namelist():
            content = entries.read(name)
            if name == SHEET:
                assert old in content
                content = content.replace(old, new)
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "spelled",
    [
        b'r="B2147483647"', b'r="B99999999999"', b'r = "B2147483647"', b"r='B2147483647'", b'r="b2147483647"',
        b'r="&#66;2147483647"', b'r="XFE2"', b'r="ZZZZ2"', b'r="B0"', b'r="B-2"', b'r=""', b'r="2"', b'r="$B$2"',
    ],
)  # fmt: skip
def test_an_address_beyond_a_sheet_is_refused_however_it_is_spelled(spelled: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"。$"):
        read_excel(workbook(b'r="B2"', spelled))


@pytest.mark.parametrize(
    "spelled",
    [
        b'<row r="2147483647"',
        b'<row r="7000000000"',
        b'<row r = "70000000"',
        b'<row spans="1:3" r="70000000"',
    ],
)
def test_a_row_beyond_a_sheet_is_refused_however_it_is_spelled(spelled: bytes) -> None:
    with pytest.raises(UnreadableError, match="范围太大"):
        read_excel(workbook(b'<row r="2"', spelled))


def test_cells_without_addresses_are_counted_before_they_are_placed() -> None:
    row, last = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>", b"<row><c><v>1</v></c></row>" * 2_000
    with pytest.raises(UnreadableError, match="范围太大"):
        refuse_far(b"<worksheet><sheetData>" + row + last + b"</sheetData></worksheet>")


@pytest.mark.parametrize("spelled", [b'r = "B2"', b"r='B2'", b""])
def test_an_odd_spelling_of_a_cell_that_is_there_is_read(spelled: bytes) -> None:
    (table,) = tables(read_excel(workbook(b'r="B2"', spelled)))
    assert texts(table) == ["0", "7", "8", "1", "7", "8", "2", "7", "8"]


def test_merges_over_the_whole_sheet_are_not_walked_through() -> None:
    merges = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % row for row in range(1, 400))
    content = workbook(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")
    assert texts(tables(read_excel(content))[0])[0] == "0"


@pytest.mark.parametrize("name", ["row-of-ten-digits.xlsx", "forged-extent.xls"])
def test_workbooks_that_ended_the_process_are_refused(name: str) -> None:
    with pytest.raises(UnreadableError, match=r"。$"):
        read_excel((FOLDER / name).read_bytes())


@pytest.mark.parametrize(
    "extent",
    [struct.pack("<IIHHH", 0x40000, 15, 0, 2, 0), struct.pack("<IIHHH", 0, 2**32 - 1, 0, 255, 0)],
    ids=["backwards", "endless"],
)
def test_an_extent_of_an_old_sheet_that_no_sheet_has_is_refused(extent: bytes) -> None:
    records = struct.pack("<HH16x", 0x809, 16) + struct.pack("<HH", 0x200, 14) + extent
    with pytest.raises(UnreadableError, match="范围太大"):
        read_excel(container({"Workbook": records}))


def test_a_forged_count_of_shared_texts_is_refused() -> None:
    records = struct.pack("<HH16x", 0x809, 16) + struct.pack("<HHii", 0xFC, 8, 2**31 - 1, 2**31 - 1)
    with pytest.raises(UnreadableError, match="损坏"):
        read_excel(container({"Workbook": records}))


@pytest.mark.parametrize("place", [0x28, 0x2C, 0x40, 0x48])
def test_a_container_that_claims_sectors_it_lacks_is_refused(place: int) -> None:
    content = bytearray((FOLDER / "forged-extent.xls").read_bytes())
    extent = re.search(rb"\x00\x02\x0e\x00\x00\x00\x04\x00\x0f\x00\x00\x00", content)
    assert extent
    content[extent.start() + 4 : extent.start() + 8] = bytes(4)  # sound but for the head
    struct.pack_into("<I", content, place, 0x7FFFFFFF)
    with pytest.raises(UnreadableError, match="损坏"):
        read_excel(bytes(content))
