"""Sets text in faces: which glyphs stand where within a line or a cell, in points.

Between the pure line breaker and the pages: it knows faces and their widths, not where on a
page a line comes to stand. Places count from a box's upper left corner, downwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from reportdesk.exports.style import TextStyle
from reportdesk.exports.typesetting.fonts import FontResolver, ResolvedFont, is_latin
from reportdesk.exports.typesetting.linebreak import Line
from reportdesk.report.text.characters import show_sign

ASCENT = 0.86
"""How far above the baseline a full-width character's cell begins, in sizes."""

_OPENING_QUOTES = "“‘"
_CLOSING_QUOTES = "”’"
_FULL_CELL = ("W", "F", "A")
"""The East Asian widths that take a whole cell in Chinese text."""
_NARROW = 0.75
_SAME_SPACING = 0.004
_PARTED = 0.08
"""A gap between two glyphs, in sizes, from which on programs that read a page may see a space."""
_PRIVATE = "Co"
"""The category of characters that mean nothing without their face (PDF/A asks for their text)."""
_WORDS_AROUND = 8
_MOST_NAMED = 50
"""Places that the message names; a report with more of them is no text at all."""


class OnMissing(Enum):
    """What becomes of a character that no face has."""

    STOP = "stop"
    """The export stops, once all pages are set, and names every one."""
    MARK = "mark"
    """A marked box stands in its place: the preview."""


class MissingCharacter(NamedTuple):
    """A character that no face has, in words where it stands, and the text around it."""

    char: str
    where: str
    nearby: str

    @property
    def says(self) -> str:
        """Where it stands, for the clerk."""
        nearby = "".join(other if other.isprintable() else "□" for other in self.nearby)
        return f"{self.where}“{nearby}”里的字 {show_sign(self.char)}"


class MissingCharacterError(ValueError):
    """Characters that no face has; the message is for the clerk and says where each stands."""

    def __init__(self, missing: Sequence[MissingCharacter]) -> None:
        self.missing = tuple(missing)
        count = f"有 {len(missing)} 处的字" if len(missing) > 1 else ""
        places = "；".join(one.says for one in missing[:_MOST_NAMED])
        more = f"；另有 {len(missing) - _MOST_NAMED} 处" if len(missing) > _MOST_NAMED else ""
        what = (
            f"{count}在本机和自带字体里都没有，印不出来：{places}{more}。"
            if count
            else f"{places} 在本机和自带字体里都没有，印不出来。"
        )
        super().__init__(f"{what}请改用别的字，或者先安装含有这些字的字体再导出。")


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Characters of one face and size on one baseline, each ``spacing`` farther than it is wide."""

    x: float
    y: float
    face: ResolvedFont
    size: float
    text: str
    spacing: float


@dataclass(frozen=True, slots=True)
class MissingMark:
    """A marked box for a character that no face has; ``x``, ``y`` is its upper left corner."""

    x: float
    y: float
    size: float
    char: str


DrawOp = GlyphRun | MissingMark


@dataclass(frozen=True, slots=True)
class _SetCharacter:
    """A character's face, its cell, where in the cell the glyph begins, how far it advances."""

    face: ResolvedFont | None
    size: float
    width: float
    lead: float
    advance: float


