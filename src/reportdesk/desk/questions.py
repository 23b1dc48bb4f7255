"""What the desk asks: one line each, with two or three answers, of which the first takes the file as it is.

A question's id rests on what it is about, so that an answer holds as long as that stays the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportdesk.desk.round import Unit
from reportdesk.desk.versions import Arrived, Version, likely_order

FAULTS = {
    "与清单不符": 7,
    "校验码不符": 6,
    "年度不对": 5,
    "格式版本不对": 4,
    "要人看": 3,
    "空表": 3,
    "文件坏了": 2,
    "要人工录入": 1,
}
"""What keeps a file from being counted, by how much it says of the unit."""


class Choose:
    """The keys of choices; that of a unit is followed by its number, that of a version is its 核对码."""

    UNIT = "unit:"
    ADD = "add"
    TAKE = "take"
    LEAVE = "leave"
    AGAIN = "again"
    USELESS = "useless"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key and what the clerk reads."""

    key: str
    says: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``is_free``: the number of any unit on the list is an answer too; ``name`` is what becomes an alias."""

    id: str
    kind: str
    text: str
    choices: tuple[Choice, ...]
    parcels: tuple[str, ...] = ()
    unit: str = ""
    name: str = ""
    is_free: bool = False
    unit_kind: str = ""
    county: str = ""

    def choice(self, said: str) -> str | None:
        """The key of the answer that was given by its place, its words or a unit's number; None if it is none."""
        said = said.strip()
        if said.isascii() and said.isdigit() and 1 <= int(said) <= len(self.choices) and len(said) < 3:  # noqa: PLR2004 - a unit's number is longer
            return self.choices[int(said) - 1].key
        plain = next((one.key for one in self.choices if said in (one.says, one.key)), None)
        return plain if plain is not None or not self.is_free else f"{Choose.UNIT}{said}"


_LEAVE = Choice(Choose.LEAVE, "先放着，不计入")
_USELESS = Choice(Choose.USELESS, "没有用，不管它")
_AGAIN = Choice(Choose.AGAIN, "请对方重新报送，这一份不计入")


def ask_about(
    kind: str, about: Sequence[str], text: str, choices: Sequence[Choice], arrived: Sequence[Arrived]
) -> Question:
    """A question; ``about`` is what its answer rests on."""
    told = "\n".join((kind, *about))
    return Question(
        id=hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:10],
        kind=kind,
        text=text,
        choices=tuple(choices),
        parcels=tuple(dict.fromkeys(one.receipt.name for one in arrived)),
    )


def _key(arrived: Arrived) -> tuple[str, str]:
    return arrived.receipt.sha256, arrived.shown.path


def ask_whose(arrived: Arrived) -> Question:
    """Whose a file is that says nothing of it."""
    text = f"“{arrived.receipt.name}”看不出是哪家的。{arrived.shown.says}"
    asked = ask_about("whose", _key(arrived), text, (_USELESS, _LEAVE), (arrived,))
    return replace(asked, is_free=True)


def ask_stranger(arrived: Arrived) -> Question:
    """What to do with a unit that is not on the list."""
    name = arrived.shown.names[0]
    text = f"{name}不在名单里（“{arrived.receipt.name}”）。"
    choices = (_LEAVE, Choice(Choose.ADD, "加到名单里"))
    asked = ask_about("stranger", (name, arrived.shown.county), text, choices, (arrived,))
    told = arrived.shown
    return replace(asked, is_free=True, name=name, unit_kind=told.unit_kind, county=told.county)


def ask_like(arrived: Arrived, like: Sequence[Unit]) -> Question:
    """Whether a name that is not on the list is another of a unit that is."""
    name = arrived.shown.names[0]
    text = f"{name}不在名单里，像是{'、'.join(unit.name for unit in like)}（“{arrived.receipt.name}”）。"
    choices = (
        *(Choice(f"{Choose.UNIT}{unit.id}", f"是{unit.name}") for unit in like),
        Choice(Choose.LEAVE, "另有其人，先放着"),
    )
    return replace(
        ask_about("like", (name, arrived.shown.county), text, choices, (arrived,)), name=name, is_free=True
    )


def ask_county(arrived: Arrived, like: Sequence[Unit], conflict: str) -> Question:
    """What to do with a report whose number, name and county do not fit together."""
    text = f"“{arrived.receipt.name}”：{conflict}。"
    named = [Choice(f"{Choose.UNIT}{unit.id}", f"是名单里的{unit.name}") for unit in like]
    is_foreign = "同名" in conflict
    other = Choice(Choose.LEAVE, "不是我们的，先放着") if is_foreign else _LEAVE
    choices = (other, *named) if is_foreign else (*named, other)
    return ask_about("identity", (*_key(arrived), conflict), text, choices, (arrived,))


def ask_fault(unit: Unit, arrived: Arrived, fault: str) -> Question:
    """What to do with a file of that unit which cannot be counted as it is."""
    shown = arrived.shown
    why = shown.unlisted if fault == "与清单不符" else shown.says
    if fault == "年度不对":
        why = f"这份是 {shown.year} 年度的。"
    if fault == "格式版本不对":
        why = f"这份是 {shown.edition} 版格式的，不能与别家的一起算。"
    if fault == "要人看" and shown.has_report:
        why = "看不出是哪一年的。"
    text = f"{unit.name} {fault}（“{arrived.receipt.name}”）：{why or '没有内容。'}"
    return replace(
        ask_about(
            "fault",
            (unit.id, fault, *_key(arrived)),
            text,
            _answers(fault, has_report=shown.has_report),
            (arrived,),
        ),
        unit=unit.id,
    )


def _answers(fault: str, *, has_report: bool) -> tuple[Choice, ...]:
    take = Choice(Choose.TAKE, "照收到的收下，计入")
    if fault == "校验码不符" or (fault == "要人看" and has_report):
        return take, _AGAIN
    if fault == "与清单不符":
        return _AGAIN, take
    if fault == "要人工录入":
        return Choice(Choose.LEAVE, "照着录入"), _AGAIN, _USELESS
    return _AGAIN, _LEAVE, _USELESS


def ask_which(unit: Unit, versions: Sequence[Version]) -> Question:
    """Which of several versions counts, where nothing tells which is newer."""
    choices = tuple(Choice(version.code, _told(version)) for version in likely_order(versions))
    arrived = [version.first for version in versions]
    text = f"{unit.name}有 {len(versions)} 份不同的年报，看不出哪份新。请选计入哪一份。"
    codes = sorted(version.code for version in versions)
    return replace(ask_about("which", (unit.id, *codes), text, choices, arrived), unit=unit.id)


def _told(version: Version) -> str:
    first = version.first
    number = f"，第 {version.number} 次报送" if version.number else ""
    return f"{first.receipt.day} 收到的“{first.receipt.name}”{number}（核对码 {version.code}）"
