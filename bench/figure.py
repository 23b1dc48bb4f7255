"""What a measurement yields: our figure beside a named peer's or floor's, and the target."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the bench: medians of ``ours`` and ``peer`` in ``unit``.

    ``target`` is the largest ratio of the two that an issue allows. Where it names an absolute
    limit, the limit stands as ``peer`` and the target is 1.
    """

    name: str
    ours: float
    peer: float
    target: float
    unit: str

    @property
    def ratio(self) -> float:
        """Ours over the peer's."""
        return self.ours / self.peer

    @property
    def ok(self) -> bool:
        """Whether the target is met."""
        return self.ratio <= self.target


def alternate(ours: Callable[[], float], peer: Callable[[], float], runs: int) -> tuple[float, float]:
    """The medians of both after one warm-up each, measured in turn so that drift hits both.

    Neither pays for the garbage that the other left.
    """

    def clean(work: Callable[[], float]) -> float:
        gc.collect()
        return work()

    ours()
    peer()
    pairs = [(clean(ours), clean(peer)) for _ in range(runs)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
