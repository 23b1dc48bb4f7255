"""Claims: what a number in prose says, of which subject, deed, applicant and year.

Goes through a sentence token by token. A number takes its meaning from the words before it in
its clause, else from the noun right behind it, else from what the sentence is about. What
cannot be told is left out: a claim that nobody made is worse than one that is missed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reportdesk.checks.claims import binding
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, YearMention, read_sentences
from reportdesk.checks.claims.words import Word
from reportdesk.checks.memory import kept
from reportdesk.report.document import Value


class Topic(StrEnum):
    """What a number counts."""

    REQUEST = "request"
    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    DIRECT_SUIT = "direct_suit"
    SUIT_AFTER_RECONSIDERATION = "suit_after_reconsideration"
    DISPUTE = "dispute"
    """Reconsiderations and suits together."""
    CASE = "case"
    """案件 without a word on which."""
    DOCUMENTS = "documents"
    REGULATIONS = "regulations"
    LICENCE = "licence"
    PENALTY = "penalty"
    COERCIVE = "coercive"
    PROCESSING_FEE = "processing_fee"
    CHARGE = "charge"
    OTHER = "other"
    """Something that the form does not count."""


DISPUTES = frozenset(
    {
        Topic.RECONSIDERATION,
        Topic.LITIGATION,
        Topic.DIRECT_SUIT,
        Topic.SUIT_AFTER_RECONSIDERATION,
        Topic.DISPUTE,
        Topic.CASE,
    }
)


class Claim(NamedTuple):
    """One number that prose states, with the words that say so from ``start`` to ``end``.

    ``deed`` and ``applicant`` are lists of the word table, empty if not said. ``marks`` are the
    other lists met beside the number: own, whole, partly, change, part_of, last_year, plan …
    ``year`` is the year written before it in the sentence, at ``year_at``. ``denied`` for 未发生 and 未收取.
    """

    topic: Topic
    deed: str
    value: Value
    precision: Precision
    unit: str
    start: int
    end: int
    applicant: str = ""
    marks: frozenset[str] = frozenset()
    year: int | None = None
    year_at: int = -1
    denied: bool = False
    inherited: bool = False

    @property
    def words(self) -> slice:
        """The place of the words in the part's prose."""
        return slice(self.start, self.end)


@dataclass(slots=True)
class _Course:
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
    counted: list[Topic] = field(default_factory=list)
    """What the numbers of the sentence counted so far."""
    deeds: list[str] = field(default_factory=list)
    """What was done to them; nothing to those that are a part."""


_FRAME = frozenset({"own", "whole", "period", "last_year", "plan"})
_LASTING = frozenset({"own", "whole", "period"})
_JOINER = re.compile(r"[、和与及或]|以及|行政|和行政|、行政|与行政|及行政|以及行政|或行政|/|“|”|")
_FILLER = re.compile(r"[共计总合数量为是了全年度本镇我县局等件达到均各则即已]*")
_TELLING = ("subject", "deed", "applicant")
_LATE = re.compile(r"逾期|超期|延期|超时")
_TOGETHER = re.compile(r"共|合计|总计")
_FEES = frozenset({Topic.PROCESSING_FEE, Topic.CHARGE})
_TRAIL_GAP = 10
_GAP = 14
_CARRIED = ("carried", "carried_next")
_RESULTS = frozenset({"upheld", "corrected", "other_result", "pending", "lost", "won", "rejected"})
_STATES = frozenset({"issued", "repealed", "in_force"})
_VERDICTS = ("lost", "won")
_NOT_DENIED = re.compile(r"无(?=[法正障需关偿效条线人形纸])")
_DENIED_GAP = 30
_CLOSE_DENIALS = ("无", "没有", "零", "不存在", "均无")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")


@kept
def read_claims(text: str, *, about_requests: bool = False) -> tuple[Claim, ...]:
    """Every claim of a part's prose; ``about_requests`` where the part's subject is requests.

    Kept for texts met lately: while one part is typed in, the others need no second reading.
    """
    claims: list[Claim] = []
    for sentence in read_sentences(text):
        if any(isinstance(token, Quantity | Word) for token in sentence.tokens):
            claims += _read(sentence, about_requests=about_requests)
    return tuple(claims)


