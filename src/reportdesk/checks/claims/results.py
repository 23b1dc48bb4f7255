"""What prose says of the results of requests: 予以公开5件, 无不予公开的情形, 申请均予以公开.

Knows words and grammar, no table and no rule. A number whose whole cannot be told is left out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportdesk.checks.claims import aside, binding
from reportdesk.checks.claims.claim import Claim, Topic
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.reading import read_claims, within
from reportdesk.checks.claims.respective import placed_at, row_of
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, Token, YearMention, read_sentences
from reportdesk.checks.claims.words import Word
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import Value

_GROUPS = ("granted", "granted_in_part", "denied", "unavailable", "not_processed", "closed")
_UNITS = ("cases", "messages", "")
_OTHER_WHOLE = frozenset({"last_year", "period", "plan", "own", "partly", "change"})
_WHOLES = ("received", "handled", "dealt")
_JOINS = re.compile(r"[、和与及]|以及|或者?|[“”]")
_DENIED = re.compile(
    r"(?:[因被有过的、和与及或属类而予以“”]|作出|出现|存在|发生|任何|涉及|属于|要求|由于|以及|或者|情形|情况|申请|公开|保护|损害)*"
)
_DENIED_END = re.compile(
    r"$|[,，。;:、()“”\n]|[的类等之和或及与件]|情形|情况|申请|决定|事项|案件|答复|政府信息|信息|现象"
)
_ALL = re.compile(
    r"(?:均|全部|都)(?:已|按时|按期|依法|依规|及时|在规定(?:时限|期限)内|在法定(?:时限|期限)内)*"
    r"(?:予以公开|同意公开|准予公开|全部公开)(?=[,，。;)\n]|、无|$)"
)
_OF_ALL = re.compile(r"(?:所有|全部|各类|收到的|办理的)(?:政府信息公开|依申请公开|信息公开)?(?:的)?申请")
_OUTCOME = re.compile(r"(?:结果|答复|作出|处理|处理意见)(?:均|都|全部)?(?:为|是|了)“?$")
_ENDS = re.compile(r"”?(?:决定|答复|处理|政府信息)?(?:[,，。;)]|$)")
_CLAUSE_END = re.compile(r"[,，;。]")
_OPENS = re.compile(r"\s*其中")
_ALL_FOR = re.compile(
    r"[(,，](?:[均都全皆]部?(?:为|是|系|因|属于?|以)|(?:原因|理由)[均都]?(?:为|是|系))(?:因|属于?|涉及|涉|为|系)*"
)
_AND_SO_ON = re.compile(r"(?:信息|事项|类|情形)?等(?:信息|情形|情况|原因|类|[,，。;]|$)")
_ONE_FOR = re.compile(rf"{_ALL_FOR.pattern}|[(](?:属于?|因|因为|涉及|系)+")
_AND_RESULT = re.compile(r"(?:政府信息|信息|事项|类|的)*[、和与及或](?:属于?|因|涉及)?")
_OF_REASON = ("属于", "涉及", "类", "将")
"""Before a reason, or before 不予公开的8件: no limit."""
_FAR = 200
"""Characters before the sentence in which its whole may stand."""
_SEVERAL = 2
_REACH = 24
_SPLIT = re.compile(
    r"(?P<of>[(](?:其中)?)(?=自然人|公民|个人|商业企业|企业|法人|科研|社会公益|法律服务|其他组织)[^()。;]{2,80}[)]"
)
"""Behind a result's number: who asked."""


class ResultClaim(NamedTuple):
    """That so many requests had these results together; ``of`` is the number of which they are a part.

    ``universal`` if all had: then ``value`` is 0 and says nothing.
    """

    results: tuple[str, ...]
    value: Value
    start: int
    end: int
    applicant: str = ""
    of: Claim | None = None
    listed: tuple[Value, ...] = ()
    """The numbers of all results that the sentence tells, to see whether they make up a whole."""
    denied: bool = False
    universal: bool = False
    named: bool = False
    """Whether the applicant stands in the clause of the number itself."""
    least: bool = False
    """商业企业申请1件，答复为无法提供: at least so many had the result."""
    year: int | None = None


