"""Breaks a Chinese paragraph into justified lines: 避头尾, whole numbers, squeezed punctuation.

Pure: knows characters and their widths, nothing of faces or pages. Takes time in proportion to
the length of the text. Following GB/T 15834 and W3C's clreq, a full-width mark may give up the
empty half of its cell: always where two marks meet, and at a line's end and a little elsewhere
where that saves the line from a worse break.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

NO_START = frozenset("，。、；：？！）》〉〕】」』”’…—～％‰℃·．" + ",.;:?!)]}%")
"""What no line may begin with."""
NO_END = frozenset("（《〈〔【「『“‘￥＄№" + "([{$")
"""What no line may end with."""

_EMPTY_RIGHT = frozenset("，。、；：？！）》〉〕】」』”’")
"""Full-width marks whose right half is empty."""
_EMPTY_LEFT = frozenset("（《〈〔【「『“‘")
_JOINED = frozenset("—…")
"""Marks that come in pairs and stay together."""

_WHOLE = re.compile(
    r"[〔\[（(][0-9]{4}[〕\]）)][ ]?[0-9]+[ ]?号?"  # 〔2021〕30号
    r"|[0-9][0-9,.]*[ ]?[年月日号时分秒条件项次个人名万亿元期场起篇份家村户座处天％‰℃]"  # 2024年, 1,578条
    r"|[!-~\u00c0-\u024f]+"  # a word, a number, an address
)
_SOFT_BREAK = re.compile(r"(?<=[/.?&=@_-])(?![/.?&=@_-])")
"""Where an address that fits no line may be broken."""

_MEETING_MARKS = re.compile(
    f"[{''.join(_EMPTY_RIGHT)}](?=[{''.join(_EMPTY_RIGHT | _EMPTY_LEFT)}])"
    f"|[{''.join(_EMPTY_LEFT)}](?=[{''.join(_EMPTY_LEFT)}])"
)

_MEETING = 0.5
"""How much of its cell a mark always gives up where it meets another."""
_AT_END = 0.5
_ALONE = 0.25
"""How much a mark may give up to save a line: at the line's end, and elsewhere."""

_LOOSEST = 0.25
"""A line that would need wider gaps than this, in cells, is left ragged."""

