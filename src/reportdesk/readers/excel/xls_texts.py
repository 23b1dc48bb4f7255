"""The shared texts of an .xls and the fonts of their runs, so that what is struck out within one is not read.

After [MS-XLS] 2.4.265 and 2.5.293. A text may go on in a record behind, which says its width anew.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

from reportdesk.readers.excel.texts import CellText, Run
from reportdesk.readers.files.unseen import Reason

_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08


class _Chunks:
    """The bytes of a record and of those that continue it, read one after another."""

    def __init__(self, chunks: Sequence[bytes]) -> None:
        self._chunks = chunks
        self._chunk = self._at = 0

    def take(self, count: int) -> bytes:
        """So many bytes, wherever they go on."""
        taken = b""
        while count and self._chunk < len(self._chunks):
            piece = self._chunks[self._chunk][self._at : self._at + count]
            taken, count, self._at = taken + piece, count - len(piece), self._at + len(piece)
            if count:
                self._chunk, self._at = self._chunk + 1, 0
        if count:
            raise struct.error("a text is cut short")
        return taken

    def characters(self, count: int, *, wide: bool) -> str:
        """So many characters; where they go on in the next record, a byte says how wide they are there."""
        text = ""
        while count and self._chunk < len(self._chunks):
            width = 2 if wide else 1
            piece = self._chunks[self._chunk][self._at : self._at + count * width]
            text += piece.decode("utf-16-le" if wide else "latin-1", "replace")
            count, self._at = count - len(piece) // width, self._at + len(piece)
            if count:
                self._chunk, self._at = self._chunk + 1, 0
                wide = bool(self.take(1)[0] & _WIDE)
        return text


Looks = Callable[[int], tuple[Reason | None, str]]
"""Of a font's number: why text in it is not seen on any ground, and its colour."""


def shared_texts(chunks: Sequence[bytes], looks: Looks) -> dict[int, CellText]:
    """The shared texts of several fonts, by number.

    Raises:
        struct.error: they are cut short.
    """
    reader = _Chunks(chunks)
    _, count = struct.unpack("<ii", reader.take(8))
    found: dict[int, CellText] = {}
    for number in range(count):
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & _RICH else 0
        extended = struct.unpack("<I", reader.take(4))[0] if flags & _EXTENDED else 0
        text = reader.characters(length, wide=bool(flags & _WIDE))
        fonts = [struct.unpack("<HH", reader.take(4)) for _ in range(runs)]
        reader.take(extended)
        if fonts:
            found[number] = _parted(text, fonts, looks)
    return found


def _parted(text: str, fonts: Sequence[tuple[int, ...]], looks: Looks) -> CellText:
    """The runs of a text; what stands before the first has the cell's own font."""
    ends = [*(run[0] for run in fonts[1:]), len(text)]
    runs = []
    for (start, font), end in zip(fonts, ends, strict=True):
        unseen, colour = looks(font)
        runs.append(Run(text[start:end], unseen, colour=colour))
    return CellText((Run(text[: fonts[0][0]], is_plain=True), *runs))
