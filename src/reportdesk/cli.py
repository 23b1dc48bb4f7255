"""The command line: opens the window, and serves scripts and the district's IT.

``reportdesk [FILE]`` opens the window; ``check``, ``export``, ``verify`` and ``schema`` never do. Exit
codes: 0 all well, 1 errors found or nothing written, 2 wrong use, 3 the file is unreadable.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from reportdesk import __version__

if TYPE_CHECKING:
    from reportdesk.checks.engine import Finding
    from reportdesk.form.spec import Form
    from reportdesk.readers.proposal import Proposal
    from reportdesk.report.document import Report, Snapshot

OK, FOUND_ERRORS, UNREADABLE = 0, 1, 3
_SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0] in _COMMANDS or given[0].startswith("-")):
        options = _parser().parse_args(given)
        try:
            with _uncollected():
                return _COMMANDS[options.command](options)
        except BrokenPipeError:
            return OK
    return open_window(given)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave garbage to the end of the process: a command is over before it is worth the seventh it costs."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def main_window() -> int:
    """Open the window; the entry point of the program's icon, where no console is."""
    return open_window(sys.argv[1:])


def open_window(files: Sequence[str]) -> int:
    """Open the window on the file, if one is named."""
    if len(files) > 1:
        return _complain("一次只能打开一个文件。", 2)
    from reportdesk.gui.app import run

    return run(Path(files[0]) if files else None)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, in one line beside the usage."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: 用法不对：{message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="reportdesk",
        description="年报台：填写政府信息公开工作年度报告。不带命令时打开窗口：reportdesk [文件.gknb]",
    )
    parser.add_argument("--version", action="version", version=f"reportdesk {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    check = commands.add_parser("check", help="审核一份年报：0 没有错误，1 有错误，3 读不了")
    check.add_argument("file", type=Path, nargs="?", metavar="文件.gknb")
    check.add_argument("--last", type=Path, metavar="上年.gknb", help="与上年年报对照")
    check.add_argument("--profile", type=Path, metavar="文件.gkprofile", help="用这份单位资料")
    check.add_argument("--list", action="store_true", help="列出全部审核规则")
    check.add_argument("--json", action="store_true", help="以 JSON 列出每一条")
    check.add_argument("--today", type=_day, default=None, metavar="年-月-日", help="按哪一天审核")
    export = commands.add_parser("export", help="导出一份年报")
    export.add_argument("file", type=Path, metavar="文件.gknb")
    export.add_argument("--to", type=Path, required=True, metavar="文件夹")
    export.add_argument("--formats", type=_formats, default="pdf,xlsx", metavar="pdf,xlsx,docx,html,blank")
    export.add_argument("--json", action="store_true", help="以 JSON 给出写了哪些文件")
    export.add_argument(
        "--pdfa", choices=("3b", "1b"), default="3b", help="PDF 归档格式：3b 附公开数据，1b 不附"
    )
    export.add_argument(
        "--offices", type=_names, default=(), metavar="科室,科室", help="空白填报表（blank）里各科室的表"
    )
    export.add_argument("--bundled-fonts", action="store_true", help="只用随程序带的字体")
    verify = commands.add_parser("verify", help="核对报送文件夹或压缩包：0 没有改动，1 有改动，3 核对不了")
    verify.add_argument("path", type=Path, metavar="文件夹或.zip")
    verify.add_argument("--json", action="store_true", help="以 JSON 列出每个文件")
    read = commands.add_parser("read", help="读一份别处来的年报：0 全部读到，1 有没读到或要核对的，3 读不了")
    read.add_argument("file", type=Path, metavar="文件")
    read.add_argument("--to", type=Path, metavar="文件.gknb", help="把读到的内容存成新的年报")
    read.add_argument("--json", action="store_true", help="以 JSON 给出读到的内容")
    commands.add_parser("schema", help="输出 .gknb 文件的 JSON Schema")
    return parser


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2025-01-09") from error


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in re.split("[,，、]", text) if (name := part.strip()))


def _formats(text: str) -> list[str]:
    from reportdesk.session.publish import Format

    wanted = list(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in wanted if name not in set(Format)]
    if unknown or not wanted:
        known = "、".join(Format)
        raise argparse.ArgumentTypeError(f"没有“{text}”这种格式，可用的有 {known}")
    return wanted


