"""The report at hand, in memory: a few mappings that edits change and everything else reads.

Answers for what a report holds. The file it is kept in is ``file_model``'s and ``codec``'s;
changing it is ``edits``' alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from reportdesk.form.spec import DEFAULT_FAMILY, CellRef, Form, Part
from reportdesk.report.records import Contribution, HandedIn, Notice
from reportdesk.report.text.draft_pattern import fill_pattern

_YEAR = re.compile(r"(19|[2-9][0-9])[0-9]{2}")

Value = int | Decimal
"""A number of fact: whole numbers are int, amounts in 万元 are Decimal, as they were written."""


class Fact(StrEnum):
    """A short text about the report or its unit; absent means not given."""

    YEAR = "year"
    FULL_NAME = "full_name"
    TITLE_NAME = "title_name"
    """What the unit is called in the title, which need not be its full name."""
    UNIT_KIND = "unit_kind"
    """A value of ``UnitKind``."""
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    """The three that the unit lies in, by their full names."""
    ADDRESS = "address"
    POSTCODE = "postcode"
    TELEPHONE = "telephone"
    EMAIL = "email"
    WEBSITE = "website"
    TITLE = "title"
    """The whole printed title where the clerk wrote an own one, lines parted by a line feed."""
    CLOSING_UNIT = "closing_unit"
    CLOSING_DATE = "closing_date"
    STATE = "state"
    """How far the office has taken the report, a value of ``State``; absent while a draft."""
    REOPENED = "reopened"
    """When and why it was taken back to be changed, a line each time; never published."""
    DESPITE = "despite"
    """When it was handed on with errors or 待核实, a line each time; never published."""

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _FACTS[self]


_FACTS: Mapping[Fact, str] = {
    Fact.YEAR: "报告年度",
    Fact.FULL_NAME: "机关全称",
    Fact.TITLE_NAME: "标题用名",
    Fact.UNIT_KIND: "单位类型",
    Fact.COUNTY: "所属县（市、区）",
    Fact.CITY: "所属市",
    Fact.PROVINCE: "所属省",
    Fact.ADDRESS: "地址",
    Fact.POSTCODE: "邮编",
    Fact.TELEPHONE: "联系电话",
    Fact.EMAIL: "电子邮箱",
    Fact.WEBSITE: "公开网站",
    Fact.TITLE: "标题全文",
    Fact.CLOSING_UNIT: "落款单位",
    Fact.CLOSING_DATE: "落款日期",
    Fact.STATE: "办理状态",
    Fact.REOPENED: "重新打开的日期和原因",
    Fact.DESPITE: "有错误仍然送审、定稿、报送的日期",
}


class State(StrEnum):
    """Where a report stands on its way through the office."""

    DRAFT = "draft"
    REVIEW = "review"
    FINAL = "final"
    SUBMITTED = "submitted"
    RETURNED = "returned"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _STATES[self]

    @property
    def is_read_only(self) -> bool:
        """Whether the report may not be changed: it is signed or handed in."""
        return self in (State.FINAL, State.SUBMITTED)


_STATES: Mapping[State, str] = {
    State.DRAFT: "草稿",
    State.REVIEW: "送审",
    State.FINAL: "定稿",
    State.SUBMITTED: "已报送",
    State.RETURNED: "退回",
}


class UnitKind(StrEnum):
    """单位类型: decides which rules speak, such as that a township makes no 规章."""

    TOWNSHIP = "township"
    STREET = "street"
    COUNTY = "county"
    COUNTY_DEPARTMENT = "county_department"
    CITY = "city"
    CITY_DEPARTMENT = "city_department"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _UNIT_KINDS[self]


_UNIT_KINDS: Mapping[UnitKind, str] = {
    UnitKind.TOWNSHIP: "乡镇人民政府",
    UnitKind.STREET: "街道办事处",
    UnitKind.COUNTY: "县（市、区）人民政府",
    UnitKind.COUNTY_DEPARTMENT: "县（市、区）政府部门",
    UnitKind.CITY: "市（州、盟）人民政府",
    UnitKind.CITY_DEPARTMENT: "市（州、盟）政府部门",
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Last year's report as it was when it was taken in; read-only.

    ``source`` names where it came from, ``digest`` is the SHA-256 of that file.
    """

    edition: str
    facts: Mapping[Fact, str]
    prose: Mapping[str, str]
    cells: Mapping[CellRef, Value]
    source: str = ""
    digest: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A 说明: why a warning is right as it stands.

    ``settles`` is the fingerprint of what was found; the finding comes back when it changes.
    """

    text: str
    settles: str
    extras: Mapping[str, Any] = field(default_factory=dict)


@functools.lru_cache(maxsize=16)
def _year_of(written: str) -> int | None:
    return int(written) if _YEAR.fullmatch(written) else None


@dataclass(slots=True)
class Report:
    """One office's annual report.

    Blank is not zero: a cell that is not filled is absent from ``cells``. Totals are never
    stored. ``prose`` and ``headings`` are keyed by part id, ``headings`` only where the
    printed heading is not the official one; paragraphs are parted by a line feed.
    ``reported`` holds totals that an imported file states. ``unverified`` marks 待核实,
    ``finished`` the sections marked 完成. ``previous`` holds last year's report by its year,
    ``explanations`` the 说明 by the finding that each settles, ``hand_ins`` each 报送 by its number,
    ``sources`` what the offices gave for a cell, ``notices`` what the district says, by id. ``family``
    is the form's. ``extras`` keeps unknown fields of the file.
    """

    edition: str
    facts: dict[Fact, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    prose: dict[str, str] = field(default_factory=dict)
    cells: dict[CellRef, Value] = field(default_factory=dict)
    remarks: dict[CellRef, str] = field(default_factory=dict)
    unverified: dict[CellRef, bool] = field(default_factory=dict)
    reported: dict[CellRef, Value] = field(default_factory=dict)
    finished: dict[str, bool] = field(default_factory=dict)
    previous: dict[int, Snapshot] = field(default_factory=dict)
    explanations: dict[str, Explanation] = field(default_factory=dict)
    hand_ins: dict[int, HandedIn] = field(default_factory=dict)
    sources: dict[CellRef, tuple[Contribution, ...]] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    family: str = DEFAULT_FAMILY
    extras: Mapping[str, Any] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year that the report is about; None while it is not given."""
        return _year_of(self.facts.get(Fact.YEAR, ""))

    @property
    def state(self) -> State:
        """Where the report stands; a state that this version does not know counts as a draft."""
        named = self.facts.get(Fact.STATE, "")
        return State(named) if named in set(State) else State.DRAFT

    @property
    def last_year(self) -> Snapshot | None:
        """The snapshot of the year before this report's, None if it was not taken in."""
        return None if self.year is None else self.previous.get(self.year - 1)

    def name_in_title(self) -> str:
        """标题用名, or the full name where there is none; empty if neither is given."""
        return self.facts.get(Fact.TITLE_NAME) or self.facts.get(Fact.FULL_NAME, "")

    def title_lines(self, form: Form) -> tuple[str, ...]:
        """The printed title's lines: the clerk's own, else the form's filled in."""
        own = self.facts.get(Fact.TITLE)
        if own:
            return tuple(line for line in own.split("\n") if line.strip())
        return tuple(line for line in (self.fill_in(line) for line in form.title) if line)

    def heading(self, part: Part) -> str:
        """The part's printed heading: the clerk's own, else the official one."""
        return self.headings.get(part.id, part.heading)

    def fill_in(self, pattern: str) -> str:
        """Put unit, year and what else is known into a pattern of the form, such as its title or opening."""
        known = {fact.value: self.facts.get(fact, "") for fact in _IN_PATTERNS}
        return fill_pattern(pattern, {**known, "unit": self.name_in_title()})


_IN_PATTERNS = (
    Fact.YEAR,
    Fact.FULL_NAME,
    Fact.ADDRESS,
    Fact.POSTCODE,
    Fact.TELEPHONE,
    Fact.EMAIL,
    Fact.WEBSITE,
)
"""What a pattern may name beside {unit}, which is the name in the title."""


def new_report(form: Form, year: int, full_name: str, title_name: str = "") -> Report:
    """A blank report with the form's drafts, such as the opening, filled in; an empty name is not given."""
    named = {Fact.YEAR: str(year), Fact.FULL_NAME: full_name, Fact.TITLE_NAME: title_name}
    facts = {fact: text for fact, text in named.items() if text}
    report = Report(form.edition, facts, family=form.family)
    report.prose.update(drafts(form, report))
    return report


def drafts(form: Form, report: Report) -> dict[str, str]:
    """What the form's drafts say by the report's facts, by the id of their part."""
    return {part.id: report.fill_in(part.draft) for part in form.parts.values() if part.draft}