@kept
def read_results(
    text: str, *, about_requests: bool = False, loosely: bool = False
) -> tuple[ResultClaim, ...]:
    """Every claim on results of a part's prose; ``about_requests`` and ``loosely`` as for ``read_claims``."""
    claims = read_claims(text, about_requests=about_requests, loosely=loosely)
    found: list[ResultClaim] = []
    for sentence in read_sentences(text):
        if not sentence.tokens:
            continue
        words = [token for token in sentence.tokens if isinstance(token, Word)]
        if not any(word.sort == "result" for word in words):
            continue
        if aside.tells_attributes(sentence.text, sentence.start, sentence.end):
            continue
        named = any(word.meaning in ("request", "bare_request") for word in words)
        if about_requests or named or (loosely and aside.asks_for_information(sentence)):
            inside = within(claims, sentence.start, sentence.end)
            told = map(_as_row, _read(sentence, inside, _whole_before(sentence, claims)))
            found += told if about_requests else (one for one in told if not _is_some(sentence, one))
    return tuple(found)


def _as_row(claim: ResultClaim) -> ResultClaim:
    """信息不存在 has no row of its own: at least so many could not be given."""
    if claim.results != ("unavailable_absent",):
        return claim
    return claim._replace(results=("unavailable",), least=not claim.denied)


def _is_some(sentence: Sentence, claim: ResultClaim) -> bool:
    """其中1件因不掌握未能提供, of a whole that is not told, where the part tells of much else."""
    return claim.of is None and "其中" in sentence.text[sentence.start : claim.start]


def _whole_before(sentence: Sentence, claims: Sequence[Claim]) -> Claim | None:
    """The number of requests in the sentences before that a sentence parts which begins with 其中."""
    if not _OPENS.match(sentence.text, sentence.start):
        return None
    groups = {
        token.meaning for token in sentence.tokens if isinstance(token, Word) and token.sort == "result"
    }
    if len(groups & set(_GROUPS)) < _SEVERAL:
        return None
    earlier = within(claims, sentence.start - _FAR, sentence.start)
    wholes = [one for one in earlier if one.topic is Topic.REQUEST and one.deed in _WHOLES and not one.denied]
    return wholes[-1] if wholes and _OTHER_WHOLE.isdisjoint(wholes[-1].marks) else None


def _read(sentence: Sentence, claims: Sequence[Claim], before: Claim | None) -> Iterator[ResultClaim]:
    counted = [one for one in _counted(sentence, claims, before) if one is not None]
    listed = tuple(one.value for one in counted)
    for one in counted:
        yield one._replace(listed=listed)
    yield from _without_number(sentence, claims)
    yield from _of_all_before(sentence, counted)
    yield from _by_applicant(sentence, counted)
    yield from _denied(sentence)
    yield from _universal(sentence, claims)


def _of_all_before(sentence: Sentence, counted: Sequence[ResultClaim]) -> Iterator[ResultClaim]:
    """不予公开2件（均为涉及第三方合法权益）: the reason of all that the number before counts."""
    reasons = [one for one in sentence.tokens if isinstance(one, Word) and one.sort == "result"]
    for claim in counted:
        reason = next((one for one in reasons if one.start >= claim.end), None)
        pattern = _ONE_FOR if claim.value == 1 else _ALL_FOR
        if reason is None or not pattern.fullmatch(sentence.text, claim.end, reason.start):
            continue
        if reason.meaning.startswith(f"{claim.results[0]}_") and len(claim.results) == 1:
            yield claim._replace(results=(reason.meaning,), start=claim.start, end=reason.end)


