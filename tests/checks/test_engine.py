"""The register: every rule documented, named by a form or run by itself, and silent where it must be."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportdesk.checks import engine
from reportdesk.checks.engine import Check, Found, Severity, Trigger, check, check_report, registered
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Report, UnitKind
from reportdesk.report.file.codec import decode
from reportdesk.store.file import read_report
from tests.checks.tables import TODAY, filled
from tests.editions import FORMS, third_form

ROOT = Path(__file__).parents[2]
FORM = load_form("2021")
RULES = tuple(registered().values())
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@each_rule
def test_a_rule_says_in_chinese_what_it_asks_and_where_that_stands(rule: Check) -> None:
    assert re.fullmatch(r"[A-Z]{2,5}-[1-9][0-9]*", rule.code)
    assert rule.says.endswith("。")
    assert re.search("[一-鿿]", rule.source)
    assert '"""' not in rule.says


@each_rule
def test_a_rule_is_documented(rule: Check) -> None:
    assert rule.code in (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def test_the_rules_that_a_form_names_exist() -> None:
    for form in FORMS:
        relations = relate(form)
        named = {sum_.rule for sum_ in relations.sums} | {line.balance.rule for line in relations.balances}
        assert named - {""} <= registered().keys()


def test_every_rule_over_relations_is_named_by_the_shipped_form() -> None:
    relations = relate(FORM)
    named = {sum_.rule for sum_ in relations.sums} | {line.balance.rule for line in relations.balances}
    assert named == {code for code in registered() if code.startswith(("REQ-", "DIS-"))}


def test_two_rules_may_not_share_a_code() -> None:
    with pytest.raises(ValueError, match="NUM-1"):
        check("NUM-1", Severity.ERROR, source="x")(lambda _: iter(()))


def test_a_rule_without_a_sentence_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_REGISTER", {})
    with pytest.raises(ValueError, match="ZZZ-1"):
        check("ZZZ-1", Severity.HINT, source="x")(lambda _: iter(()))


def test_a_rule_whose_roles_an_edition_lacks_is_silent() -> None:
    form = third_form()
    report = filled("| appeals | hall | total |\n|---|---|---|\n| new | 5 | 9 |", form=form)
    codes = {finding.code for finding in check_report(form, report, TODAY)}
    assert codes & {"REQ-1", "REQ-3"} == {"REQ-1", "REQ-3"}
    assert not any(code.startswith("DIS-") for code in codes)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)
def test_a_blank_report_lacks_all_that_the_form_asks(form: object) -> None:
    assert isinstance(form, type(FORM))
    findings = check_report(form, Report(form.edition), TODAY)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert {finding.part for finding in errors if finding.code == "PART-1"} == form.parts.keys()
    lacking = {ref for finding in errors if finding.code == "NUM-1" for ref in finding.cells}
    assert lacking == form.kind_of.keys() - form.totals
    assert {finding.about for finding in errors if finding.code == "MET-3"} == {"unit", "year"}


def test_the_example_has_no_error() -> None:
    report = read_report(ROOT / "examples" / "changle-2024.gknb").report
    findings = check_report(FORM, report, dt.date(2025, 1, 9))
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


def test_findings_stand_in_the_order_of_sections_and_the_gravest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def hint(_: object) -> list[Found]:
        return [
            Found("提示。", "disclosure"),
            Found("", ""),
        ]

    rules = dict(registered())
    first = Check("AAA-1", Severity.HINT, Trigger.IMMEDIATE, "", "", hint)  # type: ignore[arg-type]
    monkeypatch.setattr(engine, "_REGISTER", {"AAA-1": first, **rules})
    report = filled("| requests | person |\n|---|---|\n| new | 5 |")
    report.cells[CellRef("disclosure", "licences", "decisions")] = -1
    sections = [
        (finding.section, finding.severity)
        for finding in check_report(FORM, report, TODAY)
        if finding.code in {"AAA-1", "NUM-2", "REQ-1"}
    ]
    assert sections == [
        ("", Severity.HINT),
        ("disclosure", Severity.ERROR),
        ("disclosure", Severity.HINT),
        ("requests", Severity.ERROR),
        ("requests", Severity.ERROR),
    ]


