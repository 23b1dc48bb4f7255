"""Reads .doc and .wps of Word 97 to 2003 as far as they can be read: text, tables, no automatic numbers.

Both are the same binary format ([MS-DOC]) in an OLE container. Macros are named and never run.
"""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportdesk.readers.files.assemble import Holding, as_visible, may_be_heading, within_limits
from reportdesk.readers.files.limits import MAX_FILE, MAX_NESTED_TABLES, MAX_TEXT
from reportdesk.readers.files.refusals import broken, protected, too_large
from reportdesk.readers.files.superscripts import raised
from reportdesk.readers.files.unseen import Reason, Unseen, doubt_of
from reportdesk.readers.files.visible import Seen, UnreadableError, Visible, VisibleParagraph
from reportdesk.readers.word.doc_formatting import (
    CharacterLooks,
    Looks,
    ParagraphLook,
    Piece,
    RowCell,
    character_looks,
    has_grounds,
    pieces,
)

if TYPE_CHECKING:
    import olefile

_WORD_SIGN = 0xA5EC
_WORD_97 = 0xC1
_FLAGS_AT, _ENCRYPTED, _OTHER_TABLE = 0x0A, 0x0100, 0x0200
_COUNTS_AT = 0x4C
"""Of the characters: main text, footnotes, heads, macros, comments, endnotes, text boxes."""
_CHARACTERS_AT, _PARAGRAPHS_AT, _CLX_AT = 0xFA, 0x102, 0x1A2
_ANCHORS_AT, _BOXES_AT = 0x1DA, 0x25A
"""Where shapes are anchored in the main text, and which text of the boxes is whose (2.8.37, 2.8.32)."""
_ANCHOR, _BOX, _BOX_SHAPE = 26, 22, 14
_NEAR = 30
"""Edges of cells that differ by fewer twips are one; Word's own rows differ by up to a point."""
_BODY_LEVEL = 9
_TOKENS = re.compile(r"[\x00-\x1f]|[^\x00-\x1f]+")
_SIGNS = {"\t": "\t", "\x0b": "\n", "\x1e": "-"}
_CELL_MARK = "\x07"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    look: ParagraphLook
    mark: str
    end: int = 0
    """Where its mark stands among the characters."""
    unseen: str = ""
    """The signs of why text in it is not seen."""

    def ends_cell(self, depth: int) -> bool:
        """Whether a cell at that depth ends here."""
        if self.look.depth != depth or self.look.ends_row:
            return False
        return self.mark == _CELL_MARK if depth == 1 else self.look.ends_inner_cell


def read_legacy(content: bytes) -> Seen:
    """All that can be read of a .doc or .wps.

    Raises:
        UnreadableError: it is damaged, protected, older than Word 97, or no text document.
    """
    import olefile

    if len(content) > MAX_FILE:
        raise too_large("文件")
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            return _read(container)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # whatever damaged offsets and lengths lead to
        raise broken() from error


def _read(container: olefile.OleFileIO) -> Seen:
    if container.exists("EncryptedPackage"):
        raise protected()
    if not container.exists("WordDocument"):
        raise UnreadableError("这不是文字文件，没有读取。请用原来的软件打开，另存为 .docx 再导入。")
    stream = container.openstream("WordDocument").read()
    sign, version = struct.unpack_from("<HH", stream)
    if sign != _WORD_SIGN or version < _WORD_97:
        raise UnreadableError("这是很旧的 Word 文件，读不了。请用 Word 或 WPS 打开，另存为 .docx 再导入。")
    (flags,) = struct.unpack_from("<H", stream, _FLAGS_AT)
    if flags & _ENCRYPTED:
        raise protected()
    table = container.openstream("1Table" if flags & _OTHER_TABLE else "0Table").read()
    elsewhere = container.openstream("Data").read() if container.exists("Data") else b""
    text = _Text(stream, table, elsewhere)
    contents = within_limits(text.visible())
    return Seen(contents, tuple(_passed_over(container, text)), properties=_properties(container))


