"""Prose by itself: what must be said, what must not be left in, and whose secrets it tells."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width, read_chinese
from reportdesk.checks.claims.words import any_of, rule_words
from reportdesk.checks.completeness import is_undivided
from reportdesk.checks.engine import MOST_OF_ONE, OFFICIAL_FORM, Found, Pace, Severity, Subject, check
from reportdesk.checks.memory import kept
from reportdesk.checks.prose import (
    name_of_part,
    parts_with_text,
    prose_finding,
    quote,
    quote_clause,
    section_of,
)
from reportdesk.checks.years import stale_years
from reportdesk.report.days import spell_day
from reportdesk.report.document import Fact

_ACCURATE = "《政府信息公开条例》第六条：及时、准确地公开政府信息"
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?")
_PUBLISHES = re.compile(
    r"(?:公布|发布|公开|编制|印发|撰写|形成)[^。，,;]{0,6}$|落款|^[^。，,;]{0,8}(?:公布|发布|编制|公开)"
)
_UNIT_CHOICE = re.compile(r"[镇乡县市区局委办][(（][镇乡县市区局委办、街道单位旗]{1,8}[)）]")
_BLANKS = re.compile(r"(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])")
_PARTS_COUNT = re.compile(
    r"报告[^。;]{0,24}?(?:由|分为|包括|共|含)[^。;]{0,60}?(\d{1,2}|[一二三四五六七八九十]{1,2})个?(?:部分|方面)"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![\d.\-/])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\d\-])")
_CARD = re.compile(r"(?<![\d.\-/A-Za-z])[3-6]\d{3}(?: ?\d{4}){3}(?: ?\d{1,3})?(?![\dA-Za-z])")
_ROW_OF_DIGITS = re.compile(r"(?:\d[- ]?){11}")
"""What any of these is, so that most prose is gone through once."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_MANY, _TRIED = 6, 60


@check(
    "TXT-1",
    Severity.WARNING,
    pace=Pace.ON_PAUSE,
    source=f"{OFFICIAL_FORM}：统计期限为报告年度1月1日至12月31日",
)
def txt_1(subject: Subject) -> Iterator[Found]:
    """文字里应写报告年度的地方写成了别的年份（可能是旧稿没有改）；与上年比较、下年计划不在此列。"""
    year = subject.report.year
    if year is None:
        return
    for part, text in parts_with_text(subject):
        for stale in stale_years(text, year, is_opening=part == subject.form.opening.id)[:_MANY]:
            around = quote_clause(text, stale.start, stale.end)
            message = (
                f"写{around}，本报告是 {year} 年度的。请核对年份；写的确是 {stale.year} 年的事，写一句说明。"
            )
            yield prose_finding(subject, part, (stale.start, stale.end), message)


@check("TXT-2", Severity.WARNING, pace=Pace.ON_PAUSE, source=_ACCURATE)
def txt_2(subject: Subject) -> Iterator[Found]:
    """日期应当存在；落款和公布日期应在报告年度结束之后，也不应比审核当天晚很多。"""
    year = subject.report.year
    closing = subject.report.facts.get(Fact.CLOSING_DATE, "")
    doubt = _doubt_of_clock(year, subject.today)
    if doubt and any(_is_ahead(match, subject.today) for match in _DATE.finditer(plain_width(closing))):
        yield Found(doubt, "", about="clock")
    today = dt.date.max if doubt else subject.today  # by a clock that is behind every day is too late
    for match in _DATE.finditer(plain_width(closing)):
        reason = _date_fault(match, year, today)
        if reason:
            yield Found(f"落款日期“{closing}”，{reason}。请核对。", "", about="closing")
    for part, text in parts_with_text(subject):
        plain = plain_width(text)
        for match in _DATE.finditer(plain):
            near = _PUBLISHES.search(plain[max(0, match.start() - 16) : match.start()]) or _PUBLISHES.match(
                plain[match.end() : match.end() + 12]
            )
            reason = _impossible(match)
            if not reason and near and "本报告" in plain[max(0, match.start() - 40) : match.end() + 12]:
                reason = _date_fault(match, year, today)
            if reason:
                message = f"写{quote(text, *match.span())}，{reason}。请核对日期。"
                yield prose_finding(subject, part, match.span(), message)


def _impossible(match: re.Match[str]) -> str:
    try:
        dt.date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return "没有这一天"
    return ""


