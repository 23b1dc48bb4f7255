"""TXT-11 and TXT-24: what pasting left in the prose. What that is, and what would go, is ``report.text.paste_cleanup``'s."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote
from reportdesk.report.text.paste_cleanup import headings_of, superfluous

_LINE, _ENDS = 12, "。！？：；.!?:;）)》”"
"""Characters of a line that may be a part of a sentence, and what ends one."""
_BEGINS = re.compile("[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．是]|[①-⑳]|[-–—*•·]")
_AROUND = 8
_MANY_LINES = 3
"""Sentences broken in a part from which on it is no chance."""


@check(
    "TXT-11",
    Severity.HINT,
    trigger=Trigger.ON_IDLE,
    source="《格式》：各部分的标题由格式规定，不必在正文里再写",
)
def txt_11(subject: CheckContext) -> Iterator[Found]:
    """正文开头不重复小标题，段首没有“-”等列表符号，一句话不断成两段。"""
    for part, text in parts_with_text(subject):
        cuts = superfluous(text, headings_of(subject.form, subject.report, part))
        if cuts:
            start, end = cuts[0]
            around = quote(text, max(0, start - _AROUND), min(len(text), end + _AROUND))
            message = (
                f"有 {len(cuts)} 处像是粘贴时带来的：重复的小标题、段首的符号，或者断成两段的句子，如{around}。"
                "点“改正…”可以先看再改；本来就该这样的，写一句说明。"
            )
            if not text[start:end].strip():  # the end of a line shows nothing: the words beside it are marked
                start, end = max(0, start - _AROUND), min(len(text), end + _AROUND)
            yield prose_finding(subject, part, (start, end), message)


@check(
    "TXT-24",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《党政机关公文格式》（GB/T 9704）：自然段之内不另起行",
)
def txt_24(subject: CheckContext) -> Iterator[Found]:
    """一段文字不按行断成许多段：每行二十来个字就换行的，是粘贴时带来的。"""
    for part, text in parts_with_text(subject):
        broken = _broken_lines(text)
        if len(broken) >= _MANY_LINES:
            first = broken[0]
            around = quote(text, max(0, first - _AROUND), min(len(text), first + _AROUND))
            message = f"有 {len(broken)} 处句子没有写完就另起了一段，如{around}。请把断开的各行接起来。"
            span = (max(0, first - _AROUND), min(len(text), broken[-1] + _AROUND))
            yield prose_finding(subject, part, span, message)


def _broken_lines(text: str) -> list[int]:
    """Where a line ends in the midst of a sentence and the next goes on with it."""
    places, place = [], 0
    lines = text.split("\n")
    for line, following in itertools.pairwise(lines):
        place += len(line) + 1
        goes_on = line.rstrip() and following.strip() and line.rstrip()[-1] not in _ENDS
        if goes_on and len(line.strip()) >= _LINE and not _BEGINS.match(following.strip()):
            places.append(place - 1)
    return places if len(places) * 2 > len(lines) - 1 else []