_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """``text[start:end]``, of which the characters to ``shown`` are drawn (no spaces at the end).

    ``offsets`` says where each drawn character's cell begins, from the left of the measure;
    ``width`` is where the last one ends.
    """

    start: int
    end: int
    shown: int
    offsets: tuple[float, ...]
    width: float

    def parted(self, place: int) -> tuple[Line, ...]:
        """The line in two pieces where what ends before ``place`` and what begins there are not the same."""
        if not self.start < place < self.shown:
            return (self,)
        cut = place - self.start
        first = Line(self.start, place, place, self.offsets[:cut], self.offsets[cut])
        return first, Line(place, self.end, self.shown, self.offsets[cut:], self.width)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with what its lines are made from.

    Where two marks meet, the width of one is already less; ``lead`` says by how much the left
    of an opening one is cut.
    """

    text: str
    widths: Sequence[float]
    cell: float
    lead: Mapping[int, float]


def _press_together(text: str, widths: Sequence[float], cell: float) -> _Paragraph:
    """Take the empty half between two marks that meet, such as ）。 or 》（ or （《."""
    pressed = list(widths)
    lead = {}
    for meeting in _MEETING_MARKS.finditer(text):
        first, second = meeting.start(), meeting.start() + 1
        place = first if text[first] in _EMPTY_RIGHT else second
        if widths[place] >= cell - _EPSILON:
            pressed[place] -= _MEETING * cell
            if place == second:
                lead[place] = _MEETING * cell
    return _Paragraph(text, pressed, cell, lead)


def break_lines(
    text: str,
    widths: Sequence[float],
    measure: float,
    *,
    cell: float,
    indent: float = 0.0,
    justify: bool = True,
) -> list[Line]:
    """Break a paragraph; an empty one has no line.

    Args:
        text: one paragraph, without line feeds.
        widths: the width of each of its characters.
        measure: the width of a line.
        cell: the width of a full-width character.
        indent: how far the first line is indented.
        justify: spread every line but the last over the measure.
    """
    paragraph = _press_together(text, widths, cell)
    units = _units(paragraph, measure - indent)
    lines: list[Line] = []
    first = 0
    while first < len(units):
        left = 0.0 if lines else indent
        taken = _fill(paragraph, units, first, measure - left)
        spread = justify and taken < len(units)
        start, end = units[first][0], units[taken - 1][1]
        lines.append(_set_line(paragraph, start, end, left, measure, spread=spread))
        first = taken
    return lines


def balance_lines(text: str, widths: Sequence[float], measure: float, *, cell: float) -> list[Line]:
    """Break into as few lines as the measure needs, of lengths as even as can be; not justified."""
    lines = break_lines(text, widths, measure, cell=cell, justify=False)
    narrow, wide = 0.0, measure
    while len(lines) > 1 and wide - narrow > cell / 8:
        middle = (narrow + wide) / 2
        tried = break_lines(text, widths, middle, cell=cell, justify=False)
        if len(tried) == len(lines) and all(line.width <= middle + _EPSILON for line in tried):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def lines_of(
    pieces: Sequence[str], widths: Sequence[float], *, cell: float, measure: float = math.inf
) -> list[Line]:
    """A text that was broken into these pieces, as lines that are not justified, pressed if they must be."""
    paragraph = _press_together("".join(pieces), widths, cell)
    edges = [0, *accumulate(map(len, pieces))]
    return [_set_line(paragraph, *edge, 0.0, measure, spread=False) for edge in pairwise(edges)]


_Unit = tuple[int, int]
"""From where to where characters stay together."""


def _units(paragraph: _Paragraph, room: float) -> list[_Unit]:
    """The pieces between which a line may end; none wider than ``room`` if it can be helped."""
    text = paragraph.text
    glued = bytearray(len(text) + 1)
    for whole in _WHOLE.finditer(text):
        glued[whole.start() + 1 : whole.end()] = b"\x01" * (whole.end() - whole.start() - 1)
    opening, closing = _straight_quotes(text)
    before = ""
    for place, char in enumerate(text):
        joined = char == before and char in _JOINED
        if char in NO_START or before in NO_END or char.isspace() or joined:
            glued[place] = 1
        if place in closing or place - 1 in opening:
            glued[place] = 1
        before = char
    units: list[_Unit] = []
    start = 0
    for place in range(1, len(text) + 1):
        if not glued[place]:
            if place - start > 1 and _shown_width(paragraph, start, place) > room + _EPSILON:
                units += _split(paragraph, start, place, room)
            else:
                units.append((start, place))
            start = place
    return units


def _straight_quotes(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Where straight quotation marks open and where they close; an odd one left over does neither."""
    places = [place for place, char in enumerate(text) if char == '"']
    paired = len(places) // 2 * 2
    return frozenset(places[:paired:2]), frozenset(places[1:paired:2])


def _split(paragraph: _Paragraph, start: int, end: int, room: float) -> list[_Unit]:
    """Pieces of a unit too wide for any line: at an address's marks, else anywhere."""
    text = paragraph.text
    cuts = [match.start() for match in _SOFT_BREAK.finditer(text, start + 1, end)]
    pieces: list[_Unit] = []
    for piece in _between(start, cuts, end):
        if _shown_width(paragraph, *piece) <= room + _EPSILON:
            pieces.append(piece)
        else:
            pieces += [(place, place + 1) for place in range(*piece)]
    kept: list[_Unit] = []
    for piece in pieces:
        forbidden = text[piece[0]] in NO_START or text[piece[0]].isspace()
        if kept and forbidden and _shown_width(paragraph, kept[-1][0], piece[1]) <= room:
            kept[-1] = (kept[-1][0], piece[1])
        else:
            kept.append(piece)
    return kept


def _between(start: int, cuts: list[int], end: int) -> list[_Unit]:
    edges = [start, *cuts, end]
    return [piece for piece in pairwise(edges) if piece[0] < piece[1]]


