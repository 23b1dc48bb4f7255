"""What a file that was read proposes: the values found, what is missing, what must be looked at.

Answers for the proposal and how it becomes a report; nothing of it enters a report by itself.
Which row a number belongs to is found by ``tables``, which part a sentence by ``prose``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.files.reading_notes import Outcome, Standing, doubtful, shorten
from reportdesk.readers.files.visible import Seen, VisibleParagraph
from reportdesk.readers.recognise.editions import candidates, fit_of, is_whole, told_by
from reportdesk.readers.recognise.front_matter import fact_of, read_frame, take_closing
from reportdesk.readers.recognise.headings import may_head
from reportdesk.readers.recognise.offices import add_up
from reportdesk.readers.recognise.prose import read_prose
from reportdesk.readers.recognise.year_mentions import newest_report
from reportdesk.readers.tables.cell_values import Collected
from reportdesk.readers.tables.recognise import PROSE_LEVELS, Field, Piece, read_tables
from reportdesk.report.document import Fact, Report, Value
from reportdesk.report.file.codec import CodecError, decode
from reportdesk.report.own_files import CONTINUED_LABEL
from reportdesk.report.print_changes import name_part
from reportdesk.report.records import Contribution
from reportdesk.report.text.characters import fold
from reportdesk.report.text.figures import show_figure
from reportdesk.report.totals import compute_totals

_Key = TypeVar("_Key")

__all__ = ["Disagreement", "Outcome", "Proposal", "Standing", "propose", "propose_best", "propose_report"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A total that the file states otherwise than its own items add up to.

    ``computed`` is None where no item of it was read.
    """

    ref: CellRef
    stated: Value
    computed: Value | None
    says: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was read of a file, in the terms of the form that fits it best.

    ``cells`` holds typed numbers only, ``blank`` the typed cells that the file shows without a
    number, ``missing`` those that it does not show at all. ``reported`` holds the totals that
    the file states, ``disagreements`` those that do not add up. ``headings`` holds headings
    that are not the official ones. ``attached`` is our own data out of the file, given only
    where it says the same as what is visible. ``sources`` has what each office gave for a cell.
    """

    form: Form
    facts: Mapping[Fact, str]
    headings: Mapping[str, str]
    prose: Mapping[str, str]
    cells: Mapping[CellRef, Value]
    reported: Mapping[CellRef, Value]
    blank: frozenset[CellRef]
    missing: frozenset[CellRef]
    outcomes: tuple[Outcome, ...]
    disagreements: tuple[Disagreement, ...]
    attached: Report | None = None
    sources: Mapping[CellRef, tuple[Contribution, ...]] = field(default_factory=dict)

    def of(self, standing: Standing) -> tuple[Outcome, ...]:
        """The lines of that standing, in the form's order."""
        return tuple(outcome for outcome in self.outcomes if outcome.standing is standing)

    @property
    def is_empty(self) -> bool:
        """Whether the file shows no table and no section of the form; some text alone is no report."""
        return not (self.cells or self.reported or self.blank or self.prose.keys() - {self.form.opening.id})

    def to_report(self) -> Report:
        """A new report that holds all that was read; every call makes another one."""
        report = Report(
            edition=self.form.edition,
            facts=dict(self.facts),
            headings=dict(self.headings),
            prose=dict(self.prose),
            cells=dict(self.cells),
            reported=dict(self.reported),
            family=self.form.family,
            sources=dict(self.sources),
        )
        if self.attached is not None:
            _add_unprinted(report, self.attached)
        return report


def propose_best(seen: Seen, forms: Sequence[Form] = ()) -> Proposal:
    """The proposal in the edition that fits best what is seen; of equals the first.

    ``forms`` is all that there are, shipped and handed out, if none are given.
    """
    first, *others = candidates(seen, forms)
    collected, best = _propose(seen, first.form)
    whole = first.shared if is_whole(collected) else 0
    rivals = [other for other in others if other.may_be and other.shared >= whole]
    if not rivals:
        return best  # as for most files, and what they quote need not be looked for
    told = told_by(seen)
    fit = fit_of(collected, best.facts, len(best.prose), told)
    for rival in rivals:
        if rival.shared < whole:
            continue
        collected, proposal = _propose(seen, rival.form)
        other = fit_of(collected, proposal.facts, len(proposal.prose), told)
        if other < fit:
            fit, best = other, proposal
            whole = rival.shared if is_whole(collected) else 0
    return best