def _date_fault(match: re.Match[str], year: int | None, today: dt.date) -> str:
    """Why a report of that year cannot bear the date; empty if it can."""
    if reason := _impossible(match):
        return reason
    day = dt.date(int(match[1]), int(match[2]), int(match[3] or 1))
    if year is not None and day.year <= year:
        return f"{year} 年度还没有结束，报告不会在这一天公布"
    if (day - today).days > _AHEAD:
        return "比今天晚一个多月"
    return ""


def _is_ahead(match: re.Match[str], today: dt.date) -> bool:
    """Whether the date is one that exists, and later than a report is dated ahead."""
    return (
        not _impossible(match)
        and (dt.date(int(match[1]), int(match[2]), int(match[3] or 1)) - today).days > _AHEAD
    )


def _doubt_of_clock(year: int | None, today: dt.date) -> str:
    """That the PC's clock is behind, if today is before anybody writes a report of that year; else empty."""
    if year is None or today >= dt.date(year, _WRITING_BEGINS, 1):
        return ""
    return (
        f"这台电脑的日期是{spell_day(today)}，早于写 {year} 年度报告的时候，可能不准，"
        "所以没有核对落款日期是否太晚。请核对电脑的日期；落款日期本身不一定有错。"
    )


_AHEAD = 31
"""Days that a report is dated ahead at most."""
_WRITING_BEGINS = 11
"""The month of its own year in which offices begin with a report."""


@check("TXT-3", Severity.WARNING, pace=Pace.ON_PAUSE, source=_ACCURATE)
def txt_3(subject: Subject) -> Iterator[Found]:
    """公开的报告里不应留下模板的提示语、占位符和给上级的行文用语。"""
    letter = re.compile(any_of(_words("letter")))
    for part, text in parts_with_text(subject):
        for span in _left_in(text):
            message = f"有{quote(text, *span)}，像是模板里没有改掉的文字。请改成本单位的内容或删去。"
            yield prose_finding(subject, part, span, message)
        for match in letter.finditer(text):
            message = f"有{quote(text, *match.span())}，是报送上级用的话，公开的报告里不宜出现。请改写。"
            yield prose_finding(subject, part, match.span(), message)


@kept
def _left_in(text: str) -> tuple[tuple[int, int], ...]:
    """The first places of what a template leaves to be filled in or chosen."""
    template = re.compile(any_of(_words("template")))
    choices = (match for match in _UNIT_CHOICE.finditer(text) if not _means_several(text, match))
    found = (template.finditer(text), _BLANKS.finditer(text), choices)
    spans = [match.span() for matches in found for match in itertools.islice(matches, _TRIED)]
    return tuple(_apart(spans)[:_MANY])


def _means_several(text: str, match: re.Match[str]) -> bool:
    return any(word in text[max(0, match.start() - 4) : match.start()] for word in _words("several"))


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


@check(
    "TXT-12",
    Severity.HINT,
    pace=Pace.ON_PAUSE,
    source=f"{OFFICIAL_FORM}：六个部分",
    formerly="TXT-3",
)
def txt_12(subject: Subject) -> Iterator[Found]:
    """开头写报告由几个部分组成的，应与格式一致。"""
    part = subject.form.opening.id
    text = subject.report.prose.get(part, "")
    whole = len(subject.form.sections)
    for match in _PARTS_COUNT.finditer(plain_width(text[:2000])):
        said = int(match[1]) if match[1].isdecimal() else read_chinese(match[1])
        if said is not None and said != whole:
            message = f"写{quote(text, *match.span())}，格式是 {whole} 个部分。请核对。"
            yield prose_finding(subject, part, match.span(), message)


@check(
    "TXT-6",
    Severity.WARNING,
    pace=Pace.ON_PAUSE,
    source="《政府信息公开条例》第十五条：涉及个人隐私的政府信息不得公开",
)
def txt_6(subject: Subject) -> Iterator[Found]:
    """公开的报告里不应有身份证号、手机号、银行卡号；单位的固定电话和邮箱不在此列。"""
    for part, text in parts_with_text(subject):
        for name, span in _private_numbers(text):
            number = plain_width(text)[slice(*span)]
            masked = f"{number[:3]}***{number[-2:]}"
            message = f"有{name}（{masked}）。请删去，或者改成单位的固定电话。"
            yield Found(
                f"{name_of_part(subject, part)}{message}",
                section_of(subject, part),
                (),
                part,
                span,
                f"{name}{masked}",
            )


