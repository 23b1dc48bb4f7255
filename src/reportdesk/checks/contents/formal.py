"""Whether the report has the form's shape: its edition, its headings, its parts, its period.

What a title must be is ``title``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width, read_chinese
from reportdesk.checks.contents.completeness import opens_elsewhere
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import name_of_part, parts_with_text, prose_finding, quote, section_of
from reportdesk.form.load import edition_for, load_form
from reportdesk.form.refusal import FormError
from reportdesk.form.spec import Part
from reportdesk.report.text.paste_cleanup import gist_of

_NUMBERED = re.compile(r"^\s*[（(]?([一二三四五六七八九十]{1,3})[）)、.]?\s*")
_SIGNS = re.compile(r"[\s。：:，,.、]")
_COUNT = re.compile(
    r"(?<![第\d一二三四五六七八九十])(?<!第[一二三四五六][、和至-])(?<!第[一二三四五六][、和至][一二三四五六][、和至])"
    r"(?P<count>\d{1,2}|[一二三四五六七八九十两]{1,2})(?:个|大|项)?"
    r"(?:部分|章节|章|板块|篇章|(?<=[共为括]\w个)方面|方面(?=组成|构成|内容))"
)
_NAMES_PARTS = re.compile("部分|章|板块|方面")
"""Without one of these a text counts no parts, and need not be gone through sign by sign."""
_OF_REPORT = re.compile(
    r"(?:报告|全文|年报|本文)[^。;]{0,60}?(?:由|分为|分|包括|包含|共|含|涵盖|设|计)[^。;]*$"
)
_WHOLE_REPORT = re.compile(r"(?:本报告|全文|本年报)[^。;]*$")
_BEFORE_COUNT = 220
"""Characters before the number of parts in which the report and its parts are named, however many they are."""
_NOT_THE_WHOLE = ("附件", "附表", "表格", "附", "文字")
_DAY = r"(?:\d{1,2}月\d{1,2}日?|\d{1,2}[./\-]\d{1,2})"
_PERIOD = re.compile(
    r"统计(?:数据)?(?:的)?(?:期限|时限|时间|时段|周期|区间|期间|年限|期)|报告(?:期限|期间|期(?![末内底]))|数据(?:期限|周期)"
    r"|统计数据(?=[自从为起])"
)
_RANGE = re.compile(
    r"(?P<first>(?:19|20)\d\d)\s*[年./\-]\s*0?1\s*[月./\-]\s*0?1日?\s*(?:起|开始|零时|0时)?\s*"
    r"(?:至|到|止|[-—–~－～])+\s*(?:(?P<last>(?:19|20)\d\d|本|当|同)\s*[年./\-]\s*)?12\s*[月./\-]\s*31日?"
)
_WHOLE_YEAR = re.compile(
    r"(?:19|20)\d\d年(?:全年|度|内)?(?!\d)|本年度|全年|(?:19|20)\d\d自然年|(?:19|20)\d\d会计年"
)
_ROUGH_RANGE = re.compile(r"\d+月\d+日?[^。;]{0,12}?(?:至|到|[-—–~－～])[^。;]{0,12}?\d+")
_OPPOSITE = re.compile("^(?![^\n]*(?:问题|不足|短板|困难))[^\n]*(?:成绩|成效|亮点|经验)")
_SUB_HEADING = re.compile(r"(?:^|\n)\s*[（(][一二三四五六七八九十]{1,2}[）)]")
_OFF_TOPIC = re.compile(
    "信用体系|营商环境|党风廉政|平安建设|乡村振兴|社会治理|综合治理|法治政府建设|放管服|生态环境|安全生产|意识形态|精神文明|党的建设|机关党建"
    "|环境整治|招商引资|项目建设|经济发展|民生保障|疫情防控|脱贫攻坚|依法行政"
)
_FEES = re.compile("收费|减免|费用")
_ON_TOPIC = re.compile("公开|信息|政务|平台|监督|管理|“|”|，|、")
"""Words of a heading that is the report's own, whatever stands beside them."""
_LEAST_TYPED, _LONG_ENOUGH = 4, 6
"""Signs of an official name of which one, or two, may be mistyped."""
_AHEAD = 60
_PARTS = {
    "总体情况": ("总体", "概述", "基本情况", "工作情况", "概况"),
    "主动公开政府信息情况": ("主动公开",),
    "收到和处理政府信息公开申请情况": ("申请",),
    "政府信息公开行政复议、行政诉讼情况": ("复议", "诉讼"),
    "存在的主要问题及改进情况": ("问题", "不足", "改进"),
    "其他需要报告的事项": ("其他", "其它", "其余"),
}
"""The sections of the form, and the words by which reports name them in their opening."""
_NAMED_LEAST = 4
_LISTED = re.compile("[、，,;；]|以及|和(?=其[他它])|及(?=其[他它]|存在)")
_SUITS = re.compile("复议[、和与及，]*(?:被?提起)?(?:行政)?诉讼")


