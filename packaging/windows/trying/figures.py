"""What was measured, and the most that it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of some unit; ``most`` is None where there is no limit."""

    value: float
    unit: str
    most: float | None


@dataclass(slots=True)
class Figures:
    """Figures by name, in the order in which they were taken."""

    taken: dict[str, Figure] = field(default_factory=dict)

    def note(self, name: str, value: float, unit: str, *, most: float | None = None) -> None:
        """Keep a figure.

        Raises:
            AssertionError: it is more than it may be.
        """
        self.taken[name] = Figure(value, unit, most)
        assert most is None or value <= most, f"{name}: {value:.2f} {unit}, at most {most} {unit}"

    def lines(self) -> Iterator[str]:
        """A line a figure."""
        for name, figure in self.taken.items():
            limit = f"   at most {figure.most:g}" if figure.most is not None else ""
            yield f"{name:<28}{figure.value:10.2f} {figure.unit}{limit}"
