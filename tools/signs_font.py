"""Makes resources/fonts/signs.ttf: the signs of GBK that no other bundled face has, such as ㎡ ㎏ ≦; the source lacks ≒.

Run by hand when the source changes: ``python -m tools.signs_font NotoSerifCJK-Regular.ttc``, the file of Debian's
package fonts-noto-cjk 1:20220127+repack1-1, with fonttools 4.55.3 installed, which nothing else here needs. The
same source gives the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from reportdesk.exports.style import Face
from reportdesk.exports.typesetting.fonts import bundled_faces

_TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "signs.ttf"
_SOURCE_DIGEST = "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481"
_FACE = 2
"""Of the collection: SC."""
_NAME = "ReportDesk Signs"
_ERROR = 1.0
"""How far a quadratic outline may leave the cubic one, in thousandths of the size."""
_NAMES = {1: _NAME, 2: "Regular", 3: _NAME, 4: _NAME, 6: "ReportDeskSigns-Regular"}
_KEPT_NAMES = (0, 13, 14)
"""Copyright, licence and where the licence stands."""
_LEFT_OUT = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "CFF ", "DSIG")


def main(arguments: list[str]) -> int:
    """Write the face from the collection."""
    source = Path(arguments[0])
    if hashlib.sha256(source.read_bytes()).hexdigest() != _SOURCE_DIGEST:
        print("not the file that this face is made of")
        return 1
    signs = "".join(lacking())
    font = import_module("fontTools.ttLib").TTFont(source, fontNumber=_FACE, recalcTimestamp=False)
    _cut(font, signs)
    _make_quadratic(font)
    _rename(font)
    font.save(_TARGET, reorderTables=True)
    print(f"{len(font.getBestCmap())} signs, {_TARGET.stat().st_size} bytes")
    return 0


def lacking() -> Iterator[str]:
    """The characters of GBK that no bundled face but this one has, however they are set."""
    faces = bundled_faces()
    for code in range(0x8140, 0xFEFF):
        try:
            char = code.to_bytes(2).decode("gbk")
        except UnicodeDecodeError:
            continue
        if len(char) == 1:
            chosen = faces.choose(char, Face.SONG)
            if chosen is None or chosen.font.path == _TARGET:
                yield char


def _cut(font: Any, signs: str) -> None:
    subset = import_module("fontTools.subset")
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(text=signs)
    cutter.subset(font)
    for table in _LEFT_OUT[:-2]:
        if table in font:
            del font[table]


def _make_quadratic(font: Any) -> None:
    """TrueType outlines, which are all that reportlab embeds."""
    quadratic, pen_of = import_module("fontTools.pens.cu2quPen"), import_module("fontTools.pens.ttGlyphPen")
    new_table = import_module("fontTools.ttLib").newTable
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = pen_of.TTGlyphPen(None)
        drawn[name].draw(quadratic.Cu2QuPen(pen, _ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"], font["glyf"] = new_table("loca"), new_table("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    maxima = font["maxp"]
    maxima.tableVersion = 0x00010000
    for name in ("Zones", "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs"):
        setattr(maxima, f"max{name}", 1 if name == "Zones" else 0)
    for name in ("StackElements", "SizeOfInstructions", "ComponentElements"):
        setattr(maxima, f"max{name}", 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def _rename(font: Any) -> None:
    table = font["name"]
    table.names = [one for one in table.names if one.nameID in _KEPT_NAMES and one.langID == 0x409]
    for number, text in _NAMES.items():
        table.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
