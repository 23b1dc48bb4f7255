"""What every rule on prose needs: its parts, its claims, numbers by role, and words for places.

No rule stands here.
"""

from __future__ import annotations

import bisect
import collections
import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportdesk.checks.claims.claim import Claim, Topic
from reportdesk.checks.claims.names import without_own_names
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.reading import read_claims
from reportdesk.checks.contents.completeness import is_undivided
from reportdesk.checks.contents.years import stale_years
from reportdesk.checks.engine import CheckContext, Found
from reportdesk.checks.names.place_names import own_names
from reportdesk.checks.reading_cache import kept, once_a_run
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, UnitKind, Value
from reportdesk.report.print_changes import name_part
from reportdesk.report.progress import is_written
from reportdesk.report.text.figures import show_figure

_QUOTED = 30
_NEAR = 14
"""Characters of a clause that are quoted before and after the words in question."""
_SENTENCE = re.compile(r"[^。；！？;!?\n]{1,400}")
_CLAUSE_ENDS = re.compile(r"[，。；！？：、,;!?\n]")
_NUMBERS = re.compile(r"[0-9,.％%０-９]+")
_REQUEST_WORDS = ("依申请公开", "信息公开申请")
_NO_WHOLE = frozenset({"partly", "period", "change", "plan"})
_COUNTS_ALL = (UnitKind.COUNTY, UnitKind.CITY)


@once_a_run
def parts_with_text(subject: CheckContext) -> Sequence[tuple[str, str]]:
    """Every part of the form that has prose, with the prose, in printed order."""
    prose = subject.report.prose
    return tuple(
        [(part, text) for part in subject.form.parts if (text := prose.get(part, "")) and not text.isspace()]
    )


@once_a_run
def read_plainly(subject: CheckContext, text: str) -> str:
    """The text as claims are read of it, place for place: words that the unit's own names hold tell of nothing."""
    return without_own_names(text, own_names(subject.report))


@once_a_run
def claims_by_part(subject: CheckContext) -> Sequence[tuple[str, str, tuple[Claim, ...]]]:
    """Every part with its prose and what it claims."""
    return tuple(_claims_by_part(subject))


def _claims_by_part(subject: CheckContext) -> Iterator[tuple[str, str, tuple[Claim, ...]]]:
    requests = subject.form.part_roles.get("requests")
    undivided = _undivided_part(subject, requests) if requests else ""
    for part, text in parts_with_text(subject):
        if part == undivided and part != requests:
            yield part, text, _claims_of_undivided(read_plainly(subject, text))
        else:
            yield part, text, read_claims(read_plainly(subject, text), **how_read(subject, part))


def how_read(subject: CheckContext, part: str) -> dict[str, bool]:
    """Whether a part is about requests, or may be: sections five and six tell of them too."""
    requests = subject.form.part_roles.get("requests")
    apart = section_of(subject, part) not in ("", section_of(subject, requests or ""))
    return {"about_requests": part == requests, "loosely": apart and requests is not None}


def _undivided_part(subject: CheckContext, within: str) -> str:
    """The part that holds the whole section of that part, written without its headings; empty if none does."""
    section = subject.form.section_of.get(within)
    if section is None or not is_undivided(subject.form, subject.report, section):
        return ""
    return next(part.id for part in section.parts if is_written(subject.report, part))


@kept
def _claims_of_undivided(text: str) -> tuple[Claim, ...]:
    """The claims of a text about everything: bare 申请 is one for disclosure where 许可 is not spoken of."""
    claims = read_claims(text)
    if not any(word in text for word in _REQUEST_WORDS):
        return claims
    known = {(claim.start, claim.end) for claim in claims}
    sentences = sentences_of(text)
    more = []
    for claim in read_claims(text, about_requests=True):
        at = sentences.at(claim.start)
        sentence = text[sentences.starts[at] : sentences.ends[at]]
        bare = (
            "申请" in sentence
            and "许可" not in sentence
            and "申请" in text[max(0, claim.start - 12) : claim.end + 6]
        )
        if claim.topic is Topic.REQUEST and bare and (claim.start, claim.end) not in known:
            more.append(claim)
    return tuple(sorted((*claims, *more), key=lambda claim: claim.start))