def propose(seen: Seen, form: Form) -> Proposal:
    """What the file proposes in the terms of that form."""
    return _propose(seen, form)[1]


def propose_report(report: Report, form: Form, notices: Sequence[str] = ()) -> Proposal:
    """The proposal of a .gknb, in which nothing has to be recognised; ``notices`` are its codec's."""
    collected = Collected(form, {**report.reported, **report.cells})
    collected.blank |= {ref for ref in form.kind_of if ref not in collected.values}
    outcomes = [doubtful(notice) for notice in notices]
    outcomes += [
        Outcome(Standing.FOUND, f"{part.heading or name_part(form, part.id)}：读到文字。", part=part.id)
        for part in form.parts.values()
        if report.prose.get(part.id)
    ]
    proposal = _put_together(
        form, collected, dict(report.facts), dict(report.headings), dict(report.prose), outcomes
    )
    return replace(proposal, attached=report)


def _propose(seen: Seen, form: Form) -> tuple[Collected, Proposal]:
    """The proposal, and what the file's tables gave, by which another edition may fit better."""
    contents, years = newest_report(seen.contents, form)
    tables = read_tables(contents, form)
    pieces = list(_opened(form, tables.pieces))
    prose = read_prose(form, pieces)
    fields = [piece for piece in pieces if isinstance(piece, Field)]
    frame = read_frame(form, prose.front, fields, seen.properties.get("title", ""))
    if prose.last_part:
        take_closing(frame, prose.paragraphs[prose.last_part])
    paragraphs = {form.opening.id: frame.opening, **prose.paragraphs}
    text = {part: "\n".join(lines) for part, lines in paragraphs.items() if lines}
    outcomes = [*(doubtful(says) for says in (years, tables.years) if says), *frame.outcomes, *prose.outcomes]
    outcomes += [
        doubtful(f"有一张表不是年报格式里的，没有读入，开头是“{shorten(begins)}”。")
        for begins in tables.foreign
    ]
    outcomes += _unread(fields)
    outcomes += [doubtful(says) for says in seen.passed_over]
    if not seen.offices:
        proposal = _put_together(form, tables.collected, frame.facts, prose.headings, text, outcomes)
        return tables.collected, _with_attached(proposal, seen.attached)
    told = [office.year for office in seen.offices if office.year]
    if told and not seen.contents:
        frame.facts.setdefault(Fact.YEAR, told[0])
    added = add_up(form, frame.facts.get(Fact.YEAR, ""), seen.offices, tables.collected)
    proposal = _put_together(
        form, added.collected, frame.facts, prose.headings, text, [*added.outcomes, *outcomes]
    )
    return added.collected, replace(proposal, sources=added.sources)


