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
    UNIT_ID = "unit_id"
    """The district's number for the unit, out of its .gkprofile; never published."""
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
        return FACTS[self].says


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


class FactGroup(StrEnum):
    """Facts that stand together in a report's file, under this key; those of no group stand by themselves."""

    NONE = ""
    UNIT = "unit"
    """Who the unit is: a profile keeps these too."""
    PRINTED = "printed"
    """As printed, where that is not the form's own."""
    STANDING = "standing"
    """How far the office has taken the report, which is no content of it; never published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSpec:
    """What is known of a fact.

    ``in_file`` says what stands in the file, where that is more than what a clerk calls it. What ``is_public`` is
    printed or known of any office; ``is_read`` says whether a file that is read may bring it into a report, and
    ``in_patterns`` whether the form's patterns may name it beside {unit}, the name in the title. ``hint`` stands in its
    empty field. One of ``choices`` is its value, if there are any.
    """

    says: str
    group: FactGroup
    is_public: bool
    is_read: bool
    in_file: str = ""
    in_patterns: bool = False
    hint: str = ""
    choices: type[StrEnum] | None = None


def _contact(says: str, hint: str = "") -> FactSpec:
    """How the unit is reached: public only where the prose has it, and named by the form's patterns."""
    return FactSpec(
        says=says, group=FactGroup.UNIT, is_public=False, is_read=True, in_patterns=True, hint=hint
    )


FACTS: Mapping[Fact, FactSpec] = {
    Fact.YEAR: FactSpec(
        says="报告年度",
        group=FactGroup.NONE,
        is_public=True,
        is_read=True,
        in_patterns=True,
        hint="四位数字",
    ),
    Fact.FULL_NAME: FactSpec(
        says="机关全称",
        group=FactGroup.UNIT,
        is_public=True,
        is_read=True,
        in_patterns=True,
        hint="例如：××县××镇人民政府",
    ),
    Fact.TITLE_NAME: FactSpec(
        says="标题用名",
        group=FactGroup.UNIT,
        is_public=True,
        is_read=True,
        in_file="标题用名；空表示用机关全称",
        hint="不填就用机关全称",
    ),
    Fact.UNIT_KIND: FactSpec(
        says="单位类型", group=FactGroup.UNIT, is_public=True, is_read=False, choices=UnitKind
    ),
    Fact.COUNTY: FactSpec(
        says="所属县（市、区）",
        group=FactGroup.UNIT,
        is_public=True,
        is_read=True,
        in_file="所属县（市、区）全称",
    ),
    Fact.CITY: FactSpec(
        says="所属市", group=FactGroup.UNIT, is_public=True, is_read=True, in_file="所属市（州、盟）全称"
    ),
    Fact.PROVINCE: FactSpec(
        says="所属省",
        group=FactGroup.UNIT,
        is_public=True,
        is_read=True,
        in_file="所属省（自治区、直辖市）全称",
    ),
    Fact.ADDRESS: _contact("地址"),
    Fact.POSTCODE: _contact("邮编", hint="6 位数字"),
    Fact.TELEPHONE: _contact("联系电话"),
    Fact.EMAIL: _contact("电子邮箱"),
    Fact.WEBSITE: _contact("公开网站"),
    Fact.UNIT_ID: FactSpec(
        says="单位编号",
        group=FactGroup.UNIT,
        is_public=False,
        is_read=False,
        in_file="单位在上级名单里的编号，不公开",
    ),
    Fact.TITLE: FactSpec(
        says="标题全文",
        group=FactGroup.PRINTED,
        is_public=True,
        is_read=False,
        in_file="标题全文，各行以换行分开；空表示按格式自动生成",
    ),
    Fact.CLOSING_UNIT: FactSpec(
        says="落款单位", group=FactGroup.PRINTED, is_public=True, is_read=True, hint="可以不写"
    ),
    Fact.CLOSING_DATE: FactSpec(
        says="落款日期",
        group=FactGroup.PRINTED,
        is_public=True,
        is_read=True,
        in_file="落款日期，如 2025年1月9日",
        hint="公布的日期",
    ),
    Fact.STATE: FactSpec(
        says="办理状态",
        group=FactGroup.STANDING,
        is_public=False,
        is_read=False,
        in_file="状态；空表示草稿",
        choices=State,
    ),
    Fact.REOPENED: FactSpec(
        says="重新打开的日期和原因",
        group=FactGroup.STANDING,
        is_public=False,
        is_read=False,
        in_file="每次重新打开的日期和原因，一行一次",
    ),
    Fact.DESPITE: FactSpec(
        says="有错误仍然送审、定稿、报送的日期",
        group=FactGroup.STANDING,
        is_public=False,
        is_read=False,
        in_file="每次有错误或待核实仍然送审、定稿、报送的日期和处数，一行一次",
    ),
}
"""The one table of facts: forms, profile, file, copies for others and reading take theirs from it."""


def facts_in(group: FactGroup) -> tuple[Fact, ...]:
    """The facts of that group, in the order of the form."""
    return tuple(fact for fact, spec in FACTS.items() if spec.group is group)


UNIT_FACTS = tuple(fact for fact in facts_in(FactGroup.UNIT) if fact is not Fact.UNIT_ID)
"""What a profile says of a unit that a report keeps too."""
NAMING_FACTS = (Fact.YEAR, Fact.FULL_NAME, Fact.TITLE_NAME)
"""What title and file are named by."""


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


_IN_PATTERNS = tuple(fact for fact, spec in FACTS.items() if spec.in_patterns)


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
