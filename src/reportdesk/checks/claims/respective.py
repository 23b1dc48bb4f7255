"""Which of several words each number of a row belongs to: 制发、废止、现行有效分别为2件、1件、6件."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from reportdesk.checks.claims import binding
from reportdesk.checks.claims.course import JOINER
from reportdesk.checks.claims.tokens import Quantity, Sentence, Stop, Token
from reportdesk.checks.claims.words import Word

_RESPECTIVELY = "分别"
_BETWEEN = re.compile(r"[、和与及,，\s]*")
_NOUN_END = re.compile(r"(?:申请|案件|决定|事项)?(?:的)?(?:数量|件数|数|量)?(?:情况)?")
_SORTS = ("subject", "deed", "applicant", "result")


class Row(NamedTuple):
    """The words to which the numbers of a row belong, in order, and those that hold for all of them."""

    words: tuple[Word, ...]
    shared: tuple[Word, ...]


def row_of(sentence: Sentence, words: Sequence[Word], place: int) -> Row | None:
    """The row that the number at ``place`` among the tokens begins; None if there is no 分别 before it."""
    text = sentence.text
    if len(words) < 3 or text[words[-1].start : words[-1].end] != _RESPECTIVELY:  # noqa: PLR2004 - two and 分别
        return None
    first = sentence.tokens[place]
    if not binding.leads_to(text, words[-1].end, first.start):
        return None
    listed = _listed(text, words[:-1])
    if len(listed) < 2 or _numbers(text, sentence.tokens, place) != len(listed):  # noqa: PLR2004
        return None
    return Row(tuple(listed), tuple(word for word in words[:-1] if word not in listed))


def placed_at(word: Word, quantity: Quantity) -> Word:
    """The word as if it stood right before the number."""
    return word._replace(start=quantity.start, end=quantity.start)


def _listed(text: str, words: Sequence[Word]) -> list[Word]:
    """The last words of one sort that are joined to each other, such as 复议、诉讼; a noun may follow deeds."""
    told = [word for word in words if word.sort in _SORTS]
    for count in (len(told), len(told) - 1):
        run = _run(text, told[:count])
        if len(run) > 1 and (count == len(told) or told[-1].sort == "subject"):
            return run
    return []


def _run(text: str, words: Sequence[Word]) -> list[Word]:
    run = list(words[-1:])
    for word, following in zip(words[-2::-1], words[:0:-1], strict=True):
        between = text[word.end : following.start]
        joined = JOINER.fullmatch(between) or _joined_behind_noun(between)
        if word.sort != run[0].sort or not between or not joined:
            break
        run.insert(0, word)
    return run


def _joined_behind_noun(between: str) -> bool:
    return bool(between) and between[-1] in "、和与及" and _NOUN_END.fullmatch(between[:-1]) is not None


def _numbers(text: str, tokens: Sequence[Token], place: int) -> int:
    """How many numbers follow each other from there, with nothing but commas between them."""
    count = 0
    end = tokens[place].start
    for token in itertools.islice(tokens, place, None):
        if isinstance(token, Stop):
            continue
        if not isinstance(token, Quantity) or not _BETWEEN.fullmatch(text, end, token.start):
            break
        count += 1
        end = token.end
    return count
