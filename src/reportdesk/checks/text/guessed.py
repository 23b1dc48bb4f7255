"""TXT-16: characters that are unlikely where they stand, and what is likelier there.

It guesses, so it hints, and says at most five things of a part. What the rules beside it know is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.spelling.confusables import confused_words
from reportdesk.checks.spelling.doubled import doubled_signs
from reportdesk.checks.spelling.guesses import Guess, sure_guesses
from reportdesk.checks.spelling.phrases import phrase_typos
from reportdesk.checks.spelling.typo import Typo
from reportdesk.checks.text.wording import outside_names, parts_to_read, typo_found

_MOST = 5


@check(
    "TXT-16",
    Severity.HINT,
    trigger=Trigger.APART,
    source="法律条文和通用词语里字与字的搭配（由程序估计，只供参考）",
)
def txt_16(subject: CheckContext) -> Iterator[Found]:
    """同音、形近、颠倒的字，与前后文搭配少见而另一个字常见得多的，提示核对；一部分最多提示五处。"""
    whole = "\n".join(text for _part, text in parts_to_read(subject))
    for part, text in parts_to_read(subject):
        known = [*phrase_typos(text, subject.report.year), *confused_words(text), *doubled_signs(text)]
        guessed = [Typo(one.start, one.end, one.right) for one in _beside(sure_guesses(text, whole), known)]
        likely = list(outside_names(subject, text, guessed))
        more = (
            f"这一部分还有 {len(likely) - _MOST} 处像是写错了，改好这些再看。" if len(likely) > _MOST else ""
        )
        for typo in sorted(likely[:_MOST], key=lambda one: one.start):
            says = f"可能是“{typo.right}”。请核对，确实写错的点“改正…”。{more}"
            found = typo_found(subject, part, text, typo, says)
            yield replace(found, basis=f"{text[typo.start : typo.end]}\n{typo.right}")


def _beside(guessed: Iterable[Guess], known: Iterable[Typo]) -> Iterator[Guess]:
    """The guesses about what no other rule speaks of."""
    taken = [(one.start, one.end) for one in known]
    for one in guessed:
        if not any(start < one.end and one.start < end for start, end in taken):
            yield one