def test_checking_changes_nothing() -> None:
    content = (ROOT / "examples" / "changle-2024.gknb").read_bytes()
    report = decode(content).report
    check_report(FORM, report, TODAY)
    assert report == decode(content).report


def test_what_a_text_lacks_follows_the_report_and_not_the_one_before() -> None:
    report = decode((ROOT / "examples" / "changle-2024.gknb").read_bytes()).report
    part = "overview.platforms"

    def lacking() -> set[str]:
        return {finding.part for finding in check_report(FORM, report, TODAY) if finding.code == "PART-1"}

    assert lacking() == set()
    text = report.prose.pop(part)
    assert lacking() == {part}
    report.prose[part] = "略"
    assert lacking() == {part}
    report.prose[part] = "公开栏"
    assert lacking() == set()
    report.headings[part] = "公开栏"
    assert lacking() == {part}
    assert {finding.part for finding in check_report(FORM, Report(FORM.edition), TODAY)} >= FORM.parts.keys()
    report.prose[part] = text
    assert lacking() == set()


def test_a_rule_that_is_put_in_the_place_of_another_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report(FORM.edition)
    same = Found("还是这一条。", "requests", about="same")

    def codes() -> set[tuple[str, str]]:
        return {
            (finding.code, finding.severity)
            for finding in check_report(FORM, report, TODAY)
            if finding.about == "same"
        }

    assert codes() == set()
    known = registered()["NUM-2"]
    monkeypatch.setitem(engine._REGISTER, "NUM-2", replace(known, rule=lambda _: iter([same])))
    assert codes() == {("NUM-2", Severity.ERROR)}
    monkeypatch.setitem(
        engine._REGISTER, "NUM-2", replace(known, severity=Severity.HINT, rule=lambda _: iter([same]))
    )
    assert codes() == {("NUM-2", Severity.HINT)}
    monkeypatch.setitem(engine._REGISTER, "NUM-2", known)
    assert codes() == set()


def test_what_the_rules_of_a_run_share_is_read_anew_by_the_next() -> None:
    report = decode((ROOT / "examples" / "changle-2024.gknb").read_bytes()).report
    subject = engine.check_context_of(FORM, report, dt.date(2025, 1, 9))

    def found() -> set[str]:
        return {finding.code for finding in engine.run_checks(subject, Trigger)}

    assert "APP-1" not in found()
    before = report.prose["overview.requests"]
    report.prose["overview.requests"] = "2024年收到政府信息公开申请987件。"
    assert "APP-1" in found()
    report.facts[Fact.UNIT_KIND] = UnitKind.COUNTY.value
    assert "TXT-5" in found()
    report.prose["overview.requests"] = before
    assert "APP-1" not in found()


def test_what_is_unfilled_follows_the_report_and_not_the_one_before() -> None:
    report = decode((ROOT / "examples" / "changle-2024.gknb").read_bytes()).report
    ref = CellRef("requests", "new", "person")

    def lacking() -> set[CellRef]:
        found = [finding for finding in check_report(FORM, report, TODAY) if finding.code == "NUM-1"]
        return {cell for finding in found for cell in finding.cells}

    assert lacking() == set()
    value = report.cells.pop(ref)
    assert lacking() == {ref}
    other = next(iter(report.cells))
    report.cells[ref] = report.cells.pop(other)
    assert lacking() == {other}
    report.cells[other] = value
    assert lacking() == set()
    assert (
        len(
            {
                *lacking(),
                *(cell for one in check_report(FORM, Report(FORM.edition), TODAY) for cell in one.cells),
            }
        )
        > 100
    )
