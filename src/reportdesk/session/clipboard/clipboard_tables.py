"""What a clipboard holds, as the tables that its program showed.

A word processor's text alone loses the cells: one stands on each line, or a label's line break looks
like a row. Where the clipboard has the same as a web page, the cells stand there. Fetching the
clipboard is the window's matter, and which cell a number belongs to is ``paste``'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportdesk.form.layout import HEAD_LABELS, lay_out
from reportdesk.form.spec import Form
from reportdesk.readers.files.folding import folded
from reportdesk.readers.files.grid import Grid, grid_of
from reportdesk.readers.files.visible import Seen, UnreadableError, VisibleCell, VisibleTable
from reportdesk.readers.files.written_figures import looks_like_figure
from reportdesk.readers.tables.form_labels import FormLabels, labels_of, rows_like
from reportdesk.readers.tables.labels import NEARLY, read_label
from reportdesk.report.text.characters import fold
from reportdesk.session.clipboard.clip import Block, read_block

MAX_HTML = 4 * 1024 * 1024
"""Characters of a web page that is looked at; a word processor writes a hundred thousand for 表三."""
_MOST_TORN = 4
"""Pieces that line breaks within one label leave."""
_MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class PageTables:
    """The tables of a clipboard's web page, and what of it is not seen and so not read, in sentences."""

    tables: tuple[VisibleTable, ...] = ()
    passed_over: tuple[str, ...] = ()


def tables_of_page(html: str) -> PageTables:
    """The tables of the clipboard's web page; none where it has no page or an unreadable one."""
    if "<t" not in html[:MAX_HTML].lower() or len(html) > MAX_HTML:
        return PageTables()
    from reportdesk.readers.text.html import read_web

    try:
        seen = read_web(html.encode("utf-8", "replace"))
    except UnreadableError:
        return PageTables()
    contents = folded(Seen(seen.contents)).contents
    tables = tuple(visible for visible in contents if isinstance(visible, VisibleTable))
    return PageTables(tables, tuple(says.replace("文件里", "剪贴板里") for says in seen.passed_over))


def table_of_text(text: str, form: Form) -> VisibleTable:
    """The rows of the clipboard's text as a table: torn labels joined, lines of one cell put into rows."""
    block = read_block(fold(text).text)
    if len(block) > _MOST_ROWS:
        return table_of(block)
    labels = labels_of(form)
    return table_of(_rows_of_lines(block, form, labels) or _joined(block, labels))


def table_of(block: Block) -> VisibleTable:
    """The rows of cells as a table."""
    cells = (
        VisibleCell(text, row, column) for row, texts in enumerate(block) for column, text in enumerate(texts)
    )
    return VisibleTable(tuple(cells))


def block_of(table: VisibleTable) -> Block:
    """The table's rows of cells; a merged cell's text stands at its first place."""
    grid: Grid = grid_of(table)
    block: Block = [[""] * grid.width for _ in range(grid.height)]
    for cell in table.cells:
        block[cell.row][cell.column] = cell.text
    return block


def _joined(block: Block, labels: FormLabels) -> Block:
    """The rows, those put together again that a line break within a label of the form tore apart."""
    width = Counter(len(row) for row in block).most_common(1)[0][0] if block else 0
    rows: Block = []
    place = 0
    while place < len(block):
        taken = _torn(block, place, width, labels)
        if taken:
            pieces = block[place : place + taken]
            label = "".join([pieces[0][-1], *(row[0] for row in pieces[1:])])
            rows.append([*pieces[0][:-1], label, *pieces[-1][1:]])
        else:
            rows.append(block[place])
        place += taken or 1
    return rows


def _torn(block: Block, first: int, width: int, labels: FormLabels) -> int:
    """How many rows from the first on are one row of the form, torn within its label; 0 if none."""
    label = block[first][-1]
    if not label.strip() or looks_like_figure(label) or len(block[first]) >= max(width, 2):
        return 0
    for last in range(first + 1, min(first + _MOST_TORN, len(block))):
        row = block[last]
        if not row[0].strip() or looks_like_figure(row[0]):
            return 0
        label += row[0]
        if _is_label(label, labels) and len(block[first]) + len(row) - 1 <= width:
            return last - first + 1
        if len(row) > 1:
            return 0
    return 0


def _is_label(text: str, labels: FormLabels) -> bool:
    label = read_label(text)
    if not label.words:
        return False
    return label.words in labels.others or any(score >= NEARLY for _, score in rows_like(labels, label))


def _rows_of_lines(block: Block, form: Form, labels: FormLabels) -> Block | None:
    """The rows of a table that stands one cell to a line; None where it does not, or its head's order is lost."""
    lines = [row[0] for row in block if len(row) == 1]
    if len(lines) < len(block) or sum(_is_row(line, labels) for line in lines) < 2:  # noqa: PLR2004
        return None
    first = next(place for place, line in enumerate(lines) if _is_row(line, labels))
    while first and lines[first - 1].strip() and read_label(lines[first - 1]).words not in labels.heads:
        first -= 1
    if not _is_in_order([line for line in lines[:first] if line.strip()], form):
        return None
    return list(_split(lines[first:]))


def _split(lines: Sequence[str]) -> Iterator[list[str]]:
    """Rows: a row begins with each label that follows a number or a blank."""
    row: list[str] = []
    for line in lines:
        begins = bool(line.strip()) and not looks_like_figure(line)
        if begins and row and (not row[-1].strip() or looks_like_figure(row[-1])):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _is_row(line: str, labels: FormLabels) -> bool:
    words = read_label(line).words
    return words in labels.leaves and words not in labels.heads


def _is_in_order(head: Sequence[str], form: Form) -> bool:
    """Whether the lines are the head of a table of the form, cell by cell as the form has it; or there is none."""
    written = [read_label(line).words for line in head]
    for table in form.tables.values():
        cells = sorted(lay_out(table).cells, key=lambda cell: (cell.row, cell.column))
        official = [read_label(cell.text).words for cell in cells if cell.anatomy in HEAD_LABELS]
        known = [words for words in written if words in set(official)]
        if known and known == [words for words in official if words in set(known)]:
            return True
    return not any(written)
