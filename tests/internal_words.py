"""A report with something internal in every place that a report has for it, for tests of what goes out."""

from reportdesk.report.document import Explanation, Fact, Report, Snapshot
from tests.test_example import example

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
