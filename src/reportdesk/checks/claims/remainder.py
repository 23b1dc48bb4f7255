"""What is left of a whole, and the grades that all of a number were given: 4个问题已整改3个，另2个正在整改; 12个村中优秀4个、良好9个.

Knows words and grammar, no table and no rule; ``CMP-1`` says what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.claims.impossible import Impossible
from reportdesk.checks.claims.tokens import read_sentences
from reportdesk.checks.reading_cache import kept

_UNITS = "件|条|个|处|项|份|户|人|名|家"
_LEFT = re.compile(
    rf"(?P<all>\d{{1,4}})(?P<unit>{_UNITS})(?P<what>[^。;,，、\d]{{0,12}})[,，、]?(?P<how>[^。;,，、\d]{{0,10}}?)(?P<done>\d{{1,4}})(?P=unit)"
    rf"(?P<then>[^。;\d]{{0,16}}?)[,，、;](?P<rest>其余|剩余|余下|尚有|仍有|还有|另外?)的?(?:有|还有)?(?P<left>\d{{1,4}})(?P=unit)(?P<still>[^,，。;\d]{{0,12}})"
)
_DONE = re.compile(
    r"整改|清理|修订|修改|整治|解决|完成|办结|办理|答复|回复|化解|处理|销号|合格|达标|更新|延期|提前|优秀|规范|建成|采纳|落实|纠正"
)
_STILL = re.compile(r"正在|未|尚|仍|待|不|限期|继续|推进")
_OTHERS = re.compile(r"上年|去年|往年|遗留|新发现|新增|结转|又|县级|市级|省级|上级")
_GRADE = r"(?:优秀|良好|较好|好|合格|基本合格|一般|较差|差|不合格|达标|先进|规范|较规范)"
_GRADED = re.compile(
    rf"(?P<all>\d{{1,3}})(?:个|家)(?P<noun>村（社区）|村\(社区\)|行政村|村居|村|社区|单位|部门|站所|股室|科室)(?P<course>[^。;\d]{{0,16}}?)"
    rf"(?P<row>(?:评为|为|被评为)?{_GRADE}(?:等次|等级)?(?:的|村|单位|社区)?(?:有|为)?\d{{1,3}}(?:个|家)(?:[、,，和](?:评为|为)?{_GRADE}(?:等次|等级)?(?:的|村|单位|社区)?(?:有|为)?\d{{1,3}}(?:个|家)){{1,4}})"
)
_SEVERAL_TIMES = re.compile(r"[每各]次|[每各]季|[上下]半年|每月|两次|多次|轮|以上")


@kept
def read_left(text: str) -> tuple[Impossible, ...]:
    """Where what is done and what is left do not make up the whole, and where grades are more than all, in order."""
    found: list[Impossible] = []
    for sentence in read_sentences(text):
        if len(sentence.numbers) > 2:  # noqa: PLR2004 - a whole and two of its parts
            plain = sentence.text
            found += _left(plain, sentence.start, sentence.end)
            found += _graded(plain, sentence.start, sentence.end)
    return tuple(sorted(found))


def _left(plain: str, start: int, end: int) -> Iterator[Impossible]:
    for match in _LEFT.finditer(plain, start, end):
        whole, done, left = int(match["all"]), int(match["done"]), int(match["left"])
        told = match["what"] + match["how"]
        lead = plain[max(start, match.start() - 12) : match.start()]
        if done + left == whole or done > whole or _OTHERS.search(lead + match[0]):
            continue
        if not _DONE.search(told + match["then"]) or "其中" in plain[start : match.start()]:
            continue
        if match["rest"].startswith("另") and not (_STILL.match(match["still"].lstrip("已")) or "中" in told):
            continue
        if not match["rest"].startswith(("其余", "剩余", "余下")) and done + left < whole:
            continue
        said = f"{whole} 减去 {done} 是 {whole - done}，写的是 {left}"
        yield *match.span(), said


def _graded(plain: str, start: int, end: int) -> Iterator[Impossible]:
    for match in _GRADED.finditer(plain, start, end):
        added = sum(int(one) for one in re.findall(r"\d+", match["row"]))
        if added > int(match["all"]) and not _SEVERAL_TIMES.search(plain, start, match.end()):
            yield *match.span(), f"各项相加是 {added}，比 {match['all']} 还多"
