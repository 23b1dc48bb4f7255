"""What a Word file's styles say that matters to a reader: heading levels, lists, how text looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportdesk.readers.word.looks import PLAIN, TextLook, text_look
from reportdesk.readers.word.word_xml import attribute, child, number_of, w
from reportdesk.report.own_files import GAP_STYLE, TITLE_STYLE

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9
_MOST_BASES = 12
_TITLES = (TITLE_STYLE.lower(), "标题")


@dataclass(frozen=True, slots=True)
class Style:
    """A style by itself; what it leaves open its base says."""

    id: str
    name: str
    base: str
    outline: int | None
    list_id: str
    list_level: int | None
    place: str
    """Whether its text stands raised or lowered, in the file's own word."""
    look: TextLook
    paints: bool
    """Whether it gives cells or text a ground of some colour."""


class Styles:
    """A document's styles, asked by id."""

    def __init__(self, root: _Element | None) -> None:
        found = [] if root is None else [_style(element) for element in root.iterchildren(w("style"))]
        self._styles: Mapping[str, Style] = {style.id: style for style in found}
        self._looks: dict[str, TextLook] = {}
        self.default = _default(root)
        self._ours = any(style.name == GAP_STYLE for style in found)

    def level(self, style_id: str, outline: int | None) -> int:
        """A paragraph's heading level from 1, 0 for body; ``outline`` is what itself says, from 0."""
        if outline is None:
            outline = next(
                (style.outline for style in self._line(style_id) if style.outline is not None), None
            )
        if outline is not None:
            return 0 if outline >= _BODY_LEVEL else outline + 1
        for style in self._line(style_id):
            heading = _HEADING.fullmatch(style.name)
            if heading:
                return int(heading[1])
        return 0

    def list_of(self, style_id: str) -> tuple[str, int | None, str]:
        """The list that a style numbers by, its level if said, and which style says so."""
        for style in self._line(style_id):
            if style.list_id:
                return style.list_id, style.list_level, style.id
        return "", None, ""

    def look(self, style_id: str) -> TextLook:
        """How text in the style looks."""
        found = self._looks.get(style_id)
        if found is None:
            found = PLAIN
            for style in self._line(style_id):
                found = found.over(style.look)
            self._looks[style_id] = found
        return found

    def paints(self, style_id: str) -> bool:
        """Whether a table's style gives cells a ground of some colour."""
        return any(style.paints for style in self._line(style_id))

    def raises(self, style_id: str) -> bool:
        """Whether text in the style stands raised, as marks of notes do."""
        places = (style.place for style in self._line(style_id) if style.place)
        return next(places, "") == "superscript"

    def is_our_title(self, style_id: str) -> bool:
        """Whether line breaks in the style are where our own export breaks a title by its meaning."""
        style = self._styles.get(style_id)
        return self._ours and style is not None and style.name.lower() in _TITLES

    def _line(self, style_id: str) -> Iterator[Style]:
        """A style and those it is based on, however they go round."""
        for _ in range(_MOST_BASES):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.base


def _style(element: _Element) -> Style:
    paragraph, text = child(element, "pPr"), child(element, "rPr")
    outline = child(paragraph, "outlineLvl")
    numbered = child(paragraph, "numPr")
    level = child(numbered, "ilvl")
    return Style(
        id=attribute(element, "styleId"),
        name=attribute(child(element, "name"), "val"),
        base=attribute(child(element, "basedOn"), "val"),
        outline=None if outline is None else number_of(outline, "val"),
        list_id=attribute(child(numbered, "numId"), "val"),
        list_level=None if level is None else number_of(level, "val"),
        look=text_look(text),
        paints=next(element.iter(w("shd")), None) is not None,
        place=attribute(child(text, "vertAlign"), "val"),
    )


def _default(root: _Element | None) -> str:
    """The id of the style of paragraphs that name none."""
    for element in () if root is None else root.iterchildren(w("style")):
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true"):
            return attribute(element, "styleId")
    return ""