@dataclass(frozen=True, slots=True)
class SetText:
    """A text with its faces chosen, ready to be broken into lines."""

    text: str
    characters: tuple[_SetCharacter, ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        """The width of the whole text in one line."""
        return sum(self.widths)

    def ink(self, line: Line, x: float = 0.0, baseline: float = 0.0) -> Iterator[DrawOp]:
        """What is drawn of a line whose measure begins at ``x``.

        Spaces at its end are drawn behind it, unseen: else who copies or reads the text of the
        finished page finds the words of two lines run together.
        """
        shown = zip(line.offsets, self.characters[line.start : line.shown], strict=True)
        places = [x + offset + character.lead for offset, character in shown]
        behind = x + line.width
        for character in self.characters[line.shown : line.end]:
            places.append(behind + character.lead)
            behind += character.width
        first = 0
        while first < len(places):
            character = self.characters[line.start + first]
            if character.face is None:
                upper = baseline - ASCENT * character.size
                char = self.text[line.start + first]
                yield MissingMark(places[first], upper, character.size, char)
                first += 1
                continue
            end, spacing = self._run(line, places, first)
            text = self.text[line.start + first : line.start + end]
            yield GlyphRun(places[first], baseline, character.face, character.size, text, spacing)
            first = end

    def spelled(self, line: Line) -> str:
        """The line's text where its glyphs alone would not give it to a reader; else nothing."""
        characters = self.characters[line.start : line.shown]
        end = None
        for place, (offset, character) in enumerate(zip(line.offsets, characters, strict=True), line.start):
            left = offset + character.lead
            apart = end is not None and left - end > _PARTED * character.size
            if apart or character.face is None or unicodedata.category(self.text[place]) == _PRIVATE:
                return self.text[line.start : line.end]
            end = left + character.advance
        return ""

    def _of(self, line: Line) -> Sequence[_SetCharacter]:
        return self.characters[line.start : line.end]

    def _run(self, line: Line, places: Sequence[float], first: int) -> tuple[int, float]:
        """How far the characters of one face go on evenly spaced from ``first``, and the spacing."""
        characters = self._of(line)
        spacing = 0.0
        place = first
        while place + 1 < len(places):
            this, following = characters[place], characters[place + 1]
            if following.face is not this.face or following.size != this.size:
                break
            gap = places[place + 1] - places[place] - this.advance
            if place == first:
                spacing = gap
            elif abs(gap - spacing) > _SAME_SPACING:
                break
            place += 1
        return place + 1, spacing


class Typesetter:
    """Chooses the faces for text; remembers what it chose, and so is worth keeping."""

    def __init__(self, faces: FontResolver, on_missing: OnMissing) -> None:
        self._faces = faces
        self._on_missing = on_missing
        self._known: dict[TextStyle, dict[str, _SetCharacter]] = {}
        self._missing: dict[MissingCharacter, None] = {}

    def set_text(self, *spans: tuple[str, TextStyle], where: str) -> SetText:
        """Choose faces for spans of text that stand in one paragraph; ``where`` names the place."""
        characters = []
        for text, style in spans:
            known_in_style = self._known.setdefault(style, {})
            for place, char in enumerate(text):
                known = known_in_style.get(char)
                if known is None:
                    known = known_in_style[char] = self._set(char, style)
                if known.face is None and self._on_missing is OnMissing.STOP:
                    nearby = text[max(0, place - _WORDS_AROUND) : place + _WORDS_AROUND + 1]
                    self._missing[MissingCharacter(char, where, nearby)] = None
                characters.append(known)
        widths = tuple(character.width for character in characters)
        return SetText("".join(text for text, _ in spans), tuple(characters), widths)

    def stop_for_missing(self) -> None:
        """End what was begun with the text that was set since the last call.

        Raises:
            MissingCharacterError: no face has some of its characters, and that is to stop the export.
        """
        missing, self._missing = tuple(self._missing), {}
        if missing:
            raise MissingCharacterError(missing)

    def _set(self, char: str, style: TextStyle) -> _SetCharacter:
        latin = is_latin(char)
        face = self._faces.choose(char, style.latin if latin else style.face)
        if latin and face is None:
            face = self._faces.choose(char, style.face)
        if face is None:
            return _SetCharacter(None, style.size, style.pitch, 0.0, style.size)
        advance = style.size * face.font.advance_of(face.font.glyph_of(ord(char)))
        if latin or unicodedata.east_asian_width(char) not in _FULL_CELL or not advance:
            return _SetCharacter(face, style.size, advance, 0.0, advance)
        return _SetCharacter(face, style.size, style.pitch, _lead(char, advance, style), advance)


def _lead(char: str, advance: float, style: TextStyle) -> float:
    """Where in its cell a glyph begins: a narrow quotation mark leans to what it encloses."""
    if advance < _NARROW * style.size:
        if char in _OPENING_QUOTES:
            return style.pitch - advance
        if char in _CLOSING_QUOTES:
            return 0.0
    return (style.pitch - advance) / 2
