"""What the commands share: exit codes, sentences on the error stream, JSON, and opening a report."""

from __future__ import annotations

import enum
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True)
class Opened:
    """A report that was read, and the form of its edition."""

    form: Form
    report: Report


def open_report(path: Path) -> Opened | None:
    """The report and its form; None once it was said why it cannot be read."""
    from reportdesk.form.load import load_form
    from reportdesk.store.file import StoreError, read_report

    try:
        decoded = read_report(path)
    except StoreError as error:
        complain(str(error), Exit.UNREADABLE)
        return None
    for notice in decoded.notices:
        complain(notice, Exit.OK)
    return Opened(load_form(decoded.report.edition), decoded.report)


def complain(message: str, code: Exit) -> Exit:
    """Say the sentence where a console is, and return the code."""
    if sys.stderr is not None:
        print(f"reportdesk: {message}", file=sys.stderr)
    return code


def print_json(content: object) -> None:
    """Print for a script, Chinese as it is."""
    import json

    print(json.dumps(content, ensure_ascii=False, indent=1))
