"""The colours that workbooks call by number or name: the palette of Excel, and those of number formats."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportdesk.readers.files.unseen import WHITE

_FIRST = 8
"""The number of the palette's first colour; those before it are the same as the first eight."""
_COLOURS = (  # noqa: SIM905 - a page of quotes would hide the order
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 "
    "C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF "
    "800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC "
    "99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
).split()
PALETTE: Mapping[int, str] = {
    **dict(enumerate(_COLOURS[:_FIRST])),
    **dict(enumerate(_COLOURS, start=_FIRST)),
    64: "000000",
    65: WHITE,
    0x7FFF: "000000",
}
"""Colours by their numbers, as every workbook has them that brings none of its own."""

_NAMED = {
    **dict(zip(("black", "white", "red", "green", "blue", "yellow", "magenta", "cyan"), _COLOURS, strict=False)),
    **dict(zip(("黑色", "白色", "红色", "绿色", "蓝色", "黄色", "洋红色", "青色"), _COLOURS, strict=False)),
    "洋红": "FF00FF",
    "蓝绿色": "00FFFF",
}  # fmt: skip
_NUMBERED = re.compile(r"(?:color|颜色)\s*([0-9]{1,2})")


def format_colour(name: str) -> str:
    """The colour that a number format names in brackets, as RRGGBB; empty if it is none."""
    name = name.strip().lower()
    if numbered := _NUMBERED.fullmatch(name):
        return PALETTE.get(_FIRST - 1 + int(numbered[1]), "")
    return _NAMED.get(name, "")
