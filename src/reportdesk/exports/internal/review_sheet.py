"""审核单: the sheet on which the leaders sign, figures first, then what is open and the 说明.

Internal: it is never published. It answers for the sheet's taking one page, or two where a report has much to
tell: what stands on it is told at the greatest length that allows that. Nobody signs on a page of its own:
where one page does not hold all, the lines to sign stand on the first, above the figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from reportdesk.checks.engine import registered
from reportdesk.checks.outcome import Checked
from reportdesk.exports.blocks import title_in_a_line
from reportdesk.exports.internal.layout import (
    BODY,
    HEADING,
    SMALL,
    STRONG,
    TINY,
    TITLE,
    Cell,
    Grid,
    Paper,
    Piece,
    Words,
    render_shortest,
)
from reportdesk.exports.internal.review_figures import Detail, figure_pieces
from reportdesk.exports.internal.review_findings import INDENT, Length, count_open, open_pieces
from reportdesk.exports.style import TextStyle
from reportdesk.exports.typesetting.fonts import FontResolver
from reportdesk.form.spec import Form
from reportdesk.report.check_code import check_code, short_code
from reportdesk.report.document import Fact, Report
from reportdesk.report.own_files import MADE_BY, REVIEW_SHEET
from reportdesk.report.text.days import spell_moment

INTERNAL = "内部资料　不得公开"
_SIGNERS = ("拟稿", "初审", "复审", "终审", "保密审查", "签发")
_SIGN_HEIGHTS = {BODY: 40.0, SMALL: 32.0, TINY: 26.0}


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the sheet is laid out, and with how many pages at the most it will do, any if None."""

    most: int | None
    look: TextStyle
    detail: Detail = Detail.CELLS
    is_brief: bool = False
    signed_last: bool = False

    @property
    def sign_height(self) -> float:
        """How high a line to sign is."""
        return _SIGN_HEIGHTS[self.look]


_PLANS = (
    _Plan(1, BODY, signed_last=True),
    _Plan(1, SMALL, signed_last=True),
    _Plan(1, SMALL, Detail.ROWS, signed_last=True),
    _Plan(2, BODY),
    _Plan(2, SMALL),
    _Plan(2, SMALL, Detail.ROWS),
    _Plan(2, SMALL, Detail.ROWS, is_brief=True),
    _Plan(2, SMALL, Detail.TOTALS, is_brief=True),
    _Plan(None, TINY, Detail.TOTALS, is_brief=True),
)
"""From the best to the one that takes the least room, which is taken where none of the others will do."""


def render_slip(
    form: Form,
    report: Report,
    checked: Checked,
    now: dt.datetime,
    faces: FontResolver | None = None,
    file: str = "",
) -> bytes:
    """The 审核单 as PDF; ``checked`` is what all rules found in it. ``file`` tells copies apart."""
    code = check_code(form, report)
    head = (
        Words(f"{form.report_name}{REVIEW_SHEET}", TITLE, centred=True),
        Words(title_in_a_line(form, report) or "（没有标题）", centred=True, above=4.0),
        Words(f"核对码 {code}　{spell_moment(now)}制", centred=True, above=2.0),
        Words(_versions(form), SMALL, centred=True),
        *([Words(f"年报文件：{file}", SMALL, centred=True)] if file else []),
        *_reopenings(report),
        *_handed_on(report),
    )
    papers = (
        (
            Paper(
                f"年报{REVIEW_SHEET}",
                INTERNAL,
                f"核对码 {code}",
                (*head, *_body(form, report, checked, code, plan)),
            ),
            plan.most,
        )
        for plan in _PLANS
    )
    return render_shortest(papers, faces)


def _body(form: Form, report: Report, checked: Checked, code: str, plan: _Plan) -> Iterator[Piece]:
    first, second, third = "一二三"
    if not plan.signed_last:
        yield from _signatures(code, first, plan.sign_height, _open(checked, report))
        first, second = second, third
    yield from figure_pieces(form, report, first, plan.detail, plan.look)
    yield from open_pieces(form, report, checked, second, Length(plan.look, plan.is_brief))
    if plan.signed_last:
        yield from _signatures(code, third, plan.sign_height)


def _open(checked: Checked, report: Report) -> str:
    """What whoever signs above the findings has to know of them."""
    unverified = f"待核实 {len(report.unverified)} 格" if report.unverified else ""
    counts = "；".join(filter(None, (count_open(checked), unverified)))
    return f"签字前请看后面列出的问题：{counts}。" if counts else ""


def rules_version() -> str:
    """How many rules there are and eight characters that change when one of them does."""
    rules = registered().values()
    says = "\n".join(f"{rule.code} {rule.severity} {rule.says}" for rule in rules)
    return f"{len(rules)} 条（{short_code(says.encode())}）"


def _versions(form: Form) -> str:
    return f"格式 {form.edition}（{form.document}）　审核规则 {rules_version()}　{MADE_BY}"


def _reopenings(report: Report) -> Iterator[Piece]:
    """A sheet that was signed before the report was taken back is void, and this one says so."""
    lines = [line for line in report.facts.get(Fact.REOPENED, "").split("\n") if line.strip()]
    if lines:
        yield Words("此前签过的审核单已作废", STRONG, above=8.0)
        yield from (Words(line, indent=INDENT) for line in lines)


def _handed_on(report: Report) -> Iterator[Piece]:
    """Whoever signs sees that the report went on with errors that its clerk knew of."""
    lines = [line for line in report.facts.get(Fact.DESPITE, "").split("\n") if line.strip()]
    if lines:
        yield Words("有错误或待核实仍然交出的记录", STRONG, above=8.0)
        yield from (Words(line, indent=INDENT) for line in lines)


def _signatures(code: str, number: str, height: float, says: str = "") -> Iterator[Piece]:
    yield Words(f"{number}、审签", HEADING, above=10.0, kept=True)
    yield Words(
        f"签字前请核对：报告正文（送审稿）上的核对码也是 {code}。核对码相同，说明签的是同一份内容。",
        SMALL,
        kept=True,
    )
    if says:
        yield Words(says, SMALL, kept=True)
    cells = [(Cell(who, centred=True), Cell()) for who in _SIGNERS]
    rows = tuple((*first, *second) for first, second in zip(cells[::2], cells[1::2], strict=True))
    heads = ("环节", "意见、签名、日期") * 2
    yield Grid((2, 7, 2, 7), heads, rows, row_height=height, whole=True)