class _Text:
    """The characters with what is said of them."""

    def __init__(self, stream: bytes, table: bytes, elsewhere: bytes) -> None:
        self._pieces = pieces(_part(stream, table, _CLX_AT))
        grounds = has_grounds(stream, _part(stream, table, _PARAGRAPHS_AT))
        looks = character_looks(stream, _part(stream, table, _CHARACTERS_AT), grounds=grounds)
        self.is_revised = looks.is_revised
        self._looks = Looks(stream, _part(stream, table, _PARAGRAPHS_AT), elsewhere)
        counts = struct.unpack_from("<7i", stream, _COUNTS_AT)
        if min(counts) < 0 or sum(counts) > MAX_TEXT:
            raise broken()
        self._main, self._before_boxes, self._boxes = counts[0], sum(counts[:6]), counts[6]
        self._places = _places_of_boxes(stream, table, self._boxes)
        self.unseen = Unseen()
        self._text = "".join(_characters(stream, piece, looks, self.unseen) for piece in self._pieces)
        self.pictures = self._text[: self._main].count("\x01")
        self.has_lists = False

    def visible(self) -> Iterator[Visible]:
        """The main text in order, what stands in a text box behind the paragraph that it is anchored in."""
        paragraphs = list(self._paragraphs(0, self._main))
        begin = 0
        for anchor, start, end in self._places:
            last = bisect_left(paragraphs, anchor, key=lambda paragraph: paragraph.end)
            while last < len(paragraphs) and paragraphs[last].look.depth:
                last += 1  # behind the table, which is taken whole
            following = max(begin, min(last + 1, len(paragraphs)))
            yield from _blocks(paragraphs[begin:following], 0)
            boxed = self._paragraphs(self._before_boxes + start, self._before_boxes + end)
            yield from _blocks(list(boxed), 0)
            begin = following
        yield from _blocks(paragraphs[begin:], 0)

    def _paragraphs(self, start: int, end: int) -> Iterator[_Paragraph]:
        """Paragraphs from one character to another, without the codes of fields."""
        shown: list[str] = []
        unseen = ""
        fields: list[bool] = []  # whether the code of each field that has begun is over
        for token in _TOKENS.finditer(self._text, start, min(end, len(self._text))):
            found = token[0]
            if found in "\r\x07\x0c":
                look = self._looks.at(self._fc(token.start()))
                self.has_lists |= look.is_listed
                yield _Paragraph("".join(shown), look, found, token.start(), unseen)
                shown, unseen = [], ""
            elif found == "\x13":
                fields.append(False)
            elif found == "\x14" and fields:
                fields[-1] = True
            elif found == "\x15" and fields:
                fields.pop()
            elif found in _REASONS:
                unseen += found
            elif all(fields):
                shown.append(_SIGNS.get(found, found if found >= " " else ""))
        if shown:
            yield _Paragraph("".join(shown), ParagraphLook(), "\r")

    def _fc(self, cp: int) -> int:
        place = bisect_right(self._pieces, cp, key=lambda piece: piece.cp) - 1
        piece = self._pieces[place]
        return piece.fc + (cp - piece.cp) * piece.width


def _part(stream: bytes, table: bytes, at: int) -> bytes:
    """A part of the table stream, by where the document's head says it is."""
    start, length = struct.unpack_from("<II", stream, at)
    return table[start : start + length]


