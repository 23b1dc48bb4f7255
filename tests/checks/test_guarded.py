"""Rules that raise: the others go on, the list is never empty by mistake, and code and severity are the register's."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportdesk.checks import catalogue, engine
from reportdesk.checks.engine import (
    NOT_RUN,
    Check,
    CheckContext,
    Finding,
    Found,
    Severity,
    check_report,
    ran_whole,
    registered,
    settle,
)
from reportdesk.report.document import Explanation
from reportdesk.store.file import read_report
from tests.checks.rule_cases import FORM, TODAY, read_rule_cases

SEED = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
RULES = tuple(code for code in registered() if code != NOT_RUN)


def raises(_subject: CheckContext) -> Iterator[Found]:
    """从来不成。"""
    secret = "某某的电话"
    raise ValueError(secret)


def raises_late(_subject: CheckContext) -> Iterator[Found]:
    """先说一句，再出错。"""
    yield Found("先说的一句。", "")
    raise KeyError("x")


def breaking(monkeypatch: pytest.MonkeyPatch, code: str, rule: engine.Rule = raises) -> None:
    known = registered()[code]
    monkeypatch.setitem(engine._REGISTER, code, replace(known, rule=rule))


def test_the_example_runs_whole() -> None:
    assert ran_whole(check_report(FORM, read_report(SEED).report, TODAY))


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_raises_is_named_and_the_others_go_on(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = read_report(SEED).report
    before = check_report(FORM, report, TODAY)
    breaking(monkeypatch, code)
    after = check_report(FORM, report, TODAY)
    (fault,) = [found for found in after if found.code == NOT_RUN]
    assert fault.severity is Severity.ERROR
    assert code in fault.message
    assert "test_guarded.py" in fault.message
    assert "电话" not in fault.message
    assert [one for one in after if one is not fault] == [one for one in before if one.code != code]
    assert not ran_whole(after)


def test_what_a_rule_found_before_it_raised_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, "TXT-5", raises_late)
    found = check_report(FORM, read_report(SEED).report, TODAY)
    assert "先说的一句。" in [one.message for one in found if one.code == "TXT-5"]
    assert not ran_whole(found)


def test_all_rules_broken_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in RULES:
        breaking(monkeypatch, code)
    (fault,) = check_report(FORM, read_report(SEED).report, TODAY)
    assert f"等 {len(RULES)} 条" in fault.message


def test_a_module_of_rules_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "ON_IDLE", ("no_such_rules",))
    engine._load_rules.cache_clear()
    try:
        found = check_report(FORM, read_report(SEED).report, TODAY)
        assert [one.code for one in found if "no_such_rules" in one.message] == [NOT_RUN]
    finally:
        monkeypatch.undo()
        engine._load_rules.cache_clear()


def test_code_and_severity_of_whatever_is_found_are_those_of_the_register() -> None:
    found = [
        one for _, case in read_rule_cases() for one in check_report(FORM, case.report, case.today, case.last)
    ]
    assert {(one.code, one.severity) for one in found} <= {
        (rule.code, rule.severity) for rule in registered().values()
    }
    assert len({one.code for one in found}) > len(RULES) / 2


def test_a_reason_written_when_the_hint_had_another_code_still_settles_it() -> None:
    report = read_report(SEED).report
    (found,) = [one for one in check_report(FORM, report, dt.date(2025, 1, 9)) if one.code == "APP-6"]
    key, fingerprint = found.explained_as("APP-5")
    assert key.startswith("APP-5:")
    report.explanations[key] = Explanation("因上年度的申请引起。", fingerprint)
    (settled,) = [one for one in check_report(FORM, report, dt.date(2025, 1, 9)) if one.code == "APP-6"]
    assert settled.settled == "因上年度的申请引起。"


def test_no_reason_settles_what_was_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, "TXT-5")
    report = read_report(SEED).report
    (fault,) = [one for one in check_report(FORM, report, TODAY) if one.code == NOT_RUN]
    report.explanations[fault.key] = Explanation("没关系", fault.fingerprint)
    assert settle(fault, report).settled == ""


def test_a_finding_is_bound_to_its_rule() -> None:
    rule = Check("ZZZ-9", Severity.HINT, engine.Trigger.IMMEDIATE, "", "", raises)
    found = Found("这里。", "overview", part="overview.requests", span=(1, 2), about="x", is_omission=True)
    bound = Finding(
        "ZZZ-9", Severity.HINT, "这里。", "overview", (), "overview.requests", (1, 2), "x", is_omission=True
    )
    assert rule.bind(found) == bound


@pytest.mark.parametrize("name", ["places.txt", "towns.txt", "words.txt"])
def test_an_emptied_list_of_words_is_no_check(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from reportdesk.checks.names import ordinary_words, place_names
    from reportdesk.resources import resource

    (tmp_path / name).write_text("# nothing\n", encoding="utf-8")

    def elsewhere(*parts: str) -> Path:
        return tmp_path / name if parts[-1] == name else resource(*parts)

    for module in (place_names, ordinary_words):
        monkeypatch.setattr(module, "resource", elsewhere)
    readers = {
        "places.txt": place_names.gazetteer,
        "towns.txt": ordinary_words._towns,
        "words.txt": ordinary_words._words,
    }
    with pytest.raises(ValueError, match="is empty"):
        readers[name].__wrapped__()
