"""A unit as its profile says it: its facts, by when it hands in, where, and which files. Values only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from reportdesk.report.document import Fact

FORMAT = "reportdesk-profile"
VERSION = 1
MAX_UNITS = 5_000
ID = "id"
"""The key of the district's number for the unit, which need not be given."""


class HandIn(StrEnum):
    """A file that a district asks for."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    HTML = "html"
    GKNB = "gknb"
    SCAN = "scan"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _HAND_IN[self]


_HAND_IN: Mapping[HandIn, str] = {
    HandIn.DOCX: "Word 文件",
    HandIn.PDF: "PDF 文件",
    HandIn.XLSX: "Excel 文件",
    HandIn.HTML: "网页",
    HandIn.GKNB: "年报文件（.gknb）",
    HandIn.SCAN: "盖章扫描件",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which the report is due, in the year after the one it is about."""

    month: int
    day: int

    def after(self, report_year: int) -> dt.date:
        """The day on which the report of that year is due; 29 February falls on the 28th."""
        year = report_year + 1
        try:
            return dt.date(year, self.month, self.day)
        except ValueError:
            return dt.date(year, self.month, self.day - 1)

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """One unit. ``facts`` holds those of ``UNIT_FACTS`` that are given, a full name always.

    ``report_to`` is where the report is handed in, such as an e-mail address. ``extras`` holds the
    unit's number under ``ID`` too, so that what only passes a profile on passes it on.
    """

    facts: Mapping[Fact, str]
    deadline: Deadline | None = None
    report_to: str = ""
    hand_in: tuple[HandIn, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """机关全称."""
        return self.facts[Fact.FULL_NAME]

    @property
    def unit_id(self) -> str:
        """The district's number for the unit, empty if the profile has none."""
        return str(self.extras.get(ID, ""))

    @property
    def says(self) -> str:
        """The unit in a list to pick from: its full name and where it lies."""
        place = "".join(self.facts.get(fact, "") for fact in (Fact.PROVINCE, Fact.CITY, Fact.COUNTY))
        return f"{self.full_name}（{place}）" if place else self.full_name
