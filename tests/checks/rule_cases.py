"""The labelled cases of tests/data/rules, made into reports."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportdesk.checks.engine import Finding, check_report
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Report, Snapshot, Value

FORM = load_form("2021")
FOLDER = Path(__file__).parents[1] / "data" / "rules"
TODAY = dt.date(2025, 1, 9)
UNIT = {
    Fact.FULL_NAME: "柳川县白河镇人民政府",
    Fact.TITLE_NAME: "柳川县白河镇",
    Fact.UNIT_KIND: "township",
    Fact.COUNTY: "柳川县",
    Fact.CITY: "宣城市",
    Fact.PROVINCE: "安徽省",
}
_DOCUMENTS = ("issued", "repealed", "in_force")


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A report made for one rule, and whether the rule must speak."""

    code: str
    alarms: bool
    report: Report
    today: dt.date
    last: Snapshot | None
    others: tuple[Snapshot, ...] = ()

    def findings(self) -> list[Finding]:
        """What the rule says of the report."""
        return [
            found
            for found in check_report(
                load_form(self.report.edition), self.report, self.today, self.last, self.others
            )
            if found.code == self.code
        ]


def read_rule_cases() -> Iterator[tuple[str, RuleCase]]:
    """Every case with a name that tells it in a test's output."""
    for path in sorted(FOLDER.glob("*.toml")):
        for code, lists in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for kind in ("alarm", "silent"):
                for number, entry in enumerate(lists.get(kind, []), 1):
                    yield f"{code}-{kind}-{number}", _case(code, kind == "alarm", entry)


def _case(code: str, alarms: bool, entry: Mapping[str, Any]) -> RuleCase:  # noqa: FBT001
    facts = {**UNIT, Fact.YEAR: str(entry.get("year", 2024))}
    facts |= {Fact(key): value for key, value in entry.get("facts", {}).items()}
    report = Report(entry.get("edition", "2021"), {key: value for key, value in facts.items() if value})
    report.headings = dict(entry.get("headings", {}))
    report.prose = dict.fromkeys(FORM.parts, "本年度按要求做好各项工作。") if entry.get("whole") else {}
    report.prose |= entry.get("prose", {})
    if "text" in entry:
        report.prose[entry.get("part", "overview.requests")] = entry["text"]
    if "other" in entry:
        report.prose["other_matters.text"] = entry["other"]
    if "numbers" in entry:
        report.cells = cells(entry["numbers"])
    report.reported = {CellRef.parse(key): value for key, value in entry.get("reported", {}).items()}
    report.finished = dict.fromkeys(entry.get("finished", []), True)
    for key, value in entry.get("odd", {}).items():
        report.cells[CellRef.parse(key)] = value if isinstance(value, int) else Decimal(value)
    report.unverified = dict.fromkeys(map(CellRef.parse, entry.get("unverified", [])), True)
    for key in entry.get("blank", []):
        report.cells.pop(CellRef.parse(key))
    if "kept_prose" in entry:
        before = (report.year or 0) - 1
        report.previous[before] = Snapshot("2021", {Fact.YEAR: str(before)}, entry["kept_prose"], {})
    last = None
    if "last" in entry or "last_prose" in entry:
        facts = {
            Fact.YEAR: str(entry.get("last_year", int(facts[Fact.YEAR]) - 1)),
            **entry.get("last_facts", {}),
        }
        last = Snapshot("2021", facts, entry.get("last_prose", {}), cells(entry.get("last", "")))
    return RuleCase(
        code, alarms, report, entry.get("today", TODAY), last, tuple(map(_other, entry.get("others", [])))
    )


def _other(entry: Mapping[str, Any]) -> Snapshot:
    facts = {Fact.FULL_NAME: entry.get("unit", ""), Fact.YEAR: str(entry.get("year", 2024))}
    return Snapshot("2021", {key: value for key, value in facts.items() if value}, entry["prose"], {})


def cells(numbers: str) -> dict[CellRef, Value]:
    """The cells that short names such as ``new 4, granted.enterprise 2`` stand for; the rest 0."""
    filled: dict[CellRef, Value] = {
        ref: Decimal(0) if kind.places else 0 for ref, kind in FORM.kind_of.items() if ref not in FORM.totals
    }
    for entry in filter(None, (part.strip() for part in numbers.split(","))):
        name, _, number = entry.partition(" ")
        ref = _ref(name)
        assert ref in filled, name
        filled[ref] = Decimal(number) if ref.row == "fees" else int(number)
    return filled


def _ref(name: str) -> CellRef:
    row, _, column = name.partition(".")
    if row in _DOCUMENTS:
        return CellRef("disclosure", "normative_documents", row)
    if row.startswith("regulations_"):
        return CellRef("disclosure", "regulations", row.removeprefix("regulations_"))
    if row in ("licences", "penalties", "coercive_measures"):
        return CellRef("disclosure", row, "decisions")
    if row == "fees":
        return CellRef("disclosure", "fees", "charged")
    if row.startswith(("reconsideration", "direct_suit", "suit_after")):
        return CellRef("disputes", "cases", row)
    return CellRef("requests", row, column or "person")
