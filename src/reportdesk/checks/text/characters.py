"""CHR-1 and CHR-2: signs that look like characters and are none, in prose, headings and printed facts.

Which these are and what they certainly are is ``report.text.characters``'s; where text comes in they are
folded, so these rules find what an older or a foreign file brought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import name_of_part, prose_finding, section_of
from reportdesk.checks.reading_cache import kept
from reportdesk.form.spec import FRONT_TITLE
from reportdesk.report.text.characters import OddSign, name_signs, odd_signs

_SOURCE = "《通用规范汉字表》；打印、查找和上级汇总都认不出这样的符号"


@check("CHR-1", Severity.WARNING, trigger=Trigger.ON_IDLE, source=_SOURCE)
def chr_1(subject: CheckContext) -> Iterator[Found]:
    """文字里不应有看起来像汉字、其实不是汉字的符号，例如从 PDF 复制来的部首。"""

    def says(odd: list[OddSign]) -> str:
        seen = [one for one in odd if one.right]
        unseen = "" if seen else "看不见的"
        shown = f"，如{name_signs(''.join(one.sign for one in seen or odd))}" if odd else ""
        return (
            f"有 {len(odd)} 个{unseen or '看起来像汉字、其实不是汉字的'}符号{shown}。"
            "查找、打印和汇总都认不出，点“改正…”一次换好。"
        )

    return _found(subject, lambda one: one.right is not None, says)


@check("CHR-2", Severity.WARNING, trigger=Trigger.ON_IDLE, source=_SOURCE)
def chr_2(subject: CheckContext) -> Iterator[Found]:
    """文字里不应有各台电脑显示不一样、多半印不出来的符号，例如自造字、控制符。"""

    def says(odd: list[OddSign]) -> str:
        return (
            f"有 {len(odd)} 个符号不是通用的字，换一台电脑就看不出是什么，多半也印不出来："
            f"{name_signs(''.join(one.sign for one in odd))}。请对照原文，删掉或改成要写的字。"
        )

    return _found(subject, lambda one: one.right is None, says)


def _found(
    subject: CheckContext, counts: Callable[[OddSign], bool], says: Callable[[list[OddSign]], str]
) -> Iterator[Found]:
    for part in subject.form.parts:
        odd = [one for one in _odd_signs(subject.report.prose.get(part, "")) if counts(one)]
        if odd:
            span = (odd[0].start, odd[0].start + 1)
            yield prose_finding(subject, part, span, says(odd))
    for name, section, text in _lines(subject):
        odd = [one for one in odd_signs(text) if counts(one)]
        if odd:
            yield Found(f"{name}{says(odd)}", section, about=name)


_odd_signs = kept(odd_signs)
"""Both rules look at the same prose."""


def _lines(subject: CheckContext) -> Iterator[tuple[str, str, str]]:
    """Headings of the clerk's own and facts: a name for the sentence, the section, the text."""
    headings: Mapping[str, str] = subject.report.headings
    for part, text in headings.items():
        yield f"{name_of_part(subject, part)}小标题", section_of(subject, part), text
    for fact, text in subject.report.facts.items():
        yield f"{FRONT_TITLE}里的{fact.says}", "", text
