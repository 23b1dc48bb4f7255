"""The corpus of whole reports: made by changing consistent reports, and judged by where findings point.

A case says whether a careful reviewer names a mistake (``find``) or nothing (``silent``). Found is
an error or a warning that touches the place or the words of the case; any other error or warning
accuses falsely. Hints count for nothing. Sentences of the corpus are never printed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportdesk.checks.engine import Finding, Severity, check_report
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report, Snapshot, Value

CORPUS = Path(__file__).parent.parent / "tests" / "data" / "corpus"
CLEAN = "clean"
"""The family of the consistent reports themselves, as they are before any change."""
WHOLE_HALVES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
"""The folders of whole reports. From the third on each was written when the rules stood, by another hand."""

_COUNTED = (Severity.ERROR, Severity.WARNING)
_COLUMNS = ("person", "enterprise", "research", "welfare", "legal_service", "other")
_RESULTS = ("upheld", "corrected", "other_result", "pending")
_DOCUMENTS = ("issued", "repealed", "in_force")
_FACTS = {"kind": Fact.UNIT_KIND}
_REPORT_FACTS = (
    "full_name",
    "title_name",
    "kind",
    "county",
    "city",
    "province",
    "title",
    "closing_date",
    "closing_unit",
)


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A whole report, and what a careful reviewer says of it."""

    id: str
    family: str
    is_table: bool
    is_mistaken: bool
    says: str
    where: tuple[Mapping[str, Any], ...]
    allow: tuple[Mapping[str, Any], ...]
    """What may be named or not: a consequence of the mistake, or a matter of taste."""
    report: Report
    today: dt.date


@dataclass(slots=True)
class Judged:
    """What the rules made of a number of cases."""

    due: int = 0
    found: int = 0
    near: int = 0
    accused: int = 0
    """Reports without a mistake that were given an error or a warning."""
    false_on_clean: int = 0
    true_by_rule: Counter[str] = field(default_factory=Counter)
    false_by_rule: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def missed(self) -> int:
        """Mistakes that no finding touched."""
        return self.due - self.found


def read_whole_cases(half: str) -> Iterator[WholeCase]:
    """The cases of one half, the unchanged reports before them; nothing where the half is not there."""
    bases = {entry["id"]: entry for entry in _lines(half, "reports.jsonl")}
    for name, base in bases.items():
        yield make_case(base, {"id": f"{CLEAN}-{name}", "family": CLEAN, "want": "silent", "says": ""})
    for entry in _lines(half, "cases.jsonl"):
        yield make_case(bases[entry["base"]], entry)


def _lines(half: str, name: str) -> list[dict[str, Any]]:
    path = CORPUS / half / name
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def make_case(base: Mapping[str, Any], entry: Mapping[str, Any]) -> WholeCase:
    """The case's report: the base with the changes of the case."""
    year = entry.get("year_of", base["year"])
    form = load_form(entry.get("edition", "2021"))
    facts = {**{key: base[key] for key in _REPORT_FACTS if base.get(key)}, **entry.get("facts", {})}
    report = Report(
        form.edition, {_FACTS.get(key) or Fact(key): value for key, value in facts.items() if value}
    )
    report.facts[Fact.YEAR] = str(year)
    report.facts.setdefault(Fact.CLOSING_UNIT, base["full_name"])
    report.headings = {**base.get("headings", {}), **entry.get("headings", {})}
    report.prose = _prose(base["prose"], entry)
    report.cells = _cells(form, base, entry.get("cells", {}))
    for key in entry.get("blank", ()):
        del report.cells[CellRef.parse(key)]
    report.reported = {CellRef.parse(key): value for key, value in entry.get("reported", {}).items()}
    report.finished = dict.fromkeys(entry.get("finished") or [section.id for section in form.sections], True)
    last = entry.get("last")
    if last is not None:
        known = {Fact.YEAR: str(year - 1), Fact.FULL_NAME: base["full_name"]}
        report.previous[year - 1] = Snapshot(
            form.edition, known, last.get("prose", {}), _cells(form, last, {})
        )
    return WholeCase(
        entry["id"],
        entry["family"],
        entry.get("table", False),
        entry["want"] == "find",
        entry["says"],
        tuple(entry.get("where", ())),
        tuple(entry.get("allow", ())),
        report,
        dt.date(year + 1, 1, 20),
    )