@check("MET-7", Severity.WARNING, trigger=Trigger.ON_IDLE, source=OFFICIAL_FORM)
def met_7(subject: CheckContext) -> Iterator[Found]:
    """年度报告应当用报告年度现行的格式；2021年度起不再用2019年的格式。"""
    year = subject.report.year
    newest = _form_of(year, subject.form.family) if year is not None else ""
    if newest and newest != subject.form.edition:
        current = load_form(newest)
        if current.first_year > subject.form.first_year:
            message = (
                f"用的是{subject.form.name}的格式，{year} 年度应当用{current.name}"
                f"（{current.document}）。请新建一份{current.name}的年报，把内容导入进去。"
            )
            yield Found(message, "", about="edition")


def _form_of(year: int, family: str) -> str:
    try:
        return edition_for(year, family)
    except FormError:
        return ""


@check("MET-8", Severity.WARNING, trigger=Trigger.ON_IDLE, source=OFFICIAL_FORM)
def met_8(subject: CheckContext) -> Iterator[Found]:
    """小标题不应写成别的部分、别的工作的名称，不应有错字，序号不应重复。"""
    for part, heading in _own_headings(subject):
        if _is_wrong(subject, part, heading):
            yield _heading_found(subject, part, heading)


@check("MET-9", Severity.HINT, trigger=Trigger.ON_IDLE, source=OFFICIAL_FORM)
def met_9(subject: CheckContext) -> Iterator[Found]:
    """小标题一般照格式写；自拟的说法、因合并部分而移动的序号，只作提示。"""
    for part, heading in _own_headings(subject):
        if not _is_wrong(subject, part, heading):
            yield _heading_found(subject, part, heading)


def _heading_found(subject: CheckContext, part: Part, heading: str) -> Found:
    message = f"小标题写成“{heading.strip()}”，格式是“{part.heading}”。请照格式的小标题改。"
    return Found(message, section_of(subject, part.id), part=part.id, about="heading")


def _own_headings(subject: CheckContext) -> Iterator[tuple[Part, str]]:
    """The parts whose printed heading says something else than the official one, with that heading."""
    for part in subject.form.parts.values():
        heading = subject.report.headings.get(part.id, "")
        if not heading.strip() or not part.heading.strip() or part.id == subject.form.opening.id:
            continue
        if _number(heading) not in ("", _number(part.heading)) or _gist(heading) != _gist(part.heading):
            yield part, heading


def _is_wrong(subject: CheckContext, part: Part, heading: str) -> bool:
    """Whether it is surely no wording of one's own: another part's name, a number that stands twice, a slip."""
    said, wanted = _gist(heading), _gist(part.heading)
    if _same_but_for_whose(said, wanted) or _same_but_for_whose(_words(heading), _words(part.heading)):
        said, heading = wanted, part.heading.replace(_number(part.heading), _number(heading), 1)
    if said != wanted and (_is_mistyped(said, wanted) or said in _other_names(subject, part)):
        return True
    if said != wanted and _is_mistyped(_words(heading), _words(part.heading)):
        return True
    is_of_fees = (
        _FEES.search(said) and part.id != subject.form.part_roles.get("processing_fee") and "申请" not in said
    )
    if is_of_fees or (_OFF_TOPIC.search(said) and not _ON_TOPIC.search(said)):
        return True
    if part.id == subject.form.part_roles.get("problems") and _OPPOSITE.search(said):
        return True
    number = _number(heading)
    if number in ("", _number(part.heading)) or number not in _other_numbers(subject, part):
        return False
    return not _numbers_go_on(subject, part)


def _same_but_for_whose(said: str, wanted: str) -> bool:
    """政务信息公开平台建设 for 政府信息公开平台建设 is a wording of one's own."""
    return said != wanted and said.replace("政务", "政府") == wanted


