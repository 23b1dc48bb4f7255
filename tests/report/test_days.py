"""Days are written alike wherever a clerk reads one."""

import ast
import datetime as dt
from pathlib import Path

import reportdesk
from reportdesk.report.text.days import spell_day, spell_moment, spell_recent

AT = dt.datetime(2025, 1, 9, 8, 5, tzinfo=dt.UTC)
SOURCE = Path(reportdesk.__file__).parent


def test_a_day_has_no_zeros_before_it_and_a_moment_has() -> None:
    assert spell_day(AT.date()) == spell_day(AT) == "2025年1月9日"
    assert spell_moment(AT) == "2025年1月9日 08:05"
    assert spell_recent(AT) == "1月9日 08:05"


def test_no_other_module_spells_a_day() -> None:
    spelled = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for words in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(words, ast.JoinedStr)
        if "年{}月{}日"
        in "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in words.values)
    }
    assert spelled == {"report/text/days.py"}
