"""The numbers taken out of a file's tables, cell by cell, and what was doubtful about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportdesk.form.spec import CellRef, Form, Table
from reportdesk.readers.outcomes import Outcome, Standing, doubtful, shorten
from reportdesk.readers.written_figures import Figure, looks_like_figure, read_figure
from reportdesk.report.document import Value
from reportdesk.report.figures import show_figure

_NAMED = 4
"""Places that one sentence names before it says 等."""


@dataclass(slots=True)
class Collected:
    """What the tables gave. ``unplaced`` counts numbers that no cell of the form takes."""

    form: Form
    values: dict[CellRef, Value] = field(default_factory=dict)
    blank: set[CellRef] = field(default_factory=set)
    unplaced: int = 0
    strays: list[tuple[str, str]] = field(default_factory=list)
    """Rows with such numbers: the table's id and what stands before them."""
    _doubts: dict[tuple[str, str], list[CellRef]] = field(default_factory=dict)
    _sayings: dict[str, Outcome] = field(default_factory=dict)

    def take(self, ref: CellRef, figure: Figure) -> None:
        """Record what a cell shows; the first number that is seen for it stands."""
        known = self.values.get(ref)
        if figure.value is None:
            if known is None:
                self.blank.add(ref)
                self._doubt(ref, figure.doubt)
            return
        if known is None:
            self.values[ref] = figure.value
            self.blank.discard(ref)
            self._doubt(ref, figure.doubt)
        elif known != figure.value:
            table = self.form.tables[ref.table]
            self.say(
                f"{table.name}在文件里不止一处，数字不一样：{self.form.name_of(ref)}先是"
                f" {show_figure(known)}，后是 {show_figure(figure.value)}。按先出现的读入，请核对。",
                ref,
                once=f"twice {ref.table}",
            )

    def take_text(self, ref: CellRef, text: str, unit: str = "", doubt: str = "") -> None:
        """Record what a cell shows; ``unit`` is the unit of money that its column names.

        ``doubt`` is why the text may belong elsewhere; what is wrong with the text itself goes first.
        """
        kind = self.form.kind_of[ref]
        # 单位：元 over a whole table speaks of its money and not of its counts.
        is_other = bool(unit) and unit != kind.unit and unit[-1] == kind.unit[-1:]
        stated = f"{text}{unit}" if is_other and looks_like_figure(text) else text
        figure = read_figure(stated, kind)
        self.take(ref, Figure(figure.value, figure.doubt or doubt))

    def stray(self, table: str, count: int, before: str) -> None:
        """Count numbers that have no place; ``before`` is what stands before them in their row."""
        if count:
            self.unplaced += count
            self.strays.append((table, before))

    def say(self, says: str, ref: CellRef, *, once: str = "") -> None:
        """Ask the clerk to look at a place; of the same ``once`` only the first is said."""
        section = self.form.section_of[ref.table].id
        self._sayings.setdefault(once or says, doubtful(says, section, (ref,)))

    def _doubt(self, ref: CellRef, doubt: str) -> None:
        if doubt:
            self._doubts.setdefault((ref.table, doubt), []).append(ref)

    def outcomes(self) -> Iterator[Outcome]:
        """What is to be said of each table of the form, then of its cells."""
        for section in self.form.sections:
            for table in section.tables:
                yield from self._of_table(table, section.id)

    def _of_table(self, table: Table, section: str) -> Iterator[Outcome]:
        typed = list(self.form.typed_cells(table))
        missing = tuple(ref for ref in typed if ref not in self.values and ref not in self.blank)
        blank = tuple(ref for ref in typed if ref in self.blank)
        found = len(typed) - len(missing) - len(blank)
        if len(missing) == len(typed):
            yield Outcome(Standing.NOT_FOUND, f"没有找到{table.name}。", section, missing)
        else:
            empty = f"，{len(blank)} 格是空白" if blank else ""
            yield Outcome(
                Standing.FOUND, f"{table.name}：{len(typed)} 个填报数，读到 {found} 个{empty}。", section
            )
            if missing:
                yield Outcome(
                    Standing.NOT_FOUND, f"{table.name}里没有找到：{self._names(missing)}。", section, missing
                )
        for (of, doubt), refs in self._doubts.items():
            if of == table.id:
                yield doubtful(f"{self._names(refs)}：{doubt}。", section, tuple(refs))
        yield from (said for said in self._sayings.values() if said.cells[0].table == table.id)
        strays = [before for of, before in self.strays if of == table.id]
        if strays:
            named = "、".join(f"“{shorten(before)}”" for before in strays[:_NAMED])
            more = f"等 {len(strays)} 行" if len(strays) > _NAMED else ""
            yield doubtful(
                f"{table.name}里有数字没有读入，因为对不上格式里的行或列：{named}{more}。", section
            )

    def _names(self, refs: list[CellRef] | tuple[CellRef, ...]) -> str:
        """The cells by name; whole rows by the row's name."""
        rows: dict[tuple[str, str], list[CellRef]] = {}
        for ref in refs:
            rows.setdefault((ref.table, ref.row), []).append(ref)
        names = []
        for of_row in rows.values():
            table = self.form.tables[of_row[0].table]
            block = table.block_of(of_row[0])
            label = block.row(of_row[0].row).label
            typed = [ref for ref in self.form.typed_cells(table) if ref.row == of_row[0].row]
            whole = bool(label) and set(typed) <= set(of_row) and len(typed) > 1
            if whole:
                names.append(f"{table.name} {label[-1]}（整行）")
            else:
                names += [self.form.name_of(ref) for ref in of_row]
        said = "、".join(names[:_NAMED])
        return f"{said} 等 {len(refs)} 格" if len(names) > _NAMED else said
