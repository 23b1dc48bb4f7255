"""docs/reliability.md names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_each_promise_names_a_test_that_exists() -> None:
    whole = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    text = whole.partition("## The fault harness")[0]  # whose table tells figures
    promises = re.findall(r"^\| (?!Promise|---)(.+?) \| (.+) \|$", text, re.MULTILINE)
    assert len(promises) > 15
    for promise, kept_by in promises:
        named = re.findall(r"`(tests/[\w/]+\.py|…)(?:::(\w+))?`", kept_by)
        assert named, promise
        file = ""
        for place, test in named:
            file = file if place == "…" else place
            source = (ROOT / file).read_text(encoding="utf-8")
            assert not test or f"def {test}(" in source, promise
