"""The numbers taken out of a file's tables, cell by cell, and what was doubtful about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportdesk.form.spec import CellRef, Form, Table
from reportdesk.readers.files.reading_notes import Outcome, Standing, doubtful, shorten
from reportdesk.readers.files.written_figures import Figure, looks_like_figure, read_figure
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_NAMED = 4
"""Places that one sentence names before it says 等."""


_MONEY = ("元", "千元", "万元", "亿元")
_NAMES_MONEY = re.compile("[元万亿]")
_PARTICULAR = re.compile("“[^”]*”|[0-9.]+")
"""What doubts of one kind may differ in: the file's words, and numbers."""


def _is_copy(one: Mapping[CellRef, Figure], other: Mapping[CellRef, Figure]) -> bool:
    """Whether both show the same table, more than half of it."""
    return 2 * len(one.keys() & other.keys()) >= max(len(one), len(other))


def _is_filled(copy: Mapping[CellRef, Figure]) -> bool:
    return any(figure.value is not None for figure in copy.values())


@dataclass(slots=True)
class Collected:
    """What the tables gave. ``unplaced`` counts numbers that no cell of the form takes."""

    form: Form
    values: dict[CellRef, Value] = field(default_factory=dict)
    blank: set[CellRef] = field(default_factory=set)
    unplaced: int = 0
    strays: list[tuple[str, str]] = field(default_factory=list)
    """Rows with such numbers: the table's id and what stands before them."""
    _copies: dict[str, list[dict[CellRef, Figure]]] = field(default_factory=dict)
    """What was seen of each table, copy by copy."""
    _gone: dict[CellRef, str] = field(default_factory=dict)
    """The cells that the file shows as deleted, and what is said of them."""
    _conflicts: dict[str, str] = field(default_factory=dict)
    """How tables stand there more than once with other numbers, by table."""
    _doubts: dict[tuple[str, str], list[tuple[CellRef, str]]] = field(default_factory=dict)
    _sayings: dict[str, Outcome] = field(default_factory=dict)

    def take(self, ref: CellRef, figure: Figure) -> None:
        """Record what a cell shows; a cell that is seen again begins another copy of its table."""
        copies = self._copies.get(ref.table) or self._copies.setdefault(ref.table, [{}])
        if ref in copies[-1]:
            copies.append({})
        copies[-1][ref] = figure
        if figure.value is not None:
            self.values.setdefault(ref, figure.value)
            self.blank.discard(ref)
        elif ref not in self.values:
            self.blank.add(ref)

    def settle(self) -> None:
        """Decide for one copy of each table, when all is seen: numbers of two copies are never mixed.

        The first that holds a number counts. What repeats less than half of a table is no copy of it
        but a piece, such as a row that stands there twice, and adds to it; the first number stands.
        """
        self.values, self.blank = {}, set()
        for first, *others in self._copies.values():
            rivals = [first, *(copy for copy in others if _is_copy(copy, first))]
            chosen = next((copy for copy in rivals if _is_filled(copy)), first)
            for copy in (chosen, *(copy for copy in others if copy not in rivals)):
                for ref, figure in copy.items():
                    self._settle_cell(ref, figure)
            for rival in rivals:
                if rival is not chosen:
                    self._compare(rival)
        for ref, doubt in self._gone.items():
            if ref not in self.values and ref not in self.blank:
                self._settle_cell(ref, Figure(None, doubt))

    def _settle_cell(self, ref: CellRef, figure: Figure) -> None:
        known = self.values.get(ref)
        if figure.value is None:
            if known is None:
                self.blank.add(ref)
                if figure.doubt:
                    self._doubt(ref, figure.doubt)
        elif known is None:
            self.values[ref] = figure.value
            self.blank.discard(ref)
            if figure.doubt:
                self._doubt(ref, figure.doubt)
        elif known != figure.value:
            self._tell_twice(ref, figure.value)

    def _compare(self, rival: Mapping[CellRef, Figure]) -> None:
        """Tell of the first number that another copy has otherwise, if that has any."""
        for ref, figure in rival.items() if _is_filled(rival) else ():
            if figure.value != self.values.get(ref):
                self._tell_twice(ref, figure.value)
                return

    def _tell_twice(self, ref: CellRef, other: Value | None) -> None:
        ours = self.values.get(ref)
        one, two = ("空白" if value is None else f" {show_figure(value)}" for value in (ours, other))
        differ = (
            f"{self.form.tables[ref.table].name}在文件里不止一处，数字不一样：{self.form.name_of(ref)}先是"
            f"{one}，后是{two}"
        )
        self._conflicts.setdefault(ref.table, differ)
        self.say(f"{differ}。只按先出现的读入，请核对。", ref, once=f"twice {ref.table}")

    def conflict_in(self, table: str) -> str:
        """How the table stands there more than once with other numbers; empty if it does not."""
        return self._conflicts.get(table, "")

    def take_text(
        self, ref: CellRef, text: str, unit: str = "", doubt: str = "", *, is_gone: bool = False
    ) -> None:
        """Record what a cell shows; ``unit`` is the unit of money that its column names.

        ``doubt`` is why the text may belong elsewhere; what is wrong with the text itself goes first.
        What ``is_gone`` counts only where the file does not show the cell once more.
        """
        if is_gone:
            self._gone.setdefault(ref, doubt)
            return
        kind = self.form.kind_of[ref]
        # 单位：元 over a whole table speaks of its money and not of its counts.
        names_own = kind.unit in _MONEY and _NAMES_MONEY.search(text) is not None
        is_other = bool(unit) and unit != kind.unit and unit[-1] == kind.unit[-1:] and not names_own
        stated = f"{text}{unit}" if is_other and looks_like_figure(text) else text
        figure = read_figure(stated, kind)
        if not doubt and not unit and figure.value and kind.unit in _MONEY and not names_own:
            doubt = f"表头和格子里都没有写单位，按{kind.unit}读入，请核对是不是{kind.unit}"
        self.take(ref, Figure(figure.value, doubt) if doubt and not figure.doubt else figure)

    def stray(self, table: str, count: int, before: str) -> None:
        """Count numbers that have no place; ``before`` is what stands before them in their row."""
        if count:
            self.unplaced += count
            self.strays.append((table, before))

    def say(self, says: str, ref: CellRef, *, once: str = "") -> None:
        """Ask the clerk to look at a place; of the same ``once`` only the first is said."""
        section = self.form.section_of[ref.table].id
        self._sayings.setdefault(once or says, doubtful(says, section, (ref,)))

    def doubt_about(self, ref: CellRef, doubt: str) -> None:
        """Have the clerk look at a cell; doubts of one kind are told together."""
        self._doubt(ref, doubt)

    def _doubt(self, ref: CellRef, doubt: str) -> None:
        kind = _PARTICULAR.sub("", doubt)
        self._doubts.setdefault((ref.table, kind), []).append((ref, doubt))

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
        for (of, _), doubts in self._doubts.items():
            if of == table.id:
                refs = tuple(ref for ref, _ in doubts)
                alike = len({doubt for _, doubt in doubts}) == 1
                more = "" if alike else "（这是其中第一格，其余相仿）"
                yield doubtful(f"{self._names(refs)}：{doubts[0][1]}{more}。", section, refs)
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
