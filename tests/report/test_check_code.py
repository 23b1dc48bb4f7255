"""核对码: the same for what prints the same, another for whatever prints otherwise."""

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.spec import CellRef
from reportdesk.report.check_code import ALPHABET, check_code
from reportdesk.report.document import Fact, Report, State
from tests.editions import third_form
from tests.strategies import reports, typed_cells, values, written
from tests.test_example import FORM, example

PERSON = CellRef("requests", "new", "person")
FEES = CellRef("disclosure", "fees", "charged")


def test_it_is_eight_characters_that_cannot_be_misread() -> None:
    code = check_code(FORM, example())
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_the_example_keeps_its_code() -> None:
    # What was once printed on a signed paper must be found again by every later version.
    assert check_code(FORM, example()) == "VMAD3J2A"


@given(st.data())
def test_what_is_not_printed_leaves_it_as_it_is(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from([FORM, third_form()]))
    one, other = data.draw(reports(form)), data.draw(reports(form))
    before = check_code(form, one)
    for kept_inside in (
        "remarks",
        "unverified",
        "reported",
        "finished",
        "previous",
        "explanations",
        "extras",
    ):
        setattr(one, kept_inside, getattr(other, kept_inside))
    one.facts[Fact.STATE] = State.FINAL.value
    one.facts[Fact.REOPENED] = "因为改了数字"
    one.facts[Fact.TELEPHONE] = "0955-0000000"
    assert check_code(form, one) == before


@given(st.data())
def test_any_other_number_gives_another(data: st.DataObject) -> None:
    report = data.draw(reports(FORM))
    ref = data.draw(st.sampled_from(typed_cells(FORM)))
    before, was = check_code(FORM, report), report.cells.get(ref)
    now = data.draw(values(FORM.kind_of[ref]).filter(lambda value: str(value) != str(was)))
    report.cells[ref] = now
    assert check_code(FORM, report) != before


@given(st.data())
def test_any_other_sentence_gives_another(data: st.DataObject) -> None:
    report = data.draw(reports(FORM))
    part = data.draw(st.sampled_from(list(FORM.parts)))
    before = check_code(FORM, report)
    report.prose[part] = report.prose.get(part, "") + data.draw(written.filter(str.strip)) + "句"
    assert check_code(FORM, report) != before


def _set_fact(fact: Fact, text: str) -> Callable[[Report], None]:
    return lambda report: report.facts.update({fact: text})


@pytest.mark.parametrize(
    "change",
    [
        _set_fact(Fact.YEAR, "2025"),
        _set_fact(Fact.FULL_NAME, "别的镇人民政府"),
        _set_fact(Fact.TITLE, "自己写的标题"),
        _set_fact(Fact.CLOSING_UNIT, "别的镇"),
        _set_fact(Fact.CLOSING_DATE, "2025年1月10日"),
        lambda report: report.headings.update({"overview.disclosure": "（一）主动公开情况"}),
        lambda report: report.cells.pop(PERSON),  # a blank is not a zero
        lambda report: report.cells.update({FEES: Decimal("0.00")}),  # prints otherwise than 0
    ],
)
def test_whatever_else_is_printed_counts(change: Callable[[Report], None]) -> None:
    report = example()
    changed = deepcopy(report)
    change(changed)
    assert check_code(FORM, changed) != check_code(FORM, report)


def test_words_do_not_wander_between_parts_unnoticed() -> None:
    one, other = Report("2021"), Report("2021")
    one.prose = {"problems.problems": "甲。", "problems.improvements": "乙。"}
    other.prose = {"problems.problems": "甲。\n乙。"}
    assert check_code(FORM, one) != check_code(FORM, other)


def test_spaces_around_a_paragraph_are_not_printed_and_do_not_count() -> None:
    one, other = Report("2021"), Report("2021")
    one.prose = {"problems.problems": "甲。\n乙。"}
    other.prose = {"problems.problems": "\u3000\u3000甲。 \n\n乙。\n"}
    assert check_code(FORM, one) == check_code(FORM, other)
