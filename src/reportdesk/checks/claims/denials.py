"""What prose says there was none of: 未收到申请, 未发生行政复议、行政诉讼, 没有现行有效的规范性文件."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from reportdesk.checks.claims import binding
from reportdesk.checks.claims.claim import DISPUTES, Claim, Topic
from reportdesk.checks.claims.course import CARRIED, JOINER, RESULTS, Course, applicant_of, topics_of
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, Token
from reportdesk.checks.claims.words import Word

_STATES = frozenset({"issued", "repealed", "in_force"})
_NOT_DENIED = re.compile(r"无(?=[法正障需关偿效条线人形纸])")
_DENIED_GAP = 30
_CLOSE_DENIALS = ("无", "没有", "零", "不存在", "均无")


def read_denials(sentence: Sentence, course: Course, place: int, denial: Word) -> Iterator[Claim]:
    """未收到申请, 未发生行政复议、行政诉讼: a claim of 0 for each that is denied."""
    if _NOT_DENIED.match(sentence.text, denial.start):
        return
    written = sentence.text[denial.start : denial.end]
    reach = 8 if written in _CLOSE_DENIALS else _DENIED_GAP
    behind: list[Word] = []
    end = denial.end
    for token in itertools.islice(sentence.tokens, place + 1, None):
        if is_one(token) and token.start <= end + reach:
            end = token.end
            continue
        if not isinstance(token, Word) or token.start > end + reach or token.sort == "negation":
            break
        behind.append(token)
        end = token.end
    nouns = [word for word in behind if word.sort == "subject"]
    deeds = [word.meaning for word in behind if word.sort == "deed"]
    results = [deed for deed in deeds if deed in RESULTS or deed in CARRIED]
    states = [deed for deed in deeds if deed in _STATES]
    topics = topics_of(behind, course)
    if not (topics or results) or not _is_denied(sentence, topics, denial, behind):
        return
    while len(topics) > 1 and topics[-1] is Topic.CASE and topics[-2] in DISPUTES and results:
        topics, nouns = topics[:-1], nouns[:-1]  # 没有行政复议被纠正的案件
    group = _last_group(topics, nouns, sentence) if topics else [course.topic or Topic.LITIGATION]
    marks = {word.meaning for word in behind if word.sort == "scope"} | course.frame
    marks |= {word.meaning for word in course.words if word.meaning == "last_year"}  # 上年未收取
    for topic in group:
        deed = results[-1].removesuffix("_next") if results else _denied_deed(topic, written, states)
        yield Claim(
            topic,
            deed,
            0,
            Precision.EXACT,
            "",
            denial.start,
            max([denial.end, *(noun.end for noun in nouns)]),
            applicant_of(behind),
            frozenset(marks),
            course.year,
            course.year_at,
            denied=True,
        )


def is_one(token: Token) -> TypeGuard[Quantity]:
    """没有发生一起: the 一 of what there was none of."""
    return isinstance(token, Quantity) and token.numeral.chinese and token.numeral.value == 1


def _is_denied(sentence: Sentence, topics: list[Topic], denial: Word, behind: Sequence[Word]) -> bool:
    """Whether requests are what is denied, not something that has to do with them."""
    if not topics or topics[-1] is not Topic.REQUEST:
        return True
    end = denial.end
    for word in behind:
        if not binding.is_denied(sentence.text, end, word.start):
            return False
        end = word.end
        if word.sort == "result":
            return False
        if word.sort == "subject":
            return not binding.goes_on(sentence.text, end)
    return True


def _denied_deed(topic: Topic, denial: str, states: Sequence[str]) -> str:
    if topic is Topic.REQUEST:
        return "received"
    if topic in (Topic.DOCUMENTS, Topic.REGULATIONS) and states:
        return states[-1]
    if denial == "未废止":
        return "repealed"
    return "issued" if denial in ("未制发", "未制定", "未出台") else ""


def _last_group(topics: list[Topic], nouns: Sequence[Word], sentence: Sentence) -> list[Topic]:
    group = topics[-1:]
    for topic, noun, following in zip(topics[-2::-1], nouns[-2::-1], nouns[:0:-1], strict=False):
        if not JOINER.fullmatch(sentence.text, noun.end, following.start):
            break
        if topic not in DISPUTES and topics[-1] in DISPUTES:
            break  # 因信息公开申请行政复议: the word before says what it came of
        group.append(topic)
    named: list[Topic] = sorted({topic for topic in group if topic is not Topic.CASE})
    run_together = len(nouns) > 1 and nouns[-2].end == nouns[-1].start
    as_cases = run_together and len(named) > 1 and set(named) <= DISPUTES
    return [Topic.DISPUTE] if as_cases else named or [Topic.CASE]
