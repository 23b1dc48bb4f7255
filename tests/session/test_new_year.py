"""从上年生成: what goes along, what is marked 待核实, and what the clerk is told of a file that does not suit."""

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Report, State, Value, new_report
from reportdesk.report.file.codec import decode, encode
from reportdesk.report.snapshots import snapshot_totals
from reportdesk.report.totals import compute_totals
from reportdesk.session.new_year import (
    LastYear,
    begin_from_last_year,
    begin_report,
    default_year,
    doubtful_clock,
    proposed_title,
)
from reportdesk.session.session import Session
from reportdesk.store.user_data.unit_profile import UnitProfile
from tests.editions import third_form
from tests.strategies import cells, reports

FORM = load_form("2021")
COLUMNS = ("person", "enterprise", "research", "welfare", "legal_service", "other")
OWN = UnitProfile({Fact.FULL_NAME: "常乐镇人民政府", Fact.TITLE_NAME: "沙坡头区常乐镇"})


def last_report(year: int = 2024) -> Report:
    report = new_report(FORM, year, "常乐镇人民政府", "沙坡头区常乐镇")
    report.facts.update(
        {
            Fact.ADDRESS: "常乐镇人民政府215办公室",
            Fact.TITLE: f"沙坡头区常乐镇\n{year}年政府信息公开工作年度报告",
            Fact.CLOSING_UNIT: "常乐镇人民政府",
            Fact.CLOSING_DATE: f"{year + 1}年1月9日",
            Fact.STATE: State.SUBMITTED.value,
            Fact.REOPENED: "2025年1月12日由定稿改为草稿：改数",
        }
    )
    report.headings["overview.platforms"] = "（四）平台建设"
    report.prose["overview.disclosure"] = f"{year}年公开1578条。"
    for number, column in enumerate(COLUMNS):
        report.cells[CellRef("requests", "carried_out", column)] = number
        report.cells[CellRef("requests", "new", column)] = 9
    report.finished["overview"] = True
    return report


def last_year(report: Report) -> LastYear:
    return LastYear(report, FORM, "常乐镇2024年年报.gknb", encode(report))


@pytest.mark.parametrize(
    ("full_name", "title"),
    [
        ("沙坡头区常乐镇人民政府", "沙坡头区常乐镇"),
        ("沙坡头区永康镇人民政府", "沙坡头区永康镇"),
        ("沙坡头区常乐镇便民服务中心", ""),
        ("沙坡头区司法局", ""),
        ("人民政府", ""),
        ("", ""),
        (" 沙坡头区永康镇人民政府 ", "沙坡头区永康镇"),
    ],
)
def test_a_title_is_proposed_as_the_unit_of_this_pc_has_its_own(full_name: str, title: str) -> None:
    own = UnitProfile({Fact.FULL_NAME: "沙坡头区常乐镇人民政府", Fact.TITLE_NAME: "沙坡头区常乐镇"})
    assert proposed_title(full_name, own) == title
    assert proposed_title(full_name, UnitProfile({Fact.FULL_NAME: "沙坡头区常乐镇人民政府"})) == ""
    assert proposed_title(full_name, None) == ""


def test_a_title_that_leaves_out_the_district_too_is_proposed_without_it() -> None:
    own = UnitProfile({Fact.FULL_NAME: "沙坡头区常乐镇人民政府", Fact.TITLE_NAME: "常乐镇"})
    assert proposed_title("沙坡头区永康镇人民政府", own) == "永康镇"
    assert proposed_title("中宁县永康镇人民政府", own) == ""


def test_what_was_carried_out_is_carried_in_to_be_verified() -> None:
    begun = begin_from_last_year(FORM, 2025, last_year(last_report()), OWN)
    carried = {CellRef("requests", "carried_in", column): n for n, column in enumerate(COLUMNS)}
    assert begun.report.cells == carried
    assert set(begun.report.unverified) == set(carried)
    remark = begun.report.remarks[CellRef("requests", "carried_in", "person")]
    assert remark == "取自2024年年报的“表三 四、结转下年度继续办理 自然人”，请核实"
    assert begun.announced[0].startswith("建立年报时会把上年的结转数填入表三")
    assert begun.notices == (
        "已把上年的结转数填入表三“二、上年结转政府信息公开申请数量”，共 6 格，都标为待核实，请逐格核对。",
    )


