"""Beginning a report: from a unit's profile, or from last year's report (从上年生成).

Answers for what a new report takes over and for what the clerk is told about it. Which rows
carry over stands in the form as the roles ``requests_carried_out`` and ``requests_carried_in``;
an edition without them carries nothing. No number but those is taken over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report, Snapshot, Value, drafts, new_report
from reportdesk.report.edit_between import STANDING
from reportdesk.report.text.days import spell_day
from reportdesk.store.fingerprint import digest_of
from reportdesk.store.user_data.profile import profile_of
from reportdesk.store.user_data.unit_profile import UnitProfile

_WRITING_BEGINS = 11
"""The month in which offices begin with the report of the year that is not over yet."""
_PROGRAM_BEGAN = 2020
_FAR_BEYOND = 3


@dataclass(frozen=True, slots=True)
class LastYear:
    """A report that another is to be made from, with its form, file name and file's bytes."""

    report: Report
    form: Form
    source: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Carried:
    """A number of last year's that goes into this year's cell ``ref``; ``remark`` says where it is from."""

    ref: CellRef
    value: Value
    remark: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A new report and what the clerk must see of how it came to be.

    ``announced`` says the same in words that hold while the report is not kept yet.
    """

    report: Report
    notices: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()


def default_year(today: dt.date) -> int:
    """The year that a report begun today is about; the clerk is asked all the same."""
    return today.year if today.month >= _WRITING_BEGINS else today.year - 1


def doubtful_clock(today: dt.date, newest: int | None) -> str:
    """Why the PC's clock may be wrong, as a sentence; empty if nothing speaks for that.

    ``newest`` is the latest year of the reports on this PC.
    """
    shown = f"这台电脑的日期是{spell_day(today)}"
    if today.year < _PROGRAM_BEGAN:
        return f"{shown}，可能不准。请核对电脑的日期，并留意下面的报告年度。"
    if newest is not None and default_year(today) < newest:
        return f"{shown}，而这里已有{newest}年的年报。请核对电脑的日期和下面的报告年度。"
    if newest is not None and default_year(today) > newest + _FAR_BEYOND:
        return f"{shown}，比这里最近的年报（{newest}年）晚很多。请核对电脑的日期和下面的报告年度。"
    return ""


def proposed_title(full_name: str, own: UnitProfile | None) -> str:
    """The 标题用名 to propose for a unit; empty where its full name is to be used.

    The unit of this PC has its own; for another what that one leaves out of its full name at the
    beginning and the end is left out as well, as far as both have it.
    """
    full_name = full_name.strip()
    title = own.facts.get(Fact.TITLE_NAME, "") if own is not None else ""
    if own is None or not title or not full_name:
        return ""
    if full_name == own.full_name:
        return title
    before, found, behind = own.full_name.partition(title)
    rest = full_name.removeprefix(before).removesuffix(behind)
    is_alike = found and full_name.startswith(before) and full_name.endswith(behind)
    return rest if is_alike and rest != full_name else ""


def begin_report(form: Form, year: int, unit: UnitProfile) -> Report:
    """A blank report of the unit, its opening drafted."""
    report = new_report(form, year, unit.full_name, unit.facts.get(Fact.TITLE_NAME, ""))
    report.facts.update(unit.facts)
    report.prose.update(drafts(form, report))
    return report


def begin_from_last_year(form: Form, year: int, last: LastYear, own: UnitProfile | None = None) -> Begun:
    """This year's report out of last year's.

    Unit, contact and own headings are taken over, 四 of last year goes into 二 and is marked
    待核实 with a remark that says where from, and last year's report goes along as the
    read-only snapshot. ``own`` is the unit of this PC. What does not suit becomes a notice.
    """
    before = last.report
    unit = profile_of(before) or own
    report = begin_report(form, year, unit) if unit else new_report(form, year, full_name="")
    _take_title(report, before)
    if last.form.edition == form.edition:
        report.headings.update({part: words for part, words in before.headings.items() if part in form.parts})
    if before.year is not None and before.year != year:
        report.previous[before.year] = snapshot_of(last)
    carried = carried_over(form, last) if before.year == year - 1 else ()
    for one in carried:
        report.cells[one.ref] = one.value
        report.unverified[one.ref] = True
        report.remarks[one.ref] = one.remark
    told, announced = (
        tuple(_notices(form, year, last, own, len(carried), is_kept=is_kept)) for is_kept in (True, False)
    )
    return Begun(report, told, announced)


def _take_title(report: Report, before: Report) -> None:
    """An own title and closing go along, the old year in the title made the new one."""
    title = before.facts.get(Fact.TITLE)
    if title and before.year is not None:
        report.facts[Fact.TITLE] = title.replace(str(before.year), report.facts[Fact.YEAR])
    elif title:
        report.facts[Fact.TITLE] = title
    if Fact.CLOSING_UNIT in before.facts:
        report.facts[Fact.CLOSING_UNIT] = before.facts[Fact.CLOSING_UNIT]


def snapshot_of(last: LastYear) -> Snapshot:
    """Last year's report as it is kept in this year's."""
    before = last.report
    return Snapshot(
        edition=before.edition,
        facts={fact: text for fact, text in before.facts.items() if fact not in STANDING},
        prose=dict(before.prose),
        cells=dict(before.cells),
        source=last.source,
        digest=digest_of(last.content),
    )


def carried_over(form: Form, last: LastYear) -> tuple[Carried, ...]:
    """What goes from last year's report into this year's, whose form is ``form``."""
    given: dict[str, tuple[CellRef, Value]] = {
        ref.column: (ref, last.report.cells[ref])
        for ref in _typed(last.form, "requests_carried_out")
        if ref in last.report.cells
    }
    remark = f"取自{last.report.year}年年报的“{{}}”，请核实"
    return tuple(
        Carried(ref, given[ref.column][1], remark.format(last.form.name_of(given[ref.column][0])))
        for ref in _typed(form, "requests_carried_in")
        if ref.column in given
    )


def _typed(form: Form, role: str) -> Iterator[CellRef]:
    """The typed cells that a role names or that lie under the totals which it names."""
    typed_under = relate(form).typed_under
    for ref in form.cell_roles.get(role, ()):
        yield from typed_under.get(ref, (ref,))


def _notices(
    form: Form, year: int, last: LastYear, own: UnitProfile | None, carried: int, *, is_kept: bool
) -> Iterator[str]:
    """What is to be told; ``is_kept`` once the new report lies in its file."""
    before = last.report
    unit = before.facts.get(Fact.FULL_NAME) or before.name_in_title()
    if own is not None and unit and unit not in (own.full_name, own.facts.get(Fact.TITLE_NAME)):
        yield f"上年文件“{last.source}”是“{unit}”的，不是本单位“{own.full_name}”的。请核对是否选错了文件。"
    if before.year is None:
        yield f"上年文件“{last.source}”没有写年度，所以不带入上年结转数，也不能与上年比较。"
    elif before.year == year:
        yield f"“{last.source}”也是{year}年的年报，所以不带入上年结转数。请核对报告年度或另选上年文件。"
    elif before.year != year - 1:
        yield (
            f"“{last.source}”是{before.year}年的年报，不是上一年（{year - 1}年）的，"
            "所以不带入上年结转数。请核对报告年度或另选上年文件。"
        )
    else:
        yield from _about_carried(form, last, carried, is_kept=is_kept)
    if last.form.edition != form.edition:
        left_out = "小标题" if carried else "小标题和上年结转数都"
        yield (
            f"上年文件用的是{last.form.name}年报格式，本年用{form.name}：{left_out}不带入，"
            "只有两种格式都有的数字可以与上年比较。"
        )


def _about_carried(form: Form, last: LastYear, carried: int, *, is_kept: bool) -> Iterator[str]:
    blank = sum(ref not in last.report.cells for ref in _typed(last.form, "requests_carried_out"))
    if carried:
        name = _row_name(form, "requests_carried_in")
        puts = "已把" if is_kept else "建立年报时会把"
        yield f"{puts}上年的结转数填入{name}，共 {carried} 格，都标为待核实，请逐格核对。"
    if blank:
        yield f"上年文件的{_row_name(last.form, 'requests_carried_out')}有 {blank} 格没有填，请查实后补填。"


def _row_name(form: Form, role: str) -> str:
    """A row in a clerk's words, such as 表三“二、上年结转政府信息公开申请数量”."""
    ref = next(_typed(form, role))
    table = form.tables[ref.table]
    return f"{table.name}“{table.block_of(ref).row(ref.row).label[-1]}”"