def _counted(
    sentence: Sentence, claims: Sequence[Claim], before: Claim | None
) -> Iterator[ResultClaim | None]:
    lead: list[Word] = []
    row: list[Word] = []
    frame: list[Word] = []
    year: int | None = None
    reasons: list[Word] = []
    bare = _tells_bare(sentence)
    for place, token in enumerate(sentence.tokens):
        if isinstance(token, YearMention):
            year = token.year
        elif isinstance(token, Stop):
            reasons += [word for word in lead if word.sort == "result"]
            frame, lead = [*frame, *lead], []
        elif isinstance(token, Word):
            lead.append(_bare(sentence, place, token) if bare else token)
        else:
            if not row and (found := row_of(sentence, lead, place)):
                row = list(found.words)
            if row:
                lead = [placed_at(row.pop(0), token)]
            told = _told(sentence, lead, token) or _told_behind(sentence, place, token)
            if told and token.unit in _UNITS and token.numeral.precision is Precision.EXACT:
                start = min(token.start, told[0].start)
                end = max(token.end, told[-1].end)
                of = _whole(sentence, claims, token.start) or before
                results = _for_reasons(_joined(sentence, told), reasons)
                if not _is_of_others(sentence, frame, lead, of, results, token.start):
                    own = _applicant(lead)
                    applicant = own or _applicant([*frame, *lead]) or (of.applicant if of else "")
                    claim = ResultClaim(
                        results, token.numeral.value, start, end, applicant, of, named=bool(own), year=year
                    )
                    yield from _of_each(sentence, claim, told[-1], token)
            reasons = []
            of_these = sentence.text.startswith(("中", "里"), token.end)
            frame = [*frame, *lead] if of_these else [word for word in frame if word.sort != "applicant"]
            lead = []


def _for_reasons(results: tuple[str, ...], reasons: Sequence[Word]) -> tuple[str, ...]:
    """因属于内部事务信息，对2件作出不予公开决定: of those denied for the reasons that the clause before gives."""
    told = [word.meaning for word in reasons if word.meaning.startswith(f"{results[0]}_")]
    return tuple(dict.fromkeys(told)) if told and len(results) == 1 and len(told) == len(reasons) else results


def _of_each(sentence: Sentence, claim: ResultClaim, told: Word, quantity: Quantity) -> Iterator[ResultClaim]:
    """内部事务信息、过程性信息各1件: one of each."""
    if "各" in sentence.text[told.end : quantity.start]:
        yield from (claim._replace(results=(result,)) for result in claim.results[::-1])
    else:
        yield claim


def _by_applicant(sentence: Sentence, counted: Sequence[ResultClaim]) -> Iterator[ResultClaim]:
    """予以公开6件（自然人5件、商业企业1件）: who asked for what had the result."""
    for claim in counted:
        split = _SPLIT.match(sentence.text, claim.end)
        if split is None or claim.applicant:
            continue
        lead: list[Word] = []
        for token in sentence.tokens:
            if not split.end("of") <= token.start < split.end():
                continue
            if isinstance(token, Quantity):
                if applicant := _applicant(lead):
                    start, end = lead[0].start, token.end
                    value = token.numeral.value
                    yield claim._replace(applicant=applicant, value=value, start=start, end=end, named=True)
                lead = []
            elif isinstance(token, Word) and token.sort == "applicant":
                lead.append(token)


def _tells_bare(sentence: Sentence) -> bool:
    """Whether 公开 may stand for 予以公开: beside other results, and where 予以公开 is not said."""
    told = {word.meaning for word in sentence.tokens if isinstance(word, Word) and word.sort == "result"}
    return bool(told) and told.isdisjoint(("granted", "granted_any"))


def _bare(sentence: Sentence, place: int, word: Word) -> Word:
    """公开 right before a number of results as the result that it is: 公开3件，部分公开2件，不公开1件."""
    text, following = sentence.text, sentence.tokens[place + 1 : place + 2]
    if text[word.start : word.end] != "公开" or not following or following[0].start != word.end:
        return word
    if not isinstance(following[0], Quantity):
        return word
    before = text[word.start - 1 : word.start] if word.start > sentence.start else "，"
    if before == "不":
        return word._replace(sort="result", meaning="denied")
    return word._replace(sort="result", meaning="granted") if before in ",，、:;。(中里" else word


