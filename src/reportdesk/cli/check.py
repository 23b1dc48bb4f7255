"""``reportdesk check``: what the rules find in a report, for people and for scripts; and the rules."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.cli.arguments import Command, Parser, path_given
from reportdesk.cli.console import Exit, Opened, open_report, print_error, print_json, read_or_refuse

if TYPE_CHECKING:
    from reportdesk.checks.engine import Finding
    from reportdesk.checks.outcome import Checked as Outcome
    from reportdesk.report.document import Report, Snapshot


def _add_arguments(parser: Parser) -> None:
    parser.places.add_argument(
        "files",
        type=path_given,
        nargs="*",
        metavar="文件.gknb",
        help="要审核的年报，可以写几个；几个单位的，互相比较文字是否雷同",
    )
    add = parser.options.add_argument
    add("--last", type=path_given, metavar="上年.gknb", help="与上年年报对照")
    add("--profile", type=path_given, metavar="文件.gkprofile", help="用这份单位资料")
    add("--list", action="store_true", help="列出全部审核规则")
    add("--json", action="store_true", help="以 JSON 列出每一条；几个文件的，每个一组")
    add("--today", type=_day, metavar="年-月-日", help="按哪一天审核，如 2025-01-09；不写就是今天")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2025-01-09") from error


@dataclass(frozen=True, slots=True)
class _Checked:
    """A file and what is found in it, or why it could not be checked."""

    path: Path
    opened: Opened | None = None
    outcome: Outcome | None = None
    refused: str = ""

    @property
    def findings(self) -> Sequence[Finding]:
        """What is found; nothing in what could not be checked."""
        return self.outcome.findings if self.outcome is not None else ()

    @property
    def code(self) -> Exit:
        from reportdesk.checks.engine import open_findings
        from reportdesk.session.verdict import errors_in

        if self.refused:
            return Exit.UNREADABLE
        return Exit.FOUND_ERRORS if errors_in(open_findings(self.findings)) else Exit.OK


def _run(options: argparse.Namespace) -> Exit:
    if options.list:
        return _list_rules(as_json=options.json)
    if not options.files:
        return print_error("请写明要审核的 .gknb 文件，或者用 --list 列出规则。", Exit.WRONG_USE)
    if options.last and len(options.files) > 1:
        return print_error("--last 只能和一个要审核的文件一起用。", Exit.WRONG_USE)
    last = open_report(options.last) if options.last else None
    if options.last and last is None:
        return Exit.UNREADABLE
    opened = [_open(path, options) for path in options.files]
    known = [_as_snapshot(one.opened.report, one.path) for one in opened if one.opened]
    others = known if len(known) > 1 else []
    unread = sum(one.opened is None for one in opened)
    checked = [_check(one, last, options, others, unread) for one in opened]
    if options.json:
        _print_json(checked)
    for one in checked:
        if one.refused:
            print_error(one.refused, one.code)
        elif not options.json:
            _print_findings(one, named=len(checked) > 1)
    return max(one.code for one in checked)


def _open(path: Path, options: argparse.Namespace) -> _Checked:
    """The report as it is to be checked, or why it cannot be."""
    opened = read_or_refuse(path)
    if isinstance(opened, str):
        return _Checked(path, refused=opened)
    refused = _take_profile(opened.report, options.profile) if options.profile else ""
    return _Checked(path, None if refused else opened, refused=refused)


def _check(
    one: _Checked, last: Opened | None, options: argparse.Namespace, others: Sequence[Snapshot], unread: int
) -> _Checked:
    """The report with what is found in it, ``others`` being all reports of the command that could be read."""
    from reportdesk.checks.engine import noticed
    from reportdesk.session.whole_check import check_beside
    from reportdesk.store.clock import now

    if one.opened is None:
        return one
    report = one.opened.report
    before = _snapshot(report, last.report, options.last) if last else None
    checked = check_beside(one.opened.form, report, options.today or now().date(), before, others)
    findings = (*noticed(one.opened.notices), *checked.findings)
    left_out = replace(checked.left_out, unread=unread)
    return replace(one, outcome=replace(checked, findings=findings, left_out=left_out))


def _print_json(checked: Sequence[_Checked]) -> None:
    """The list of one file's findings, or of several files with theirs; none of a file that was not checked."""
    if len(checked) == 1:
        if not checked[0].refused:
            print_json(list(map(_as_json, checked[0].findings)))
        return
    told: list[dict[str, object]] = []
    for one in checked:
        if one.refused:
            told.append({"file": str(one.path), "findings": None, "error": one.refused})
        else:
            unread = one.outcome.left_out.unread if one.outcome is not None else 0
            listed = list(map(_as_json, one.findings))
            told.append({"file": str(one.path), "findings": listed, "unread": unread})
    print_json(told)


