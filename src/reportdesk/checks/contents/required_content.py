"""Prose by itself: what must be said, what must not be left in, and whose secrets it tells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.claims.words import pattern_of, rule_words
from reportdesk.checks.contents.completeness import is_undivided
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.names.persons import masked_numbers
from reportdesk.checks.prose import (
    name_of_part,
    parts_with_text,
    prose_finding,
    quote,
    section_of,
)
from reportdesk.checks.reading_cache import kept

_ACCURATE = "《政府信息公开条例》第六条：及时、准确地公开政府信息"
_UNIT_CHOICE = re.compile(r"[镇乡县市区局委办][(（][镇乡县市区局委办、街道单位旗]{1,8}[)）]")
_BLANKS = re.compile(r"[Xx](?<![A-Za-z].)[Xx]+(?![A-Za-z])")
_BLANK_NUMBER = re.compile(
    r"(?:[×＊○●□△■]|[XxＸｘ](?![A-Za-z]))(?<![\dA-Za-z×*＊○〇零一二三四五六七八九十百千].)[ \u3000]?(?:万?元|[件条次份篇个人名户场期项年月日](?!×))"
)
"""A number that was to be filled in: 收取信息处理费×元."""
_NOTHING = re.compile(
    r"(?:目前|现阶段|本年度|今年|经自查|经梳理|总体上?)?[,，]?(?:我|本)?(?:[镇乡局办]|街道|机关|单位)?(?:在)?(?:政府信息公开工作|信息公开工作|政务公开工作|工作|这方面)?(?:中|方面|上)?"
    r"(?:暂时?|尚|还)?(?:没有?|无|未|不)(?:有|存在|发现|出现)*(?:任何|明显的?|突出的?|较大的?|重大的?|主要)*(?:存在)?(?:的)?(?:任何|明显的?|突出的?|较大的?|主要)*(?:问题|不足|情况|困难)?(?:和不足|及不足|与不足)?"
    r"(?:需要|可)?(?:报告|说明|改进)?(?:的情况|的问题)?"
)
"""The whole of section five, where it says that there is nothing to say."""
_MANY, _TRIED = 6, 60
_SHORTEST_MEASURE = 10
"""Signs in which nobody names a measure: 继续努力。, 下一步将改进。"""


@check("TXT-3", Severity.WARNING, trigger=Trigger.ON_IDLE, source=_ACCURATE)
def txt_3(subject: CheckContext) -> Iterator[Found]:
    """公开的报告里不应留下模板的提示语、占位符和给上级的行文用语。"""
    letter = pattern_of(_words("letter"))
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
    template = pattern_of(_words("template"))
    choices = (match for match in _UNIT_CHOICE.finditer(text) if not _means_several(text, match))
    found = (template.finditer(text), _BLANKS.finditer(text), _BLANK_NUMBER.finditer(text), choices)
    numbers = [match.span() for match in masked_numbers(plain_width(text))]
    spans = [match.span() for matches in found for match in itertools.islice(matches, _TRIED)]
    spans = [span for span in spans if not any(start <= span[0] < end for start, end in numbers)]
    return tuple(_apart(spans)[:_MANY])


def _means_several(text: str, match: re.Match[str]) -> bool:
    return any(word in text[max(0, match.start() - 4) : match.start()] for word in _words("several"))


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


@check("TXT-7", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}第五节")
def txt_7(subject: CheckContext) -> Iterator[Found]:
    """第五节应写存在的主要问题和改进情况，不能只写“无”或少于三十字，改进情况不能没有措施。"""
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
    if len(problems) + len(improvements) < least or bare in _words("nothing") or _NOTHING.fullmatch(bare):
        message = f"只写了“{(problems or improvements)[:16]}”。请写明存在的主要问题和改进情况，不能写“无”。"
        yield _omission(subject, roles["problems"], message)
    elif len(improvements) < _SHORTEST_MEASURE and improvements:
        message = f"只写了“{improvements}”，没有写具体措施。请写明怎样改进。"
        yield _omission(subject, roles["improvements"], message)
    elif improvements.strip("。，,. ") in _words("nothing") or _NOTHING.fullmatch(
        improvements.strip("。，,. ")
    ):
        message = f"只写了“{improvements[:16]}”。请写明改进措施。"
        yield _omission(subject, roles["improvements"], message)


@check(
    "TXT-8",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}第六节：应报告收取信息处理费的情况",
)
def txt_8(subject: CheckContext) -> Iterator[Found]:
    """第六节应写明本年收取信息处理费的情况，没有收取也要写明。"""
    part = subject.form.part_roles.get("processing_fee")
    if part is None:
        return
    text = subject.report.prose.get(part, "")
    if text.strip() and not any(word in text for word in _words("fees")):
        message = "没有写明收取信息处理费的情况。请补写收取的金额（元），没有收取也要写明。"
        yield _omission(subject, part, message)


@check(
    "TXT-9",
    Severity.HINT,
    trigger=Trigger.ON_IDLE,
    source=f"{OFFICIAL_FORM}第一节；各地通知一般要求一千字以内",
)
def txt_9(subject: CheckContext) -> Iterator[Found]:
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


def _omission(subject: CheckContext, part: str, message: str) -> Found:
    """What is not written in the part that should be."""
    return Found(
        f"{name_of_part(subject, part)}{message}",
        section_of(subject, part),
        part=part,
        is_omission=True,
    )


def _words(name: str) -> list[str]:
    return rule_words("text")[name]  # type: ignore[return-value]  # the file's shape is tested
