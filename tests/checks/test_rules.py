"""Every rule on its cases: what must be found, what must stay silent, and that each has some."""

import collections

import pytest

from reportdesk.checks.engine import Pace, registered
from tests.checks.rule_cases import read_rule_cases

CASES = dict(read_rule_cases())


@pytest.mark.parametrize("name", CASES)
def test_a_rule_speaks_where_it_must_and_nowhere_else(name: str) -> None:
    case = CASES[name]
    said = [finding.message for finding in case.findings()]
    assert bool(said) is case.alarms, said or case.report.prose


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.alarms])
def test_a_finding_in_prose_marks_words_that_stand_there(name: str) -> None:
    for finding in CASES[name].findings():
        if finding.span is not None:
            start, end = finding.span
            assert 0 <= start < end <= len(CASES[name].report.prose[finding.part])


def test_each_rule_on_prose_has_three_alarms_and_three_near_misses() -> None:
    counts = collections.Counter((case.code, case.alarms) for case in CASES.values())
    asked = [known.code for known in registered().values() if known.pace is Pace.ON_PAUSE]
    short = [(code, alarms) for code in asked for alarms in (True, False) if counts[code, alarms] < 3]
    assert short == []


def test_cases_are_of_registered_rules_only() -> None:
    assert {case.code for case in CASES.values()} <= registered().keys()
