"""Reads of a TrueType file just what choosing a face and setting a line needs: names, glyphs, widths.

Nothing is parsed beforehand: the file is mapped into memory and a character is looked up where
it stands, so that opening a face costs next to nothing and no parsed copy has to be kept.
Raises ``FontFileError`` for a file that is no such font. Embedding is ``fonts``'s.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sys import byteorder
from typing import BinaryIO

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_COLLECTION = b"ttcf"
_NAMES = (1, 4, 6, 16)
"""Family, full, PostScript and typographic family name."""
_MAX_SUBFONTS = 64
_RIGHTS_AT = 8
"""Where fsType stands in OS/2, two bytes."""
_FORBIDDEN = 0x0300
"""OS/2 fsType: no subsetting, bitmaps only."""
_RESTRICTED = 0x0002
_UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


class FontFileError(ValueError):
    """The file is no TrueType font that can be read."""


@dataclass(frozen=True, slots=True)
class FontNames:
    """One face in a file: where it is and every name it goes by."""

    path: Path
    index: int
    names: frozenset[str]


def read_names(path: Path) -> Iterator[FontNames]:
    """The faces with TrueType outlines in a file; nothing for any other file.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file, suppress(FontFileError, struct.error):
        for index, offset in enumerate(_offsets(lambda start, end: _read(file, start, end))):
            tables = _directory(lambda start, end: _read(file, start, end), offset)
            if "glyf" in tables and "name" in tables:
                names = _names(_read(file, *tables["name"]))
                yield FontNames(path, index, frozenset(names))


class FontFile:
    """A face ready for measuring; ``tables`` says from where to where each table reaches.

    Raises:
        FontFileError: no TrueType outlines, or no Unicode character map.
        OSError: the file cannot be read.
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.index = index
        try:
            with path.open("rb") as file:
                self.content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            offset = _offsets(self._slice)[index]
            self.tables = _directory(self._slice, offset)
            self.names = _names(self._table("name"))
            self._read_metrics()
            self._glyph_of = self._character_map()
        except (struct.error, IndexError, KeyError, ValueError) as error:
            raise FontFileError(str(path)) from error

    def glyph_of(self, code: int) -> int:
        """The glyph of a code point, 0 where the face has none."""
        glyph = self._glyph_of(code)
        return glyph if glyph < self.glyph_count else 0

    def metrics_of(self, glyph: int) -> tuple[int, int]:
        """Advance width and left side bearing of a glyph, in the font's units."""
        start, _ = self.tables["hmtx"]
        if glyph < self._full_metrics:
            advance, bearing = struct.unpack_from(">HH", self.content, start + 4 * glyph)
            return advance, bearing
        (advance,) = struct.unpack_from(">H", self.content, start + 4 * self._full_metrics - 4)
        bearings = start + 4 * self._full_metrics
        (bearing,) = struct.unpack_from(">H", self.content, bearings + 2 * (glyph - self._full_metrics))
        return advance, bearing

    def advance_of(self, glyph: int) -> float:
        """How far a glyph advances, in sizes of the type."""
        advance, _ = self.metrics_of(glyph)
        return advance / self.units_per_em

    def glyph_places(self) -> array[int]:
        """Where each glyph begins in the table of outlines, and where the last one ends."""
        if self._long_places:
            return _big_endian("I", self._table("loca")[: 4 * (self.glyph_count + 1)])
        short = _big_endian("H", self._table("loca")[: 2 * (self.glyph_count + 1)])
        return array("I", (2 * place for place in short))

    @property
    def may_embed(self) -> bool:
        """Whether the maker allows a subset of the face to be embedded."""
        if "OS/2" not in self.tables:
            return True
        (rights,) = struct.unpack_from(">H", self.content, self.tables["OS/2"][0] + _RIGHTS_AT)
        return rights & 0x000F != _RESTRICTED and not rights & _FORBIDDEN

    def _slice(self, start: int, end: int) -> bytes:
        return self.content[start:end]

    def _table(self, tag: str) -> bytes:
        return self.content[slice(*self.tables[tag])]

    def _read_metrics(self) -> None:
        for tag in ("glyf", "loca", "hmtx", "head"):
            if tag not in self.tables:
                raise FontFileError(f"{self.path}: no table {tag}")
        head = self.tables["head"][0]
        self.units_per_em: int
        (self.units_per_em,) = struct.unpack_from(">H", self.content, head + 18)
        (self._long_places,) = struct.unpack_from(">H", self.content, head + 50)
        (self.glyph_count,) = struct.unpack_from(">H", self.content, self.tables["maxp"][0] + 4)
        (self._full_metrics,) = struct.unpack_from(">H", self.content, self.tables["hhea"][0] + 34)
        if not self.units_per_em or not self._full_metrics:
            raise FontFileError(f"{self.path}: no metrics")
        self._refuse_cut_short()

    def _refuse_cut_short(self) -> None:
        """A file that ends before what is read of it later, as one that was copied in part."""
        start, end = self.tables["loca"]
        places = (end - start) // (4 if self._long_places else 2)
        bearings = 2 * max(0, self.glyph_count - self._full_metrics)
        last = max(
            self.tables["glyf"][1],
            end,
            self.tables["hmtx"][0] + 4 * self._full_metrics + bearings,
            self.tables.get("OS/2", (0, 0))[0] + _RIGHTS_AT + 2,
        )
        if places <= self.glyph_count or last > len(self.content):
            raise FontFileError(f"{self.path}: cut short")

    def _character_map(self) -> Callable[[int], int]:
        table = self._table("cmap")
        (count,) = struct.unpack_from(">H", table, 2)
        found = {
            struct.unpack_from(">HH", table, 4 + 8 * n): struct.unpack_from(">I", table, 8 + 8 * n)[0]
            for n in range(count)
        }
        for kind in _UNICODE_TABLES:
            if kind in found:
                subtable = table[found[kind] :]
                (layout,) = struct.unpack_from(">H", subtable)
                if layout in _LAYOUTS:
                    return _LAYOUTS[layout](subtable)
        raise FontFileError(f"{self.path}: no Unicode character map")


