"""UNIT-4: prose that another unit's report has too, 雷同. Whose text came first, nobody can tell.

``likest`` compares a text with others and knows no report; the rule says which texts are compared.
Where the others come from is the asker's: this PC's list, the files of a command, what came in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reportdesk.checks.contents.similarity import find_like_passages, joined, may_be_like, shared_part
from reportdesk.checks.engine import CheckContext, Found, Passage, Severity, Trigger, check
from reportdesk.checks.prose import name_of_part, section_of
from reportdesk.checks.unread import MOST_WORDS
from reportdesk.report.document import Fact, Snapshot

LIKE_SHARE = 0.8
"""As of last year's report; names that were changed count as alike."""
_SAME_SHARE = 0.6
"""Word for word, names and all."""
_LEAST = 60
"""Characters that say something: below that, stock phrases make texts alike."""
_MOST_OF_OTHER = 200_000
"""Characters of another unit's part that are compared."""
_CLAUSE = re.compile(r"[^，。；,;\n]+")
_DENIES = re.compile(r"未|没有|无|(?<!\d)0[件次起宗元]|零")
_DENIED = re.compile("申请|复议|诉讼|收取|收费|费用|追究|答复|办理|投诉|举报")
_OF_GOVERNMENT = "人民政府"


@dataclass(frozen=True, slots=True)
class Likeness:
    """The other text that is most like this one: its name, the passages that both have but for names, and what is the same."""

    name: str
    passages: tuple[Passage, ...]
    share: float


def likest(text: str, others: Iterable[tuple[str, str]]) -> Likeness | None:
    """Which of the other texts, by name, this one is nearly the same as; the likest if several are."""
    text = text[:MOST_WORDS]
    own = _CLAUSE.sub(_without_denial, text)
    if len("".join(own.split())) < _LEAST:
        return None
    found: Likeness | None = None
    for name, other in others:
        if not may_be_like(own, other[:_MOST_OF_OTHER]):
            continue
        passages = find_like_passages(own, other[:_MOST_OF_OTHER])
        share, whole = shared_part(own, passages), joined(passages)
        is_like = share >= _SAME_SHARE and shared_part(own, whole) >= LIKE_SHARE
        if is_like and (found is None or share > found.share):
            found = Likeness(name, whole, share)
    return found


def _without_denial(clause: re.Match[str]) -> str:
    """Blank a clause that says that something did not happen: every unit writes it in the same words."""
    words = clause[0]
    denies = _DENIES.search(words)
    return " " * len(words) if denies and _DENIED.search(words, denies.end()) else words


@check(
    "UNIT-4",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第五十条：报告本机关的情况",
)
def unit_4(subject: CheckContext) -> Iterator[Found]:
    """一部分文字与手边别的单位的年报几乎相同的（雷同），应按本单位的情况写。"""
    others = [other for other in subject.others if is_of_another_unit(subject, other)]
    if not others:
        return
    alike_anyway = (subject.form.opening.id, subject.form.part_roles.get("processing_fee"))
    for part in subject.form.parts:
        text = subject.report.prose.get(part, "")
        if not text or part in alike_anyway:
            continue
        like = likest(text, _texts_of(others, part))
        if like is not None:
            yield Found(
                f"{name_of_part(subject, part)}与{like.name}有 {like.share:.0%} 的文字相同，"
                f"共 {len(like.passages)} 处。请按本单位的情况改写；是上级统一给的文字，或者对方照抄的，写一句说明。",
                section_of(subject, part),
                (),
                part,
                (like.passages[0].now[0], like.passages[-1].now[1]),
                like.name,
                like.passages,
                basis=like.name,
            )


def _texts_of(others: Iterable[Snapshot], part: str) -> Iterator[tuple[str, str]]:
    """What the reports are called, and what they say in that part."""
    for other in others:
        if other.prose.get(part):
            year = other.facts.get(Fact.YEAR, "")
            yield f"“{name_of_unit(other.facts)}”{f'{year}年' if year else '的'}年报", other.prose[part]


def is_of_another_unit(subject: CheckContext, other: Snapshot) -> bool:
    """Whether it is another unit's report for certain: one that does not say whose it is may be a copy."""
    there = name_of_unit(other.facts)
    before = (name_of_unit(kept.facts) for kept in subject.report.previous.values())
    here = [name for name in (name_of_unit(subject.report.facts), *before) if name]
    return bool(there and here) and not any(is_same_unit(name, there) for name in here)


def name_of_unit(facts: Mapping[Fact, str]) -> str:
    """The unit's full name; without one its 标题用名."""
    return (facts.get(Fact.FULL_NAME, "") or facts.get(Fact.TITLE_NAME, "")).strip()


def is_same_unit(one: str, other: str) -> bool:
    """Whether both names are of one unit: with its county before it or without, and with 人民政府 or without."""
    short, long = sorted((one.removesuffix(_OF_GOVERNMENT), other.removesuffix(_OF_GOVERNMENT)), key=len)
    return long.endswith(short)
