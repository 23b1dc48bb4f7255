"""What a workbook's number format prints of a number: rounded, in thousands, in percent, unseen, or nothing.

Knows the codes that change what a reader of the sheet takes for the number (ECMA-376 Part 1,
18.8.31). Dates are calamine's, and a code that is not known prints the number as it is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from reportdesk.readers.excel.colours import format_colour
from reportdesk.readers.files.unseen import Reason, doubt_of, is_pale

_BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    48: "##0.0E+0",
    **dict.fromkeys((5, 6, 37, 38), "#,##0"),
    **dict.fromkeys((7, 8, 39, 40), "#,##0.00"),
    **dict.fromkeys((41, 42), '#,##0;-#,##0;"-"'),
    **dict.fromkeys((43, 44), '#,##0.00;-#,##0.00;"-"'),
}
"""The number formats that every workbook has (18.8.30), as far as they change what is seen."""
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[([^\]]*)\]|([0#?])|(\.)|(,)|(%)|(.)', re.DOTALL)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"])*)(?:;|$)', re.DOTALL)
_GENERAL = re.compile(r"General|G/通用格式|通用格式", re.IGNORECASE)
_UNKNOWN = re.compile(r"[ymdhsYMDHS@]|[0#?]\s*/")
_POWERS = re.compile(r"[0#?][eE][+-]")
"""Digits rounded to a power of ten."""
_CONDITION = re.compile(r"\[\s*[<>=]")
_QUOTED = re.compile(r'"[^"]*"|\\.|!.|[_*].|\[[^\]]*\]')
_BRACKETED = re.compile(r"\[([^\]]*)\]")
_CURRENCY = re.compile(r"[¥￥$€\s]+")
_SIGNS = str.maketrans("", "", "-−()+")
_LONGEST = 255
_MOST_DECIMALS = 30
"""Characters of a code and decimals it may show, as Excel has them."""


class Print(NamedTuple):
    """What is seen of a number, and why it may mislead; ``doubt`` is empty where it is the number itself."""

    text: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a code. ``within`` are literals between whole digits, by digits to their right."""

    before: str
    within: tuple[tuple[int, str], ...]
    after: str
    digits: int
    whole: int
    least: int
    most: int
    factor: Decimal
    is_general: bool = False
    """Whether the number is shown as it is, however many decimals it has."""
    colour: str = ""
    """The colour that it gives to what it shows, as RRGGBB; empty if the font's stands."""
    is_pale: bool = False
    """Whether that is not seen before the cell's ground."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A code's sections: for all numbers, or for those above zero, those below it, and zero.

    None of them where conditions choose among them, which is not followed.
    """

    sections: tuple[_Section, ...]

    @property
    def is_plain(self) -> bool:
        """Whether a whole number is printed as its digits."""
        return bool(self.sections) and all(
            section.factor == 1 and not section.most and not section.before + section.after
            and not section.within and section.digits and not section.colour
            for section in self.sections
        )  # fmt: skip

    @property
    def is_coloured(self) -> bool:
        """Whether it, and not the font, says in which colour some numbers are shown."""
        return any(section.colour for section in self.sections)

    def on(self, ground: str | None, *, is_pale_by_font: bool) -> NumberFormat:
        """The same before a ground of that colour, None where it is not known."""
        if not self.is_coloured:
            return self
        return NumberFormat(
            tuple(
                replace(one, is_pale=is_pale(one.colour, ground) if one.colour else is_pale_by_font)
                for one in self.sections
            )
        )

    def print(self, value: Decimal) -> Print:
        """What is seen of the number. A zero of which nothing is seen is 0 all the same, and in doubt."""
        if not self.sections:
            return Print(f"{value:f}", f"存的是“{value:f}”，显示的可能不一样，请核对")
        place = 1 if value < 0 else 2 if not value else 0
        own = place < len(self.sections)
        section = self.sections[place if own else 0]
        seen, number = _spelled(section, abs(value))
        if section.is_pale:
            return Print("", doubt_of(Reason.PALE, seen))
        if not section.digits:
            return unseen(value, seen)
        if value < 0:
            seen, number = f"-{seen.translate(_SIGNS) if own else seen}", -number
        if number == value:
            return Print(seen)
        return Print(seen, f"显示的是“{seen}”，存的是“{value:f}”，按显示的读入，请核对")


