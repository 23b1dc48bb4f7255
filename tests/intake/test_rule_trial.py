"""Handed-out rules are tried before they are taken in, and a word that stands in two lists is named."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from reportdesk.checks.claims.words import collisions
from reportdesk.intake.form_package import HandedOutError, make_package
from reportdesk.intake.rule_trial import refuse_rules
from reportdesk.resources import resource

ROOT = Path(__file__).parents[2]
CLAIMS = resource("rules", "claims.toml").read_text(encoding="utf-8")
TEXT = resource("rules", "text.toml").read_text(encoding="utf-8")


def refused(place: Path, name: str, text: str) -> str:
    """Why the package of that one file is not made, and so not taken in either."""
    (place / "rules").mkdir()
    (place / name).write_text(text, encoding="utf-8")
    with pytest.raises(HandedOutError) as refusal:
        make_package(place / "区里.gkform", place, [name])
    return str(refusal.value)


def test_the_programs_own_rules_run_over_the_whole_trial() -> None:
    assert refuse_rules({"rules/text.toml": TEXT.encode()}) == ""


def test_a_word_in_two_lists_is_named_with_both(tmp_path: Path) -> None:
    tables = tomllib.loads(CLAIMS)
    (sort, lists), (other_sort, others) = [(name, table) for name, table in tables.items() if name != "unit"][
        :2
    ]
    meaning, words = next(iter(lists.items()))
    other = next(iter(others))
    text = CLAIMS.replace(f"{other} = [", f'{other} = ["{words[0]}", ', 1)
    said = refused(tmp_path, "rules/claims.toml", text)
    assert f"“{words[0]}”同时在" in said
    assert f"{sort}.{meaning}" in said
    assert other_sort in said


def test_rules_that_make_a_check_raise_are_refused_with_its_code(tmp_path: Path) -> None:
    text = TEXT.replace("letter = [", 'letter = ["", ', 1)
    assert text != TEXT
    said = refused(tmp_path, "rules/text.toml", text)
    assert "试审核" in said
    assert "TXT-3" in said


@pytest.fixture(scope="module")
def long() -> float:
    """Seconds that are many for a trial on this machine, as busy as it is."""
    begun = time.monotonic()
    assert refuse_rules({"rules/text.toml": TEXT.encode()}) == ""
    return max(2.0, 3 * (time.monotonic() - begun))


ENDLESS = "(?:(?:.|.)*)*龘龘"
CONTEXT = f"""
[[context]]
wrong = "工座"
right = "工作"
before = ""
after = "{ENDLESS}"
soft = false
source = "试"

[[context]]
"""


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rules/page.toml", "words = [", f"words = ['{ENDLESS}', "),
        ("rules/page.toml", "ends = [", f"ends = ['{ENDLESS}', "),
        (
            "rules/confusables.toml",
            "\n[[context]]\n",
            CONTEXT,
        ),
    ],
    ids=["words", "ends", "context"],
)
def test_an_expression_that_never_ends_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: float, name: str, old: str, new: str
) -> None:
    monkeypatch.setattr("reportdesk.intake.trial._SECONDS", long)
    shipped = resource(*name.split("/")).read_text(encoding="utf-8")
    assert old in shipped
    assert "一直没有结束" in refused(tmp_path, name, shipped.replace(old, new, 1))


def test_every_collision_is_told() -> None:
    tables = {"one": {"a": ["x", "y"], "b": ["x"]}, "two": {"c": ["y", "z"]}}
    assert collisions(tables) == [("x", "one.a", "one.b"), ("y", "one.a", "two.c")]


def test_the_trial_holds_the_example_and_the_first_half_of_the_corpus() -> None:
    passages = resource("trial", "passages.txt").read_text(encoding="utf-8").splitlines()
    known = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests/data/corpus/first").glob("*.toml")
    )
    assert len(passages) > 100
    assert [passage for passage in passages if passage.replace('"', '\\"') not in known] == []
    assert resource("trial", "example.gknb").is_file()
