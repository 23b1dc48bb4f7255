"""What leaves the office: nothing but what is printed; to the district also what answers its checks."""

from hypothesis import given

from reportdesk.report.check_code import check_code
from reportdesk.report.codec import encode
from reportdesk.report.document import Explanation, Fact, Report, Snapshot
from reportdesk.report.public_copy import district_copy, public_copy
from tests.strategies import reports
from tests.test_example import FORM, example

SECRETS = ("备注王某", "说明李某", "退回原因赵某", "旧文件孙某.gknb", "不认识的键周某", "0955-1111111")


def full_of_secrets() -> Report:
    """The example with something internal in every place that a report has for it."""
    report = example()
    cell = next(iter(report.cells))
    report.remarks[cell] = "备注王某"
    report.unverified[cell] = True
    report.explanations["YR-2:x"] = Explanation("说明李某", "f")
    report.facts[Fact.REOPENED] = "退回原因赵某"
    report.facts[Fact.STATE] = "final"
    report.facts[Fact.TELEPHONE] = "0955-1111111"
    report.previous[2023] = Snapshot(
        "2021", {Fact.YEAR: "2023"}, {}, dict(report.cells), "旧文件孙某.gknb", "0", {"x": "不认识的键周某"}
    )
    report.extras = {"x_note": "不认识的键周某"}
    return report


def test_the_public_copy_holds_nothing_internal() -> None:
    content = encode(public_copy(full_of_secrets())).decode()
    assert [secret for secret in SECRETS if secret in content] == []


def test_the_district_gets_what_answers_its_checks_but_no_remark() -> None:
    copy = district_copy(full_of_secrets())
    content = encode(copy).decode()
    assert [secret for secret in SECRETS if secret in content] == ["说明李某", "0955-1111111"]
    assert copy.last_year is not None
    assert copy.last_year.cells == full_of_secrets().cells


@given(reports(FORM))
def test_copies_print_the_same_and_leave_the_report_alone(report: Report) -> None:
    code, before = check_code(FORM, report), encode(report)
    assert check_code(FORM, public_copy(report)) == code
    assert check_code(FORM, district_copy(report)) == code
    assert encode(report) == before
