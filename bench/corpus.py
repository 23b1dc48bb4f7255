"""The labelled corpus of the checks: reading its cases, and counting what is found and missed.

Sentences of the corpus are never printed: the second half is kept from the authors of rules.
"""

from __future__ import annotations

import collections
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportdesk.checks.engine import Finding, check_report
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report, Snapshot, Value

CORPUS = Path(__file__).parent.parent / "tests" / "data" / "corpus"
HALVES = ("first", "second")
_PARTED = {"APP-5": "APP-6", "TXT-3": "TXT-21", "YR-5": "YR-6"}
"""Rules of which a hint has become one of its own since the cases were labelled: the label means either."""
_FACTS = {"kind": Fact.UNIT_KIND}


@dataclass(frozen=True, slots=True)
class Case:
    """A report made for one judgement, and the codes that it must and must not bring."""

    id: str
    alarms: frozenset[str]
    silent: frozenset[str]
    report: Report
    today: dt.date
    last: Snapshot | None
    words: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """Counts of one rule: alarms that were due, those found, and alarms where none was due."""

    due: int = 0
    found: int = 0
    near: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)
    """Ids of the cases that came out wrong."""


def read_cases(half: str) -> Iterator[Case]:
    """The cases of one half, file by file."""
    form = load_form("2021")
    for path in sorted((CORPUS / half).glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("case", []):
            yield _case(form, entry)


def score(half: str) -> dict[str, Score]:
    """What the rules make of one half, by rule."""
    form = load_form("2021")
    scores: dict[str, Score] = collections.defaultdict(Score)
    for case in read_cases(half):
        brought = {finding.code for finding in findings_of(form, case)}
        brought |= {code for code, hint in _PARTED.items() if hint in brought}
        for code in case.alarms:
            scores[code].due += 1
            if code in brought:
                scores[code].found += 1
            else:
                scores[code].wrong.append(f"{case.id} missed")
        for code in case.silent:
            scores[code].near += 1
            if code in brought:
                scores[code].false += 1
                scores[code].wrong.append(f"{case.id} false")
    return dict(sorted(scores.items()))


def findings_of(form: Form, case: Case) -> list[Finding]:
    """All that the rules find in a case."""
    return check_report(form, case.report, case.today, case.last)


def _case(form: Form, entry: Mapping[str, Any]) -> Case:
    year = entry.get("year", 2024)
    report = Report(form.edition, _facts(entry, year))
    report.prose = {part: text for part, text in entry.get("prose", {}).items() if text}
    report.cells = _cells(form, entry)
    report.reported = {CellRef.parse(key): _number(value) for key, value in entry.get("reported", {}).items()}
    report.finished = dict.fromkeys(entry.get("finished", []), True)
    today = entry.get("today", f"{year + 1}-01-15")
    return Case(
        entry["id"],
        frozenset(entry.get("alarms", [])),
        frozenset(entry.get("silent", [])),
        report,
        today if isinstance(today, dt.date) else dt.date.fromisoformat(today),
        _last(form, entry.get("last")),
        tuple(entry.get("words", [])),
    )


def _facts(entry: Mapping[str, Any], year: int) -> dict[Fact, str]:
    facts = {_FACTS.get(key) or Fact(key): value for key, value in entry.get("unit", {}).items() if value}
    facts[Fact.YEAR] = str(year)
    for key in ("title", "closing_date"):
        if entry.get(key):
            facts[Fact(key)] = entry[key]
    return facts


def _cells(form: Form, entry: Mapping[str, Any]) -> dict[CellRef, Value]:
    cells: dict[CellRef, Value] = {}
    if "fill" in entry:
        for ref, kind in form.kind_of.items():
            if ref not in form.totals:
                cells[ref] = Decimal(entry["fill"]) if kind.places else entry["fill"]
    cells |= {CellRef.parse(key): _number(value) for key, value in entry.get("cells", {}).items()}
    return cells


def _number(value: object) -> Value:
    return value if isinstance(value, int) else Decimal(str(value))


def _last(form: Form, entry: Mapping[str, Any] | None) -> Snapshot | None:
    if entry is None:
        return None
    year = entry["year"]
    return Snapshot(form.edition, {Fact.YEAR: str(year)}, dict(entry.get("prose", {})), _cells(form, entry))
