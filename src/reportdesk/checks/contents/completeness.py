"""What a report must hold to be one: every number, every part of prose, its unit and its year.

Cheap enough for every keystroke. Marks of 完成 decide nothing here; that the window keeps calm about
a section that is being written is ``session.finding_filter``'s.
"""

from __future__ import annotations

import functools
import itertools
import weakref
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from reportdesk.checks.engine import OFFICIAL_FORM, UNVERIFIED, CheckContext, Found, Severity, check
from reportdesk.form.spec import FRONT_TITLE, CellRef, Form, Part, Section
from reportdesk.report.document import Fact, Report
from reportdesk.report.progress import blank_cells, is_written

_NAMED = 3
"""How many cells a sentence names before it says 等."""
_OPENS_WITHIN = 500
_OPENING_SIGNS = ("统计期限", "统计时限", "统计时间", "统计数据", "12月31日止")
_UNDIVIDED_LEAST = 60
"""Characters: a text of all parts of a section has at least so many."""


@check("NUM-1", Severity.ERROR, source=f"{OFFICIAL_FORM}：各项没有的填 0，不留空白")
def num_1(subject: CheckContext) -> Iterator[Found]:
    """三张表里不能有未填的格，没有的填 0。"""
    form, cells = subject.form, tuple(subject.report.cells)
    last = _LAST_CELLS.get(form)
    if last is None or last[0] != cells:
        last = _LAST_CELLS[form] = cells, tuple(_unfilled_tables(form, subject.report))
    yield from last[1]


_LAST_CELLS: MutableMapping[Form, tuple[tuple[CellRef, ...], Sequence[Found]]] = weakref.WeakKeyDictionary()
"""The cells that were filled last, and what was said of the others: another number changes neither."""


def _unfilled_tables(form: Form, report: Report) -> Iterator[Found]:
    for table in form.tables.values():
        blank = blank_cells(form, report, table)
        if blank:
            yield _unfilled(form, table.id, blank)


@check(
    UNVERIFIED,
    Severity.WARNING,
    source="《政府信息公开条例》第六条：准确地公开政府信息；标为待核实的数还没有核对",
)
def num_3(subject: CheckContext) -> Iterator[Found]:
    """标为待核实的数，核对以后才能报送。"""
    for table in subject.form.tables.values() if subject.report.unverified else ():
        marked = tuple(ref for ref in table.refs() if ref in subject.report.unverified)
        if marked:
            yield Found(
                f"{table.name}有 {len(marked)} 格标着待核实：{_names(subject.form, marked)}。请核对后去掉标记。",
                subject.form.section_of[table.id].id,
                marked,
                is_omission=True,
            )


@check("PART-1", Severity.ERROR, source=f"{OFFICIAL_FORM}：开头和第一、五、六节各部分")
def part_1(subject: CheckContext) -> Iterator[Found]:
    """开头和各节的每一部分都应有文字，没有相关情况的也写明。"""
    form, report = subject.form, subject.report
    last = _LAST.get(form)
    if last is None or last.prose != report.prose or last.headings != report.headings:
        last = _Last(dict(report.prose), dict(report.headings), tuple(_missing_texts(form, report)))
        _LAST[form] = last
    yield from last.missing


@dataclass(frozen=True, slots=True)
class _Last:
    """The texts that were looked at last, and what they lacked: a number that is typed changes none of them."""

    prose: Mapping[str, str]
    headings: Mapping[str, str]
    missing: Sequence[Found]


_LAST: MutableMapping[Form, _Last] = weakref.WeakKeyDictionary()


def _missing_texts(form: Form, report: Report) -> Iterator[Found]:
    if not is_written(report, form.opening) and not opens_elsewhere(form, report):
        yield _missing(form, form.opening.id, form.opening.heading)
    for section in form.sections:
        for part in missing_parts(form, report, section):
            yield _missing(form, part.id, report.heading(part))


@check("MET-3", Severity.ERROR, source=f"{OFFICIAL_FORM}标题：〈机关名称〉〈年份〉年政府信息公开工作年度报告")
def met_3(subject: CheckContext) -> Iterator[Found]:
    """年报应有机关名称和报告年度。"""
    report = subject.report
    if not (report.name_in_title().strip() or report.facts.get(Fact.TITLE, "").strip()):
        yield Found(f"没有填写机关名称，请在“{FRONT_TITLE}”里填写。", "", about="unit")
    if report.year is None:
        yield Found(f"没有填写报告年度，请在“{FRONT_TITLE}”里填写。", "", about="year")


def opens_elsewhere(form: Form, report: Report) -> bool:
    """Whether what the opening is for, the basis and the period, begins the first section, as many offices print it."""
    first = next((report.prose[part.id] for part in _first_parts(form) if report.prose.get(part.id)), "")
    return any(sign in first[:_OPENS_WITHIN] for sign in _OPENING_SIGNS)


def _first_parts(form: Form) -> Sequence[Part]:
    return next((section.parts for section in form.sections if section.parts), ())


def missing_parts(form: Form, report: Report, section: Section) -> Sequence[Part]:
    """The section's parts that have no text; none where all of it stands undivided in one of them."""
    prose = report.prose
    missing = [part for part in section.parts if part.id not in prose or not is_written(report, part)]
    if len(missing) != len(section.parts) - 1:
        return missing
    return () if is_undivided(form, report, section) else missing


def is_undivided(form: Form, report: Report, section: Section) -> bool:
    """Whether one part holds the text of the whole section: it speaks of what each of the others is about."""
    if len(section.parts) == 1:
        return False
    every = (part for part in section.parts if is_written(report, part))
    written = list(itertools.islice(every, 2))
    if len(written) != 1:
        return False
    text = report.prose[written[0].id]
    if len(section.parts) > 2 and len(text) < _UNDIVIDED_LEAST:  # noqa: PLR2004 - section five is short
        return False
    from reportdesk.checks.claims.words import rule_words

    role_of = {part: role for role, part in form.part_roles.items()}
    about: dict[str, list[str]] = rule_words("text")["subjects"]  # type: ignore[assignment]
    others = (about.get(role_of.get(part.id, ""), []) for part in section.parts if part is not written[0])
    return all(any(word in text for word in words) for words in others)


def _unfilled(form: Form, table_id: str, blank: tuple[CellRef, ...]) -> Found:
    name, section = form.tables[table_id].name, form.section_of[table_id].id
    message = f"{name}还有 {len(blank)} 格未填：{_names(form, blank)}。请补填，没有的填 0。"
    return Found(message, section, blank, is_omission=True)


def _name_of_part(section: Section, heading: str) -> str:
    """The part in a clerk's words: 一、总体情况“（二）依申请公开”."""
    heading = heading.rstrip("。:： ")
    return f"{section.title}“{heading}”" if heading else section.title


@functools.lru_cache(maxsize=128)
def _missing(form: Form, part_id: str, heading: str) -> Found:
    section, part = form.section_of.get(part_id), form.parts[part_id]
    name = _name_of_part(section, heading) if section else heading
    asks = part.asks.partition("。")[0]
    advice = f"请补写：{asks}。" if asks else "请补写，没有相关情况的也写明。"
    return Found(f"{name}没有文字。{advice}", section.id if section else "", part=part.id, is_omission=True)


def _names(form: Form, refs: Sequence[CellRef]) -> str:
    names = "、".join(form.name_of(ref).partition(" ")[2] for ref in refs[:_NAMED])
    return f"{names}等" if len(refs) > _NAMED else names
