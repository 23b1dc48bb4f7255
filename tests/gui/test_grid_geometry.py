"""Grids fit their room."""

import pytest

from reportdesk.form.label_wrap import widest_word
from reportdesk.form.layout import lay_out
from reportdesk.gui.grid.geometry import fit
from tests.form.test_label_wrap import in_ems
from tests.gui.open_page import FORM, THIRD


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
