"""When the program itself is wrong: a calm line for the clerk, a log without report contents.

The log holds kinds of errors and places in the source only, since an error's own words may
quote what was typed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

SENTENCE = "刚才这一步没有做成，已填的内容没有丢失。请再试一次；如果还是不行，请保存后重新打开年报台。"

_LOG_BYTES = 200_000


def install(tell: Callable[[str], object]) -> None:
    """Have every exception that nobody caught told by ``tell`` and logged; the program goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log(kind, trace)
        tell(SENTENCE)

    sys.excepthook = hook


def log(kind: type[BaseException], trace: TracebackType | None) -> None:
    """Write the error's kind and where it came from; a log that cannot be written is left out."""
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    try:
        _logger().error("%s\n  %s", kind.__name__, "\n  ".join(lines))
    except OSError:
        return


def log_folder() -> Path:
    """Where the program keeps its log."""
    from PySide6.QtCore import QStandardPaths

    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place)


def _logger() -> logging.Logger:
    from logging.handlers import RotatingFileHandler

    logger = logging.getLogger("reportdesk")
    if not logger.handlers:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "reportdesk.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    return logger
