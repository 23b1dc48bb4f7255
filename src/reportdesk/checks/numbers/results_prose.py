"""Prose against the results of table three: granted, granted in part, denied and the rest, by applicant too."""

from __future__ import annotations

from collections.abc import Iterator

from reportdesk.checks.claims.results import ResultClaim, read_results
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.numbers.requests_prose import APPLICANTS
from reportdesk.checks.prose import (
    Figure,
    figure,
    how_read,
    naming_cells,
    parts_with_text,
    prose_finding,
    quote_clause,
    read_plainly,
    sum_of,
)
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_NAMES = {
    "granted": "（一）予以公开",
    "granted_in_part": "（二）部分公开",
    "granted_any": "（一）予以公开、（二）部分公开",
    "denied": "（三）不予公开",
    "unavailable": "（四）无法提供",
    "not_processed": "（五）不予处理",
    "closed": "（六）其他处理",
}


@check("APP-7", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表三第三项（一）至（六）")
def app_7(subject: CheckContext) -> Iterator[Found]:
    """文字里予以公开、部分公开、不予公开、无法提供、不予处理、其他处理及其各项的件数，应等于表三办理结果。

    写没有的，应为 0；写均予以公开的，应没有其他结果。
    """
    for part, text in parts_with_text(subject):
        for claim in read_results(read_plainly(subject, text), **how_read(subject, part)):
            carried = claim.of is not None and claim.of.deed == "carried"
            if claim.year not in (None, subject.report.year) and not carried:
                continue
            known = _figure(subject, claim)
            if claim.of is not None and not _is_our_whole(subject, text, claim):
                continue
            if known is None or _agrees(subject, claim, known):
                continue
            yield naming_cells(_finding(subject, part, text, claim, known), (known,))


def _is_our_whole(subject: CheckContext, text: str, claim: ResultClaim) -> bool:
    """Whether the number in a sentence before, of which the results are told, is one of the table's."""
    of = claim.of
    if of is None or "。" not in text[of.end : claim.start]:
        return True
    known = [figure(subject, f"requests_{role}") for role in ("new", "carried_in", "handled")]
    values = [one.value for one in known if one is not None]
    return of.value in values or of.value == sum(values[:2])


def _finding(subject: CheckContext, part: str, text: str, claim: ResultClaim, known: Figure) -> Found:
    name = "、".join(_name(subject, result, known) for result in claim.results)
    said = "没有" if claim.denied else "全部" if claim.universal else show_figure(claim.value)
    expected = f"表三“{name}”{_of(claim)} {show_figure(known.value)} 件"
    if claim.universal and (handled := figure(subject, "requests_handled")):
        expected += f"，办理结果总计 {show_figure(handled.value)} 件"
    return prose_finding(
        subject,
        part,
        (claim.start, claim.end),
        f"写{quote_clause(text, claim.start, claim.end)}（{said}），{expected}，两处对不上。"
        "请核对文字和表，改正写错的一处；统计口径不同的，写一句说明。",
    )


def _of(claim: ResultClaim) -> str:
    return APPLICANTS.get(claim.applicant, "")


def _name(subject: CheckContext, result: str, known: Figure) -> str:
    if result in _NAMES:
        return _NAMES[result]
    rows = subject.form.cell_roles.get(f"result_{result}", ())
    ref = rows[0] if rows else known.cells[0]
    return subject.form.tables[ref.table].block_of(ref).row(ref.row).label[-1]


def _figure(subject: CheckContext, claim: ResultClaim) -> Figure | None:
    """What the table says of these results together; None if it cannot be told."""
    cells: list[CellRef] = []
    for result in claim.results:
        rows = subject.form.cell_roles.get(f"result_{result}", ())
        if not rows and not claim.denied:
            return None
        cells += rows
    if claim.applicant:
        columns = subject.form.cell_roles.get(f"applicant_{claim.applicant}", ())
        cells = [row._replace(column=column.column) for row in cells for column in columns]
    return sum_of(subject, tuple(cells))


def _agrees(subject: CheckContext, claim: ResultClaim, known: Figure) -> bool:
    if claim.universal:
        handled = figure(subject, "requests_handled")
        return handled is None or known.value == handled.value
    if claim.value == known.value or (claim.least and claim.value < known.value):
        return True
    if claim.applicant and not (claim.denied or claim.least or claim.named):
        everybody = _figure(subject, claim._replace(applicant=""))
        if everybody is not None and everybody.value == claim.value:
            return True
    wider = _figure(subject, claim._replace(applicant="organisation")) if claim.applicant == "other" else None
    if wider is not None and wider.value == claim.value:
        return True  # 其他组织 is all that are no person, as well as the form's last column
    return _is_of_the_new(subject, claim, known.value)


def _is_of_the_new(subject: CheckContext, claim: ResultClaim, value: Value) -> bool:
    """Whether the results told make up the new requests alone, while the table counts those carried in too."""
    new, carried_in = figure(subject, "requests_new"), figure(subject, "requests_carried_in")
    out = figure(subject, "requests_carried_out")
    if claim.of is None or new is None or carried_in is None or out is None or not carried_in.value:
        return False
    whole = sum(claim.listed)
    makes_up = whole in (claim.of.value, claim.of.value - out.value)
    return makes_up and claim.of.value == new.value and 0 <= value - claim.value <= carried_in.value
