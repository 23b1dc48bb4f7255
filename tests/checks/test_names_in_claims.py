"""Words and numbers that a proper name holds tell of nothing: 无 of 无锡市, 将 of 将乐县, 二份 of 二份子乡."""

import datetime as dt

import pytest

from reportdesk.checks.engine import Severity, check_report
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Report, new_report
from reportdesk.report.edits import apply_edit
from reportdesk.session.fill import fill_with_zeros

FORM = load_form("2021")
UNITS = {
    "无锡市人民政府": "无锡市",
    "无为市民政局": "无为市民政局",
    "零陵区人民政府": "零陵区",
    "将乐县人民政府": "将乐县",
    "含山县人民政府": "含山县",
    "鄂尔多斯市人民政府": "鄂尔多斯市",
    "五家渠市人民政府": "五家渠市",
    "多祝镇人民政府": "多祝镇",
    "二份子乡人民政府": "二份子乡",
    "企业服务局": "企业服务局",
    "行政复议局": "行政复议局",
    "霍山县信访局": "霍山县信访局",
}
"""Full names and the names in titles; the last ones are made of words that claims are read by."""
TOLD = (
    ("overview.requests", "2024年，{unit}新收政府信息公开申请{number}件。", "requests.new.person"),
    ("overview.requests", "2024年，{unit}被提起行政诉讼{number}件。", "disputes.cases.direct_suit_corrected"),
    ("overview.disclosure", "2024年，{unit}行政事业性收费{number}万元。", "disclosure.fees.charged"),
    ("overview.disclosure", "2024年，{unit}作出行政许可决定{number}件。", "disclosure.licences.decisions"),
    (
        "overview.disclosure",
        "2024年，{unit}制发行政规范性文件{number}件。",
        "disclosure.normative_documents.issued",
    ),
)


def report_of(unit: str, part: str, words: str, cell: str, **facts: str) -> Report:
    report = new_report(FORM, 2024, unit, UNITS.get(unit, unit))
    report.facts.update({Fact[name]: said for name, said in facts.items()})
    for table in FORM.tables.values():
        apply_edit(report, fill_with_zeros(report, FORM, table))
    report.cells[CellRef.parse(cell)] = 3
    report.prose[part] = words
    return report


def told_against_tables(report: Report) -> list[str]:
    findings = check_report(FORM, report, dt.date(2025, 1, 9))
    return [
        found.message
        for found in findings
        if found.part and found.cells and found.severity is not Severity.HINT
    ]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("part", "words", "cell"), TOLD)
def test_a_right_number_behind_a_name_is_not_blamed(unit: str, part: str, words: str, cell: str) -> None:
    report = report_of(unit, part, words.format(unit=UNITS[unit], number=3), cell)
    assert told_against_tables(report) == []


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("part", "words", "cell"), TOLD)
def test_a_wrong_number_behind_a_name_is_found(unit: str, part: str, words: str, cell: str) -> None:
    report = report_of(unit, part, words.format(unit=UNITS[unit], number=8), cell)
    (said,) = told_against_tables(report)
    assert f"写“{UNITS[unit]}" in said
    assert "8" in said
    assert "某" not in said


@pytest.mark.parametrize("place", ["无锡市", "零陵区", "将乐县", "含山县"])
def test_the_name_of_a_place_above_the_unit_tells_of_nothing(place: str) -> None:
    part, _, cell = TOLD[0]
    words = f"2024年，{place}常乐镇新收政府信息公开申请{{}}件。"
    assert told_against_tables(report_of("常乐镇人民政府", part, words.format(3), cell)) == []
    assert len(told_against_tables(report_of("常乐镇人民政府", part, words.format(8), cell))) == 1


@pytest.mark.parametrize("short", ["无锡", "将乐", "鄂尔多斯"])
def test_so_does_its_short_name_where_it_is_the_units_own(short: str) -> None:
    part, words, cell = TOLD[2]
    kind = "县" if short == "将乐" else "市"
    for number, blamed in ((3, 0), (8, 1)):
        said = words.format(unit=f"{short}高新区", number=number)
        report = report_of(
            "高新区管理委员会", part, said, cell, **{"COUNTY" if kind == "县" else "CITY": short + kind}
        )
        assert len(told_against_tables(report)) == blamed


@pytest.mark.parametrize("unit", ["三条石镇", "二份子乡", "百户镇", "常乐镇"])
def test_a_number_in_the_units_name_is_no_part_of_a_list(unit: str) -> None:
    words = f"2024年，{unit}公开信息共12条：{unit}网站8条、{unit}微信{{}}条。"
    report = report_of(unit, "overview.disclosure", words.format(4), TOLD[3][2])
    assert not [one for one in check_report(FORM, report, dt.date(2025, 1, 9)) if one.code == "LST-1"]
    report.prose["overview.disclosure"] = words.format(6)
    (found,) = [one for one in check_report(FORM, report, dt.date(2025, 1, 9)) if one.code == "LST-1"]
    assert "8 + 6" in found.message
    assert "某" not in found.message


def test_what_a_name_is_made_of_still_tells_where_it_stands_alone() -> None:
    part, _, cell = TOLD[0]
    report = report_of("无锡市人民政府", part, "2024年，无锡市无政府信息公开申请。", cell)
    assert len(told_against_tables(report)) == 1
