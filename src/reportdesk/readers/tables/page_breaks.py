"""Tables that a page's end cuts: a row whose label goes on in the next piece, and the line 续表 between two pieces.

Which label is whole, the form says: a row is put together only where its two halves are a label of
the form and are none alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from reportdesk.readers.files.visible import Visible, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.files.written_figures import is_blank, looks_like_figure
from reportdesk.readers.tables.form_labels import FormLabels
from reportdesk.readers.tables.labels import read_label

_GOES_ON = re.compile(
    r"[（(]?(?:[续接]上?[表页]?|(?:附?表|.{0,12})[0-9一二三四五六七八九十]*[（(]续表?[）)])"
    r"[0-9一二三四五六七八九十]*[）)]?[：:]?"
)
_LONGEST = 20


def whole_tables(contents: Iterable[Visible], labels: FormLabels) -> Iterator[Visible]:
    """The same with cut rows put together, and without lines that only say that a table goes on."""
    known = _known(labels)
    waiting: VisibleTable | None = None
    between: list[Visible] = []
    for visible in contents:
        if isinstance(visible, VisibleParagraph) and waiting and _says_goes_on(visible.text):
            between.append(visible)
        elif isinstance(visible, VisibleTable) and waiting:
            whole, rest = _put_together(waiting, visible, known)
            yield whole
            waiting, between = rest, []
        elif isinstance(visible, VisibleTable):
            waiting = visible
        else:
            if waiting:
                yield waiting
            yield from between
            waiting, between = None, []
            yield visible
    if waiting:
        yield waiting
    yield from between


def _says_goes_on(text: str) -> bool:
    return not text.strip() or (
        len(text) <= _LONGEST and _GOES_ON.fullmatch("".join(text.split())) is not None
    )


def _known(labels: FormLabels) -> frozenset[str]:
    """The words of all labels that rows have, whole."""
    steps = (step for block in labels.blocks for row in block.rows for step in row.steps)
    return frozenset(words for step in steps for words in (step.words, step.short))


def _put_together(
    above: VisibleTable, below: VisibleTable, known: frozenset[str]
) -> tuple[VisibleTable, VisibleTable]:
    """Both pieces; if a row is cut between them, it stands whole at the end of the first."""
    last = max((cell.row + cell.rows for cell in above.cells), default=1) - 1
    row = _head_rows(above, below)
    upper = {cell.column: cell for cell in above.cells if cell.row <= last < cell.row + cell.rows}
    lower = {cell.column: cell for cell in below.cells if cell.row == row}
    if not _is_cut(upper, lower, known):
        return above, below
    texts = {column: f"{upper[column].text}{lower[column].text}" for column in lower}
    whole = [
        cell._replace(text=texts[cell.column])
        if cell.column in texts and cell.row <= last < cell.row + cell.rows
        else cell
        for cell in above.cells
    ]
    rest = [_without_row(cell, row, texts) for cell in below.cells if cell.row != row or cell.rows > 1]
    return VisibleTable(tuple(whole), above.name), VisibleTable(tuple(rest), below.name)


def _without_row(cell: VisibleCell, row: int, texts: Mapping[int, str]) -> VisibleCell:
    if cell.row > row:
        return cell._replace(row=cell.row - 1)
    return cell._replace(text=texts[cell.column], rows=cell.rows - 1) if cell.row == row else cell


def _head_rows(above: VisibleTable, below: VisibleTable) -> int:
    """How many rows of the second piece's top repeat the first's."""
    row = 0
    while True:
        first, second = ([cell[:5] for cell in table.cells if cell.row == row] for table in (above, below))
        if not second or first != second or any(looks_like_figure(cell[0]) for cell in second):
            return row
        row += 1


def _is_cut(
    upper: Mapping[int, VisibleCell], lower: Mapping[int, VisibleCell], known: frozenset[str]
) -> bool:
    """Whether two rows are halves of one: no number in both, and labels that are whole only together."""
    if not lower or not lower.keys() <= upper.keys():
        return False
    found = False
    for column, cell in lower.items():
        one, other = upper[column].text, cell.text
        if not other.strip():
            continue
        figures = looks_like_figure(one), looks_like_figure(other)
        if any(figures):
            if all(figures) or not (is_blank(one) or is_blank(other)):
                return False
            continue
        words = [read_label(text).words for text in (one, other, f"{one}{other}")]
        if words[0] in known and words[1] in known:
            return False
        found = found or (words[2] in known and bool(words[0]) and words[2] not in words[:2])
    return found
