"""What a 审核单 says is open in a report: findings, 待核实 and blanks, and the 说明 of what was settled.

What is wrong with a report is the checks' to say. Here it is only laid out, at full length or so that
warnings of one kind stand together.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportdesk.checks.contents.completeness import missing_parts
from reportdesk.checks.engine import Finding, Severity, ran_whole
from reportdesk.checks.outcome import Checked, nothing_found
from reportdesk.exports.internal.layout import BODY, HEADING, STRONG, Piece, Words
from reportdesk.exports.style import TextStyle
from reportdesk.form.spec import FRONT_TITLE, CellRef, Form
from reportdesk.report.document import Report
from reportdesk.report.progress import blank_cells
from reportdesk.report.text.figures import tell_figure

INDENT = 16.0
_GROUPS = {Severity.ERROR: "必须改", Severity.WARNING: "提醒", Severity.HINT: "提示"}
_FEW = 6
"""So many blanks of a table are named one by one."""
_MOST_CELLS = 12
"""So many cells to be verified are named where room is short."""


@dataclass(frozen=True, slots=True)
class Length:
    """How what is open is told: in which type, and whether the like stands together."""

    look: TextStyle = BODY
    is_brief: bool = False


def open_pieces(form: Form, report: Report, checked: Checked, number: str, length: Length) -> Iterator[Piece]:
    """All that is open and what was settled, under a heading of that number."""
    findings = checked.findings
    open_ones = [found for found in findings if not found.settled]
    settled = [found for found in findings if found.settled]
    yield Words(f"{number}、审核发现的问题和说明", HEADING, above=10.0, kept=True)
    if not ran_whole(findings):
        yield Words(
            "审核没有做成：有的规则没有运行完，下面列出的可能不全。请重新审核，再做一次审核单。", STRONG
        )
    says = f"{count_open(checked)}。{checked.left_out.says}"
    yield Words(says if findings else nothing_found(form, checked.left_out), length.look)
    for severity, word in _GROUPS.items():
        listed = [found for found in open_ones if found.severity is severity]
        yield from _listed(form, word, listed, length)
    yield from _unverified(form, report, length)
    yield from _blanks(form, report, length.look)
    yield from _listed(form, "已说明", settled, Length(length.look))


def count_open(checked: Checked) -> str:
    """How many findings of each kind there are, in words; empty if none."""
    open_ones = [found for found in checked.findings if not found.settled]
    counts = "，".join(
        f"{word} {count} 处"
        for severity, word in _GROUPS.items()
        if (count := sum(found.severity is severity for found in open_ones))
    )
    settled = len(checked.findings) - len(open_ones)
    return "；".join(filter(None, (counts, f"已说明 {settled} 处" if settled else "")))


def _listed(form: Form, word: str, findings: Sequence[Finding], length: Length) -> Iterator[Piece]:
    if not findings:
        return
    yield Words(word, STRONG, above=4.0, kept=True)
    places = {section.id: section.short for section in form.sections}
    is_brief = length.is_brief and findings[0].severity is not Severity.ERROR
    for number, (found, like) in enumerate(_alike(findings) if is_brief else _apart(findings), 1):
        place = places.get(found.section, FRONT_TITLE)
        more = ""
        if like:
            counted = Counter(places.get(one.section, FRONT_TITLE) for one in like)
            where = "、".join(f"{name} {count} 处" for name, count in counted.items())
            more = f"（同类的另有 {len(like)} 处：{where}）"
        yield Words(
            f"{number}. 〔{place}〕{found.message}{more}", length.look, INDENT, kept=bool(found.settled)
        )
        if found.settled:
            yield Words(f"说明：{found.settled}", length.look, 2 * INDENT)


def _apart(findings: Iterable[Finding]) -> Iterator[tuple[Finding, list[Finding]]]:
    return ((found, []) for found in findings)


def _alike(findings: Iterable[Finding]) -> Iterator[tuple[Finding, list[Finding]]]:
    """The first that each rule found, with the others of the same rule."""
    by_rule: dict[str, list[Finding]] = {}
    for found in findings:
        by_rule.setdefault(found.code, []).append(found)
    return ((first, others) for first, *others in by_rule.values())


def _unverified(form: Form, report: Report, length: Length) -> Iterator[Piece]:
    """The numbers of which the clerk was not sure, whatever the checks say of them."""
    refs = [ref for ref in form.kind_of if ref in report.unverified]
    if not refs:
        return
    yield Words(f"待核实（{len(refs)} 格）", STRONG, above=4.0, kept=True)
    if not length.is_brief:
        for number, ref in enumerate(refs, 1):
            says = f"{number}. {form.name_of(ref)}：{tell_figure(report.cells.get(ref))}"
            yield Words(says, length.look, INDENT)
        return
    rows = [list(cells) for _, cells in itertools.groupby(refs[:_MOST_CELLS], lambda ref: ref[:2])]
    rest = Counter(form.tables[ref.table].name for ref in refs[_MOST_CELLS:])
    more = [f"{name}另有 {count} 格" for name, count in rest.items()]
    yield Words(f"{'；'.join([*(_in_row(form, report, row) for row in rows), *more])}。", length.look, INDENT)


def _in_row(form: Form, report: Report, refs: Sequence[CellRef]) -> str:
    """The figures of cells of one row, which is named once."""
    words = []
    for place, ref in enumerate(refs):
        column = form.tables[ref.table].block_of(ref).column(ref.column).label[-1]
        name = column if place else form.name_of(ref)
        words.append(f"{name}：{tell_figure(report.cells.get(ref))}")
    return "，".join(words)


def _blanks(form: Form, report: Report, look: TextStyle) -> Iterator[Piece]:
    """What is not filled in, a table or a section a line."""
    says = []
    for section in form.sections:
        parts = missing_parts(form, report, section)
        if parts:
            names = "、".join(report.heading(part) or section.title for part in parts)
            says.append(f"〔{section.short}〕没有文字：{names}")
        for table in section.tables:
            refs = blank_cells(form, report, table)
            if refs:
                says.append(f"{table.name}有 {len(refs)} 格没有填{_named(form, refs)}")
    if says:
        yield Words("没有填的", STRONG, above=4.0, kept=True)
        yield Words(f"{'；'.join(says)}。", look, INDENT)


def _named(form: Form, refs: Sequence[CellRef]) -> str:
    if len(refs) > _FEW:
        return ""
    return f"：{'、'.join(form.name_of(ref) for ref in refs)}"
