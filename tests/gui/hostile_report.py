"""A report, a profile and files that are full of markup: in every field, and in the files' names."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from reportdesk.form.load import load_form
from reportdesk.report.document import UNIT_FACTS, Explanation, Fact, Report, Snapshot, new_report
from reportdesk.report.records import Contribution, HandedIn, Notice
from reportdesk.store.file import write_report
from reportdesk.store.folders import find_folders
from reportdesk.store.user_data.profile import write_profiles
from reportdesk.store.user_data.unit_profile import UnitProfile

HOST = "hostile-probe"
PROBE = f"{HOST}/share"
"""What no call may name; a file's name that is made of a unit's has no slash."""
MARKUP = (
    f"<img src='file://{PROBE}/x.png'><a href='file://{PROBE}/y'>&amp;</a>"
    f"<b style='background:url(file://{PROBE}/z.png)'>白河镇</b>"
)
NAME_PROBE = "name-probe.png"
FILE = f"<img src='{NAME_PROBE}'>白河镇&amp;.gknb"
"""A file's name can hold no slash; a picture beside the program's folder it can name."""
_KEPT = (Fact.YEAR, Fact.UNIT_KIND, Fact.STATE)


def hostile_report() -> Report:
    """The report; its form's name is markup too, as a district's edition could have it."""
    form = load_form("2021")
    object.__setattr__(form, "name", MARKUP)
    object.__setattr__(form, "document", MARKUP)
    report = new_report(form, 2024, MARKUP)
    report.facts.update({fact: MARKUP for fact in Fact if fact not in _KEPT})
    report.prose = dict.fromkeys(form.parts, f"{MARKUP}公开,信息10条××。\n2019年{MARKUP}")
    report.headings = {part: MARKUP for part in form.parts if part != "opening"}
    typed = [ref for ref in form.kind_of if ref not in form.totals]
    report.cells = dict.fromkeys(typed[:4], 3)
    report.remarks = dict.fromkeys(typed[:9], MARKUP)
    report.unverified = dict.fromkeys(typed[4:9], True)
    report.sources = {ref: (Contribution(MARKUP, 1, MARKUP), Contribution(MARKUP)) for ref in typed[:4]}
    report.explanations = {"x": Explanation(MARKUP, MARKUP)}
    report.reported = {next(iter(form.totals)): 7}
    made = dt.datetime(2025, 1, 9, tzinfo=dt.UTC)
    report.hand_ins = {1: HandedIn(made, "12345678", unit_id=MARKUP, answers="n1")}
    report.notices = {
        f"n{number}": Notice(made, MARKUP, MARKUP, kind, words=MARKUP, objected=MARKUP, answer=MARKUP)
        for number, kind in enumerate(("must", "explain", MARKUP), 1)
    }
    facts = {Fact.YEAR: "2023", Fact.FULL_NAME: MARKUP}
    report.previous = {2023: Snapshot("2021", facts, dict(report.prose), dict(report.cells), MARKUP)}
    return report


def hostile_unit() -> UnitProfile:
    """A unit of a profile, as a district could hand it out."""
    plain = (Fact.UNIT_KIND, Fact.POSTCODE, Fact.EMAIL)
    return UnitProfile({fact: MARKUP for fact in UNIT_FACTS if fact not in plain}, report_to=MARKUP)


def write(folder: Path) -> Path:
    """The report's file and this PC's profile; where the report lies."""
    path = folder / FILE
    write_report(path, hostile_report())
    write_profiles(find_folders().profile_file, [hostile_unit()])
    return path


def write_many_units(folder: Path) -> Path:
    """A district's profile file with two units."""
    path = folder / f"<img src='{NAME_PROBE}'>全县.gkprofile"
    other = dataclasses.replace(hostile_unit(), report_to=f"{MARKUP}2")
    write_profiles(path, [hostile_unit(), other])
    return path


def write_page(folder: Path) -> Path:
    """The report as a web page, as another program's file to be taken in."""
    from reportdesk.exports.html import render_web

    path = folder / f"<img src='{NAME_PROBE}'>.html"
    report = hostile_report()
    report.prose = {part: f"{text}另一句。" for part, text in report.prose.items()}
    path.write_text(render_web(load_form("2021"), report), encoding="utf-8")
    return path
