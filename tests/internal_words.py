"""A report with something internal in every place that a report has for it, for tests of what goes out."""

import datetime as dt

from reportdesk.report.document import Explanation, Fact, Report, Snapshot
from reportdesk.report.records import Contribution, HandedIn, Notice
from tests.test_example import example

SECRETS = (
    "备注王某",
    "说明李某",
    "退回原因赵某",
    "旧文件孙某.gknb",
    "不认识的键周某",
    "0955-1111111",
    "股室吴某",
    "上级意见郑某",
    "指纹王某",
    "编号冯某",
    "原文陈某",
)


def full_of_secrets() -> Report:
    """The example with something internal in every place that a report has for it."""
    report = example()
    cell = next(iter(report.cells))
    report.remarks[cell] = "备注王某"
    report.unverified[cell] = True
    report.explanations["YR-2:x"] = Explanation("说明李某", "f", {"x": "不认识的键周某"})
    report.facts[Fact.REOPENED] = "退回原因赵某"
    report.facts[Fact.STATE] = "final"
    report.facts[Fact.TELEPHONE] = "0955-1111111"
    report.previous[2023] = Snapshot(
        "2021", {Fact.YEAR: "2023"}, {}, dict(report.cells), "旧文件孙某.gknb", "0", {"x": "不认识的键周某"}
    )
    report.sources[cell] = (Contribution("股室吴某", 1, "吴某.xlsx", {"x": "不认识的键周某"}),)
    at = dt.datetime(2025, 1, 9, tzinfo=dt.UTC)
    hidden = {"x": "不认识的键周某"}
    report.notices["n1"] = Notice(at, "区政务公开办", "上级意见郑某", extras=hidden)
    report.notices["n2"] = Notice(at, "区政务公开办", "上级意见郑某", words="原文陈某", return_id="编号冯某")
    report.facts[Fact.UNIT_ID] = "编号冯某"
    report.hand_ins[1] = HandedIn(at, "AAAAAAAA", content="指纹王某", digest="指纹王某", extras=hidden)
    report.extras = {"x_note": "不认识的键周某"}
    return report
