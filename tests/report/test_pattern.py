"""What the form's own words make of what is known, and what they leave out."""

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import Fact, Report, drafts
from reportdesk.report.text.draft_pattern import fill_pattern

CONTACT = "完。[请与{unit}联系（[地址：{address}|电话：{telephone}]）。]"


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ({"unit": "甲镇", "address": "", "telephone": ""}, "完。"),
        ({"unit": "甲镇", "address": "街1号", "telephone": ""}, "完。请与甲镇联系（地址：街1号）。"),
        (
            {"unit": "甲镇", "address": "街1号", "telephone": "1"},
            "完。请与甲镇联系（地址：街1号，电话：1）。",
        ),
        ({"unit": "", "address": "街1号", "telephone": "1"}, "完。"),
        (
            {"unit": "[甲|乙]{address}", "address": "街", "telephone": ""},
            "完。请与[甲|乙]{address}联系（地址：街）。",
        ),
    ],
)
def test_a_piece_that_names_what_is_not_known_is_left_out(known: dict[str, str], text: str) -> None:
    assert fill_pattern(CONTACT, known) == text


def test_what_is_not_known_leaves_the_words_around_it_and_other_names_stay() -> None:
    assert fill_pattern("{unit}{year}年 {new} 件", {"unit": "", "year": "2024"}) == "2024年 {new} 件"


def test_the_opening_says_where_to_find_the_report_and_whom_to_ask() -> None:
    form = load_form("2021")
    facts = {Fact.YEAR: "2024", Fact.FULL_NAME: "甲镇人民政府", Fact.TITLE_NAME: "甲镇"}
    assert drafts(form, Report("2021", facts))["opening"].endswith("起至2024年12月31日止。")
    facts |= {Fact.TELEPHONE: "0955-1234567", Fact.EMAIL: "a@b.cn", Fact.WEBSITE: "www.a.gov.cn"}
    assert drafts(form, Report("2021", facts))["opening"].endswith(
        "止。本报告的电子版可在www.a.gov.cn查阅、下载。"
        "如对本报告有疑问，请与甲镇人民政府联系（电话：0955-1234567，电子邮箱：a@b.cn）。"
    )