def test_unit_headings_and_title_go_along_but_no_prose_state_or_date() -> None:
    report = begin_from_last_year(FORM, 2025, last_year(last_report()), OWN).report
    assert report.year == 2025
    assert report.facts[Fact.ADDRESS] == "常乐镇人民政府215办公室"
    assert report.facts[Fact.TITLE] == "沙坡头区常乐镇\n2025年政府信息公开工作年度报告"
    assert report.facts[Fact.CLOSING_UNIT] == "常乐镇人民政府"
    assert Fact.CLOSING_DATE not in report.facts
    assert report.state is State.DRAFT
    assert Fact.REOPENED not in report.facts
    assert report.headings == {"overview.platforms": "（四）平台建设"}
    assert list(report.prose) == ["opening"]
    assert "2025年1月1日" in report.prose["opening"]
    assert not report.finished


def test_last_year_goes_along_as_it_was() -> None:
    last = last_year(last_report())
    report = begin_from_last_year(FORM, 2025, last, OWN).report
    kept = decode(encode(report)).report.last_year
    assert kept is not None
    assert kept.cells == last.report.cells
    assert kept.prose == last.report.prose
    assert kept.source == last.source
    assert kept.digest == hashlib.sha256(last.content).hexdigest()
    assert Fact.STATE not in kept.facts


@given(cells(FORM))
def test_the_totals_of_both_years_agree(numbers: dict[CellRef, int]) -> None:
    last = last_report()
    last.cells = dict(numbers)
    this = begin_from_last_year(FORM, 2025, last_year(last)).report
    session = Session(FORM, this, dt.date(2026, 1, 9))
    out, _ = compute_totals(session.relations, last.cells)
    total_in, total_out = (
        CellRef("requests", "carried_in", "total"),
        CellRef("requests", "carried_out", "total"),
    )
    assert session.totals[total_in] == out[total_out]


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2024, "也是2024年的年报"),
        (2026, "是2024年的年报，不是上一年（2025年）的"),
        (2023, "不是上一年（2022年）的"),
    ],
)
def test_a_file_of_another_year_carries_no_number_and_says_so(year: int, sentence: str) -> None:
    begun = begin_from_last_year(FORM, year, last_year(last_report()), OWN)
    assert not begun.report.cells
    assert begun.report.last_year is None
    assert sentence in begun.notices[0]
    assert begun.report.facts[Fact.ADDRESS]


def test_a_file_without_a_year_says_so() -> None:
    last = last_report()
    del last.facts[Fact.YEAR]
    begun = begin_from_last_year(FORM, 2025, last_year(last), OWN)
    assert "没有写年度" in begun.notices[0]
    assert not begun.report.cells
    assert not begun.report.previous


def test_blanks_of_last_year_stay_blank_and_are_told() -> None:
    last = last_report()
    del last.cells[CellRef("requests", "carried_out", "other")]
    begun = begin_from_last_year(FORM, 2025, last_year(last), OWN)
    assert CellRef("requests", "carried_in", "other") not in begun.report.cells
    assert begun.notices[1] == "上年文件的表三“四、结转下年度继续办理”有 1 格没有填，请查实后补填。"


def test_a_file_of_another_unit_is_told() -> None:
    other = UnitProfile({Fact.FULL_NAME: "迎水桥镇人民政府"})
    begun = begin_from_last_year(FORM, 2025, last_year(last_report()), other)
    assert "不是本单位“迎水桥镇人民政府”的" in begun.notices[0]


