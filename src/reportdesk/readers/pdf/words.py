"""The words of a page's lines: what stands together, and which of it are numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportdesk.readers.files.written_figures import is_blank, looks_like_figure
from reportdesk.readers.pdf.page import Char

_WORD_GAP, _LABEL_GAP = 0.5, 0.2
"""A gap wider than this, in sizes, parts two words; two that are drawn apart."""
_FIGURE_GAP, _STRING_GAP = 0.35, 0.1
"""The same of figures."""


@dataclass(slots=True)
class Word:
    """What stands on a line without a gap."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    line: int

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return (self.left + self.right) / 2

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, or a sign for none."""
        return looks_like_figure(self.text) or (len(self.text) <= 2 and is_blank(self.text))  # noqa: PLR2004


def words_of(line: Sequence[Char], at: int) -> Iterator[Word]:
    """A line's words from the left."""
    held: list[Char] = []
    for char in line:
        if held and char.left - held[-1].right > _gap(held[-1], char) * char.size:
            yield _word(held, at)
            held = []
        if held or not char.text.isspace():
            held.append(char)
    if held:
        yield _word(held, at)


def _gap(before: Char, char: Char) -> float:
    """How wide a gap parts two characters, in sizes."""
    if before.text.isdecimal() and char.text.isdecimal():
        return _FIGURE_GAP if before.run == char.run else _STRING_GAP
    if before.run == char.run or before.text.isascii() or char.text.isascii():
        return _WORD_GAP  # beside figures within a sentence some programs leave a quarter of a size
    return _LABEL_GAP


def _word(chars: list[Char], line: int) -> Word:
    while chars[-1].text.isspace():
        chars.pop()
    text = "".join(char.text for char in chars)
    return Word(
        text, chars[0].left, chars[-1].right, chars[0].baseline, max(char.size for char in chars), line
    )
