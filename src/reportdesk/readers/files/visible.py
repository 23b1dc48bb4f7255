"""What can be seen in a file, whatever its format: paragraphs and tables in the order they stand.

Each format's reader makes this; knowing what a row or a sentence means is not its matter. Nothing
here is trusted: text is as the file has it, and a table's cells stand where the file puts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class UnreadableError(Exception):
    """The file cannot be read; the message tells the clerk in one sentence why and what to do."""


@dataclass(frozen=True, slots=True)
class VisibleParagraph:
    """A line of text. ``level``: 0 body, 1 and up a heading where the file itself calls it one.

    ``note`` is what somebody remarked on it in the file, in a comment.
    """

    text: str
    level: int = 0
    note: str = ""


class VisibleCell(NamedTuple):
    """A cell by its top left place (counted from 0) and how many rows and columns it covers.

    ``text`` may hold line feeds; empty where nothing is seen. A number is written as it is seen.
    ``doubt`` says in Chinese why what is seen may mislead, such as a number that is shown in thousands.
    ``left_out``: something belongs here that the file does not show, such as a formula's value.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    doubt: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class VisibleTable:
    """Cells in the order of reading; none overlap, and places without a cell are simply absent.

    ``name`` is what the file calls the table, such as a sheet's name; empty if it has none.
    """

    cells: tuple[VisibleCell, ...]
    name: str = ""


Visible = VisibleParagraph | VisibleTable


@dataclass(frozen=True, slots=True)
class OfficeSheet:
    """What one office of a unit filled in: a sheet of our blank form.

    ``year`` and ``file`` are empty where they are not known. ``is_front``: it is what stands before
    the offices' sheets in one of several files, and counts only where those were left blank.
    """

    name: str
    contents: tuple[Visible, ...]
    year: str = ""
    file: str = ""
    is_front: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a file shows, and what it carries besides.

    ``passed_over`` says in Chinese what was seen and not read, such as macros or pictures.
    ``attached`` holds our own data that travels in the file (the bytes of a .gknb), if any: it
    serves only for what is not printed, and only if what is visible matches it. ``properties``
    holds what the file says of itself by the names ``title``, ``author`` and so on. ``offices`` are
    sheets whose numbers add up to those of the form's own; ``contents`` may then be empty.
    """

    contents: tuple[Visible, ...]
    passed_over: tuple[str, ...] = ()
    attached: bytes | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    offices: tuple[OfficeSheet, ...] = ()
