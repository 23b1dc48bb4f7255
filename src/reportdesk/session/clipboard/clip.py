"""A clipboard's contents on their way into a table: its text as rows of cells, before anything is recognised."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

Block = list[list[str]]


@dataclass(frozen=True, slots=True)
class Clip:
    """The clipboard's plain text, and the same as a web page where its program put one."""

    text: str
    html: str = ""


def read_block(text: str) -> Block:
    """The rows of cells in a clipboard's text: tabs between cells, quotes as spreadsheets set them.

    A line feed at the end, which every spreadsheet adds, is no row of its own.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if '"' in lines:
        try:
            return list(csv.reader(io.StringIO(lines, newline=""), dialect="excel-tab", strict=True))
        except csv.Error:
            pass  # no spreadsheet's quotes: prose
    return [line.split("\t") for line in lines.split("\n")]
