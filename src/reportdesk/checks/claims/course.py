"""How far a sentence was read: what it is about, of which year, and the words since its last number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportdesk.checks.claims.claim import DISPUTES, Topic
from reportdesk.checks.claims.words import Word

JOINER = re.compile(
    r"[、和与及或](?:被?(?:提起|申请|提出|引发|发生))?|以及|行政|和行政|、行政|与行政|及行政|以及行政|或行政|/|“|”|"
)
"""What may stand between nouns that one number or one denial is about together."""
_TOPICS = {topic.value: topic for topic in Topic}
_REQUEST = Topic.REQUEST
CARRIED = ("carried", "carried_next")
RESULTS = frozenset({"upheld", "corrected", "other_result", "pending", "lost", "won", "rejected"})


@dataclass(slots=True)
class Course:
    """What was read so far of a sentence."""

    topic: Topic | None
    about_requests: bool
    year: int | None = None
    year_at: int = -1
    year_before: tuple[int | None, int] = (None, -1)
    """Year and place before that, to which 加上2024年结转2件，共14件 returns."""
    carried_to: int | None = None
    """The year of 结转至2025年: the time of no other claim."""
    published: bool = False
    """Whether the clause told of publishing: 公开许可18项、处罚96项."""
    frame: set[str] = field(default_factory=set)
    words: list[Word] = field(default_factory=list)
    """Words of the clause since its last number."""
    before: list[Word] = field(default_factory=list)
    """Words of the clause before that, if it held no number."""
    clause_start: int = 0
    respective: list[Word] = field(default_factory=list)
    """The words of a row to which the next numbers belong: 分别为2件、3件."""
    shared: list[Word] = field(default_factory=list)
    """The words that hold for all numbers of that row."""
    has_number: bool = False
    """Whether the clause held a number."""
    counted: list[Topic] = field(default_factory=list)
    """What the numbers of the sentence counted so far."""
    deeds: list[str] = field(default_factory=list)
    """What was done to them; nothing to those that are a part."""


def topics_of(words: Sequence[Word], course: Course) -> list[Topic]:
    """What the words name, in order; 申请 alone is a request where the part or sentence is about those."""
    topics: list[Topic] = []
    for word in words:
        if word.sort != "subject":
            continue
        if word.meaning == "bare_request":
            if course.about_requests and not (topics and topics[-1] in DISPUTES):
                topics.append(_REQUEST)
        else:
            topics.append(_TOPICS[word.meaning])
    return topics


def applicant_of(words: Sequence[Word]) -> str:
    """Whose requests; empty also for 公民、法人和其他组织, which is everybody; ``several`` for some kinds."""
    kinds = {word.meaning for word in words if word.sort == "applicant"}
    if len(kinds) > 1 and "other" in kinds and "person" not in kinds:
        return "organisation"  # 法人以及其他组织, 企业及其他组织
    if len(kinds) < 2:  # noqa: PLR2004
        return kinds.pop() if kinds else ""
    everybody = "person" in kinds and not kinds.isdisjoint(("organisation", "other"))
    return "" if everybody else "several"
