"""Reads a PDF back for tests: its lines and rules with their places in millimetres from the top left."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pdfplumber

MM = 72 / 25.4


@dataclass(frozen=True)
class Char:
    text: str
    x: float
    """Where the glyph's origin is, from the left, in mm."""
    baseline: float
    """From the top, in mm."""
    end: float
    font: str
    size: float


@dataclass(frozen=True)
class Rule:
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Page:
    chars: list[Char]
    rules: list[Rule]
    fills: list[tuple[float, ...]]

    @property
    def lines(self) -> list[list[Char]]:
        """Runs of characters on one baseline, in the order in which they are drawn."""
        lines: list[list[Char]] = []
        for char in self.chars:
            if not lines or abs(lines[-1][0].baseline - char.baseline) > 0.01:
                lines.append([])
            lines[-1].append(char)
        return lines

    def prose(self) -> list[list[Char]]:
        """The lines in 16 pt."""
        return [line for line in self.lines if line[0].size == 16]


def text_of(line: list[Char]) -> str:
    return "".join(char.text for char in line)


def read_pages(content: bytes) -> list[Page]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [_page(page) for page in pdf.pages]


def _page(page: pdfplumber.page.Page) -> Page:
    height = float(page.height)
    chars = [
        Char(
            char["text"],
            char["matrix"][4] / MM,
            (height - char["matrix"][5]) / MM,
            char["x1"] / MM,
            char["fontname"],
            round(char["size"], 2),
        )
        for char in page.chars
    ]
    rules = [
        Rule(line["x0"] / MM, line["top"] / MM, line["x1"] / MM, line["bottom"] / MM) for line in page.lines
    ]
    fills = [tuple(rect["non_stroking_color"]) for rect in page.rects if rect["fill"]]
    return Page(chars, rules, fills)
