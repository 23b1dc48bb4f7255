"""Signs that look like characters and are none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.report.text.characters import fold, fold_told, odd_signs, shown_plainly


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("⼈⺠政府⼯作", "人民政府工作"),
        ("⻅⻔户⽹站，⽂件", "见门户网站，文件"),
        ("⾏政许可⼀览表⻚⾯", "行政许可一览表页面"),
        ("豈不，金錢", "豈不，金錢"),  # CJK compatibility
        ("ﬁle@oﬃce.cn", "file@office.cn"),
        ("𝟏𝟐件", "12件"),
        ("公\u200b开\u00ad信\ufeff息\U000e0100", "公开信息"),
        ("电话☎\ufe0f", "电话☎"),
        ("标题\ue5e5正文", "标题\u3000正文"),
    ],
)
def test_what_is_certain_is_folded(seen: str, right: str) -> None:
    assert fold(seen).text == right


def test_only_signs_that_are_seen_are_counted() -> None:
    assert fold("⼈⺠\u200b").replaced == 2
    assert "2 个" in fold_told("⼈⺠\u200b")[1]
    assert fold_told("公\u200b开")[1] == ""


@pytest.mark.parametrize("sign", ["\ue004", "\uf0b7", "\U000f0001", "\ufffd", "\x07"])
def test_what_nobody_can_tell_stays_and_is_named(sign: str) -> None:
    text = f"意识{sign}有待加强"
    assert fold(text).text == text
    assert [(odd.start, odd.sign, odd.right) for odd in odd_signs(text)] == [(2, sign, None)]


def test_the_twelve_characters_of_the_compatibility_block_are_characters() -> None:
    twelve = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"
    assert fold(twelve) == (twelve, 0)
    assert odd_signs(twelve) == ()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once) == (once, 0)


@given(st.text(alphabet=st.characters(min_codepoint=0x2E80, max_codepoint=0x2FD5)))
def test_every_radical_that_exists_becomes_a_character_or_is_named(text: str) -> None:
    for sign in fold(text).text:
        assigned = unicodedata.category(sign) != "Cn"
        assert not ("\u2e80" <= sign <= "\u2fdf") or not assigned or sign in "⺀⺋⺑⺒⺗⺘⺚⻀"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J白河镇", "␛[2J白河镇"),
        ("白河\u202egnp.exe", "白河⟨U+202E⟩gnp.exe"),
        ("一行\n又一行\t格", "一行\n又一行\t格"),
        ("a\x7f\x85", "a␡⟨U+0085⟩"),
        ("白河镇", "白河镇"),
    ],
)
def test_what_a_terminal_or_a_label_would_obey_is_shown(text: str, shown: str) -> None:
    assert shown_plainly(text) == shown
