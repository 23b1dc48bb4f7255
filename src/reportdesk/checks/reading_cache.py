"""Readings of prose, kept so that each part is read once for all rules and anew only when it changes.

A reading is kept by the text it was made from: while one part is typed in, those of the others
stay. Only functions of their arguments alone may be kept.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

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
