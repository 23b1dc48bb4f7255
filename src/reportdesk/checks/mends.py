"""Mends: one-click corrections where the right answer is certain, each an ordinary undoable edit.

Punctuation, the form's document number, the year in the title, a total that an imported file
states wrongly. Never a number of fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from reportdesk.checks.punctuation import Slip, document_slips, punctuation_slips
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.changes import name_part
from reportdesk.report.characters import odd_signs
from reportdesk.report.document import Fact, Report
from reportdesk.report.edits import Edit, Slot, combine, replace_text, set_entry, set_fact, set_heading
from reportdesk.report.figures import show_figure
from reportdesk.report.tidying import headings_of, superfluous
from reportdesk.report.totals import compute_totals

_AROUND = 8
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Preview:
    """One place of a mend: the words as they are and as they would be."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A correction on offer: the rule whose findings it mends, its name, what it would change, the edit.

    ``cell`` is the one whose findings it mends; None if it is not about cells.
    """

    code: str
    label: str
    previews: tuple[Preview, ...]
    edit: Edit
    cell: CellRef | None = None


def mends(form: Form, report: Report) -> tuple[Mend, ...]:
    """Every mend that would change something."""
    offered = (
        _mend_prose(form, report, ("TXT-10", "标点规范化"), lambda _part, text: punctuation_slips(text)),
        _mend_prose(
            form,
            report,
            ("TXT-4", "改正文号"),
            lambda _part, text: _certain(document_slips(text, form.document)),
        ),
        _mend_prose(form, report, ("TXT-11", "整理分段"), lambda part, text: _cuts(form, report, part, text)),
        _fix_odd_signs(form, report),
        _mend_title_year(report),
    )
    return (*(mend for mend in offered if mend is not None), *stated_mends(form, report))


def corrected(text: str, slips: Iterable[Slip]) -> str:
    """The text with each slip put right; they do not overlap."""
    pieces, place = [], 0
    for slip in slips:
        pieces += [text[place : slip.start], slip.right]
        place = slip.end
    return "".join([*pieces, text[place:]])


def _certain(slips: Iterable[Slip]) -> Iterator[Slip]:
    return (slip for slip in slips if slip.is_certain)


def _cuts(form: Form, report: Report, part: str, text: str) -> Iterator[Slip]:
    return (Slip(start, end, "") for start, end in superfluous(text, headings_of(form, report, part)))


def _mend_prose(
    form: Form, report: Report, name: tuple[str, str], find: Callable[[str, str], Iterable[Slip]]
) -> Mend | None:
    code, label = name
    previews: list[Preview] = []
    edits: list[Edit] = []
    for part in form.parts.values():
        text = report.prose.get(part.id, "")
        slips = tuple(find(part.id, text))
        if slips:
            place = report.heading(part) or name_part(form, part.id)
            previews += _previews(place, text, slips)
            edits.append(replace_text(report, form, part.id, corrected(text, slips), label))
    return Mend(code, label, tuple(previews), combine(label, edits)) if edits else None


def _fix_odd_signs(form: Form, report: Report) -> Mend | None:
    """Put the characters that they certainly are for signs that only look like them, wherever these stand."""
    code, label = "CHR-1", "换成对应的汉字"

    def slips(text: str) -> tuple[Slip, ...]:
        known = (odd for odd in odd_signs(text) if odd.right is not None)
        return tuple(Slip(odd.start, odd.start + len(odd.sign), odd.right or "") for odd in known)

    prose = _mend_prose(form, report, (code, label), lambda _part, text: slips(text))
    previews, edits = (list(prose.previews), [prose.edit]) if prose else ([], [])
    headings = (
        (name_part(form, part), text, partial(set_heading, report, form, part))
        for part, text in report.headings.items()
    )
    facts = ((fact.says, text, partial(set_fact, report, fact)) for fact, text in report.facts.items())
    for place, text, edit in (*headings, *facts):
        if found := slips(text):
            previews += _previews(place, text, found)
            edits.append(edit(corrected(text, found)))
    return Mend(code, label, tuple(previews), combine(label, edits)) if edits else None


def _previews(place: str, text: str, slips: Iterable[Slip]) -> Iterator[Preview]:
    for slip in slips:
        before, after = text[max(0, slip.start - _AROUND) : slip.start], text[slip.end : slip.end + _AROUND]
        yield Preview(place, f"{before}{text[slip.start : slip.end]}{after}", f"{before}{slip.right}{after}")


def stated_mends(form: Form, report: Report) -> Iterator[Mend]:
    """Forget what the imported file states as a total, where its own items add up to something else."""
    if not report.reported:
        return
    relations, label = relate(form), "合计以各项相加为准"
    totals, _balances = compute_totals(relations, report.cells)
    for total, stated in report.reported.items():
        computed = totals[total].value or 0
        if stated == computed:
            continue
        place = form.name_of(total)
        preview = Preview(place, f"来源文件写的 {show_figure(stated)}", f"各项相加的 {show_figure(computed)}")
        edit = set_entry(report, Slot.REPORTED, total, None, label)
        for rule in sorted({one.rule for one in relations.sums if one.total == total}):
            yield Mend(rule, label, (preview,), edit, total)


def _mend_title_year(report: Report) -> Mend | None:
    """The year in an own title, where it has one year only and that is not the report's."""
    title = report.facts.get(Fact.TITLE, "")
    years = set(_YEAR.findall(title))
    if report.year is None or len(years) != 1 or years == {str(report.year)}:
        return None
    right = _YEAR.sub(str(report.year), title)
    label = "改正标题的年份"
    return Mend(
        "MET-1",
        label,
        (Preview("标题", title, right),),
        combine(label, [set_fact(report, Fact.TITLE, right)]),
    )
