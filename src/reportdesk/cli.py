"""The command line: opens the window, and serves scripts and the district's IT.

``reportdesk [FILE]`` opens the window; ``check``, ``export`` and ``schema`` never do. Exit
codes: 0 all well, 1 errors found or nothing written, 2 wrong use, 3 the file is unreadable.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
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
    from reportdesk.report.document import Report

OK, FOUND_ERRORS, UNREADABLE = 0, 1, 3


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
    check.add_argument("file", type=Path, metavar="文件.gknb")
    check.add_argument("--json", action="store_true", help="以 JSON 列出每一条")
    check.add_argument("--today", type=_day, default=None, metavar="年-月-日", help="按哪一天审核")
    export = commands.add_parser("export", help="导出一份年报")
    export.add_argument("file", type=Path, metavar="文件.gknb")
    export.add_argument("--to", type=Path, required=True, metavar="文件夹")
    export.add_argument("--formats", type=_formats, default="pdf,xlsx", metavar="pdf,xlsx,docx,html")
    export.add_argument("--json", action="store_true", help="以 JSON 给出写了哪些文件")
    export.add_argument("--bundled-fonts", action="store_true", help="只用随程序带的字体")
    commands.add_parser("schema", help="输出 .gknb 文件的 JSON Schema")
    return parser


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2025-01-09") from error


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
    from reportdesk.checks.engine import Severity, examine

    opened = _open(options.file)
    if opened is None:
        return UNREADABLE
    findings = examine(opened.form, opened.report, options.today or _today())
    if options.json:
        print(json.dumps([_as_json(found) for found in findings], ensure_ascii=False, indent=1))
    else:
        _print_findings(opened.form, findings)
    grave = any(found.severity is Severity.ERROR for found in findings)
    return FOUND_ERRORS if grave else OK


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _print_findings(form: Form, findings: Sequence[Finding]) -> None:
    words = {"error": "错误", "warning": "提醒", "hint": "提示"}
    titles = {section.id: section.title for section in form.sections}
    for found in findings:
        place = titles.get(found.section, "标题和开头")
        print(f"{words[found.severity]} {found.code} {place}\n  {found.message}")
    counts = {
        word: sum(1 for found in findings if found.severity == severity) for severity, word in words.items()
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
    }


def _export(options: argparse.Namespace) -> int:
    from reportdesk.session.publish import Format, PublishError, publish

    opened = _open(options.file)
    if opened is None:
        return UNREADABLE
    try:
        written = publish(
            opened.form,
            opened.report,
            options.to,
            [Format(name) for name in options.formats],
            bundled_fonts=options.bundled_fonts,
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


def _schema(options: argparse.Namespace) -> int:  # noqa: ARG001
    from reportdesk.report.file_model import file_schema

    print(json.dumps(file_schema(), ensure_ascii=False, indent=1))
    return OK


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "export": _export,
    "schema": _schema,
}


def _complain(message: str, code: int) -> int:
    if sys.stderr is not None:
        print(f"reportdesk: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