def _shown(text: str, start: int, end: int) -> int:
    """Where the spaces at the end of ``text[start:end]`` begin."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _shown_width(paragraph: _Paragraph, start: int, end: int) -> float:
    return sum(paragraph.widths[start : _shown(paragraph.text, start, end)])


def _fill(paragraph: _Paragraph, units: Sequence[_Unit], first: int, room: float) -> int:
    """The unit before which the line that begins with unit ``first`` ends.

    One unit more is pressed in where its marks allow it and that changes the line less than
    spreading it would: so a mark that may not begin a line takes no character down with it.
    """
    start = units[first][0]
    text, widths = paragraph.text, paragraph.widths
    used = loose = 0.0
    for number in range(first, len(units)):
        begin, end = units[number]
        alone = end - begin == 1 and not text[begin].isspace()  # as nearly all are
        wide = widths[begin] if alone else sum(widths[begin:end])
        shown = used + (wide if alone else _shown_width(paragraph, begin, end))
        if shown > room + _EPSILON and number > first:
            over = shown - room
            pressed = over <= room - loose + _EPSILON and over <= _can_give(paragraph, start, end)
            return number + 1 if pressed else number
        used += wide
        loose = shown
    return len(units)


def _can_give(paragraph: _Paragraph, start: int, end: int) -> float:
    shown = _shown(paragraph.text, start, end)
    return sum(amount for _, _, amount in _gifts(paragraph, start, shown))


def _gifts(paragraph: _Paragraph, start: int, end: int) -> list[tuple[float, int, float]]:
    """What each mark of a line may give up: the share of a cell, its place, and the width.

    The place is negative, counted as ``~place``, where the left half is given up. A mark that
    already gave up its half to a neighbour has nothing left.
    """
    text, cell = paragraph.text, paragraph.cell
    shrinkable = []
    for place in range(start, end):
        if paragraph.widths[place] < cell - _EPSILON:
            continue
        if text[place] in _EMPTY_RIGHT:
            share = _AT_END if place == end - 1 else _ALONE
            shrinkable.append((share, place, share * cell))
        elif text[place] in _EMPTY_LEFT and place > start:
            shrinkable.append((_ALONE, ~place, _ALONE * cell))
    return shrinkable


def _set_line(
    paragraph: _Paragraph, start: int, end: int, left: float, measure: float, *, spread: bool
) -> Line:
    shown = _shown(paragraph.text, start, end)
    slack = measure - left - sum(paragraph.widths[start:shown])
    given: dict[int, float] = {}
    gap = 0.0
    gaps: set[int] = set()
    if slack < -_EPSILON:
        given = _press(_gifts(paragraph, start, shown), -slack)
    elif spread:
        gaps = {place for place in range(start, shown - 1) if _may_widen(paragraph.text, place)}
        gap = slack / len(gaps) if gaps else 0.0
        gap = gap if gap <= _LOOSEST * paragraph.cell else 0.0
    offsets = []
    x = left
    for place in range(start, shown):
        x -= given.get(~place, 0.0)
        offsets.append(x - paragraph.lead.get(place, 0.0))
        x += paragraph.widths[place] - given.get(place, 0.0)
        if place in gaps:
            x += gap
    return Line(start, end, shown, tuple(offsets), x)


def _press(shrinkable: list[tuple[float, int, float]], needed: float) -> dict[int, float]:
    """Who gives up how much: first what shows least, in equal parts among its like."""
    given: dict[int, float] = {}
    for share in sorted({share for share, _, _ in shrinkable}, reverse=True):
        alike = [(place, amount) for own, place, amount in shrinkable if own == share]
        total = sum(amount for _, amount in alike)
        part = min(1.0, needed / total)
        given |= {place: part * amount for place, amount in alike}
        needed -= part * total
        if needed <= _EPSILON:
            break
    return given


def _may_widen(text: str, place: int) -> bool:
    """Whether the gap after this character may be widened: not inside a word nor a dash."""
    char, following = text[place], text[place + 1]
    in_word = "!" <= char <= "\u024f" and "!" <= following <= "\u024f"
    return not in_word and not (char in _JOINED and char == following)