def _read(sentence: Sentence, *, about_requests: bool) -> Iterator[Claim]:
    about = about_requests or any(
        isinstance(token, Word) and token.meaning == Topic.REQUEST for token in sentence.tokens
    )
    course = _Course(Topic.REQUEST if about_requests else None, about, clause_start=sentence.start)
    if _is_part_of_year(sentence):
        course.frame.add("period")
    for place, token in enumerate(sentence.tokens):
        if isinstance(token, YearMention):
            if any(word.meaning in _CARRIED for word in course.words):
                course.carried_to = token.year
            else:
                course.year_before = (course.year, course.year_at)
                course.year, course.year_at = token.year, token.start
        elif isinstance(token, Stop):
            _stop(course, token)
        elif isinstance(token, Quantity):
            yield from _claims_of(sentence, course, place, token)
            _frame(course, _LASTING)
            course.words, course.before, course.carried_to = [], [], None
        else:
            course.words.append(token)
            if token.sort == "negation":
                yield from _denials(sentence, course, place, token)


def _is_part_of_year(sentence: Sentence) -> bool:
    """截至6月底 and 1至10月 speak of a part of the year, 1月1日至12月31日 of all of it."""
    months = {int(month) for month in _MONTH.findall(sentence.text, sentence.start, sentence.end)}
    return bool(months) and 12 not in months  # noqa: PLR2004 - December


def _stop(course: _Course, stop: Stop) -> None:
    topics = _topics(course.words, course)
    if topics:
        course.topic = topics[-1]
    _frame(course, _FRAME)
    if stop.sign == ";":
        course.frame.discard("own")
    course.before = course.words or course.before
    course.words = []
    course.published = False
    course.clause_start = stop.end


def _frame(course: _Course, lasting: frozenset[str]) -> None:
    """Whose numbers follow: 本级 holds until 全县 is said, and the other way round."""
    for word in course.words:
        if word.meaning in lasting:
            course.frame -= {"own", "whole"} if word.meaning in ("own", "whole") else set()
            course.frame.add(word.meaning)


def _claims_of(sentence: Sentence, course: _Course, place: int, quantity: Quantity) -> Iterator[Claim]:
    trail = _trail(sentence, place, quantity)
    topics, lead, inherited = _about(sentence, course, trail, quantity)
    if not topics or not _belongs(sentence, course, topics[-1], lead, trail, quantity):
        return
    deed = _deed(lead, quantity) or _deed_behind(sentence, trail, quantity)
    deed = deed or ("published" if course.published else "")
    course.published = deed == "published"
    if topics[-1] is Topic.CASE and deed in _VERDICTS:
        topics = [Topic.LITIGATION]
    course.topic = topics[-1]
    marks = _marks(sentence, course, lead, trail, quantity)
    start, end = _extent(quantity, lead, trail)
    applicant = _applicant(lead) or _applicant(trail)
    year, year_at = course.year, course.year_at
    if deed == "carried" and course.carried_to is not None:
        year, year_at = course.carried_to, -1
    joined = _joined(topics, sentence, lead, quantity)
    course.counted += joined
    course.deeds.append("" if "partly" in marks else deed)
    if deed == "carried":
        course.year, course.year_at = course.year_before
    for topic in joined:
        yield Claim(
            _by_route(topic, marks),
            deed,
            quantity.numeral.value,
            quantity.numeral.precision,
            quantity.unit,
            start,
            end,
            applicant,
            marks,
            year,
            year_at,
            inherited=inherited,
        )


def _about(
    sentence: Sentence, course: _Course, trail: Sequence[Word], quantity: Quantity
) -> tuple[list[Topic], list[Word], bool]:
    """What the number counts, the words that lead to it, and whether an earlier clause alone says what."""
    lead, inherited = course.words, False
    topics = _topics(lead, course)
    behind = _topics(trail[:2], course)
    plain = _FILLER.fullmatch(sentence.text, course.clause_start, quantity.start) is not None
    if not lead and plain and course.before:
        lead = course.before
        topics = _topics(lead, course)
    if behind and (not topics or trail[0].start - quantity.end <= 2):  # noqa: PLR2004 - 起, 的
        topics, lead = behind, [word for word in lead if word.sort != "deed" or not _has_deed(trail)]
    elif not topics and course.topic and (_says_something(lead, trail) or plain):
        topics, inherited = [course.topic], True
        if plain and _TOGETHER.search(sentence.text, course.clause_start, quantity.start):
            topics, inherited = _together(course)
    if any(word.meaning in _VERDICTS for word in (*lead, *trail)) and not DISPUTES.intersection(topics):
        topics = [Topic.LITIGATION]
    return topics, lead, inherited


def _together(course: _Course) -> tuple[list[Topic], bool]:
    """What 共n件 counts behind several numbers: 复议4件、诉讼3件，共7件."""
    kinds = set(course.counted)
    if len(kinds) < 2:  # noqa: PLR2004 - one kind of thing, counted on
        new_and_old = sorted(course.deeds) == ["carried", "received"]
        return [course.topic] if course.topic else [], not new_and_old
    return ([Topic.DISPUTE], False) if kinds <= DISPUTES else ([], True)


