"""A place where something is mistyped, and what should stand there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typo:
    """From ``start`` to ``end`` something else should stand: ``right``. ``is_certain``: wherever it stands."""

    start: int
    end: int
    right: str
    is_certain: bool = False
    is_soft: bool = False
    """Right by many, and only advised against."""


def apart(found: Iterable[Typo]) -> tuple[Typo, ...]:
    """Those that overlap none before them, in order."""
    kept: list[Typo] = []
    for typo in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or typo.start >= kept[-1].end:
            kept.append(typo)
    return tuple(kept)
