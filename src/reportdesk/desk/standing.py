"""Where each unit stands, what is to be asked, and what became of each parcel: worked out from what came.

A pure function of the round with its answers, the receipts and what each parcel shows. Nothing is counted
and nothing refused in silence: whatever is not plain becomes a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reportdesk.desk.check_report import Kind, Shown
from reportdesk.desk.folder import Receipt
from reportdesk.desk.matching import Names, match_path, match_report, names_of
from reportdesk.desk.questions import (
    FAULTS,
    Choose,
    Question,
    ask_county,
    ask_fault,
    ask_like,
    ask_stranger,
    ask_which,
    ask_whose,
)
from reportdesk.desk.round import Round, Unit, Way
from reportdesk.desk.versions import Arrived, Version, newest_of, versions_of
from reportdesk.form.spec import DEFAULT_FAMILY


class State(StrEnum):
    """Where a unit stands, as the overview says it."""

    RECEIVED = "已收"
    TO_CHECK = "已读入待核对"
    MISSING = "未报"
    MANUAL = "要人工录入"
    WRONG_YEAR = "年度不对"
    TOUCHED = "校验码不符"
    BROKEN = "文件坏了"
    WRONG_EDITION = "格式版本不对"
    UNLISTED = "与清单不符"
    BLANK = "空表"
    THROUGH = "由上级代报"
    EXEMPT = "不报送"
    ACCEPTED = "审定"
    RETURNED = "退回"
    LOOK = "要人看"


class Outcome(StrEnum):
    """What became of a parcel."""

    TAKEN = "收下"
    ASKED = "要您看"
    USELESS = "没有用的"
    KNOWN = "已经收过"


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit: its state and the version that counts, if one does. ``notes`` are sentences for the clerk."""

    unit: Unit
    state: State
    chosen: Version | None = None
    versions: int = 0
    received: str = ""
    notes: tuple[str, ...] = ()
    matched_by: str = ""

    @property
    def counted(self) -> bool:
        """Whether its numbers go into the sums."""
        return self.chosen is not None and self.unit.way.is_due


@dataclass(frozen=True, slots=True)
class Became:
    """A receipt and what became of it."""

    receipt: Receipt
    outcome: Outcome
    says: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it."""

    units: tuple[UnitStanding, ...]
    questions: tuple[Question, ...]
    parcels: tuple[Became, ...]

    def question(self, question_id: str) -> Question | None:
        """The open question of that number."""
        return next((one for one in self.questions if one.id == question_id), None)


@dataclass(slots=True)
class _Sorting:
    """What is being sorted: by unit, with the questions that came up and the hashes that they are about."""

    round: Round
    names: Names
    by_unit: dict[str, list[Arrived]] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    useless: dict[str, list[str]] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    def answer(self, question: Question, arrived: Iterable[Arrived]) -> str:
        """What was answered; empty while the question is open, which is noted."""
        given = self.round.answers.get(question.id, "")
        if given in {choice.key for choice in question.choices}:
            return given
        if question.is_free and self.round.unit(given.removeprefix(Choose.UNIT)) is not None:
            return given
        self.questions[question.id] = question
        for one in arrived:
            self.asked.setdefault(one.receipt.sha256, question.text)
        return ""

    def drop(self, arrived: Arrived, why: str) -> None:
        """It is of no use to anybody."""
        self.useless.setdefault(arrived.receipt.sha256, []).append(why)

    def put(self, unit: Unit, arrived: Arrived) -> None:
        """It is that unit's."""
        self.by_unit.setdefault(unit.id, []).append(arrived)


def stand(this: Round, receipts: Sequence[Receipt], shown: Mapping[str, Sequence[Shown]]) -> Standing:
    """Where everything stands; ``shown`` is what each parcel shows, by its hash."""
    sorting = _Sorting(this, names_of(this))
    first: dict[str, Receipt] = {}
    for receipt in receipts:
        first.setdefault(receipt.sha256, receipt)
    for digest, receipt in first.items():
        for one in shown.get(digest, ()):
            _sort(sorting, Arrived(receipt, one))
    units = tuple(_stand(sorting, unit) for unit in this.units)
    parcels = tuple(_became(sorting, receipt, first[receipt.sha256], shown) for receipt in receipts)
    return Standing(units, tuple(sorting.questions.values()), parcels)


