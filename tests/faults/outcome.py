"""How one attempt to do harm ended, and what a kind of attempts is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Ending(StrEnum):
    """How an attempt ended."""

    SURVIVED = "survived"
    """Nothing was lost and nothing wrong was taken for right."""
    LOST = "lost"
    """Something that was safe is gone, or something wrong came in without a word."""
    CRASHED = "crashed"
    """An exception that nobody turned into a sentence, or the process ended."""
    HUNG = "hung"
    """No answer within the kind's time."""
    VOID = "void"
    """The attempt changed nothing, such as a mutation that left the bytes as they were: not counted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An ending, and for what was no survival the words to find the fault by."""

    ending: Ending
    note: str = ""


SURVIVED = Outcome(Ending.SURVIVED)
VOID = Outcome(Ending.VOID)


def lost(note: str) -> Outcome:
    """Something is gone or wrong."""
    return Outcome(Ending.LOST, note)


Attempt = Callable[[int, Random], Outcome]
"""One attempt by its number; the same number and random numbers give the same attempt."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of attempts: ``full`` of them in a full run, ``short`` in the tests.

    ``spoil`` makes a store or reader that is deliberately broken in the way this kind must notice;
    ``spoilt`` attempts against it must find losses. ``seconds`` is what one attempt may take.
    ``apart`` is the attempt made once more, as the program makes it in a process of its own, where
    the first ended its process: a foreign parser that aborts cannot be caught, only outlived.
    """

    name: str
    attempt: Attempt
    full: int
    short: int
    seconds: float
    spoil: Callable[[], AbstractContextManager[None]]
    spoilt: int
    apart: Attempt | None = None


@dataclass(frozen=True, slots=True)
class Breakage:
    """One more way to break the store, which the kind of that name must notice within so many attempts."""

    name: str
    kind: str
    spoil: Callable[[], AbstractContextManager[None]]
    spoilt: int
