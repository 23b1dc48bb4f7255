"""What is made when it is first needed, and can be asked about before that without being made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Lazy(Generic[_T]):
    """Holds what ``make`` gives, from the first ``get`` on."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make = make
        self.made: _T | None = None
        """What was made; None while nothing was."""

    def get(self) -> _T:
        """What was made, which is made now if need be."""
        if self.made is None:
            self.made = self._make()
        return self.made
