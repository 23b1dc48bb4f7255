"""Made-up reports and edits for property tests. Each strategy takes the form it must suit.

A strategy is made once for all examples: making one costs more than drawing from it.
"""

import datetime as dt
import functools
import string
from collections.abc import Mapping
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from reportdesk.form.spec import CellKind, CellRef, Form, Section
from reportdesk.report.document import Explanation, Fact, Report, Snapshot, State, UnitKind, Value
from reportdesk.report.edits import (
    Edit,
    Slot,
    TextChange,
    change_text,
    set_cells,
    set_entry,
    set_fact,
    set_heading,
)
from reportdesk.report.records import Contribution, HandedIn, Notice, NoticeKind, NoticeState

DEAR = settings().max_examples // 4
"""How many examples of a law that is dear to try, such as one that writes a whole file and reads it again."""

CHINESE = "年报公开政府信息件，。（）“”〔〕零一二三０１２ａ\u3000"
text = st.text(st.one_of(st.sampled_from(CHINESE), st.characters(codec="utf-8")), max_size=40)
"""Any text that a file can hold: Chinese mostly, but also controls, emoji and line feeds."""
written = text.filter(lambda words: words != "")


@functools.cache
def values(kind: CellKind) -> st.SearchStrategy[Value]:
    """Numbers that suit a cell of the kind."""
    lowest = -(10**9) if kind.signed else 0
    whole = st.integers(lowest, 10**9) | st.integers(-9 if kind.signed else 0, 9)
    if not kind.places:
        return whole

    def shift(digits: int, places: int) -> Decimal:
        return Decimal(digits).scaleb(-places)

    return st.builds(shift, whole, st.integers(0, kind.places))


def typed_cells(form: Form) -> list[CellRef]:
    """The cells that a clerk fills in."""
    return [ref for ref in form.kind_of if ref not in form.totals]


@functools.cache
def _typed(form: Form, max_size: int | None) -> st.SearchStrategy[list[CellRef]]:
    typed = typed_cells(form)
    some = st.lists(st.sampled_from(typed), unique=True, max_size=max_size or 20)
    return some if max_size else st.just(typed) | some


@st.composite
def cells(draw: st.DrawFn, form: Form, *, max_size: int | None = None) -> dict[CellRef, Value]:
    """Some typed cells with fitting numbers; often all of them, often none."""
    wanted = draw(_typed(form, max_size))
    # True random numbers are one draw, of their seed; hypothesis' own would be two draws for each of 150 cells.
    randoms = draw(st.randoms(use_true_random=True))
    return {ref: _any_value(form.kind_of[ref], randoms.randint(0, 12), randoms.random()) for ref in wanted}


def _any_value(kind: CellKind, size: int, share: float) -> Value:
    digits = int(share * 10 ** min(size, 9))
    if kind.signed and size % 2:
        digits = -digits
    return Decimal(digits).scaleb(-(size % (kind.places + 1))) if kind.places else digits


def some_of(keys: list[str], entries: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    """A mapping from some of the keys."""
    return st.dictionaries(st.sampled_from(keys), entries, max_size=4) if keys else st.just({})


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)
_unknown_keys = st.text(string.ascii_lowercase, min_size=1, max_size=6).map("x_{}".format)
extras = st.dictionaries(_unknown_keys, json_values, max_size=2)
"""Fields that this version does not know."""


moments = st.datetimes(
    dt.datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    dt.datetime(2100, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=8))]),
).map(lambda at: at.replace(microsecond=0, fold=0))
_open = st.none() | st.integers(0, 9)
hand_ins = st.builds(HandedIn, moments, text, text, text, _open, _open, text, text, extras)
notices = st.builds(
    Notice,
    moments,
    sender=text,
    text=text,
    kind=st.sampled_from(NoticeKind).map(str),
    place=text,
    words=text,
    objected=text,
    due=st.dates().map(str) | st.just(""),
    state=st.sampled_from(NoticeState).map(str),
    answer=text,
    return_id=text,
    also=st.dictionaries(st.just("requests.new.person"), text, max_size=1),
    start=st.integers(-1, 99),
    times=st.integers(0, 9),
    part_digest=text,
    beside=text,
    extras=extras,
)


@functools.cache
def contributions(kind: CellKind) -> st.SearchStrategy[list[Contribution]]:
    """What some offices say of a cell of the kind."""
    one = st.builds(Contribution, text, st.none() | values(kind), text, extras)
    return st.lists(one, min_size=1, max_size=2)


_facts = st.dictionaries(st.sampled_from(list(Fact)), written, max_size=4)
_unit_kinds, _states, _years = st.sampled_from(UnitKind), st.sampled_from(State), st.integers(1900, 9999)
_explanations = st.dictionaries(written, st.builds(Explanation, written, written, extras), max_size=2)
_hand_ins = st.dictionaries(st.integers(1, 999), hand_ins, max_size=2)
_notices = st.dictionaries(st.text(CHINESE, min_size=1, max_size=9), notices, max_size=2)
_either = st.booleans()