@kept
def _private_numbers(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Numbers of persons, cards and mobile telephones: what they are, and where; each place once."""
    plain = plain_width(text)
    kinds = (("身份证号", _IDENTITY, _is_identity), ("手机号", _MOBILE, None), ("银行卡号", _CARD, _is_card))
    found: list[tuple[str, tuple[int, int]]] = []
    for name, pattern, holds in kinds if _ROW_OF_DIGITS.search(plain) else ():
        for match in pattern.finditer(plain):
            inside = any(start <= match.start() < end for _, (start, end) in found)
            if not inside and (holds is None or holds(match[0])):
                found.append((name, match.span()))
                if len(found) == MOST_OF_ONE:
                    return tuple(found)
    return tuple(found)


def _is_identity(number: str) -> bool:
    whole = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_SIGNS[whole % 11] == number[-1].upper()


def _is_card(number: str) -> bool:
    digits = [int(sign) for sign in number if sign != " "]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


@check("TXT-7", Severity.WARNING, pace=Pace.ON_PAUSE, source=f"{OFFICIAL_FORM}第五节")
def txt_7(subject: Subject) -> Iterator[Found]:
    """第五节应写存在的主要问题和改进情况，不能只写“无”或少于三十字。"""
    roles = subject.form.part_roles
    if not {"problems", "improvements"} <= roles.keys():
        return
    problems, improvements = (
        "".join(subject.report.prose.get(roles[role], "").split()) for role in ("problems", "improvements")
    )
    if not problems + improvements:
        return  # that nothing is written is PART-1's to say, and that one of both lacks
    least: int = rule_words("text")["problems_least"]  # type: ignore[assignment]
    bare = problems.strip("。，,. ")
    if len(problems) + len(improvements) < least or bare in _words("nothing"):
        message = f"只写了“{(problems or improvements)[:16]}”。请写明存在的主要问题和改进情况，不能写“无”。"
        yield _omission(subject, roles["problems"], message)
    elif improvements.strip("。，,. ") in _words("nothing"):
        message = f"只写了“{improvements[:16]}”。请写明改进措施。"
        yield _omission(subject, roles["improvements"], message)


@check(
    "TXT-8", Severity.WARNING, pace=Pace.ON_PAUSE, source=f"{OFFICIAL_FORM}第六节：应报告收取信息处理费的情况"
)
def txt_8(subject: Subject) -> Iterator[Found]:
    """第六节应写明本年收取信息处理费的情况，没有收取也要写明。"""
    part = subject.form.part_roles.get("processing_fee")
    if part is None:
        return
    text = subject.report.prose.get(part, "")
    if text.strip() and not any(word in text for word in _words("fees")):
        message = "没有写明收取信息处理费的情况。请补写收取的金额（元），没有收取也要写明。"
        yield _omission(subject, part, message)


@check(
    "TXT-9", Severity.HINT, pace=Pace.ON_PAUSE, source=f"{OFFICIAL_FORM}第一节；各地通知一般要求一千字以内"
)
def txt_9(subject: Subject) -> Iterator[Found]:
    """第一节各部分应有小标题，全节一般不超过一千字。"""
    lead = subject.form.part_roles.get("supervision")
    if lead is None:
        return
    section = subject.form.section_of[lead]
    lengths = {part.id: len("".join(subject.report.prose.get(part.id, "").split())) for part in section.parts}
    whole = sum(lengths.values())
    most: int = rule_words("text")["overview_most"]  # type: ignore[assignment]
    if whole > most:
        message = f"“{section.short}”共 {whole} 字，一般不超过 {most} 字。请酌情精简。"
        yield Found(message, section.id, part=section.parts[0].id, about="length")
    if is_undivided(subject.form, subject.report, section):
        written = next(part for part, length in lengths.items() if length)
        message = (
            f"“{section.short}”没有分小标题，文字都在“{subject.form.parts[written].heading}”里。"
            "请按格式的小标题分开，印出来才不会只有标题没有文字。"
        )
        yield Found(message, section.id, part=written, about="headings")


def _omission(subject: Subject, part: str, message: str) -> Found:
    """What is not written in the part that should be."""
    return Found(
        f"{name_of_part(subject, part)}{message}",
        section_of(subject, part),
        part=part,
        is_omission=True,
    )


def _words(name: str) -> list[str]:
    return rule_words("text")[name]  # type: ignore[return-value]  # the file's shape is tested
