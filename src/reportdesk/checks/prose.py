"""What every rule on prose needs: its parts, its claims, numbers by role, and words for places.

No rule stands here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from reportdesk.checks.claims.claim import Claim, Topic
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.reading import read_claims
from reportdesk.checks.engine import Found, Subject
from reportdesk.checks.years import stale_years
from reportdesk.form.spec import CellRef
from reportdesk.report.changes import name_part
from reportdesk.report.document import Fact, UnitKind, Value
from reportdesk.report.figures import show_figure

_QUOTED = 30
_NEAR = 14
"""Characters of a clause that are quoted before and after the words in question."""
_CLAUSE_ENDS = re.compile(r"[，。；！？：、,;!?\n]")
_NUMBERS = re.compile(r"[0-9,.％%０-９]+")
_NO_WHOLE = frozenset({"partly", "period", "change", "plan"})
_COUNTS_ALL = (UnitKind.COUNTY, UnitKind.CITY)


def parts_with_text(subject: Subject) -> Iterator[tuple[str, str]]:
    """Every part of the form that has prose, with the prose, in printed order."""
    for part in subject.form.parts:
        text = subject.report.prose.get(part, "")
        if text.strip():
            yield part, text


def claims_by_part(subject: Subject) -> Iterator[tuple[str, str, tuple[Claim, ...]]]:
    """Every part with its prose and what it claims."""
    requests = subject.form.part_roles.get("requests")
    for part, text in parts_with_text(subject):
        yield part, text, read_claims(text, about_requests=part == requests)


def whole_claims(
    subject: Subject,
    topics: Container[Topic],
    units: Container[str],
    barred: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, str, Claim]]:
    """The claims about those topics that speak of the whole of this unit and year, with part and prose.

    They count in one of the units, or deny; none bears a mark that is barred.
    """
    for part, text, claims in claims_by_part(subject):
        for claim in claims:
            if (
                claim.topic in topics
                and (claim.unit in units or claim.denied)
                and barred.isdisjoint(claim.marks)
                and is_comparable(subject, part, claim)
            ):
                yield part, text, claim


def has_begun(subject: Subject) -> bool:
    """Whether anything but the opening, which the program drafts, is written yet."""
    return any(part != subject.form.opening.id for part, _ in parts_with_text(subject))


def section_of(subject: Subject, part: str) -> str:
    """The id of the section a part stands in; empty for the opening."""
    section = subject.form.section_of.get(part)
    return section.id if section else ""


def name_of_part(subject: Subject, part: str) -> str:
    """The part in a clerk's words: 第一节“（二）依申请公开”."""
    form = subject.form
    section = form.section_of.get(part)
    heading = subject.report.heading(form.parts[part]).rstrip("。:： ")
    if section is None:
        return f"“{heading or name_part(form, part)}”"
    number = section.title.partition("、")[0]
    return f"第{number}节“{heading}”" if heading else f"第{number}节"


def quote(text: str, start: int, end: int) -> str:
    """The words in quotation marks, shortened in their middle if they are long."""
    return f"“{_shortened(text[start:end])}”"


def quote_clause(text: str, start: int, end: int) -> str:
    """The clause around the words in quotation marks; of a long one what is near, … where it goes on."""
    before = _CLAUSE_ENDS.split(text[max(0, start - _NEAR - 1) : start])[-1]
    after = _CLAUSE_ENDS.split(text[end : end + _NEAR + 1])[0]
    if len(before) > _NEAR:
        before = f"…{before[-_NEAR:]}"
    if len(after) > _NEAR:
        after = f"{after[:_NEAR]}…"
    return f"“{before.lstrip()}{_shortened(text[start:end])}{after.rstrip()}”"


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    half = _QUOTED // 2
    return words if len(words) <= _QUOTED else f"{words[:half]}…{words[-half:]}"


