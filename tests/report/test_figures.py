"""Numbers as people write them; what is no number is refused with a sentence, never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.spec import CellKind
from reportdesk.report.document import Value
from reportdesk.report.text.figures import FigureError, misfit, parse_figure, show_figure, tell_figure
from tests.strategies import values

COUNT = CellKind("count", "件")
WAN_YUAN = CellKind("wan_yuan", "万元", places=6)
CHANGE = CellKind("change", "件", signed=True)
YUAN_CHANGE = CellKind("yuan_change", "元", places=2, signed=True)
KINDS = (COUNT, WAN_YUAN, CHANGE, YUAN_CHANGE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("１２", 12),
        ("1,234", 1234),
        ("1，234", 1234),
        ("１，２３４，５６７", 1234567),
        ("007", 7),
        ("+2", 2),
        ("＋２", 2),
        ("-0", 0),
        ("3.00", 3),
        (" 12 ", 12),
        ("\u300012\u3000", 12),
        ("\xa012\xa0", 12),
        ("12\n", 12),
        ("\u200b12\ufeff", 12),
        ("\u202d12\u202c", 12),
        ("12件", 12),
        ("12.", 12),
        ("１２．", 12),
        ("12.件", 12),
        ("12 件", 12),
        ("999999999999", 999999999999),
        ("000000000000000000000012", 12),
        ("", None),
        ("  ", None),
        ("\u3000\xa0\t\n", None),
        ("\u200b", None),
    ],
)
def test_a_count_is_read_as_people_write_it(text: str, value: int | None) -> None:
    found = parse_figure(text, COUNT)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3.50", "3.50"),
        ("２．５", "2.5"),
        ("59,237.2449", "59237.2449"),
        ("4068.208", "4068.208"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("-0.00", "0.00"),
        ("00.5", "0.5"),
        ("3.5万元", "3.5"),
        ("3.5 万元", "3.5"),
        (".5", "0.5"),
        ("．５０", "0.50"),
        ("5.", "5"),
        ("1,234.", "1234"),
        ("190.457379", "190.457379"),
        ("190.457300", "190.457300"),
    ],
)
def test_an_amount_keeps_the_places_it_was_written_with(text: str, shown: str) -> None:
    value = parse_figure(text, WAN_YUAN)
    assert isinstance(value, Decimal)
    assert show_figure(value) == shown


@pytest.mark.parametrize(
    ("text", "value"), [("-3", -3), ("−3", -3), ("－３", -3), ("–3", -3), ("+3", 3), ("-1,234", -1234)]
)
def test_a_signed_count_takes_every_minus(text: str, value: int) -> None:
    assert parse_figure(text, CHANGE) == value


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("一百", COUNT, "“一百”不是数字，请填不小于 0 的整数，没有请填 0"),
        ("无", COUNT, "“无”不是数字"),
        ("/", COUNT, "“/”不是数字"),
        ("件", COUNT, "“件”不是数字"),
        ("①", COUNT, "“①”不是数字"),
        ("5²", COUNT, "“5²”不是数字"),
        ("½", COUNT, "“½”不是数字"),
        ("٣", COUNT, "“٣”不是数字"),
        ("1e5", COUNT, "“1e5”不是数字"),
        ("NaN", WAN_YUAN, "“NaN”不是数字"),
        ("Infinity", WAN_YUAN, "“Infinity”不是数字"),
        ("0x10", COUNT, "“0x10”不是数字"),
        ("1_000", COUNT, "“1_000”不是数字"),
        ("1 234", COUNT, "“1 234”不是数字"),
        ("12 34", COUNT, "“12 34”不是数字"),
        ("--5", CHANGE, "“--5”不是数字"),
        (".", WAN_YUAN, "“.”不是数字"),
        ("-.", CHANGE, "“-.”不是数字"),
        (".5", COUNT, "0.5 不是整数，请填不小于 0 的整数"),
        ("5..", WAN_YUAN, "“5..”不是数字"),
        ("1.2.3", WAN_YUAN, "“1.2.3”不是数字"),
        ("3元", WAN_YUAN, "“3元”不是数字，请填不小于 0 的数，最多 6 位小数（单位：万元）"),
        ("1,23", COUNT, "“1,23”里的逗号位置不对，请写成 1,234 或 1234"),
        (",123", COUNT, "里的逗号位置不对"),
        ("12,34,567", COUNT, "里的逗号位置不对"),
        ("0,5", WAN_YUAN, "里的逗号位置不对"),
        ("1.234,5", WAN_YUAN, "里的逗号位置不对"),
        ("-3", COUNT, "-3 小于 0，请填不小于 0 的整数"),
        ("3.5", COUNT, "3.5 不是整数，请填不小于 0 的整数"),
        ("3.5", CHANGE, "3.5 不是整数，请填整数"),
        ("1.2345678", WAN_YUAN, "1.2345678 有 7 位小数，最多 6 位"),
        ("1.234", YUAN_CHANGE, "1.234 有 3 位小数，最多 2 位"),
        ("1" * 30, COUNT, "数字太大：最多 12 位，这里有 30 位，请核对"),
        ("1" * 30, WAN_YUAN, "数字太大：最多 12 位，这里有 30 位，请核对"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(text: str, kind: CellKind, says: str) -> None:
    with pytest.raises(FigureError) as caught:
        parse_figure(text, kind)
    assert says in str(caught.value)


def test_a_page_of_prose_is_refused_in_one_short_sentence() -> None:
    with pytest.raises(FigureError) as caught:
        parse_figure("根据《中华人民共和国政府信息公开条例》，\n" * 200, COUNT)
    assert str(caught.value) == "“根据《中华人民共和国政府…”不是数字，请填不小于 0 的整数，没有请填 0"


@given(st.text(max_size=30), st.sampled_from(KINDS))
def test_any_text_is_a_fitting_number_blank_or_refused(text: str, kind: CellKind) -> None:
    try:
        value = parse_figure(text, kind)
    except FigureError as error:
        said = str(error)
    else:
        assert value is None or not misfit(value, kind)
        return
    assert "\n" not in said
    assert any(word in said for word in ("请填", "请写成", "请核对"))


@given(st.data())
def test_what_is_shown_is_read_back_as_the_same(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    value: Value = data.draw(values(kind))
    again = parse_figure(show_figure(value), kind)
    shown = show_figure(value)
    assert show_figure(again) == (shown if value else shown.removeprefix("-"))  # no minus zero
    assert type(again) is (Decimal if kind.places else int)


@given(st.integers(0, 10**12 - 1))
def test_grouped_and_full_width_figures_are_the_same_number(number: int) -> None:
    grouped = f"{number:,}"
    assert parse_figure(grouped, COUNT) == number
    assert parse_figure("".join(chr(ord(sign) + 0xFEE0) for sign in grouped), COUNT) == number


@pytest.mark.parametrize(
    ("value", "kind", "reason"),
    [
        (3, COUNT, ""),
        (Decimal(3), COUNT, ""),
        (Decimal("3.0"), COUNT, "3.0 不是整数"),
        (-1, COUNT, "-1 小于 0"),
        (-1, CHANGE, ""),
        (Decimal("0.0001"), WAN_YUAN, ""),
        (Decimal("0.0001000"), WAN_YUAN, "0.0001000 有 7 位小数，最多 6 位"),
        (Decimal(-1), WAN_YUAN, "-1 小于 0"),
        (5, WAN_YUAN, ""),
    ],
)
def test_why_a_stored_number_does_not_suit_its_cell(value: Value, kind: CellKind, reason: str) -> None:
    assert misfit(value, kind) == reason


def test_a_large_amount_is_shown_without_an_exponent() -> None:
    assert show_figure(Decimal("1E+5")) == "100000"
    assert show_figure(Decimal("0.0001")) == "0.0001"
    assert show_figure(None) == ""


def test_a_blank_cell_is_told_by_a_word_and_no_zero_is() -> None:
    assert [tell_figure(value) for value in (None, 0, Decimal("3.50"))] == ["未填", "0", "3.50"]