@dataclass(frozen=True, slots=True)
class _Opened:
    form: Form
    report: Report


def _open(path: Path) -> _Opened | None:
    """The report and its form; None once it was said why it cannot be read."""
    from reportdesk.form.load import load_form
    from reportdesk.store.file import StoreError, read_report

    try:
        decoded = read_report(path)
    except StoreError as error:
        _complain(str(error), UNREADABLE)
        return None
    for notice in decoded.notices:
        _complain(notice, OK)
    return _Opened(load_form(decoded.report.edition), decoded.report)


def _check(options: argparse.Namespace) -> int:
    from reportdesk.checks.engine import Severity, examine, open_findings

    if options.list:
        return _list_rules(as_json=options.json)
    if options.file is None:
        return _complain("请写明要审核的 .gknb 文件，或者用 --list 列出规则。", 2)
    opened = _open(options.file)
    last = _open(options.last) if options.last else None
    if opened is None or (options.last and last is None):
        return UNREADABLE
    if options.profile and not _take_profile(opened.report, options.profile):
        return UNREADABLE
    before = _snapshot(opened.report, last.report, options.last) if last else None
    findings = examine(opened.form, opened.report, options.today or _today(), before)
    if options.json:
        print(json.dumps([_as_json(found) for found in findings], ensure_ascii=False, indent=1))
    else:
        _print_findings(opened.form, findings)
    grave = any(found.severity is Severity.ERROR for found in open_findings(findings))
    return FOUND_ERRORS if grave else OK


def _list_rules(*, as_json: bool) -> int:
    from reportdesk.checks.engine import registered

    rules = [
        {"code": rule.code, "severity": rule.severity.value, "says": rule.says, "source": rule.source}
        for rule in registered().values()
    ]
    if as_json:
        print(json.dumps(rules, ensure_ascii=False, indent=1))
    else:
        for rule in rules:
            print(f"{_SEVERITIES[rule['severity']]} {rule['code']}  {rule['says']}")
    return OK


def _take_profile(report: Report, path: Path) -> bool:
    """Fill the unit's facts from the profile of that name, else the only one; False if it cannot."""
    from reportdesk.report.document import Fact
    from reportdesk.report.edits import apply_edit
    from reportdesk.store.file import StoreError
    from reportdesk.store.profile import fill_from_profile, read_profiles

    try:
        units = read_profiles(path)
    except StoreError as error:
        _complain(str(error), UNREADABLE)
        return False
    named = [unit for unit in units if unit.full_name == report.facts.get(Fact.FULL_NAME)]
    chosen = named or (units if len(units) == 1 else ())
    if not chosen:
        _complain(f"单位资料“{path.name}”里没有这个单位，请核对机关全称。", UNREADABLE)
        return False
    apply_edit(report, fill_from_profile(report, chosen[0]))
    return True


def _snapshot(report: Report, last: Report, path: Path) -> Snapshot:
    """The other file as last year's report; a word of warning where it is of another year."""
    from reportdesk.report.document import Snapshot

    if report.year is not None and last.year != report.year - 1:
        _complain(f"“{path.name}”不是 {report.year - 1} 年度的年报，不与它对照。", OK)
    return Snapshot(last.edition, last.facts, last.prose, last.cells, source=path.name)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _print_findings(form: Form, findings: Sequence[Finding]) -> None:
    counted = [found for found in findings if not found.settled]
    titles = {section.id: section.title for section in form.sections}
    for found in findings:
        place = titles.get(found.section, "标题和开头")
        print(f"{_SEVERITIES[found.severity]} {found.code} {place}\n  {found.message}")
        if found.settled:
            print(f"  已说明：{found.settled}")
    counts = {
        word: sum(1 for found in counted if found.severity == severity)
        for severity, word in _SEVERITIES.items()
    }
    said = "，".join(f"{word} {count} 处" for word, count in counts.items() if count)
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


