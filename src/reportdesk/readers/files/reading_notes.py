"""The lines of the list that a clerk sees of what was read: standing, sentence, place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportdesk.form.spec import CellRef


class Standing(StrEnum):
    """What became of something that the form asks for, or that the file shows."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    DOUBTFUL = "doubtful"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return {Standing.FOUND: "读到", Standing.NOT_FOUND: "没有找到", Standing.DOUBTFUL: "请核对"}[self]


NOTE = "批注："
"""How it begins what somebody remarked in the file, in a comment."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the list that the clerk sees: a sentence, and the places that it speaks of.

    ``section`` is empty for title, opening and closing, and for the file as a whole. ``passage`` is
    the paragraph that somebody remarked on.
    """

    standing: Standing
    says: str
    section: str = ""
    cells: tuple[CellRef, ...] = ()
    part: str = ""
    passage: str = ""


def doubtful(
    says: str, section: str = "", cells: tuple[CellRef, ...] = (), part: str = "", passage: str = ""
) -> Outcome:
    """Something that the clerk must look at."""
    return Outcome(Standing.DOUBTFUL, says, section, cells, part, passage)


def shorten(text: str, most: int = 20) -> str:
    """Words of the file as a sentence quotes them."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most]}…"
