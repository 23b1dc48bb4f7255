"""Title, unit, contact, and the day by which the report is due."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from reportdesk.checks.claims.words import rule_words
from reportdesk.checks.engine import OFFICIAL_FORM, Found, Pace, Severity, Subject, check
from reportdesk.checks.prose import has_begun
from reportdesk.report.days import spell_day
from reportdesk.report.document import Fact

_SOURCE = "《政府信息公开条例》第四十九条"
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACEHOLDER = re.compile(r"\{[a-z]+\}年?度?")


@check("MET-1", Severity.WARNING, pace=Pace.ON_PAUSE, source=f"{OFFICIAL_FORM}标题")
def met_1(subject: Subject) -> Iterator[Found]:
    """标题应有机关名称和年份，以“政府信息公开工作年度报告”结尾，“年度”不重复；正文应写联系方式。"""
    report, form = subject.report, subject.form
    title = "".join(report.title_lines(form))
    for wrong in _title_faults(subject, "".join(title.split())):
        yield Found(f"标题“{title}”：{wrong}", "", about=wrong[:6])
    if has_begun(subject) and not _names_contact(subject):
        message = "正文没有写联系方式（地址、电话或电子邮箱）。请写在开头，或写在第六节末尾。"
        yield Found(message, "", part=form.opening.id, about="contact")


def _title_faults(subject: Subject, title: str) -> Iterator[str]:
    report = subject.report
    ending = _PLACEHOLDER.sub("", subject.form.title[-1])
    years = {int(year) for year in _YEAR.findall(title)}
    if report.year is None and not report.facts.get(Fact.TITLE):
        pass  # that there is no year is MET-3's to say
    elif not years and "二〇" not in title and "二○" not in title:
        yield "没有年份。请写成“〈机关名称〉〈年份〉年…年度报告”。"
    elif years and report.year is not None and report.year not in years:
        yield f"年份不是 {report.year} 年。请改成报告年度。"
    if not title.endswith(ending):
        yield f"没有以“{ending}”结尾。请照格式的标题改。"
    if title.count("年度") > ending.count("年度"):
        yield "“年度”重复了。请把前一个“年度”改成“年”。"
    name = title[: title.find("年")] if "年" in title else title
    if report.facts.get(Fact.TITLE) and not re.sub(r"[\d〇○零一二三四五六七八九关于]", "", name):
        yield "没有机关名称。请在年份前写上机关名称。"


def _names_contact(subject: Subject) -> bool:
    words: list[str] = rule_words("title")["contact"]  # type: ignore[assignment]
    prose = "\n".join(subject.report.prose.values())
    return any(word in prose for word in words)


@check("MET-2", Severity.HINT, pace=Pace.ON_PAUSE, source=f"{_SOURCE}：每年1月31日前公布上一年度报告")
def met_2(subject: Subject) -> Iterator[Found]:
    """年度报告应在次年1月31日前公布；临近或已过期限而没有写日期的，提示。"""
    year = subject.report.year
    if year is None or subject.report.facts.get(Fact.CLOSING_DATE, "").strip():
        return
    setting: dict[str, int] = rule_words("title")["deadline"]  # type: ignore[assignment]
    try:
        deadline = dt.date(year + 1, setting["month"], setting["day"])
    except ValueError:
        return
    left = (deadline - subject.today).days
    if left < 0:
        message = f"公布期限是 {spell_day(deadline)}，已经过了 {-left} 天。请尽快报送公布，并填写落款日期。"
    elif left <= setting["near_days"]:
        message = f"公布期限是 {spell_day(deadline)}，还有 {left} 天。请及时报送公布，并填写落款日期。"
    else:
        return
    yield Found(message, "", about=deadline.isoformat())
