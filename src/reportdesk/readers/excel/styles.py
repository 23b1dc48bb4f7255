"""What the styles of an .xlsx say of cells: their number formats, and why text in them is not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportdesk.readers.excel.colours import PALETTE
from reportdesk.readers.excel.number_formats import NumberFormat, format_codes
from reportdesk.readers.files.safe_xml import named
from reportdesk.readers.files.unseen import SMALLEST, WHITE, Reason, is_pale

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = ("0", "false", "off", "none")
_PAPER = "0"
"""The first of the theme's colours, which is the paper's."""


class CellStyle(NamedTuple):
    """What a style of the workbook says of the cells that have it."""

    number_format: NumberFormat | None = None
    """None where it shows numbers as they are."""
    unseen: Reason | None = None
    ground: str | None = WHITE
    """The colour behind text, None where that is not known."""
    colour: str = ""
    """The font's colour; empty where it is the usual one."""


def cell_styles(root: _Element | None) -> list[CellStyle]:
    """The styles of the workbook by their numbers."""
    if root is None:
        return []
    codes = {
        int(child.get("numFmtId", "0")): child.get("formatCode", "")
        for child in named(root, "numFmt")
        if child.get("numFmtId", "").isdecimal()
    }
    styles = next(named(root, "cellXfs"), None)
    if styles is None:
        return []
    written = list(named(styles, "xf"))
    numbers = [style.get("numFmtId", "0") for style in written]
    formats = format_codes([int(number) if number.isdecimal() else 0 for number in numbers], codes)
    fonts, fills = _children(root, "fonts", "font"), _children(root, "fills", "fill")
    looks = [(style.get("fontId"), style.get("fillId")) for style in written]
    look_of = {look: _look(_at(fonts, look[0]), _at(fills, look[1])) for look in dict.fromkeys(looks)}
    return [
        CellStyle(before_ground(number_format, *look_of[look][:2]), *look_of[look])
        for look, number_format in zip(looks, formats, strict=True)
    ]


def before_ground(
    number_format: NumberFormat | None, unseen: Reason | None, ground: str | None
) -> NumberFormat | None:
    """The number format of a cell on a ground of that colour, whose font is not seen for that reason."""
    if number_format is None:
        return None
    return number_format.on(ground, is_pale_by_font=unseen is Reason.PALE)


def _children(root: _Element, holder: str, name: str) -> list[_Element]:
    holding = next(named(root, holder), None)
    return [] if holding is None else list(holding.iterchildren(f"{{*}}{name}"))


def _at(elements: Sequence[_Element], number: str | None) -> _Element | None:
    place = int(number) if number and number.isdecimal() else 0
    return elements[place] if place < len(elements) else None


def _look(font: _Element | None, fill: _Element | None) -> tuple[Reason | None, str | None, str]:
    """Why text in the font on that fill is not seen, the colour behind it, and its own."""
    ground = _ground(fill)
    if font is None:
        return None, ground, ""
    colour = font_colour(font)
    return font_unseen(font, None) or (Reason.PALE if is_unseen_on(colour, ground) else None), ground, colour


def font_unseen(font: _Element, ground: str | None) -> Reason | None:
    """Why text in the font is not seen before a ground, whose colour may be unknown; None if it is."""
    said = {child.tag.rpartition("}")[2]: child for child in font.iterchildren("{*}*", reversed=True)}
    for tag in ("strike", "dstrike"):
        if (mark := said.get(tag)) is not None and mark.get("val", "1").lower() not in _OFF:
            return Reason.STRUCK
    size = said.get("sz")
    if size is not None and _number(size.get("val", "")) < SMALLEST:
        return Reason.TINY
    pale = ground is not None and is_unseen_on(colour_of(said.get("color")), ground)
    return Reason.PALE if pale else None


def font_colour(font: _Element) -> str:
    """A font's colour as RRGGBB, or as the file names it; empty where it is the usual one."""
    return colour_of(next(font.iterchildren("{*}color"), None))


def is_unseen_on(colour: str, ground: str | None) -> bool:
    """Whether text of the colour is not seen before a ground, which may be unknown."""
    return bool(colour) and ground is not None and (colour == ground or is_pale(colour, ground))


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return SMALLEST


def colour_of(element: _Element | None) -> str:
    """A colour as RRGGBB, or as the file names it; empty where it is the usual one."""
    if element is None or element.get("auto") is not None:
        return ""
    tint = element.get("tint", "0")
    if rgb := element.get("rgb"):
        return str(rgb[-6:]).upper()
    if indexed := element.get("indexed"):
        return PALETTE.get(int(indexed), "") if indexed.isdecimal() else ""
    if theme := element.get("theme"):
        return WHITE if theme == _PAPER and not tint.startswith("-") else f"theme {theme} {tint}"
    return ""


def ground_of(fill: _Element) -> str | None:
    """The ground that a conditional format gives: its patterns have the colour behind, and may name no kind."""
    pattern = next(fill.iterchildren("{*}patternFill"), None)
    if pattern is None:
        return None
    behind, before = pattern.find("{*}bgColor"), pattern.find("{*}fgColor")
    return colour_of(before if behind is None else behind) or None


def _ground(fill: _Element | None) -> str | None:
    """The colour of a cell's ground, None where a pattern or gradient makes it unknown."""
    if fill is None:
        return WHITE
    pattern = next(fill.iterchildren("{*}patternFill"), None)
    if pattern is None:
        return WHITE if len(fill) == 0 else None
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    return colour_of(next(pattern.iterchildren("{*}fgColor"), None)) or None if kind == "solid" else None
