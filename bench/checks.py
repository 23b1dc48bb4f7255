"""How fast the checks are, and what they find of the labelled corpus and of its whole reports, half by half."""

from __future__ import annotations

import datetime as dt
import functools
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

from bench.corpus import HALVES, Score, score
from bench.figure import Figure, seconds
from bench.whole_reports import WHOLE_HALVES, Judged, judge, read_whole_cases, whole
from reportdesk.checks.contents.similarity import like_passages
from reportdesk.checks.engine import Trigger, check_context_of, run_checks
from reportdesk.checks.reading_cache import forget
from reportdesk.form.load import load_form
from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.store.file import read_report

_EXAMPLE = Path(__file__).parent.parent / "examples" / "changle-2024.gknb"
_TODAY = dt.date(2025, 1, 9)
_RUNS = 30
_LONG = 200_000
_SEED_LIMIT = 6.0
"""Milliseconds for all rules on the example, as was asked when arithmetic in prose was added to them; 5 before that."""


def figures() -> list[Figure]:
    """Speed against the limits, after the corpus has been counted and printed."""
    for half in HALVES:
        _print_scores(half, score(half))
    for half in WHOLE_HALVES:
        _print_whole(half, judge(read_whole_cases(half)))
    form, report = load_form("2021"), read_report(_EXAMPLE).report
    prose = "".join(report.prose.values())
    seed = _median(lambda: _examine(form, report))
    report.prose["overview.disclosure"] = (prose * (_LONG // len(prose) + 1))[:_LONG]
    long = _median(lambda: _examine(form, report), runs=3)
    now = (prose * 5)[:5000]
    then = (prose[::-1][:2500] + prose * 5)[:5000]
    alike = _median(lambda: like_passages(now, then))
    return [
        Figure("checks: the whole seed report, cold / limit", seed * 1e3, _SEED_LIMIT, 1.0, "ms"),
        Figure("checks: 200,000 characters of prose / limit", long * 1e3, 1000.0, 1.0, "ms"),
        Figure("checks: 5,000 against 5,000 characters / limit", alike * 1e3, 20.0, 1.0, "ms"),
    ]


def _examine(form: Form, report: Report) -> None:
    """Run the rules that the window runs; those that know the language's words are ``words``'."""
    run_checks(check_context_of(form, report, _TODAY), (Trigger.IMMEDIATE, Trigger.ON_IDLE))


def _median(work: Callable[[], object], runs: int = _RUNS) -> float:
    """The median of cold runs: what was read of a text before is forgotten each time."""
    taken = []
    for _ in range(runs + 1):
        forget()
        taken.append(seconds(work))
    return statistics.median(taken[1:])


def _print_scores(half: str, scores: dict[str, Score]) -> None:
    """Beside the figures, so that these stay what a program can read."""
    say = functools.partial(print, file=sys.stderr)
    whole = Score()
    say(f"{half} half: found/due  false/near misses")
    for code, one in scores.items():
        whole.due += one.due
        whole.found += one.found
        whole.near += one.near
        whole.false += one.false
        say(f"  {code:<8}{one.found:>4}/{one.due:<4}{one.false:>4}/{one.near}")
    share = whole.found / whole.due if whole.due else 0.0
    say(f"  all     {whole.found:>4}/{whole.due:<4}{whole.false:>4}/{whole.near}  found {share:.1%}\n")


def _print_whole(half: str, outcome: dict[str, Judged]) -> None:
    """What came of whole reports. Which cases went wrong is printed of the first half only."""
    if not outcome:
        return
    say = functools.partial(print, file=sys.stderr)
    say(f"whole reports, {half}: found/mistakes  missed  accused/right reports")
    total = whole(outcome.values())
    for family, one in [*outcome.items(), ("all", total)]:
        say(f"  {family:<11}{one.found:>4}/{one.due:<4}{one.missed:>4}{one.accused:>6}/{one.near}")
    for code in sorted({*total.true_by_rule, *total.false_by_rule}):
        say(f"  {code:<8} found {total.true_by_rule[code]:>3}  false {total.false_by_rule[code]:>3}")
    share = total.found / total.due if total.due else 0.0
    say(
        f"  found {share:.1%}, right reports accused {total.accused / total.near:.1%}, "
        f"false findings for each right report {total.false_on_clean / total.near:.3f}"
    )
    if half == HALVES[0]:
        say(*(f"  {line}" for line in total.wrong), sep="\n")
    say()
