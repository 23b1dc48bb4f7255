"""Typed characters run together into one step until a pause, a paragraph or 20 characters."""

import pytest

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report
from reportdesk.report.edits import Edit, TextChange, apply_edit, change_text, set_cells
from reportdesk.session.history import MERGE_CHARACTERS, MERGE_SECONDS, History

FORM = load_form("2021")
PART, OTHER = "overview.disclosure", "overview.requests"


class Desk:
    """A report with its history, on which one types, deletes and takes back."""

    def __init__(self, text: str = "") -> None:
        self.report = Report("2021", prose={PART: text} if text else {})
        self.history = History()
        self.now = 0.0

    def change(self, offset: int, removed: str, inserted: str, after: float = 0.1, part: str = PART) -> None:
        self.now += after
        edit = change_text(self.report, FORM, TextChange(part, offset, removed, inserted))
        apply_edit(self.report, edit)
        self.history.record_typing(edit, self.now)

    def type(self, text: str, after: float = 0.1) -> None:
        for sign in text:
            self.change(len(self.text), "", sign, after)

    def undo(self) -> str:
        self._make(self.history.undo())
        return self.text

    def redo(self) -> str:
        self._make(self.history.redo())
        return self.text

    def _make(self, edit: Edit | None) -> None:
        assert edit is not None
        apply_edit(self.report, edit)

    @property
    def text(self) -> str:
        return self.report.prose.get(PART, "")


def test_a_word_typed_is_one_step() -> None:
    desk = Desk()
    desk.type("公开信息")
    assert desk.undo() == ""
    assert desk.redo() == "公开信息"
    assert desk.history.redo() is None


def test_a_pause_begins_a_new_step() -> None:
    desk = Desk()
    desk.type("公开")
    desk.change(2, "", "信", after=MERGE_SECONDS + 0.1)
    desk.type("息")
    assert desk.undo() == "公开"
    assert desk.undo() == ""


def test_slow_but_steady_typing_is_one_step() -> None:
    desk = Desk()
    desk.type("公开信息", after=MERGE_SECONDS)
    assert desk.undo() == ""


def test_a_step_takes_20_characters() -> None:
    desk = Desk()
    desk.type("字" * (MERGE_CHARACTERS + 5))
    assert desk.undo() == "字" * MERGE_CHARACTERS
    assert desk.undo() == ""


def test_a_new_paragraph_begins_a_new_step() -> None:
    desk = Desk()
    desk.type("公开\n信息")
    assert desk.undo() == "公开\n"
    assert desk.undo() == "公开"
    assert desk.undo() == ""


def test_typing_elsewhere_begins_a_new_step() -> None:
    desk = Desk("甲乙丙丁")
    desk.change(0, "", "一")
    desk.change(4, "", "二")
    assert desk.text == "一甲乙丙二丁"
    assert desk.undo() == "一甲乙丙丁"


def test_typing_in_another_part_begins_a_new_step() -> None:
    desk = Desk()
    desk.change(0, "", "一")
    desk.change(0, "", "二", part=OTHER)
    desk.undo()
    assert desk.report.prose == {PART: "一"}


def test_deleting_backwards_is_one_step() -> None:
    desk = Desk("公开信息")
    for offset in (3, 2, 1):
        desk.change(offset, desk.text[offset], "")
    assert desk.text == "公"
    assert desk.undo() == "公开信息"


def test_deleting_forwards_is_one_step() -> None:
    desk = Desk("公开信息")
    for _ in range(3):
        desk.change(0, desk.text[0], "")
    assert desk.undo() == "公开信息"


def test_typing_and_then_deleting_are_two_steps() -> None:
    desk = Desk()
    desk.type("公开信")
    desk.change(2, "信", "")
    assert desk.undo() == "公开信"
    assert desk.undo() == ""


def test_deleting_and_then_typing_are_two_steps() -> None:
    desk = Desk("公开信")
    desk.change(2, "信", "")
    desk.change(2, "", "新")
    assert desk.undo() == "公开"
    assert desk.undo() == "公开信"


def test_typing_over_a_selection_goes_on_as_one_step() -> None:
    desk = Desk("公开旧闻")
    desk.change(2, "旧闻", "信")
    desk.change(3, "", "息")
    assert desk.text == "公开信息"
    assert desk.undo() == "公开旧闻"


def test_nothing_joins_a_step_that_was_taken_back_and_made_again() -> None:
    desk = Desk()
    desk.type("公开")
    desk.undo()
    desk.redo()
    desk.change(2, "", "信")
    assert desk.undo() == "公开"


def test_a_number_between_parts_two_runs_of_typing() -> None:
    desk = Desk()
    desk.type("公开")
    edit = set_cells(desk.report, FORM, {CellRef("requests", "new", "person"): 5})
    apply_edit(desk.report, edit)
    desk.history.record(edit)
    desk.type("信息")
    assert desk.undo() == "公开"
    assert desk.undo() == "公开"
    assert desk.report.cells == {}
    assert desk.undo() == ""


def test_typing_that_takes_back_a_mark_gives_it_back_with_the_whole_run() -> None:
    desk = Desk()
    desk.report.finished["overview"] = True
    desk.type("公开")
    assert desk.report.finished == {}
    assert desk.undo() == ""
    assert desk.report.finished == {"overview": True}


@pytest.mark.parametrize("anew", ["typing", "number"])
def test_a_new_change_ends_what_could_be_made_again(anew: str) -> None:
    desk = Desk()
    desk.type("公开")
    desk.undo()
    if anew == "typing":
        desk.type("新")
    else:
        desk.history.record(set_cells(desk.report, FORM, {CellRef("requests", "new", "person"): 5}))
    assert desk.history.redo() is None


def test_the_history_says_what_comes_next() -> None:
    desk = Desk()
    assert (desk.history.next_undo, desk.history.next_redo) == ("", "")
    desk.type("公开")
    assert (desk.history.next_undo, desk.history.next_redo) == ("编辑文字", "")
    desk.undo()
    assert (desk.history.next_undo, desk.history.next_redo) == ("", "编辑文字")
