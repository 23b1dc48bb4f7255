"""What was compared and what was not is told: silence about a number is not its being right."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportdesk.checks import engine
from reportdesk.checks.engine import Found, Trigger, registered
from reportdesk.form.load import load_form
from reportdesk.report.document import Report, new_report
from reportdesk.session.compared import what_was_compared
from reportdesk.session.session import Session
from reportdesk.store.file import read_report

EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
FORM = load_form("2021")


def told(report: Report) -> str:
    session = Session(FORM, report, dt.date(2025, 1, 9))
    session.check_prose()
    return what_was_compared(session)


def test_a_number_beside_a_table_and_one_beside_none_are_told_apart() -> None:
    report = read_report(EXAMPLE).report
    report.prose["overview.requests"] = "全年收到政府信息公开申请3件。接待群众约200人次，发放资料500份。"
    lines = told(report).splitlines()
    compared = next(line for line in lines if "与表比较过" in line and "申请3件" in line)
    left = next(line for line in lines if "没有与表比较" in line and "200人次" in line)
    assert "200" not in compared
    assert "申请3件" not in left
    assert "概数" in left


def test_blank_cells_and_a_missing_last_year_are_told() -> None:
    said = told(new_report(FORM, 2024, "常乐镇人民政府"))
    assert "表三：还有 144 格没有填，用到这些格的比较没有做" in said
    assert "上年年报：没有" in said


def test_what_did_not_run_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_subject: object) -> Iterator[Found]:
        raise ValueError

    at_hand = sum(one.trigger is not Trigger.APART for one in registered().values()) - 1
    assert f"{at_hand} 条规则都审核过现在的内容" in told(read_report(EXAMPLE).report)
    monkeypatch.setitem(
        engine._REGISTER, "TXT-5", dataclasses.replace(registered()["TXT-5"], rule=break_down)
    )
    said = told(read_report(EXAMPLE).report)
    assert "有的没有运行完" in said
    assert "TXT-5" in said
