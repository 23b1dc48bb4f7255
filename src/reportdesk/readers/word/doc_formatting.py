"""What a .doc says of its characters and paragraphs: its text pieces and the pages of properties.

After [MS-DOC], Word (.doc) Binary File Format: 2.4.1 text, 2.4.6 properties, 2.6 sprms. Offsets
called ``fc`` count bytes of the stream WordDocument, those called ``cp`` characters of the text.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from reportdesk.readers.files.limits import MAX_TEXT
from reportdesk.readers.files.refusals import broken, too_large
from reportdesk.readers.files.unseen import SMALLEST, WHITE, Reason, is_pale

_PAGE = 512
_MOST_PAGES = 20_000
_COMPRESSED = 1 << 30
_PRC, _PCDT = 1, 2
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of a sprm's operand by the upper three bits of its name (2.2.5.1); 0 has its own length."""

_MERGED_ON, _MERGED_FIRST = 1, 3


class Sprm(IntEnum):
    """The properties that matter, by their names in the file (2.6.1 to 2.6.3)."""

    DELETED = 0x0800
    INSERTED = 0x0801
    STRUCK = 0x0837
    TWICE_STRUCK = 0x2A53
    HIDDEN = 0x083C
    WEB_HIDDEN = 0x0811
    SIZE = 0x4A43
    COLOUR_NUMBER = 0x2A42
    COLOUR = 0x6870
    GROUND_NUMBER = 0x2A0C
    GROUND = 0xCA71
    CELL_GROUNDS = 0xD612
    RAISED = 0x2A48
    IN_TABLE = 0x2416
    ROW_END = 0x2417
    INNER_CELL = 0x244B
    INNER_ROW_END = 0x244C
    DEPTH = 0x6649
    OUTLINE = 0x2640
    LIST = 0x460B
    ELSEWHERE_95 = 0x6645
    ELSEWHERE = 0x6646
    TABS = 0xC615
    ROW_CELLS = 0xD608
    MERGED_DOWN = 0xD62B


_CELL = 20
_FIRST_ACROSS, _ACROSS, _DOWN, _FIRST_DOWN = 0x01, 0x02, 0x20, 0x40


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: its first character, how many, where its bytes are, and bytes for each."""

    cp: int
    length: int
    fc: int
    width: int


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a row by the twips where it begins and ends, and what it is merged with."""

    left: int
    right: int
    goes_on_across: bool
    begins_down: bool
    goes_on_down: bool


@dataclass(slots=True)
class ParagraphLook:
    """What matters of a paragraph's properties; ``cells`` only at a row's end."""

    style: int = 0
    depth: int = 0
    ends_row: bool = False
    ends_inner_cell: bool = False
    outline: int | None = None
    is_listed: bool = False
    cells: tuple[RowCell, ...] = ()


