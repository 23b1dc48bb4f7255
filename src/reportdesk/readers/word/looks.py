"""How text of a Word file looks, as far as that says whether it is seen: struck, hidden, pale, tiny."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportdesk.readers.files.unseen import SMALLEST, WHITE, Reason, is_pale
from reportdesk.readers.word.word_xml import attribute, child, is_on, number_of, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_HALF_POINTS = 2
_NARROWEST, _RAISED = 5, 4
"""Percent of a character's width, and half-points above the line that a mark of a note is raised at least."""
_TWIPS = 20
_PAPER = ("background1", "light1", "bg1", "lt1")
_HIGHLIGHTS = {
    "white": WHITE, "black": "000000", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF",
    "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_NO_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_MATTERS = frozenset(
    (*map(w, ("strike", "dstrike", "vanish", "webHidden", "sz", "w", "color", "shd", "highlight")), _NO_FILL)
)


class TextLook(NamedTuple):
    """What a style or a run says of its text; None and empty where it says nothing.

    ``ground`` is the colour behind it; ``?`` where there is one that is not known.
    """

    struck: bool | None = None
    twice_struck: bool | None = None
    hidden: bool | None = None
    size: int | None = None
    colour: str = ""
    ground: str = ""

    def over(self, base: TextLook) -> TextLook:
        """This look, and what it leaves open as the base has it."""
        if base is PLAIN:
            return self
        if self is PLAIN:
            return base
        return TextLook(
            struck=base.struck if self.struck is None else self.struck,
            twice_struck=base.twice_struck if self.twice_struck is None else self.twice_struck,
            hidden=base.hidden if self.hidden is None else self.hidden,
            size=base.size if self.size is None else self.size,
            colour=self.colour or base.colour,
            ground=self.ground or base.ground,
        )

    def within(self, paragraph: TextLook) -> TextLook:
        """A character style's look in a paragraph's: what both switch on is off (17.7.3)."""
        if paragraph is PLAIN or self is PLAIN:
            return self.over(paragraph)
        merged = self.over(paragraph)
        return merged._replace(
            struck=bool(self.struck) != bool(paragraph.struck),
            hidden=bool(self.hidden) != bool(paragraph.hidden),
        )

    def unseen(self, ground: str | None) -> Reason | None:
        """Why text of the look is not seen before a ground of that colour, None where that is not known."""
        if self.hidden:
            return Reason.HIDDEN
        if self.struck or self.twice_struck:
            return Reason.STRUCK
        if self.size is not None and self.size < SMALLEST * _HALF_POINTS:
            return Reason.TINY
        behind = (None if self.ground == UNKNOWN else self.ground) if self.ground else ground
        return Reason.PALE if self.colour and is_pale(self.colour, behind) else None


PLAIN = TextLook()
UNKNOWN = "?"


def text_look(properties: _Element | None) -> TextLook:
    """The look that the properties of a run or style give."""
    if properties is None or not any(element.tag in _MATTERS for element in properties):
        return PLAIN
    size = child(properties, "sz")
    hidden = (is_on(properties, "vanish"), is_on(properties, "webHidden"), _is_unfilled(properties) or None)
    highlight = attribute(child(properties, "highlight"), "val")
    return TextLook(
        struck=is_on(properties, "strike"),
        twice_struck=is_on(properties, "dstrike"),
        hidden=True if any(hidden) else next((said for said in hidden if said is not None), None),
        size=0 if _is_narrow(properties) else None if size is None else number_of(size, "val", 2),
        colour=_colour(child(properties, "color")),
        ground=_HIGHLIGHTS.get(highlight, "") or ground_of(child(properties, "shd")),
    )


def _is_narrow(properties: _Element) -> bool:
    """Whether its characters are drawn so narrow, in percent, that nothing of them is seen."""
    scale = child(properties, "w")
    return scale is not None and number_of(scale, "val", 100) < _NARROWEST


def is_clipped_line(paragraph_properties: _Element | None, thinnest: float) -> bool:
    """Whether a paragraph's lines have an exact height in which nothing is seen."""
    spacing = child(paragraph_properties, "spacing")
    if attribute(spacing, "lineRule") != "exact":
        return False
    return number_of(spacing, "line", 1000) < thinnest * _TWIPS


def is_raised(properties: _Element | None) -> bool:
    """Whether the run stands above its line, by its position."""
    position = child(properties, "position")
    return position is not None and number_of(position, "val") >= _RAISED


def _is_unfilled(properties: _Element) -> bool:
    fill = properties.find(_NO_FILL)
    return fill is not None and any(str(inner.tag).endswith("}noFill") for inner in fill)


def _colour(element: _Element | None) -> str:
    written = attribute(element, "val")
    if written in ("", "auto") and attribute(element, "themeColor") in _PAPER:
        return WHITE
    return written if written != "auto" else ""


def ground_of(shading: _Element | None) -> str:
    """The colour of a shading; empty if it has none, ``?`` where a pattern is laid over it."""
    pattern = attribute(shading, "val")
    if pattern == "solid":
        colour = attribute(shading, "color")
        return colour if colour != "auto" else "000000"
    fill = attribute(shading, "fill")
    if fill in ("", "auto"):
        return "" if pattern in ("", "clear", "nil") else UNKNOWN
    return fill if pattern in ("", "clear", "nil") else UNKNOWN


def is_flat(row_properties: _Element | None, thinnest: float) -> bool:
    """Whether a row has an exact height in which nothing is seen."""
    height = child(row_properties, "trHeight")
    exact = attribute(height, "hRule") == "exact"
    return exact and number_of(height, "val", 1000) < thinnest * _TWIPS
