"""Taking in a file that was read: as last year's report, as a new report, or into the one at hand.

Answers for which of these make sense, and for the one edit or the new report that comes of it.
What differs is ``differences``'; nothing is taken in that the clerk did not choose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import Enum

from reportdesk.form.load import edition_for
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.intake.differences import Difference
from reportdesk.readers.recognise.proposal import Proposal, Standing
from reportdesk.report.document import Fact, Report
from reportdesk.report.edit_between import STANDING
from reportdesk.report.edits import (
    Edit,
    EntryChange,
    Slot,
    TextChange,
    change_text,
    combine,
    set_cells,
    set_entry,
)
from reportdesk.report.print_changes import FigureChange
from reportdesk.report.text.passages import latest_first
from reportdesk.session.new_year import LastYear, carried_over, snapshot_of
from reportdesk.store.user_data.unit_profile import UnitProfile

_FAR = 9_999
"""A year for which only the newest edition is in force."""


class Way(Enum):
    """What a file can be taken in as."""

    INTO_REPORT = "into the report at hand"
    LAST_YEAR = "last year's report"
    NEW_REPORT = "a new report"


def ways(proposal: Proposal, report: Report | None, newest: Form) -> tuple[Way, ...]:
    """The ways that make sense, the likeliest first: another unit's file is hardly meant for this report.

    ``report`` is the one at hand, None if none is open; ``newest`` is the form of new reports.
    """
    found: list[Way] = []
    year = _year_of(proposal)
    family = proposal.form.family
    if family != (newest.family if report is None else report.family):
        return (Way.NEW_REPORT,) if proposal.form.edition == edition_for(_FAR, family) else ()
    if report is not None:
        same_year = year is None or report.year is None or year == report.year
        if same_year and report.edition == proposal.form.edition:
            found.append(Way.INTO_REPORT)
        if report.year is not None and year in (None, report.year - 1):
            found.append(Way.LAST_YEAR)
    else:
        found.append(Way.LAST_YEAR)
    if proposal.form.edition == (newest.edition if family == newest.family else edition_for(_FAR, family)):
        found.append(Way.NEW_REPORT)
    if report is not None and _is_others(proposal, report.facts):
        found.reverse()
    return tuple(found)


def mismatches(proposal: Proposal, report: Report | None, own: UnitProfile | None) -> tuple[str, ...]:
    """Sentences on what speaks against the file: another unit's, another year's, an older form's."""
    said: list[str] = []
    found = proposal.to_report()
    ours = report.facts if report is not None else own.facts if own is not None else {}
    if _is_others(proposal, ours):
        theirs = _names(found.facts)[0]
        said.append(f"文件里的单位是“{theirs}”，不是“{_names(ours)[0]}”。请核对是否选错了文件。")
    if report is None:
        return tuple(said)
    if report.family != proposal.form.family:
        said.append(f"文件是“{proposal.form.name}”，与打开的不是同一种报表，不能与它逐处比较。")
    elif report.edition != proposal.form.edition:
        said.append(f"文件用的是{proposal.form.name}年报格式，不能与打开的年报逐处比较。")
    if (
        found.year is not None
        and report.year is not None
        and found.year not in (report.year, report.year - 1)
    ):
        said.append(f"文件是{found.year}年的年报，打开的年报是{report.year}年的。请核对是否选错了文件。")
    return tuple(said)


def _is_others(proposal: Proposal, ours: Mapping[Fact, str]) -> bool:
    """Whether the file names a unit that is not ours; a name may stand for a longer one."""
    theirs, own = _names(proposal.to_report().facts), _names(ours)
    alike = any(one in other or other in one for one in theirs for other in own)
    return bool(theirs and own) and not alike


def _names(facts: Mapping[Fact, str]) -> list[str]:
    """The unit's names, the full one first."""
    return [name for fact in (Fact.FULL_NAME, Fact.TITLE_NAME) if (name := facts.get(fact))]


# -- into the report at hand


