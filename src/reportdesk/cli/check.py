"""``reportdesk check``: what the rules find in a report, for people and for scripts; and the rules."""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.cli.arguments import Command, Parser
from reportdesk.cli.console import Exit, complain, open_report, print_json

if TYPE_CHECKING:
    from reportdesk.checks.engine import Finding
    from reportdesk.form.spec import Form
    from reportdesk.report.document import Report, Snapshot


def _add_arguments(parser: Parser) -> None:
    parser.places.add_argument("file", type=Path, nargs="?", metavar="文件.gknb", help="要审核的年报")
    add = parser.options.add_argument
    add("--last", type=Path, metavar="上年.gknb", help="与上年年报对照")
    add("--profile", type=Path, metavar="文件.gkprofile", help="用这份单位资料")
    add("--list", action="store_true", help="列出全部审核规则")
    add("--json", action="store_true", help="以 JSON 列出每一条")
    add("--today", type=_day, metavar="年-月-日", help="按哪一天审核，如 2025-01-09；不写就是今天")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2025-01-09") from error


def _run(options: argparse.Namespace) -> Exit:
    from reportdesk.checks.engine import Severity, examine, open_findings
    from reportdesk.store.clock import now

    if options.list:
        return _list_rules(as_json=options.json)
    if options.file is None:
        return complain("请写明要审核的 .gknb 文件，或者用 --list 列出规则。", Exit.WRONG_USE)
    opened = open_report(options.file)
    last = open_report(options.last) if options.last else None
    if opened is None or (options.last and last is None):
        return Exit.UNREADABLE
    if options.profile and not _take_profile(opened.report, options.profile):
        return Exit.UNREADABLE
    before = _snapshot(opened.report, last.report, options.last) if last else None
    findings = examine(opened.form, opened.report, options.today or now().date(), before)
    if options.json:
        print_json([_as_json(found) for found in findings])
    else:
        _print_findings(opened.form, findings)
    grave = any(found.severity is Severity.ERROR for found in open_findings(findings))
    return Exit.FOUND_ERRORS if grave else Exit.OK


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


def _take_profile(report: Report, path: Path) -> bool:
    """Fill the unit's facts from the profile of that name, else the only one; False if it cannot."""
    from reportdesk.report.document import Fact
    from reportdesk.report.edits import apply_edit
    from reportdesk.store.file import StoreError
    from reportdesk.store.profile import fill_from_profile, read_profiles

    try:
        units, says = read_profiles(path)
    except StoreError as error:
        complain(str(error), Exit.UNREADABLE)
        return False
    if says:
        complain(f"“{path.name}”：{says}", Exit.OK)
    named = [unit for unit in units if unit.full_name == report.facts.get(Fact.FULL_NAME)]
    chosen = named or (units if len(units) == 1 else ())
    if not chosen:
        complain(f"单位资料“{path.name}”里没有这个单位，请核对机关全称。", Exit.UNREADABLE)
        return False
    apply_edit(report, fill_from_profile(report, chosen[0]))
    return True


def _snapshot(report: Report, last: Report, path: Path) -> Snapshot:
    """The other file as last year's report; a word of warning where it is of another year."""
    from reportdesk.report.document import Snapshot

    if report.year is not None and last.year not in (None, report.year - 1):
        complain(f"“{path.name}”不是 {report.year - 1} 年度的年报，不与它对照。", Exit.OK)
    return Snapshot(last.edition, last.facts, last.prose, last.cells, source=path.name)


def _print_findings(form: Form, findings: Sequence[Finding]) -> None:
    from reportdesk.checks.engine import Severity

    counted = [found for found in findings if not found.settled]
    titles = {section.id: section.title for section in form.sections}
    for found in findings:
        place = titles.get(found.section, "标题和开头")
        print(f"{found.severity.says} {found.code} {place}\n  {found.message}")
        if found.settled:
            print(f"  已说明：{found.settled}")
    counts = Counter(found.severity for found in counted)
    said = "，".join(f"{severity.says} {counts[severity]} 处" for severity in Severity if counts[severity])
    print(said or "没有发现问题。")


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


COMMAND = Command("check", "审核一份年报：0 没有错误，1 有错误，3 读不了", _add_arguments, _run)