def test_a_file_that_names_no_unit_takes_the_own_one_or_none() -> None:
    nameless = last_report()
    del nameless.facts[Fact.FULL_NAME]
    assert (
        begin_from_last_year(FORM, 2025, last_year(nameless), OWN).report.name_in_title() == "沙坡头区常乐镇"
    )
    begun = begin_from_last_year(FORM, 2025, last_year(nameless)).report
    assert Fact.FULL_NAME not in begun.facts


def test_a_file_of_another_edition_is_told_and_compared_by_what_both_have() -> None:
    third = third_form()
    last = new_report(third, 2030, "常乐镇人民政府")
    last.headings["basics.work"] = "（一）工作"
    begun = begin_from_last_year(FORM, 2031, LastYear(last, third, "旧.gknb", encode(last)), OWN)
    assert begun.report.headings == {}
    assert "试验版年报格式" in begun.notices[-1]
    assert begun.report.last_year is not None


@given(reports(FORM), st.integers(2021, 2035))
def test_any_report_gives_one_that_can_be_kept(last: Report, year: int) -> None:
    begun = begin_from_last_year(FORM, year, LastYear(last, FORM, "上年.gknb", b""), OWN)
    assert decode(encode(begun.report)).report == begun.report


def test_a_report_begins_with_all_that_the_profile_says() -> None:
    report = begin_report(FORM, 2024, UnitProfile({**OWN.facts, Fact.TELEPHONE: "0955-7649215"}))
    assert report.facts[Fact.TELEPHONE] == "0955-7649215"
    assert "《沙坡头区常乐镇2024年政府信息公开工作年度报告》" in report.prose["opening"]


def test_the_year_is_last_year_until_november() -> None:
    assert default_year(dt.date(2025, 1, 9)) == 2024
    assert default_year(dt.date(2025, 10, 31)) == 2024
    assert default_year(dt.date(2025, 11, 1)) == 2025


@pytest.mark.parametrize(
    ("today", "newest", "doubtful"),
    [
        (dt.date(2016, 1, 1), None, True),
        (dt.date(2025, 1, 9), None, False),
        (dt.date(2025, 1, 9), 2023, False),
        (dt.date(2025, 1, 9), 2024, False),
        (dt.date(2023, 1, 9), 2024, True),
        (dt.date(2036, 1, 9), 2024, True),
    ],
)
def test_a_clock_that_may_be_wrong_is_told(today: dt.date, newest: int | None, doubtful: bool) -> None:  # noqa: FBT001
    assert bool(doubtful_clock(today, newest)) is doubtful


def test_the_profiles_contact_stands_in_the_opening_of_a_new_report() -> None:
    unit = UnitProfile({Fact.FULL_NAME: "常乐镇人民政府", Fact.TELEPHONE: "0955-1234567"})
    opening = begin_report(FORM, 2025, unit).prose[FORM.opening.id]
    assert opening.endswith("请与常乐镇人民政府联系（电话：0955-1234567）。")


def test_a_report_of_the_2019_edition_stays_what_it_is() -> None:
    old = load_form("2019")
    numbers: dict[CellRef, Value] = {ref: 1 for ref in old.kind_of if ref not in old.totals}
    before = Report("2019", {Fact.YEAR: "2023", Fact.FULL_NAME: "某镇人民政府"}, cells=numbers)
    begun = begin_from_last_year(FORM, 2024, LastYear(before, old, "旧.doc", b"")).report
    assert begun.edition == "2021"
    assert begun.cells == {CellRef("requests", "carried_in", column): 1 for column in COLUMNS}
    snapshot = begun.previous[2023]
    assert (snapshot.edition, snapshot.cells) == ("2019", numbers)
    totals = snapshot_totals(FORM, snapshot)
    assert totals[CellRef("requests", "handled", "person")].value == 19  # its own results, not this year's 21
    assert CellRef("disclosure", "regulations", "issued") not in snapshot.cells
    assert snapshot_totals(FORM, replace(snapshot, edition="1999")) == {}
