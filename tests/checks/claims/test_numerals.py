"""Numbers in prose: written in every style and read back, and never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.checks.claims.numerals import Precision, find_numerals, plain_width, read_chinese
from reportdesk.checks.claims.reading import read_claims

_SIGNS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """The number as it is spoken, up to 亿."""
    for unit, sign in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            head, rest = divmod(number, unit)
            gap = "零" if 0 < rest < unit // 10 else ""
            return in_chinese(head) + sign + gap + (in_chinese(rest) if rest else "")
    return _SIGNS[number]


@given(st.integers(0, 10**9))
def test_a_spoken_number_is_read_back(number: int) -> None:
    assert read_chinese(in_chinese(number)) == number


@given(st.integers(0, 10**11), st.sampled_from(["plain", "grouped", "wide", "chinese"]))
def test_a_number_is_read_back_in_every_style(number: int, style: str) -> None:
    written = {
        "plain": str(number),
        "grouped": f"{number:,}",
        "wide": str(number).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
        "chinese": in_chinese(number),
    }[style]
    found = list(find_numerals(plain_width(f"共{written}件")))
    assert [(one.value, one.precision) for one in found] == [(number, Precision.EXACT)]


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("4万余人次", 40000, Precision.ROUGH),
        ("约30件", 30, Precision.ROUGH),
        ("三百余次", 300, Precision.ROUGH),
        ("2.5万", 25000, Precision.EXACT),
        ("100%", 100, Precision.PERCENT),
        ("百分之五", 5, Precision.PERCENT),
        ("10-20件", 10, Precision.RANGE),
        ("3至5次", 3, Precision.RANGE),
        ("一百零二件", 102, Precision.EXACT),
        ("二〇二四年", 2024, Precision.EXACT),
    ],
)
def test_a_number_is_known_for_exact_or_not(text: str, value: int, precision: Precision) -> None:
    (found,) = find_numerals(plain_width(text))
    assert (found.value, found.precision) == (value, precision)


@given(
    st.text(
        alphabet="0123456789,.零一十百万亿%余约件起收到申请未无复议诉讼\u202e\u0000，。（）", max_size=300
    )
)
def test_no_prose_makes_the_reading_fail(text: str) -> None:
    for claim in read_claims(text, about_requests=True):
        assert 0 <= claim.start < claim.end <= len(text)


def test_a_number_of_forty_digits_is_no_count() -> None:
    assert list(find_numerals("1234567890" * 4)) == []
