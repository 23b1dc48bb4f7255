"""Words that went out and came in: all of them marked, numbers whole, the rest cut short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.report.text.word_changes import GAP, Mark, Words, mark_changes

WORDS = st.text("公开信息条件，。年12345% ab", max_size=60)


def shown(words: tuple[Words, ...]) -> str:
    signs = {Mark.SAME: "{}", Mark.OUT: "[-{}-]", Mark.IN: "[+{}+]"}
    return "".join(signs[one.mark].format(one.text) for one in words)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("处罚23件。", "处罚24件。", "处罚[-23-]件。", "处罚[+24+]件。"),
        ("占12.5%。", "占12.6%。", "占[-12.5%-]。", "占[+12.6%+]。"),
        ("收到1,234件", "收到1,235件", "收到[-1,234-]件", "收到[+1,235+]件"),
        ("共收到申请２件", "共收到申请３件", "共收到申请[-２-]件", "共收到申请[+３+]件"),
        ("", "新的一句。", "", "[+新的一句。+]"),
        ("删去的。", "", "[-删去的。-]", ""),
        ("一样。", "一样。", "一样。", "一样。"),
        (
            "开头改了甲，末尾没有改动呀",
            "开头改了乙，末尾没有改动呀",
            "开头改了[-甲-]，末尾没有改动呀",
            "开头改了[+乙+]，末尾没有改动呀",
        ),
    ],
)
def test_what_changed_is_marked(before: str, after: str, old: str, new: str) -> None:
    one, other = mark_changes(before, after)
    assert (shown(one), shown(other)) == (old, new)


def test_long_unchanged_words_are_cut_on_both_sides_of_a_change() -> None:
    before, after = ("前" * 30 + word + "中" * 30 + word + "后" * 30 for word in ("甲", "乙"))
    one, _other = mark_changes(before, after)
    assert shown(one) == f"{GAP}{'前' * 10}[-甲-]{'中' * 10}{GAP}{'中' * 10}[-甲-]{'后' * 10}{GAP}"


@given(WORDS, WORDS)
def test_every_change_is_shown_whole_and_what_is_shown_stands_there(before: str, after: str) -> None:
    for text, words, mark in zip(
        (before, after), mark_changes(before, after), (Mark.OUT, Mark.IN), strict=True
    ):
        assert {one.mark for one in words} <= {Mark.SAME, mark}
        place = 0
        for one in words:
            for piece in one.text.split(GAP) if one.mark is Mark.SAME else [one.text]:
                assert piece in text[place:]
                place = text.index(piece, place) + len(piece)
    if before != after:
        assert any(word.mark is not Mark.SAME for words in mark_changes(before, after) for word in words)