def _sort(sorting: _Sorting, arrived: Arrived) -> None:
    shown, this = arrived.shown, sorting.round
    if shown.kind is Kind.NOTHING:
        sorting.drop(arrived, shown.says)
    elif not shown.has_report:
        unit = match_path(this, arrived.path) or _by_answer(sorting, ask_whose(arrived), arrived)
        if unit is not None:
            sorting.put(unit, arrived)
    else:
        _sort_report(sorting, arrived)


def _sort_report(sorting: _Sorting, arrived: Arrived) -> None:
    shown, this = arrived.shown, sorting.round
    match = match_report(this, sorting.names, shown.names, shown.unit_id, shown.county)
    unit, by = match.unit, match.by
    if unit is None and match.conflict:
        unit, by = _by_answer(sorting, ask_county(arrived, match.like, match.conflict), arrived), "答复"
    elif unit is None and match.like:
        unit, by = _by_answer(sorting, ask_like(arrived, match.like), arrived), "答复"
    elif unit is None and shown.kind is Kind.READ and (named := match_path(this, arrived.path)) is not None:
        unit, by = _by_file_name(sorting, arrived, named), "文件名"
        if unit is None:
            return
    if unit is None and not match.like:
        question = ask_stranger(arrived) if shown.names else ask_whose(arrived)
        unit, by = _by_answer(sorting, question, arrived), "答复"
    if unit is not None:
        sorting.put(unit, Arrived(arrived.receipt, shown, by))


def _by_file_name(sorting: _Sorting, arrived: Arrived, named: Unit) -> Unit | None:
    """The unit that the file's name says; asked where the contents name another, which is on no list."""
    if not arrived.shown.names:
        return named
    conflict = f"文件名说是{named.name}的，里面写的是{arrived.shown.names[0]}"
    return _by_answer(sorting, ask_county(arrived, (named,), conflict), arrived)


def _by_answer(sorting: _Sorting, question: Question, arrived: Arrived) -> Unit | None:
    """The unit that the clerk said it is of; None while that is open, and where it is nobody's."""
    given = sorting.answer(question, (arrived,))
    if given == Choose.USELESS:
        sorting.drop(arrived, "您说它没有用。")
    return sorting.round.unit(given.removeprefix(Choose.UNIT)) if given.startswith(Choose.UNIT) else None


def fault_of(this: Round, shown: Shown) -> State | None:
    """What keeps the thing from being counted as it is; None if nothing does."""
    plain = {Kind.BROKEN: State.BROKEN, Kind.MANUAL: State.MANUAL, Kind.UNCLEAR: State.LOOK}
    if shown.kind in plain:
        return plain[shown.kind]
    if shown.year and shown.year != this.year:
        return State.WRONG_YEAR
    if shown.edition != this.edition or shown.family != DEFAULT_FAMILY:
        return State.WRONG_EDITION
    wrong = {
        State.BLANK: shown.blank,
        State.UNLISTED: bool(shown.unlisted),
        State.TOUCHED: shown.touched,
        State.LOOK: not shown.year,
    }
    return next((state for state, is_so in wrong.items() if is_so), None)


