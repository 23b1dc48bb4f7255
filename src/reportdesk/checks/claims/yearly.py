"""Parts and rhythms of the year against the whole of it: 上半年60条、下半年75条，全年145条; 每季度一次，全年5次.

Knows words and grammar, no table and no rule; ``CMP-1`` says what it finds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from reportdesk.checks.claims.impossible import Impossible
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, read_sentences, written_unit
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

_LABELS = re.compile(
    r"(?P<half>(?P<first>上半年|1[至\-—~到]6月份?|前6个月)|下半年|7[至\-—~到]12月份?|后6个月)"
    r"|第?(?P<quarter>[一二三四1-4])季度"
)
_OF_ALL = re.compile(r"全年|合计|[共总]计|共|年度|一年")
_YEAR = re.compile(r"全年|合计|[共总]计|一年")
_ROWS = (
    (4, re.compile(r"(?:四个|各|4个)季度[^,，。;\d]{0,8}(?:分别|依次)[^,，。;\d]{0,10}$")),
    (2, re.compile(r"上、?下半年[^,，。;\d]{0,8}(?:分别|各自)[^,，。;\d]{0,10}$")),
)
_BESIDE = re.compile(r"[、,，和及]")
_REACH = 24
_PARTS = {"quarter": 4, "half": 2}
_COUNT = r"(?:[1-9]|一|两|二|三)"
_COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3}
_EVERY = {"季": 4, "月": 12, "半": 2}
_WEEKS = (48, 54)
_RHYTHM = re.compile(
    rf"(?:每个?|按|逐)(?P<every>季度?|月|半年|周)度?(?P<what>[^,，。;、\d]{{0,14}}?)(?P<each>{_COUNT})(?P<unit>[次份期场轮榜])(?P<noun>[^,，。;、\d]{{0,10}})[,，、]"
    r"(?:全年|年内|一年|共|累计)+(?P<again>[^,，。;、\d约近]{0,12})(?P<whole>\d{1,4})(?P=unit)(?!以上|左右|余|多)"
)
_BY = re.compile(
    r"(?:按|逐)(?P<every>季|月)度?(?P<what>(?:开展|组织|进行)[^,，。;、\d]{2,12})[,，、](?:全年|年内|一年)(?:共|累计)?(?P<again>[^,，。;、\d约近]{0,10})(?P<whole>\d{1,3})[次期场轮](?!以上|左右|余|多)"
)
_VILLAGES = r"(?P<many>\d{1,3})个(?:行政村|村（社区）|村\(社区\)|村居|村|社区)"
_ROUND = rf"每个?(?P<every>季度|月|半年)[^,，。;\d]{{0,10}}?(?P<each>{_COUNT})[次期榜轮张]"
_ALL_ROUNDS = re.compile(
    rf"(?:{_VILLAGES}[^。;\d]{{0,12}}{_ROUND}[^。;\d]{{0,8}}[,，、](?:全年|年内|一年)?(?:共|累计|合计)|"
    rf"{_ROUND.replace('every', 'every2').replace('each', 'each2')}[^。;\d]{{0,8}}[,，、](?:全年|年内)?{_VILLAGES.replace('many', 'many2')}(?:全年|共|累计|合计)+)"
    r"[^,，。;\d约近]{0,8}(?P<whole>\d{1,5})[次期榜轮张](?!以上|左右|余|多)"
)
_LOOSELY = re.compile(r"至少|不少于|以上|不低于|左右|原则上")
_SOME_TIME = re.compile(r"[月旬日]起|[各每]个?[村社组单部股站科]|\d+个?[村社组单部股站科]")
_DEED = re.compile(
    "开展|组织|召开|进行|形成|举办|集中|定期|共|计|了|的|对|信息|公开|内容|全面|一次|各类|活动|工作"
)


class Halves(NamedTuple):
    """What all parts of the year come to, with the unit; ``whole`` the year's number, None if not told beside them."""

    added: Value
    unit: str
    start: int
    end: int
    text: str
    whole: Value | None


@kept
def read_yearly(text: str) -> tuple[Impossible, ...]:
    """Where the parts of the year or a rhythm do not come to the year's number, in order."""
    found: list[Impossible] = []
    for one in read_parts_of_year(text):
        if one.whole is not None and one.whole != one.added:
            said = f"各部分相加是 {show_figure(one.added)}{one.unit}，全年写的是 {show_figure(one.whole)}{one.unit}"
            found.append((one.start, one.end, said))
    for sentence in read_sentences(text):
        if sentence.numbers:
            found += [*_rhythms(sentence), *_by(sentence), *_rounds(sentence)]
    return tuple(sorted(found))


@kept
def read_parts_of_year(text: str) -> tuple[Halves, ...]:
    """The sentences that give a number for each quarter, or for both halves of the year."""
    return tuple(
        one
        for sentence in read_sentences(text)
        if len(sentence.numbers) > 1
        and ("季度" in sentence.text or "半年" in sentence.text or "月" in sentence.text)
        for one in _parts(sentence)
    )


