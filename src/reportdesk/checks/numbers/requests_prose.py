"""Prose against 表三: applications received, answered, carried over, and by whom.

Both conventions of counting are in use and pass: with and without those carried in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.claim import Claim, Topic
from reportdesk.checks.claims.results import read_results
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.numbers.others_prose import tells_of_another
from reportdesk.checks.prose import (
    Figure,
    figure,
    how_read,
    mismatch,
    naming_cells,
    prose_finding,
    quote_clause,
    read_plainly,
    sum_of,
    whole_claims,
)
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_NOUN = "applicant_"
APPLICANTS = {
    "person": "自然人",
    "organisation": "法人或其他组织",
    "enterprise": "商业企业",
    "research": "科研机构",
    "welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他组织",
}
_ALSO_MEANS = {"other": "organisation"}
"""自然人4件、其他组织5件 tells of all organisations as well as of the form's last column."""
_UNITS = ("cases", "messages", "")
_OF_FEWER = frozenset({"last_year", "rest"})
_BARRED = frozenset({"direct"})
"""县政府办公室直接收到12件: of those alone that came to one office."""
_OTHERS = re.compile(r"^[^。\n]{0,12}(?:部门|乡镇|镇街|街道|单位|分局|所属|直属|下属)[^。\n\d]{0,12}\d")
_PERSONS = re.compile(r"[\d一二三四五六七八九十百](?:名|位|户|家|个(?!件))")
_ALL_PERSONS = re.compile(
    r"申请人(?:身份|类型)?(?:均|全部|都)(?:为|是|系)(?:自然人|公民|个人)(?=[,，。;；)）]|$)(?![,，]占)"
)
_OF_SOME = re.compile(r"其中|结转|上年|去年|转来|[件条](?:申请)?中")
_ANSWERED = re.compile(r"办结|答复|办理|办复|处理")


