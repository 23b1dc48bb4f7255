"""``reportdesk desk``: the district's round for scripts: new, take-in, list, questions, answer, accept, check, sums."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reportdesk.cli.arguments import Command, Parser, path_given
from reportdesk.cli.console import Exit, print_error, print_json

if TYPE_CHECKING:
    from reportdesk.desk.desk import Looked
    from reportdesk.desk.questions import Question
    from reportdesk.desk.standing import UnitStanding
    from reportdesk.desk.take_in import Taken


def _add_arguments(parser: Parser) -> None:
    named = parser.add_subparsers(
        title="步骤", dest="step", metavar="步骤", required=True, parser_class=Parser
    )

    def step(name: str, says: str, *, as_json: bool = False) -> Parser:
        made: Parser = named.add_parser(name, help=says, description=says)
        made.places.add_argument("folder", type=path_given, metavar="收报文件夹", help="收报所在的文件夹")
        if as_json:
            made.options.add_argument("--json", action="store_true", help="以 JSON 列出")
        return made

    new = step("new", "新建收报")
    new.options.add_argument("--year", type=int, required=True, metavar="年度", help="收哪一年度的年报")
    new.options.add_argument(
        "--units", type=path_given, required=True, metavar="名单.csv", help="应报单位的名单"
    )
    new.options.add_argument(
        "--profile", type=path_given, metavar="文件.gkprofile", help="补上所在县区和截止日期"
    )
    take = step("take-in", "收下文件和文件夹里的年报；收过的不再收", as_json=True)
    take.places.add_argument("files", type=path_given, nargs="+", metavar="文件", help="来件，可以是文件夹")
    step("list", "总表：每个单位的状态", as_json=True)
    step("questions", "要您看的：还没有答复的问题", as_json=True)
    answer = step("answer", "答复一个问题")
    answer.places.add_argument("question", metavar="问题", help="问题的编号")
    answer.places.add_argument("choice", metavar="答复", help="第几个答复，或者答复的原文")
    accept = step("accept", "审定一个单位的年报")
    accept.options.add_argument("--unit", required=True, metavar="编号", help="单位在名单里的编号")
    back = step("return", "退回一个单位的年报：写出退回文件和 Word 意见表")
    back.options.add_argument("--unit", required=True, metavar="编号", help="单位在名单里的编号")
    back.options.add_argument(
        "--remarks", type=path_given, required=True, metavar="意见.json", help="意见（docs/return-file.md）"
    )
    back.options.add_argument("--to", type=path_given, required=True, metavar="文件夹", help="写到哪里")
    back.options.add_argument("--office", default="", metavar="名称", help="退回的机关，如 青沙区政务公开办")
    step("check", "审核每个单位计入的年报", as_json=True)
    rollup = step("rollup", "汇总计入的年报", as_json=True)
    explain = step("explain", "一格的汇总数由哪些单位组成", as_json=True)
    explain.places.add_argument("ref", metavar="单元格", help="如 requests.new.person")
    for one in (rollup, explain):
        one.options.add_argument(
            "--scope",
            default="all",
            metavar="范围",
            help="all、departments、townships、streets，或用逗号分开的编号",
        )


def _run(options: argparse.Namespace) -> Exit:
    from reportdesk.desk.folder import DeskError, NotWrittenError

    try:
        return STEPS[options.step](options)
    except NotWrittenError as error:
        return print_error(str(error), Exit.FOUND_ERRORS)
    except DeskError as error:
        return print_error(str(error), Exit.UNREADABLE)


def _new(options: argparse.Namespace) -> Exit:
    from reportdesk.desk.folder import new_desk
    from reportdesk.desk.round import Round
    from reportdesk.desk.unit_list import UnitListError, county_of, read_units, with_profiles
    from reportdesk.form.load import edition_for
    from reportdesk.store.file import StoreError
    from reportdesk.store.user_data.profile import read_profiles

    if not 2008 <= options.year <= 2999:  # noqa: PLR2004 - the regulation is in force since 2008
        return print_error(f"年度“{options.year}”不对，请写成 2025 这样的四位数。", Exit.WRONG_USE)
    try:
        units = read_units(options.units)
        profiles = read_profiles(options.profile).units if options.profile else ()
    except (UnitListError, StoreError) as error:
        return print_error(str(error), Exit.UNREADABLE)
    units = with_profiles(units, profiles)
    deadline = next((one.deadline.after(options.year) for one in profiles if one.deadline), None)
    first = Round(options.year, edition_for(options.year), units, county_of(units), deadline)
    new_desk(options.folder, first)
    due = sum(unit.way.is_due for unit in units)
    print(f"已新建 {options.year} 年度收报：名单 {len(units)} 家，应报 {due} 家。")
    return Exit.OK


def _take_in(options: argparse.Namespace) -> Exit:
    from reportdesk.desk.desk import look
    from reportdesk.desk.folder import held_desk
    from reportdesk.desk.take_in import take_in
    from reportdesk.store.clock import now
    from reportdesk.worker.one_shot import read_apart

    lost = [path for path in options.files if not path.exists()]
    if lost:
        return print_error(f"找不到“{lost[0]}”。请确认文件还在，再收一次。", Exit.UNREADABLE)
    with held_desk(options.folder, now()) as desk:
        taken = take_in(desk, options.files, now())
        looked = look(taken.desk, read_apart)
    _tell_taken(looked, taken, as_json=options.json)
    return Exit.FOUND_ERRORS if taken.waiting else Exit.OK


def _tell_taken(looked: Looked, taken: Taken, *, as_json: bool) -> None:
    from reportdesk.desk.standing import Outcome

    new = {(one.sha256, one.name, one.received) for one in taken.new}
    now_came = [
        one
        for one in looked.standing.parcels
        if (one.receipt.sha256, one.receipt.name, one.receipt.received) in new
    ]
    groups = {outcome: [one for one in now_came if one.outcome is outcome] for outcome in Outcome}
    again = [name for name in taken.known if name not in {one.receipt.name for one in groups[Outcome.KNOWN]}]
    if as_json:
        told: dict[str, object] = {
            outcome.value: [{"name": one.receipt.name, "says": one.says} for one in group]
            for outcome, group in groups.items()
        }
        told[Outcome.KNOWN.value] = [
            *({"name": one.receipt.name, "says": one.says} for one in groups[Outcome.KNOWN]),
            *({"name": name, "says": ""} for name in again),
        ]
        told["没有收"] = [{"name": one.name, "says": one.says} for one in taken.waiting]
        print_json(told)
        return
    counts = {outcome: len(group) for outcome, group in groups.items()}
    counts[Outcome.KNOWN] += len(again)
    print("，".join(f"{outcome.value} {count}" for outcome, count in counts.items()) + "。")
    for one in now_came:
        if one.outcome in (Outcome.ASKED, Outcome.USELESS):
            print(f"{one.outcome.value}：{one.receipt.name}\n  {one.says}")
    for waiting in taken.waiting:
        print(f"没有收：{waiting.name}\n  {waiting.says}")


def _look(options: argparse.Namespace) -> Looked:
    from reportdesk.desk.desk import look
    from reportdesk.desk.folder import open_desk
    from reportdesk.worker.one_shot import read_apart

    return look(open_desk(options.folder), read_apart)


def _list(options: argparse.Namespace) -> Exit:
    from reportdesk.checks.engine import Severity
    from reportdesk.desk.checking import check_units
    from reportdesk.desk.folder import CACHE
    from reportdesk.store.clock import now

    looked = _look(options)
    checked = check_units(looked.standing.units, now().date(), looked.desk.folder / CACHE)
    rows = []
    for one in looked.standing.units:
        found = checked.get(one.unit.id)
        counts = [found.count(severity) if found else None for severity in (Severity.ERROR, Severity.WARNING)]
        rows.append(_row(one, looked, counts))
    if options.json:
        print_json(rows)
        return Exit.OK
    for row in rows:
        faults = "" if row["errors"] is None else f"　错误 {row['errors']}　提醒 {row['warnings']}"
        print(f"{row['unit']}　{row['name']}　{row['state']}　{row['received'] or '—'}{faults}")
    return Exit.OK


def _row(one: UnitStanding, looked: Looked, counts: Sequence[int | None]) -> dict[str, object]:
    deadline = looked.desk.round.deadline
    return {
        "unit": one.unit.id,
        "name": one.unit.name,
        "state": one.state.value,
        "received": one.received or None,
        "number": (one.chosen.number or None) if one.chosen else None,
        "versions": one.versions,
        "errors": counts[0],
        "warnings": counts[1],
        "counted": one.counted,
        "late": bool(deadline and one.received and one.received > deadline.isoformat()),
        "check_code": one.chosen.code if one.chosen else None,
        "matched_by": one.matched_by or None,
        "notes": list(one.notes),
    }


def _questions(options: argparse.Namespace) -> Exit:
    asked = _look(options).standing.questions
    if options.json:
        print_json([_question(one) for one in asked])
        return Exit.OK
    for one in asked:
        print(f"{one.id}　{one.text}")
        for number, choice in enumerate(one.choices, start=1):
            print(f"  {number}. {choice.says}")
    if not asked:
        print("没有要您看的。")
    return Exit.OK


def _question(one: Question) -> dict[str, object]:
    return {
        "question": one.id,
        "id": one.id,
        "text": one.text,
        "choices": [choice.says for choice in one.choices],
        "unit": one.unit or None,
        "parcels": list(one.parcels),
    }


def _answer(options: argparse.Namespace) -> Exit:
    from reportdesk.desk.desk import answer, look
    from reportdesk.desk.folder import held_desk
    from reportdesk.store.clock import now
    from reportdesk.worker.one_shot import read_apart

    with held_desk(options.folder, now()) as desk:
        looked = look(desk, read_apart)
        question = looked.standing.question(options.question)
        if question is None:
            return print_error(
                f"没有还要答复的问题“{options.question}”。请用 questions 看一看。", Exit.WRONG_USE
            )
        key = question.choice(options.choice)
        if key is None or (_names_unit(key) and desk.round.unit(_names_unit(key)) is None):
            return print_error(
                f"“{options.choice}”不是这个问题的答复。请写第几个，或照抄答复的原文。", Exit.WRONG_USE
            )
        answer(looked, question, key, now())
    print("已记下答复。")
    return Exit.OK


def _names_unit(key: str) -> str:
    from reportdesk.desk.questions import Choose

    return key.removeprefix(Choose.UNIT) if key.startswith(Choose.UNIT) else ""


def _accept(options: argparse.Namespace) -> Exit:
    from reportdesk.desk.desk import accept, look
    from reportdesk.desk.folder import held_desk
    from reportdesk.store.clock import now
    from reportdesk.worker.one_shot import read_apart

    with held_desk(options.folder, now()) as desk:
        looked = look(desk, read_apart)
        unit = _unit_with_report(looked, options.unit, "审定")
        if isinstance(unit, Exit):
            return unit
        accept(looked, unit, now())
    print(f"{unit.unit.name}已审定。")
    return Exit.OK


def _unit_with_report(looked: Looked, unit_id: str, step: str) -> UnitStanding | Exit:
    """The unit of that number, of which a report counts; the exit code, with a sentence said, if there is none."""
    unit = next((one for one in looked.standing.units if one.unit.id == unit_id), None)
    if unit is None:
        return print_error(f"名单里没有编号“{unit_id}”的单位。请用 list 看一看。", Exit.WRONG_USE)
    if not unit.counted:
        says = f"{unit.unit.name}没有可{step}的年报（{unit.state.value}）。请先处理，再{step}。"
        return print_error(says, Exit.FOUND_ERRORS)
    return unit


def _return(options: argparse.Namespace) -> Exit:
    from reportdesk.desk.desk import look, return_report
    from reportdesk.desk.folder import held_desk
    from reportdesk.report.returned.remarks_file import RemarksError, read_remarks
    from reportdesk.store.clock import now
    from reportdesk.store.file import explain
    from reportdesk.worker.one_shot import read_apart

    try:
        remarks = read_remarks(options.remarks.read_bytes())
    except OSError as error:
        return print_error(f"打不开意见文件“{options.remarks.name}”：{explain(error)}", Exit.UNREADABLE)
    except RemarksError as error:
        return print_error(f"意见文件“{options.remarks.name}”不能用：{error}", Exit.UNREADABLE)
    with held_desk(options.folder, now()) as desk:
        looked = look(desk, read_apart)
        unit = _unit_with_report(looked, options.unit, "退回")
        if isinstance(unit, Exit):
            return unit
        office = options.office or f"{desk.round.county}政务公开办公室"
        written = return_report(looked, unit, remarks, office, options.to, now())
    print(f"{unit.unit.name}已退回，意见 {len(remarks.remarks)} 条：{written.data}、{written.sheet}")
    return Exit.OK


def _check(options: argparse.Namespace) -> Exit:
    import dataclasses

    from reportdesk.checks.engine import Severity
    from reportdesk.desk.checking import check_units
    from reportdesk.desk.folder import CACHE
    from reportdesk.store.clock import now

    looked = _look(options)
    checked = check_units(looked.standing.units, now().date(), looked.desk.folder / CACHE)
    names = {one.unit.id: one.unit.name for one in looked.standing.units}
    if options.json:
        print_json(
            [
                {
                    "unit": unit,
                    "name": names[unit],
                    "whole": found.is_whole,
                    "findings": list(map(dataclasses.asdict, found.findings)),
                }
                for unit, found in checked.items()
            ]
        )
    else:
        for unit, found in checked.items():
            errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
            whole = "" if found.is_whole else "　审核没有做完，请再试一次"
            print(f"{unit}　{names[unit]}　错误 {errors} 处，提醒 {warnings} 处{whole}")
    is_well = all(found.is_whole and not found.count(Severity.ERROR) for found in checked.values())
    return Exit.OK if is_well else Exit.FOUND_ERRORS


def _rollup(options: argparse.Namespace) -> Exit:
    from reportdesk.desk.rollup import counted_of, in_scope, roll_up
    from reportdesk.form.load import load_form
    from reportdesk.report.text.figures import show_figure

    looked = _look(options)
    units = looked.standing.units
    form = load_form(looked.desk.round.edition)
    rolled = roll_up(form, in_scope(units, options.scope), counted_of(units, options.scope))
    if options.json:
        print_json(
            {
                "cells": {str(ref): show_figure(value) for ref, value in rolled.cells.items()},
                "counted": rolled.counted,
                "missing": rolled.missing,
                "blank": {str(ref): units for ref, units in rolled.blank.items()},
            }
        )
        return Exit.OK
    print(f"计入 {rolled.counted} 家，未报 {len(rolled.missing)} 家。")
    for ref, value in rolled.cells.items():
        blank = rolled.blank.get(ref, [])
        print(f"{form.name_of(ref)}　{show_figure(value)}{f'　{len(blank)} 家未填' if blank else ''}")
    return Exit.OK


def _explain(options: argparse.Namespace) -> Exit:
    from reportdesk.desk.rollup import contributors, counted_of
    from reportdesk.form.load import load_form
    from reportdesk.form.spec import CellRef
    from reportdesk.report.text.figures import show_figure

    looked = _look(options)
    form = load_form(looked.desk.round.edition)
    ref = next((one for one in form.kind_of if str(one) == options.ref), None)
    if ref is None or ref in form.totals:
        return print_error(
            f"没有“{options.ref}”这一格，或者它是合计。请写要填的格，如 requests.new.person。", Exit.WRONG_USE
        )
    found = contributors(counted_of(looked.standing.units, options.scope), CellRef.parse(options.ref))
    if options.json:
        print_json(
            [
                {
                    "unit": one.unit.id,
                    "name": one.unit.name,
                    "value": show_figure(value),
                    "file": one.chosen.first.receipt.file if one.chosen else "",
                }
                for one, value in found
            ]
        )
        return Exit.OK
    print(form.name_of(ref))
    for one, value in found:
        print(f"  {one.unit.name}　{show_figure(value)}")
    return Exit.OK


STEPS: dict[str, Callable[[argparse.Namespace], Exit]] = {
    "new": _new,
    "take-in": _take_in,
    "list": _list,
    "questions": _questions,
    "answer": _answer,
    "accept": _accept,
    "return": _return,
    "check": _check,
    "rollup": _rollup,
    "explain": _explain,
}

COMMAND = Command(
    "desk",
    "区县收报：新建、收件、总表、答复、审定、退回、审核、汇总",
    _add_arguments,
    _run,
)
