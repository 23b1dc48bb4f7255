"""The log: what happened and where in the program, never a word of a report.

Only our own events, kinds of exceptions and places in the code are written: an exception's
message may quote what was typed, and a path may name a person or an office. Whatever else is
logged, by us or by a library, does not get in.
"""

from __future__ import annotations

import logging
import traceback
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from reportdesk.store import disk

FILE_NAME = "reportdesk.log"
MAX_BYTES = 200_000
OLDER_FILES = 2

_LOGGER = logging.getLogger("reportdesk")
_PACKAGE = "reportdesk"


class Event(Enum):
    """What is worth a line."""

    STARTED = "started"
    NOT_SAVED = "could not save"
    RECOVERED = "recovered unsaved changes"
    SET_ASIDE = "set a broken file aside"
    WORKER_ENDED = "worker ended"
    EXCEPTION = "exception"
    RULE_FAILED = "rule failed"


def start_log(folder: Path) -> bool:
    """Write the log into the folder from now on; whether that is possible.

    Without a log the program works all the same.
    """
    stop_log()
    try:
        disk.make_private_folder(folder)
        handler = _Handler(
            folder / FILE_NAME, maxBytes=MAX_BYTES, backupCount=OLDER_FILES, encoding="utf-8", delay=False
        )
    except OSError:
        return False
    handler.setFormatter(_Formatter("%(asctime)s %(message)s"))
    handler.addFilter(_is_ours)
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False
    _LOGGER.disabled = False  # a library that sets up logging switches off all others' loggers
    return True


def stop_log() -> None:
    """Write no more, and close the file."""
    for handler in tuple(_LOGGER.handlers):
        _LOGGER.removeHandler(handler)
        handler.close()


def is_open() -> bool:
    """Whether a log is being written."""
    return any(isinstance(handler, _Handler) for handler in _LOGGER.handlers)


def log_event(event: Event, **numbers: float) -> None:
    """Write a line for an event, with sizes or times that tell something."""
    _LOGGER.info(event, extra={"numbers": numbers})


def log_exception(kind: type[BaseException], trace: TracebackType | None) -> None:
    """Write an exception's kind and where it came from; its message stays out."""
    _LOGGER.error(Event.EXCEPTION, extra={"trouble": describe_exception(kind, trace)})


def log_fault(trouble: str) -> None:
    """Write which rules raised and where, as the checks tell it: codes and places, nothing of a report."""
    _LOGGER.error(Event.RULE_FAILED, extra={"trouble": trouble})


def describe_exception(kind: type[BaseException], trace: TracebackType | None) -> str:
    """An exception's kind and places in the code, also for 复制错误信息; nothing of the report."""
    places = [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return "\n  ".join((kind.__qualname__, *places))


def _short(file_name: str) -> str:
    """The file from our package on, else its last two names: the rest may name a person."""
    steps = file_name.replace("\\", "/").split("/")
    begin = steps.index(_PACKAGE) if _PACKAGE in steps else -2
    return "/".join(steps[begin:])


def _is_ours(record: logging.LogRecord) -> bool:
    return isinstance(record.msg, Event)


class _Handler(RotatingFileHandler):
    """Leaves out what it cannot write: a full disk is told where it matters."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing."""


class _Formatter(logging.Formatter):
    """Writes events only, whatever else a record carries."""

    def format(self, record: logging.LogRecord) -> str:
        numbers: dict[str, float] = getattr(record, "numbers", {})
        told = [f"{name}={number:g}" for name, number in numbers.items()]
        trouble = getattr(record, "trouble", "")
        event = record.msg.value if isinstance(record.msg, Event) else ""
        time = self.formatTime(record)
        return " ".join((time, event, *told)) + (f" {trouble}" if trouble else "")
