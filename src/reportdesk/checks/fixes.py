"""Mends: one-click corrections where the right answer is certain, each an ordinary undoable edit.

Punctuation, the form's document number, the year in the title, a total that an imported file
states wrongly. Never a number of fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from reportdesk.checks.engine import Finding
from reportdesk.checks.text.punctuation import Slip, document_slips, punctuation_slips
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report
from reportdesk.report.edits import Edit, Slot, combine, replace_text, set_entry, set_fact, set_heading
from reportdesk.report.print_changes import name_part
from reportdesk.report.text.characters import odd_signs
from reportdesk.report.text.figures import show_figure
from reportdesk.report.text.paste_cleanup import headings_of, superfluous
from reportdesk.report.totals import compute_totals

_AROUND = 8
_WORDS = "改正错别字"
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Preview:
    """One place of a mend: the words as they are and as they would be."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction on offer: the rule whose findings it mends, its name, what it would change, the edit.

    ``cell`` is the one whose findings it mends; None if it is not about cells. ``some`` gives the edit of
    some of the places only, by their numbers; None where there is no choice.
    """

    code: str
    label: str
    previews: tuple[Preview, ...]
    edit: Edit
    cell: CellRef | None = None
    some: Callable[[Collection[int]], Edit] | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with the slips in it that are to be put right, and what makes an edit of the new text."""

    place: str
    text: str
    slips: tuple[Slip, ...]
    replaced: Callable[[str], Edit]


def find_fixes(form: Form, report: Report) -> tuple[Fix, ...]:
    """Every mend that would change something."""
    offered = (make(form, report, code) for code, make in _FIXES.items())
    return (*(fix for fix in offered if fix is not None), *stated_mends(form, report))


def mend_of(form: Form, report: Report, found: Finding, findings: Iterable[Finding]) -> Fix | None:
    """The mend that is offered beside a finding of all these; None if its rule has none, or it would change nothing."""
    if found.cells and found.cells[0] in report.reported:
        stated = stated_mends(form, report)
        return next((one for one in stated if (one.code, one.cell) == (found.code, found.cells[0])), None)
    if found.settled:
        return None
    if found.right is not None:
        return finding_mend(form, report, _put_right_together(found, findings))
    make = _FIXES.get(found.code)
    fix = make(form, report, found.code) if make else None
    return fix if fix is not None and (not found.part or found.part in fix.edit.parts()) else None


