"""Texts of an .xlsx that its cells show otherwise than calamine gives them: raised, struck out, error values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from reportdesk.readers.archive_guard import Archive
from reportdesk.readers.excel_reach import place_of
from reportdesk.readers.excel_styles import font_unseen
from reportdesk.readers.raised import raised
from reportdesk.readers.unseen import Reason
from reportdesk.readers.xml_guard import named, parse_part

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHARED = re.compile(rb"<(?:\w+:)?c(?=\s)([^>]*\bt=[\"']s[\"'][^>]*)>\s*<(?:\w+:)?v>([0-9]{1,9})</")
"""A cell with a text that cells share, and the text's number."""
_ADDRESS = re.compile(rb"\br=[\"']([A-Za-z]{1,3}[0-9]{1,7})[\"']")


class Run(NamedTuple):
    """A piece of a text in one font; without a font of its own it has its cell's."""

    text: str
    unseen: Reason | None = None
    is_plain: bool = False


class CellText(NamedTuple):
    """What a cell shows, run by run."""

    runs: tuple[Run, ...]

    def parted(self, of_cell: Reason | None) -> tuple[str, list[tuple[Reason, str]]]:
        """What is seen, and what is not with the reason; ``of_cell`` is why its own font is not seen."""
        shown, unseen = "", []
        for text, own, is_plain in self.runs:
            if reason := of_cell if is_plain else own:
                unseen.append((reason, text))
            else:
                shown += text
        return shown, unseen


def rich_strings(archive: Archive, part: str) -> dict[int, CellText]:
    """The workbook's shared texts with fonts of their own, by their numbers."""
    content = archive.read(part) if part in archive else b""
    if b"rPr" not in content:
        return {}
    entries = enumerate(named(parse_part(content), "si"))
    return {number: text for number, entry in entries if (text := _rich_text(entry))}


def _rich_text(entry: _Element) -> CellText | None:
    """A text of several runs, some of them in fonts of their own."""
    runs: list[Run] = []
    for run in entry.iterchildren("{*}r"):
        look = run.find("{*}rPr")
        text = "".join(part.text or "" for part in run.iterchildren("{*}t"))
        place = None if look is None else look.find("{*}vertAlign")
        if place is not None and place.get("val") == "superscript":
            text = raised(text)
        runs.append(Run(text, None if look is None else font_unseen(look, None), look is None))
    return CellText(tuple(runs)) if any(not run.is_plain for run in runs) else None


def cell_texts(xml: bytes, shared: Mapping[int, CellText]) -> dict[tuple[int, int], CellText]:
    """What cells of a sheet show that is not what calamine gives, by place."""
    texts: dict[tuple[int, int], CellText] = {}
    for cell in _SHARED.finditer(xml) if shared else ():
        address = _ADDRESS.search(cell[1])
        if address and int(cell[2]) in shared:
            texts[place_of(address[1].decode())] = shared[int(cell[2])]
    own = b"inlineStr" in xml and b"rPr" in xml
    if not own and b't="e"' not in xml:
        return texts
    for cell in named(parse_part(xml), "c"):
        address = cell.get("r")
        inline = cell.find("{*}is")
        if address and cell.get("t") == "e":
            value = cell.find("{*}v")
            texts[place_of(address)] = CellText((Run(("" if value is None else value.text) or "#VALUE!"),))
        elif address and inline is not None and (text := _rich_text(inline)):
            texts[place_of(address)] = text
    return texts
