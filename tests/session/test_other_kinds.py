"""Reports of another kind, one real and one made up: no code knows them, and none is taken for the annual one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reportdesk.checks.catalogue import OF_ANNUAL_REPORT
from reportdesk.checks.engine import check_report, registered
from reportdesk.checks.outcome import Checked
from reportdesk.exports.formats import Format
from reportdesk.exports.internal.review_sheet import render_slip
from reportdesk.form.load import edition_for, known_forms, load_form
from reportdesk.form.spec import DEFAULT_FAMILY, CellRef, Form
from reportdesk.intake.apply_import import Way, mismatches, ways
from reportdesk.intake.form_trial import filled, unlike_itself
from reportdesk.outgoing.file_names import handed_in_stem
from reportdesk.readers.files.visible import UnreadableError, VisibleParagraph
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.recognise.own_papers import refuse_own_paper
from reportdesk.readers.recognise.proposal import propose_report
from reportdesk.report.document import Fact, Report, new_report
from reportdesk.report.file.codec import CodecError, decode, encode
from reportdesk.session.compared import what_was_compared
from reportdesk.session.new_year import LastYear, begin_from_last_year
from reportdesk.session.session import Session
from reportdesk.session.verdict import verdict, verdict_of
from tests.editions import rounds_form

FORM = load_form("2021")
SITE = load_form("website")
ROUNDS = rounds_form()
KINDS = [SITE, ROUNDS]
IDS = [form.edition for form in KINDS]
TODAY = dt.date(2026, 1, 9)


@pytest.mark.parametrize("form", [*KINDS, FORM, load_form("2019")], ids=lambda form: str(form.edition))
@pytest.mark.parametrize("wanted", list(Format))
def test_it_is_written_in_every_format_and_read_again_as_what_it_is(form: Form, wanted: Format) -> None:
    assert list(unlike_itself(form, wanted, [*known_forms(), ROUNDS])) == []


def test_a_form_that_was_read_anew_since_is_the_same_form() -> None:
    load_form.cache_clear()
    assert list(unlike_itself(FORM, Format.HTML, known_forms())) == []


@pytest.mark.parametrize("form", KINDS, ids=IDS)
def test_rules_of_the_annual_report_say_nothing_of_it(form: Form) -> None:
    """It has no title of the annual report, no period, no closing day, none of its sections."""
    report = filled(form)
    report.facts[Fact.YEAR] = "2025"
    found = [(one.code, one.message) for one in check_report(form, report, TODAY)]
    assert found == []


@pytest.mark.parametrize("form", KINDS, ids=IDS)
def test_rules_that_hold_for_any_report_hold_for_it(form: Form) -> None:
    report = new_report(form, 2025, "柳川县白河镇人民政府")
    assert {one.code for one in check_report(form, report, TODAY)} >= {"NUM-1", "PART-1"}
    report.prose[form.opening.id] = "请联系经办人，身份证号11010519491231002X。"
    assert "TXT-6" in {one.code for one in check_report(form, report, TODAY)}


def test_nobody_says_of_it_that_there_is_no_problem() -> None:
    """Its arithmetic is not looked at."""
    session = Session(SITE, filled(SITE), TODAY)
    session.want_words(wanted=True)
    session.take_words([])
    session.check_prose(while_writing=False)
    assert verdict(session) == "没有发现漏填和文字上的问题；这种报表的数字之间对不对，没有审核。"
    assert verdict_of(Checked(), SITE) == verdict(session)
    assert verdict_of(Checked(), FORM) == "没有发现问题。"
    assert "只审核不分报表种类的" in what_was_compared(session)


def test_what_is_handed_in_bears_its_own_name() -> None:
    assert FORM.report_name == load_form("2019").report_name == "政府信息公开工作年度报告"
    assert SITE.report_name == "政府网站工作年度报表"
    report = replace(filled(SITE), facts={Fact.FULL_NAME: "白河镇人民政府", Fact.YEAR: "2025"})
    assert handed_in_stem(report) == "白河镇人民政府2025年政府网站工作年度报表"
    slip = read_pdf(render_slip(SITE, report, Checked(), dt.datetime(2026, 1, 9, 9, 0)))  # noqa: DTZ001 - local time
    texts = [one.text for one in slip.contents if isinstance(one, VisibleParagraph)]
    assert "政府网站工作年度报表审核单" in texts
    with pytest.raises(UnreadableError, match="审核单"):
        refuse_own_paper(slip)


def test_the_rules_of_the_annual_report_are_rules() -> None:
    assert registered().keys() >= OF_ANNUAL_REPORT


def test_no_other_kind_becomes_the_form_of_a_new_annual_report() -> None:
    for year in range(2016, 2040):
        assert load_form(edition_for(year)).family == DEFAULT_FAMILY
    assert edition_for(2030, "website") == "website"


def test_its_file_is_kept_and_opened_and_refused_under_another_kind() -> None:
    report = filled(SITE)
    content = encode(report)
    assert decode(content).report.cells == report.cells
    with pytest.raises(CodecError, match="本程序没有这一种报表的格式"):
        decode(encode(replace(report, family="rounds")))


def proposed(form: Form, report: Report) -> tuple[tuple[Way, ...], tuple[str, ...]]:
    """What a file of that form may be taken in as, beside an annual report of 2025."""
    proposal = propose_report(filled(form), form)
    return ways(proposal, report, FORM), mismatches(proposal, report, None)


def test_beside_an_annual_report_its_file_is_only_a_report_of_its_own() -> None:
    found, said = proposed(SITE, new_report(FORM, SITE.first_year + 1, "柳川县白河镇人民政府"))
    assert found == (Way.NEW_REPORT,)
    assert any("不是同一种报表" in sentence for sentence in said)
    assert ways(propose_report(filled(SITE), SITE), None, FORM) == (Way.NEW_REPORT,)


def test_beside_a_report_of_its_kind_it_is_last_years() -> None:
    found, said = proposed(SITE, new_report(SITE, SITE.first_year + 1, "柳川县白河镇人民政府"))
    assert found == (Way.LAST_YEAR, Way.NEW_REPORT)
    assert said == ()


def test_next_years_report_is_begun_from_last_years() -> None:
    last = LastYear(filled(SITE), SITE, "网站报表.gknb", b"")
    begun = begin_from_last_year(SITE, SITE.first_year + 1, last)
    assert begun.report.family == "website"
    assert begun.report.previous.keys() == {SITE.first_year}
    assert not begun.report.cells


def test_a_row_has_its_own_kind_and_a_name_that_no_other_has() -> None:
    units = {SITE.kind_of[CellRef("work", row, "number")].unit for row in ("visits", "published", "cases")}
    assert units == {"次", "条", "件"}
    names = [SITE.name_of(ref) for ref in SITE.kind_of]
    assert len(set(names)) == len(names)
    assert SITE.name_of(CellRef("work", "published", "number")).startswith("数据表 信息发布 总数")
