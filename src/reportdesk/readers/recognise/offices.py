"""What the offices of a unit filled in on their sheets of a 填报表, and what that adds up to.

Answers for whose numbers count and what is said of them: an office that stands there twice, a sheet of
another year, cells that hold no plain number. The sums are made here; those that a file keeps are
only compared with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.files.reading_notes import Outcome, Standing, doubtful, shorten
from reportdesk.readers.files.visible import OfficeSheet
from reportdesk.readers.tables.cell_values import Collected
from reportdesk.readers.tables.recognise import read_tables
from reportdesk.report.document import Value
from reportdesk.report.records import Contribution
from reportdesk.report.text.figures import show_figure

_NAMED = 6
"""Offices that one sentence names before it says 等."""


@dataclass(frozen=True, slots=True)
class _Office:
    """One office's sheet, read in the terms of a form."""

    sheet: OfficeSheet
    collected: Collected
    foreign: tuple[str, ...]
    is_one_of_many: bool
    """Whether there are several files, so that its name alone does not tell where it stands."""

    @property
    def values(self) -> dict[CellRef, Value]:
        """The numbers that it filled in; its totals are left to us."""
        form = self.collected.form
        return {ref: value for ref, value in self.collected.values.items() if ref not in form.totals}

    @property
    def doubts(self) -> list[Outcome]:
        """What is to be looked at on its sheet."""
        found = [one for one in self.collected.outcomes() if one.standing is Standing.DOUBTFUL]
        return found + [
            doubtful(f"有一张表不是年报格式里的，没有读入，开头是“{shorten(one)}”。") for one in self.foreign
        ]

    @property
    def is_filled(self) -> bool:
        """Whether anything stands on it that an office wrote."""
        return bool(self.values or self.doubts)

    @property
    def name(self) -> str:
        """The office, and its file where there are several."""
        return f"“{self.sheet.name}”（{self.sheet.file}）" if self.is_one_of_many else f"“{self.sheet.name}”"


@dataclass(slots=True)
class Added:
    """The sums, where each comes from, and what is to be said."""

    collected: Collected
    sources: dict[CellRef, tuple[Contribution, ...]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


def add_up(form: Form, year: str, sheets: Sequence[OfficeSheet], front: Collected) -> Added:
    """The sums of what the offices filled in; cells that none of them filled are as the front sheets have them.

    ``year`` is the report's, empty where nobody says it; ``front`` is what the form's own sheets show.
    """
    are_many = len({sheet.file for sheet in sheets}) > 1
    if are_many:
        front = Collected(form)  # of one file, which knows nothing of the others
    offices = [_read(sheet, form, is_one_of_many=are_many) for sheet in sheets]
    filled = {office.sheet.file for office in offices if office.is_filled and not office.sheet.is_front}
    offices = [office for office in offices if not office.sheet.is_front or _replaces(office, filled)]
    outcomes: list[Outcome] = []
    counted = _counted(offices, year, outcomes)
    added = Added(Collected(form), outcomes=outcomes)
    for ref in form.kind_of:
        if ref not in form.totals:
            _add_cell(added, ref, counted, offices, front)
    if not counted:
        added.collected.values |= {ref: value for ref, value in front.values.items() if ref in form.totals}
    outcomes += [outcome for office in counted for outcome in _about(office)]
    wrote = {office.sheet.name for office in offices if office.is_filled}
    if blank := [
        name for name in dict.fromkeys(office.sheet.name for office in offices) if name not in wrote
    ]:
        more = f"等 {len(blank)} 个" if len(blank) > _NAMED else ""
        named = "、".join(f"“{name}”" for name in blank[:_NAMED])
        outcomes.append(Outcome(Standing.NOT_FOUND, f"没有填数字的科室：{named}{more}。"))
    return added


def _read(sheet: OfficeSheet, form: Form, *, is_one_of_many: bool) -> _Office:
    tables = read_tables(sheet.contents, form)
    return _Office(sheet, tables.collected, tables.foreign, is_one_of_many)


def _replaces(front: _Office, filled: set[str]) -> bool:
    """Whether somebody filled in the sheets of the form instead of an office's."""
    return bool(front.values) and front.sheet.file not in filled


def _counted(offices: Sequence[_Office], year: str, outcomes: list[Outcome]) -> list[_Office]:
    """Those whose numbers count: each office once, and none of another year."""
    counted: dict[str, _Office] = {}
    for office in offices:
        sheet = office.sheet
        first = counted.get(sheet.name)
        if not office.is_filled:
            continue
        if year and sheet.year and sheet.year != year:
            outcomes.append(doubtful(f"{office.name}填的是{sheet.year}年的，不是{year}年的，没有算进去。"))
        elif first is None:
            counted[sheet.name] = office
        else:
            outcomes.append(_twice(first, office))
    return list(counted.values())


def _twice(first: _Office, again: _Office) -> Outcome:
    ours, theirs = first.values, again.values
    differing = tuple(ref for ref in first.collected.form.kind_of if ours.get(ref) != theirs.get(ref))
    if not differing:
        return doubtful(f"{again.name}与{first.name}是同一个科室，数字也相同，只算了一次。")
    example = first.collected.form.name_of(differing[0])
    return doubtful(
        f"{again.name}与{first.name}是同一个科室，有 {len(differing)} 格不一样（如{example}），"
        f"只算了{first.name}的，请核对以哪一份为准。",
        cells=differing,
    )


def _add_cell(
    added: Added, ref: CellRef, counted: Sequence[_Office], offices: Sequence[_Office], front: Collected
) -> None:
    collected = added.collected
    given = [(office, office.values[ref]) for office in counted if ref in office.values]
    if given:
        total = sum((value for _, value in given), start=0)
        collected.values[ref] = total
        added.sources[ref] = tuple(
            Contribution(office.sheet.name, value, office.sheet.file) for office, value in given
        )
        stated = front.values.get(ref)
        if stated is not None and stated != total:
            collected.doubt_about(
                ref,
                f"前面的表写的是 {show_figure(stated)}，各科室的表相加是 {show_figure(total)}，按相加的读入",
            )
    elif ref in front.values:
        collected.values[ref] = front.values[ref]
        if any(ref in office.collected.blank for office in counted):
            collected.doubt_about(
                ref, f"前面的表写的是 {show_figure(front.values[ref])}，科室的表都没有填，按前面的表读入"
            )
    elif ref in front.blank or any(ref in office.collected.blank for office in offices):
        collected.blank.add(ref)


def _about(office: _Office) -> Iterator[Outcome]:
    """What came from the office, what it left blank, and what is no plain number."""
    typed = [ref for ref in office.collected.form.kind_of if ref not in office.collected.form.totals]
    values, blank = office.values, office.collected.blank
    if office.sheet.is_front:
        yield doubtful(f"{office.sheet.file}里科室的表没有填，按它前面的表算作一个科室，请核对。")
    lacking = [ref for ref in typed if ref not in values and ref not in blank]
    says = f"{office.name}：填了 {len(values)} 格，{sum(ref in blank for ref in typed)} 格是空白。"
    yield Outcome(Standing.FOUND, says)
    if lacking:
        names = office.collected.form.name_of(lacking[0])
        says = f"{office.name}的表里有 {len(lacking)} 格没有找到（如{names}），请核对表样有没有改动。"
        yield Outcome(Standing.NOT_FOUND, says, cells=tuple(lacking))
    for one in office.doubts:
        yield replace(one, says=f"{office.name}：{one.says}")