def _segments(table: bytes) -> Callable[[int], int]:
    """Look-up in a character map of format 4: up to U+FFFF."""
    (length, _, doubled) = struct.unpack_from(">HHH", table, 2)
    count = doubled // 2
    words = _big_endian("H", table[14 : length - length % 2])
    ends = words[:count]
    starts = words[count + 1 : 2 * count + 1]
    deltas = words[2 * count + 1 : 3 * count + 1]
    ranges_at = 3 * count + 1
    if len(words) < ranges_at + count:
        raise FontFileError("a character map that is cut short")

    def glyph_of(code: int) -> int:
        segment = bisect_left(ends, code)
        if segment == count or code < starts[segment]:
            return 0
        offset = words[ranges_at + segment]
        if not offset:
            return (code + deltas[segment]) & 0xFFFF
        place = ranges_at + segment + offset // 2 + code - starts[segment]
        glyph = words[place] if place < len(words) else 0
        return (glyph + deltas[segment]) & 0xFFFF if glyph else 0

    return glyph_of


def _groups(table: bytes) -> Callable[[int], int]:
    """Look-up in a character map of format 12: all of Unicode."""
    (count,) = struct.unpack_from(">I", table, 12)
    words = _big_endian("I", table[16 : 16 + 12 * count])
    if len(words) < 3 * count:
        raise FontFileError("a character map that is cut short")
    starts, ends, glyphs = words[0::3], words[1::3], words[2::3]

    def glyph_of(code: int) -> int:
        group = bisect_right(starts, code) - 1
        if group < 0 or code > ends[group]:
            return 0
        return glyphs[group] + code - starts[group]

    return glyph_of


_LAYOUTS = {4: _segments, 12: _groups}


def _big_endian(kind: str, content: bytes) -> array[int]:
    numbers = array(kind)
    numbers.frombytes(content)
    if byteorder == "little":
        numbers.byteswap()
    return numbers


def _read(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def _offsets(read: Callable[[int, int], bytes]) -> list[int]:
    """Where each face of the file begins: one, or several in a collection."""
    head = read(0, 12)
    if head[:4] != _COLLECTION:
        return [0]
    count = min(struct.unpack_from(">I", head, 8)[0], _MAX_SUBFONTS)
    return list(struct.unpack(f">{count}I", read(12, 12 + 4 * count)))


def _directory(read: Callable[[int, int], bytes], offset: int) -> dict[str, tuple[int, int]]:
    """From where to where each table of the face reaches."""
    head = read(offset, offset + 12)
    if head[:4] not in _TRUETYPE:
        raise FontFileError("no TrueType outlines")
    (count,) = struct.unpack_from(">H", head, 4)
    records = read(offset + 12, offset + 12 + 16 * count)
    tables = {}
    for tag, _, start, length in struct.iter_unpack(">4sIII", records[: 16 * count]):
        tables[tag.decode("latin-1")] = (start, start + length)
    return tables


def _names(table: bytes) -> set[str]:
    """Every family, full and PostScript name, in whatever language."""
    _, count, strings = struct.unpack_from(">HHH", table)
    names = set()
    for n in range(count):
        platform, encoding, _, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * n)
        if kind not in _NAMES:
            continue
        written = table[strings + offset : strings + offset + length]
        with suppress(UnicodeDecodeError):
            names.add(written.decode(_encoding(platform, encoding)).strip("\0 "))
    return names - {""}


def _encoding(platform: int, encoding: int) -> str:
    simplified_chinese = 25
    if platform == 1:
        return "gb18030" if encoding == simplified_chinese else "mac_roman"
    return "utf-16-be"
