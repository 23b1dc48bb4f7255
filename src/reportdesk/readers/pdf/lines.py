"""A PDF page's characters as lines, and lines as the paragraphs they were broken from.

A PDF knows no words, lines or paragraphs. Characters on one baseline are a line; a paragraph
begins where a line is indented, centred or of another size, and where a document does not
indent, after a line that ends early.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportdesk.readers.files.superscripts import raised
from reportdesk.readers.files.visible import VisibleParagraph
from reportdesk.readers.pdf.page import Char

_SAME_LINE = 0.4
"""Baselines that differ by less than this, in sizes, are one: of raised figures and mixed faces."""
_WORD_GAP = 0.2
"""Between Latin letters a gap wider than this, in sizes, is a space; between Chinese no gap is."""
_COLUMN_GAP = 2.5
_AGAIN = 0.5
"""The same letter or figure less than this share of its width away is the same one, drawn twice.

Marks may be squeezed to half of their width, and stand twice."""
_SLACK, _PADDING = 1.5, 0.3
"""A line of figures fills its cell that leaves less than so many figures free, and so much of the cell."""
_SMALLER, _RAISED = 0.8, 0.15
"""A digit is a raised one that is smaller than this share of its line, and higher by this share of it."""
_MOST_RAISED = 0.7
_INDENTED = 1.2
_APART = 2.6
"""Baselines further apart than this, in sizes, are no neighbouring lines of a paragraph."""
_ENDS_EARLY = 1.6
_SAME_SIZE = 0.12
_INDENTING = 0.6
"""From this share of indented lines after early ends on, a document indents its paragraphs."""
_COMMON = 0.04
"""From this share of a document's lines on, a place is one where its lines begin."""
_OUR_LEFT = 28 * 72 / 25.4
"""Where our own lines begin, in points (GB/T 9704-2012, 5.2.1): a blank report has none that goes on."""
_LATIN = re.compile(r"[!-~\u00c0-\u024f]")
_RUN_BEFORE = re.compile(r"[!-~\u00c0-\u024f]*$")
_RUN_AFTER = re.compile(r"^[!-~\u00c0-\u024f]*")
_NUMBERED = re.compile("[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")
"""How a heading begins that stands at the margin where paragraphs are indented."""
_HYPHENS = tuple("-/._@?&=")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. ``run_before`` and ``run_after`` are how wide its Latin ends are.

    ``spaces`` are those behind the text, which our own PDFs have where the paragraph has them.
    """

    page: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    run_before: float
    run_after: float
    spaces: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a document's lines begin and end, its body's size, and whether it indents."""

    left: float
    right: float
    size: float
    indents: bool


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """The lines from above; characters drawn twice, as a bold face is faked, are taken once."""
    made = (_line(line, page) for line in chars_by_line(chars))
    return [line for line in made if line]


def chars_by_line(chars: Iterable[Char], same: float = _SAME_LINE) -> list[list[Char]]:
    """The characters of each line from above, in their order and each once.

    Baselines that differ by less than ``same``, in sizes, are one.
    """
    lines: list[list[Char]] = []
    base: Char | None = None
    for char in sorted(chars, key=lambda char: (char.baseline, char.left)):
        if base and char.baseline - base.baseline <= same * max(char.size, base.size):
            lines[-1].append(char)
        elif base and _is_raised_above(lines[-1], char):
            lines[-1].append(char)
            base = char
        else:
            lines.append([char])
            base = char
    return list(map(once, lines))


def _is_raised_above(above: Sequence[Char], char: Char) -> bool:
    """Whether what stands above the character is raised marks of its own line."""
    size = max(one.size for one in above)
    return size < _SMALLER * char.size and char.baseline - above[0].baseline < _MOST_RAISED * char.size


def once(chars: Iterable[Char]) -> list[Char]:
    """The characters of a line in their order, without those that are drawn twice."""
    kept: list[Char] = []
    for char in sorted(chars, key=_middle):
        if not (kept and _is_again(kept[-1], char)):
            kept.append(char)
    return kept


def _middle(char: Char) -> float:
    """Marks that are squeezed together overlap, but their middles keep the order of the text."""
    return char.left + char.right


def _line(chars: list[Char], page: int) -> Line | None:
    spaces = ""
    while chars and chars[-1].text.isspace():
        spaces = chars.pop().text + spaces
    while chars and chars[0].text.isspace():
        chars.pop(0)
    if not chars:
        return None
    text: list[str] = []
    before: Char | None = None
    sizes = Counter(char.size for char in chars)
    size = max(sizes) if len(sizes) > 1 else None
    base = max(char.baseline for char in chars if char.size == size) if size is not None else 0.0
    for char in chars:
        if before and _is_gap(before, char):
            text.append(" ")
        text.append(char.text if size is None else _as_raised(char, size, base))
        before = char
    line = "".join(text)
    left, right = chars[0].left, max(char.right for char in chars)
    after, ahead = _RUN_AFTER.match(line), _RUN_BEFORE.search(line)
    return Line(
        page, line, left, right, chars[0].baseline, sizes.most_common(1)[0][0],
        run_before=_width(chars[len(chars) - len(ahead[0]) :]) if ahead and ahead[0] else 0.0,
        run_after=_width(chars[: len(after[0])]) if after and after[0] else 0.0,
        spaces=spaces,
    )  # fmt: skip


