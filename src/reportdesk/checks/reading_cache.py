"""Readings of prose, kept so that each part is read once for all rules and anew only when it changes.

A reading is kept by the text it was made from: while one part is typed in, those of the others
stay. Only functions of their arguments alone may be kept.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from reportdesk.checks.engine import CheckContext

_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")

_TEXTS = 24
"""Twice the parts of a report: the one that is typed in pushes none of the others out."""
_FORGETTING: list[Callable[[], None]] = []


def kept(read: Callable[_Given, _Read]) -> Callable[_Given, _Read]:
    """Keep what the function read of the texts that it met lately."""
    cached = functools.lru_cache(maxsize=_TEXTS)(read)
    _FORGETTING.append(cached.cache_clear)
    return functools.wraps(read)(cached)  # type: ignore[return-value]  # lru_cache loses the arguments


def forget() -> None:
    """Forget every reading, so that the next check reads all prose anew."""
    for clear in _FORGETTING:
        clear()


def once_a_run(
    read: Callable[Concatenate[CheckContext, _Given], _Read],
) -> Callable[Concatenate[CheckContext, _Given], _Read]:
    """Read the subject once for all rules of a run, which change nothing; outside of a run anew each time."""

    @functools.wraps(read)
    def reading(subject: CheckContext, *given: _Given.args, **named: _Given.kwargs) -> _Read:
        readings = subject.readings
        if readings is None:
            return read(subject, *given, **named)
        key = (read, *given)
        if key not in readings:
            readings[key] = read(subject, *given, **named)
        return readings[key]  # type: ignore[return-value]  # what that function read

    return reading  # type: ignore[return-value]  # whose subject has a name of its own
