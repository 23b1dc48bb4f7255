"""The corpus of whole reports is fit to judge by, and judging asks for the right place."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from bench.whole_reports import (
    CLEAN,
    CORPUS,
    WHOLE_HALVES,
    WholeCase,
    judge,
    make_case,
    read_whole_cases,
    touches,
    whole,
)
from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef
from reportdesk.report.totals import BalanceState, compute_totals

HALVES = [half for half in WHOLE_HALVES if (CORPUS / half / "cases.jsonl").exists()]
LEAST = {
    "first": (200, 30),
    "second": (200, 30),
    "third": (180, 12),
    "fourth": (350, 12),
    "fifth": (240, 10),
    "sixth": (240, 10),
    "seventh": (290, 10),
}
"""Cases about the prose and cases about tables, at least."""
BASE: Mapping[str, Any] = {
    "id": "base",
    "year": 2024,
    "full_name": "石桥镇人民政府",
    "closing_date": "2025年1月9日",
    "prose": {"opening": "依据条例编制。", "overview.requests": "收到申请2件，办结2件。"},
    "requests": {"new": [2], "granted": [2]},
}


def finding(
    part: str = "", span: tuple[int, int] | None = None, message: str = "", cell: str = ""
) -> Finding:
    cells = (CellRef.parse(cell),) if cell else ()
    return Finding("TXT-1", Severity.WARNING, message, "overview", cells, part, span)


def case_of(**entry: Any) -> WholeCase:
    return make_case(BASE, {"id": "x", "family": "counts", "want": "find", "says": "", **entry})


@pytest.mark.parametrize("half", HALVES)
def test_the_families_are_spread_evenly_and_half_of_the_cases_hold_a_mistake(half: str) -> None:
    made = [case for case in read_whole_cases(half) if case.family != CLEAN]
    mistaken = sum(case.is_mistaken for case in made)
    prose, tables = LEAST[half]
    assert sum(not case.is_table for case in made) >= prose
    assert sum(case.is_table for case in made) >= tables
    assert 0.45 <= mistaken / len(made) <= 0.57
    assert len({case.id for case in made}) == len(made)


@pytest.mark.parametrize("half", HALVES)
def test_a_mistake_names_its_place_and_the_place_is_there(half: str) -> None:
    for case in read_whole_cases(half):
        assert bool(case.where) == case.is_mistaken, case.id
        for anchor in case.where:
            if anchor.get("words"):
                assert anchor["words"] in case.report.prose.get(anchor["part"], ""), case.id


@pytest.mark.parametrize("half", HALVES)
def test_the_tables_balance_but_where_the_table_is_the_mistake(half: str) -> None:
    for case in read_whole_cases(half):
        form = load_form(case.report.edition)
        _, balances = compute_totals(relate(form), case.report.cells)
        wrong = [one for one in balances if one.state is BalanceState.FILLED and one.difference]
        assert not wrong or (case.is_table and case.is_mistaken), case.id


MEASURED = tomllib.loads((CORPUS / "measured.toml").read_text(encoding="utf-8"))["whole"]


@pytest.mark.parametrize("half", MEASURED)
def test_the_figures_of_the_page_are_those_that_the_rules_give(half: str) -> None:
    outcome = whole(judge(read_whole_cases(half)).values())
    written = MEASURED[half]
    assert (outcome.due, outcome.near) == (written["due"], written["near"])
    assert {
        "found": outcome.found,
        "accused": outcome.accused,
        "false": outcome.false_on_clean,
    } == written["now"], outcome.wrong


def test_nearly_all_families_of_the_first_stand_in_each() -> None:
    families = [{case.family for case in read_whole_cases(half)} for half in HALVES]
    assert all(len(families[0] - one) <= 1 for one in families)


def test_a_case_changes_its_report_and_nothing_else() -> None:
    case = case_of(
        swap=[["overview.requests", "收到申请2件", "收到申请3件"]],
        add={"opening": "如有疑问请来电。"},
        cells={"requests.new.person": 3},
        blank=["requests.granted.person"],
    )
    assert case.report.prose == {
        "opening": "依据条例编制。如有疑问请来电。",
        "overview.requests": "收到申请3件，办结2件。",
    }
    assert case.report.cells[CellRef.parse("requests.new.person")] == 3
    assert CellRef.parse("requests.granted.person") not in case.report.cells
    assert BASE["prose"]["overview.requests"] == "收到申请2件，办结2件。"


def test_words_to_change_that_are_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="stand once"):
        case_of(swap=[["overview.requests", "收到9件", "收到3件"]])


def test_a_finding_touches_the_words_it_marks_and_no_others() -> None:
    report = case_of().report
    words = {"part": "overview.requests", "words": "申请2件"}
    assert touches(finding("overview.requests", (4, 5)), report, words)
    assert not touches(finding("overview.requests", (9, 10)), report, words)
    assert not touches(finding("opening", (4, 5)), report, words)
    assert touches(finding("overview.requests", message="没有“申请2件”"), report, words)
    assert touches(finding("overview.requests", (9, 10)), report, {"part": "overview.requests", "words": ""})
    assert touches(finding(cell="requests.new.person"), report, {"cell": "requests.new.person"})
    assert touches(finding(cell="requests.granted.person"), report, {"column": "requests.person"})
    assert not touches(finding(cell="requests.new.person"), report, {"cell": "requests.granted.person"})
    assert touches(finding(message="标题的年份不对"), report, {"says": ["年份"]})


def test_an_accusation_elsewhere_is_not_the_mistake_found(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = finding("opening", (0, 2))
    hint = dataclasses.replace(elsewhere, severity=Severity.HINT)
    monkeypatch.setattr("bench.whole_reports.check_report", lambda *_: [elsewhere, hint])
    mistaken = case_of(where=[{"part": "overview.requests", "words": "申请2件"}])
    right = dataclasses.replace(mistaken, is_mistaken=False, where=())
    allowed = dataclasses.replace(right, allow=({"part": "opening", "words": ""},))
    outcome = whole(judge([mistaken, right, allowed]).values())
    assert (outcome.due, outcome.found, outcome.missed) == (1, 0, 1)
    assert (outcome.near, outcome.accused, outcome.false_on_clean) == (2, 1, 1)
    assert outcome.false_by_rule == {"TXT-1": 2}
