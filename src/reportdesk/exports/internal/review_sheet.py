"""审核单: the sheet on which the leaders sign, figures first, then findings and their 说明.

Internal: it is never published. What is wrong with a report is the checks' to say; here it is
only laid out for somebody who has two minutes and answers for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportdesk import __version__
from reportdesk.checks.engine import Finding, Severity, ran_whole, registered
from reportdesk.checks.outcome import Checked, nothing_found
from reportdesk.exports.blocks import title_in_a_line
from reportdesk.exports.internal.layout import (
    HEADING,
    SMALL,
    STRONG,
    TITLE,
    Cell,
    Grid,
    Paper,
    Piece,
    Words,
    render_paper,
)
from reportdesk.exports.typesetting.fonts import FaceBook
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.check_code import check_code, short_code
from reportdesk.report.document import Fact, Report, Value
from reportdesk.report.text.days import spell_moment
from reportdesk.report.text.figures import show_figure, tell_figure
from reportdesk.report.totals import compute_totals

INTERNAL = "内部资料　不得公开"
_SIGNERS = ("拟稿", "初审", "复审", "终审", "保密审查", "签发")
_SIGN_HEIGHT = 34.0
_FIRST_ROLES = (
    ("reconsideration_corrected", "行政复议被纠正"),
    ("litigation_corrected", "行政诉讼败诉（被纠正）"),
    ("fees", "行政事业性收费（万元）"),
)
"""What a leader must see before all else, by the form's roles; one that an edition lacks is left out."""
_GROUPS = {Severity.ERROR: "必须改", Severity.WARNING: "提醒", Severity.HINT: "提示"}
_INDENT = 16.0

Figures = Mapping[CellRef, Value | None]


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    now: str
    then: str
    change: str


def render_slip(
    form: Form,
    report: Report,
    checked: Checked,
    now: dt.datetime,
    faces: FaceBook | None = None,
    file: str = "",
) -> bytes:
    """The 审核单 as PDF; ``checked`` is what all rules found in it. ``file`` tells copies apart."""
    code = check_code(form, report)
    pieces = (
        Words(f"{form.report_name}审核单", TITLE, centred=True),
        Words(title_in_a_line(form, report) or "（没有标题）", centred=True, above=4.0),
        Words(f"核对码 {code}　{spell_moment(now)}制", centred=True, above=2.0),
        Words(_versions(form), SMALL, centred=True),
        *([Words(f"年报文件：{file}", SMALL, centred=True)] if file else []),
        *_reopenings(report),
        *_handed_on(report),
        *_figures(form, report),
        *_findings(form, checked),
        *_unverified(form, report),
        *_signatures(code),
    )
    paper = Paper("年报审核单", INTERNAL, f"核对码 {code}", pieces)
    return render_paper(paper, faces)


def rules_version() -> str:
    """How many rules there are and eight characters that change when one of them does."""
    rules = registered().values()
    says = "\n".join(f"{rule.code} {rule.severity} {rule.says}" for rule in rules)
    return f"{len(rules)} 条（{short_code(says.encode())}）"


def _versions(form: Form) -> str:
    return f"格式 {form.edition}（{form.document}）　审核规则 {rules_version()}　年报台 {__version__}"


def _reopenings(report: Report) -> Iterator[Piece]:
    """A sheet that was signed before the report was taken back is void, and this one says so."""
    lines = [line for line in report.facts.get(Fact.REOPENED, "").split("\n") if line.strip()]
    if lines:
        yield Words("此前签过的审核单已作废", STRONG, above=8.0)
        yield from (Words(line, indent=_INDENT) for line in lines)


def _handed_on(report: Report) -> Iterator[Piece]:
    """Whoever signs sees that the report went on with errors that its clerk knew of."""
    lines = [line for line in report.facts.get(Fact.DESPITE, "").split("\n") if line.strip()]
    if lines:
        yield Words("有错误或待核实仍然交出的记录", STRONG, above=8.0)
        yield from (Words(line, indent=_INDENT) for line in lines)


# -- figures


def _figures(form: Form, report: Report) -> Iterator[Piece]:
    last = report.last_year
    then: Figures | None = None
    if last is not None and last.edition == form.edition:
        then = _all_figures(form, last.cells)
    rows = tuple(_rows(form, _all_figures(form, report.cells), then))
    year = f"{report.year}年" if report.year else "本年"
    before = f"{report.year - 1}年" if report.year else "上年"
    yield Words("一、主要数字", HEADING, above=12.0, kept=True)
    if last is None:
        yield Words("没有上年年报，无法比较。", SMALL, kept=True)
    elif then is None:
        yield Words("上年年报用的是另一种格式，数字不能逐格比较。", SMALL, kept=True)
    if not rows:
        yield Words("全部数字都是 0 或没有填。")
        return
    cells = tuple(
        (
            Cell(row.name),
            Cell(row.now, centred=True),
            Cell(row.then, centred=True),
            Cell(row.change, centred=True),
        )
        for row in rows
    )
    yield Grid((9, 2, 2, 2), ("项目（本年和上年都是 0 的不列）", year, before, "增减"), cells)


