"""Every version of the file that was ever written opens, and holds what it held."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from reportdesk.form.spec import CellRef
from reportdesk.report.document import Explanation, Fact
from reportdesk.report.file.codec import MIGRATIONS, decode, encode
from reportdesk.report.file.model import VERSION
from reportdesk.report.records import Contribution, NoticeKind, NoticeState

FOLDER = Path(__file__).parents[1] / "old-files"
FILES = sorted(FOLDER.glob("v*/*.gknb"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_old_file_opens_without_a_notice(path: Path) -> None:
    decoded = decode(path.read_bytes())
    assert decoded.notices == ()
    assert decode(encode(decoded.report)).report == decoded.report


def test_every_version_has_a_file_and_every_older_one_a_migration() -> None:
    assert {path.parent.name for path in FILES} == {f"v{version}" for version in range(1, VERSION + 1)}
    assert len(MIGRATIONS) == VERSION - 1


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_every_version_holds_what_version_1_held(version: int) -> None:
    report = decode((FOLDER / f"v{version}" / "every-key.gknb").read_bytes()).report
    person, fees = CellRef("requests", "new", "person"), CellRef("disclosure", "fees", "charged")
    assert report.year == 2024
    assert report.facts[Fact.CLOSING_DATE] == "2025年1月9日"
    assert report.facts[Fact.REOPENED] == "2025-01-10 区里退回：表三有误"
    assert report.headings == {"overview.disclosure": "（一）政府信息主动公开情况"}
    assert report.prose["overview.disclosure"] == "第一段。\n第二段，“引号”。"
    assert (report.cells[person], str(report.cells[fees]), len(report.cells)) == (0, "3.50", 3)
    assert isinstance(report.cells[fees], Decimal)
    assert report.remarks == {person: "已向办公室核实"}
    assert list(report.unverified) == [CellRef("requests", "granted", "other")]
    assert report.reported == {CellRef("requests", "handled", "person"): 61}
    assert list(report.finished) == ["problems"]
    assert report.last_year is not None
    assert report.last_year.cells == {CellRef("requests", "carried_out", "person"): 2}
    assert list(report.explanations.values()) == [Explanation("上年更正过。", "0123456789abcdef")]
    assert report.extras["x_later"] == {"kept": [1, 2.5, None, "是"]}


def test_version_1_has_nothing_of_what_came_later() -> None:
    report = decode((FOLDER / "v1" / "every-key.gknb").read_bytes()).report
    assert (report.family, report.hand_ins, report.sources, report.notices) == ("disclosure", {}, {}, {})


def test_version_2_holds_what_it_held() -> None:
    report = decode((FOLDER / "v2" / "every-key.gknb").read_bytes()).report
    fees, at_eight = CellRef("disclosure", "fees", "charged"), dt.timezone(dt.timedelta(hours=8))
    assert report.family == "disclosure"
    first, second = report.hand_ins[1], report.hand_ins[2]
    assert first.made == dt.datetime(2025, 1, 9, 10, 32, 5, tzinfo=at_eight)
    assert (first.code, first.unit_id, first.errors, first.warnings) == ("K7QX2M9D", "QS-07", 2, 3)
    assert (first.content, first.digest, first.extras) == ("c0ffee", "d1ce", {"x_later": 1})
    assert (second.answers, second.errors) == ("qs-2025-11-1", None)
    assert report.sources == {
        fees: (
            Contribution("司法所", Decimal("3.50"), "司法所.xlsx"),
            Contribution("党政办", None, "", {"x_later": [1]}),
        )
    }
    notice = report.notices["qs-2025-11-1"]
    assert (notice.sender, notice.text) == ("青沙区政务公开办", "表三有误，请核对。")
    assert (notice.kind, notice.place, notice.objected) == (NoticeKind.MUST, "requests.new.person", "0")
    assert (notice.due, notice.state, notice.answer) == ("2025-01-15", NoticeState.CHANGED, "已改为 5")