def _belongs(
    sentence: Sentence,
    course: _Course,
    topic: Topic,
    lead: Sequence[Word],
    trail: Sequence[Word],
    quantity: Quantity,
) -> bool:
    """Whether nothing between the number and the words that tell of it is what it counts instead."""
    text, last = sentence.text, lead[-1] if lead else None
    if topic in _FEES:
        return True
    subject = next((word for word in trail[:1] if word.sort == "subject"), None)
    if topic is Topic.REQUEST and quantity.unit == "messages":
        named = subject or (last if last is not None and last.sort == "subject" else None)
        if named is None or binding.goes_on(text, named.end):
            return False
    if subject is not None and subject.start - quantity.end <= _TRAIL_GAP:
        return True
    if last is None or last.start < course.clause_start:
        return True
    return binding.leads_to(text, last.end, quantity.start)


def _by_route(topic: Topic, marks: frozenset[str]) -> Topic:
    """A suit is 直接 or 复议后 if the words say so."""
    if topic is Topic.LITIGATION and "direct" in marks:
        return Topic.DIRECT_SUIT
    if topic is Topic.LITIGATION and "after_reconsideration" in marks:
        return Topic.SUIT_AFTER_RECONSIDERATION
    return topic


def _marks(
    sentence: Sentence, course: _Course, lead: Sequence[Word], trail: Sequence[Word], quantity: Quantity
) -> frozenset[str]:
    marks = {word.meaning for word in (*lead, *trail) if word.sort == "scope"} | course.frame
    if any(word.meaning == "carried_next" for word in (*lead, *trail)):
        marks.add("next_year")
    noun = trail[0] if trail and trail[0].sort == "subject" else None
    narrowed = noun is not None and not binding.only_modifies(sentence.text, quantity.end, noun.start)
    of_results = any(word.sort == "result" for word in (*lead, *trail))
    among_others = "part_of" in marks and "body" in marks
    late = "in_time" in marks and _LATE.search(sentence.text, sentence.start, sentence.end)
    if late or narrowed or of_results or among_others or binding.is_object(sentence.text, quantity.start):
        marks.add("partly")
    return frozenset(marks)


def _extent(quantity: Quantity, lead: Sequence[Word], trail: Sequence[Word]) -> tuple[int, int]:
    """From the first telling word before the number to the noun right behind it."""
    told = [word.start for word in lead if word.sort in _TELLING]
    ends = [
        word.end for word in trail[:2] if word.sort == "subject" and word.start - quantity.end <= _TRAIL_GAP
    ]
    return min([quantity.start, *told]), max([quantity.end, *ends])


def _trail(sentence: Sentence, place: int, quantity: Quantity) -> list[Word]:
    """The words behind the number up to the next stop, 、 or number, the first of them near."""
    trail: list[Word] = []
    end = quantity.end
    for token in itertools.islice(sentence.tokens, place + 1, None):
        if not isinstance(token, Word) or token.start > end + _TRAIL_GAP:
            break
        if "、" in sentence.text[end : token.start]:
            break
        trail.append(token)
        end = token.end
    return trail


def _topics(words: Sequence[Word], course: _Course) -> list[Topic]:
    topics: list[Topic] = []
    for word in words:
        if word.sort != "subject":
            continue
        if word.meaning == "bare_request":
            if course.about_requests and not (topics and topics[-1] in DISPUTES):
                topics.append(Topic.REQUEST)
        else:
            topics.append(Topic(word.meaning))
    return topics


def _has_deed(words: Sequence[Word]) -> bool:
    return any(word.sort == "deed" for word in words)


def _says_something(lead: Sequence[Word], trail: Sequence[Word]) -> bool:
    told = ("deed", "applicant")
    return any(word.sort in told for word in lead) or any(word.sort in told for word in trail[:1])


def _applicant(words: Sequence[Word]) -> str:
    """Whose requests; empty also for 公民、法人和其他组织, which is everybody."""
    kinds = {word.meaning for word in words if word.sort == "applicant"}
    return kinds.pop() if len(kinds) == 1 else ""


def _deed(words: Sequence[Word], quantity: Quantity) -> str:
    """The last deed before the number, near enough to belong to it."""
    deeds = [word for word in words if word.sort == "deed"]
    if not deeds:
        return ""
    last = deeds[-1]
    if last.meaning in ("handled", "dealt"):  # 结转下年度继续办理
        last = next((deed for deed in deeds if deed.meaning in _CARRIED), last)
    between = [word for word in words if word.start >= last.end]
    gap = quantity.start - last.end - sum(word.end - word.start for word in between)
    return _named(last) if gap <= _GAP else ""


