"""Find and replace over all prose of a report. Pure functions; what is replaced is one edit."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.report.edits import Edit, TextChange, change_text, combine
from reportdesk.report.text.characters import fold, fold_with_places


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a part's prose, from ``start`` up to ``end``."""

    part: str
    start: int
    end: int


def find_all(report: Report, form: Form, words: str) -> tuple[Match, ...]:
    """Every place of the words, in capitals or not, in printed order, none overlapping; none for no words."""
    return tuple(_find(report, form, words))


def next_match(matches: tuple[Match, ...], form: Form, part: str, offset: int) -> Match | None:
    """The first match at or after a place, else the first of all; None if there is none."""
    order = {known: index for index, known in enumerate(form.parts)}
    here = (order[part], offset)
    later = (match for match in matches if (order[match.part], match.start) >= here)
    return next(later, matches[0] if matches else None)


def replace_one(report: Report, form: Form, match: Match, by: str) -> Edit:
    """Put other words in the place of a match."""
    removed = report.prose.get(match.part, "")[match.start : match.end]
    return change_text(report, form, TextChange(match.part, match.start, removed, by), "替换")


def replace_all(report: Report, form: Form, words: str, by: str) -> Edit:
    """Put other words in every place, as one step of undo; empty where nothing changes."""
    if not words:
        return Edit("全部替换", ())
    edits = []
    for part in form.parts:
        text = report.prose.get(part, "")
        places = list(_spans(_pattern(words), text))
        if places:
            # One change a part, from its first match to its last, however many there are.
            start, end = places[0][0], places[-1][1]
            between = (text[before[1] : after[0]] for before, after in itertools.pairwise(places))
            inserted = by + "".join(kept + by for kept in between)
            change = TextChange(part, start, text[start:end], inserted)
            edits.append(change_text(report, form, change, "全部替换"))
    return combine("全部替换", edits)


def _find(report: Report, form: Form, words: str) -> Iterator[Match]:
    if words:
        pattern = _pattern(words)
        for part in form.parts:
            for span in _spans(pattern, report.prose.get(part, "")):
                yield Match(part, *span)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text, also where they are written with signs that only look like them."""
    folded, places = fold_with_places(text)
    for match in pattern.finditer(folded):
        yield places[match.start()], places[match.end() - 1] + 1


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(fold(words).text), re.IGNORECASE)
