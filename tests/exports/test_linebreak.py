"""The line breaker's laws, each over made-up paragraphs, and the cases that a reader would notice."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.exports.typesetting.linebreak import NO_END, NO_START, Line, balance_lines, break_lines

CELL = 1.0
MEASURE = 28.0
PRINTED_NO_START = "，。；：？！、）》〉〕」』”’…—％"
PRINTED_NO_END = "（《〈〔「『“‘"

prose = st.text(
    st.sampled_from(
        "年报公开政府信息乡镇" * 3 + "，。、；：？！（）《》〈〉〔〕“”‘’…—％" + "0123456789,.%abcXYZ/@: -"
    ),
    max_size=300,
)


def widths_of(text: str) -> list[float]:
    return [0.5 if char.isascii() else CELL for char in text]


def broken(text: str, measure: float = MEASURE, indent: float = 0.0) -> list[Line]:
    return break_lines(text, widths_of(text), measure, cell=CELL, indent=indent)


def texts(text: str, measure: float = MEASURE, indent: float = 0.0) -> list[str]:
    return [text[line.start : line.end] for line in broken(text, measure, indent)]


@given(prose)
def test_no_character_is_lost(text: str) -> None:
    assert "".join(texts(text, indent=2)) == text


@given(prose, st.sampled_from([4.0, 9.5, 28.0]))
def test_no_line_is_wider_than_the_measure(text: str, measure: float) -> None:
    for line in broken(text, measure, indent=2):
        assert line.width <= measure + 1e-6
        # A mark whose empty left half was pressed away may lean over the edge with that half only.
        assert all(offset >= -CELL / 2 - 1e-6 for offset in line.offsets)


@given(prose)
def test_cells_never_run_backwards(text: str) -> None:
    for line in broken(text, indent=2):
        assert all(b > a for a, b in itertools.pairwise(line.offsets))


@given(prose)
def test_no_line_begins_or_ends_with_what_may_not_stand_there(text: str) -> None:
    parts = texts(text, indent=2)
    for before, after in itertools.pairwise(parts):
        whole = _unbreakable_around(before, after)
        if len(whole) < MEASURE - 2:
            assert after.lstrip()[:1] not in PRINTED_NO_START or not after.strip()
            assert before.rstrip()[-1:] not in PRINTED_NO_END or not before.strip()


def _unbreakable_around(before: str, after: str) -> str:
    """The longest run about a break that holds no two neighbours of plain Chinese."""
    plain = "年报公开政府信息乡镇"
    left = re.search(rf"[{plain}]?[^{plain}]*$", before)
    right = re.match(rf"[^{plain}]*[{plain}]?", after)
    return (left[0] if left else "") + (right[0] if right else "")


@given(st.text(st.sampled_from("年报公开政府信息乡镇"), min_size=29, max_size=200))
def test_plain_chinese_fills_every_line_with_28_characters(text: str) -> None:
    assert {len(line) for line in texts(text)[:-1]} == {28}
    for line in broken(text)[:-1]:
        assert line.offsets == tuple(range(28))


def test_every_line_but_the_last_reaches_the_edge() -> None:
    text = "截至2024年12月31日，公开信息1,578条、其中网站69条。" * 6
    *lines, last = broken(text, indent=2)
    assert [line.width for line in lines] == pytest.approx([MEASURE] * len(lines))
    assert last.width < MEASURE


def test_a_line_before_a_long_address_is_left_ragged_rather_than_torn() -> None:
    text = "可在政府网站" + "http://www.example.gov.cn/zwgk/zfxxgkml/gknb/2024"
    first, _ = broken(text, indent=2)
    assert first.width == pytest.approx(2 + 6)


@pytest.mark.parametrize(
    "whole",
    [
        "2024年",
        "12月",
        "〔2021〕30号",
        "1,578条",
        "http://www.spt.gov.cn/",
        "zwsclzbgs@163.com",
        "0955-7649215",
        "3.5%",
    ],
)
@pytest.mark.parametrize("before", range(20, 29))
def test_numbers_and_addresses_stay_whole(whole: str, before: int) -> None:
    text = "公" * before + whole + "开" * 40
    assert any(whole in line for line in texts(text))


def test_an_address_longer_than_a_line_is_broken_at_its_marks() -> None:
    address = "http://www.example.gov.cn/" + "/".join(["zwgk", "zfxxgkml", "gknb"] * 8)
    lines = texts(f"可在网站（{address}）下载。")
    assert "".join(lines) == f"可在网站（{address}）下载。"
    inside = [line for line in lines[:-1] if line.rstrip().isascii() or "/" in line]
    assert inside
    assert all(line[-1] in "/.-" for line in inside)


def test_a_number_longer_than_a_line_is_broken_anywhere() -> None:
    assert "".join(texts("0" * 200)) == "0" * 200


def test_a_mark_that_may_not_begin_a_line_is_pressed_in_where_the_line_has_room_to_give() -> None:
    text = "一，二，三四五六七八九十" + "一" * 16 + "，后面还有字"
    first = broken(text)[0]
    assert text[first.start : first.end].endswith("，")
    assert first.shown == 29
    assert first.width == pytest.approx(MEASURE)


def test_a_mark_takes_a_character_down_where_the_line_has_nothing_to_give() -> None:
    text = "一" * 28 + "，后面还有字"
    assert texts(text)[1].startswith("一，")


def test_marks_that_meet_share_one_cell_less() -> None:
    text = "（甲）、《乙》（丙）。"
    (line,) = broken(text)
    assert line.width == pytest.approx(len(text) - 4 * 0.5)


def test_spaces_at_a_line_s_end_are_not_drawn() -> None:
    text = "公" * 28 + "   " + "开" * 5
    first, second = broken(text)
    assert (first.shown, first.end) == (28, 31)
    assert second.start == 31


@given(st.text(st.sampled_from("年报公开政府信息（）"), max_size=40), st.sampled_from([3.0, 6.0]))
def test_even_lines_are_as_few_as_plain_ones(text: str, measure: float) -> None:
    even = balance_lines(text, widths_of(text), measure, cell=CELL)
    plain = break_lines(text, widths_of(text), measure, cell=CELL, justify=False)
    assert len(even) == len(plain)
    assert all(line.width <= measure + 1e-6 for line in even)


def test_a_label_is_broken_into_even_lines() -> None:
    label = "社会公益组织"
    lines = balance_lines(label, widths_of(label), 5.0, cell=CELL)
    assert [label[line.start : line.end] for line in lines] == ["社会公", "益组织"]


def test_the_lists_hold_what_the_standard_names() -> None:
    assert set(PRINTED_NO_START) <= NO_START
    assert set(PRINTED_NO_END) <= NO_END


def test_a_very_long_paragraph_is_broken_whole() -> None:
    text = "二〇二四年，公开信息1,578条；" * 10_000
    assert sum(line.end - line.start for line in broken(text)) == len(text)


def test_straight_quotes_open_no_line_from_behind_and_end_none_from_before() -> None:
    for lead in range(1, 12):
        text = "国" * lead + '"政务公开"专区' + "国" * 12
        lines = break_lines(text, [1.0] * len(text), 8.0, cell=1.0)
        shown = [text[line.start : line.shown] for line in lines]
        assert not any(line.startswith('"') and not line.startswith('"政') for line in shown), shown
        assert not any(line.endswith('国"') for line in shown), shown
