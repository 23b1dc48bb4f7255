"""Claims: what a number in prose says, of which subject, deed, applicant and year.

Goes through a sentence token by token. A number takes its meaning from the words before it in
its clause, else from the noun right behind it, else from what the sentence is about. What
cannot be told is left out: a claim that nobody made is worse than one that is missed.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

from reportdesk.checks.claims import aside, binding
from reportdesk.checks.claims.claim import DISPUTES, Claim, Topic
from reportdesk.checks.claims.course import CARRIED, JOINER, RESULTS, Course, applicant_of, topics_of
from reportdesk.checks.claims.denials import is_one, read_denials
from reportdesk.checks.claims.respective import placed_at, row_of
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, YearMention, read_sentences
from reportdesk.checks.claims.words import Word
from reportdesk.checks.reading_cache import kept

_REQUEST, _OTHER = Topic.REQUEST, Topic.OTHER
"""Looked up once: a member of an enumeration takes longer than all that is done with it here."""
_FRAME = frozenset({"own", "whole", "period", "last_year", "plan"})
_LASTING = frozenset({"own", "whole", "period"})
_FILLER = re.compile(r"[今内共计总合数量为是了全年度本镇我县局等件达到均各则即已]*")
_TELLING = ("subject", "deed", "applicant")
_LATE = re.compile(r"逾期|超期|延期|超时|提前|当场|即时")
_IN_SOME_WAY = re.compile(
    r"(?:提前|当场|即时|当日|延期)(?:予以|进行)?(?:办结|办理|答复|办复)[了的共为]{0,2}$"
)
"""提前办结11件 is a part of what was closed."""
_TOGETHER = re.compile(r"共|合计|总计")
_FEES = frozenset({Topic.PROCESSING_FEE, Topic.CHARGE})
_OF_THESE = re.compile(r"(?:政府信息公开|信息公开|依申请公开)?(?:申请|案件)?(?:当)?中(?!心|央|队|止|国)")
"""新收7件中办结6件: what follows is of these."""
_OF_APPLICANTS = re.compile(
    r"申请人(?:身份|类型|类别|主体|情况|构成|结构|分布|属性)*[均都]?(?:来看|划分|包括|为|是|中|看|分|有|:|,|，)*"
    r"(?=自然人|法人|企业|商业企业|公民|个人|科研|社会公益|法律服务|律师|其他)"
)
_AND_DISPUTES = re.compile(r"[、和与及或](?:行政)?(?:复议|诉讼)")
_THIS_YEAR = re.compile(r"(?:其中)?(?:当年|本年度?|今年|年内|全年)")
_CARE = ("清理", "备案", "审查", "评估")
"""What is done with documents: the numbers behind it are still theirs."""
_SPECIAL = re.compile(
    r"(?:疑难|复杂|敏感|典型|重点|涉企|涉农|同类|类似|批量|重大|研究|讨论|会审|研判)(?:的|政府|信息公开|公开)*$"
)
_ALL_YEARS = re.compile(
    r"(?:[一二三四五六]是)?(?:针对|围绕|结合|对|就|从|在|按照)?(?:全年|[本今]年度?|年内|一年来)[的共计总收到受理新办我镇乡县局街道]*"
)
"""Before 21件申请: of the whole year."""
_OF_ALL = re.compile(
    r"(?:当?[中里])?[,，]?(?:内容|事项)?(?:(?P<each>[均都]|全部)|多为|大多|多数|大部分|集中|主要|反映)"
)
"""今年21件申请多为征地类: of all of them is told what they are mostly of."""
_TRAIL_GAP = 10
_GAP = 14
_VERDICTS = ("lost", "won")
_NO_DEED = ("", "published", "issued", "elsewise")
_YEAR_END = re.compile(r"截[至止]|12月(?:31日|底|末)")
_RANGE = re.compile(r"年度?[至到\-~—]$")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_CARRIED_IN = re.compile(r"(?:上年|去年|结转|上一年|往年)[^,，。;]{0,12}$")
"""Before a month: 去年未办完的1件也于1月办结, a time of those alone."""


@kept
def read_claims(text: str, *, about_requests: bool = False, loosely: bool = False) -> tuple[Claim, ...]:
    """Every claim of a part's prose; ``about_requests`` where the part's subject is requests.

    ``loosely`` where it may be: then 申请 with a number is one for disclosure unless its sentence says of what.
    Kept for texts met lately: while one part is typed in, the others need no second reading.
    """
    claims: list[Claim] = []
    for sentence in read_sentences(text):
        if sentence.numbers or _may_deny(sentence):  # only these claim anything
            carried = loosely and aside.carries_requests(sentence)
            bare = about_requests or carried or (loosely and aside.asks_for_information(sentence))
            claims += _read(sentence, about_requests=about_requests or carried, bare=bare)
    return tuple(claims)


def _may_deny(sentence: Sentence) -> bool:
    return any(token.sort == "negation" for token in sentence.tokens if isinstance(token, Word))


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_One = TypeVar("_One", bound=_Placed)


def within(ones: Sequence[_One], start: int, end: int) -> Sequence[_One]:
    """Those of a row in order of place that begin between the two places."""
    first = bisect.bisect_left(ones, start, key=attrgetter("start"))
    return ones[first : bisect.bisect_left(ones, end, first, key=attrgetter("start"))]


def _read(sentence: Sentence, *, about_requests: bool, bare: bool) -> Iterator[Claim]:
    about = bare or any(token.meaning == _REQUEST for token in sentence.tokens if isinstance(token, Word))
    course = Course(Topic.REQUEST if about_requests else None, about, clause_start=sentence.start)
    if _is_part_of_year(sentence):
        course.frame.add("period")
    of_documents = aside.tells_attributes(sentence.text, sentence.start, sentence.end)
    for place, token in enumerate(sentence.tokens):
        if isinstance(token, Word):
            course.words.append(_meant(sentence.text, token))
            if token.sort == "negation":
                yield from read_denials(sentence, course, place, token)
        elif isinstance(token, Stop):
            _stop(sentence.text, course, token)
        elif isinstance(token, YearMention):
            _take_year(sentence, course, token)
        else:
            if is_one(token) and course.words and course.words[-1].sort == "negation":
                continue
            _take_from_row(sentence, course, place, token)
            claims = _claims_of(sentence, course, place, token)
            yield from (claim for claim in claims if not (of_documents and _is_of_documents(claim)))
            if _OF_THESE.match(sentence.text, token.end):
                course.frame |= {"part_of"} | ({"partly"} if _narrows(course.words) else set())
            course.has_number = True
            _frame(course, _LASTING)
            course.words, course.before, course.carried_to = [], [], None


def _is_of_documents(claim: Claim) -> bool:
    """Whether it counts documents by attribute, where a sentence does so: 依申请公开8件."""
    return claim.topic is _REQUEST and claim.deed in _NO_DEED


def _take_from_row(sentence: Sentence, course: Course, place: int, quantity: Quantity) -> None:
    """Let the number of a row behind 分别 have the word that it belongs to, and no other."""
    if not course.respective and (row := row_of(sentence, course.words, place)):
        course.respective, course.shared = list(row.words), list(row.shared)
    if course.respective:
        course.words = [*course.shared, placed_at(course.respective.pop(0), quantity)]


def _meant(text: str, word: Word) -> Word:
    """转至 and 转入 carry over to a year, and pass on a part to anybody else: 转入信访渠道1件.

    申请人 before kinds of applicants tells of their requests: 申请人为自然人5件.
    """
    if word.meaning == _OTHER and _OF_APPLICANTS.match(text, word.start):
        return word._replace(meaning="bare_request")
    passes_on = word.meaning == "carried" and text[word.start : word.end] in ("转至", "转入")
    if passes_on and text[word.end : word.end + 1] not in ("下", "次", "来", "明", "2", "二", "本", "当"):
        return word._replace(sort="scope", meaning="partly")
    return word


def _take_year(sentence: Sentence, course: Course, token: YearMention) -> None:
    if any(word.meaning in CARRIED for word in course.words):
        course.carried_to = token.year
    elif course.year is not None and _RANGE.search(sentence.text, sentence.start, token.start):
        course.frame.add("period")
    else:
        course.year_before = (course.year, course.year_at)
        course.year, course.year_at = token.year, token.start


def _narrows(words: Sequence[Word]) -> bool:
    return any(word.sort == "result" or word.meaning in ("partly", *CARRIED) for word in words)


def _is_part_of_year(sentence: Sentence) -> bool:
    """截至6月底 and 1至10月 speak of a part of the year, 1月1日至12月31日 of all of it."""
    if sentence.text.find("月", sentence.start, sentence.end) < 0:
        return False
    months = {
        int(match[1])
        for match in _MONTH.finditer(sentence.text, sentence.start, sentence.end)
        if not _CARRIED_IN.search(sentence.text, max(sentence.start, match.start() - _GAP), match.start())
    }
    if months == {12}:
        return not _YEAR_END.search(sentence.text, sentence.start, sentence.end)
    return bool(months) and 12 not in months  # noqa: PLR2004 - December


def _stop(text: str, course: Course, stop: Stop) -> None:
    if course.words:
        topics = topics_of([one for one in course.words if text[one.start : one.end] not in _CARE], course)
        if topics:
            course.topic = topics[-1]
        _frame(course, _FRAME)
    if stop.sign == ";":
        course.frame.discard("own")
    course.before = [] if course.has_number else course.words or course.before
    course.has_number = False
    course.words = []
    course.published = False
    course.clause_start = stop.end


def _frame(course: Course, lasting: frozenset[str]) -> None:
    """Whose numbers follow: 本级 holds until 全县 is said, and the other way round."""
    for word in course.words:
        if word.meaning in lasting:
            course.frame -= {"own", "whole"} if word.meaning in ("own", "whole") else set()
            course.frame.add(word.meaning)


def _claims_of(sentence: Sentence, course: Course, place: int, quantity: Quantity) -> Iterator[Claim]:
    trail = _trail(sentence, place, quantity)
    if _has_noun(sentence.text, quantity):
        trail = _told_of_all(sentence.text, course.words, quantity, trail)
    topics, lead, inherited = _about(sentence, course, trail, quantity)
    if not topics or not _belongs(sentence, course, topics[-1], lead, trail, quantity):
        return
    behind = _deed_behind(sentence, trail, quantity)
    deed = (
        (behind if _is_told_before(sentence.text, lead, quantity) else "") or _deed(lead, quantity) or behind
    )
    deed = deed or ("published" if course.published else "")
    course.published = deed == "published"
    if topics[-1] is Topic.CASE and deed in _VERDICTS:
        topics = [Topic.LITIGATION]
    course.topic = topics[-1]
    marks = _marks(sentence, course, lead, trail, quantity)
    if deed == "carried" and _adds_new(sentence.text, lead, quantity):
        deed, marks = "received", marks - {"last_year"}
    start, end = _extent(quantity, lead, trail)
    applicant = applicant_of(lead) or applicant_of(trail)
    year, year_at = course.year, course.year_at
    if course.year_at < course.clause_start and _THIS_YEAR.match(sentence.text, course.clause_start):
        year, year_at = None, -1
    if deed == "carried":
        year, year_at = _carried_year(sentence, course, place)
    if sentence.text[quantity.start - 1 : quantity.start] == "中":  # 行政诉讼案件中1件被撤销
        marks, inherited = marks | {"part_of"}, True
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
    sentence: Sentence, course: Course, trail: Sequence[Word], quantity: Quantity
) -> tuple[list[Topic], list[Word], bool]:
    """What the number counts, the words that lead to it, and whether an earlier clause alone says what."""
    lead, inherited = course.words, False
    topics = topics_of(lead, course)
    behind = topics_of(trail[:1] if _counts_persons(trail, quantity) else trail[:2], course)
    plain = _FILLER.fullmatch(sentence.text, course.clause_start, quantity.start) is not None
    if course.about_requests and _has_noun(sentence.text, quantity):
        if topics and topics[-1] in DISPUTES and not lead[-1].end < course.clause_start:
            return topics, lead, False
        whole = _ALL_YEARS.fullmatch(sentence.text, course.clause_start, quantity.start)
        return [_REQUEST], lead, not (whole or any(word.sort == "deed" for word in lead))
    if not lead and plain and course.before:
        lead = course.before
        topics = topics_of(lead, course)
    if behind and behind[-1] in DISPUTES and _AND_DISPUTES.match(sentence.text, trail[0].end):
        behind = [Topic.DISPUTE]  # 6件复议、诉讼案件
    if behind and (not topics or trail[0].start - quantity.end <= 2):  # noqa: PLR2004 - 起, 的
        keeps = not _has_deed(trail) or _leads_right_to(sentence.text, lead, quantity)
        topics, lead = behind, [word for word in lead if word.sort != "deed" or keeps]
    elif not topics and course.topic and (_says_something(lead, trail) or plain):
        topics, inherited = [course.topic], True
        if plain and _TOGETHER.search(sentence.text, course.clause_start, quantity.start):
            topics, inherited = _together(course)
    if any(word.meaning in _VERDICTS for word in (*lead, *trail)) and not DISPUTES.intersection(topics):
        topics = [Topic.LITIGATION]
    return topics, lead, inherited


def _has_noun(text: str, quantity: Quantity) -> bool:
    """21件申请: what is counted stands in the measure itself."""
    return text.endswith("申请", quantity.start, quantity.end)


def _told_of_all(text: str, lead: Sequence[Word], quantity: Quantity, trail: list[Word]) -> list[Word]:
    """The words behind 21件申请 that say which they are; what is told of all of them says nothing of that."""
    if _leads_right_to(text, lead, quantity):
        return []
    told = _OF_ALL.match(text, quantity.end)
    if told is None:
        return trail
    return [word for word in trail if word.sort == "applicant" or (told["each"] and word.sort != "scope")]


def _leads_right_to(text: str, lead: Sequence[Word], quantity: Quantity) -> bool:
    """被纠正的1件复议案件: the deed before the number says which, whatever follows."""
    return bool(lead) and lead[-1].sort == "deed" and text[lead[-1].end : quantity.start] == "的"


def _counts_persons(trail: Sequence[Word], quantity: Quantity) -> bool:
    """3名申请人提出申请 counts who asked."""
    return bool(trail) and trail[0].meaning == Topic.OTHER and trail[0].start == quantity.end


def _together(course: Course) -> tuple[list[Topic], bool]:
    """What 共n件 counts behind several numbers: 复议4件、诉讼3件，共7件."""
    kinds = set(course.counted)
    if len(kinds) < 2:  # noqa: PLR2004 - one kind of thing, counted on
        new_and_old = sorted(course.deeds) == ["carried", "received"]
        return [course.topic] if course.topic else [], not new_and_old
    return ([Topic.DISPUTE], False) if kinds <= DISPUTES else ([], True)


def _carried_year(sentence: Sentence, course: Course, place: int) -> tuple[int | None, int]:
    """The year to which, or from which, the number is carried: said before it, or behind as in 尚有1件转入2026年."""
    if course.carried_to is not None:
        return course.carried_to, -1
    carries = False
    for token in itertools.islice(sentence.tokens, place + 1, None):
        if isinstance(token, YearMention) and carries:
            return token.year, -1
        if not isinstance(token, Word):
            break
        carries = carries or token.meaning in CARRIED
    return (None, -1) if carries and course.year_at < course.clause_start else (course.year, course.year_at)


def _belongs(
    sentence: Sentence,
    course: Course,
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
    telling = max((place for place, word in enumerate(lead) if word.sort in _TELLING), default=0)
    ends = [word.end for word in lead[telling:]]
    starts = [*(word.start for word in lead[telling + 1 :]), quantity.start]
    return all(binding.leads_to(text, start, end) for start, end in zip(ends, starts, strict=True))


def _by_route(topic: Topic, marks: frozenset[str]) -> Topic:
    """A suit is 直接 or 复议后 if the words say so."""
    if topic is Topic.LITIGATION and "direct" in marks:
        return Topic.DIRECT_SUIT
    if topic is Topic.LITIGATION and "after_reconsideration" in marks:
        return Topic.SUIT_AFTER_RECONSIDERATION
    return topic


def _marks(
    sentence: Sentence, course: Course, lead: Sequence[Word], trail: Sequence[Word], quantity: Quantity
) -> frozenset[str]:
    marks = {word.meaning for word in (*lead, *trail) if word.sort == "scope"} | course.frame
    carries = any(word.meaning == "carried_next" for word in (*lead, *trail)) or "next_year" in marks
    if any(word.meaning == "carried_next" for word in (*lead, *trail)):
        marks.add("next_year")
    noun = trail[0] if trail and trail[0].sort == "subject" else None
    narrowed = noun is not None and not binding.only_modifies(sentence.text, quantity.end, noun.start)
    of_results = any(word.sort == "result" for word in (*lead, *trail))
    among_others = "part_of" in marks and "body" in marks
    beside = aside.is_one_channel(sentence.text, quantity.start, (sentence.start, sentence.end))
    if aside.is_of_some(sentence.text, course.clause_start, quantity.start):
        course.frame.add("partly")  # 已答复33件 behind it is of the same ones
        beside = True
    late = "in_time" in marks and _LATE.search(sentence.text, sentence.start, sentence.end)
    nouns = [word.end for word in lead if word.sort == "subject"]
    in_row = any(word.start == quantity.start for word in lead)
    of_kinds = bool(nouns) and not in_row and "分别" in sentence.text[nouns[-1] : quantity.start]
    if (
        beside
        or _IN_SOME_WAY.search(sentence.text, course.clause_start, quantity.start)
        or of_kinds
        or late
        or narrowed
        or of_results
        or among_others
        or (binding.is_object(sentence.text, quantity.start) and not carries)
        or _are_special(sentence.text, lead)
    ):
        marks.add("partly")
    return frozenset(marks)


def _are_special(text: str, lead: Sequence[Word]) -> bool:
    """研究疑难申请8件: some of all that there are."""
    nouns = [word.start for word in lead if word.sort == "subject"]
    return bool(nouns) and _SPECIAL.search(text, max(0, nouns[-1] - _GAP), nouns[-1]) is not None


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


def _is_told_before(text: str, lead: Sequence[Word], quantity: Quantity) -> bool:
    """2件维持、1件纠正: the deed before the number is of the number before it."""
    if not lead or lead[-1].sort != "deed" or lead[-1].meaning not in RESULTS:
        return False
    return text[lead[-1].end : quantity.start] in ("、", "和", "及", "与")


def _has_deed(words: Sequence[Word]) -> bool:
    return any(word.sort == "deed" for word in words)


def _says_something(lead: Sequence[Word], trail: Sequence[Word]) -> bool:
    told = ("deed", "applicant")
    return any(word.sort in told for word in lead) or any(word.sort in told for word in trail[:1])


def _deed(words: Sequence[Word], quantity: Quantity) -> str:
    """The last deed before the number, near enough to belong to it."""
    deeds = [word for word in words if word.sort == "deed"]
    if not deeds:
        return ""
    last = deeds[-1]
    if last.meaning in ("handled", "dealt"):  # 结转下年度继续办理
        last = next((deed for deed in deeds if deed.meaning in CARRIED), last)
    between = [word for word in words if word.start >= last.end]
    gap = quantity.start - last.end - sum(word.end - word.start for word in between)
    return _named(last) if gap <= _GAP else ""


def _deed_behind(sentence: Sentence, trail: Sequence[Word], quantity: Quantity) -> str:
    """The first deed behind the number, if it was done to what the number counts."""
    deeds = [word for word in trail if word.sort == "deed"]
    if not deeds:
        return ""
    deed = next((word for word in deeds if word.meaning in RESULTS), deeds[0])  # 1件答复被复议机关纠正
    before = [word.end for word in trail if word.end <= deed.start]
    done = binding.was_done(sentence.text, before[-1] if before else quantity.end, deed.start)
    return _named(deed) if done or deed.meaning not in ("handled", "dealt", "received") else "elsewise"


def _adds_new(text: str, lead: Sequence[Word], quantity: Quantity) -> bool:
    """本年新收、上年结转合计18件: both together."""
    deeds = [word for word in lead if word.sort == "deed"]
    both = len(deeds) > 1 and {deeds[-1].meaning, deeds[-2].meaning} == {"received", "carried"}
    return both and _TOGETHER.search(text, deeds[-1].end, quantity.start) is not None


def _named(deed: Word) -> str:
    return "carried" if deed.meaning == "carried_next" else deed.meaning


def _joined(topics: list[Topic], sentence: Sentence, lead: Sequence[Word], quantity: Quantity) -> list[Topic]:
    """Which topics the number is about: the last; or several, each or together."""
    nouns = [word for word in lead if word.sort == "subject"]
    group = topics[-1:]
    for topic, noun, following in zip(topics[-2::-1], nouns[-2::-1], nouns[:0:-1], strict=False):
        if not JOINER.fullmatch(sentence.text, noun.end, following.start):
            break
        if topic not in DISPUTES and topics[-1] in DISPUTES:
            break  # 申请行政复议: the word before says how it came
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