def _parts(sentence: Sentence) -> Iterator[Halves]:
    told: dict[str, list[Quantity]] = {"quarter": [], "half": []}
    seen: set[str] = set()
    since = sentence.start
    others: list[Quantity] = []
    for place, number in enumerate(sentence.numbers):
        words = sentence.text[since : number.start]
        since = number.end
        labels = list(_LABELS.finditer(_YEAR.split(words)[-1]))
        for count, row in _ROWS:
            lead = sentence.text[max(sentence.start, number.start - _REACH) : number.start]
            if row.search(lead) and (whole := _row(sentence, place, count)):
                kind = "quarter" if count == _PARTS["quarter"] else "half"
                told[kind] = whole
        if number in told["quarter"] or number in told["half"]:
            continue
        if len(labels) == 1:
            label = labels[0]
            kind = "quarter" if label["quarter"] else "half"
            seen.add(label["quarter"] or ("1h" if label["first"] else "2h"))
            told[kind].append(number)
        elif not labels:
            others.append(number)
    for kind, count in _PARTS.items():
        row_of = told[kind]
        complete = len(row_of) == count and (not seen or len(seen) >= count)
        if complete and (one := _added(sentence, row_of, others)):
            yield one


def _row(sentence: Sentence, place: int, count: int) -> list[Quantity]:
    row = list(sentence.numbers[place : place + count])
    joined = all(
        _BESIDE.fullmatch(sentence.text, one.end, other.start) for one, other in itertools.pairwise(row)
    )
    return row if len(row) == count and joined else []


def _added(sentence: Sentence, row: list[Quantity], others: list[Quantity]) -> Halves | None:
    units = {written_unit(sentence.text, one) for one in row}
    exact = all(one.numeral.precision is Precision.EXACT for one in row)
    if len(units) > 1 or not exact:
        return None
    unit = units.pop()
    added = sum(one.numeral.value for one in row)
    wholes = []
    for one in others:
        clause = re.split("[,，。;(]", sentence.text[max(sentence.start, one.start - 16) : one.start])[-1]
        if written_unit(sentence.text, one) == unit and _OF_ALL.search(clause) and unit:
            wholes.append(one)
    exact = len(wholes) == 1 and wholes[0].numeral.precision is Precision.EXACT
    if wholes and not exact:
        return None
    start, end = (
        min([row[0].start, *(one.start for one in wholes)]),
        max([row[-1].end, *(one.end for one in wholes)]),
    )
    return Halves(added, unit, start, end, sentence.text, wholes[0].numeral.value if wholes else None)


def _rhythms(sentence: Sentence) -> Iterator[Impossible]:
    """每季度召开一次例会，全年召开例会5次."""
    for match in _RHYTHM.finditer(sentence.text, sentence.start, sentence.end):
        if _LOOSELY.search(match["what"]) or _SOME_TIME.search(sentence.text, sentence.start, match.end()):
            continue
        if not _same_deed(match["what"] + match["noun"], match["again"]):
            continue
        each, whole = _COUNTS.get(match["each"]) or int(match["each"]), int(match["whole"])
        times = next((times for sign, times in _EVERY.items() if match["every"].startswith(sign)), None)
        least, most = (times, times) if times else _WEEKS
        if not least * each <= whole <= most * each:
            said = f"每{match['every']} {each} {match['unit']}"
            yield *match.span(), f"{said}，全年不会是 {whole} {match['unit']}"


def _same_deed(told: str, again: str) -> bool:
    """Whether the year's number is of what is done so often: 每月通报1次，全年约谈2次 is not."""
    deed = _DEED.sub("", again)
    return deed in told or all(sign in told for sign in deed)


def _by(sentence: Sentence) -> Iterator[Impossible]:
    """按月开展检查，全年检查8次."""
    for match in _BY.finditer(sentence.text, sentence.start, sentence.end):
        times, whole = _EVERY[match["every"]], int(match["whole"])
        other = not _same_deed(match["what"], match["again"]) or _LOOSELY.search(match["what"])
        if whole < times and not other and not _SOME_TIME.search(sentence.text, sentence.start, match.end()):
            yield *match.span(), f"每{match['every']}一次，一年至少 {times} 次，写的是 {whole} 次"


def _rounds(sentence: Sentence) -> Iterator[Impossible]:
    """20个村每季度张榜1次，全年共张榜60次."""
    for match in _ALL_ROUNDS.finditer(sentence.text, sentence.start, sentence.end):
        many, every = int(match["many"] or match["many2"]), match["every"] or match["every2"]
        each = match["each"] or match["each2"]
        rounds = _EVERY[every[0]] * (_COUNTS.get(each) or int(each))
        whole = int(match["whole"])
        if whole not in (many * rounds, rounds) and not _LOOSELY.search(match[0]):
            yield *match.span(), f"{many} 个每{every} {each} 次，一年是 {many * rounds} 次，写的是 {whole} 次"
