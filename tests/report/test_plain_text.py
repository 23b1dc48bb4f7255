"""What is typed and pasted becomes plain paragraphs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.report.text.plain_text import clean_paste, clean_text, shared_ends


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("一\r\n二\r三\x0b四\u2029五", "一\n二\n三\n四\n五"),
        ("5\xa0条\t公开", "5 条 公开"),
        ("零\u200b宽\ufeff字\u00ad符\x07", "零宽字符"),
        ("图\ufffc片", "图片"),
        ("“应公开、尽公开”𠮷", "“应公开、尽公开”𠮷"),
        ("缩进\u3000保留", "缩进\u3000保留"),
    ],
)
def test_unseen_characters_go_and_seen_ones_stay(given_text: str, cleaned: str) -> None:
    assert clean_text(given_text) == cleaned


def test_a_pasted_page_keeps_its_paragraphs_and_loses_indents_and_empty_lines() -> None:
    page = "\u3000\u3000一是加强学习。\r\n\r\n\u3000\u3000二是完善制度。 \x0c三是抓好落实。\n"
    assert clean_paste(page) == "一是加强学习。\n二是完善制度。\n三是抓好落实。"


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("•\t政府网站\n·\t政务新媒体", "政府网站\n政务新媒体"),
        ("\uf0b7\xa0公开栏\n\uf06c　专区", "公开栏\n专区"),
        ("●\n■ ◆ 一是", "一是"),
        ("1.\t制度\n（一）\t机制", "1. 制度\n（一） 机制"),
        ("常乐·政务\n■空格之外", "常乐·政务\n■空格之外"),
        ("\t\u2003\u3000缩进\u2028另起\u3000\n \xa0 ", "缩进\n另起"),
    ],
)
def test_bullets_and_indents_of_word_and_web_pages_go(pasted: str, cleaned: str) -> None:
    assert clean_paste(pasted) == cleaned


pasted_text = st.text(st.sampled_from("•·■\uf0b7 \t\u3000\n1.一\u2028\u00ad") | st.characters(codec="utf-8"))


@given(st.text() | pasted_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_paste(clean_paste(text)) == clean_paste(text)
    assert not {unicodedata.category(sign) for sign in once if sign != "\n"} & {"Cc", "Cf", "Cs"}


@given(st.text(alphabet="一二a", max_size=12), st.text(alphabet="一二a", max_size=12))
def test_shared_ends_tell_the_one_change_between_two_texts(before: str, after: str) -> None:
    start, end = shared_ends(before, after)
    assert before[:start] == after[:start]
    assert before[len(before) - end :] == after[len(after) - end :]
    assert start + end <= min(len(before), len(after))
    middle = (before[start : len(before) - end], after[start : len(after) - end])
    assert not all(middle) or (middle[0][0] != middle[1][0] and middle[0][-1] != middle[1][-1])
