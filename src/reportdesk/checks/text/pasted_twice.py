"""TXT-26: sentences that stand twice in the report, by pasting. A stock sentence that denies may stand in two parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import name_of_part, parts_with_text, prose_finding, quote
from reportdesk.checks.reading_cache import kept

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_NUMBER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．是]|[①-⑩])\s*")
_SIGNS = re.compile(r"[\s，,。；;：:、！？]")
_DENIES = re.compile(r"未|没有|无|(?<!\d)0[件次起宗元条]|零")
_LEAST_HERE, _LEAST_ELSEWHERE = 12, 30
"""Characters of a sentence that stands twice in a part, or in two."""


class _Sentence(NamedTuple):
    words: str
    start: int
    end: int


@check(
    "TXT-26",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第六条：及时、准确地公开政府信息",
)
def txt_26(subject: CheckContext) -> Iterator[Found]:
    """同一句话不应原样写两遍，一部分的文字不应与另一部分相同（可能是粘贴时重复了）。"""
    opening = subject.form.opening.id
    met: dict[str, str] = {}
    for part, text in parts_with_text(subject):
        if part == opening:
            continue
        here: set[str] = set()
        repeated: list[tuple[_Sentence, str]] = []
        for one in _sentences(text):
            where = part if one.words in here else met.get(one.words, "")
            if where and _is_pasted(one.words, elsewhere=where != part):
                repeated.append((one, where))
            here.add(one.words)
        for start, end, where in _runs(repeated, text):
            place = "本部分前面" if where == part else name_of_part(subject, where)
            message = f"{quote(text, start, end)}与{place}的文字一字不差，像是粘贴重复了。请删去或改写一处。"
            yield prose_finding(subject, part, (start, end), message)
        met.update(dict.fromkeys(here - met.keys(), part))


@kept
def _sentences(text: str) -> tuple[_Sentence, ...]:
    """The sentences that say enough, without their numbers and punctuation."""
    found = []
    for match in _SENTENCE.finditer(text):
        words = _SIGNS.sub("", _NUMBER.sub("", match[0]))
        if len(words) >= _LEAST_HERE:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append(_Sentence(words, start, match.end()))
    return tuple(found)


def _is_pasted(words: str, *, elsewhere: bool) -> bool:
    return not elsewhere or (len(words) >= _LEAST_ELSEWHERE and not _DENIES.search(words))


def _runs(repeated: list[tuple[_Sentence, str]], text: str) -> Iterator[tuple[int, int, str]]:
    """Those that follow each other and stand in the same place before, as one."""
    runs: list[tuple[int, int, str]] = []
    for one, where in repeated:
        if runs and runs[-1][2] == where and not text[runs[-1][1] : one.start].strip():
            runs[-1] = runs[-1][0], one.end, where
        else:
            runs.append((one.start, one.end, where))
    yield from runs
