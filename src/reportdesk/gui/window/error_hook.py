"""When the program itself is wrong: whoever catches nothing is told here, and the program goes on.

What the clerk reads is ``crash_page``'s; the log, without report contents, is ``reportdesk.store.log``'s.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType


def install(tell: Callable[[str], object], logs: Path) -> None:
    """Have every exception that nobody caught logged in that folder and told by ``tell``.

    ``tell`` takes the error's kind and places in the program. Should that go wrong too, it is
    logged and no more: a message about a message would never end.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        from reportdesk.store.log import describe_exception, is_open, log_exception, start_log

        if not is_open():
            start_log(logs)
        log_exception(kind, trace)
        try:
            tell(describe_exception(kind, trace))
        except Exception as second:  # noqa: BLE001 - the last place that could catch it
            log_exception(type(second), second.__traceback__)

    sys.excepthook = hook
