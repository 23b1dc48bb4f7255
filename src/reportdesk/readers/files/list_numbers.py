"""Numbers of automatic lists as they are seen: 3 as 三, （三）'s 三, III, c or ③."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "十", "百", "千")
_FORMAL_PLACES = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMANS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 9999
"""Beyond this every number is written in digits."""


def show_number(number: int, numbering: str) -> str:
    """A list's number in Word's numbering of that name (ISO/IEC 29500-1, 17.18.59); else in digits."""
    written = _WRITERS.get(numbering, str)
    return written(number) if 0 < number <= _MOST else str(number)


def _chinese(number: int, digits: str = _DIGITS, places: tuple[str, ...] = _PLACES) -> str:
    """110 as 一百一十; a gap of places is one 零; 10 to 19 begin with 十."""
    written, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap else "") + digits[digit] + places[place]
        gap = not digit and bool(written)
    return written.removeprefix("一") if written.startswith("一十") else written


def _formal(number: int) -> str:
    return _chinese(number, _FORMAL, _FORMAL_PLACES)


def _digit_by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


def _letters(number: int) -> str:
    """27 is AA, as Word counts."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for worth, sign in _ROMANS:
        times, number = divmod(number, worth)
        written += sign * times
    return written


def _from(first: str, count: int) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode, such as ① to ⑳."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


_WRITERS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
