"""Labels break between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.label_wrap import widest_word, wrap
from reportdesk.form.layout import lay_out
from reportdesk.form.load import load_form

FORM = load_form("2021")


def in_ems(text: str) -> float:
    return sum(0.55 if ord(character) < 0x80 else 1.0 for character in text)


@pytest.mark.parametrize(
    ("label", "width", "lines"),
    [
        ("社会公益组织", 4, ["社会公益", "组织"]),
        ("社会公益组织", 3, ["社会", "公益", "组织"]),
        ("法律服务机构", 3, ["法律", "服务", "机构"]),
        ("结果维持", 3, ["结果", "维持"]),
        ("自然人", 3, ["自然人"]),
        ("三、本年度办理结果", 4, ["三、", "本年度", "办理结果"]),
        ("（三）不予公开", 5, ["（三）", "不予公开"]),
        ("本年收费金额（单位：万元）", 7, ["本年收费金额", "（单位：万元）"]),
        ("5.要求行政机关确认或重新出具已获取信息", 15, ["5.要求行政机关确认", "或重新出具已获取信息"]),
        ("无正当理由逾期不补正", 8, ["无正当理由", "逾期不补正"]),
        ("申请人逾期未按收费通知要求缴纳", 8, ["申请人逾期", "未按收费通知", "要求缴纳"]),
        ("其他处理", 3, ["其他", "处理"]),
        ("危及国家安全", 5, ["危及国家", "安全"]),
        ("5.属于三类内部事务信息", 8, ["5.属于三类", "内部事务信息"]),
    ],
)
def test_a_label_breaks_where_its_meaning_allows(label: str, width: float, lines: list[str]) -> None:
    assert list(wrap(label, width, in_ems)) == lines


@given(st.text(alphabet="一二三人民政府（）、，。12.abc“”", min_size=1), st.floats(1, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: float) -> None:
    lines = wrap(text, width, in_ems)
    assert "".join(lines) == text
    assert all(in_ems(line) <= width + 1e-9 or len(line) == 1 for line in lines)


def test_a_closing_mark_may_stand_over_the_line_s_end() -> None:
    assert list(wrap("第一项加第二项之和，等于第三项", 9.5, in_ems, hang=0.5)) == [
        "第一项加第二项之和，",
        "等于第三项",
    ]
    assert wrap("第一项加第二项之和，等于第三项", 9.5, in_ems)[0] != "第一项加第二项之和，"


@given(
    st.sampled_from(
        [cell.text for table in FORM.tables.values() for cell in lay_out(table).cells if cell.text]
    )
)
def test_no_word_is_torn_at_the_width_of_the_widest_word(label: str) -> None:
    width = widest_word(label, in_ems)
    lines = wrap(label, width, in_ems)
    for line in lines[1:]:
        assert line[0] not in "）”、，。"
    for line in lines[:-1]:
        assert line[-1] not in "（“"
