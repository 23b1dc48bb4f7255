"""What pasting leaves in prose is found, and nothing that a clerk may have meant."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.report.text.paste_cleanup import superfluous, tidied

HEADINGS = ("（一）主动公开", "一、总体情况")


@pytest.mark.parametrize(
    ("pasted", "tidy"),
    [
        ("（一）政府信息主动公开情况。\n公开信息3条。", "公开信息3条。"),
        ("（一）主动公开。2024年公开信息3条。", "2024年公开信息3条。"),
        ("一、总体情况\n（一）主动公开\n公开信息3条。", "公开信息3条。"),
        ("主动公开情况\n公开信息3条。", "公开信息3条。"),
        ("（一）主动公开", ""),
    ],
)
def test_the_parts_own_heading_at_the_beginning_goes(pasted: str, tidy: str) -> None:
    assert tidied(pasted, HEADINGS) == tidy


@pytest.mark.parametrize(
    "text",
    [
        "主动公开政府信息3条，其中政策1条。",
        "主动公开：3条。",
        "（一）重点领域。公开信息3条。",
        "公开信息3条。\n（一）主动公开",
        "1.主动公开。3条。\n2.依申请公开。1件。",
        "",
    ],
)
def test_words_that_only_resemble_a_heading_stay(text: str) -> None:
    assert tidied(text, HEADINGS) == text


def test_a_paragraph_torn_by_a_page_goes_on() -> None:
    torn = "（二）规范管理。进一步推动政府信息公开工作规范化，积极\n探索公开的新途径。"
    assert tidied(torn) == torn.replace("\n", "")


@pytest.mark.parametrize(
    "text", ["一是健全完善政府信息公开的各项工作机制\n今年制定制度3项。", "长" * 20 + "\n\n次段"]
)
def test_a_heading_of_ones_own_and_an_empty_line_part_paragraphs(text: str) -> None:
    assert tidied(text) == text


@given(st.text(alphabet="（一）主动公开情况。\n- 积极，探索", max_size=80))
def test_what_goes_lies_in_order_within_the_text(text: str) -> None:
    places = [place for cut in superfluous(text, HEADINGS) for place in cut]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("- 公开政策3条\n— 公开动态9条", "公开政策3条\n公开动态9条"),
        (
            "本镇今年公开各类政府信息一百二十条，其中政策\n解读九条。\n二是加强管理。",
            "本镇今年公开各类政府信息一百二十条，其中政策解读九条。\n二是加强管理。",
        ),
        ("存在的问题\n公开不够及时。", "存在的问题\n公开不够及时。"),
        (
            "今年以来我镇认真落实上级关于政务公开的各项要求\n一是加强学习",
            "今年以来我镇认真落实上级关于政务公开的各项要求\n一是加强学习",
        ),
        ("-3\n——说明", "-3\n——说明"),
        ("一是健全机制，\n明确责任\n，落实到人。", "一是健全机制，明确责任，落实到人。"),
        ("公开政策3条\n、动态9条\n。\n二是加强管理。", "公开政策3条、动态9条。\n二是加强管理。"),
        ("见《公开指南\n》第三条", "见《公开指南》第三条"),
        ("一是健全机制，\n二是明确责任，\n三是落实到人。", "一是健全机制，\n二是明确责任，\n三是落实到人。"),
        ("", ""),
    ],
)
def test_lines_of_a_list_or_a_mail_become_paragraphs(text: str, tidy: str) -> None:
    assert tidied(text) == tidy
    assert tidied(tidy) == tidy


@given(st.text(alphabet="一是健全，。、；\n明确责任3条", max_size=60))
def test_no_paragraph_begins_with_a_closing_mark(text: str) -> None:
    lines = tidied(text).split("\n")
    for before, line in itertools.pairwise(lines):
        assert not before or not line or line[0] not in "，。、；"
