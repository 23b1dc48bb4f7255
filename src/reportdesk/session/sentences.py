"""插入数据: sentences with the tables' own numbers, so that text and table agree from the start.

The patterns stand in ``resources/sentences``, a file an edition. A number is never invented:
where a cell is blank the sentence holds ×× in its place and says which cells are wanting.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report, Value
from reportdesk.report.text.figures import show_figure
from reportdesk.report.totals import Totals
from reportdesk.resources import resource

WANTING = "××"
"""Stands for a number that is not filled in; the checks find it when it is left over."""

_NAMED_AT_MOST = 3
_NUMBER = re.compile(r"\{([a-z0-9_.*]+)\}")
_WORDS = frozenset({"unit", "year", "list"})


class PatternError(ValueError):
    """A file of patterns names a part or a number that its form has not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A member of a list: its words and the pattern of its number."""

    words: str
    number: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence to be: for which part, its name in the menu, and its wordings."""

    part: str
    name: str
    text: str
    zero: str = ""
    choices: tuple[Choice, ...] = ()

    def numbers(self) -> tuple[str, ...]:
        """The names of the numbers that it tells."""
        patterns = (self.text, *(choice.number for choice in self.choices))
        named = (name for pattern in patterns for name in _NUMBER.findall(pattern))
        return tuple(name for name in named if name not in _WORDS)


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence that may be put into the text.

    ``wanting`` are the blank cells that it needs, ``says`` names them for the clerk.
    """

    name: str
    text: str
    wanting: tuple[CellRef, ...]
    says: str


@functools.lru_cache(maxsize=16)
def load_patterns(form: Form) -> tuple[Pattern, ...]:
    """The edition's shipped patterns; none where it has no file."""
    path = resource("sentences", f"{form.edition}.toml")
    return read_patterns(path, form) if path.is_file() else ()


def read_patterns(path: Path, form: Form) -> tuple[Pattern, ...]:
    """The patterns in a TOML file.

    Raises:
        PatternError: a part or number is not the form's.
    """
    return parse_patterns(path.read_text(encoding="utf-8"), form)


def parse_patterns(source: str, form: Form) -> tuple[Pattern, ...]:
    """The patterns that the TOML text describes.

    Raises:
        PatternError: as for ``read_patterns``.
    """
    entries: list[dict[str, Any]] = tomllib.loads(source)["sentences"]
    patterns = tuple(
        Pattern(
            part=entry["part"],
            name=entry["name"],
            text=entry["text"],
            zero=entry.get("zero", ""),
            choices=tuple(Choice(*choice) for choice in entry.get("list", ())),
        )
        for entry in entries
    )
    for pattern in patterns:
        if pattern.part not in form.parts:
            raise PatternError(f"{pattern.name}: no part {pattern.part}")
        for name in pattern.numbers():
            if not cells_of(form, name):
                raise PatternError(f"{pattern.name}: no number {name}")
    return patterns


def offers(
    form: Form, report: Report, totals: Totals, part: str, patterns: Iterable[Pattern] | None = None
) -> tuple[Offer, ...]:
    """The sentences for a part, with the numbers that stand in the tables now."""
    known = load_patterns(form) if patterns is None else patterns
    own = [pattern for pattern in known if pattern.part == part]
    made = (_offer(form, report, totals, pattern) for pattern in own)
    return tuple(offer for offer in made if offer is not None)


def _offer(form: Form, report: Report, totals: Totals, pattern: Pattern) -> Offer | None:
    refs = {name: cells_of(form, name) for name in pattern.numbers()}
    wanting = tuple(dict.fromkeys(ref for cells in refs.values() for ref in _blank(form, report, cells)))
    values: dict[str, Value | None] = {
        name: None if _blank(form, report, cells) else _sum(report, totals, cells)
        for name, cells in refs.items()
    }
    says = _say(form, wanting)
    if all(value == 0 for value in values.values()):
        if pattern.zero:
            return Offer(pattern.name, report.fill_in(pattern.zero), wanting, says)
        if pattern.choices:
            return None
    listed = "、".join(
        choice.words + _fill(choice.number, values)
        for choice in pattern.choices
        if any(values[name] != 0 for name in _NUMBER.findall(choice.number))
    )
    text = _fill(report.fill_in(pattern.text).replace("{list}", listed), values)
    return Offer(pattern.name, text, wanting, says)


def _fill(pattern: str, values: Mapping[str, Value | None]) -> str:
    def number(match: re.Match[str]) -> str:
        value = values.get(match[1], match[0])
        return WANTING if value is None else value if isinstance(value, str) else show_figure(value)

    return _NUMBER.sub(number, pattern)


def cells_of(form: Form, name: str) -> tuple[CellRef, ...]:
    """The cells that count together under a role's name or a key with stars."""
    if name in form.cell_roles:
        return form.cell_roles[name]
    return tuple(ref for ref in form.kind_of if fnmatchcase(str(ref), name))


def _blank(form: Form, report: Report, refs: Iterable[CellRef]) -> tuple[CellRef, ...]:
    """The typed cells that the numbers rest on and that are not filled."""
    typed_under = relate(form).typed_under
    typed = (ref for total in refs for ref in typed_under.get(total, (total,)))
    return tuple(ref for ref in typed if ref not in report.cells)


def _sum(report: Report, totals: Totals, refs: Iterable[CellRef]) -> Value:
    numbers = (totals[ref].value if ref in totals else report.cells[ref] for ref in refs)
    return sum(number for number in numbers if number is not None)


def _say(form: Form, wanting: tuple[CellRef, ...]) -> str:
    if not wanting:
        return ""
    named = "；".join(form.name_of(ref) for ref in wanting[:_NAMED_AT_MOST])
    more = f"等 {len(wanting)} 格" if len(wanting) > _NAMED_AT_MOST else ""
    return f"还没有填：{named}{more}。填好后再插入，或插入后把 {WANTING} 改成数字。"
