"""What kind of row a table's row is, by its cells alone: of numbers, of odd words, of another year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from reportdesk.readers.files.grid import Grid
from reportdesk.readers.files.visible import VisibleCell
from reportdesk.readers.files.written_figures import is_blank, looks_like_figure, stands_for_figure
from reportdesk.readers.tables.labels import numbers_columns
from reportdesk.readers.tables.year_captions import label_year


def stub_of(written: Sequence[VisibleCell]) -> list[VisibleCell]:
    """The labels before a row's numbers; a row's own number may stand before them."""
    rest = dropwhile(lambda cell: looks_like_figure(cell.text), written)
    return list(takewhile(lambda cell: not looks_like_figure(cell.text), rest))


def is_of_numbers(texts: Sequence[str]) -> bool:
    """Whether a row says numbers, be it some that cannot be taken: what one cell says costs no other."""
    under = [text for text in texts if not is_blank(text)]
    if 2 * sum(map(looks_like_figure, under)) >= len(under):
        return True
    return all(stands_for_figure(text) or any(map(str.isdecimal, text)) for text in under)


def counts_columns(texts: Sequence[str]) -> bool:
    """Whether the row is the numbers of the columns, 1, 2, 3 and so on, as under a head."""
    written = [text.strip() for text in texts if text.strip()]
    return len(written) > 2 and written == [str(number) for number in range(1, len(written) + 1)]  # noqa: PLR2004 - 1, 2 may be counts


def is_count_of_columns(written: Sequence[VisibleCell]) -> bool:
    """Whether the row numbers the columns and its labels say so, as 栏次 1 2 3 or 甲 乙 丙 1 2 3."""
    labels = [cell.text for cell in written if not looks_like_figure(cell.text)]
    if not labels or len(labels) == len(written) or not all(map(numbers_columns, labels)):
        return False
    return counts_columns([cell.text for cell in written if looks_like_figure(cell.text)])


def has_numbers_below(grid: Grid, row: int) -> bool:
    """Whether a row further down has a number."""
    return any(
        looks_like_figure(cell.text) for below in range(row + 1, grid.height) for cell in grid.row(below)
    )


def is_of_odd_words(written: Sequence[VisibleCell]) -> bool:
    """Whether the row has no number and yet only what stands for numbers, such as 无 and 见附件."""
    return bool(written) and all(is_blank(cell.text) or stands_for_figure(cell.text) for cell in written)


def names_years(written: Sequence[VisibleCell]) -> bool:
    """Whether the row has labels for several years, as over last year's columns beside this year's."""
    return len({year for cell in written if (year := label_year(cell.text))}) > 1


def older_year(grid: Grid, written: Sequence[VisibleCell], labels: Sequence[VisibleCell]) -> str:
    """The year that a row begins with, where rows of a newer year stand in the table; else empty."""
    named = [(cell.column, year) for cell in labels if (year := label_year(cell.text))]
    if len(named) != 1 or len(labels) == len(written):
        return ""
    column, year = named[0]
    return year if year < max(label_year(grid.text(row, column)) for row in range(grid.height)) else ""
