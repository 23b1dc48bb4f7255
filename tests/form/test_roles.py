"""The roles that checks ask for: read with the form, and refused with their line when unknown."""

import pytest

from reportdesk.form.load import load_form, parse_form
from reportdesk.form.refusal import FormError
from reportdesk.form.spec import CellRef
from reportdesk.resources import resource
from tests.editions import third_form

SOURCE = resource("forms", "2021.toml").read_text(encoding="utf-8")


def test_the_shipped_edition_says_where_requests_and_fees_are_counted() -> None:
    form = load_form("2021")
    assert form.cell_roles["requests_new"] == (CellRef("requests", "new", "total"),)
    assert len(form.cell_roles["applicant_organisation"]) == 5
    assert form.part_roles["processing_fee"] == "other_matters.text"


def test_an_edition_may_lack_roles() -> None:
    assert not third_form().cell_roles
    assert not third_form().part_roles


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"requests.new.total"]', '"requests.newest.total"]', "requests_new"),
        ('"requests.new.total"]', '"requests.new"]', "requests_new"),
        ('supervision = "overview.supervision"', 'supervision = "overview.nothing"', "supervision"),
    ],
)
def test_a_role_of_what_is_not_there_is_refused_with_its_line(right: str, wrong: str, said: str) -> None:
    source = SOURCE.replace(right, wrong, 1)
    with pytest.raises(FormError) as caught:
        parse_form(source)
    assert said in caught.value.reason
    assert source.split("\n")[caught.value.line - 1].startswith(said)