def _told(sentence: Sentence, lead: Sequence[Word], quantity: Quantity) -> list[Word]:
    """The results that the words before the number name, if they lead to it."""
    told = [word for word in lead if word.sort == "result"]
    if told and binding.leads_to(sentence.text, told[-1].end, quantity.start):
        return told
    return []


def _told_behind(sentence: Sentence, place: int, quantity: Quantity) -> list[Word]:
    """The results named behind the number in its clause: 5件予以公开, 1件因涉及国家秘密不予公开."""
    told: list[Word] = []
    end = quantity.end
    for token in itertools.islice(sentence.tokens, place + 1, None):
        gap = sentence.text[end : token.start]
        if not isinstance(token, Word) or token.sort not in ("result", "subject") or "、" in gap:
            break
        if token.sort == "subject" and token.meaning not in ("request", "bare_request"):
            break
        if len(gap) > _REACH // 2 or any(sign in gap for sign in "不未无中"):
            break
        if token.sort == "result":
            told.append(token)
        end = token.end
    return [] if told and _names_more(sentence, told[-1]) else told


def _names_more(sentence: Sentence, told: Word) -> bool:
    """其余6件为内部事务信息、过程性信息等: the number is of several results together."""
    text = sentence.text
    following = [one for one in sentence.tokens if one.start >= told.end][:_SEVERAL]
    if not following or not isinstance(following[0], Word) or following[0].sort != "result":
        return _AND_SO_ON.match(text, told.end) is not None
    joined = _AND_RESULT.fullmatch(text, told.end, following[0].start) is not None
    return joined and not (len(following) > 1 and isinstance(following[1], Quantity))


def _whole(sentence: Sentence, claims: Sequence[Claim], before: int) -> Claim | None:
    """The last number of requests before that place that may be the whole.

    Those carried in are, where the result is told of them in the same clause.
    """
    earlier = [one for one in claims if one.start < before and one.end <= before and not one.denied]
    for one in reversed(earlier):
        if one.topic is not Topic.REQUEST:
            continue
        if one.deed in _WHOLES or one.applicant:
            return one
        if one.deed == "carried" and not _CLAUSE_END.search(sentence.text, one.end, before):
            return one
    return None


def _marks_of(claim: Claim) -> frozenset[str]:
    """What limits the claim; that those carried in are last year's limits nothing."""
    return claim.marks - {"last_year"} if claim.deed == "carried" else claim.marks


def _narrowing(sentence: Sentence, words: Sequence[Word]) -> Iterator[str]:
    """What limits the number; 属于 before a reason says no more than the reason."""
    reasons = {word.start for word in words if word.sort == "result"}
    for word in words:
        of_reason = word.end in reasons and sentence.text[word.start : word.end] in _OF_REASON
        if word.sort == "scope" and not of_reason:
            yield word.meaning


def _is_of_others(
    sentence: Sentence,
    frame: Sequence[Word],
    lead: Sequence[Word],
    of: Claim | None,
    results: Sequence[str],
    place: int,
) -> bool:
    """Whether the number is of fewer requests than the year's, or of another time."""
    marks = set(_narrowing(sentence, (*frame, *lead)))
    if marks & {"last_year", "period", "plan", "own", "change"}:
        return True
    if of is not None:
        return of.deed == "carried" or not _OTHER_WHOLE.isdisjoint(_marks_of(of))
    if "partly" in marks:
        return True
    opened = "其中" in sentence.text[sentence.start : place] and results[0] in _GROUPS
    return opened or any(word.meaning in ("carried", "carried_next") for word in lead)


def _applicant(words: Sequence[Word]) -> str:
    kinds = {word.meaning for word in words if word.sort == "applicant"}
    return kinds.pop() if len(kinds) == 1 else ""


