"""SYS-3: prose that the rules do not read to its end is never part of a 「没有发现问题」."""

import pytest

from reportdesk.checks.engine import Finding, check_report
from reportdesk.report.document import Fact, Report
from tests.checks.rule_cases import FORM, TODAY, cells

NOVEL = "这天清早，老人牵着牛走过石桥，河面上起了薄雾。"
MISTYPED = "全镇认真贯彻中华人民共合国政府信息公开条例。"
CLAIM = "全年收到政府信息公开申请15件。"


def checked(prose: str, code: str = "SYS-3") -> list[Finding]:
    report = Report(
        "2021", {Fact.YEAR: "2024", Fact.FULL_NAME: "白河镇人民政府"}, prose={"overview.requests": prose}
    )
    report.cells = cells("new 14, granted 14")
    return [one for one in check_report(FORM, report, TODAY) if one.code == code]


@pytest.mark.parametrize("length", [500, 19_000])
def test_what_is_read_to_its_end_is_not_spoken_of(length: int) -> None:
    assert checked((NOVEL * 1000)[:length]) == []


def test_blank_lines_behind_the_last_words_are_nothing_unread() -> None:
    assert checked((NOVEL * 1000)[:19_999] + "\n " * 500) == []


def test_words_that_are_not_read_are_told_with_their_place() -> None:
    long = (NOVEL * 1000)[:20_400] + MISTYPED
    assert checked(long, "TXT-12") == []  # what no rule read
    (found,) = checked(long)
    assert found.span is not None
    assert found.span[0] == 20_000
    assert "从第 20001 个字“" in found.message
    assert "错别字" in found.message


@pytest.mark.parametrize(
    "crowd",
    ["3件，" * 16_000, "，；" * 16_000, "申请受理、答复" * 11_000, "3件。" * 16_000],
    ids=["numbers", "stops", "words", "sentences"],
)
def test_numbers_that_are_not_read_are_told_with_their_place(crowd: str) -> None:
    prose = crowd + CLAIM
    told = [one for one in checked(prose) if "数字、件数没有审核" in one.message]
    (found,) = told
    assert found.span is not None
    assert 0 < found.span[0] < len(crowd)


def test_a_claim_that_is_read_behind_much_text_is_judged() -> None:
    prose = NOVEL * 2_000 + CLAIM
    assert checked(prose, "APP-1") != []
    assert ["数字" in one.message for one in checked(prose)] == [False]