def _all_figures(form: Form, cells: Mapping[CellRef, Value]) -> Figures:
    totals, _ = compute_totals(relate(form), cells)
    return {ref: totals[ref].value if ref in totals else cells.get(ref) for ref in form.kind_of}


def _rows(form: Form, now: Figures, then: Figures | None) -> Iterator[_Row]:
    told: set[CellRef] = set()
    for role, name in _FIRST_ROLES:
        refs = form.cell_roles.get(role, ())
        if refs:
            told.update(refs)
            yield _row(name, _sum(now, refs), _sum(then, refs) if then else None, comparable=then is not None)
    for ref in form.kind_of:
        old = then.get(ref) if then else None
        if ref not in told and (now[ref] or old):
            yield _row(form.name_of(ref), now[ref], old, comparable=then is not None)


def _row(name: str, now: Value | None, then: Value | None, *, comparable: bool) -> _Row:
    change = ""
    if comparable and now is not None and then is not None:
        difference = now - then
        change = f"+{show_figure(difference)}" if difference > 0 else show_figure(difference)
    return _Row(name, tell_figure(now), tell_figure(then) if comparable else "—", change or "—")


def _sum(figures: Figures, refs: Sequence[CellRef]) -> Value | None:
    filled = [value for ref in refs if (value := figures.get(ref)) is not None]
    return sum(filled[1:], filled[0]) if filled else None


# -- findings


def _findings(form: Form, checked: Checked) -> Iterator[Piece]:
    findings = checked.findings
    open_ones = [found for found in findings if not found.settled]
    settled = [found for found in findings if found.settled]
    yield Words("二、审核发现的问题和说明", HEADING, above=14.0, kept=True)
    counts = "，".join(
        f"{word} {count} 处"
        for severity, word in _GROUPS.items()
        if (count := sum(found.severity is severity for found in open_ones))
    )
    explained = f"已说明 {len(settled)} 处" if settled else ""
    if not ran_whole(findings):
        yield Words(
            "审核没有做成：有的规则没有运行完，下面列出的可能不全。请重新审核，再做一次审核单。", STRONG
        )
    counted = "；".join(filter(None, (counts, explained)))
    yield Words(f"{counted}。{checked.left_out.says}" if findings else nothing_found(form, checked.left_out))
    for severity, word in _GROUPS.items():
        yield from _listed(form, word, [found for found in open_ones if found.severity is severity])
    yield from _listed(form, "已说明", settled)


def _unverified(form: Form, report: Report) -> Iterator[Piece]:
    """The numbers of which the clerk was not sure, whatever the checks say of them."""
    refs = [ref for ref in form.kind_of if ref in report.unverified]
    if refs:
        yield Words(f"待核实（{len(refs)} 格）", STRONG, above=6.0, kept=True)
    for number, ref in enumerate(refs, 1):
        yield Words(f"{number}. {form.name_of(ref)}：{tell_figure(report.cells.get(ref))}", indent=_INDENT)


def _listed(form: Form, word: str, findings: Sequence[Finding]) -> Iterator[Piece]:
    if not findings:
        return
    yield Words(word, STRONG, above=6.0, kept=True)
    short = {section.id: section.short for section in form.sections}
    for number, found in enumerate(findings, 1):
        place = short.get(found.section, "标题和开头")
        yield Words(f"{number}. 〔{place}〕{found.message}", indent=_INDENT, kept=bool(found.settled))
        if found.settled:
            yield Words(f"说明：{found.settled}", indent=2 * _INDENT)


# -- signatures


def _signatures(code: str) -> Iterator[Piece]:
    yield Words("三、审签", HEADING, above=14.0, kept=True)
    yield Words(
        f"签字前请核对：报告正文（送审稿）上的核对码也是 {code}。核对码相同，说明签的是同一份内容。",
        SMALL,
        kept=True,
    )
    rows = tuple((Cell(who, centred=True), Cell(), Cell(), Cell()) for who in _SIGNERS)
    yield Grid((2, 6, 3, 3), ("环节", "意见", "签名", "日期"), rows, row_height=_SIGN_HEIGHT, whole=True)