def _without_number(sentence: Sentence, claims: Sequence[Claim]) -> Iterator[ResultClaim]:
    """上年结转1件，结果为部分公开: the result of all that the clause before counts."""
    for place, token in enumerate(sentence.tokens):
        if not isinstance(token, Word) or token.sort != "result":
            continue
        lead = _OUTCOME.search(sentence.text, max(sentence.start, token.start - _REACH // 2), token.start)
        behind = _ENDS.match(sentence.text, token.end)
        earlier = [one for one in claims if one.end <= token.start and one.topic is Topic.REQUEST]
        if not lead or not behind or not earlier or earlier[-1].denied:
            continue
        of = earlier[-1]
        others = [one for one in sentence.tokens[:place] if isinstance(one, Quantity) and one.start >= of.end]
        if others or of.precision is not Precision.EXACT or not _OTHER_WHOLE.isdisjoint(_marks_of(of)):
            continue
        yield ResultClaim(
            (token.meaning,), of.value, lead.start(), token.end, of.applicant, of, least=True, year=of.year
        )


def _joined(sentence: Sentence, told: Sequence[Word]) -> tuple[str, ...]:
    """The last result; with those joined to it, or narrowed to the part that stands before it."""
    last = told[-1]
    if len(told) > 1:
        other = told[-2]
        if other.meaning.startswith(f"{last.meaning}_") and last.meaning != "granted":
            return (other.meaning,)
        if last.meaning.startswith(f"{other.meaning}_") and other.meaning != "granted":
            return (last.meaning,)
    results = [last.meaning]
    for word, following in zip(told[-2::-1], told[:0:-1], strict=True):
        if not _JOINS.fullmatch(sentence.text, word.end, following.start):
            break
        results.append(word.meaning)
    return tuple(results)


def _denied(sentence: Sentence) -> Iterator[ResultClaim]:
    """无不予公开、不予处理的情形: each of them is denied; 无因国家秘密不予公开 denies the part alone."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        if not isinstance(token, Word) or token.sort != "negation":
            continue
        chain = _chain(sentence, tokens[place + 1 : place + 8], token.end)
        if not chain or not _DENIED_END.match(sentence.text, chain[-1].end):
            continue
        if any(isinstance(word, Word) and word.meaning == "last_year" for word in tokens[:place]):
            continue
        results = tuple(word.meaning for word in _without_whole(chain))
        yield ResultClaim(results, 0, token.start, chain[-1].end, denied=True)


def _chain(sentence: Sentence, tokens: Sequence[Token], end: int) -> list[Word]:
    chain: list[Word] = []
    for token in tokens:
        if not isinstance(token, Word) or not _DENIED.fullmatch(sentence.text, end, token.start):
            break
        if token.sort == "result":
            chain.append(token)
        elif token.sort != "subject" and token.meaning != "partly":
            break
        end = token.end
    return chain


def _without_whole(chain: Sequence[Word]) -> list[Word]:
    """The results named, less the group that only says what kind of result the part before it is."""
    kept_words = []
    for word, before in zip(chain, [None, *chain[:-1]], strict=True):
        if before is None or not before.meaning.startswith(f"{word.meaning}_"):
            kept_words.append(word)
    return kept_words


def _universal(sentence: Sentence, claims: Sequence[Claim]) -> Iterator[ResultClaim]:
    match = _ALL.search(sentence.text, sentence.start, sentence.end)
    if match is None:
        return
    of = _whole(sentence, claims, match.start())
    of_all = _OF_ALL.search(sentence.text, sentence.start, match.start())
    if of is None and of_all is None:
        return
    between = sentence.text[of.end if of else sentence.start : match.start()]
    if "其中" in between or (of and (of.deed == "carried" or not _OTHER_WHOLE.isdisjoint(_marks_of(of)))):
        return
    yield ResultClaim(("granted",), 0, *match.span(), of=of, universal=True)
