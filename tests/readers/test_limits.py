"""docs/limits.md says what the limits are."""

import re
from pathlib import Path

from reportdesk.readers.files import limits
from reportdesk.worker import reading

TOLD = (Path(__file__).parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")


def test_every_limit_is_told_as_it_is() -> None:
    told = {
        name: int(number.replace(",", "")) * (limits.MEBIBYTE if unit else 1)
        for name, number, unit in re.findall(r"^\| `(\w+)` \| ([0-9,]+)( MiB)? \|", TOLD, re.MULTILINE)
    }
    assert told == {name: getattr(limits, name) for name in dir(limits) if name.startswith("MAX_")}


def test_time_and_memory_are_told_as_they_are() -> None:
    assert f"{reading.SECONDS:.0f} seconds and {reading.MEMORY_MIB} MiB" in TOLD
