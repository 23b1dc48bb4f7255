"""Labels break between words, and grids fit their room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.layout import lay_out
from reportdesk.gui.grid.geometry import fit
from reportdesk.gui.grid.label_wrap import widest_word, wrap
from tests.gui.open_page import FORM, THIRD


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


@pytest.mark.parametrize("form", [FORM, THIRD], ids=["2021", "third"])
@pytest.mark.parametrize("room", [0, 300, 800, 2000])
@pytest.mark.parametrize("em", [11, 13, 26])
def test_a_grid_takes_the_room_it_can_use_and_never_tears_words(form: object, room: int, em: int) -> None:
    for table in form.tables.values():  # type: ignore[attr-defined]
        layout = lay_out(table)
        geometry = fit(layout, room, em, lambda text: in_ems(text) * em)
        assert len(geometry.widths) == layout.column_count
        assert geometry.width == sum(geometry.widths)
        assert geometry.height == sum(geometry.heights)
        assert min(geometry.widths) >= 3 * em
        narrowest = fit(layout, 0, em, lambda text: in_ems(text) * em).width
        assert geometry.width <= max(room, narrowest)
        for laid in layout.cells:
            if laid.text and laid.column_span == 1:
                lines = geometry.lines[laid.row, laid.column].split("\n")
                widest = widest_word(laid.text, in_ems)
                assert max(in_ems(line) for line in lines) <= max(widest, geometry.widths[laid.column] / em)


def test_columns_keep_the_forms_shares_where_there_is_room() -> None:
    layout = lay_out(FORM.tables["disclosure"])
    geometry = fit(layout, 800, 13, lambda text: in_ems(text) * 13)
    assert geometry.width == 800
    assert max(geometry.widths) - min(geometry.widths) <= 1