def without_numbers(words: str) -> str:
    """The words less their digits: names a place in the prose whatever number stands there."""
    return _NUMBERS.sub("#", words)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a role counts in the tables: the cells and their sum."""

    value: Value
    cells: tuple[CellRef, ...]


def figure(subject: Subject, role: str) -> Figure | None:
    """The sum of a role's cells; None if the edition lacks the role or one of them is blank."""
    return sum_of(subject, subject.form.cell_roles.get(role, ()))


def sum_of(subject: Subject, cells: tuple[CellRef, ...]) -> Figure | None:
    """The sum of the cells; None if there are none or one of them is blank."""
    whole: Value = 0
    for ref in cells:
        total = subject.totals.get(ref)
        value = total.value if total else subject.report.cells.get(ref)
        if value is None:
            return None
        whole += value
    return Figure(whole, cells) if cells else None


def is_comparable(subject: Subject, part: str, claim: Claim) -> bool:
    """Whether the claim speaks of the whole of this unit in the whole of this year."""
    if claim.precision is not Precision.EXACT or not _NO_WHOLE.isdisjoint(claim.marks):
        return False
    if "own" in claim.marks and unit_kind(subject) in (*_COUNTS_ALL, None):
        return False
    return is_of_this_year(subject, part, claim)


def is_of_this_year(subject: Subject, part: str, claim: Claim) -> bool:
    """Whether the claim is about the report's year, or about another by an oversight."""
    if claim.year is None or subject.report.year in (None, claim.year) or claim.deed == "carried":
        return True
    text = subject.report.prose.get(part, "")
    stale = stale_years(text, subject.report.year or 0, is_opening=part == subject.form.opening.id)
    return any(mention.start == claim.year_at for mention in stale)


def unit_kind(subject: Subject) -> UnitKind | None:
    """The unit's kind: as it is given, else as its full name tells; None if neither does."""
    given = subject.report.facts.get(Fact.UNIT_KIND, "")
    if given in set(UnitKind):
        return UnitKind(given)
    name = subject.report.facts.get(Fact.FULL_NAME, "") or subject.report.name_in_title()
    return next((kind for ending, kind in _KIND_BY_NAME if ending.search(name)), None)


_KIND_BY_NAME = (
    (re.compile(r"[镇乡](?:人民)?政府$|[镇乡]$"), UnitKind.TOWNSHIP),
    (re.compile(r"街道(?:办事处)?$"), UnitKind.STREET),
    (re.compile(r"[县旗区].+[局委办会队室中心]$"), UnitKind.COUNTY_DEPARTMENT),
    (re.compile(r"[县旗区](?:人民政府|政府)?$"), UnitKind.COUNTY),
    (re.compile(r"市.+[局委办会队室中心]$"), UnitKind.CITY_DEPARTMENT),
    (re.compile(r"[市州盟](?:人民政府|政府)?$"), UnitKind.CITY),
)


def prose_finding(subject: Subject, part: str, span: tuple[int, int], message: str) -> Found:
    """A finding about words of a part's prose; the sentence begins with the part's name."""
    words = subject.report.prose.get(part, "")[slice(*span)]
    return Found(
        f"{name_of_part(subject, part)}{message}",
        section_of(subject, part),
        (),
        part,
        span,
        without_numbers(words),
    )


def naming_cells(finding: Found, figures: Iterable[Figure]) -> Found:
    """The finding with the cells of the figures, each once."""
    return replace(finding, cells=tuple(dict.fromkeys(ref for one in figures for ref in one.cells)))


def mismatch(
    subject: Subject,
    place: tuple[str, str],
    claim: Claim,
    expected: str,
    figures: Iterable[Figure],
) -> Found:
    """A number of the prose that no number of the tables bears out; ``place`` is part and text."""
    part, text = place
    said = "没有" if claim.denied else show_figure(claim.value)
    message = (
        f"写{quote_clause(text, claim.start, claim.end)}（{said}），{expected}，两处对不上。"
        "请核对文字和表，改正写错的一处；统计口径不同的，写一句说明。"
    )
    span = (claim.start, claim.end)
    return naming_cells(prose_finding(subject, part, span, message), figures)
