"""A fact of the one table is kept, asked for and told of everywhere; each test names what a new one lacks."""

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import FACTS, UNIT_FACTS, Fact, FactGroup, Report, facts_in
from reportdesk.report.file.codec import decode, encode
from reportdesk.report.file.schema import file_schema
from reportdesk.report.public_copy import district_copy, public_copy
from reportdesk.store.user_data.profile_model import UnitEntry

ONLY_IN_A_PROFILE = {"id", "deadline", "report_to", "hand_in"}


def test_every_fact_is_in_the_table_in_the_order_of_the_form() -> None:
    assert list(FACTS) == list(Fact)
    assert len({spec.says for spec in FACTS.values()}) == len(Fact)


def test_a_profile_asks_for_each_fact_of_a_unit_and_nothing_else() -> None:
    asked = [name for name in UnitEntry.model_fields if name not in ONLY_IN_A_PROFILE]
    assert asked == [fact.value for fact in UNIT_FACTS]
    assert all(field.description for field in UnitEntry.model_fields.values())


@pytest.mark.parametrize("group", [group for group in FactGroup if group is not FactGroup.NONE])
def test_the_file_has_each_fact_in_its_group_with_what_stands_there(group: FactGroup) -> None:
    told = file_schema()["$defs"][group.value]["properties"]
    assert list(told) == [fact.value for fact in facts_in(group)]
    for fact in facts_in(group):
        spec = FACTS[fact]
        assert told[fact.value]["description"] == (spec.in_file or spec.says)
        if spec.choices:
            assert told[fact.value]["enum"] == ["", *spec.choices]


@pytest.mark.parametrize("fact", Fact)
def test_a_fact_is_kept_and_leaves_the_office_only_where_the_table_says_so(fact: Fact) -> None:
    value = next(iter(FACTS[fact].choices or ("2024",)))
    report = Report("2021", {fact: str(value)})
    assert decode(encode(report)).report.facts.get(fact) == value
    assert (fact in public_copy(report).facts) is FACTS[fact].is_public
    assert (fact in district_copy(report).facts) is (FACTS[fact].group is not FactGroup.STANDING)


def test_what_patterns_name_is_filled_in() -> None:
    facts = {fact: f"〔{fact.value}〕" for fact, spec in FACTS.items() if spec.in_patterns}
    report = Report(load_form("2021").edition, facts)
    for fact, text in facts.items():
        assert report.fill_in(f"在{{{fact.value}}}") == f"在{text}"