def _is_again(before: Char, char: Char) -> bool:
    """Whether a character is the one before it, drawn once more to look bold or to throw a shadow."""
    if char.text != before.text:
        return False
    width = min(char.right - char.left, before.right - before.left) if char.text.isalnum() else 0.0
    return abs(char.left - before.left) < max(_WORD_GAP * char.size / 2, _AGAIN * width)


def _as_raised(char: Char, size: float, base: float) -> str:
    """The character; a digit that is smaller and stands higher than the line's text as a raised one."""
    is_raised = char.size < _SMALLER * size and base - char.baseline > _RAISED * size
    return raised(char.text) if is_raised else char.text


def _width(chars: Sequence[Char]) -> float:
    return chars[-1].right - chars[0].left if chars else 0.0


def _is_gap(before: Char, char: Char) -> bool:
    if before.text.isspace() or char.text.isspace():
        return False
    latin = _LATIN.match(before.text) and _LATIN.match(char.text)
    return char.left - before.right > (_WORD_GAP if latin else _COLUMN_GAP) * char.size


def measure(lines: Sequence[Line], *, ours: bool) -> Measure:
    """What most lines of a document have in common; our own always indents."""
    size = _most(line.size for line in lines)
    body = [line for line in lines if _is_size(line.size, size)]
    left = _OUR_LEFT if ours else _leftmost(body)
    right = max((line.right for line in body), default=0.0)
    full = [line.right for line in body if line.right > left + (right - left) * 0.8]
    right = _most(round(place) for place in full) if full else right
    starts = [
        following
        for line, following in pairwise(body)
        if line.right < right - _ENDS_EARLY * size and following.left < left + (right - left) / 3
    ]
    indented = sum(line.left > left + _INDENTED * size for line in starts)
    return Measure(left, right, size, ours or indented >= _INDENTING * len(starts))


def _leftmost(body: Sequence[Line]) -> float:
    """Where lines begin that go on: in a report of short paragraphs most lines are indented ones."""
    places = Counter(round(line.left) for line in body)
    common = [place for place, count in places.items() if count > 1 and count >= _COMMON * len(body)]
    return min(common) if common else _most(places.elements())


def _most(places: Iterable[float]) -> float:
    common = Counter(places).most_common(1)
    return common[0][0] if common else 0.0


def _is_size(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * max(size, other)


def join(lines: Sequence[Line], whole: Measure, *, ours: bool) -> list[VisibleParagraph]:
    """Paragraphs from lines between which stands no table."""
    paragraphs: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is None or _begins(line, before, whole, ours=ours):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] += _seam(before, line, whole, ours=ours) + line.text
        before = line
    return [VisibleParagraph(text) for text in paragraphs]


def _begins(line: Line, before: Line, whole: Measure, *, ours: bool) -> bool:
    """Whether a paragraph begins with the line."""
    if not _is_size(line.size, before.size) or not _is_size(line.size, whole.size):
        return True  # a title's or heading's line stands for itself
    if line.left - whole.left > _INDENTED * whole.size:
        return True
    if before.right >= whole.right - _ENDS_EARLY * whole.size:
        apart = line.page == before.page and line.baseline - before.baseline > _APART * whole.size
        return apart and not ours and _NUMBERED.match(line.text) is not None
    return not whole.indents or (not ours and _NUMBERED.match(line.text) is not None)


def _seam(before: Line, line: Line, whole: Measure, *, ours: bool) -> str:
    """What stood between two lines: a space that a line's end swallowed, or nothing."""
    if ours:
        return before.spaces
    if not (_LATIN.match(before.text[-1:]) and _LATIN.match(line.text[:1])):
        return ""
    if before.run_before + line.run_after > whole.right - whole.left - 2 * whole.size:
        return ""  # an address too long for any line
    return "" if before.text.endswith(_HYPHENS) else " "


def cell_text(chars: Sequence[Char], width: float = 0.0) -> str:
    """A cell's lines as one: a cell's text is broken where the cell is narrow.

    Figures below figures stay apart where the line above had room for more: they are two numbers.
    """
    text, above = "", None
    for line in lines_of(chars, 0):
        text += (_between(above, line, width) if above else "") + line.text
        above = line
    return text


def _between(above: Line, line: Line, width: float) -> str:
    last, first = above.text[-1:], line.text[:1]
    if last.isdecimal() and first.isdecimal() and above.text.isascii() and line.text.isascii():
        figure = (above.right - above.left) / len(above.text)
        is_full = width - (above.right - above.left) < _SLACK * figure + _PADDING * width
        return "" if is_full else "\n"
    return " " if last.isascii() and last.isalpha() and first.isascii() and first.isalpha() else ""