def _places_of_boxes(stream: bytes, table: bytes, length: int) -> list[tuple[int, int, int]]:
    """Where each text box is anchored, and from where to where its text goes; behind all where none says so."""
    anchors = _part(stream, table, _ANCHORS_AT)
    boxes = _part(stream, table, _BOXES_AT)
    count = max(0, (len(anchors) - 4) // (4 + _ANCHOR))
    cps = struct.unpack_from(f"<{count}I", anchors)
    shapes = {
        struct.unpack_from("<I", anchors, 4 * (count + 1) + _ANCHOR * at)[0]: cps[at] for at in range(count)
    }
    count = max(0, (len(boxes) - 4) // (4 + _BOX))
    starts = struct.unpack_from(f"<{count + 1}I", boxes) if count else ()
    found = [
        (
            shapes.get(
                struct.unpack_from("<I", boxes, 4 * (count + 1) + _BOX * at + _BOX_SHAPE)[0], MAX_TEXT
            ),
            *span,
        )
        for at, span in enumerate(pairwise(starts))
    ]
    sound = sorted((anchor, start, end) for anchor, start, end in found if start < end <= length)
    return sound or ([(MAX_TEXT, 0, length)] if length else [])


def _characters(stream: bytes, piece: Piece, looks: CharacterLooks, unseen: Unseen) -> str:
    """A piece's text, as many characters as it says; those not seen are signs of why, marks of paragraphs stay."""
    end = piece.fc + piece.length * piece.width
    content = stream[piece.fc : end]
    text = content.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
    if len(text) != piece.length:  # a character beyond the BMP counts twice
        text = (
            "".join(map(chr, struct.unpack(f"<{len(content) // 2}H", content))) if piece.width > 1 else text
        )
        text = text.ljust(piece.length, "\x00")[: piece.length]
    text = text.translate(_NO_REASONS)
    changes: list[tuple[int, int, Callable[[str], str]]]
    changes = [(first, last, raised) for first, last in looks.raised]
    changes += [(first, last, _hiding(reason, unseen)) for first, last, reason in looks.unseen]
    for first, last, change in changes:
        if first < end and last > piece.fc:
            start = max(0, (first - piece.fc) // piece.width)
            stop = min(piece.length, (last - piece.fc) // piece.width)
            text = text[:start] + change(text[start:stop]) + text[stop:]
    return text


_REASONS = {
    "\x16": Reason.STRUCK,
    "\x17": Reason.HIDDEN,
    "\x18": Reason.PALE,
    "\x19": Reason.TINY,
    "\x1a": Reason.DELETED,
}
_SIGN_OF = {reason: sign for sign, reason in _REASONS.items()}
_NO_REASONS = dict.fromkeys(map(ord, _REASONS), "\x06")
_KEPT = re.compile("[\r\x07\x0c\x13-\x15]")


def _hiding(reason: Reason, unseen: Unseen) -> Callable[[str], str]:
    """What notes a text that is not seen and puts the sign of the reason for each of its characters."""

    def hide(text: str) -> str:
        unseen.note(reason, re.sub(r"[\x00-\x1f]", "", text))
        return "".join(char if _KEPT.match(char) else _SIGN_OF[reason] for char in text)

    return hide


def _blocks(paragraphs: Sequence[_Paragraph], depth: int) -> Iterator[Visible]:
    """Paragraphs at a depth of tables, and the tables between them."""
    first = 0
    while first < len(paragraphs):
        after = first
        while after < len(paragraphs) and paragraphs[after].look.depth > depth:
            after += 1
        if after > first and depth < MAX_NESTED_TABLES:
            yield from as_visible(_table(paragraphs[first:after], depth + 1))
            first = after
            continue
        paragraph = paragraphs[first]
        text = paragraph.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        for line in text.split("\n"):
            if line.strip():
                yield VisibleParagraph(line, _level(paragraph.look, line))
        first += 1


def _level(look: ParagraphLook, line: str) -> int:
    """A heading's level: what the paragraph says, else the built-in styles 1 to 9 (2.9.260)."""
    if look.outline is not None and look.outline >= _BODY_LEVEL:
        return 0
    if look.outline is not None and may_be_heading(line):
        return look.outline + 1
    return look.style if 1 <= look.style <= _BODY_LEVEL else 0


def _table(paragraphs: Sequence[_Paragraph], depth: int) -> list[Holding]:
    rows: list[tuple[Sequence[RowCell], list[_Content]]] = []
    cells: list[_Content] = []
    waiting: list[_Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.look.depth == depth and paragraph.look.ends_row:
            rows.append((paragraph.look.cells, cells))
            cells, waiting = [], []
            continue
        waiting.append(paragraph)
        if paragraph.ends_cell(depth):
            cells.append(_Content(tuple(_blocks(waiting, depth)), _why_empty(waiting)))
            waiting = []
    if waiting or cells:  # a row that never ends is still seen
        rest = [_Content(tuple(_blocks(waiting, depth)))] if waiting else []
        rows.append(((), [*cells, *rest]))
    return _placed(rows)


class _Content(NamedTuple):
    """What stands in a cell, and why it shows nothing."""

    shown: tuple[Visible, ...]
    doubt: str = ""


def _why_empty(paragraphs: Sequence[_Paragraph]) -> str:
    """Why a cell of these paragraphs shows nothing; empty if it shows something, or has nothing."""
    unseen = "".join(paragraph.unseen for paragraph in paragraphs)
    is_empty = not any(paragraph.text.strip() for paragraph in paragraphs)
    return doubt_of(_REASONS[unseen[0]]) if unseen and is_empty else ""


def _placed(rows: Sequence[tuple[Sequence[RowCell], list[_Content]]]) -> list[Holding]:
    """Cells by the columns that all rows' edges make; merged ones as the first of them."""
    edges = _edges(rows)
    placed: list[Holding] = []
    above: dict[int, int] = {}
    for row, (shapes, contents) in enumerate(rows):
        covered: dict[int, int] = {}
        for number, content in enumerate(contents):
            shape = shapes[number] if number < len(shapes) else None
            column = number if shape is None else _nearest(edges, shape.left)
            columns = 1 if shape is None else max(1, _nearest(edges, shape.right) - column)
            if shape and shape.goes_on_across and placed and placed[-1].row == row:
                last = placed[-1]
                joined = last.contents + content.shown
                placed[-1] = Holding(row, last.column, 1, last.columns + columns, joined)
            elif shape and shape.goes_on_down and column in above:
                first = placed[above[column]]
                rows_covered = row - first.row + 1
                placed[above[column]] = replace(first, rows=rows_covered)
                covered[column] = above[column]
            else:
                if shape and (shape.begins_down or shape.goes_on_down):
                    covered[column] = len(placed)
                placed.append(Holding(row, column, 1, columns, *content))
        above = covered
    return placed


def _edges(rows: Sequence[tuple[Sequence[RowCell], object]]) -> list[int]:
    edges: list[int] = []
    for edge in sorted(
        {side for shapes, _ in rows for shape in shapes for side in (shape.left, shape.right)}
    ):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges


def _nearest(edges: Sequence[int], side: int) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - side))


def _passed_over(container: olefile.OleFileIO, text: _Text) -> Iterator[str]:
    if text.is_revised:
        yield "文件里有修订痕迹，按接受全部修订之后的样子读取。"
    yield from text.unseen.says()
    if text.has_lists:
        yield "文件里有自动编号，旧格式的编号没有读取；请核对各节标题，或者用 Word、WPS 另存为 .docx 再导入。"
    if text.pictures:
        yield f"文件里有 {text.pictures} 张图片，没有读取；如果表格是图片，请照着它录入。"
    if container.exists("Macros"):
        yield "文件里有宏，没有运行，也没有读取。"
    if container.exists("ObjectPool"):
        yield "文件里有嵌入的对象（比如 Excel 表格），没有读取；如果表格在里面，请照着它录入。"


_SUMMARY = "\x05SummaryInformation"
_TOLD = {2: "title", 3: "subject", 4: "author"}
_CODEPAGE, _SHORT, _BYTES = 1, 2, 30
"""A property's number, and the types of numbers and of text in [MS-OLEPS]."""

_MOST_TOLD = 64
"""Properties that are looked at; Word writes some eighteen."""


def _properties(container: olefile.OleFileIO) -> dict[str, str]:
    """What the file says of itself, as far as that is sound.

    Read here and not by olefile, which believes a forged count and goes on for minutes.
    """
    try:
        content = container.openstream(_SUMMARY).read()
        entries = dict(_entries(content))
        charset = _charset(content, entries.get(_CODEPAGE))
        told = {name: _told(content, entries.get(number), charset) for number, name in _TOLD.items()}
    except (OSError, ValueError, struct.error, LookupError):
        return {}
    return {name: text for name, text in told.items() if text}


def _entries(content: bytes) -> Iterator[tuple[int, int]]:
    """Each property's number, and where its type and value stand."""
    (section,) = struct.unpack_from("<I", content, 44)
    (count,) = struct.unpack_from("<I", content, section + 4)
    for index in range(min(count, _MOST_TOLD)):
        number, offset = struct.unpack_from("<II", content, section + 8 + 8 * index)
        yield number, section + offset


def _charset(content: bytes, place: int | None) -> str:
    if place is None:
        return "utf-8"
    kind, page = struct.unpack_from("<IH", content, place)
    return f"cp{page}" if kind == _SHORT and page != _UTF_8 else "utf-8"


_UTF_8 = 65001


def _told(content: bytes, place: int | None, charset: str) -> str:
    if place is None:
        return ""
    kind, length = struct.unpack_from("<II", content, place)
    if kind != _BYTES:
        return ""
    return content[place + 8 : place + 8 + length].rstrip(b"\x00").decode(charset)
