"""TXT-1, TXT-2 and MET-5: years and days that cannot be right, and days that come too late.

Which years are stale is ``years``'; here stand the rules and what is a day of publication: one that a
verb of publishing governs, and that is no end of a period.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportdesk.checks.claims.numerals import plain_width, read_chinese
from reportdesk.checks.claims.words import rule_words
from reportdesk.checks.contents.years import StaleYear, stale_years
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote, quote_clause, unit_kind
from reportdesk.report.document import Fact, UnitKind
from reportdesk.report.text.days import spell_day

_ACCURATE = "《政府信息公开条例》第六条：及时、准确地公开政府信息"
_CHINESE = "〇○零一二三四五六七八九十元"
_DATE = re.compile(r"((?:19|20)\d\d)(?<!\d\d{4})年(\d{1,2})月(?:(\d{1,3})日)?")
_DAY_ALONE = re.compile(r"(\d(?<![\d年度]\d)\d?)月(\d{1,2})日")
_MONTH_ALONE = re.compile(
    r"[1-9](?<=[至到从自在于,，、。;；\n(（\-].)(?:(?<!1)\d|[3-9])月(?![龄租均薪供票卡刊\d])"
)
_CLOSING = re.compile(r"((?:19|20)\d\d)\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(?:(\d{1,3})\s*日?)?")
_CHINESE_DATE = re.compile(rf"([{_CHINESE}]{{4}})年([{_CHINESE}]{{1,3}})月([{_CHINESE}]{{1,3}})日")
_PUBLISH = "公布|发布|公开|编制|印发|撰写|形成"
_STATED = re.compile(rf"(?:{_PUBLISH})(?:日期|时间|之日)?\s*(?:为|是|:|于|在|定于)?\s*$")
_GOVERNED = re.compile(rf"(?:以前|之前|前)?[^。;，,\n]{{0,16}}?(?:{_PUBLISH})")
_GOVERNS = re.compile(r"(?:于|在|已|定|将|是|为)[^。;，,\n]{0,4}$|落款[^。;，,\n]{0,6}$")
_PERIOD_BEFORE = re.compile(r"(?:至|到|从|自|截至|截止|[-~—–－～])\s*$")
_PERIOD_AFTER = re.compile(r"\s*(?:至|到|起|止|期间|以来|[-~—–－～])")
_TO_THE_END = re.compile(r"\s*1\s*月\s*1\s*日[^。；，\n]{0,6}")
_REPORT = re.compile(r"(?:((?:19|20)\d\d)年?度?|(上一?年)度?|(本))[^。;，,\n]{0,24}?(?:年度报告|年报|报告)")
_REPORT_DATA = re.compile(r"(?:本)?(?:年度)?报告(?:的)?(?:数据|中|所列|统计|电子版|全文|内容)")
"""How a sentence of the opening begins that is about the report itself: 报告数据的统计期限为…，于…公开."""
_MONTHS, _LONGEST = 12, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ANSWERED = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日[^。;\d]{0,8}?(?:\d名[^。;，,\d]{0,6}?)?(?:收到|提出|提交)[^。;\d]{0,16}?(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日[^。;，,\d]{0,6}?(?:答复|办结|回复)"
)
_NEXT_SPRING = 3
"""Until when what came in late in a year is answered in the next, though no year is written."""
_AFTER_DAY = 24
_HAPPENED = re.compile(
    r"^[^。;，,\n]{0,16}?(?:收到|提出|提交|受理|答复|办结|开展|举办|召开|完成|印发|制发|组织|发布|上线|建成|启用|注销|当面|送达|判决|作出)"
)
_TO_COME = re.compile(
    r"将|拟|计划|预计|打算|准备|前|底|下一步|期限|届满|到期|截止|起施行|起实施|起执行|有效期|至|不晚于|应于|力争"
)
"""What is told of a day that is to come, and no slip."""
_AHEAD = 31
"""Days by which a report may be dated ahead."""
_WRITING_BEGINS = 11
"""The month of its own year in which offices begin with a report."""
_PLAN = re.compile(
    r"(?:^|(?<=[。；;\n]))\s*(?:下一步|今后|接下来|展望)?[,，]?(?:在)?(?P<year>20\d\d)(?=年)年(?:度)?(?:里)?[,，]?"
    r"(?:(?:我|本)[镇乡县区市局街委办][^,，。;]{0,6}?|[\u4e00-\u9fff]{2,6}(?:镇|乡|街道|局))?(?:计划|将(?=继续|进一步|持续|着力|重点|全面|不断|努力|从|围绕|按照|以|加强|加大)|要(?=继续|进一步|着力))"
)
_MANY = 6
_REGIONS = (UnitKind.COUNTY, UnitKind.CITY)


@check(
    "TXT-1",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}：统计期限为报告年度1月1日至12月31日",
)
def txt_1(subject: CheckContext) -> Iterator[Found]:
    """文字里应写报告年度的地方写成了别的年份（可能是旧稿没有改）；与上年比较、下年计划不在此列。"""
    year = subject.report.year
    if year is None:
        return
    for part, text in parts_with_text(subject):
        for stale in _once_each(text, stale_years(text, year, is_opening=part == subject.form.opening.id)):
            around = quote_clause(text, stale.start, stale.end)
            message = (
                f"写{around}，本报告是 {year} 年度的。请核对年份；写的确是 {stale.year} 年的事，写一句说明。"
            )
            yield prose_finding(subject, part, (stale.start, stale.end), message)
        for match in (
            _own_year_plans(text, year) if part == subject.form.part_roles.get("improvements") else ()
        ):
            message = (
                f"写{quote_clause(text, *match.span('year'))}，说的是下一步的打算，{year} 年已经过去。"
                "请核对年份，一般写下一年。"
            )
            yield prose_finding(subject, part, match.span("year"), message)


def _own_year_plans(text: str, year: int) -> Iterator[re.Match[str]]:
    """2025年，我镇将进一步… in the report of 2025: what is to come cannot come in a year that is over."""
    return (match for match in _PLAN.finditer(plain_width(text)) if int(match["year"]) == year)


def _once_each(text: str, stale: Sequence[StaleYear]) -> Iterator[StaleYear]:
    """The first of them, and of the two ends of a period in one wrong year the first."""
    before: StaleYear | None = None
    for mention in stale[:_MANY]:
        between = text[before.end : mention.start] if before else ""
        if not (before and before.year == mention.year and _TO_THE_END.fullmatch(between)):
            yield mention
        before = mention


@check("TXT-2", Severity.WARNING, trigger=Trigger.ON_IDLE, source=_ACCURATE)
def txt_2(subject: CheckContext) -> Iterator[Found]:
    """日期应当存在；落款和公布日期应在报告年度结束之后，也不应比审核当天晚很多。"""
    yield from _closing(subject)
    for part, text in parts_with_text(subject):
        plain = plain_width(text)
        yield from _no_such_days(subject, part, text, plain)
        for span in _answered_before(plain):
            message = f"写{quote(text, *span)}，答复的日期在收到以前。请核对日期。"
            yield prose_finding(subject, part, span, message)
        for span in _not_yet(subject, plain):
            message = f"写{quote_clause(text, *span)}，这一天在报告落款以后，还没有到。请核对年份和日期。"
            yield prose_finding(subject, part, span, message)
        for one in _publications(plain, subject.report.year):
            if one.day.year <= one.year:
                message = f"写{quote(text, *one.span)}，{one.year} 年度还没有结束，报告不会在这一天公布。请核对日期。"
                yield prose_finding(subject, part, one.span, message)


def _no_such_days(subject: CheckContext, part: str, text: str, plain: str) -> Iterator[Found]:
    """Days and months that are on no calendar."""
    for match in _DATE.finditer(plain):
        if _day(match) is None:
            message = f"写{quote(text, *match.span())}，没有这一天。请核对日期。"
            yield prose_finding(subject, part, match.span(), message)
    for match in _DAY_ALONE.finditer(plain):
        if not _is_in_some_year(int(match[1]), int(match[2])):
            message = f"写{quote(text, *match.span())}，没有这一天。请核对日期。"
            yield prose_finding(subject, part, match.span(), message)
    for match in _MONTH_ALONE.finditer(plain):
        message = f"写{quote(text, *match.span())}，没有这个月。请核对日期。"
        yield prose_finding(subject, part, match.span(), message)


def _answered_before(plain: str) -> Iterator[tuple[int, int]]:
    """Where a request is answered on a day before the one on which it came in."""
    for match in _ANSWERED.finditer(plain) if "月" in plain else ():
        first, last = (int(match["month"]), int(match["day"])), (int(match["month2"]), int(match["day2"]))
        if last < first and not (first[0] >= _WRITING_BEGINS - 1 and last[0] <= _NEXT_SPRING):
            yield match.span()


def _not_yet(subject: CheckContext, plain: str) -> Iterator[tuple[int, int]]:
    """Days after the report was written on which it says that something was done."""
    year = subject.report.year
    written = _read_closing(subject.report.facts.get(Fact.CLOSING_DATE, "").strip())[0]
    if year is None or written is None or written.year <= year:
        return
    for match in _DATE.finditer(plain):
        day = _day(match)
        if day is None or (day.year, day.month) <= (written.year, written.month) or day.year > year + 1:
            continue
        start = max(plain.rfind(sign, 0, match.start()) for sign in "。;\n") + 1
        after = re.split("[。;\n]", plain[match.end() : match.end() + _AFTER_DAY])[0]
        of_report = _publishes(plain, match) and _reported_year(plain, match, year) is not None
        is_to_come = _TO_COME.search(plain[start : match.end()] + after)
        if _HAPPENED.search(after) and not (of_report or is_to_come):
            yield match.span()


def _closing(subject: CheckContext) -> Iterator[Found]:
    closing = subject.report.facts.get(Fact.CLOSING_DATE, "").strip()
    if closing:
        doubt = _doubt_of_clock(subject.report.year, subject.today)
        day = _read_closing(closing)[0]
        if doubt and day is not None and (day - subject.today).days > _AHEAD:
            yield Found(doubt, "", about="clock")
        reason = _closing_fault(subject, closing)
        if reason:
            yield Found(f"落款日期“{closing}”，{reason}。请核对。", "", about="closing")


def _closing_fault(subject: CheckContext, closing: str) -> str:
    """Why a report of that year cannot bear the date; empty if it can."""
    day, is_date = _read_closing(closing)
    if day is None:
        return "没有这一天" if is_date else "看不出是哪一天"
    year, deadline = subject.report.year, deadline_of(subject)
    if year is not None and day.year <= year:
        return f"{year} 年度还没有结束，报告不会在这一天公布"
    if _doubt_of_clock(year, subject.today):
        return ""  # by a clock that is behind every day is too late
    far = (day - subject.today).days > _AHEAD and (deadline is None or day > deadline)
    return "比今天晚一个多月" if far else ""


def _doubt_of_clock(year: int | None, today: dt.date) -> str:
    """That the PC's clock is behind, if today is before anybody writes a report of that year; else empty."""
    if year is None or today >= dt.date(year, _WRITING_BEGINS, 1):
        return ""
    return (
        f"这台电脑的日期是{spell_day(today)}，早于写 {year} 年度报告的时候，可能不准，"
        "所以没有核对落款日期是否太晚。请核对电脑的日期；落款日期本身不一定有错。"
    )


