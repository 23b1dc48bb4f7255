"""TXT-12, TXT-13 and TXT-14: fixed expressions one edit off, words taken for others, characters written twice.

What is mistyped ``spelling`` finds. Passed over are the names of the unit itself and short names in quotation
marks. A 说明 is for the written form, wherever in the report it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.names.place_names import own_names
from reportdesk.checks.prose import parts_with_text, prose_finding, quote_clause
from reportdesk.checks.spelling.confusables import confused_words
from reportdesk.checks.spelling.doubled import doubled_signs
from reportdesk.checks.spelling.phrases import phrase_typos
from reportdesk.checks.spelling.typo import Typo
from reportdesk.checks.unread import MOST_WORDS

_NAMED = re.compile("“[^”]{1,12}”")


@check(
    "TXT-12",
    Severity.WARNING,
    trigger=Trigger.APART,
    source=f"{OFFICIAL_FORM}，有关法律法规和党中央、国务院文件里公布的表述",
)
def txt_12(subject: CheckContext) -> Iterator[Found]:
    """法规名称、格式用语、机构名称和重要表述应与公布的一字不差。"""
    for part, text in parts_to_read(subject):
        sure = confused_words(text)
        for typo in outside_names(subject, text, phrase_typos(text, subject.report.year)):
            if not any(one.start < typo.end and typo.start < one.end for one in sure):  # those are TXT-13's
                says = f"的固定表述是“{typo.right}”。请核对，写错的点“改正…”。"
                yield typo_found(subject, part, text, typo, says)


@check(
    "TXT-13",
    Severity.WARNING,
    trigger=Trigger.APART,
    source="《现代汉语词典》《第一批异形词整理表》和《条例》《格式》的用字",
)
def txt_13(subject: CheckContext) -> Iterator[Found]:
    """不应有常见的错别字，也不应用错音近、形近的词，例如把“截至”写成“截止”。"""
    for part, text in parts_to_read(subject):
        for typo in confused_words(text):
            verb = "一般写作" if typo.is_soft else "应为"
            advice = (
                "酌情改。" if typo.is_soft else "请改正。" if typo.is_certain else "请核对，写错的点“改正…”。"
            )
            found = typo_found(subject, part, text, typo, f"{verb}“{typo.right}”。{advice}")
            yield replace(found, is_soft=typo.is_soft)


@check("TXT-14", Severity.WARNING, trigger=Trigger.APART, source="《条例》第六条：及时、准确地公开政府信息")
def txt_14(subject: CheckContext) -> Iterator[Found]:
    """一个字不应误写两遍，例如“的的”“公公开”。"""
    for part, text in parts_to_read(subject):
        for typo in outside_names(subject, text, doubled_signs(text)):
            yield typo_found(
                subject, part, text, typo, f"像是多写了一个“{typo.right}”。请核对，写错的点“改正…”。"
            )


def parts_to_read(subject: CheckContext) -> Iterator[tuple[str, str]]:
    """The parts that have prose, with as much of it as is read; SYS-3 tells what is not."""
    for part, text in parts_with_text(subject):
        yield part, text[:MOST_WORDS]


def outside_names(subject: CheckContext, text: str, typos: Iterable[Typo]) -> Iterator[Typo]:
    """Those that stand in no name: neither the unit's own nor one in quotation marks."""
    found = tuple(typos)
    names = own_names(subject.report) if found else ""
    quoted = [match.span() for match in _NAMED.finditer(text)] if found else []
    for typo in found:
        is_quoted = any(start < typo.start and typo.end < end for start, end in quoted)
        if not is_quoted and text[typo.start : typo.end] not in names:
            yield typo


def typo_found(subject: CheckContext, part: str, text: str, typo: Typo, says: str) -> Found:
    """The finding about something mistyped, with what should stand there."""
    written = text[typo.start : typo.end]
    message = f"写{quote_clause(text, typo.start, typo.end)}，“{written}”{says}"
    found = prose_finding(subject, part, (typo.start, typo.end), message)
    return replace(
        found,
        about=written,
        basis=f"{written}\n{typo.right}",
        right=typo.right,
        by_form=True,
        is_certain=typo.is_certain,
    )
