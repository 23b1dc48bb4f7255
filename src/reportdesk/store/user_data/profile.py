"""A unit's profile: who it is, by when and where it hands in, and which files.

A district hands out a ``.gkprofile`` file with many units, of which a clerk picks one; the
same kind of file keeps the unit of this PC. What a report takes from a profile is an edit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from reportdesk.report.document import UNIT_FACTS, Fact, Report
from reportdesk.report.edits import Edit, combine, set_fact
from reportdesk.report.text.characters import fold_told
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain
from reportdesk.store.user_data.json_file import (
    MAX_BYTES,
    BrokenFileError,
    parse_object,
    set_aside,
    write_object,
)
from reportdesk.store.user_data.unit_profile import FORMAT, ID, VERSION, UnitProfile


class ProfilesRead(NamedTuple):
    """The units in a profile file, in its order, and what to tell the clerk of it, if anything."""

    units: tuple[UnitProfile, ...]
    says: str = ""


def read_profiles(path: Path) -> ProfilesRead:
    """The units in a profile file; signs that only look like characters are folded, and that is told.

    Raises:
        StoreError: the file cannot be read or something in it is wrong; the message says where.
    """
    from reportdesk.store.user_data.profile_model import ProfileError

    try:
        return _read(path)
    except OSError as error:
        raise StoreError(f"打不开“{path.name}”：{explain(error)}") from error
    except BrokenFileError as error:
        raise StoreError(f"单位资料“{path.name}”读不了：{error}。请向发文件的单位重新索取。") from error
    except ProfileError as error:
        raise StoreError(f"单位资料“{path.name}”有错：{error}。请让发文件的人改正，或自己填写。") from error


def _read(path: Path) -> ProfilesRead:
    from reportdesk.store.user_data.profile_model import parse_profiles

    content = disk.read(path, MAX_BYTES)  # what is longer is refused
    text, says = fold_told(content.decode("utf-8", "surrogateescape"))
    return ProfilesRead(parse_profiles(parse_object(text.encode("utf-8", "surrogateescape"))), says)


def write_profiles(path: Path, units: Iterable[UnitProfile]) -> None:
    """Write a profile file.

    Raises:
        StoreError: it could not be written.
    """
    document = {"format": FORMAT, "version": VERSION, "units": [_to_file(unit) for unit in units]}
    write_object(path, document)


def read_own_profile(path: Path, now: dt.datetime) -> tuple[UnitProfile | None, str]:
    """The unit of this PC, None before it was asked, and a sentence where its file was broken.

    A broken file is set aside under another name; one that only cannot be read now, as while a
    virus scanner holds it, stays.
    """
    try:
        disk.status(path)  # most often there is none, and pydantic need not be imported to say so
        return next(iter(_read(path).units), None), ""
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"本单位资料的文件打不开：{explain(error)}"
    except ValueError:  # BrokenFileError, ProfileError
        aside = set_aside(path, now)
        kept = f"，原文件改名为“{aside.name}”留着" if aside else ""
        return None, f"本单位资料的文件读不了{kept}。请重新填写单位资料。"


def matching_units(units: Iterable[UnitProfile], words: str) -> tuple[UnitProfile, ...]:
    """The units whose name or place holds all the words, for a list that narrows while typing."""
    wanted = words.split()
    return tuple(unit for unit in units if all(word in unit.says for word in wanted))


def fill_from_profile(report: Report, unit: UnitProfile) -> Edit:
    """Put what the profile says of the unit into the report; what it does not say stays.

    But the number: that of another unit would be wrong.
    """
    edits = [set_fact(report, fact, text) for fact, text in unit.facts.items()]
    if unit.unit_id or unit.full_name != report.facts.get(Fact.FULL_NAME):
        edits.append(set_fact(report, Fact.UNIT_ID, unit.unit_id))
    return combine("填入单位资料", edits)


def profile_of(report: Report) -> UnitProfile | None:
    """The profile that the report's own facts make; None while it has no full name."""
    facts: dict[Fact, str] = {
        fact: report.facts[fact] for fact in UNIT_FACTS if report.facts.get(fact, "").strip()
    }
    known = report.facts.get(Fact.UNIT_ID, "")
    extras = {ID: known} if known else {}
    return UnitProfile(facts, extras=extras) if Fact.FULL_NAME in facts else None


def _to_file(unit: UnitProfile) -> dict[str, Any]:
    document: dict[str, Any] = {**unit.extras}
    document.update({fact.value: unit.facts[fact] for fact in UNIT_FACTS if fact in unit.facts})
    if unit.deadline:
        document["deadline"] = str(unit.deadline)
    if unit.report_to:
        document["report_to"] = unit.report_to
    if unit.hand_in:
        document["hand_in"] = [name.value for name in unit.hand_in]
    return document
