"""The same told twice with two numbers, wherever the two places stand."""

from __future__ import annotations

from collections.abc import Iterator

from reportdesk.checks.claims.counted import exceeds, read_counted
from reportdesk.checks.claims.facts import Fact, read_facts
from reportdesk.checks.claims.tokens import read_sentences, written_unit
from reportdesk.checks.claims.totals import THING, is_changed_about, read_totals
from reportdesk.checks.claims.yearly import Halves, read_parts_of_year
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import name_of_part, parts_with_text, prose_finding, quote_clause

_LEAD = 16
_MOST_OF_ONE_SORT = 8
"""Numbers of the same digits that are laid beside a further one: real reports have one or two."""


@check(
    "CMP-3",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第五十条：年度报告数据应当准确（前后一致）",
)
def cmp_3(subject: CheckContext) -> Iterator[Found]:
    """同一件事在两处写了件数、个数的（如全年公开信息多少条、有多少个村），两处的数应相同。"""
    year = subject.report.year
    told: dict[tuple[str, str], tuple[str, str, Fact]] = {}
    for part, text in parts_with_text(subject) if year is not None else ():
        for fact in read_facts(text, year or 0):
            earlier = told.setdefault((fact.key, fact.unit), (part, text, fact))
            if earlier[2].contradicts(fact):
                yield _finding(subject, (part, text, fact), earlier)
    if year is not None:
        yield from _changed_about(subject, year)
        yield from _counted_twice(subject)
        yield from _parts_of_year(subject, year)


def _counted_twice(subject: CheckContext) -> Iterator[Found]:
    """So many places or meetings in one part, and another number of them in another."""
    told: dict[str, tuple[str, str, Fact]] = {}
    for part, text in parts_with_text(subject):
        for fact in read_counted(text):
            part_of, words, earlier = told.setdefault(fact.key, (part, text, fact))
            if fact.whole and not earlier.whole:
                told[fact.key] = (part, text, fact)
            if part_of != part and exceeds(earlier, fact):
                yield _finding(subject, (part, text, fact), (part_of, words, earlier))


def _parts_of_year(subject: CheckContext, year: int) -> Iterator[Found]:
    """上半年21条、下半年65条 in one part, 全年公开信息77条 in another."""
    parts = [(part, text, one) for part, text in parts_with_text(subject) for one in read_parts_of_year(text)]
    if not parts:
        return
    told = [(part, text, fact) for part, text in parts_with_text(subject) for fact in read_totals(text, year)]
    for part, text, one in parts:
        things = set(THING.findall(text[one.start - _LEAD if one.start > _LEAD else 0 : one.end]))
        alike = [
            place
            for place in told
            if place[2].whole
            and place[2].unit == one.unit
            and not things.isdisjoint(place[2].key.split("、"))
        ]
        if one.whole is None and alike and not _is_told(subject, one):
            fact = Fact(alike[0][2].key, one.unit, one.added, one.start, one.end, whole=True)
            yield _finding(subject, (part, text, fact), alike[0])


def _is_told(subject: CheckContext, added: Halves) -> bool:
    """Whether some number of the report is what the parts come to."""
    return any(
        number.numeral.value == added.added and written_unit(sentence.text, number) == added.unit
        for _, text in parts_with_text(subject)
        for sentence in read_sentences(text)
        for number in sentence.numbers
    )


def _changed_about(subject: CheckContext, year: int) -> Iterator[Found]:
    """415条 in one part and 全年公开的451条 in another: digits changed about in a number of the whole year."""
    told: dict[tuple[str, str], list[tuple[str, str, Fact]]] = {}
    for part, text in parts_with_text(subject):
        for fact in read_totals(text, year):
            near = told.setdefault(("".join(sorted(str(fact.value))), fact.unit), [])
            for other in near:
                if other[0] != part and is_changed_about(other[2], fact):
                    yield _finding(subject, (part, text, fact), other)
                    break
            if len(near) < _MOST_OF_ONE_SORT and all(other[2].value != fact.value for other in near):
                near.append((part, text, fact))


def _finding(subject: CheckContext, here: tuple[str, str, Fact], there: tuple[str, str, Fact]) -> Found:
    part, text, fact = here
    other_part, other_text, other = there
    place = "前面" if other_part == part else name_of_part(subject, other_part)
    message = (
        f"写{quote_clause(text, fact.start, fact.end)}，{place}写"
        f"{quote_clause(other_text, other.start, other.end)}，两处不一致。"
        "请核对后改正写错的一处；说的不是同一件事的，写一句说明。"
    )
    return prose_finding(subject, part, (fact.start, fact.end), message)