def whole_claims(
    subject: CheckContext,
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


def has_begun(subject: CheckContext) -> bool:
    """Whether anything but the opening, which the program drafts, is written yet."""
    return any(part != subject.form.opening.id for part, _ in parts_with_text(subject))


def section_of(subject: CheckContext, part: str) -> str:
    """The id of the section a part stands in; empty for the opening."""
    section = subject.form.section_of.get(part)
    return section.id if section else ""


def name_of_part(subject: CheckContext, part: str) -> str:
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


def figure(subject: CheckContext, role: str) -> Figure | None:
    """The sum of a role's cells; None if the edition lacks the role or one of them is blank."""
    return sum_of(subject, subject.form.cell_roles.get(role, ()))


def sum_of(subject: CheckContext, cells: tuple[CellRef, ...]) -> Figure | None:
    """The sum of the cells; None if there are none or one of them is blank."""
    whole: Value = 0
    for ref in cells:
        total = subject.totals.get(ref)
        value = total.value if total else subject.report.cells.get(ref)
        if value is None:
            return None
        whole += value
    return Figure(whole, cells) if cells else None


def is_comparable(subject: CheckContext, part: str, claim: Claim) -> bool:
    """Whether the claim speaks of the whole of this unit in the whole of this year."""
    if claim.precision is not Precision.EXACT or not _NO_WHOLE.isdisjoint(claim.marks):
        return False
    if "own" in claim.marks and unit_kind(subject) in (*_COUNTS_ALL, None):
        return False
    return is_of_this_year(subject, part, claim)


def is_of_this_year(subject: CheckContext, part: str, claim: Claim) -> bool:
    """Whether the claim is about the report's year, or about another by an oversight."""
    if claim.year is None or subject.report.year in (None, claim.year) or claim.deed == "carried":
        return True
    text = subject.report.prose.get(part, "")
    stale = stale_years(text, subject.report.year or 0, is_opening=part == subject.form.opening.id)
    return any(mention.start == claim.year_at for mention in stale)


@once_a_run
def unit_kind(subject: CheckContext) -> UnitKind | None:
    """The unit's kind: as it is given, else as its full name tells; None if neither does."""
    given = subject.report.facts.get(Fact.UNIT_KIND, "")
    if given in _KINDS:
        return _KINDS[given]
    name = subject.report.facts.get(Fact.FULL_NAME, "") or subject.report.name_in_title()
    return next((kind for ending, kind in _KIND_BY_NAME if ending.search(name)), None)


_KINDS = {kind.value: kind for kind in UnitKind}
_KIND_BY_NAME = (
    (re.compile(r"[镇乡](?:人民)?政府$|[镇乡]$"), UnitKind.TOWNSHIP),
    (re.compile(r"街道(?:办事处)?$"), UnitKind.STREET),
    (re.compile(r"[县旗区].+[局委办会队室中心]$"), UnitKind.COUNTY_DEPARTMENT),
    (re.compile(r"[县旗区](?:人民政府|政府)?$"), UnitKind.COUNTY),
    (re.compile(r"市.+[局委办会队室中心]$"), UnitKind.CITY_DEPARTMENT),
    (re.compile(r"[市州盟](?:人民政府|政府)?$"), UnitKind.CITY),
)


def prose_finding(subject: CheckContext, part: str, span: tuple[int, int], message: str) -> Found:
    """A finding about words of a part's prose; the sentence begins with the part's name."""
    text = subject.report.prose.get(part, "")
    whole = f"{name_of_part(subject, part)}{message}"
    sentences = sentences_of(text)
    number = sentences.at(span[0])
    sentence = (sentences.starts[number], sentences.ends[number])
    return Found(
        whole,
        section_of(subject, part),
        (),
        part,
        span,
        without_numbers(text[slice(*span)]),
        place=_place_of(text, span, sentence, sentences.numbers[number]),
        basis=f"{whole}\n{text[slice(*sentence)]}",
    )


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text, ； parting them too: where each begins and ends, and which of equal ones it is."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    numbers: tuple[int, ...]

    def at(self, place: int) -> int:
        """The sentence that holds the place or is the last before it."""
        return max(0, bisect.bisect_right(self.starts, place) - 1)


@kept
def sentences_of(text: str) -> Sentences:
    """The sentences of a part's prose; those that differ by their numbers only count as equal."""
    found = [match.span() for match in _SENTENCE.finditer(text)] or [(0, len(text))]
    met: collections.Counter[str] = collections.Counter()
    numbers = []
    for start, end in found:
        words = without_numbers(text[start:end])
        numbers.append(met[words])
        met[words] += 1
    return Sentences(tuple(start for start, _ in found), tuple(end for _, end in found), tuple(numbers))


def _place_of(text: str, span: tuple[int, int], sentence: tuple[int, int], number: int) -> str:
    """Tells words apart from equal ones: by their sentence less its numbers, and by their number in it."""
    words, around = text[slice(*span)], without_numbers(text[slice(*sentence)])
    before = text.count(words, sentence[0], span[0]) if words else 0
    digest = hashlib.sha256(around.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{digest}.{number}.{before}" if number or before else digest


def naming_cells(finding: Found, figures: Iterable[Figure]) -> Found:
    """The finding with the cells of the figures, each once."""
    return replace(finding, cells=tuple(dict.fromkeys(ref for one in figures for ref in one.cells)))


def mismatch(
    subject: CheckContext,
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