def unseen(value: Decimal, seen: str = "") -> Print:
    """What is seen of a number whose digits are not shown, such as a zero as ``-``."""
    shown = f"显示的是“{seen}”" if seen else "没有显示出来"
    if not value:
        return Print("0", f"{shown}，存的是 0，按 0 读入，请核对")
    return Print(seen, f"{shown}，存的是“{value:f}”，没有读入，请核对")


def format_codes(numbers: Sequence[int], codes: Mapping[int, str]) -> list[NumberFormat | None]:
    """The format of each style by its number; None where a number is shown as it is."""
    return [read_format(codes.get(number) or _BUILT_IN.get(number, "")) for number in numbers]


@functools.lru_cache(maxsize=512)
def read_format(code: str) -> NumberFormat | None:
    """The format that the code says; None where it says nothing, or nothing that is known here."""
    bare = _GENERAL.sub("", _QUOTED.sub("", code))
    if _GENERAL.fullmatch(code):
        return None
    if not code or len(code) > _LONGEST:
        return None
    if _POWERS.search(bare):
        return NumberFormat(())
    if _UNKNOWN.search(bare.split(";")[0]):
        return None
    if _CONDITION.search(code):
        return NumberFormat(())
    written = [match[1] for match in _SECTION.finditer(code)]
    if written and not written[-1] and not code.endswith(";"):
        written.pop()
    sections = tuple(_section(one) for one in written[:3])
    return NumberFormat(sections) if sections else None


def _section(code: str) -> _Section:
    if general := _GENERAL.search(code):
        code = f"{code[: general.start()]}0{code[general.end() :]}"
    colours = [colour for name in _BRACKETED.findall(code) if (colour := format_colour(name))]
    before, after, within = "", "", []
    whole = least = most = digits = commas = percents = 0
    in_decimals = False
    pending = ""
    for quoted, escaped, bracketed, digit, point, comma, percent, other in _TOKEN.findall(code):
        if digit:
            if pending and digits:
                within.append((whole, pending))
            else:
                before += pending
            pending, commas, digits = "", 0, digits + 1
            whole += not in_decimals
            least += in_decimals and digit == "0"
            most += in_decimals
        elif point:
            in_decimals = True
        elif comma:
            commas += digits > 0
        elif percent:
            percents += 1
            pending += "%"
        elif bracketed:
            continue
        else:
            pending += quoted or escaped or other
    after = pending if digits else ""
    before = before if digits else pending
    placed = tuple((whole - passed, _CURRENCY.sub("", text)) for passed, text in within)
    factor = Decimal(100) ** min(percents, 4) / Decimal(1000) ** min(commas, 4)
    return _Section(
        _CURRENCY.sub("", before), placed, _CURRENCY.sub("", after), digits, whole,
        min(least, _MOST_DECIMALS), min(most, _MOST_DECIMALS), factor,
        general is not None, colours[-1] if colours else "",
    )  # fmt: skip


def _spelled(section: _Section, amount: Decimal) -> tuple[str, Decimal]:
    """What is seen of an amount, and the number that somebody takes it for who sees only that."""
    exact = amount * section.factor
    places = max(0, -int(exact.normalize().as_tuple().exponent)) if section.is_general else section.most
    written = format(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    whole, _, decimals = written.partition(".")
    while not section.is_general and len(decimals) > section.least and decimals.endswith("0"):
        decimals = decimals[:-1]
    for right, text in sorted(section.within):
        padded = whole.rjust(right + 1, "0")
        whole = padded[: len(padded) - right] + text + padded[len(padded) - right :]
    digits = f"{whole}.{decimals}" if decimals else whole
    plain = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", digits)
    number = Decimal(digits) if plain and "%" not in section.after else Decimal(-1)
    return f"{section.before}{digits}{section.after}" if section.digits else section.before, number
