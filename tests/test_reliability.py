"""docs/reliability.md names tests that are there."""

import re
from pathlib import Path

from tests.faults.kinds import BREAKAGES, KINDS
from tests.faults.test_short import TRIED

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


def test_each_kind_of_harm_and_each_breakage_is_listed() -> None:
    whole = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    text = whole.partition("## The fault harness")[2]
    figures, _, broken = text.partition("### How the store is broken on purpose")
    rows = re.findall(r"^\| ([\w-]+)", figures, re.MULTILINE)
    assert set(KINDS) <= set(rows)
    named = set(re.findall(r"`test_a_broken_store_is_noticed\[(.+?)\]`|in full only, as `(.+?)`", broken))
    in_tests, in_full = ({one for one in column if one} for column in zip(*named, strict=True))
    assert in_tests | in_full == set(BREAKAGES)
    assert in_tests == set(TRIED)
