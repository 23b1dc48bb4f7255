"""Whether a PDF's fonts tell the truth about figures: what a code is called against what it is said to be.

A figure that a font calls by two names, or gives two shapes, may be another than the file says; one of a
font that says nothing of its codes is a guess. Both are characters that nobody knows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

if TYPE_CHECKING:
    from pdfminer.pdffont import PDFFont

_NAMES = {name: str(figure) for figure, name in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
)}  # fmt: skip
_SUBSET = re.compile(r"[A-Z]{6}\+")


class Fonts(PDFResourceManager):
    """The fonts of a file, and which of their figures can be believed."""

    def __init__(self) -> None:
        super().__init__()
        self._named: dict[int, Mapping[int, str]] = {}
        self._guessed: set[int] = set()
        self._codes: dict[tuple[int, str], set[int]] = defaultdict(set)
        self._kept: list[PDFFont] = []
        """So that no other font gets the identity of one that is gone."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font, as pdfminer reads it."""
        font = super().get_font(objid, spec)
        if id(font) not in self._named:
            self._kept.append(font)
            self._named[id(font)] = _named_figures(resolve1(spec.get("Encoding")))
            if _is_guessed(spec):
                self._guessed.add(id(font))
        return font

    def is_believed(self, font: PDFFont, code: int, figure: str) -> bool:
        """Whether the code is that figure, as far as the font's own names tell."""
        self._codes[id(font), figure].add(code)
        return id(font) not in self._guessed and self._named[id(font)].get(code, figure) == figure

    def has_two_shapes(self, font: int, figure: str) -> bool:
        """Whether the font has drawn that figure by more than one code."""
        return len(self._codes[font, figure]) > 1


def _named_figures(encoding: object) -> Mapping[int, str]:
    """The figures that an encoding calls by their names, by code."""
    entries: Any = resolve1(encoding.get("Differences")) if isinstance(encoding, dict) else None
    named: dict[int, str] = {}
    code = 0
    for entry in map(resolve1, entries if isinstance(entries, list) else ()):
        if isinstance(entry, int):
            code = entry
            continue
        if isinstance(entry, PSLiteral) and entry.name in _NAMES:
            named[code] = _NAMES[str(entry.name)]
        code += 1
    return named


def _is_guessed(spec: Mapping[str, object]) -> bool:
    """Whether nothing says what the codes of a part of a font are."""
    if "ToUnicode" in spec or resolve1(spec.get("Encoding")) is not None:
        return False
    name, descriptor = resolve1(spec.get("BaseFont")), resolve1(spec.get("FontDescriptor"))
    is_part = isinstance(name, PSLiteral) and _SUBSET.match(str(name.name)) is not None
    brought = isinstance(descriptor, dict) and ("FontFile2" in descriptor or "FontFile3" in descriptor)
    return is_part and brought
