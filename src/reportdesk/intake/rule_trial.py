"""Rules that a district hands out are tried before they are taken in: on the example, on nothing, on a corpus.

A process of its own tries them, since words of rules are read once and kept. It runs every check over
each report with the new rules in the place of the program's and says which could not be run. What
the rules find is not judged here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportdesk import resources
from reportdesk.checks.claims.words import collisions
from reportdesk.intake.trial import tried_apart
from reportdesk.resources import resource

if TYPE_CHECKING:
    from reportdesk.report.document import Report

_NAMED = 5
_CLAIMS = "rules/claims.toml"
_ONLY_ADDED_TO = ("rules/phrases.toml", "rules/confusables.toml")
_DAY = dt.date(2025, 1, 9)
_FAR = 60


def refuse_rules(files: Mapping[str, bytes]) -> str:
    """Why rules of these files, by their path below resources/, cannot be used, in Chinese; empty if they can."""
    try:
        told = tried_apart("reportdesk.intake.rule_trial", files)
    except subprocess.TimeoutExpired:
        return "用这些规则试审核，一直没有结束"
    except (OSError, ValueError):
        return "用这些规则试审核，程序出错"
    named = "；".join(told[:_NAMED])
    return f"用这些规则试审核，有规则没有运行完（{named}）" if told else ""


def findings_under(files: Mapping[str, bytes], report: Path) -> list[str] | None:
    """What the checks find in the file of a report with these rules in the place of the program's.

    A line each, with level, code and sentence; None where the report cannot be read or the trial ended badly.
    """
    try:
        return tried_apart("reportdesk.intake.rule_trial", files, report)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None


def refuse_collisions(name: str, tables: Mapping[str, Mapping[str, list[str]]]) -> str:
    """Why words of claims cannot be used: those that stand in two lists, so that their meaning would be chance."""
    if name != _CLAIMS:
        return ""
    found = collisions({sort: table for sort, table in tables.items() if sort != "unit"})
    named = "；".join(f"“{word}”同时在 {one} 和 {other}" for word, one, other in found[:_NAMED])
    more = f"等 {len(found)} 处" if len(found) > _NAMED else ""
    return f"{_CLAIMS} 里的词在两个清单里都有：{named}{more}" if found else ""


def refuse_losses(name: str, given: Mapping[str, Any], shipped: Mapping[str, Any]) -> str:
    """Why a list to which one may only add cannot be used: what of the program's own it lacks or changes."""
    if name not in _ONLY_ADDED_TO:
        return ""
    kept = {entry for _key, entry in _entries(given)}
    lost = [(key, entry) for key, entry in _entries(shipped) if entry not in kept]
    named = "、".join(f"“{key}”" for key, _entry in lost[:_NAMED])
    more = f"等 {len(lost)} 条" if len(lost) > _NAMED else ""
    return f"{name} 只能增加，不能少了或改动程序里的{named}{more}" if lost else ""


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each expression or pair of words with all that is said of it; ``near`` may grow."""
    for table in tables.get("phrases", ()):
        holds = {key: value for key, value in table.items() if key != "entries"}
        for entry in table["entries"]:
            yield entry["words"], repr((sorted(holds.items()), entry["words"], entry.get("source")))
    for sort in ("always", "context"):
        for entry in tables.get(sort, ()):
            yield entry["wrong"], repr((sort, sorted(entry.items())))


def run_trial(given: Path) -> list[str]:
    """What could not be run over the reports of the trial with these rules: codes and places."""
    from reportdesk.checks.engine import NOT_RUN, check_report
    from reportdesk.form.load import load_form

    with _rules_of(given):
        form = load_form("2021")
        failed = [
            found.about
            for content in _reports()
            for found in check_report(form, content, _DAY)
            if found.code == NOT_RUN
        ]
        _read_hard_pages()
    return list(dict.fromkeys(itertools.chain.from_iterable(about.split("；") for about in failed)))


def run_on(given: Path, path: Path) -> list[str]:
    """What is found in that report with these rules, a line each."""
    from reportdesk.checks.engine import check_report
    from reportdesk.form.load import load_form
    from reportdesk.store.clock import now
    from reportdesk.store.file import read_report

    report = read_report(path).report
    form = load_form(report.edition)
    with _rules_of(given):
        found = check_report(form, report, now().date())
    return [f"{one.severity.says} {one.code}　{one.message}" for one in found]


@contextlib.contextmanager
def _rules_of(given: Path) -> Iterator[None]:
    """The program's resources with these files in the place of their namesakes, for the rest of the process."""
    with tempfile.TemporaryDirectory(prefix="reportdesk-trial-") as place:
        whole = Path(place) / "resources"
        for part in ("forms", "language", "rules", "trial"):
            shutil.copytree(resource(part), whole / part)
        shutil.copytree(given, whole, dirs_exist_ok=True)
        resources._folder = functools.cache(lambda: whole)  # noqa: SLF001 # in a process that ends with the trial
        yield


def _reports() -> Iterator[Report]:
    """The example, an empty report, the passages of the corpus and hard ones, each in a part of some report."""
    from reportdesk.form.load import load_form
    from reportdesk.report.document import Report as Made
    from reportdesk.report.document import new_report
    from reportdesk.report.file.codec import decode

    form = load_form("2021")
    yield decode(resource("trial", "example.gknb").read_bytes()).report
    yield Made(form.edition)
    passages = resource("trial", "passages.txt").read_text(encoding="utf-8").splitlines()
    passages += _hard_context()
    for start in range(0, len(passages), len(form.parts)):
        report = new_report(form, 2024, "柳川县白河镇人民政府")
        report.cells.update({ref: 0 for ref in form.kind_of if ref not in form.totals})
        report.prose.update(zip(form.parts, passages[start:], strict=False))
        yield report


def _read_hard_pages() -> None:
    """Read lines of web pages on which a regular expression that does not end would not end.

    Each is as long as such a line may be: every word of the list again and again, and a last sign that
    fits none.
    """
    from reportdesk.readers.files.visible import VisibleParagraph
    from reportdesk.readers.text.page_furniture import LONGEST, without_furniture

    rules = tomllib.loads(resource("rules", "page.toml").read_text(encoding="utf-8"))
    plain = ["".join(filter(str.isalnum, word)) for word in [*rules["ends"], *rules["words"]]]
    lines = [f"{(word * LONGEST)[: LONGEST - 1]}龘" for word in [*plain, "".join(plain), "镇"] if word]
    without_furniture([VisibleParagraph(line) for line in lines])


def _hard_context() -> Iterator[str]:
    """Each word that is wrong beside certain others, far from the next stop on either side."""
    rules = tomllib.loads(resource("rules", "confusables.toml").read_text(encoding="utf-8"))
    yield from (f"{'镇' * _FAR}{entry['wrong']}{'镇' * _FAR}龘。" for entry in rules.get("context", ()))


if __name__ == "__main__":
    rules, *reports = map(Path, sys.argv[1:])
    lines = [line for report in reports for line in run_on(rules, report)] if reports else run_trial(rules)
    sys.stdout.write(json.dumps(lines, ensure_ascii=True))
