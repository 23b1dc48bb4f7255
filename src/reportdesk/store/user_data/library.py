"""The reports on this PC: a list kept as JSON, with what the start page shows of each.

What stands in the list may be stale: reading it touches no report, ``refresh`` looks at the
files afterwards. Two programs may keep the list at once: every change reads it anew under a
lock and writes it whole. Where the clerk stopped in a report is kept here too, since it is the
PC's matter and not the report's.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportdesk.checks.engine import Severity
from reportdesk.checks.outcome import NOTHING_LEFT_OUT, Checked
from reportdesk.form.load import load_form
from reportdesk.form.spec import DEFAULT_FAMILY, CellRef, Form
from reportdesk.report.document import Fact, Report
from reportdesk.report.file.codec import MAX_BYTES
from reportdesk.report.progress import progress
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain
from reportdesk.store.user_data.json_file import BrokenFileError, held, read_object, set_aside, write_object
from reportdesk.store.user_data.library_entry import (
    Entry,
    KeptPlace,
    Raw,
    SectionMark,
    Summary,
    from_raw,
    read_time,
    time_of,
    to_raw,
)

FORMAT = "reportdesk-library"
VERSION = 1
MAX_ENTRIES = 500
"""What was not opened for longest falls off the list; its file stays where it is."""


def summarize(form: Form, report: Report, checked: Checked | None = None) -> Summary:
    """What the start page shows of an open report; without what all rules found it counts as not checked.

    So does a report of another kind of which nothing is listed: whether its numbers are right, no rule asks.
    """
    counts = None if checked is None else Counter(found.severity for found in checked.findings)
    if not counts and form.family != DEFAULT_FAMILY:
        counts = None
    return Summary(
        unit=report.facts.get(Fact.FULL_NAME) or report.name_in_title(),
        year=report.year,
        state=report.state,
        sections=tuple(
            SectionMark(
                section.id, section.short, progress(form, report, section), section.id in report.finished
            )
            for section in form.sections
        ),
        findings=None if counts is None else {severity: counts[severity] for severity in Severity},
        title=report.name_in_title(),
        unverified=len(report.unverified),
        left_out=NOTHING_LEFT_OUT if checked is None else checked.left_out,
    )


def read_library(library: Path, now: dt.datetime) -> tuple[tuple[Entry, ...], str]:
    """The list, what was opened last first, and a sentence where it was broken and set aside."""
    try:
        raws, sentence = _read(library, now)
    except OSError:
        raws, sentence = {}, "年报列表的文件打不开，列表暂时是空的；年报本身没有受影响。"
    entries = [from_raw(raw) for raw in raws.values()]
    return tuple(sorted(entries, key=lambda entry: entry.opened, reverse=True)), sentence


def titles_of_others(entries: Iterable[Entry], path: Path) -> Mapping[str, frozenset[str]]:
    """The full names of the units of all reports but the one that lies there, by their 标题用名."""
    titles: dict[str, set[str]] = {}
    for entry in entries:
        if entry.path != path and entry.summary.title and entry.summary.unit:
            titles.setdefault(entry.summary.title, set()).add(entry.summary.unit)
    return {title: frozenset(units) for title, units in titles.items()}


def reports_of_others(entries: Sequence[Entry], path: Path) -> tuple[Path, ...]:
    """The files of the reports of other units than the one that lies there, what was opened last first."""
    unit = next((entry.summary.unit for entry in entries if entry.path == path), "")
    return tuple(
        entry.path
        for entry in entries
        if entry.path != path and entry.summary.unit and entry.summary.unit != unit and not entry.is_missing
    )


def refresh(entries: Iterable[Entry], form_of: Callable[[str], Form] = load_form) -> tuple[Entry, ...]:
    """The entries after a look at their files: missing ones marked, changed ones summed up anew.

    A report is read without pydantic and only where its file is not the one that was summed up.
    On a share that is gone this may take seconds.
    """
    return tuple(_refreshed(entry, form_of) for entry in entries)


def remember(
    library: Path, report: Path, summary: Summary, now: dt.datetime, place: KeptPlace | None = None
) -> None:
    """Add a report to the list, or bring its entry up to date, as on opening, saving and closing.

    Without a ``place`` the one that was kept stays.

    Raises:
        StoreError: the list could not be written; the report itself is not concerned.
    """

    def change(raws: dict[str, Raw]) -> None:
        stamp = _stamp(report) or (0, 0)
        entry = Entry(report, summary, now, time_of(stamp), place, stamp=stamp)
        raws[_key(report)] = {**raws.get(_key(report), {}), **to_raw(entry)}
        for oldest in sorted(raws, key=lambda key: read_time(raws[key].get("opened")))[:-MAX_ENTRIES]:
            del raws[oldest]

    _change(library, now, change)


def place_in(entries: Iterable[Entry], report: Path) -> KeptPlace | None:
    """Where the clerk stopped in the report, None where that is not known."""
    wanted = _key(report)
    return next((entry.place for entry in entries if _key(entry.path) == wanted), None)


def forget(library: Path, report: Path, now: dt.datetime) -> None:
    """Take a report off the list; its file stays.

    Raises:
        StoreError: the list could not be written.
    """
    _change(library, now, lambda raws: raws.pop(_key(report), None))


def forget_all(library: Path, now: dt.datetime) -> None:
    """Empty the list; the reports' files stay.

    Raises:
        StoreError: the list could not be written.
    """
    _change(library, now, lambda raws: raws.clear())


def newest_year(entries: Iterable[Entry]) -> int | None:
    """The latest year that a report of the list is about."""
    return max((entry.summary.year for entry in entries if entry.summary.year), default=None)


# -- the file


def _change(library: Path, now: dt.datetime, change: Callable[[dict[str, Raw]], object]) -> None:
    with held(library):
        try:
            raws, _sentence = _read(library, now)
        except OSError as error:  # to write now would lose all that stands there
            raise StoreError(f"年报列表没有更新：{explain(error)}") from error
        change(raws)
        write_object(library, {"format": FORMAT, "version": VERSION, "reports": list(raws.values())})


def _read(library: Path, now: dt.datetime) -> tuple[dict[str, Raw], str]:
    """The entries by path, and a sentence where the file was broken and set aside.

    Raises:
        OSError: the file is there and cannot be read now.
    """
    try:
        document = read_object(library)
    except BrokenFileError:
        aside = set_aside(library, now)
        kept = f"，原文件改名为“{aside.name}”留着" if aside else ""
        return {}, f"年报列表的文件读不了{kept}。年报本身没有受影响，打开后会重新列出。"
    listed = (document or {}).get("reports")
    raws = [raw for raw in listed if isinstance(raw, dict)] if isinstance(listed, list) else []
    return {_key(Path(raw["path"])): raw for raw in raws if _is_path(raw.get("path"))}, ""


def _is_path(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\0" not in value


def _key(path: Path) -> str:
    """The same for every way of writing the path."""
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - resolve() would ask a share that is gone


# -- the reports


def _refreshed(entry: Entry, form_of: Callable[[str], Form]) -> Entry:
    stamp = _stamp(entry.path)
    if stamp is None:
        return replace(entry, is_missing=True)
    if stamp == entry.stamp:
        return replace(entry, is_missing=False)
    summary = _summary_of_file(entry.path, form_of) or entry.summary
    return replace(entry, summary=summary, is_missing=False, stamp=stamp, changed=time_of(stamp))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = disk.status(path)
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def _summary_of_file(path: Path, form_of: Callable[[str], Form]) -> Summary | None:
    """What the file says of itself, unchecked; None where it cannot be read at all."""
    try:
        document = json.loads(disk.read(path, MAX_BYTES))
        form = form_of(document["edition"])
        return summarize(form, _sketch(document))
    except (OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return None


def _sketch(document: Raw) -> Report:
    """A report with what counts for its summary; its numbers are not read."""
    standing = document.get("standing", {})
    named = {
        Fact.YEAR: str(document.get("year", "")),
        Fact.FULL_NAME: document["unit"].get("full_name", ""),
        Fact.TITLE_NAME: document["unit"].get("title_name", ""),
        Fact.STATE: standing.get("state", ""),
    }
    return Report(
        edition=document["edition"],
        facts={fact: text for fact, text in named.items() if isinstance(text, str) and text},
        prose={part: text for part, text in document["prose"].items() if isinstance(text, str)},
        cells={CellRef.parse(key): 0 for key in document["cells"]},
        unverified=dict.fromkeys(map(CellRef.parse, document.get("unverified", ())), True),
        finished=dict.fromkeys(document["finished"], True),
    )
