"""TXT-11: what pasting left in the prose. What that is, and what would go, is ``report.tidying``'s."""

from __future__ import annotations

from collections.abc import Iterator

from reportdesk.checks.engine import Found, Pace, Severity, Subject, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote
from reportdesk.report.tidying import headings_of, superfluous

_AROUND = 8


@check(
    "TXT-11", Severity.HINT, pace=Pace.ON_PAUSE, source="《格式》：各部分的标题由格式规定，不必在正文里再写"
)
def txt_11(subject: Subject) -> Iterator[Found]:
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
            yield prose_finding(subject, part, (start, end), message)
