"""Recognises the form's tables in whatever tables a file shows: by labels, not by position.

Works for any edition, since every label comes from the form. Spans may be given or lost, a table
may be cut into pieces by pages, and several may stand in one sheet; rows that belong to no table
of the form are handed on as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import ne

from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.files.grid import Grid, grid_of
from reportdesk.readers.files.reading_notes import shorten
from reportdesk.readers.files.visible import Visible, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.files.written_figures import looks_like_figure
from reportdesk.readers.tables.cell_values import Collected
from reportdesk.readers.tables.column_matching import Head, unit_in
from reportdesk.readers.tables.form_labels import BlockLabels, FormLabels, RowLabel, labels_of, rows_like
from reportdesk.readers.tables.group_rows import Group, settle
from reportdesk.readers.tables.labels import NEARLY, SAME, is_reckoning, read_label
from reportdesk.readers.tables.page_breaks import whole_tables
from reportdesk.readers.tables.row_kinds import (
    counts_columns,
    has_numbers_below,
    is_count_of_columns,
    is_of_numbers,
    is_of_odd_words,
    names_years,
    older_year,
    stub_of,
)
from reportdesk.readers.tables.row_texts import Said, row_name, row_texts
from reportdesk.readers.tables.transposed import set_upright
from reportdesk.readers.tables.year_captions import spell_year
from reportdesk.report.own_files import CONTINUED_LABEL, HEADING_LABEL, PARAGRAPH_LABEL, TITLE_LABEL

_PARENT_WEIGHT = 0.5
_SAME_BLOCK_WEIGHT = 0.25
_UNREAD_WEIGHT = 0.1
_HALF = 0.5
_LONGEST_UNIT_LINE = 40
"""Characters of a line above a table that may say 单位：元; a longer one is prose."""


@dataclass(frozen=True, slots=True)
class TableMark:
    """Where a table of the form begins among the text."""

    table: str


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what stands beside it, such as 机关全称 on a workbook's cover."""

    label: str
    text: str


PROSE_LEVELS = {TITLE_LABEL: 1, HEADING_LABEL: 2, PARAGRAPH_LABEL: 0}
"""What stands beside the lines of our workbook's sheets of prose, whatever a program made of them."""

Piece = VisibleParagraph | TableMark | Field


@dataclass(frozen=True, slots=True)
class TablesRead:
    """The numbers, and all else of the file in its order: text, fields, and where tables stood."""

    collected: Collected
    pieces: tuple[Piece, ...]
    foreign: tuple[str, ...]
    """How the tables begin of which nothing was read."""
    years: str = ""
    """Which years' rows were not read, in a sentence."""


def read_tables(contents: Iterable[Visible], form: Form) -> TablesRead:
    """The form's tables out of everything that a file shows."""
    reader = _Reader(form, labels_of(form), Collected(form))
    above = ""
    for visible in whole_tables(contents, reader.labels):
        if isinstance(visible, VisibleTable):
            for table in set_upright(visible, reader.labels):
                reader.read(grid_of(table), above)
                above = ""
        else:
            above = visible.text if visible.text.strip() else above
            reader.pieces.append(visible)
    for group in reader.groups:
        settle(group, reader.collected)
    reader.collected.settle()
    return TablesRead(reader.collected, tuple(reader.pieces), tuple(reader.foreign), _years_say(reader))


def _years_say(reader: _Reader) -> str:
    named = "、".join(map(spell_year, sorted(set(reader.other_years))))
    return f"表里{named}的数字没有读入，只读入了最近一年的，请核对。" if named else ""