def pieces(clx: bytes) -> list[Piece]:
    """The text's pieces in order (2.9.38, 2.8.35)."""
    at = 0
    while clx[at] == _PRC:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != _PCDT:
        raise broken()
    (length,) = struct.unpack_from("<I", clx, at + 1)
    plc = clx[at + 5 : at + 5 + length]
    count = (len(plc) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", plc)
    found = []
    for number in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        compressed = bool(where & _COMPRESSED)
        fc = (where & (_COMPRESSED - 1)) // (2 if compressed else 1)
        length = starts[number + 1] - starts[number]
        if length < 0 or starts[number + 1] > MAX_TEXT:
            raise too_large("文件里的文字")
        found.append(Piece(starts[number], length, fc, 1 if compressed else 2))
    return found


class Looks:
    """The paragraphs' properties, asked by where a paragraph's mark is in the stream."""

    def __init__(self, stream: bytes, places: bytes, elsewhere: bytes) -> None:
        runs = sorted(_runs(stream, places, entry=13), key=lambda run: run[0])
        self._starts = [start for start, _, _ in runs]
        self._runs = runs
        self._elsewhere = elsewhere

    def at(self, fc: int) -> ParagraphLook:
        """The look of the paragraph that ends there; a plain one where nothing is said."""
        place = bisect_right(self._starts, fc) - 1
        if place < 0 or fc >= self._runs[place][1]:
            return ParagraphLook()
        content = self._runs[place][2]
        look = ParagraphLook(style=int.from_bytes(content[:2], "little"))
        self._apply(look, content[2:], nested=False)
        return look

    def _apply(self, look: ParagraphLook, group: bytes, *, nested: bool) -> None:
        for name, operand in sprms(group):
            number = int.from_bytes(operand[:4], "little")
            if name in (Sprm.ELSEWHERE, Sprm.ELSEWHERE_95) and not nested:
                length = int.from_bytes(self._elsewhere[number : number + 2], "little")
                self._apply(look, self._elsewhere[number + 2 : number + 2 + length], nested=True)
            else:
                _set(look, name, operand, number)


def _set(look: ParagraphLook, name: int, operand: bytes, number: int) -> None:
    match name:
        case Sprm.IN_TABLE:
            look.depth = max(look.depth, int(bool(number)))
        case Sprm.DEPTH:
            look.depth = number
        case Sprm.ROW_END | Sprm.INNER_ROW_END:
            look.ends_row |= bool(number)
        case Sprm.INNER_CELL:
            look.ends_inner_cell = bool(number)
        case Sprm.OUTLINE:
            look.outline = number
        case Sprm.LIST:
            look.is_listed = bool(number)
        case Sprm.ROW_CELLS:
            look.cells = _row_cells(operand)
        case Sprm.MERGED_DOWN:
            look.cells = _merged_down(look.cells, operand)


@dataclass(slots=True)
class CharacterLooks:
    """Where text is not seen and why, and where it stands raised, by fc; whether any change is tracked."""

    unseen: list[tuple[int, int, Reason]] = field(default_factory=list)
    raised: list[tuple[int, int]] = field(default_factory=list)
    is_revised: bool = False


_ON = (b"\x01", b"\x81")
"""A toggle that is switched on, or against what the style says, which is off nearly always."""
_SWITCHES = {
    Sprm.DELETED: Reason.DELETED,
    Sprm.HIDDEN: Reason.HIDDEN,
    Sprm.WEB_HIDDEN: Reason.HIDDEN,
    Sprm.STRUCK: Reason.STRUCK,
    Sprm.TWICE_STRUCK: Reason.STRUCK,
}
_COLOURS = {
    1: "000000",
    2: "0000FF",
    3: "00FFFF",
    4: "00FF00",
    5: "FF00FF",
    6: "FF0000",
    7: "FFFF00",
    8: WHITE,
}
"""The colours that have numbers (2.9.119)."""
_HALF_POINTS = 2


def character_looks(stream: bytes, places: bytes, *, grounds: bool) -> CharacterLooks:
    """How the characters look, as far as it matters to a reader; ``grounds`` says that cells have colours."""
    looks = CharacterLooks()
    for start, end, content in _runs(stream, places, entry=1):
        said = dict(sprms(content))
        if said.get(Sprm.RAISED, b"")[:1] == b"\x01":
            looks.raised.append((start, end))
        looks.is_revised |= any(said.get(name, b"")[:1] == b"\x01" for name in (Sprm.DELETED, Sprm.INSERTED))
        if reason := _unseen(said, grounds=grounds):
            looks.unseen.append((start, end, reason))
    return looks


def _unseen(said: Mapping[int, bytes], *, grounds: bool) -> Reason | None:
    """Why text with these properties is not seen; None if it is."""
    for name, reason in _SWITCHES.items():
        if said.get(name, b"")[:1] in _ON:
            return reason
    if Sprm.SIZE in said and int.from_bytes(said[Sprm.SIZE][:2], "little") < SMALLEST * _HALF_POINTS:
        return Reason.TINY
    colour = _COLOURS.get(said.get(Sprm.COLOUR_NUMBER, b"\0")[0], "")
    if len(exact := said.get(Sprm.COLOUR, b"")) >= 4 and not exact[3]:  # noqa: PLR2004 - red, green, blue, none
        colour = exact[:3].hex().upper()
    ground = None if grounds else WHITE
    if said.get(Sprm.GROUND_NUMBER, b"\0")[0]:
        ground = _COLOURS.get(said[Sprm.GROUND_NUMBER][0])
    elif len(exact := said.get(Sprm.GROUND, b"")) >= 8 and not exact[7]:  # noqa: PLR2004 - two colours
        ground = exact[4:7].hex().upper()
    return Reason.PALE if colour and is_pale(colour, ground) else None


def has_grounds(stream: bytes, places: bytes) -> bool:
    """Whether a cell has a colour, so that white text may be seen on it."""
    for _, _, content in _runs(stream, places, entry=13):
        for name, operand in sprms(content[2:]):
            if name == Sprm.CELL_GROUNDS:
                backs = (operand[at + 4 : at + 8] for at in range(0, len(operand) - 9, 10))
                if any(not back[3] and back[:3] != b"\xff\xff\xff" for back in backs):
                    return True
    return False


def sprms(group: bytes) -> Iterator[tuple[int, bytes]]:
    """Names and operands of a group of properties; a group cut short ends it."""
    at = 0
    while at + 3 <= len(group):
        name = int.from_bytes(group[at : at + 2], "little")
        at += 2
        length = _OPERANDS[name >> 13]
        if not length:
            length, skipped = _own_length(name, group, at)
            at += skipped
        yield name, group[at : at + length]
        at += length


def _own_length(name: int, group: bytes, at: int) -> tuple[int, int]:
    """An operand's length and how many bytes say so."""
    if name == Sprm.ROW_CELLS:
        return max(0, int.from_bytes(group[at : at + 2], "little") - 1), 2
    length = group[at]
    if name == Sprm.TABS and length == 0xFF:  # noqa: PLR2004 - 2.9.194: then the tabs count themselves
        deleted = group[at + 1]
        return 2 + 4 * deleted + 3 * group[at + 2 + 4 * deleted], 1
    return length, 1


def _row_cells(operand: bytes) -> tuple[RowCell, ...]:
    """A row's cells (2.9.327): how many, their edges, and 20 bytes for each."""
    count = operand[0]
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    cells = []
    for number in range(count):
        at = 1 + 2 * (count + 1) + _CELL * number
        flags = int.from_bytes(operand[at : at + 2], "little")
        cells.append(
            RowCell(
                edges[number],
                edges[number + 1],
                goes_on_across=bool(flags & _ACROSS) and not flags & _FIRST_ACROSS,
                begins_down=bool(flags & _FIRST_DOWN),
                goes_on_down=bool(flags & _DOWN) and not flags & _FIRST_DOWN,
            )
        )
    return tuple(cells)


def _merged_down(cells: Sequence[RowCell], operand: bytes) -> tuple[RowCell, ...]:
    """The cells with one of them merged downwards (2.9.329)."""
    if len(operand) < 2 or operand[0] >= len(cells):  # noqa: PLR2004 - a place and flags
        return tuple(cells)
    place, flags = operand[0], operand[1]
    old = cells[place]
    first, on = flags == _MERGED_FIRST, flags == _MERGED_ON
    changed = RowCell(old.left, old.right, old.goes_on_across, begins_down=first, goes_on_down=on)
    return (*cells[:place], changed, *cells[place + 1 :])


def _runs(stream: bytes, places: bytes, *, entry: int) -> Iterator[tuple[int, int, bytes]]:
    """Runs of like properties: from, to, and the group; ``entry`` is a run's bytes on its page.

    Of characters (2.9.33) an entry is 1 byte, of paragraphs (2.9.174) 13, and there a group begins
    with its style.
    """
    count = (len(places) - 4) // 8
    if count > _MOST_PAGES:
        raise too_large("文件")
    for number in range(count):
        (page,) = struct.unpack_from("<I", places, 4 * (count + 1) + 4 * number)
        content = stream[(page & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(content) < _PAGE:
            continue
        runs = content[-1]
        if 4 * (runs + 1) + entry * runs > _PAGE:
            continue
        starts = struct.unpack_from(f"<{runs + 1}I", content)
        for run in range(runs):
            at = 2 * content[4 * (runs + 1) + entry * run]
            if at:
                yield starts[run], starts[run + 1], _group(content, at, doubled=entry > 1)


def _group(page: bytes, at: int, *, doubled: bool) -> bytes:
    if not doubled:
        return page[at + 1 : at + 1 + page[at]]
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]
