"""RET: what the district said when it returned the report, as long as it is not done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportdesk.checks.engine import CheckContext, Finding, Found, Severity, Trigger, check, explanation_of
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Value
from reportdesk.report.records import Notice, NoticeKind, NoticeState
from reportdesk.report.returned.placing import Placed, place_notice
from reportdesk.report.text.figures import tell_figure

_SOURCE = "上级的退回文件"


@check("RET-1", Severity.WARNING, trigger=Trigger.ON_IDLE, source=_SOURCE)
def ret_1(subject: CheckContext) -> Iterator[Found]:
    """上级退回时写明必须改的，应改好；不改的，写一句说明。"""
    return _open_notices(subject, NoticeKind.MUST)


@check("RET-2", Severity.WARNING, trigger=Trigger.ON_IDLE, source=_SOURCE)
def ret_2(subject: CheckContext) -> Iterator[Found]:
    """上级退回时请说明的，应写一句说明，或者改好。"""
    return _open_notices(subject, NoticeKind.EXPLAIN)


@check("RET-3", Severity.HINT, trigger=Trigger.ON_IDLE, source=_SOURCE)
def ret_3(subject: CheckContext) -> Iterator[Found]:
    """上级退回时写的供参考的意见，请看一看。"""
    return _open_notices(subject, NoticeKind.NOTE)


def with_answers(subject: CheckContext) -> dict[str, Notice]:
    """The report's notices, each saying whether it is done: its number changed, or a 说明 written for it."""
    placed_at = _places(subject)
    return {key: _answered(subject, key, one, placed_at[key]) for key, one in subject.report.notices.items()}


def _answered(subject: CheckContext, notice_id: str, notice: Notice, placed: Placed) -> Notice:
    if notice.state == NoticeState.WITHDRAWN:
        return notice
    if placed.is_changed:
        return replace(notice, state=NoticeState.CHANGED)
    found = _found(subject, notice_id, notice, placed)
    code, severity = _RULES[_kind(notice)]
    finding = Finding(
        *(code, severity, found.message, found.section, found.cells, found.part, found.span, found.about),
        basis=found.basis,
    )
    explained = explanation_of(finding, subject.report)
    if explained is None:
        return notice
    return replace(notice, state=NoticeState.ANSWERED, answer=explained[1].text)


def _open_notices(subject: CheckContext, kind: NoticeKind) -> Iterator[Found]:
    placed_at = _places(subject)
    for notice_id, notice in subject.report.notices.items():
        placed = placed_at[notice_id]
        if _kind(notice) is kind and notice.state != NoticeState.WITHDRAWN and not placed.is_changed:
            yield _found(subject, notice_id, notice, placed)


def _places(subject: CheckContext) -> dict[str, Placed]:
    report = subject.report
    if not report.notices:
        return {}
    numbers: dict[CellRef, Value | None] = {ref: total.value for ref, total in subject.totals.items()}
    numbers.update(report.cells)
    return {key: place_notice(subject.form, report, numbers, one) for key, one in report.notices.items()}


def _kind(notice: Notice) -> NoticeKind:
    """How much is wanted; what this version does not know is to be explained, not passed over."""
    return NoticeKind(notice.kind) if notice.kind in set(NoticeKind) else NoticeKind.EXPLAIN


_RULES = {
    NoticeKind.MUST: ("RET-1", Severity.WARNING),
    NoticeKind.EXPLAIN: ("RET-2", Severity.WARNING),
    NoticeKind.NOTE: ("RET-3", Severity.HINT),
}


def _found(subject: CheckContext, notice_id: str, notice: Notice, placed: Placed) -> Found:
    form = subject.form
    holder = placed.cells[0].table if placed.cells else placed.part
    section = form.section_of.get(holder)
    kind = NoticeKind(notice.kind).says if notice.kind in set(NoticeKind) else "意见"
    due = f"，请在 {notice.due} 前改好" if notice.due else ""
    message = f"上级意见（{kind}{due}）：{notice.text.rstrip('。')}。{_about(notice, placed)}"
    return Found(
        message,
        section.id if section is not None else "",
        placed.cells,
        placed.part,
        placed.span,
        about=notice_id,
        basis=f"{notice.text}\n{notice.objected}\n{notice.words}",
    )


def _about(notice: Notice, placed: Placed) -> str:
    """What it is about, in sentences."""
    if placed.cells:
        return f"当时这里是 {notice.objected or tell_figure(None)}，还没有改。"
    if placed.span is None and notice.words:
        return f"所指的“{notice.words}”不在原来的地方了，请自己核对改好没有；改好了写一句说明。"
    return f"所指的是“{notice.words}”。" if notice.words else ""
