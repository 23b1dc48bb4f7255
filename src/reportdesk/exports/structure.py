"""What a document on paper is made of, for those who do not see it: headings, paragraphs, tables.

Neutral: says which text belongs to which element and in which order elements are read, nothing of
PDF. Whatever no element holds, page numbers and what is printed again on a next page, is an artifact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from reportdesk.exports.typesetting.linebreak import Line
from reportdesk.exports.typesetting.typeset import DrawOp, SetText


class Kind(Enum):
    """What an element is; the value is the structure type's name (ISO 32000-1, 14.8.4)."""

    DOCUMENT = "Document"
    HEADING_1 = "H1"
    HEADING_2 = "H2"
    HEADING_3 = "H3"
    PARAGRAPH = "P"
    TABLE = "Table"
    TABLE_HEAD = "THead"
    TABLE_BODY = "TBody"
    ROW = "TR"
    HEADER_CELL = "TH"
    DATA_CELL = "TD"


HEADINGS = (Kind.HEADING_1, Kind.HEADING_2, Kind.HEADING_3)


class Scope(Enum):
    """Which cells a header cell is the header of."""

    ROW = "Row"
    COLUMN = "Column"


class Artifact(Enum):
    """What belongs to the page and not to the document (ISO 32000-1, 14.8.2.2.2)."""

    PAGINATION = "Pagination"
    """Page numbers, a page's head, and a table's head or label printed again on the next page."""
    LAYOUT = "Layout"
    """Rules, fills, and numbers of lines."""


@dataclass(slots=True, eq=False)
class Element:
    """A piece of the document with the pieces it is made of, in reading order."""

    kind: Kind
    scope: Scope | None = None
    row_span: int = 1
    column_span: int = 1
    kids: list[Element] = field(default_factory=list)

    def add(
        self, kind: Kind, scope: Scope | None = None, *, row_span: int = 1, column_span: int = 1
    ) -> Element:
        """A new last piece of this one."""
        kid = Element(kind, scope, row_span, column_span)
        self.kids.append(kid)
        return kid


Owner = Element | Artifact


@dataclass(frozen=True, slots=True)
class Marked:
    """Text on a page and what it belongs to.

    ``text`` says it in characters where glyphs alone would not: where they stand so far apart that
    readers would find words parted, or where one of them could not be drawn.
    """

    owner: Owner
    ink: tuple[DrawOp, ...]
    text: str = ""


def mark_line(text: SetText, line: Line, owner: Owner, x: float = 0.0, baseline: float = 0.0) -> Marked:
    """A line of set text as its owner's."""
    return Marked(owner, tuple(text.ink(line, x, baseline)), text.spelled(line))
