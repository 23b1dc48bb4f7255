"""One table says which rules have a mend: what is told of it, in sentences and in help, is so."""

import datetime as dt
import re

import pytest

from reportdesk.checks import fixes
from reportdesk.checks.engine import Finding, check_report, registered
from reportdesk.checks.fixes import mend_of
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import FRONT_TITLE
from reportdesk.report.document import Fact, Report
from tests.checks.rule_cases import FORM, RuleCase, read_rule_cases
from tools.checks_docs import advice

ALARMS = {name: case for name, case in read_rule_cases() if case.alarms}
OFFER = "“改正…”"
FOUND: dict[str, list[tuple[RuleCase, Finding]]] = {}
for case in ALARMS.values():
    FOUND.setdefault(case.code, []).extend((case, found) for found in case.findings())


def mended(case: RuleCase, found: Finding) -> bool:
    every = [one for _case, one in FOUND[case.code] if _case is case]
    return mend_of(load_form(case.report.edition), case.report, found, every) is not None


def rules_with_a_mend() -> set[str]:
    """By the table, by what a rule says is right, and by the totals that a file may state wrongly."""
    right = {code for code, told in FOUND.items() if any(found.right is not None for _case, found in told)}
    return {*fixes._FIXES, *right, *(one.rule for one in relate(FORM).sums if one.rule)}


def test_the_table_names_rules_that_there_are() -> None:
    assert set(fixes._FIXES) <= registered().keys()


@pytest.mark.parametrize("code", sorted(rules_with_a_mend()))
def test_a_rule_with_a_mend_offers_it_for_a_finding_and_help_says_so(code: str) -> None:
    assert any(mended(case, found) for case, found in FOUND[code])
    assert OFFER in advice()[code]["do"]


def test_what_says_that_it_can_be_mended_can_be() -> None:
    says = {code for code, told in FOUND.items() if any(OFFER in found.message for _case, found in told)}
    helps = {code for code, told in advice().items() if OFFER in told["do"]}
    assert says | helps == rules_with_a_mend()


def test_a_sentence_leads_to_pages_that_there_are() -> None:
    names = {FRONT_TITLE, "设置"}
    for section in FORM.sections:
        names |= {section.title, section.short, *(part.heading for part in section.parts)}
    names |= {re.sub("^（.）|^.、", "", name) for name in names}
    led = {
        name
        for told in FOUND.values()
        for _case, found in told
        for name in re.findall("请(?:先)?在“([^”]*)”里", found.message)
    }
    assert FRONT_TITLE in led
    assert led <= names


def test_a_mail_address_without_its_sign_leads_to_the_page_by_its_name() -> None:

    report = Report("2021", {Fact.EMAIL: "zwgk.example.com"})
    (said,) = (one.message for one in check_report(FORM, report, dt.date(2025, 1, 9)) if one.about == "email")
    assert said.endswith("请在“标题和开头”里核对。")
