"""``reportdesk return``: what a district's .gkback asks, where it stands in the report now, and taking it in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.cli.arguments import Command, Parser, path_given
from reportdesk.cli.console import Exit, Opened, open_report, print_error, print_json

if TYPE_CHECKING:
    from reportdesk.report.records import Notice
    from reportdesk.report.returned.placing import Placed
    from reportdesk.report.returned.return_file import Returned


def _add_arguments(parser: Parser) -> None:
    parser.places.add_argument("file", type=path_given, metavar="文件.gkback", help="上级的退回文件")
    add = parser.options.add_argument
    add("--report", type=path_given, metavar="文件.gknb", help="所退回的年报，看每条意见现在在哪里、改了没有")
    add("--apply", action="store_true", help="把年报设为“退回”，记下原因，收下意见")
    add("--json", action="store_true", help="以 JSON 列出每条意见")


def _run(options: argparse.Namespace) -> Exit:
    from reportdesk.outgoing.returns.taken import read_return
    from reportdesk.store.file import StoreError

    if options.apply and not options.report:
        return print_error("--apply 要和 --report 一起用。", Exit.WRONG_USE)
    try:
        returned = read_return(options.file)
    except StoreError as error:
        return print_error(str(error), Exit.UNREADABLE)
    opened = open_report(options.report) if options.report else None
    if options.report and opened is None:
        return Exit.UNREADABLE
    refused = _refused(returned, opened, is_applied=options.apply)
    if refused:
        return print_error(refused, Exit.FOUND_ERRORS)
    placed = _places(returned, opened)
    if options.apply and opened is not None:
        refused = _apply(returned, options.report)
        if refused:
            return print_error(refused, Exit.FOUND_ERRORS)
    if options.json:
        print_json(_as_json(returned, placed, opened))
    else:
        _print(returned, placed, opened)
    return Exit.OK


def _refused(returned: Returned, opened: Opened | None, *, is_applied: bool) -> str:
    from reportdesk.report.returned.whose import why_not_taken, why_other_report

    if opened is None:
        return ""
    return (why_not_taken if is_applied else why_other_report)(returned, opened.report)


def _apply(returned: Returned, path: Path) -> str:
    """Keep it in the report's file; why that could not be, empty if it could."""
    from reportdesk.outgoing.returns.taken import keep_return
    from reportdesk.store.clock import now
    from reportdesk.store.file import StoreError

    try:
        keep_return(path, returned, now())
    except StoreError as error:
        return str(error)
    return ""


def _places(returned: Returned, opened: Opened | None) -> Mapping[str, Placed]:
    from reportdesk.report.returned.placing import place_notice
    from reportdesk.report.totals import numbers_of

    if opened is None:
        return {}
    numbers = numbers_of(opened.form, opened.report)
    return {
        key: place_notice(opened.form, opened.report, numbers, one) for key, one in returned.notices.items()
    }


def _is_same_content(returned: Returned, opened: Opened) -> bool:
    from reportdesk.report.check_code import check_code

    return not returned.code or check_code(opened.form, opened.report) == returned.code


def _as_json(returned: Returned, placed: Mapping[str, Placed], opened: Opened | None) -> Mapping[str, object]:
    remarks = [_remark_as_json(key, one, placed.get(key)) for key, one in returned.notices.items()]
    return {
        "id": returned.return_id,
        "office": returned.office,
        "unit": returned.unit,
        "unit_id": returned.unit_id,
        "year": returned.year,
        "number": returned.hand_in,
        "code": returned.code,
        "due": returned.due,
        "reason": returned.reason,
        "report_changed": None if opened is None else not _is_same_content(returned, opened),
        "remarks": remarks,
    }


def _remark_as_json(key: str, one: Notice, placed: Placed | None) -> Mapping[str, object]:
    said = {"id": key, "kind": one.kind, "place": one.place, "also": dict(one.also), "words": one.words}
    now: dict[str, object] = {}
    if placed is not None:
        now = {"span": placed.span, "standing": _standing(placed)}
    return {**said, "objected": one.objected, "text": one.text, **now}


def _standing(placed: Placed) -> str:
    if placed.is_changed:
        return "changed"
    if placed.is_lost:
        return "lost"
    return "moved" if placed.is_moved else "open"


_STANDINGS = {
    "changed": "已改",
    "lost": "所指的原文不在原处了，请核对",
    "moved": "原文位置有移动",
    "open": "",
}


def _print(returned: Returned, placed: Mapping[str, Placed], opened: Opened | None) -> None:
    from reportdesk.report.records import NoticeKind

    print(returned.says)
    if returned.reason:
        print(f"原因：{returned.reason}")
    if opened is not None and not _is_same_content(returned, opened):
        print("年报在报送以后改过，意见按现在的内容找位置。")
    for number, (key, one) in enumerate(returned.notices.items(), 1):
        kind = NoticeKind(one.kind).says if one.kind in set(NoticeKind) else "意见"
        standing = _STANDINGS[_standing(placed[key])] if key in placed else ""
        words = f"“{one.words}”" if one.words else ""
        where = "；".join(_named(place, opened) for place in (one.place, *one.also))
        print(f"{number}. {kind}　{where}{words}{f'　{standing}' if standing else ''}\n  {one.text}")


def _named(place: str, opened: Opened | None) -> str:
    """The place in a clerk's words where the form is at hand."""
    if not place:
        return "整份年报"
    if opened is None:
        return place
    cells = {str(ref): ref for ref in opened.form.kind_of}
    if place in cells:
        return opened.form.name_of(cells[place])
    part = opened.form.parts.get(place)
    return (part.heading or place) if part is not None else place


COMMAND = Command("return", "看上级的退回文件，收进年报：0 好，1 不能收，3 读不了", _add_arguments, _run)
