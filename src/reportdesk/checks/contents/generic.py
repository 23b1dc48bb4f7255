"""TXT-18 and TXT-20: prose that could be anybody's, and numbers of more than the report counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.names.place_names import own_cores, own_names
from reportdesk.checks.prose import name_of_part, parts_with_text, prose_finding, quote
from reportdesk.checks.reading_cache import kept

_LEAST = 120
"""Characters of a section in which something of the unit's own is to be expected."""
_YEARS = re.compile(
    r"(?:19|20)\d\d年度?|第?[一二三四五]{1,3}[是、，]|[（(][一二三四五六七八九十]+[)）]|(?<!\d)\d{1,3}[.、．]"
)
_DIGIT = re.compile(r"\d")
_FACT = re.compile(
    r"[一二三四五六七八九十两百千]{1,8}(?:次|个|件|条|场|期|处|人|份|项|篇|家|名|余)|“[^”]{2,16}”(?:公众号|微信|抖音|专栏|栏目|平台|小程序)"
    r"|[一-鿿]{2,4}(?:村|社区|股室?|站所|服务中心)"
)
_OWN_SCOPE = re.compile(
    r"(?:数据|统计|本报告|报告)[^。;\n]{0,24}?(?:仅|只|限于|均为|口径为|范围为|范围是)[^。;\n]{0,12}?本级"
    r"|(?:数据|统计|本报告)[^。;\n]{0,30}?不(?:含|包括|包含)[^。;\n]{0,6}?(?:下属|所属|各村|乡镇|部门|站所)"
)
_WHOLE_CLAIM = re.compile(
    r"全[镇乡县区市旗](?:各级行政机关)?[^。;，,\n]{0,12}?(?:收到|受理|新收|办结|答复|公开)[^。;，,\n]{0,16}?\d+[件条]"
)


@check(
    "TXT-18",
    Severity.HINT,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}；《政府信息公开条例》第五十条：报告本机关的情况",
)
def txt_18(subject: CheckContext) -> Iterator[Found]:
    """第一节、第五节应当有本单位自己的数字、文件、做法；整节都是换个单位也能用的套话，提示。"""
    cores = own_cores(own_names(subject.report))
    for section in subject.form.sections:
        written = {part.id: subject.report.prose.get(part.id, "") for part in section.parts}
        text = "\n".join(written.values())
        if len("".join(text.split())) >= _LEAST and _could_be_anybodys(text, cores):
            message = f"“{section.short}”没有一处本单位自己的数字、文件或做法，换个单位也能用。请补写本年具体做了什么、多少次、多少条。"
            first = next(part for part, words in written.items() if words.strip())
            yield Found(message, section.id, part=first, about="generic")


@kept
def _could_be_anybodys(text: str, cores: frozenset[str]) -> bool:
    if "《" in text or any(core in text for core in cores):
        return False
    plain = _YEARS.sub("", plain_width(text))
    return not _DIGIT.search(plain) and not _FACT.search(plain)


@check(
    "TXT-20",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第六条：及时、准确地公开政府信息（统计范围前后一致）",
)
def txt_20(subject: CheckContext) -> Iterator[Found]:
    """写明只统计本级的，文字里的件数不应是全镇、全县的；统计范围前后一致。"""
    stated = next(
        ((part, match) for part, text in parts_with_text(subject) if (match := _OWN_SCOPE.search(text))), None
    )
    if stated is None:
        return
    for part, text in parts_with_text(subject):
        for match in _WHOLE_CLAIM.finditer(plain_width(text)):
            message = (
                f"写{quote(text, *match.span())}，而{name_of_part(subject, stated[0])}写{quote(stated[1][0], 0, len(stated[1][0]))}，"
                "两处的统计范围不一样。请核对是本级的数还是全部的数。"
            )
            yield prose_finding(subject, part, match.span(), message)