def _export(options: argparse.Namespace) -> int:
    from reportdesk.session.publish import Choices, Format, PublishError, publish

    opened = _open(options.file)
    if opened is None:
        return UNREADABLE
    try:
        written = publish(
            opened.form,
            opened.report,
            options.to,
            [Format(name) for name in options.formats],
            Choices(options.bundled_fonts, options.pdfa == "3b", options.offices),
        )
    except PublishError as error:
        return _complain(str(error), FOUND_ERRORS)
    faces = {official: face for file in written for official, face in file.faces.items()}
    if options.json:
        listed = [{"format": file.format.value, "path": str(file.path)} for file in written]
        print(json.dumps({"written": listed, "faces": faces}, ensure_ascii=False, indent=1))
    else:
        for file in written:
            print(file.path)
        for official, face in faces.items():
            print(f"字体 {official}：{face}")
    return OK


def _verify(options: argparse.Namespace) -> int:
    from reportdesk.session.verification import VerificationError, verify

    try:
        found = verify(options.path)
    except VerificationError as error:
        return _complain(str(error), UNREADABLE)
    if options.json:
        listed = [{"path": one.path, "verdict": one.verdict.name.lower()} for one in found.files]
        print(json.dumps({"code": found.code, "whole": found.is_whole, "files": listed}, ensure_ascii=False))
    else:
        for one in found.files:
            shown = "".join(sign if sign.isprintable() else "□" for sign in one.path)
            print(f"{one.verdict.value}  {shown}")
        said = "各文件齐全，没有改动" if found.is_whole else "与清单不一致"
        print(f"{said}；核对码 {found.code}。相同只说明内容没有变，不能证明是谁做的。")
    return OK if found.is_whole else FOUND_ERRORS


def _read(options: argparse.Namespace) -> int:
    from reportdesk.readers.proposal import Standing
    from reportdesk.readers.visible import UnreadableError
    from reportdesk.store.file import SUFFIX, StoreError, write_report
    from reportdesk.worker.once import read_apart

    if options.to and options.to.suffix.lower() != SUFFIX:
        return _complain(f"--to 后面请写以 {SUFFIX} 结尾的文件名。", 2)
    try:
        proposal = read_apart(options.file)
    except UnreadableError as error:
        return _complain(f"读不了“{options.file.name}”：{error}", UNREADABLE)
    if options.to:
        try:
            write_report(options.to, proposal.to_report())
        except StoreError as error:
            return _complain(str(error), FOUND_ERRORS)
    if options.json:
        print(json.dumps(_proposal_as_json(proposal), ensure_ascii=False, indent=1))
    else:
        _print_proposal(proposal)
    open_matters = proposal.disagreements or len(proposal.of(Standing.FOUND)) < len(proposal.outcomes)
    return FOUND_ERRORS if open_matters else OK


def _print_proposal(proposal: Proposal) -> None:
    from reportdesk.readers.proposal import Standing

    print(f"按{proposal.form.name}（{proposal.form.document}）读取")
    for standing in Standing:
        listed = [outcome.says for outcome in proposal.of(standing)]
        if listed:
            print(standing.says, *listed, sep="\n  ")
    if proposal.disagreements:
        print("合计与分项不符", *(differs.says for differs in proposal.disagreements), sep="\n  ")


def _proposal_as_json(proposal: Proposal) -> Mapping[str, object]:
    """The proposal for a script; ``report`` is as a .gknb would hold it."""
    from reportdesk.report.codec import encode

    return {
        "edition": proposal.form.edition,
        "report": json.loads(encode(proposal.to_report())),
        "blank": sorted(map(str, proposal.blank)),
        "missing": sorted(map(str, proposal.missing)),
        "outcomes": [
            {
                "standing": outcome.standing.value,
                "message": outcome.says,
                "section": outcome.section,
                "cells": list(map(str, outcome.cells)),
                "part": outcome.part,
            }
            for outcome in proposal.outcomes
        ],
        "disagreements": [
            {
                "cell": str(differs.ref),
                "stated": str(differs.stated),
                "computed": None if differs.computed is None else str(differs.computed),
                "message": differs.says,
            }
            for differs in proposal.disagreements
        ],
    }


def _schema(options: argparse.Namespace) -> int:  # noqa: ARG001 - called like the other commands
    from reportdesk.report.file_schema import file_schema

    print(json.dumps(file_schema(), ensure_ascii=False, indent=1))
    return OK


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "export": _export,
    "read": _read,
    "schema": _schema,
    "verify": _verify,
}


def _complain(message: str, code: int) -> int:
    if sys.stderr is not None:
        print(f"reportdesk: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
