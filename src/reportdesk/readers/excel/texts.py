"""Texts of an .xlsx that its cells show otherwise than calamine gives them: raised, struck out, error values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportdesk.readers.excel.extent import place_of
from reportdesk.readers.excel.styles import font_colour, font_unseen, is_unseen_on
from reportdesk.readers.files.safe_xml import named, parse_part
from reportdesk.readers.files.safe_zip import Archive
from reportdesk.readers.files.superscripts import raised
from reportdesk.readers.files.unseen import Reason

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHARED = re.compile(rb"<(?:\w+:)?c(?=\s)([^>]*\bt=[\"']s[\"'][^>]*)>\s*<(?:\w+:)?v>([0-9]{1,9})</")
"""A cell with a text that cells share, and the text's number."""
_STYLE = re.compile(rb"\bs=[\"']([0-9]{1,6})[\"']")
_ADDRESS = re.compile(rb"\br=[\"']([A-Za-z]{1,3}[0-9]{1,7})[\"']")


class Run(NamedTuple):
    """A piece of a text in one font; without a font of its own it has its cell's."""

    text: str
    unseen: Reason | None = None
    is_plain: bool = False
    colour: str = ""


class CellText(NamedTuple):
    """What a cell shows, run by run."""

    runs: tuple[Run, ...]

    def parted(self, of_cell: Reason | None) -> tuple[str, list[tuple[Reason, str]]]:
        """What is seen, and what is not with the reason; ``of_cell`` is why its own font is not seen."""
        shown, unseen = "", []
        for text, own, is_plain, _colour in self.runs:
            if reason := of_cell if is_plain else own:
                unseen.append((reason, text))
            else:
                shown += text
        return shown, unseen

    def before(self, ground: str | None) -> CellText:
        """The same before a ground of that colour, on which runs may not be seen; None where it is not known."""
        return CellText(
            tuple(
                run._replace(unseen=Reason.PALE)
                if run.unseen is None and is_unseen_on(run.colour, ground)
                else run
                for run in self.runs
            )
        )


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
        if look is None:
            runs.append(Run(text, is_plain=True))
        else:
            runs.append(Run(text, font_unseen(look, None), colour=font_colour(look)))
    return CellText(tuple(runs)) if any(not run.is_plain for run in runs) else None


def cell_texts(
    xml: bytes, shared: Mapping[int, CellText], grounds: Sequence[str | None]
) -> dict[tuple[int, int], CellText]:
    """What cells of a sheet show that is not what calamine gives, by place.

    ``grounds`` are the colours behind cells by the numbers of their styles.
    """
    texts: dict[tuple[int, int], CellText] = {}
    for cell in _SHARED.finditer(xml) if shared else ():
        address = _ADDRESS.search(cell[1])
        if address and int(cell[2]) in shared:
            style = _STYLE.search(cell[1])
            ground = _at(grounds, style[1].decode() if style else "0")
            texts[place_of(address[1].decode())] = shared[int(cell[2])].before(ground)
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
            texts[place_of(address)] = text.before(_at(grounds, cell.get("s", "0")))
    return texts


def _at(grounds: Sequence[str | None], style: str) -> str | None:
    return grounds[int(style)] if style.isdecimal() and int(style) < len(grounds) else None