def _numbers_go_on(subject: CheckContext, part: Part) -> bool:
    """Whether the section's prose holds sub-headings of the same row: then parts were joined or added, and numbers moved."""
    section = subject.form.section_of.get(part.id)
    others = section.parts if section is not None else ()
    return any(_SUB_HEADING.search(subject.report.prose.get(other.id, "")) for other in others)


def _other_names(subject: CheckContext, part: Part) -> set[str]:
    """The official names of the other parts and of the sections."""
    names = {_gist(other.heading) for other in subject.form.parts.values() if other.id != part.id}
    return (names | {_gist(section.title) for section in subject.form.sections}) - {""}


def _other_numbers(subject: CheckContext, part: Part) -> set[str]:
    """The numbers that the other parts of its section bear; one left out beside written ones bears none."""
    section = subject.form.section_of.get(part.id)
    parts = section.parts if section is not None else ()
    prose = subject.report.prose
    written = [other for other in parts if prose.get(other.id, "").strip()] or parts
    return {_number(subject.report.heading(other)) for other in written if other.id != part.id}


def _is_mistyped(said: str, wanted: str) -> bool:
    """Whether one or two signs of the official words are others, or two are changed about: 依申请公布."""
    if len(said) != len(wanted) or len(wanted) < _LEAST_TYPED:
        return False
    wrong = sum(mine != yours for mine, yours in zip(said, wanted, strict=True))
    allowed = 2 if len(wanted) >= _LONG_ENOUGH or sorted(said) == sorted(wanted) else 1
    return 0 < wrong <= allowed


def _number(heading: str) -> str:
    match = _NUMBERED.match(heading)
    return match[1] if match else ""


def _gist(heading: str) -> str:
    return gist_of(_words(heading))


def _words(heading: str) -> str:
    return _SIGNS.sub("", _NUMBERED.sub("", heading))


@check(
    "TXT-21",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}：六个部分",
    formerly="TXT-3",
)
def txt_21(subject: CheckContext) -> Iterator[Found]:
    """写报告由几个部分组成的，应与格式一致，列出的名称不少于所写的个数。"""
    whole = len(subject.form.sections)
    for part, text in parts_with_text(subject):
        plain = plain_width(text)
        for match in _COUNT.finditer(plain) if _NAMES_PARTS.search(plain) else ():
            said = _counted(match["count"])
            before = plain[max(0, match.start() - _BEFORE_COUNT) : match.start()]
            if said == whole and part == subject.form.opening.id:
                yield from _too_few(subject, part, text, (match.start(), match.end()))
            stated = _OF_REPORT.search(before) if said not in (None, whole) else None
            if stated is None or any(word in stated[0] for word in _NOT_THE_WHOLE):
                continue
            if part != subject.form.opening.id and not _WHOLE_REPORT.search(before):
                continue
            span = (match.start() - len(stated[0]), match.end())
            message = f"写{quote(text, *span)}，格式是 {whole} 个部分。请核对。"
            yield prose_finding(subject, part, span, message)


def _too_few(subject: CheckContext, part: str, text: str, count: tuple[int, int]) -> Iterator[Found]:
    """Six parts are announced, and only some of them named beside it."""
    plain = plain_width(text)
    start = max(plain.rfind(sign, 0, count[0]) for sign in "。\n") + 1
    end = next((place for place in range(count[1], len(plain)) if plain[place] in "。\n"), len(plain))
    sentence = plain[start:end]
    missing = [name for name, signs in _PARTS.items() if not any(sign in sentence for sign in signs)]
    behind = plain.startswith(":", count[1])
    names = plain[count[1] + 1 : end] if behind else plain[start : count[0]]
    listed = _LISTED.split(_SUITS.sub("复议", names))
    if 0 < len(missing) <= len(_PARTS) - _NAMED_LEAST and len(listed) == len(_PARTS) - len(missing):
        message = f"写{quote(text, *count)}，列出的没有“{'”“'.join(missing)}”。请核对是否漏写。"
        yield prose_finding(subject, part, count, message)


def _counted(written: str) -> int | None:
    return int(written) if written.isdecimal() else read_chinese(written.replace("两", "二"))


# -- the period


