"""A worker of its own for each test that asks, spoken to over its pipes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worker.spoken_to import SpokenTo


@pytest.fixture(scope="module")
def worker() -> Iterator[SpokenTo]:
    """One worker for all tests of a module."""
    with SpokenTo() as spoken_to:
        yield spoken_to


@pytest.fixture(scope="session")
def report() -> bytes:
    """The example as bytes."""
    return (Path(__file__).parents[2] / "examples" / "changle-2024.gknb").read_bytes()
