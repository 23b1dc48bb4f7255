"""Embeds faces into a PDF that reportlab writes: subsets, widths, and the text behind the glyphs.

reportlab's own TrueType fonts parse the whole file value by value, are cut into pieces of 256
characters, and write a wrong ToUnicode beyond U+FFFF, so that 𬭎 cannot be found. Here a face is
one Type 0 font whose character codes count up in order of use: see docs/adr/0011.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontFace
from reportlab.pdfgen.canvas import Canvas

from reportdesk.exports.pdf.objects import stream
from reportdesk.exports.typesetting.truetype import FontFile

_OUTLINE_COMPRESSION = 3
_ENTRIES_AT_A_TIME = 100
"""As many lines as one block of a ToUnicode map may have."""


class _Mapped:
    """A font file that reportlab may read without copying it."""

    def __init__(self, font: FontFile) -> None:
        self.name = str(font.path)
        self._content = font.content

    def read(self) -> Any:
        return self._content


class _Glyphs:
    """Looks a code point's glyph up where reportlab expects a dictionary."""

    def __init__(self, font: FontFile) -> None:
        self._glyph_of = font.glyph_of

    def __contains__(self, code: int) -> bool:
        return bool(self._glyph_of(code))

    def __getitem__(self, code: int) -> int:
        return self._glyph_of(code)


class _Metrics:
    """Looks a glyph's metrics up where reportlab expects a list."""

    def __init__(self, font: FontFile) -> None:
        self._metrics_of = font.metrics_of

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self._metrics_of(glyph)


class _Outlines:
    """Cuts a glyph's outline out of the mapped file where reportlab would copy the whole table."""

    def __init__(self, font: FontFile) -> None:
        self._content = font.content
        self._start, _ = font.tables["glyf"]

    def __getitem__(self, place: slice) -> bytes:
        return self._content[self._start + place.start : self._start + place.stop]


class _SubsetFace(TTFontFace):
    """reportlab's face, for its subsets; what it would parse value by value is looked up."""

    def __init__(self, font: FontFile) -> None:
        self._font = font
        super().__init__(_Mapped(font), subfontIndex=font.index)

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803, ARG002 - reportlab's names
        super().extractInfo(charInfo=0)
        self.charToGlyph = _Glyphs(self._font)
        self.hmetrics = _Metrics(self._font)
        self.glyphPos = self._font.glyph_places()
        self.defaultWidth = 1000 * self._font.advance_of(0)

    def get_table(self, tag: str) -> Any:
        return _Outlines(self._font) if tag == "glyf" else super().get_table(tag)  # type: ignore[no-untyped-call]


class EmbeddedFont:
    """One face within one PDF: gives out character codes and at the end writes the font.

    Has what reportlab asks of a font that is written last: ``fontName``, ``face``, ``addObjects``.
    """

    def __init__(self, font: FontFile, document: Any, number: int) -> None:
        self.face = _SubsetFace(font)
        self.fontName = f"F{number}"
        self._font = font
        self._codes: dict[str, int] = {}
        document.fontMapping[self.fontName] = f"/{self.fontName}"
        document.delayedFonts.append(self)

    def encode(self, text: str) -> str:
        """The text as the hexadecimal string of a text operator."""
        codes = self._codes
        return "".join([f"{codes.setdefault(char, len(codes) + 1):04x}" for char in text])

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab's name
        """Write the font with all characters it was used for."""
        name = f"{_tag(self.fontName)}+{self.face.name.decode('ascii')}"
        characters = [ord(char) for char in self._codes]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._descriptor(document, name, characters),
                "DW": 1000,
                "W": f"[1 [{self._widths(characters)}]]",
                "CIDToGIDMap": document.Reference(stream(self._glyph_numbers(characters)), f"{name} glyphs"),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"{name} descendant")]),
                "ToUnicode": document.Reference(
                    stream(_to_unicode(self._codes).encode("ascii")), f"{name} text"
                ),
            }
        )
        document.idToObject["BasicFonts"].dict[self.fontName] = document.Reference(font, self.fontName)

    def _descriptor(self, document: Any, name: str, characters: list[int]) -> Any:
        """The face's measures and its subset; outlines hardly shrink more by pressing harder."""
        face = self.face
        subset = face.makeSubset(characters)
        file = stream(subset, {"Length1": len(subset)}, compression=_OUTLINE_COMPRESSION)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(name),
                "Flags": face.flags,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "FontFile2": document.Reference(file, f"{name} file"),
                "CIDSet": document.Reference(stream(_all_codes(len(characters) + 1)), f"{name} codes"),
            }
        )
        return document.Reference(descriptor, f"{name} descriptor")

    def _widths(self, characters: list[int]) -> str:
        """Every character's width in thousandths, ready to be written."""
        font = self._font
        return " ".join([f"{1000 * font.advance_of(font.glyph_of(code)):.6g}" for code in characters])

    def _glyph_numbers(self, characters: list[int]) -> bytes:
        """Which glyph of the subset each character code is; the subset numbers by first use."""
        numbers: dict[int, int] = {0: 0}
        places = [0]
        places += [numbers.setdefault(self._font.glyph_of(code), len(numbers)) for code in characters]
        return b"".join(place.to_bytes(2, "big") for place in places)


def first_font() -> str:
    """The name of a font for a new canvas, which wants some and would list Helvetica unembedded.

    It is never used, and leaves no trace in the file.
    """
    name = "reportdesk-none"
    face = SimpleNamespace(name=name)
    pdfmetrics.registerFont(SimpleNamespace(fontName=name, face=face, _dynamicFont=True, _multiByte=False))
    return name


def document_of(canvas: Canvas) -> Any:
    """The document behind a canvas, where fonts and the document's information are kept.

    reportlab names no public way to it, though its own fonts are handed it.
    """
    return canvas._doc  # type: ignore[attr-defined] # noqa: SLF001


def _tag(internal_name: str) -> str:
    """Six capitals that mark a subset, other ones for each font."""
    number = int(internal_name[1:])
    return "RPTD" + chr(65 + number // 26) + chr(65 + number % 26)


def _all_codes(count: int) -> bytes:
    """A bit for each of the first character codes, which PDF/A-1 asks for (19005-1, 6.3.5)."""
    return (((1 << count) - 1) << (-count % 8)).to_bytes((count + 7) // 8, "big")


def _to_unicode(codes: dict[str, int]) -> str:
    """The map from character codes to text; beyond U+FFFF as the two halves of UTF-16."""
    lines = [f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()]
    blocks = [lines[start : start + _ENTRIES_AT_A_TIME] for start in range(0, len(lines), _ENTRIES_AT_A_TIME)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{mapped}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
