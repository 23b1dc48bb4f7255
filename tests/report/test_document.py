"""What a report holds is called by words of its own."""

from reportdesk.report.document import Fact


def test_every_fact_has_a_name_of_its_own() -> None:
    assert len({fact.says for fact in Fact}) == len(Fact)
