"""Title, unit, contact, closing, and the day by which the report is due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width, read_chinese
from reportdesk.checks.claims.words import rule_words
from reportdesk.checks.contents.dates import usual_deadline
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import has_begun
from reportdesk.report.document import Fact
from reportdesk.report.text.days import spell_day
from reportdesk.report.text.titles import unit_in_title, years_in_title

_SOURCE = "《政府信息公开条例》第四十九条"
_PLACEHOLDER = re.compile(r"\{[a-z]+\}年?度?")
_OFFICES = re.compile("人民政府|政府|办事处|党政|综合|办公室|委员会|机关|[ \u3000]")
"""What a unit's name may hold more or less of in the title and at the close."""
_SHARED = 3
_CLOCK_IS_AHEAD = 400
"""Days after a deadline at which the clock is as likely to be wrong as the office late."""


@check("MET-1", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}标题")
def met_1(subject: CheckContext) -> Iterator[Found]:
    """标题应有机关名称和年份，以“政府信息公开工作年度报告”结尾，年份和“年度”不重复。"""
    report, form = subject.report, subject.form
    title = "".join(report.title_lines(form))
    for wrong in _title_faults(subject, "".join(title.split())):
        yield Found(f"标题“{title}”：{wrong}", "", about=wrong[:6])


def _title_faults(subject: CheckContext, title: str) -> Iterator[str]:
    report = subject.report
    ending = _PLACEHOLDER.sub("", subject.form.title[-1])
    years = [_year(written) for written in years_in_title(title)]
    if report.year is None and not report.facts.get(Fact.TITLE):
        pass  # that there is no year is MET-3's to say
    elif not years:
        yield "没有年份。请写成“〈机关名称〉〈年份〉年…年度报告”。"
    elif report.year is not None and report.year not in years:
        yield f"年份不是 {report.year} 年。请改成报告年度。"
    elif len(years) > 1:
        yield "年份写了不止一次。请只留一个。"
    if not title.endswith(ending):
        yield f"没有以“{ending}”结尾。请照格式的标题改。"
    if title.count("年度") > ending.count("年度"):
        yield "“年度”重复了。请把前一个“年度”改成“年”。"
    if report.facts.get(Fact.TITLE) and not _names_somebody(title):
        yield "没有机关名称。请在年份前写上机关名称。"


def _year(written: str) -> int | None:
    digits = written.rstrip("年度")
    return int(digits) if digits.isdecimal() else read_chinese(re.sub("[○OО0]", "〇", digits))


def _names_somebody(title: str) -> bool:
    """Whether anything but years stands before what the report is about."""
    rest = title
    for written in years_in_title(title):
        rest = rest.replace(written, "")
    before = re.split("政府信息|信息公开|政务公开|年度报告|年报", rest, maxsplit=1)[0]
    return bool(re.sub("[关于的]", "", before)) or bool(unit_in_title(title))


@check(
    "MET-4",
    Severity.HINT,
    trigger=Trigger.ON_IDLE,
    source="各地通知一般要求写明联系方式；《格式》没有规定",
    formerly="MET-1",
)
def met_4(subject: CheckContext) -> Iterator[Found]:
    """正文一般写明联系方式（地址、电话或电子邮箱），在开头或第六节末尾。"""
    words: list[str] = rule_words("title")["contact"]  # type: ignore[assignment]
    prose = "\n".join(subject.report.prose.values())
    if has_begun(subject) and not any(word in prose for word in words):
        message = "正文没有写联系方式（地址、电话或电子邮箱）。请写在开头，或写在第六节末尾。"
        yield Found(message, "", part=subject.form.opening.id, about="contact", is_omission=True)


@check("MET-2", Severity.HINT, trigger=Trigger.ON_IDLE, source=f"{_SOURCE}：每年1月31日前公布上一年度报告")
def met_2(subject: CheckContext) -> Iterator[Found]:
    """年度报告应在次年1月31日前公布；临近或已过期限而没有写日期的，提示。"""
    deadline = usual_deadline(subject.report.year)
    if deadline is None or subject.report.facts.get(Fact.CLOSING_DATE, "").strip():
        return
    setting: dict[str, int] = rule_words("title")["deadline"]  # type: ignore[assignment]
    left = (deadline - subject.today).days
    if left < 0:
        message = f"公布期限是 {spell_day(deadline)}，已经过了 {-left} 天。请尽快报送公布，并填写落款日期。"
        if -left > _CLOCK_IS_AHEAD:
            message += f"这台电脑的日期是{spell_day(subject.today)}，不对的请先改电脑的日期。"
    elif left <= setting["near_days"]:
        message = f"公布期限是 {spell_day(deadline)}，还有 {left} 天。请及时报送公布，并填写落款日期。"
    else:
        return
    yield Found(message, "", about=deadline.isoformat(), basis=f"公布期限 {deadline.isoformat()}")


@check(
    "MET-6",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}标题；《政府信息公开条例》第六条：及时、准确地公开政府信息",
)
def met_6(subject: CheckContext) -> Iterator[Found]:
    """标题里的机关和落款的机关应当是同一个；没有落款的，标题与填写的机关全称应当是同一个。"""
    facts = subject.report.facts
    title = unit_in_title("".join(subject.report.title_lines(subject.form)))
    closing = facts.get(Fact.CLOSING_UNIT, "").strip()
    other = closing or facts.get(Fact.FULL_NAME, "").strip()
    if title and other and not _is_same_unit(title, other):
        where = "落款写的是" if closing else "机关全称填的是"
        message = f"标题写的是“{title}”，{where}“{other}”，不像同一个机关。请核对是否照抄了别处的。"
        yield Found(message, "", about="closing_unit")


def _is_same_unit(one: str, other: str) -> bool:
    """Whether both may be names of one unit, one with more of what it belongs to."""
    first, second = (_OFFICES.sub("", plain_width(name)) for name in (one, other))
    if not first or not second or first in second or second in first:
        return True
    shared = 0
    for mine, theirs in zip(reversed(first), reversed(second), strict=False):
        if mine != theirs:
            break
        shared += 1
    return shared >= _SHARED
