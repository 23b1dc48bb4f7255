"""Whatever report is written in one of our formats is read back as it was printed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportdesk.exports.excel import render_workbook
from reportdesk.form.spec import Form
from reportdesk.readers.excel import read_excel
from reportdesk.readers.proposal import propose
from reportdesk.report.document import Fact
from tests.editions import EDITION_IDS, FORMS
from tests.readers.printed import as_typed, printed
from tests.strategies import reports


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_any_report_comes_back_from_our_workbook(form: Form, data: st.DataObject) -> None:
    report = as_typed(form, data.draw(reports(form)))
    proposal = propose(read_excel(render_workbook(form, report)), form)
    back = proposal.to_report()
    assert printed(form, back) == printed(form, report)
    assert {ref: str(value) for ref, value in back.cells.items()} == {
        ref: str(value) for ref, value in report.cells.items()
    }
    for fact in (Fact.FULL_NAME, Fact.TITLE_NAME, Fact.YEAR):
        assert back.facts.get(fact) == report.facts.get(fact)
    assert not proposal.disagreements
    assert not proposal.missing
