"""A clipboard's contents on their way into a table: its text as rows of cells, before anything is recognised."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

Block = list[list[str]]

_MOST_LINES, _MOST_SIGNS = 5_000, 1_000_000
"""Of what is looked at; no table of any form, nor a whole report around it, comes near that."""
_LINE_END = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True)
class Clip:
    """The clipboard's plain text, and the same as a web page where its program put one."""

    text: str
    html: str = ""


def bounded(clip: Clip) -> Clip | None:
    """The clip, of whole columns without the blank rows at their end; None if it is longer than any table."""
    if _is_bounded(clip.text):
        return clip
    held = len(clip.text.rstrip())
    end = _LINE_END.search(clip.text, held)  # blank cells at the end of the last row belong to it
    text = clip.text[: end.start()] if end is not None else clip.text
    return Clip(text) if _is_bounded(text) else None


def _is_bounded(text: str) -> bool:
    return len(text) <= _MOST_SIGNS and max(text.count("\n"), text.count("\r")) <= _MOST_LINES


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