@check(
    "TXT-22",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第四十九条、第五十条：年度报告报告上一年度的情况",
)
def txt_22(subject: CheckContext) -> Iterator[Found]:
    """应写明统计期限，为报告年度1月1日至12月31日，起止日期写完整。"""
    year = subject.report.year
    opening = subject.form.opening.id
    opened = bool(subject.report.prose.get(opening, "").strip())
    if year is None or not (opened or opens_elsewhere(subject.form, subject.report)):
        return
    stated = False
    for part, text in parts_with_text(subject):
        plain = _in_digits(plain_width(text))
        stated = stated or bool(_RANGE.search(plain)) or bool(_PERIOD.search(plain))
        for match in _PERIOD.finditer(plain):
            end = _sentence_end(plain, match.end())
            fault = _period_fault(plain[match.end() : end])
            if fault:
                span = (match.start(), min(end, match.end() + _AHEAD, len(text)))
                message = (
                    f"写{quote(text, *span)}，{fault}。统计期限是 {year}年1月1日至{year}年12月31日，请改正。"
                )
                yield prose_finding(subject, part, span, message)
    if opened and not stated and not _rough(subject):
        message = f"没有写统计期限。请写明“统计期限为{year}年1月1日至{year}年12月31日”。"
        name = name_of_part(subject, opening)
        yield Found(f"{name}{message}", "", part=opening, about="period", is_omission=True)


def _rough(subject: CheckContext) -> bool:
    """Whether any part states a period in words that the rule does not know: then it is not missing."""
    return any(
        re.search(r"12\s*月\s*31|统计|1231|12[./-]31", _in_digits(plain_width(text)))
        for _, text in parts_with_text(subject)
    )


def _period_fault(stated: str) -> str:
    """What is wrong with the period as it is stated; empty if nothing is, or it is stated in other words."""
    words = re.sub(r"[ \u3000]", "", stated)[:_AHEAD]
    if _RANGE.search(words):
        match = _RANGE.search(words)
        last = match["last"] if match else None
        if match and last and last.isdecimal() and last < match["first"]:
            return "截止日期早于开始日期"
        return ""
    if not re.search(r"\d", words):
        return "" if re.search("年|如下|见|同", words) else "没有写出起止日期"
    if re.search(r"(?<!\d)(?:19|20)\d\d年(?:全年|度)", words) and not _ROUGH_RANGE.search(words):
        return ""
    if re.search(r"月|日|\d{8}", words):
        return _date_fault(words)
    return "" if _WHOLE_YEAR.search(words) else "写得不完整"


def _date_fault(words: str) -> str:
    days = re.findall(rf"(?<!\d){_DAY}(?!\d)", words)
    whole = [re.sub(r"\b0", "", re.sub("[./-]", "月", day)).rstrip("日") for day in days]
    if whole[:2] == ["1月1", "12月31"]:
        if re.search(r"(?<!\d)(?:19|20)\d\d(?:年|\D)|本年|当年|全年", words):
            broken = re.search(r"(?:19|20)\d{3,}|(?<!\d)年\d|(?<!\d)\d{1,3}年|\d月\d{1,2}(?!日|\d)", words)
            return "起止日期写得不完整" if broken else ""
        return "没有写年份"
    if len(whole) >= 2:  # noqa: PLR2004 - a first and a last day
        return "起止日期不是1月1日和12月31日"
    return "起止日期写得不完整"


def _sentence_end(plain: str, start: int) -> int:
    ends = [place for sign in "。;\n" if (place := plain.find(sign, start)) >= 0]
    return min(ends, default=len(plain))


_WRITTEN = re.compile("[〇零○一二三四五六七八九]{4}(?=年)|[一二三四五六七八九十]{1,3}(?=[月日])")

_MAY_BE_WRITTEN = re.compile("[年月日](?:(?<=[〇零○一二三四五六七八九]年)|(?<=[一二三四五六七八九十][月日]))")
"""Where such a date ends: found sooner than where one may begin."""


def _in_digits(plain: str) -> str:
    """Written-out years, months and days as digits, each as long as it was but for leading spaces."""

    def digits(match: re.Match[str]) -> str:
        value = read_chinese(match[0].replace("○", "〇"))
        return match[0] if value is None else str(value).rjust(len(match[0]))

    return _WRITTEN.sub(digits, plain) if _MAY_BE_WRITTEN.search(plain) else plain
