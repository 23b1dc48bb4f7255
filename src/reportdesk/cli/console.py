"""What the commands share: exit codes, sentences on the error stream, JSON, and opening a report."""

from __future__ import annotations

import contextlib
import enum
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from reportdesk.report.text.characters import shown_plainly

if TYPE_CHECKING:
    from reportdesk.form.spec import Form
    from reportdesk.report.document import Report


class Exit(enum.IntEnum):
    """What the process tells the script that called it."""

    OK = 0
    FOUND_ERRORS = 1
    """Errors were found, or nothing was written."""
    WRONG_USE = 2
    UNREADABLE = 3
    INTERRUPTED = 130
    """Stopped by Ctrl+C, as shells number it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A report that was read, and the form of its edition."""

    form: Form
    report: Report
    notices: tuple[str, ...] = ()
    """What reading the file told, such as that it was changed outside the program."""


class _OutputError(Exception):
    """What was to be printed could not be."""


class _Output:
    """The standard output, whose failure is told apart from that of any file.

    Control characters out of a file's text are shown, for a terminal would obey them.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(shown_plainly(text))
        except OSError as error:
            raise _OutputError from error

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise _OutputError from error

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def told(run: Callable[[], Exit]) -> Exit:
    """Run a command; one sentence where what it prints goes nowhere, as on a full disk or a closed pipe."""
    stream = sys.stdout
    if stream is None:
        return run()
    try:
        with contextlib.redirect_stdout(_Output(stream)):
            try:
                return run()
            finally:
                sys.stdout.flush()
    except _OutputError as error:
        _drop_output(stream)
        is_pipe = isinstance(error.__cause__, BrokenPipeError)
        why = "接收输出的程序已经关闭" if is_pipe else "磁盘满了，或者那里不能写"
        return print_error(f"输出没有写完：{why}。请换一个地方再运行一次。", Exit.FOUND_ERRORS)
    except KeyboardInterrupt:
        return print_error("已中断，没有做完。要做完，请再运行一次。", Exit.INTERRUPTED)


def _drop_output(stream: TextIO) -> None:
    """Let what is left of the output go nowhere: else Python complains of it once more at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def open_report(path: Path) -> Opened | None:
    """The report and its form; None once it was said why it cannot be read."""
    opened = read_or_refuse(path)
    if isinstance(opened, str):
        print_error(opened, Exit.UNREADABLE)
        return None
    return opened


def read_or_refuse(path: Path) -> Opened | str:
    """The report and its form, or the sentence that says why it cannot be read."""
    from reportdesk.form.load import load_form
    from reportdesk.store.file import StoreError, read_report

    try:
        decoded = read_report(path)
    except StoreError as error:
        return str(error)
    for notice in decoded.notices:
        print_error(notice, Exit.OK)
    return Opened(load_form(decoded.report.edition), decoded.report, decoded.notices)


def print_error(message: str, code: Exit) -> Exit:
    """Say the sentence where a console is, and return the code."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(f"reportdesk: {shown_plainly(message)}", file=sys.stderr)
    return code


def print_json(content: object) -> None:
    """Print for a script, Chinese as it is; what a terminal would obey is escaped as JSON does."""
    import json

    text = json.dumps(content, ensure_ascii=False, indent=1)
    print(
        "".join(
            sign if sign == "\n" or sign == shown_plainly(sign) else f"\\u{ord(sign):04x}" for sign in text
        )
    )
