"""Find and replace over the prose: every place, one step of undo."""

from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.report.document import Report, new_report
from reportdesk.report.edits import apply_edit
from reportdesk.session.find import Match, find_all, next_match, replace_all, replace_one

FORM = load_form("2021")
PARTS = ("overview.disclosure", "problems.problems")


def report_with(*texts: str) -> Report:
    report = new_report(FORM, 2024, "某镇")
    report.prose = {part: text for part, text in zip(PARTS, texts, strict=True) if text}
    return report


def test_every_place_is_found_in_printed_order() -> None:
    report = report_with("2023年2023年", "在2023年")
    found = find_all(report, FORM, "2023年")
    first, second, third = found
    assert first == Match(PARTS[0], 0, 5)
    assert third == Match(PARTS[1], 1, 6)
    assert next_match(found, FORM, PARTS[0], 1) == second
    assert next_match(found, FORM, PARTS[0], 6) == third
    assert next_match(found, FORM, PARTS[1], 2) == first
    assert next_match((), FORM, PARTS[1], 2) is None
    assert find_all(report, FORM, "") == ()


def test_capitals_do_not_count() -> None:
    report = report_with("PS和ps", "")
    assert len(find_all(report, FORM, "ps")) == 2
    apply_edit(report, replace_all(report, FORM, "Ps", "软件"))
    assert report.prose[PARTS[0]] == "软件和软件"


def test_one_place_is_replaced() -> None:
    report = report_with("2023年2023年", "")
    apply_edit(report, replace_one(report, FORM, Match(PARTS[0], 5, 10), "2024年"))
    assert report.prose[PARTS[0]] == "2023年2024年"


def test_signs_of_patterns_are_only_signs() -> None:
    report = report_with(r"(.*)\1", "")
    apply_edit(report, replace_all(report, FORM, "(.*)", r"\g<0>"))
    assert report.prose[PARTS[0]] == r"\g<0>\1"


texts = st.text("甲乙a\n", max_size=20)


@given(texts, texts, st.text("甲a", max_size=3), st.text("甲乙a", max_size=3))
def test_all_are_replaced_in_one_step(one: str, other: str, words: str, by: str) -> None:
    report = report_with(one, other)
    before = dict(report.prose)
    edit = replace_all(report, FORM, words, by)
    apply_edit(report, edit)
    if words:
        for part, text in zip(PARTS, (one, other), strict=True):
            assert report.prose.get(part, "") == text.replace(words, by)
    else:
        assert not edit
    apply_edit(report, edit.inverse())
    assert report.prose == before


def test_very_many_places_are_one_change_a_part() -> None:
    report = report_with("年" * 200_000, "年")
    edit = replace_all(report, FORM, "年", "月")
    assert len(edit.changes) == 2
    apply_edit(report, edit)
    assert report.prose[PARTS[0]] == "月" * 200_000


def test_words_are_found_and_replaced_where_signs_only_look_like_them() -> None:
    report = report_with("样板镇⼈⺠\u200b政府，人民政府。", "")
    found = find_all(report, FORM, "人民政府")
    assert [(match.start, match.end) for match in found] == [(3, 8), (9, 13)]
    apply_edit(report, replace_all(report, FORM, "⼈民", "民人"))
    assert report.prose[PARTS[0]] == "样板镇民人\u200b政府，民人政府。"
