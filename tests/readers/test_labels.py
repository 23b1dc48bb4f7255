"""Labels are the same in whatever width, numbering and punctuation, and no more alike than they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.readers.tables.labels import LIKE, NEARLY, SAME, is_reckoning, likeness, read_label
from tests.strategies import text

FORM = load_form("2021")
LEAVES = sorted(
    {
        row.label[-1]
        for table in FORM.tables.values()
        for block in table.blocks
        for row in block.rows
        if row.label
    }
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.属于国家秘密", "１．属于国家秘密"),
        ("1.属于国家秘密", "1、 属于国家秘密"),
        ("（一）予以公开", "(一)予以 公开"),
        ("一、本年新收", "一.本年新收"),
        ("一、总体情况", "一 总体情况"),
        ("3.危及“三安全一稳定”", "3.危及「三安全一稳定」"),
        ("3.危及“三安全一稳定”", "3.危机'三安全一稳定'"),
        ("三、本年度办理结果", "三、\n本\n年\n度\n办\n理\n结\n果"),
        ("本年收费金额（单位：万元）", "本年收费金额(单位: 万元)"),
        ("3.其他", "3.其它"),
        ("（七）总计", "（七）合 计"),
    ],
)
def test_these_are_the_same(one: str, other: str) -> None:
    assert read_label(one) == read_label(other)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("（一）主动公开", "(1)"),
        ("一、总体情况", "1"),
        ("1.其他", "1."),
        ("十二、附则", "12"),
        ("2024年", ""),
        ("总计", ""),
    ],
)
def test_both_kinds_of_numbers_stay_apart(text: str, number: str) -> None:
    assert read_label(text).number == number


def test_a_remark_is_no_part_of_a_label() -> None:
    official = read_label("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    assert likeness(read_label("(二)部分公开"), official) == SAME
    assert likeness(read_label("部分公开"), official) == SAME


@pytest.mark.parametrize("leaf", LEAVES)
def test_no_label_of_the_form_is_taken_for_another(leaf: str) -> None:
    same = [other for other in LEAVES if likeness(read_label(leaf), read_label(other)) >= NEARLY]
    assert same == [leaf]


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("予以公开", "不予公开"),
        ("行政许可", "行政处罚"),
        ("规章", "规则"),
        ("结果维持", "结果纠正"),
        ("", "总计"),
    ],
)
def test_these_are_not_alike(written: str, official: str) -> None:
    assert likeness(read_label(written), read_label(official)) <= LIKE


def test_a_check_under_a_table_is_known_and_a_stubhead_is_none() -> None:
    assert is_reckoning("平衡：一 + 二 = （七） + 四")
    assert is_reckoning(" 勾稽关系校验")
    assert not is_reckoning("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")


@given(text)
def test_any_text_is_a_label(written: str) -> None:
    label = read_label(written)
    assert not set(label.words) & set(" \n，。（）")
    assert likeness(label, label) in (0.0, SAME)


@given(text, st.sampled_from(LEAVES))
def test_likeness_is_a_share(written: str, official: str) -> None:
    assert 0 <= likeness(read_label(written), read_label(official)) <= SAME
