"""What the rules on words find of injected mistakes, how often they accuse right text, how long they take.

Mistakes are put one at a time into texts that have none, right reports of which the model has read no sentence
(tools/language/own.py says what it reads). A folder of texts, ``--texts FOLDER`` of the bench, is gone through for what is found where nothing should be.
"""

from __future__ import annotations

import collections
import datetime as dt
import functools
import itertools
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.figure import Figure
from bench.texts import FOLDER
from reportdesk.checks.engine import Finding, Trigger, check_context_of, check_report, run_checks
from reportdesk.checks.reading_cache import forget
from reportdesk.checks.spelling import guesses
from reportdesk.checks.spelling.alike import of_like_shape, of_same_sound
from reportdesk.checks.spelling.lexicon import is_word, part, words_after
from reportdesk.form.load import load_form
from reportdesk.report.document import Fact, Report
from reportdesk.resources import resource
from tools.language.own import own_sentences, sentences_of

_ROOT = Path(__file__).parent.parent
_WRONG = 2_000
_UNREAD = ("fourth", "fifth")
_PART = "overview.disclosure"
_YEAR = 2024
_TODAY = dt.date(_YEAR + 1, 1, 9)
_WORDS = ("TXT-12", "TXT-13", "TXT-14", "TXT-15", "TXT-16")
_RUN = re.compile("[一-鿿]{2,}")
_LEAST = 20
_UNIT_OF_TEXT = 20_000
_RARE = 20.0
_LIMIT_MB, _LIMIT_MS, _LIMIT_LOAD_MS = 4.0, 30.0, 60.0
_TARGET_FOUND, _TARGET_RIGHT, _TARGET_FALSE = 0.45, 0.40, 0.5

Place = tuple[int, int]
Injected = tuple[str, Place]
"""A text with a mistake, and where it is."""


@dataclass(slots=True)
class Outcome:
    """Of one kind of mistake: how many were made, found, and offered the right form."""

    made: int = 0
    found: int = 0
    right: int = 0
    by_rule: collections.Counter[str] = field(default_factory=collections.Counter)


def figures() -> list[Figure]:
    """What is found and what it costs; the counts are printed beside."""
    outcome = injected(right_texts(), _WRONG, seed=2025)
    made = sum(one.made for one in outcome.values())
    found = sum(one.found for one in outcome.values()) / made
    right = sum(one.right for one in outcome.values()) / made
    _print_outcome(outcome, found, right)
    rows = [
        Figure("words: injected mistakes missed / limit", 1 - found, 1 - _TARGET_FOUND, 1.0, "1"),
        Figure("words: right form not offered / limit", 1 - right, 1 - _TARGET_RIGHT, 1.0, "1"),
        Figure("words: 2,000 characters, loaded / limit", _loaded_ms(), _LIMIT_MS, 1.0, "ms"),
        Figure("words: loading / limit", _loading_ms(), _LIMIT_LOAD_MS, 1.0, "ms"),
        Figure("words: installed / limit", _installed_mb(), _LIMIT_MB, 1.0, "MB"),
    ]
    folder = os.environ.get(FOLDER)
    if folder:
        rows.append(Figure("words: false in 20,000 / limit", silent(Path(folder)), _TARGET_FALSE, 1.0, "1"))
    return rows


# -- texts


def right_texts() -> list[str]:
    """Paragraphs of the fourth and fifth corpora's right reports, each once: the model has read none of them."""
    read = set(own_sentences())
    texts: list[str] = []
    for name in _UNREAD:
        path = _ROOT / "tests" / "data" / "corpus" / name / "reports.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            texts += json.loads(line).get("prose", {}).values()
    lines = (line for text in texts for line in text.split("\n") if len(line) > _LEAST)
    return [line for line in dict.fromkeys(lines) if not read & set(sentences_of(line))]


def found_in(text: str) -> list[Finding]:
    """What the rules on words say of a text in a report of its own."""
    report = Report("2021", {Fact.YEAR: str(_YEAR)}, prose={_PART: text})
    return run_checks(check_context_of(load_form("2021"), report, _TODAY), (Trigger.APART,))


def silent(folder: Path) -> float:
    """Findings in 20,000 characters of the folder's texts, each rule with its count printed."""
    size, counts, quoted = 0, collections.Counter[str](), []
    for path in sorted(folder.rglob("*.txt")):
        for text in filter(None, map(str.strip, path.read_text(encoding="utf-8").split("\n"))):
            size += len(text)
            for one in _every(text):
                counts[one.code] += 1
                quoted.append(f"  {one.code} {one.message}")
    print(f"{folder}: {size} characters, {dict(counts)}", *quoted, sep="\n", file=sys.stderr)
    return sum(counts.values()) * _UNIT_OF_TEXT / max(1, size)


def _every(text: str) -> Iterator[Finding]:
    """What all rules on words say, TXT-15 too."""
    report = Report("2021", {Fact.YEAR: str(_YEAR)}, prose={_PART: text})
    found = check_report(load_form("2021"), report, _TODAY)
    yield from (one for one in found if one.code in _WORDS and one.part == _PART)


# -- mistakes