def _read_closing(closing: str) -> tuple[dt.date | None, bool]:
    """The day that a closing date names, and whether it is one by its form."""
    plain = plain_width(closing).replace("元月", "1月")
    match = _CLOSING.match(plain.strip())
    if match:
        return _day(match), True
    chinese = _CHINESE_DATE.search(closing)
    numbers = [read_chinese(chinese[index].replace("○", "〇")) for index in (1, 2, 3)] if chinese else []
    try:
        return (dt.date(*map(int, numbers)), True) if all(numbers) and numbers else (None, False)  # type: ignore[arg-type]
    except ValueError:
        return None, True


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None


def _is_in_some_year(month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS and 1 <= day <= _LONGEST[month - 1]


# -- days on which a report is published


class _Publication(NamedTuple):
    """The day on which prose says that the report of a year is published."""

    day: dt.date
    year: int
    span: tuple[int, int]


def _publications(plain: str, year: int | None) -> Iterator[_Publication]:
    if year is None:
        return
    for match in _DATE.finditer(plain):
        day = _day(match)
        if day is None or match[3] is None or not _publishes(plain, match):
            continue
        about = _reported_year(plain, match, year)
        if about is not None:
            yield _Publication(day, about, match.span())


def _publishes(plain: str, match: re.Match[str]) -> bool:
    before = plain[max(0, match.start() - 16) : match.start()]
    after = plain[match.end() : match.end() + 24]
    if _PERIOD_BEFORE.search(before) or _PERIOD_AFTER.match(after):
        return False
    if _STATED.search(before):
        return True
    return bool(_GOVERNED.match(after)) and (bool(_GOVERNS.search(before)) or not before.strip())


def _reported_year(plain: str, match: re.Match[str], year: int) -> int | None:
    """The year of the report that the sentence says is published then; None if it is about no report."""
    start = max(plain.rfind(sign, 0, match.start()) for sign in "。;\n") + 1
    end = min(
        (place for sign in "。;\n" if (place := plain.find(sign, match.end())) >= 0), default=len(plain)
    )
    after = _REPORT.search(plain, match.end(), min(end, match.end() + 60))
    before = list(_REPORT.finditer(plain, max(start, match.start() - 120), match.start()))
    found = before[-1] if before else after
    if found is None:
        return year if _REPORT_DATA.match(plain, start, match.start()) else None
    if found[1]:
        return int(found[1])
    return year - 1 if found[2] else year


@check(
    "MET-5",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第四十九条：每年1月31日前公布上一年度报告，本级政府的在3月31日前",
)
def met_5(subject: CheckContext) -> Iterator[Found]:
    """落款和正文里的公布日期不应晚于公布期限：次年1月31日，县、市人民政府的报告是3月31日。"""
    year = subject.report.year
    deadline = deadline_of(subject)
    if year is None or deadline is None:
        return
    closing = subject.report.facts.get(Fact.CLOSING_DATE, "").strip()
    day = _read_closing(closing)[0] if closing else None
    late = f"晚于公布期限 {spell_day(deadline)}。请核对日期；确实晚了的，写一句说明。"
    if day is not None and day > deadline and not _closing_fault(subject, closing):
        yield Found(f"落款日期“{closing}”，{late}", "", about="closing")
    for part, text in parts_with_text(subject):
        for one in _publications(plain_width(text), year):
            if one.year == year and one.day > deadline:
                yield prose_finding(subject, part, one.span, f"写{quote(text, *one.span)}，{late}")


def usual_deadline(year: int | None) -> dt.date | None:
    """The last day on which a report of that year is published in time; None without a year."""
    return _day_of(year, "month", "day")


def deadline_of(subject: CheckContext) -> dt.date | None:
    """The same of the report at hand: a people's government's own has two months more."""
    names = ("region_month", "region_day") if unit_kind(subject) in _REGIONS else ("month", "day")
    return _day_of(subject.report.year, *names)


def _day_of(year: int | None, month: str, day: str) -> dt.date | None:
    setting: dict[str, int] = rule_words("title")["deadline"]  # type: ignore[assignment]
    try:
        return None if year is None else dt.date(year + 1, setting[month], setting[day])
    except ValueError:
        return None
