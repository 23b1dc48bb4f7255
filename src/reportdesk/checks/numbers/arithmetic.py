"""The rules of arithmetic: balances, stated totals, unfit numbers.

The form names the rule that watches each total and balance; a form without such relations
keeps these silent. The sums themselves are ``report.totals``'.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, check
from reportdesk.form.relations import Sum
from reportdesk.form.spec import CellRef, Form, column_words
from reportdesk.report.document import Value
from reportdesk.report.text.figures import misfit, show_figure, tell_figure
from reportdesk.report.totals import BalanceResult, BalanceState


@check("REQ-1", Severity.ERROR, source=f"{OFFICIAL_FORM}表三表头：第一项加第二项之和，等于第三项加第四项之和")
def req_1(subject: CheckContext) -> Iterator[Found]:
    """表三每一列：一（新收）加二（上年结转）等于（七）总计加四（结转下年度）。

    一列还没填完时不算错；填完了，或这一节标了完成，才算。
    """
    for result in subject.balances:
        if result.line.balance.rule == "REQ-1" and _must_balance(subject, result):
            yield _unbalanced(subject, result)


@check("REQ-2", Severity.ERROR, source=f"{OFFICIAL_FORM}表三（七）总计")
def req_2(subject: CheckContext) -> Iterator[Found]:
    """表三每一列：各项办理结果相加等于（七）总计。"""
    return _misstated(subject, "REQ-2")


@check("REQ-3", Severity.ERROR, source=f"{OFFICIAL_FORM}表三总计列")
def req_3(subject: CheckContext) -> Iterator[Found]:
    """表三每一行：自然人和五类法人或其他组织相加等于总计。"""
    return _misstated(subject, "REQ-3")


@check("DIS-1", Severity.ERROR, source=f"{OFFICIAL_FORM}表四行政复议总计")
def dis_1(subject: CheckContext) -> Iterator[Found]:
    """表四行政复议：维持、纠正、其他结果、尚未审结相加等于总计。"""
    return _misstated(subject, "DIS-1")


@check("DIS-2", Severity.ERROR, source=f"{OFFICIAL_FORM}表四未经复议直接起诉总计")
def dis_2(subject: CheckContext) -> Iterator[Found]:
    """表四未经复议直接起诉：维持、纠正、其他结果、尚未审结相加等于总计。"""
    return _misstated(subject, "DIS-2")


@check("DIS-3", Severity.ERROR, source=f"{OFFICIAL_FORM}表四复议后起诉总计")
def dis_3(subject: CheckContext) -> Iterator[Found]:
    """表四复议后起诉：维持、纠正、其他结果、尚未审结相加等于总计。"""
    return _misstated(subject, "DIS-3")


@check("NUM-2", Severity.ERROR, source=f"{OFFICIAL_FORM}：件数为整数，收费金额以万元计")
def num_2(subject: CheckContext) -> Iterator[Found]:
    """件数是不小于 0 的整数；收费金额以万元计，最多 6 位小数（到分）。"""
    form, cells = subject.form, subject.report.cells
    # With every keystroke: what suits every cell is passed over without asking for its kind.
    for ref in [ref for ref, value in cells.items() if type(value) is not int or value < 0]:
        reason = misfit(cells[ref], form.kind_of[ref])
        if reason:
            yield Found(
                f"{form.name_of(ref)}：{reason}，请核对后重填。",
                form.section_of[ref.table].id,
                (ref,),
            )


def _must_balance(subject: CheckContext, result: BalanceResult) -> bool:
    if result.plus == result.equals or result.state is BalanceState.BLANK:
        return False
    section = subject.form.section_of[result.line.table]
    return result.state is BalanceState.FILLED or section.id in subject.report.finished


def _unbalanced(subject: CheckContext, result: BalanceResult) -> Found:
    line = result.line
    return _say_unbalanced(
        subject.form, result, tuple(_shown(subject, ref) for ref in line.plus + line.equals)
    )


@functools.lru_cache(maxsize=64)
def _say_unbalanced(form: Form, result: BalanceResult, shown: tuple[str, ...]) -> Found:
    """The same with each keystroke in another column, or in prose."""
    line = result.line
    table = form.tables[line.table]
    column = _column_name(form, line.plus[0])
    unit = form.kind_of[line.plus[0]].unit
    advice = f"{line.balance.advice}，" if line.balance.advice else ""
    message = (
        f"{table.name}“{column}”列：{line.balance.says}，"
        f"现在是 {_spell(result, shown)}，"
        f"差 {_gap(result.plus, result.equals)} {unit}。"
        f"{advice}请核对这一列。"
    )
    section = form.section_of[line.table].id
    return Found(message, section, line.plus + line.equals)


@functools.lru_cache(maxsize=256)
def _column_name(form: Form, ref: CellRef) -> str:
    return column_words(form.tables[ref.table].block_of(ref), ref.column)[-1]


def spell_balance(subject: CheckContext, result: BalanceResult) -> str:
    """Both sides with their numbers: 5 + 1 = 6 与 4 + 1 = 5."""
    return _spell(result, [_shown(subject, ref) for ref in result.line.plus + result.line.equals])


def _spell(result: BalanceResult, shown: Sequence[str]) -> str:
    count = len(result.line.plus)
    plus, equals = " + ".join(shown[:count]), " + ".join(shown[count:])
    return f"{plus} = {show_figure(result.plus)} 与 {equals} = {show_figure(result.equals)}"


def _shown(subject: CheckContext, ref: CellRef) -> str:
    total = subject.totals.get(ref)
    value = total.value if total else subject.report.cells.get(ref)
    return tell_figure(value)


def _misstated(subject: CheckContext, code: str) -> Iterator[Found]:
    """Totals that an imported file states otherwise than its own items add up."""
    stated = subject.report.reported
    if not stated:
        return
    form = subject.form
    for relation in subject.relations.watched_by.get(code, ()):
        if relation.total not in stated:
            continue
        computed = subject.totals[relation.total].value or 0
        if stated[relation.total] != computed:
            yield Found(
                f"{form.name_of(relation.total)}：来源文件写的是 "
                f"{show_figure(stated[relation.total])}，{_line(subject, relation)}各项相加是 "
                f"{show_figure(computed)}，差 {_gap(stated[relation.total], computed)}。"
                "请核对来源文件，改正填错的那一项；是合计写错了的，以各项相加为准。",
                form.section_of[relation.total.table].id,
                (relation.total, *relation.items),
            )


def _line(subject: CheckContext, relation: Sum) -> str:
    """Which items, where the total is of a row and of a column: else two findings would read the same."""
    if sum(other.total == relation.total for other in subject.relations.sums) == 1:
        return ""
    return "这一行" if relation.items[0].row == relation.total.row else "这一列"


def _gap(one: Value, other: Value) -> str:
    return show_figure(max(one, other) - min(one, other))