def injected(texts: list[str], count: int, seed: int) -> dict[str, Outcome]:
    """What becomes of so many mistakes, by kind."""
    chance = random.Random(seed)
    outcome = {kind: Outcome() for kind in _KINDS}
    for number in range(count):
        kind = list(_KINDS)[number % len(_KINDS)]
        text, made = _mistake(texts, kind, chance)
        _judge(outcome[kind], text, made)
    return outcome


def _mistake(texts: list[str], kind: str, chance: random.Random) -> tuple[str, Injected]:
    while True:
        text = chance.choice(texts)
        words = list(_words_in(text))
        made = _KINDS[kind](text, *chance.choice(words), chance) if words else None
        if made is not None and made[0] != text:
            return text, made


def _judge(outcome: Outcome, text: str, made: Injected) -> None:
    wrong, (start, end) = made
    outcome.made += 1
    hit = [
        one for one in found_in(wrong) if one.span is not None and one.span[0] <= end and start <= one.span[1]
    ]
    if hit:
        outcome.found += 1
        outcome.by_rule[hit[0].code] += 1
        outcome.right += any(_fixed(wrong, one) == text for one in hit)


def _fixed(wrong: str, found: Finding) -> str:
    first, end = found.span or (0, 0)
    return f"{wrong[:first]}{found.right or ''}{wrong[end:]}"


def _words_in(text: str) -> Iterator[Place]:
    for match in _RUN.finditer(text):
        for start, end in itertools.pairwise(part(match[0]).ends):
            yield match.start() + start, match.start() + end


def _other_sign(
    signs: Callable[[str], Iterable[str]],
) -> Callable[[str, int, int, random.Random], Injected | None]:
    def make(text: str, start: int, end: int, chance: random.Random) -> Injected | None:
        at = chance.randrange(start, end)
        others = [sign for sign in signs(text[at]) if words_after(sign).get("", _RARE + 1) <= _RARE]
        if not others:
            return None
        return f"{text[:at]}{chance.choice(others)}{text[at + 1 :]}", (at, at + 1)

    return make


def _homophone(text: str, start: int, end: int, chance: random.Random) -> Injected | None:
    words = _same_sounding(text[start:end])
    if not words:
        return None
    word = chance.choice(words)
    return f"{text[:start]}{word}{text[end:]}", (start, start + len(word))


@functools.cache
def _same_sounding(word: str) -> list[str]:
    if not 2 <= len(word) <= 3:
        return []
    ways = (sign + of_same_sound(sign) for sign in word)
    found = ("".join(signs) for signs in itertools.product(*ways))
    return [one for one in found if one != word and is_word(one)]


def _turned(text: str, start: int, end: int, chance: random.Random) -> Injected | None:
    if end - start < 2:
        return None
    at = chance.randrange(start, end - 1)
    return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}", (at, at + 2)


def _lost(text: str, start: int, end: int, chance: random.Random) -> Injected | None:
    if end - start < 2:
        return None
    at = chance.randrange(start, end)
    return f"{text[:at]}{text[at + 1 :]}", (at, at)


def _doubled(text: str, start: int, end: int, chance: random.Random) -> Injected | None:
    at = chance.randrange(start, end)
    return f"{text[:at]}{text[at]}{text[at:]}", (at, at + 2)


_KINDS: dict[str, Callable[[str, int, int, random.Random], Injected | None]] = {
    "same sound": _other_sign(of_same_sound),
    "homophone word": _homophone,
    "similar shape": _other_sign(of_like_shape),
    "transposed": _turned,
    "lost": _lost,
    "doubled": _doubled,
}


def _print_outcome(outcome: dict[str, Outcome], found: float, right: float) -> None:
    for kind, one in outcome.items():
        says = f"{one.found / one.made:>6.1%} found{one.right / one.made:>7.1%} right"
        print(f"  {kind:<16}{one.made:>5}{says}  {dict(one.by_rule)}", file=sys.stderr)
    print(f"  {'all':<16}{'':>5}{found:>6.1%} found{right:>7.1%} right", file=sys.stderr)


# -- time and room


def _loaded_ms() -> float:
    """The processor's time for 2,000 characters, words and model being loaded."""
    texts = right_texts()
    for text in texts:
        found_in(text)
    forget()
    guesses._guess.cache_clear()  # noqa: SLF001 # what was read before is to be read anew
    part.cache_clear()
    size = sum(map(len, texts))
    begun = time.process_time()
    for text in texts:
        found_in(text)
    return (time.process_time() - begun) * 1e3 * 2_000 / size


def _loading_ms() -> float:
    """The processor's time until the first sentence is read, in a process of its own, less that of an empty one."""
    first = "from reportdesk.checks.spelling.model import model; from reportdesk.checks.spelling.lexicon import part; model(); part('公开')"
    code = f"import time, reportdesk.checks.engine, reportdesk.checks.claims.words; b = time.process_time(); {first}; print(time.process_time() - b)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
        for _ in range(5)
    ]
    return sorted(runs)[2] * 1e3


def _installed_mb() -> float:
    return sum(path.stat().st_size for path in resource("language").iterdir()) / 1e6