def take_in(
    report: Report, form: Form, proposal: Proposal, accepted: Collection[Difference], source: str
) -> Edit:
    """The accepted differences as one step of undo; ``source`` is the file's name.

    A doubtful number is marked 待核实. Totals that the file states go along where all that they
    rest on is now what the file says.
    """
    label = f"导入“{source}”"
    figures = [one for one in accepted if isinstance(one.change, FigureChange)]
    values = {one.change.ref: one.change.after for one in figures if isinstance(one.change, FigureChange)}
    texts = [one.change for one in accepted if isinstance(one.change, TextChange)]
    entries = tuple(one.change for one in accepted if isinstance(one.change, EntryChange))
    return combine(
        label,
        (
            Edit(label, entries),
            *(change_text(report, form, change, label) for change in latest_first(texts)),
            set_cells(report, form, values, label),
            Edit(label, tuple(_stated(report, form, proposal, values))),
            *(
                set_entry(report, Slot.SOURCES, ref, proposal.sources[ref], label)
                for ref in values
                if ref in proposal.sources
            ),
            *_marks(report, figures, source, label),
        ),
    )


def _stated(
    report: Report, form: Form, proposal: Proposal, values: Collection[CellRef]
) -> Iterator[EntryChange]:
    """The file's own totals over the cells that are changed, where nothing else differs under them."""
    typed_under = relate(form).typed_under
    for total, stated in proposal.reported.items():
        typed = typed_under.get(total, ())
        if not set(typed).isdisjoint(values) and all(
            ref in values or report.cells.get(ref) == proposal.cells.get(ref) for ref in typed
        ):
            # Whatever stood there was dropped with the cells.
            yield EntryChange(Slot.REPORTED, total, None, stated)


def _marks(report: Report, figures: Collection[Difference], source: str, label: str) -> Iterator[Edit]:
    for one in figures:
        if one.doubt and isinstance(one.change, FigureChange) and one.change.after is not None:
            ref = one.change.ref
            yield set_entry(report, Slot.UNVERIFIED, ref, value=True, label=label)
            if ref not in report.remarks:
                yield set_entry(report, Slot.REMARKS, ref, _remark(source), label)


def _remark(source: str) -> str:
    return f"取自“{source}”，导入时存疑，请核实"


# -- as last year's report


def last_year_of(
    proposal: Proposal, source: str, content: bytes, year: int | None = None, own: UnitProfile | None = None
) -> LastYear:
    """The file as last year's report; ``year`` is taken where the file does not say one.

    ``own`` is the unit of this PC, as for ``begin_from_file``.
    """
    report = proposal.to_report()
    _add_own(report, own)
    if report.year is None and year is not None:
        report.facts[Fact.YEAR] = str(year)
    return LastYear(report, proposal.form, source, content)


def take_as_last_year(report: Report, form: Form, last: LastYear) -> Edit:
    """Keep it in the report at hand as the year before, as one step of undo.

    What it carried over goes into cells that are blank, marked 待核实.

    Raises:
        ValueError: it is not the year before.
    """
    year = last.report.year
    if year is None or report.year is None or year != report.year - 1:
        raise ValueError(f"{year} is not the year before {report.year}")
    label = f"导入上年年报“{last.source}”"
    carried = [one for one in carried_over(form, last) if one.ref not in report.cells]
    edits = [
        set_entry(report, Slot.PREVIOUS, year, snapshot_of(last), label),
        set_cells(report, form, {one.ref: one.value for one in carried}, label),
    ]
    for one in carried:
        edits.append(set_entry(report, Slot.UNVERIFIED, one.ref, value=True, label=label))
        edits.append(set_entry(report, Slot.REMARKS, one.ref, one.remark, label))
    return combine(label, edits)


# -- as a new report


def begin_from_file(proposal: Proposal, source: str, own: UnitProfile | None = None) -> Report:
    """A new report that holds all that was read, as a draft; doubtful numbers are marked 待核实.

    ``own`` is the unit of this PC: what the file does not say of it is put in if the file is its.
    """
    report = proposal.to_report()
    for fact in STANDING:
        report.facts.pop(fact, None)
    _add_own(report, own)
    for outcome in proposal.of(Standing.DOUBTFUL):
        for ref in outcome.cells:
            if ref in report.cells:
                report.unverified[ref] = True
                report.remarks.setdefault(ref, _remark(source))
    return report


def _add_own(report: Report, own: UnitProfile | None) -> None:
    """Put in what the file does not say of the unit, if it is this PC's or names none."""
    names = _names(report.facts)
    if own is not None and (not names or not set(names).isdisjoint(_names(own.facts))):
        report.facts = {**own.facts, **report.facts}


def _year_of(proposal: Proposal) -> int | None:
    return proposal.to_report().year
