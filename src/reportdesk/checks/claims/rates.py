"""Rates and means against the numbers that the same sentence gives: 512份，满意度99.5%（491份）; 15个村630张次，平均每村52张次.

Wrong only where no pair of the sentence's numbers comes to what is said. Knows no table and no rule.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from reportdesk.checks.claims.impossible import Impossible
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, Sentence, read_sentences
from reportdesk.checks.reading_cache import kept

_STEMS = "满意|好评|优秀|达标|知晓|通过|支持|赞成|认可|参与|到会|参会|优良|及格|覆盖|公示|归档|入户|签约"
_RATE = re.compile(rf"(?P<stem>{_STEMS})(?:率|度)(?:[均都]?(?:为|达到?|是|约?占)?)$")
_ANY_RATE = re.compile(r"(?:率|满意度|占比?|比例为?|比重为?)(?:[均都]?(?:为|达到?|是)?)$")
_OTHER_TIME = re.compile(r"上年|去年|同比|较|提高|提升|上升|下降|目标|不低于|以上")
_OF_WHOLE = re.compile(r"(?:份|件|条|户|人|名|家|个|次|篇)?中(?:的|有|,|，)?$")
_MEAN = re.compile(
    r"平均(?:下来|算来)?每(?:(?P<time>个?月|季度?|周|天|日)|(?P<each>[个件条期次场名户家村篇份处部镇社]))(?P<noun>[^,，。;\d约近超]{0,8})$"
)
_TIMES = {"月": (12,), "季": (4,), "周": (52, 53), "天": (365, 366, 240, 250), "日": (365, 366, 240, 250)}
_REGULAR = re.compile(
    r"(?:按|每个?|逐)(?P<every>季度?|月|半年)(?:度)?(?:定期)?(?P<once>[^。;\d]{0,24}?(?:检查|自查|巡查|抽查|通报|测评|培训|例会|普查|评估|督查|开展)[^。;\d]{0,16}?)"
    r"(?:全年|年内|累计|一年)(?:共|累计|合计)?(?:开展|组织|进行|召开)?(?P<count>\d{1,3})[次期场轮]"
)
_EVERY = {"季": 4, "月": 12, "半": 2}
_PERSONS = ("名", "位", "票")
_FAR = 12
"""Characters between a whole and a mean of time, beyond which ``impossible`` does not look."""
_LOOSE = 1
_MOST = 10
"""Numbers of a sentence that are laid against each other: real ones that tell a rate have fewer."""


@kept
def read_rates(text: str) -> tuple[Impossible, ...]:
    """The rates and means of a text that the numbers beside them do not bear out, in order."""
    found: list[Impossible] = []
    for sentence in read_sentences(text):
        if len(sentence.numbers) > 1:
            found += _rates(sentence)
            found += _means(sentence)
        if sentence.numbers:
            found += _regular(sentence)
    return tuple(sorted(found))


def _unit(plain: str, number: Quantity) -> str:
    return plain[number.numeral.end : number.numeral.end + 1]


def _counted_as(unit: str) -> str:
    """Persons, whatever they are counted by, and their votes."""
    return "人" if unit in _PERSONS else unit


def _exact(number: Quantity) -> bool:
    return number.numeral.precision is Precision.EXACT and number.numeral.value > 0


def _rates(sentence: Sentence) -> Iterator[Impossible]:
    plain, numbers = sentence.text, sentence.numbers
    for place, rate in enumerate(numbers):
        if rate.numeral.precision is not Precision.PERCENT or not plain[rate.start].isdigit():
            continue
        since = numbers[place - 1].end if place else sentence.start
        if plain.startswith(("以上", "左右"), rate.end) or _OTHER_TIME.search(plain, since, rate.start):
            continue
        pair = _pair_behind(sentence, place) or _pair_before(sentence, place)
        if pair is None or _is_borne_out(sentence, rate, pair):
            continue
        part, whole = (float(one.numeral.value) for one in pair)
        yield rate.start, rate.end, f"{whole:g} 里的 {part:g} 是 {part * 100 / whole:.1f}%，两处对不上"


def _pair_behind(sentence: Sentence, place: int) -> tuple[Quantity, Quantity] | None:
    """99.5%（491份） of the number before; 48%（50份中的21份）."""
    plain, numbers = sentence.text, sentence.numbers
    rate, behind = numbers[place], numbers[place + 1 : place + 3]
    since = numbers[place - 1].end if place else sentence.start
    if not behind or plain[rate.end : behind[0].start] != "(" or not all(map(_exact, behind[:1])):
        return None
    if len(behind) > 1 and _OF_WHOLE.search(plain[behind[0].numeral.end : behind[1].start]):
        is_part = _exact(behind[1]) and behind[1].numeral.value <= behind[0].numeral.value
        return (behind[1], behind[0]) if is_part else None
    if not plain.startswith(")", behind[0].end) or not _ANY_RATE.search(plain, since, rate.start):
        return None
    return _of_whole(sentence, behind[0], numbers[:place])


def _pair_before(sentence: Sentence, place: int) -> tuple[Quantity, Quantity] | None:
    """480份，满意444份，满意率95.2%."""
    plain, numbers = sentence.text, sentence.numbers
    if place < 2:  # noqa: PLR2004 - a part and its whole
        return None
    part = numbers[place - 1]
    told = _RATE.search(plain, part.end, numbers[place].start)
    if told is None or not _exact(part) or "其中" in plain[part.end : told.start()]:
        return None
    around = plain[max(numbers[place - 2].end, part.start - _FAR) : told.start()]
    pair = _of_whole(sentence, part, numbers[: place - 1]) if told["stem"] in around else None
    beside = _beside(plain, pair[1]) if pair else ""
    graded = told["stem"] in beside
    return None if graded else pair  # 208人满意、10人基本满意: the one is no whole of the other


def _beside(plain: str, number: Quantity) -> str:
    """What stands right before and behind a number, up to the next stop."""
    before = re.split(r"[,，、;。]", plain[max(0, number.start - 4) : number.start])[-1]
    return before + re.split(r"[,，、;。]", plain[number.end : number.end + 4])[0]


def _of_whole(
    sentence: Sentence, part: Quantity, earlier: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    unit = _counted_as(_unit(sentence.text, part))
    alike = [one for one in earlier if _exact(one) and _counted_as(_unit(sentence.text, one)) == unit]
    whole = next((one for one in reversed(alike) if one.numeral.value >= part.numeral.value), None)
    return (part, whole) if whole else None


def _is_borne_out(sentence: Sentence, rate: Quantity, pair: tuple[Quantity, Quantity]) -> bool:
    """Whether some numbers of the sentence, or those of a row together, come to the rate of another."""
    said = float(rate.numeral.value)
    step = 10.0 ** -len(sentence.text[rate.numeral.start : rate.numeral.end].partition(".")[2].rstrip("%"))
    numbers = [one for one in sentence.numbers if _exact(one)]
    numbers = numbers[:1] + numbers[1:][-_MOST:]
    values = [float(one.numeral.value) for one in numbers]
    units = [_counted_as(_unit(sentence.text, one)) for one in numbers]
    runs = [
        (first, last, sum(values[first:last]))
        for first, last in itertools.combinations(range(len(values) + 1), 2)
        if len(set(units[first:last])) == 1
    ]
    part, whole = (float(one.numeral.value) for one in pair)
    shares = itertools.chain(
        [part * 100 / whole],
        (
            some[2] * 100 / every[2]
            for every in runs
            for some in runs
            if some[2] <= every[2] and not (some[0] < every[0] < some[1] or some[0] < every[1] < some[1])
        ),
    )
    return any(abs(one - said) < step for share in shares for one in (share, 100 - share))


def _means(sentence: Sentence) -> Iterator[Impossible]:
    plain = sentence.text
    if "平均" not in plain[sentence.start : sentence.end]:
        return
    for mean in sentence.numbers:
        told = _MEAN.search(plain, max(sentence.start, mean.start - 24), mean.start)
        if told is None or not _exact(mean) or plain.startswith(("以上", "左右", "余", "多"), mean.end):
            continue
        unit = _unit(plain, mean)
        earlier = [one for one in sentence.numbers if one.end <= told.start() and _exact(one)]
        wholes = [one for one in earlier if _unit(plain, one) == unit]
        if told["time"]:
            near = wholes and not re.search(r"\d", plain[wholes[-1].end : told.start()])
            if near and told.start() - wholes[-1].end <= _FAR:
                continue  # ``impossible`` looks at it
            times = next(times for sign, times in _TIMES.items() if sign in told["time"])
        else:
            times = tuple(int(one.numeral.value) for one in earlier if _counts_each(plain, one, told))
        results = [float(whole.numeral.value) / count for whole in wholes for count in times if count]
        decimals = len(str(mean.numeral.value).partition(".")[2])
        loose = _LOOSE * 10.0**-decimals
        if results and not any(abs(one - float(mean.numeral.value)) < loose for one in results):
            yield mean.start, mean.end, f"按前面的数算，平均是 {results[-1]:.1f}"


def _counts_each(plain: str, number: Quantity, told: re.Match[str]) -> bool:
    """15个嘎查 before 每个嘎查, 20个村 before 每村, 3件 before 每件."""
    behind = plain[number.numeral.end : number.numeral.end + 4]
    if told["each"] in "村镇社":
        return behind[:1] == "个" and told["each"] in behind
    noun = told["noun"][:1]
    return behind[:1] == told["each"] and (told["each"] != "个" or not noun or noun in behind)


def _regular(sentence: Sentence) -> Iterator[Impossible]:
    """按季度开展自查，全年共3次."""
    for match in _REGULAR.finditer(sentence.text, sentence.start, sentence.end):
        times = next(times for sign, times in _EVERY.items() if match["every"].startswith(sign))
        if int(match["count"]) < times:
            every = "每半年" if times == _EVERY["半"] else f"每{match['every'][0]}"
            yield *match.span(), f"{every}一次，一年至少 {times} 次，写的是 {match['count']} 次"
