"""Replacing a text passage by passage: all of them give the other text, none changes anything."""

from hypothesis import given
from hypothesis import strategies as st

from reportdesk.report.text.passages import latest_first, reword
from reportdesk.report.text.plain_text import clean_text, paragraphs

PART = "overview.disclosure"
prose = st.lists(
    st.sampled_from(["一是甲。", "二是乙；", "（三）丙", "”", "\n", "\n\n", " ", "\u3000", "？！", "丁"]),
    max_size=12,
).map("".join) | st.text(max_size=30).map(clean_text)


def replaced(before: str, after: str, wanted: int = -1) -> str:
    """The text after the changes whose bit is set in ``wanted``."""
    changes = [change for number, change in enumerate(reword(PART, before, after)) if wanted >> number & 1]
    for change in latest_first(changes):
        end = change.offset + len(change.removed)
        assert before[change.offset : end] == change.removed
        before = before[: change.offset] + change.inserted + before[end:]
    return before


@given(prose, prose)
def test_all_changes_print_the_other_text(before: str, after: str) -> None:
    assert paragraphs(replaced(before, after)) == paragraphs(after)


@given(prose)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert reword(PART, text, text) == ()


@given(prose, prose, st.integers(0))
def test_each_change_fits_whichever_others_are_made(before: str, after: str, wanted: int) -> None:
    made = reword(PART, before, after)
    others = [change for number, change in enumerate(made) if not wanted >> number & 1]
    now = replaced(before, after, wanted)
    for left in others:
        assert left.removed in now
    assert replaced(before, after, 0) == before


def test_sentences_are_replaced_one_by_one() -> None:
    changes = reword(PART, "一是甲。二是乙。\n三是丙。", "一是甲。二是丁。\n三是丙。四是戊。")
    assert [(one.offset, one.removed, one.inserted) for one in changes] == [
        (4, "二是乙。", "二是丁。"),
        (13, "", "四是戊。"),
    ]


def test_indents_and_empty_lines_are_no_difference() -> None:
    assert reword(PART, "\u3000\u3000甲。\n\n\u3000\u3000乙。\n", "甲。\n乙。") == ()


def test_a_tab_that_is_printed_as_a_space_is_no_difference() -> None:
    assert reword("p", "甲事\t3件。\n乙事。", "甲事 3件。\n乙事。") == ()
    (change,) = reword("p", "甲事\t3件。乙事。", "甲事 4件。乙事。")
    assert (change.removed, change.inserted) == ("甲事\t3件。", "甲事 4件。")