def _opened(form: Form, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, fields taken apart that hold a heading of the form and beside it what it heads.

    On the cover of our workbook, printed, the opening is one.
    """
    for piece in pieces:
        if isinstance(piece, Field) and piece.label in (*PROSE_LEVELS, CONTINUED_LABEL):
            yield VisibleParagraph(piece.text, PROSE_LEVELS.get(piece.label, 0))
        elif isinstance(piece, Field) and piece.label == form.opening.heading:
            yield from map(VisibleParagraph, piece.text.splitlines())
        elif isinstance(piece, Field) and fact_of(piece) is None and may_head(form, piece.label):
            yield VisibleParagraph(piece.label)
            yield from map(VisibleParagraph, piece.text.splitlines())
        else:
            yield piece


def _unread(fields: Sequence[Field]) -> Iterator[Outcome]:
    """What is said of fields that no report has."""
    strange = [field for field in fields if fact_of(field) is None]
    if strange:
        more = f"等 {len(strange)} 处" if len(strange) > 1 else ""
        begins = shorten(f"{strange[0].label}　{strange[0].text}")
        yield doubtful(f"表格里有文字不是年报里的，没有读入：“{begins}”{more}。")


def _put_together(
    form: Form,
    collected: Collected,
    facts: Mapping[Fact, str],
    headings: Mapping[str, str],
    prose: Mapping[str, str],
    outcomes: Sequence[Outcome],
) -> Proposal:
    cells = {ref: value for ref, value in collected.values.items() if ref not in form.totals}
    reported = {ref: value for ref, value in collected.values.items() if ref in form.totals}
    blank = frozenset(ref for ref in collected.blank if ref not in form.totals)
    missing = frozenset(ref for ref in form.kind_of if ref not in form.totals) - blank - cells.keys()
    places = {section.id: number for number, section in enumerate(form.sections, start=1)}
    listed = sorted((*outcomes, *collected.outcomes()), key=lambda outcome: places.get(outcome.section, 0))
    return Proposal(
        form=form,
        facts=facts,
        headings=headings,
        prose=prose,
        cells=cells,
        reported=reported,
        blank=blank,
        missing=missing,
        outcomes=tuple(listed),
        disagreements=tuple(_disagreements(form, cells, reported)),
    )


def _disagreements(
    form: Form, cells: Mapping[CellRef, Value], reported: Mapping[CellRef, Value]
) -> Iterator[Disagreement]:
    """The totals of the file that are not what its own items add up to; blank items count nothing."""
    totals, _ = compute_totals(relate(form), cells)
    for ref, stated in reported.items():
        computed = totals[ref].value
        if computed == stated:
            continue
        reckoned = "没有读到分项" if computed is None else f"按分项加起来是 {show_figure(computed)}"
        says = f"{form.name_of(ref)}：文件写的是 {show_figure(stated)}，{reckoned}。"
        yield Disagreement(ref, stated, computed, says)


def _with_attached(proposal: Proposal, content: bytes | None) -> Proposal:
    """The proposal with our own data that the file carries, if it says the same as what is visible."""
    if content is None:
        return proposal
    try:
        attached = decode(content).report
    except CodecError:
        return proposal
    if attached.edition == proposal.form.edition and _shows_same(proposal, attached):
        return replace(proposal, attached=attached)
    differs = doubtful("文件里附带的数据与看得见的内容不一致，只按看得见的内容读入。")
    return replace(proposal, outcomes=(differs, *proposal.outcomes))


def _shows_same(proposal: Proposal, attached: Report) -> bool:
    """Whether both print the same characters in the same order, and the same numbers.

    Where lines and paragraphs break is not compared: a PDF does not tell it.
    """
    form, seen = proposal.form, proposal.to_report()
    return seen.cells == attached.cells and _printed(form, seen) == _printed(form, attached)


def _printed(form: Form, report: Report) -> str:
    """All printed characters but the tables', without spaces and what has no shape."""
    texts = ["".join(report.title_lines(form))]
    for part in form.parts.values():
        texts += [report.heading(part) if part is not form.opening else "", report.prose.get(part.id, "")]
    texts += [report.facts.get(fact, "") for fact in (Fact.CLOSING_UNIT, Fact.CLOSING_DATE)]
    shown = (char for char in fold("".join(texts)).text if unicodedata.category(char)[0] not in "CZ")
    return "".join(char for char in shown if not unicodedata.combining(char))


def _add_unprinted(report: Report, attached: Report) -> None:
    """What no reader can see: where headings end and paragraphs begin, and facts printed nowhere."""
    report.facts = _folded(attached.facts)
    report.headings = _folded(attached.headings)
    report.prose = _folded(attached.prose)
    report.remarks, report.unverified = dict(attached.remarks), dict(attached.unverified)
    report.explanations, report.previous = dict(attached.explanations), dict(attached.previous)
    report.sources = dict(attached.sources)
    report.finished, report.extras = dict(attached.finished), dict(attached.extras)


def _folded(texts: Mapping[_Key, str]) -> dict[_Key, str]:
    return {key: fold(text).text for key, text in texts.items()}