@functools.cache
def _words(form: Form) -> st.SearchStrategy[dict[str, str]]:
    """Prose or headings of some parts."""
    return some_of(list(form.parts), written)


@functools.cache
def _marks(form: Form) -> st.SearchStrategy[list[CellRef]]:
    """A few cells."""
    return st.lists(st.sampled_from(list(form.kind_of)), unique=True, max_size=4)


@functools.cache
def _last_years(form: Form) -> st.SearchStrategy[list[Snapshot]]:
    """One last year, or none."""
    return st.lists(snapshots(form), max_size=1)


@st.composite
def reports(draw: st.DrawFn, form: Form) -> Report:
    """Any report in the form: blank, partly or wholly filled, with remarks, marks and extras."""
    numbers = draw(cells(form))
    facts: dict[Fact, str] = draw(_facts)
    for limited in (Fact.YEAR, Fact.UNIT_KIND, Fact.STATE):
        facts.pop(limited, None)
    if draw(_either):
        facts[Fact.UNIT_KIND] = draw(_unit_kinds).value
        facts[Fact.STATE] = draw(_states).value
    if draw(_either):
        facts[Fact.YEAR] = str(draw(_years))
    marks = _marks(form)
    totals = sorted(form.totals)
    group = draw(extras)
    return Report(
        edition=form.edition,
        facts=facts,
        headings=draw(_words(form)),
        prose=draw(_words(form)),
        cells=numbers,
        remarks={ref: draw(written) for ref in draw(marks)},
        unverified=dict.fromkeys(draw(marks), True),
        reported={ref: draw(values(form.kind_of[ref])) for ref in draw(marks) if ref in totals},
        finished={section.id: True for section in form.sections if draw(_either)},
        previous={int(last.facts[Fact.YEAR]): last for last in draw(_last_years(form))},
        explanations=draw(_explanations),
        hand_ins=draw(_hand_ins),
        sources={ref: tuple(draw(contributions(form.kind_of[ref]))) for ref in draw(marks)},
        notices=draw(_notices),
        family=form.family,
        extras={**draw(extras), **({"unit": group} if group else {})},
    )


@st.composite
def snapshots(draw: st.DrawFn, form: Form) -> Snapshot:
    """Last year's report as it is kept in this year's."""
    return Snapshot(
        edition=form.edition,
        facts={Fact.YEAR: str(draw(_years)), Fact.FULL_NAME: draw(written)},
        prose=draw(_words(form)),
        cells=draw(cells(form, max_size=3)),
        source=draw(text),
        digest=draw(text),
        extras=draw(extras),
    )


_sorts, _any_fact = st.integers(0, 6), st.sampled_from(list(Fact))


@functools.cache
def _parts(form: Form) -> st.SearchStrategy[str]:
    return st.sampled_from(list(form.parts))


@functools.cache
def _sections(form: Form) -> st.SearchStrategy[Section]:
    return st.sampled_from(form.sections)


@functools.cache
def _any_cell(form: Form) -> st.SearchStrategy[CellRef]:
    return st.sampled_from(list(form.kind_of))


@functools.cache
def _blanked(form: Form) -> st.SearchStrategy[list[CellRef]]:
    return st.lists(st.sampled_from(typed_cells(form)), max_size=3)


@st.composite
def edits(draw: st.DrawFn, form: Form, report: Report) -> Edit:
    """One edit that fits the report as it stands now."""
    part = draw(_parts(form))
    match draw(_sorts):
        case 0 | 1:
            numbers: Mapping[CellRef, Value | None] = draw(cells(form, max_size=8))
            blanked = draw(_blanked(form))
            return set_cells(report, form, {**numbers, **dict.fromkeys(blanked)})
        case 2:
            return change_text(report, form, draw(text_changes(report, part)))
        case 3:
            return set_fact(report, draw(_any_fact), draw(text))
        case 4:
            return set_heading(report, form, part, draw(text))
        case 5:
            return set_entry(report, Slot.REMARKS, draw(_any_cell(form)), draw(text), "备注")
        case _:
            section = draw(_sections(form))
            return set_entry(report, Slot.FINISHED, section.id, draw(_either), "标记完成")


@st.composite
def text_changes(draw: st.DrawFn, report: Report, part: str) -> TextChange:
    """A change of the part's prose that fits what stands there."""
    before = report.prose.get(part, "")
    start = draw(st.integers(0, len(before)))
    end = draw(st.integers(start, len(before)))
    return TextChange(part, start, before[start:end], draw(text))
