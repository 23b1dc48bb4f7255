"""Whose report a published file shows: unit, year and 核对码, as the file's keywords name them.

All three are printed or derived from what is. The program reads them back before it writes over a
file that stands under the same name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportdesk.form.spec import Form
from reportdesk.report.check_code import ALPHABET, LENGTH, check_code
from reportdesk.report.document import Fact, Report

_LONGEST_UNIT = 200
"""Characters of a unit's name: Office keeps 255 of all keywords together."""
_WORDS = re.compile(
    rf"(?P<unit>.{{0,{_LONGEST_UNIT}}})；(?P<year>[0-9]{{4}})?年(?:；核对码 (?P<code>[{ALPHABET}]{{{LENGTH}}}))?"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """The report of a unit for a year; ``code`` says which wording and numbers, empty if that is not known."""

    unit: str
    year: str
    code: str = ""

    @property
    def words(self) -> str:
        """As a file's keywords."""
        return f"{self.unit}；{self.year}年{f'；核对码 {self.code}' if self.code else ''}"

    @property
    def says(self) -> str:
        """The report in a sentence for the clerk."""
        year = f"{self.year}年" if self.year else ""
        code = f"（核对码 {self.code}）" if self.code else ""
        return f"“{self.unit}”{year}的年报{code}"

    def is_other_than(self, own: Identity) -> bool:
        """Whether it is surely another report: of another unit, or for another year where both are known."""
        return self.unit != own.unit or (self.year != own.year and bool(self.year or self.code))


def identity_of(form: Form, report: Report) -> Identity:
    """The report's own."""
    unit = " ".join(report.facts.get(Fact.FULL_NAME, "").split())[:_LONGEST_UNIT]
    return Identity(unit, str(report.year or ""), check_code(form, report))


def read_identity(words: str) -> Identity | None:
    """What a file's keywords name; None if they are not ours."""
    match = _WORDS.fullmatch(words.strip())
    return Identity(match["unit"], match["year"] or "", match["code"] or "") if match else None