def _prose(base: Mapping[str, str], entry: Mapping[str, Any]) -> dict[str, str]:
    """The base's prose with whole parts changed first, then words, then sentences added at the end."""
    prose = {**base, **entry.get("text", {})}
    for part, old, new in entry.get("swap", ()):
        if prose[part].count(old) != 1:
            raise ValueError(f"{entry['id']}: words to change must stand once in {part}")
        prose[part] = prose[part].replace(old, new)
    for part, sentence in entry.get("add", {}).items():
        prose[part] += sentence
    return {part: text for part, text in prose.items() if text}


def _cells(form: Form, base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[CellRef, Value]:
    """Every typed cell: 0, or what the base's short rows say, or what the case says."""
    cells = {
        ref: Decimal(0) if kind.places else 0 for ref, kind in form.kind_of.items() if ref not in form.totals
    }
    for key, value in {**_short_rows(base), **changes}.items():
        ref = CellRef.parse(key)
        if ref in cells:
            cells[ref] = value if isinstance(value, int) else Decimal(value)
    return cells


def _short_rows(base: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of a base, which gives a row of table three as a list, by cell."""
    cells: dict[str, Any] = {}
    for row, numbers in base.get("requests", {}).items():
        cells |= {f"requests.{row}.{column}": n for column, n in zip(_COLUMNS, numbers, strict=False)}
    for block, numbers in base.get("disputes", {}).items():
        cells |= {f"disputes.cases.{block}_{result}": n for result, n in zip(_RESULTS, numbers, strict=True)}
    documents = zip(_DOCUMENTS, base.get("documents", ()), strict=False)
    cells |= {f"disclosure.normative_documents.{column}": n for column, n in documents}
    cells["disclosure.licences.decisions"] = base.get("licences", 0)
    cells["disclosure.penalties.decisions"] = base.get("penalties", 0)
    cells["disclosure.coercive_measures.decisions"] = base.get("coercive", 0)
    cells["disclosure.fees.charged"] = base.get("fees", "0")
    return cells


def touches(finding: Finding, report: Report, anchor: Mapping[str, Any]) -> bool:
    """Whether a finding speaks of the anchor: a cell, a column, a part or words of it, or says certain words."""
    if "cell" in anchor:
        return CellRef.parse(anchor["cell"]) in finding.cells
    if "column" in anchor:
        return any(f"{cell.table}.{cell.column}" == anchor["column"] for cell in finding.cells)
    if "says" in anchor:
        return any(words in finding.message for words in anchor["says"])
    return finding.part == anchor["part"] and _touches_words(finding, report, anchor["words"])


def _touches_words(finding: Finding, report: Report, words: str) -> bool:
    if finding.span is None or not words:
        return words in finding.message
    return any(_overlap(finding.span, span) for span in _places(report.prose.get(finding.part, ""), words))


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def counted_findings(case: WholeCase) -> list[Finding]:
    """The errors and warnings that the rules give the case's report."""
    form = load_form(case.report.edition)
    found = check_report(form, case.report, case.today, case.report.last_year)
    return [finding for finding in found if finding.severity in _COUNTED]


def judge(cases: Iterable[WholeCase]) -> dict[str, Judged]:
    """The outcome by family."""
    outcome: dict[str, Judged] = {}
    for case in cases:
        _judge_one(case, outcome.setdefault(case.family, Judged()))
    return outcome


def _judge_one(case: WholeCase, judged: Judged) -> None:
    true, false = _parted(case)
    judged.true_by_rule.update(finding.code for finding in true)
    judged.false_by_rule.update(finding.code for finding in false)
    if case.is_mistaken:
        judged.due += 1
        judged.found += bool(true)
        if not true:
            judged.wrong.append(f"{case.id} missed")
    else:
        judged.near += 1
        judged.accused += bool(false)
        judged.false_on_clean += len(false)
    if false:
        judged.wrong.append(f"{case.id} false {' '.join(sorted({finding.code for finding in false}))}")


def _parted(case: WholeCase) -> tuple[list[Finding], list[Finding]]:
    """The findings that touch the mistake, and those that accuse falsely."""
    true, false = [], []
    for finding in counted_findings(case):
        if any(touches(finding, case.report, anchor) for anchor in case.where):
            true.append(finding)
        elif not any(touches(finding, case.report, anchor) for anchor in case.allow):
            false.append(finding)
    return true, false


def whole(outcome: Iterable[Judged]) -> Judged:
    """Several outcomes together."""
    total = Judged()
    for one in outcome:
        total.due += one.due
        total.found += one.found
        total.near += one.near
        total.accused += one.accused
        total.false_on_clean += one.false_on_clean
        total.true_by_rule += one.true_by_rule
        total.false_by_rule += one.false_by_rule
        total.wrong += one.wrong
    return total