def _stand(sorting: _Sorting, unit: Unit) -> UnitStanding:
    came = sorting.by_unit.get(unit.id, [])
    if not unit.way.is_due:
        return _not_due(unit, came)
    usable, faulty = _parted(sorting, unit, came)
    versions = versions_of(usable)
    notes = tuple(dict.fromkeys(one.shown.says for one in came if one.shown.says))
    if not versions:
        return _without(unit, faulty, notes)
    chosen = newest_of(versions) or _asked_which(sorting, unit, versions)
    if chosen is None:  # what was accepted counts until somebody says that another does
        chosen = next((one for one in versions if one.code == sorting.round.accepted.get(unit.id)), None)
    if chosen is None:
        last = max(one.first.receipt.day for one in versions)
        return UnitStanding(unit, State.LOOK, None, len(versions), last, notes)
    state = _state_of(sorting.round, unit, chosen)
    return UnitStanding(unit, state, chosen, len(versions), chosen.first.receipt.day, notes, chosen.first.by)


def _not_due(unit: Unit, came: Sequence[Arrived]) -> UnitStanding:
    state = State.THROUGH if unit.way is Way.THROUGH else State.EXEMPT
    says = f"它自己也报来了，没有计入：{unit.through or '名单上写的是不报送'}。" if came else ""
    return UnitStanding(
        unit, state, received=came[-1].receipt.day if came else "", notes=(says,) if says else ()
    )


def _parted(
    sorting: _Sorting, unit: Unit, came: Sequence[Arrived]
) -> tuple[list[Arrived], list[tuple[State, Arrived]]]:
    """What counts, and what does not with the reason; what was answered is done so."""
    usable: list[Arrived] = []
    faulty: list[tuple[State, Arrived]] = []
    plain = [one for one in came if fault_of(sorting.round, one.shown) is None]
    for one in came:
        fault = fault_of(sorting.round, one.shown)
        if fault is None:
            usable.append(one)
            continue
        if plain and (fault is State.MANUAL or _is_same(one, plain)):
            continue
        given = sorting.answer(ask_fault(unit, one, fault.value), (one,))
        if given == Choose.TAKE and one.shown.has_report:
            usable.append(one)
        elif given == Choose.USELESS:
            sorting.drop(one, "您说它没有用。")
        else:
            faulty.append((fault, one))
    return usable, faulty


def _is_same(one: Arrived, plain: Sequence[Arrived]) -> bool:
    """Whether a report without a fault says the very same."""
    return bool(one.shown.code) and one.shown.code in {other.shown.code for other in plain}


def _without(unit: Unit, faulty: Sequence[tuple[State, Arrived]], notes: tuple[str, ...]) -> UnitStanding:
    if not faulty:
        return UnitStanding(unit, State.MISSING, notes=notes)
    state, last = max(faulty, key=lambda one: (FAULTS.get(one[0].value, 0), one[1].receipt.received))
    return UnitStanding(unit, state, received=last.receipt.day, notes=notes)


def _asked_which(sorting: _Sorting, unit: Unit, versions: Sequence[Version]) -> Version | None:
    question = ask_which(unit, versions)
    given = sorting.answer(question, [one for version in versions for one in version.arrived])
    return next((version for version in versions if version.code == given), None)


def _state_of(this: Round, unit: Unit, chosen: Version) -> State:
    if this.accepted.get(unit.id) == chosen.code:
        return State.ACCEPTED
    if this.returned.get(unit.id) == chosen.code:
        return State.RETURNED
    if chosen.is_read:
        return State.TO_CHECK
    faults = [fault_of(this, one.shown) for one in chosen.arrived]
    return State.RECEIVED if None in faults else next((fault for fault in faults if fault), State.RECEIVED)


def _became(
    sorting: _Sorting, receipt: Receipt, first: Receipt, shown: Mapping[str, Sequence[Shown]]
) -> Became:
    digest = receipt.sha256
    if receipt is not first:
        return Became(receipt, Outcome.KNOWN, f"与“{first.name}”相同。")
    if digest in sorting.asked:
        return Became(receipt, Outcome.ASKED, sorting.asked[digest])
    dropped = sorting.useless.get(digest, [])
    if len(dropped) >= len(shown.get(digest, ())):
        return Became(receipt, Outcome.USELESS, "".join(dict.fromkeys(dropped)) or "里面没有文件。")
    return Became(receipt, Outcome.TAKEN)
