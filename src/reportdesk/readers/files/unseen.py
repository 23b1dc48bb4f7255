"""What of a file nobody sees: one rule for all formats, and the sentences that tell of it.

A format's reader says how its text looks; whether that is seen is decided here. What is not seen is
not read: it is told once for the file, and a cell that shows nothing else is named besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from reportdesk.readers.files.reading_notes import shorten

SMALLEST = 1.0
"""Points of type below which nothing can be read."""
THINNEST = 1.5
"""Points of a row's height below which nothing in it can be seen."""
WHITE = "FFFFFF"
_ALIKE = 12
"""How far red, green and blue of text and ground may each differ for nobody to tell them apart."""
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_QUOTED = 3
_LONGEST = 2000


class Reason(Enum):
    """Why text is not seen; the value is what a clerk calls such text."""

    STRUCK = "划掉"
    HIDDEN = "隐藏"
    PALE = "与底色同色、看不见"
    TINY = "小得看不见"
    CLIPPED = "露不出来"
    UNPAINTED = "看不见"
    DELETED = "在修订中删掉"


@dataclass(slots=True)
class Unseen:
    """What was met that is not seen, in its order."""

    pieces: list[tuple[Reason, str]] = field(default_factory=list)

    def note(self, reason: Reason, text: str, *, goes_on: bool = False) -> None:
        """Note a text; one that ``goes_on`` belongs to the one noted before, if that has the same reason."""
        if not text.strip():
            return
        if goes_on and self.pieces and self.pieces[-1][0] is reason:
            self.pieces[-1] = (reason, (self.pieces[-1][1] + text)[:_LONGEST])
        else:
            self.pieces.append((reason, text[:_LONGEST]))

    def since(self, mark: int) -> str:
        """Why a cell shows nothing whose text was noted from the ``mark``-th piece on; empty if none was."""
        pieces = self.pieces[mark:]
        return doubt_of(pieces[0][0], "".join(text for _, text in pieces)) if pieces else ""

    def says(self) -> Iterator[str]:
        """A sentence for each reason; what is deleted by tracked changes is told with these."""
        for reason in Reason:
            texts = [text for why, text in self.pieces if why is reason]
            if texts and reason is not Reason.DELETED:
                quoted = "、".join(f"“{shorten(text)}”" for text in texts[:_QUOTED])
                more = "等" if len(texts) > _QUOTED else ""
                yield f"文件里有 {len(texts)} 处{reason.value}的文字，没有读入：{quoted}{more}。"


def doubt_of(reason: Reason, text: str = "") -> str:
    """What is said of a cell all of whose text is not seen."""
    named = f"原来的“{shorten(text)}”" if text.strip() else "原来的内容"
    return f"{named}是{reason.value}的，没有读入"


def is_pale(colour: str, ground: str | None) -> bool:
    """Whether text of the colour cannot be told from the ground, both as RRGGBB; None is a ground unknown."""
    if ground is None or not (_COLOUR.fullmatch(colour) and _COLOUR.fullmatch(ground)):
        return False
    return all(abs(one - other) <= _ALIKE for one, other in zip(_rgb(colour), _rgb(ground), strict=True))


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour)
