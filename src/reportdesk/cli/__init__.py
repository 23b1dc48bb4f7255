"""The command line: opens the window, and serves scripts and the district's IT.

``reportdesk [FILE]`` opens the window; a command (``commands.py``) never does. Only what a start
needs is imported here: whoever opens a window does not wait for argparse.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reportdesk.cli.console import Exit, print_error, told
from reportdesk.intake import FORM_SUFFIX
from reportdesk.report.file import REPORT_SUFFIX

_OPENED = (REPORT_SUFFIX, FORM_SUFFIX)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, else open the window; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        return open_window(given)
    from reportdesk.cli.commands import is_command, run_command

    if not given[0].strip():
        return print_error("要打开的文件名是空的，请写明 .gknb 文件的名字。", Exit.WRONG_USE)
    if not is_command(given[0]):
        return open_window(given) if _may_be_file(given[0]) else _refuse_word(given[0])
    with _uncollected():
        return told(lambda: run_command(given))


def _may_be_file(word: str) -> bool:
    """Whether the word is meant as a file to open, which need not be there, and not as a command."""
    return Path(word).suffix.lower() in _OPENED or any(sign in word for sign in "/\\") or Path(word).exists()


def _refuse_word(word: str) -> Exit:
    from reportdesk.cli.commands import COMMANDS

    known = "、".join(COMMANDS)
    shown = "".join(sign if sign.isprintable() else "□" for sign in word)
    return print_error(
        f"没有“{shown}”这个命令，可用的有 {known}；要打开年报，请写 .gknb 文件的名字。", Exit.WRONG_USE
    )


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
    """Open the window on the file, if one is named; a .gkform is taken in instead."""
    if len(files) > 1:
        return print_error("一次只能打开一个文件。", Exit.WRONG_USE)
    if files and files[0].lower().endswith(FORM_SUFFIX):
        from reportdesk.gui.intake.form_package import take_in_and_tell

        return take_in_and_tell(Path(files[0]))
    from reportdesk.gui.window.app import run

    return run(Path(files[0]) if files else None)