def _list_rules(*, as_json: bool) -> Exit:
    from reportdesk.checks.engine import registered

    rules = registered().values()
    if as_json:
        named = ("code", "severity", "says", "source")
        print_json([{name: getattr(rule, name) for name in named} for rule in rules])
    else:
        for rule in rules:
            print(f"{rule.severity.says} {rule.code}  {rule.says}")
    return Exit.OK


def _take_profile(report: Report, path: Path) -> str:
    """Fill the unit's facts from the profile of that name, else the only one; why not, if it cannot."""
    from reportdesk.report.document import Fact
    from reportdesk.report.edits import apply_edit
    from reportdesk.store.file import StoreError
    from reportdesk.store.user_data.profile import fill_from_profile, read_profiles

    try:
        units, says = read_profiles(path)
    except StoreError as error:
        return str(error)
    if says:
        print_error(f"“{path.name}”：{says}", Exit.OK)
    named = [unit for unit in units if unit.full_name == report.facts.get(Fact.FULL_NAME)]
    chosen = named or (units if len(units) == 1 else ())
    if not chosen:
        return f"单位资料“{path.name}”里没有这个单位，请核对机关全称。"
    apply_edit(report, fill_from_profile(report, chosen[0]))
    return ""


def _snapshot(report: Report, last: Report, path: Path) -> Snapshot:
    """The other file as last year's report; a word of warning where it is of another year."""
    if report.year is not None and last.year not in (None, report.year - 1):
        print_error(f"“{path.name}”不是 {report.year - 1} 年度的年报，不与它对照。", Exit.OK)
    return _as_snapshot(last, path)


def _as_snapshot(report: Report, path: Path) -> Snapshot:
    """The report as others look at it."""
    from reportdesk.report.document import Snapshot

    return Snapshot(report.edition, report.facts, report.prose, report.cells, source=path.name)


def _print_findings(checked: _Checked, *, named: bool) -> None:
    from reportdesk.checks.engine import open_findings
    from reportdesk.form.spec import FRONT_TITLE
    from reportdesk.session.verdict import counted, verdict_of

    outcome = checked.outcome
    assert checked.opened is not None and outcome is not None  # noqa: S101, PT018 - what was refused is not printed
    if named:
        print(f"{checked.path}：")
    titles = {section.id: section.title for section in checked.opened.form.sections}
    for found in checked.findings:
        place = titles.get(found.section, FRONT_TITLE)
        print(f"{found.severity.says} {found.code} {place}\n  {found.message}")
        if found.settled:
            print(f"  已说明：{found.settled}")
    verdict, counts = verdict_of(outcome, checked.opened.form), counted(open_findings(outcome.findings))
    said = [verdict, counts, outcome.left_out.says if outcome.findings else ""]
    print(" ".join(filter(None, said if verdict or counts else ["各处都已说明。", *said])))


def _as_json(found: Finding) -> Mapping[str, object]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "section": found.section,
        "cells": [str(ref) for ref in found.cells],
        "part": found.part,
        "span": found.span,
        "settled": found.settled,
    }


COMMAND = Command("check", "审核年报：0 没有错误，1 有错误，3 读不了；几个文件取最坏的", _add_arguments, _run)