@check("APP-1", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表三第一项、第二项")
def app_1(subject: CheckContext) -> Iterator[Found]:
    """文字里收到、受理、新收申请的件数，应等于表三“一、本年新收”，或者等于“一”加“二、上年结转”。"""
    new, carried_in = figure(subject, "requests_new"), figure(subject, "requests_carried_in")
    handled = figure(subject, "requests_handled")
    if new is None or carried_in is None:
        return
    for part, text, claim in _claims(subject, ("received", "dealt", "")):
        if claim.denied or claim.applicant or not _OF_FEWER.isdisjoint(claim.marks):
            continue
        accepted: list[Value] = [new.value, new.value + carried_in.value]
        if claim.deed != "received" and handled:
            accepted.append(handled.value)
        if claim.value not in accepted:
            expected = f"表三本年新收 {show_figure(new.value)} 件、加上年结转共 {show_figure(accepted[1])} 件"
            yield mismatch(subject, (part, text), claim, expected, (new, carried_in))


@check("APP-2", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表三第三项（七）总计")
def app_2(subject: CheckContext) -> Iterator[Found]:
    """文字里办结、答复申请的件数，应等于表三“（七）总计”，也可以等于“一”加“二”减“四”。"""
    new, carried_in = figure(subject, "requests_new"), figure(subject, "requests_carried_in")
    handled, out = figure(subject, "requests_handled"), figure(subject, "requests_carried_out")
    if new is None or carried_in is None or handled is None or out is None:
        return
    for part, text, claim in _claims(subject, ("handled",)):
        if claim.denied or claim.applicant or not _OF_FEWER.isdisjoint(claim.marks):
            continue
        of_the_new = "part_of" in claim.marks and carried_in.value and claim.value < handled.value
        if claim.value in (handled.value, new.value + carried_in.value - out.value) or of_the_new:
            continue
        expected = f"表三办理结果总计 {show_figure(handled.value)} 件"
        yield mismatch(subject, (part, text), claim, expected, (handled,))


@check("APP-3", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表三第二项、第四项")
def app_3(subject: CheckContext) -> Iterator[Found]:
    """文字里结转下年度的件数，应等于表三“四、结转下年度”；上年结转的，应等于“二”。"""
    carried_in, out = figure(subject, "requests_carried_in"), figure(subject, "requests_carried_out")
    if carried_in is None or out is None:
        return
    for part, text, claim in _claims(subject, ("carried",)):
        if claim.applicant:
            continue
        figures = [carried_in, out]
        words = "表三上年结转 {} 件、结转下年度 {} 件".format(*(show_figure(one.value) for one in figures))
        years_on = (claim.year or 0) - (subject.report.year or 0) if claim.year else 0
        from_last, to_next = (
            "last_year" in claim.marks or years_on < 0,
            "next_year" in claim.marks or years_on > 0,
        )
        if from_last and not to_next:
            figures, words = [carried_in], f"表三上年结转 {show_figure(carried_in.value)} 件"
        elif to_next and not from_last:
            figures, words = [out], f"表三结转下年度 {show_figure(out.value)} 件"
        if all(claim.value != one.value for one in figures):
            yield mismatch(subject, (part, text), claim, words, figures)


@check("APP-4", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表三申请人情况各列")
def app_4(subject: CheckContext) -> Iterator[Found]:
    """文字里自然人、法人或其他组织申请的件数，应等于表三相应各列，含不含上年结转都可以。"""
    for part, text, claim in _claims(subject, ("received", "dealt", "handled", "")):
        if claim.denied or claim.applicant not in APPLICANTS or "last_year" in claim.marks:
            continue
        rows = _by_applicant(subject, claim.applicant)
        if rows is None or _parts_a_result(subject, part, text, claim):
            continue
        wider = _by_applicant(subject, _ALSO_MEANS.get(claim.applicant, ""))
        answered = claim.deed in ("handled", "dealt") or _ANSWERED.search(_sentence_before(text, claim.start))
        new, carried_in, _handled = rows
        counted = (_countings(one, answered=bool(answered)) for one in (rows, wider) if one is not None)
        if not any(claim.value in accepted for accepted in counted):
            expected = (
                f"表三{APPLICANTS[claim.applicant]}新收 {show_figure(new.value)} 件、"
                f"加上年结转共 {show_figure(new.value + carried_in.value)} 件"
            )
            yield mismatch(subject, (part, text), claim, expected, (new, carried_in))
    yield from _all_persons(subject)


def _parts_a_result(subject: CheckContext, part: str, text: str, claim: Claim) -> bool:
    """予以公开6件（自然人5件）: of those that had the result, which APP-7 looks at."""
    told = read_results(read_plainly(subject, text), **how_read(subject, part))
    return any(one.applicant == claim.applicant and one.end == claim.end for one in told)


def _all_persons(subject: CheckContext) -> Iterator[Found]:
    """申请人均为自然人 where table three has new requests of others."""
    part = subject.form.part_roles.get("requests", "")
    text = subject.report.prose.get(part, "")
    new, persons = figure(subject, "requests_new"), _by_applicant(subject, "person")
    if new is None or persons is None or new.value == persons[0].value:
        return
    for match in _ALL_PERSONS.finditer(text):
        if not _OF_SOME.search(_sentence_before(text, match.start())):
            message = (
                f"写{quote_clause(text, *match.span())}，表三本年新收 {show_figure(new.value)} 件，"
                f"自然人 {show_figure(persons[0].value)} 件，两处对不上。请核对文字和表，改正写错的一处。"
            )
            yield naming_cells(prose_finding(subject, part, match.span(), message), (new, persons[0]))


@check("APP-5", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表三与文字部分")
def app_5(subject: CheckContext) -> Iterator[Found]:
    """写“未收到申请”的，表三应没有新收。"""
    new = figure(subject, "requests_new")
    if new is None or new.value <= 0:
        return
    for part, text, claim in _denials(subject):
        if claim.denied:
            expected = f"表三本年新收 {show_figure(new.value)} 件"
            yield mismatch(subject, (part, text), claim, expected, (new,))


@check(
    "APP-6",
    Severity.HINT,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}表三、表四与文字部分",
    formerly="APP-5",
)
def app_6(subject: CheckContext) -> Iterator[Found]:
    """写“未收到申请”而表四有复议诉讼的，应写一句说明（可能因以前的申请引起）。"""
    new = figure(subject, "requests_new")
    if new is None or new.value:
        return
    denials = list(_denials(subject))
    if not denials:
        return
    part, text, claim = denials[0]
    disputes = [figure(subject, role) for role in ("reconsideration_total", "litigation_total")]
    known = [one for one in disputes if one is not None and one.value > 0]
    if not known:
        return
    carried_in = figure(subject, "requests_carried_in")
    if carried_in is not None and carried_in.value > 0:
        return
    whole = show_figure(sum(one.value for one in known))
    message = (
        f"写“{text[claim.start : claim.end]}”，表四有复议诉讼 {whole} 件。"
        "如果是以前年度的申请引起的，建议写一句说明；不是的，请核对表三和表四。"
    )
    span = (claim.start, claim.end)
    yield naming_cells(prose_finding(subject, part, span, message), known)


def _denials(subject: CheckContext) -> Iterator[tuple[str, str, Claim]]:
    """Claims that no request was received, from nobody whatever."""
    for part, text, claim in _claims(subject, ("received",)):
        if claim.value == 0 and not claim.applicant and "last_year" not in claim.marks:
            yield part, text, claim


def _claims(subject: CheckContext, deeds: tuple[str, ...]) -> Iterator[tuple[str, str, Claim]]:
    """Claims about requests by deed that speak of the whole of this unit and year."""
    about = subject.form.part_roles.get("requests")
    for part, text, claim in whole_claims(subject, (Topic.REQUEST,), _UNITS, _BARRED):
        if not {"body", "own"}.isdisjoint(claim.marks) and _OTHERS.search(text, claim.end, claim.end + 40):
            continue  # 县政府办公室收到36件，各部门收到421件
        if tells_of_another(text, claim, subject):
            continue
        if claim.unit == "messages" and not claim.deed and part != about:
            continue  # 主动公开14条，依申请公开0条: kinds of information
        if claim.unit == "messages" and _PERSONS.search(text, claim.start, claim.end + 2):
            continue  # 申请人为自然人3名: persons, each with a request or several
        if claim.deed in deeds and (claim.deed or not claim.inherited or claim.applicant):
            yield part, text, claim


def _sentence_before(text: str, place: int) -> str:
    return re.split(r"[。\n]", text[max(0, place - 60) : place])[-1]


def _countings(rows: tuple[Figure, Figure, Figure], *, answered: bool) -> tuple[Value, ...]:
    """The new ones, these with those carried in, and where that is told those handled: each may be meant."""
    new, carried_in, handled = rows
    asked = new.value, new.value + carried_in.value
    return (*asked, handled.value) if answered else asked


def _by_applicant(subject: CheckContext, applicant: str) -> tuple[Figure, Figure, Figure] | None:
    """New, carried in and handled of one kind of applicant; None if a cell is blank."""
    columns = subject.form.cell_roles.get(_NOUN + applicant, ())
    found = []
    for role in ("requests_new", "requests_carried_in", "requests_handled"):
        row = subject.form.cell_roles.get(role, ())
        if not row or not columns:
            return None
        one = sum_of(subject, tuple(row[0]._replace(column=ref.column) for ref in columns))
        if one is None:
            return None
        found.append(one)
    return found[0], found[1], found[2]