def _put_right_together(found: Finding, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are mended at once: this one, or all of its rule of which what is right is certain."""
    certain = (one for one in findings if one.code == found.code and one.is_certain)
    return (list(certain) if found.is_certain else []) or [found]


def corrected(text: str, slips: Iterable[Slip]) -> str:
    """The text with each slip put right; they do not overlap."""
    pieces, place = [], 0
    for slip in slips:
        pieces += [text[place : slip.start], slip.right]
        place = slip.end
    return "".join([*pieces, text[place:]])


def _fix_punctuation(form: Form, report: Report, code: str) -> Fix | None:
    return _mend_prose(form, report, (code, "标点规范化"), lambda _part, text: punctuation_slips(text))


def _fix_document(form: Form, report: Report, code: str) -> Fix | None:
    def certain(_part: str, text: str) -> Iterable[Slip]:
        return (slip for slip in document_slips(text, form.document) if slip.is_certain)

    return _mend_prose(form, report, (code, "改正文号"), certain)


def _fix_paragraphs(form: Form, report: Report, code: str) -> Fix | None:
    def cuts(part: str, text: str) -> Iterable[Slip]:
        return (Slip(start, end, "") for start, end in superfluous(text, headings_of(form, report, part)))

    return _mend_prose(form, report, (code, "整理分段"), cuts)


def _mend_prose(
    form: Form, report: Report, name: tuple[str, str], find: Callable[[str, str], Iterable[Slip]]
) -> Fix | None:
    code, label = name
    texts = [
        _prose_text(form, report, part.id, find(part.id, report.prose.get(part.id, "")), label)
        for part in form.parts.values()
    ]
    return _mend_of(code, label, texts)


def _prose_text(form: Form, report: Report, part: str, slips: Iterable[Slip], label: str) -> _Text:
    place = report.heading(form.parts[part]) or name_part(form, part)
    return _Text(
        place,
        report.prose.get(part, ""),
        tuple(slips),
        lambda new: replace_text(report, form, part, new, label),
    )


def _mend_of(code: str, label: str, texts: Iterable[_Text]) -> Fix | None:
    """The mend of all these slips; None if there are none."""
    wrong = [one for one in texts if one.slips]
    previews = tuple(preview for one in wrong for preview in _previews(one.place, one.text, one.slips))

    def some(chosen: Collection[int]) -> Edit:
        edits, number = [], 0
        for one in wrong:
            kept = [slip for at, slip in enumerate(one.slips, number) if at in chosen]
            number += len(one.slips)
            if kept:
                edits.append(one.replaced(corrected(one.text, kept)))
        return combine(label, edits)

    return Fix(code, label, previews, some(range(len(previews))), some=some) if wrong else None


def finding_mend(form: Form, report: Report, findings: Iterable[Finding]) -> Fix | None:
    """The mend of what these findings of one rule say should stand in the place of their words.

    None where none of the words stands there any more.
    """
    by_part: dict[str, list[Slip]] = {}
    code = ""
    for found in findings:
        if found.right is None or found.span is None:
            continue
        text = report.prose.get(found.part, "")
        if text[slice(*found.span)] == found.about:
            code = found.code
            by_part.setdefault(found.part, []).append(Slip(*found.span, found.right))
    texts = (
        _prose_text(form, report, part, sorted(by_part[part], key=lambda slip: slip.start), _WORDS)
        for part in form.parts
        if part in by_part
    )
    return _mend_of(code, _WORDS, texts)


def _fix_odd_signs(form: Form, report: Report, code: str) -> Fix | None:
    """Put the characters that they certainly are for signs that only look like them, wherever these stand."""
    label = "换成对应的汉字"

    def slips(text: str) -> tuple[Slip, ...]:
        known = (odd for odd in odd_signs(text) if odd.right is not None)
        return tuple(Slip(odd.start, odd.start + len(odd.sign), odd.right or "") for odd in known)

    texts = [_prose_text(form, report, part, slips(report.prose.get(part, "")), label) for part in form.parts]
    texts += [
        _Text(name_part(form, part), text, slips(text), partial(set_heading, report, form, part))
        for part, text in report.headings.items()
    ]
    texts += [
        _Text(fact.says, text, slips(text), partial(set_fact, report, fact))
        for fact, text in report.facts.items()
    ]
    return _mend_of(code, label, texts)


def _previews(place: str, text: str, slips: Iterable[Slip]) -> Iterator[Preview]:
    for slip in slips:
        before, after = text[max(0, slip.start - _AROUND) : slip.start], text[slip.end : slip.end + _AROUND]
        yield Preview(place, f"{before}{text[slip.start : slip.end]}{after}", f"{before}{slip.right}{after}")


def stated_mends(form: Form, report: Report) -> Iterator[Fix]:
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
            yield Fix(rule, label, (preview,), edit, total)


def _fix_title_year(_form: Form, report: Report, code: str) -> Fix | None:
    """The year in an own title, where it has one year only and that is not the report's."""
    title = report.facts.get(Fact.TITLE, "")
    years = set(_YEAR.findall(title))
    if report.year is None or len(years) != 1 or years == {str(report.year)}:
        return None
    right = _YEAR.sub(str(report.year), title)
    label = "改正标题的年份"
    return Fix(
        code,
        label,
        (Preview("标题", title, right),),
        combine(label, [set_fact(report, Fact.TITLE, right)]),
    )


_FIXES: Mapping[str, Callable[[Form, Report, str], Fix | None]] = {
    "TXT-10": _fix_punctuation,
    "TXT-4": _fix_document,
    "TXT-11": _fix_paragraphs,
    "CHR-1": _fix_odd_signs,
    "MET-1": _fix_title_year,
}
"""The rules that have a mend, in the order in which they are offered.

Two kinds need no entry: a finding that says what is ``right``, and a stated total, whose rule the form names.
"""