@dataclass(slots=True)
class _Reader:
    """Walks through the rows of all tables; what a row means depends on those before it."""

    form: Form
    labels: FormLabels
    collected: Collected
    pieces: list[Piece] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    block: BlockLabels | None = None
    head: Head | None = None
    parents: list[str] = field(default_factory=list)
    """The words of the steps above the row, outermost first, as last seen."""
    numbered: dict[int, tuple[int, Head]] = field(default_factory=dict)
    """How many rows were read of a block without a stub, and under which head, by its place in the form."""
    groups: list[Group] = field(default_factory=list)
    unit: str = ""
    """The unit of money that a line of the table at hand gives for all of it, such as 单位：元."""
    of_form: bool = False
    """Whether the table at hand has shown anything of the form."""
    unread: list[str] = field(default_factory=list)
    other_years: list[str] = field(default_factory=list)
    """The years of rows that are not read, since those of a newer year stand beside them."""
    early: list[str] = field(default_factory=list)
    """Rows of numbers that the table at hand has before anything of the form."""

    def read(self, grid: Grid, above: str) -> None:
        """Read one table row by row; ``above`` is the line before it, where a unit may stand."""
        self.of_form = False
        self.unit = unit_in(above) if len(above) <= _LONGEST_UNIT_LINE else ""
        self.unread, self.early = [], []
        for row in range(grid.height):
            self._row(grid, row)
        if not self.of_form and self.unread:
            self.foreign.append(self.unread[0])
        elif self.early and self.block is not None:
            self.collected.strays += [(self.block.table.id, name) for name in self.early]

    # ------------------------------------------------------------ what a row is

    def _row(self, grid: Grid, row: int) -> None:
        written = grid.written(row)
        figures = any(looks_like_figure(cell.text) for cell in written)
        stub = stub_of(written)
        if (
            self._is_banner(written)
            or self._is_reckoning(written)
            or self._is_of_other_year(grid, written, stub)
        ):
            return
        if names_years(written):
            self._heading(grid, row)  # last year's columns beside this year's
            return
        if len(written) == 1 and not figures:
            self.unit = unit_in(written[0].text) or self.unit
        match = self._match(grid, row, stub)
        if match and not any(cell.column > match[0].column for cell in grid.row(row)):
            if self._is_left_of_numbers(*match[:2]):
                return  # a row of the table whose numbers the file has no cells for
            match = None
        if not figures and not match and is_of_odd_words(grid.written(row)) and self._plain_body(grid, row):
            return
        heading = (
            not figures
            and not (
                match and (self._is_left_of_numbers(*match[:2]) or self._is_left_blank(written, *match[1:]))
            )
            and self._is_heading(written, matched=match is not None)
        )
        self._note_parents(stub)
        if match and not heading:
            self._body(grid, row, *match)
        elif heading:
            self._heading(grid, row)
        elif not self._plain_body(grid, row) and not (figures and self._keep_group(grid, row, stub)):
            self._leave(grid, row, written)

    def _is_banner(self, written: Sequence[VisibleCell]) -> bool:
        if len(written) != 1:
            return False
        blocks = self.labels.banners.get(read_label(written[0].text).words)
        if not blocks:
            return False
        self._enter(next((block for block in blocks if not self._is_read(block)), blocks[0]))
        self.head = None
        return True

    def _is_reckoning(self, written: Sequence[VisibleCell]) -> bool:
        """Whether it is somebody's own check of the table, where a form's stubhead may begin alike, or 栏次 1 2 3."""
        if self.head is not None and not self.head.table and is_count_of_columns(written):
            return True
        if not written or not is_reckoning(written[0].text):
            return False
        return read_label(written[0].text).words not in self.labels.heads

    def _is_of_other_year(
        self, grid: Grid, written: Sequence[VisibleCell], stub: Sequence[VisibleCell]
    ) -> bool:
        """Whether the row is one of several that begin with a year, and not the newest's."""
        year = older_year(grid, written, stub)
        if year:
            self.unread.append(written[0].text)
            self.other_years.append(year)
        return bool(year)

    def _is_heading(self, written: Sequence[VisibleCell], *, matched: bool) -> bool:
        """Whether the row is labels of columns, the form's or others."""
        words = [read_label(cell.text).words for cell in written]
        known = sum(word in self.labels.heads for word in words)
        if len(words) > 1 and not matched and (self.of_form or known):
            return True
        return known > 0 and known >= len(words) * _HALF

    def _is_left_blank(self, written: Sequence[VisibleCell], found: RowLabel, score: float) -> bool:
        """Whether it is a row of the block at hand without a number, though a column may be called as it is."""
        steps = {step.words for step in found.steps}
        return (
            score == SAME
            and found.block is self.block
            and all(read_label(cell.text).words in steps for cell in written)
        )

    def _is_left_of_numbers(self, cell: VisibleCell, found: RowLabel) -> bool:
        """Whether the label stands in the stub, as far as a head above tells where that ends."""
        places = self.head.columns(found.block) if self.head else ()
        if not places or len(places) < _HALF * len(found.block.columns):
            return False  # more rows of the head are to come
        return cell.column + cell.columns <= min(place.start for place in places)

    def _heading(self, grid: Grid, row: int) -> None:
        self.of_form = True
        if self.head is None or self.head.table or self.head.grid is not grid:
            self.head = Head(grid, [])
        self.head.rows.append(row)

    def _match(
        self, grid: Grid, row: int, stub: Sequence[VisibleCell]
    ) -> tuple[VisibleCell, RowLabel, float] | None:
        """The row of the form that this is, the cell that says so, and how like its label is."""
        if not stub:
            return None
        beside = {read_label(grid.text(row, column)).words for column in range(stub[-1].column)}
        best: tuple[float, VisibleCell, RowLabel, float] | None = None
        for cell in reversed(stub):
            label = read_label(cell.text)
            for found, score in rows_like(self.labels, label):
                rating = score + self._context(found, beside)
                if best is None or rating > best[0]:
                    best = (rating, cell, found, score)
        return best[1:] if best else None

    def _context(self, found: RowLabel, beside: set[str]) -> float:
        """How well the row fits where the walk is."""
        fits = 0.0
        for depth, step in enumerate(found.steps[:-1]):
            above = self.parents[depth] if depth < len(self.parents) else ""
            if step.words not in beside and beside & found.block.steps_at(depth):
                above = "another"  # what stands beside the row goes before what stood above it
            if step.words in beside or step.words == above:
                fits += _PARENT_WEIGHT
            elif above:
                fits -= _PARENT_WEIGHT
        if found.block is self.block:
            fits += _SAME_BLOCK_WEIGHT
        first = CellRef(found.block.table.id, found.row.id, found.block.block.columns[0].id)
        return fits + (0 if first in self.collected.values else _UNREAD_WEIGHT)

    def _note_parents(self, stub: Sequence[VisibleCell]) -> None:
        for cell in stub:
            words = read_label(cell.text).words
            path = next((block.parents[words] for block in self.labels.blocks if words in block.parents), ())
            if path:
                self.parents = [step.words for step in path]

    # ------------------------------------------------------------ rows of numbers

    def _body(self, grid: Grid, row: int, cell: VisibleCell, found: RowLabel, score: float) -> None:
        block = found.block
        self._enter(block)
        texts = self._texts(grid, row, block, cell.column + cell.columns)
        strange = (
            cell.text if self._is_of_another_group(cell, found) else self._subtotal(grid, row, cell, found)
        )
        if strange:
            self.collected.stray(block.table.id, sum(bool(said.text) for said in texts.values()), strange)
            return
        unit = unit_in(cell.text) or self.unit
        for column, said in texts.items():
            ref = CellRef(block.table.id, found.row.id, column)
            self.collected.take_text(ref, said.text, said.unit or unit, said.doubt, is_gone=said.is_gone)
        if score < NEARLY and texts:
            ref = CellRef(block.table.id, found.row.id, next(iter(texts)))
            self.collected.say(
                f"{block.table.name}里的“{shorten(cell.text)}”当作“{found.row.label[-1]}”读入，请核对。", ref
            )

    def _is_of_another_group(self, cell: VisibleCell, found: RowLabel) -> bool:
        """Whether both the steps above and the number say that the row only has the words of the form's."""
        number, meant = read_label(cell.text).number, found.leaf.number
        path = (step.words for step in found.steps[:-1])
        return bool(number) and number != meant and any(map(ne, self.parents, path))

    def _subtotal(self, grid: Grid, row: int, cell: VisibleCell, found: RowLabel) -> str:
        """What a row is called that adds up a group and not what the form's row of the same words does.

        Empty if it is the form's: that has its number, or no group around it, or stands behind all groups.
        """
        label = read_label(cell.text)
        rows, own = found.block.rows, {step.words for step in found.steps}
        if label.number or not found.leaf.number or label.words != found.leaf.words:
            return ""
        beside = [read_label(grid.text(row, column)).words for column in range(cell.column)]
        around = [words for words in (*self.parents, *beside) if words in found.block.parents]
        if not around or around[-1] in own:
            return ""
        group = around[-1]
        at = rows.index(found)
        inside = [
            number for number, other in enumerate(rows) if group in {step.words for step in other.steps}
        ]
        is_last = group not in beside and max(inside) == at - 1
        return (
            ""
            if is_last and not self._comes_again(grid, row, found)
            else (f"{found.block.name_of(group)} {cell.text.strip()}")
        )

    def _comes_again(self, grid: Grid, row: int, found: RowLabel) -> bool:
        """Whether the form's row itself stands further down, before the rows that follow it in the form."""
        rows = found.block.rows
        following = {other.leaf.words for other in rows[rows.index(found) + 1 :]}
        for below in range(row + 1, grid.height):
            labels = [read_label(cell.text) for cell in stub_of(grid.written(below))]
            if any(label.words in following for label in labels):
                return False
            if any(label.words == found.leaf.words for label in labels):
                return True
        return False

    def _plain_body(self, grid: Grid, row: int) -> bool:
        """Read the row as one of a block without a stub, if the head above is such a block's."""
        cells = grid.row(row)
        if self.head is None or not cells:
            return False
        fitting = [
            (len(self.head.columns(block)) / len(block.columns), -number, block)
            for number, block in enumerate(self.labels.blocks)
            if not block.has_stub
        ]
        share, number, block = max(fitting, default=(0.0, 0, None), key=lambda fit: fit[:2])
        if block is None or share < _HALF:
            return False
        start = self.head.columns(block)[0].start
        texts = [cell.text for cell in cells if cell.column >= start]
        if not is_of_numbers(texts) or any(read_label(text).words in self.labels.heads for text in texts):
            return False
        done, under = self.numbered.get(-number, (0, None))
        if done >= len(block.block.rows) and self.head is not under:
            done = 0  # the table stands there once more
        if not done and counts_columns(texts) and has_numbers_below(grid, row):
            return True
        said = self._texts(grid, row, block, 0)
        if done >= len(block.block.rows) or not said:
            return not any(one.text for one in said.values())
        self._enter(block)
        for column, one in said.items():
            ref = CellRef(block.table.id, block.block.rows[done].id, column)
            self.collected.take_text(ref, one.text, one.unit or self.unit, one.doubt, is_gone=one.is_gone)
        if not all(one.is_gone for one in said.values()):
            self.numbered[-number] = done + 1, self.head
        return True

    def _enter(self, block: BlockLabels) -> None:
        self.of_form = True
        if self.block is None or self.block.table is not block.table:
            self.pieces.append(TableMark(block.table.id))
        self.block = block

    def _is_read(self, block: BlockLabels) -> bool:
        refs = {
            CellRef(block.table.id, row.row.id, column.column.id)
            for row in block.rows
            for column in block.columns
        }
        return bool(refs & (self.collected.values.keys() | self.collected.blank))

    def _texts(self, grid: Grid, row: int, block: BlockLabels, first: int) -> Mapping[str, Said]:
        return row_texts(grid, row, first, block, self.head, self.collected)

    # ------------------------------------------------------------ what belongs to no row

    def _keep_group(self, grid: Grid, row: int, stub: Sequence[VisibleCell]) -> bool:
        """Keep a row that gives one number for a whole group of the form's rows."""
        for cell in reversed(stub):
            words = read_label(cell.text).words
            block = next((block for block in self.labels.blocks if words in block.parents), None)
            if block is None:
                continue
            texts = self._texts(grid, row, block, cell.column + cell.columns)
            if texts:
                unit = unit_in(cell.text) or self.unit
                named = {column: said._replace(unit=said.unit or unit) for column, said in texts.items()}
                self.groups.append(Group(block, words, named))
            self._enter(block)
            return True
        return False

    def _leave(self, grid: Grid, row: int, written: Sequence[VisibleCell]) -> None:
        """Hand on what no table of the form has."""
        figures = [cell for cell in written if looks_like_figure(cell.text)]
        if not written or any(cell.left_out and cell.doubt for cell in grid.row(row)):
            return
        if len(written) == 1 and not figures:
            text = written[0].text.strip()
            if text in (*PROSE_LEVELS, CONTINUED_LABEL):
                return  # a row of our workbook without its text
            if not self._is_torn_label(text):
                self.pieces += [VisibleParagraph(line) for line in text.split("\n") if line.strip()]
            return
        beside = len(written) == 2 and not looks_like_figure(written[0].text)  # noqa: PLR2004 - label and text
        if beside and not (figures and self.of_form):
            self.pieces.append(Field(written[0].text.strip(), written[1].text.strip()))
            return
        first = written[0].text
        name = row_name(written) if looks_like_figure(first) else first
        self.unread.append(name)
        if figures and self.block is not None and self.of_form:
            self.collected.stray(self.block.table.id, len(figures), name)
        elif figures:
            self.collected.unplaced += len(figures)
            self.early.append(name)

    def _is_torn_label(self, text: str) -> bool:
        """Whether the text is a piece of a label that a page's end tore from the rest."""
        words = read_label(text).words
        steps = (step.words for block in self.labels.blocks for row in block.rows for step in row.steps)
        return bool(words) and any(words in step for step in steps)