def _deed_behind(sentence: Sentence, trail: Sequence[Word], quantity: Quantity) -> str:
    """The first deed behind the number, if it was done to what the number counts."""
    deed = next((word for word in trail if word.sort == "deed"), None)
    if deed is None:
        return ""
    before = [word.end for word in trail if word.end <= deed.start]
    done = binding.was_done(sentence.text, before[-1] if before else quantity.end, deed.start)
    return _named(deed) if done or deed.meaning not in ("handled", "dealt", "received") else "elsewise"


def _named(deed: Word) -> str:
    return "carried" if deed.meaning == "carried_next" else deed.meaning


def _joined(topics: list[Topic], sentence: Sentence, lead: Sequence[Word], quantity: Quantity) -> list[Topic]:
    """Which topics the number is about: the last; or several, each or together."""
    nouns = [word for word in lead if word.sort == "subject"]
    group = topics[-1:]
    for topic, noun, following in zip(topics[-2::-1], nouns[-2::-1], nouns[:0:-1], strict=False):
        if not _JOINER.fullmatch(sentence.text, noun.end, following.start):
            break
        group.append(topic)
    kinds = {topic for topic in group if topic is not Topic.CASE}
    if len(kinds) < 2:  # noqa: PLR2004
        return [next(iter(kinds)) if kinds else group[0]]
    last = nouns[-1].end if nouns else quantity.start
    between = sentence.text[last : quantity.start]
    if "分别" in between:
        return []
    if "均" in between or "各" in between or "都" in between or quantity.numeral.value == 0:
        return sorted(kinds)
    return [Topic.DISPUTE] if kinds <= DISPUTES else []


def _denials(sentence: Sentence, course: _Course, place: int, denial: Word) -> Iterator[Claim]:
    """未收到申请, 未发生行政复议、行政诉讼: a claim of 0 for each that is denied."""
    if _NOT_DENIED.match(sentence.text, denial.start):
        return
    written = sentence.text[denial.start : denial.end]
    reach = 8 if written in _CLOSE_DENIALS else _DENIED_GAP
    behind: list[Word] = []
    end = denial.end
    for token in itertools.islice(sentence.tokens, place + 1, None):
        if not isinstance(token, Word) or token.start > end + reach or token.sort == "negation":
            break
        behind.append(token)
        end = token.end
    nouns = [word for word in behind if word.sort == "subject"]
    deeds = [word.meaning for word in behind if word.sort == "deed"]
    results = [deed for deed in deeds if deed in _RESULTS or deed in _CARRIED]
    states = [deed for deed in deeds if deed in _STATES]
    topics = _topics(behind, course)
    if not (topics or results) or not _is_denied(sentence, topics, denial, behind):
        return
    group = _last_group(topics, nouns, sentence) if topics else [course.topic or Topic.LITIGATION]
    marks = {word.meaning for word in behind if word.sort == "scope"} | course.frame
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
            _applicant(behind),
            frozenset(marks),
            course.year,
            course.year_at,
            denied=True,
        )


def _is_denied(sentence: Sentence, topics: list[Topic], denial: Word, behind: Sequence[Word]) -> bool:
    """Whether requests are what is denied, not something that has to do with them."""
    if not topics or topics[-1] is not Topic.REQUEST:
        return True
    end = denial.end
    for word in behind:
        if not binding.is_denied(sentence.text, end, word.start):
            return False
        end = word.end
        if word.sort == "subject":
            return not binding.goes_on(sentence.text, end)
    return True


def _denied_deed(topic: Topic, denial: str, states: Sequence[str]) -> str:
    if topic is Topic.REQUEST:
        return "received"
    if topic in (Topic.DOCUMENTS, Topic.REGULATIONS) and states:
        return states[-1]
    return "issued" if denial in ("未制发", "未制定", "未出台") else ""


def _last_group(topics: list[Topic], nouns: Sequence[Word], sentence: Sentence) -> list[Topic]:
    group = topics[-1:]
    for topic, noun, following in zip(topics[-2::-1], nouns[-2::-1], nouns[:0:-1], strict=False):
        if not _JOINER.fullmatch(sentence.text, noun.end, following.start):
            break
        group.append(topic)
    named: list[Topic] = sorted({topic for topic in group if topic is not Topic.CASE})
    run_together = len(nouns) > 1 and nouns[-2].end == nouns[-1].start
    as_cases = run_together and len(named) > 1 and set(named) <= DISPUTES
    return [Topic.DISPUTE] if as_cases else named or [Topic.CASE]
