"""What leaves the office: nothing but what is printed; to the district also what answers its checks."""

from hypothesis import given

from reportdesk.report.check_code import check_code
from reportdesk.report.document import Report
from reportdesk.report.file.codec import encode
from reportdesk.report.public_copy import district_copy, public_copy
from tests.internal_words import SECRETS, full_of_secrets
from tests.strategies import reports
from tests.test_example import FORM


def test_the_public_copy_holds_nothing_internal() -> None:
    content = encode(public_copy(full_of_secrets())).decode()
    assert [secret for secret in SECRETS if secret in content] == []


def test_the_district_gets_what_answers_its_checks_but_no_remark() -> None:
    copy = district_copy(full_of_secrets())
    content = encode(copy).decode()
    assert [secret for secret in SECRETS if secret in content] == [
        "说明李某",
        "0955-1111111",
        "上级意见郑某",
        "编号冯某",
        "原文陈某",
    ]
    assert copy.last_year is not None
    assert copy.last_year.cells == full_of_secrets().cells


@given(reports(FORM))
def test_copies_print_the_same_and_leave_the_report_alone(report: Report) -> None:
    code, before = check_code(FORM, report), encode(report)
    assert check_code(FORM, public_copy(report)) == code
    assert check_code(FORM, district_copy(report)) == code
    assert encode(report) == before
