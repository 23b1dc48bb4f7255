"""What stands around the sections: the title with unit and year, the opening, the closing."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reportdesk.form.spec import Form
from reportdesk.readers.files.reading_notes import Outcome, Standing, doubtful, shorten
from reportdesk.readers.files.visible import VisibleParagraph
from reportdesk.readers.recognise.headings import rules
from reportdesk.readers.tables.recognise import Field
from reportdesk.report.document import Fact
from reportdesk.report.text.titles import unit_in_title, years_in_title

_MOST_TITLE_LINES = 5
_LONGEST_TITLE = 120
_LONGEST_UNIT = 40
_YEAR = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})\s*年")
_WRITTEN_YEAR = re.compile("[二][〇○零OО0][〇○零OО一二三四五六七八九0]{2}(?=年)")
_DIGITS = {ord(sign): "0" for sign in "〇○零OО"} | {
    ord(sign): str(digit) for digit, sign in enumerate("一二三四五六七八九", start=1)
}
"""The signs of 二〇二四年, and what people type for 〇: a circle, the letter O, the Cyrillic one."""
_PERIOD = re.compile(r"((?:19|20|21)[0-9]{2})\s*年\s*1\s*月\s*1\s*日")
_DATE = re.compile(
    r"[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|[二〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_TITLE_LIKE = re.compile(r"年度报告|年报|工作报告")
_COVER = (Fact.FULL_NAME, Fact.TITLE_NAME, Fact.YEAR, Fact.CLOSING_UNIT, Fact.CLOSING_DATE)
"""What our workbook's cover names."""
_FIELDS: Mapping[str, Fact] = {
    **{fact.says: fact for fact in _COVER},
    "单位全称": Fact.FULL_NAME,
    "填报单位": Fact.FULL_NAME,
    "单位名称": Fact.FULL_NAME,
}


@dataclass(slots=True)
class FrameRead:
    """The facts that title, fields and closing give, the opening, and what is to be said of them."""

    facts: dict[Fact, str] = field(default_factory=dict)
    opening: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    has_fields: bool = False
    """Whether the file says unit, year and closing beside their names, as a cover does."""


def read_frame(
    form: Form, front: Sequence[VisibleParagraph], fields: Sequence[Field], stated_title: str = ""
) -> FrameRead:
    """Title, facts and opening out of what stands before the first heading.

    ``stated_title`` is the title that the file's own properties give.
    """
    read = FrameRead()
    for one in fields:
        fact = fact_of(one)
        if fact and one.text.strip():
            read.facts[fact] = one.text.strip()
            read.has_fields = True
    begin, end = _title_place(form, front, stated_title)
    lines = [line.text.strip() for line in front[begin:end]]
    if lines:
        _read_title(form, read, lines, stated_title)
    if begin:
        read.outcomes.append(doubtful(f"标题之前的文字没有读入：“{shorten(front[0].text)}”。"))
    read.opening = [text for line in front[end:] if _field_name(text := line.text.strip()) not in _FIELDS]
    if Fact.YEAR not in read.facts:
        period = next((match for text in read.opening if (match := _PERIOD.search(_in_digits(text)))), None)
        if period:
            read.facts[Fact.YEAR] = period[1]
    _say(form, read)
    return read


def fact_of(field: Field) -> Fact | None:
    """The fact that the field's label names, None if it is none that a report has."""
    return _FIELDS.get(_field_name(field.label))


def _field_name(label: str) -> str:
    return _squeezed(label).rstrip("：:")


_MOST_UNIT_LINES = 3


def take_closing(read: FrameRead, paragraphs: list[str]) -> None:
    """Take unit and date from the end of the last part's paragraphs, where they are a closing."""
    if read.has_fields:
        return
    if paragraphs and _DATE.fullmatch(paragraphs[-1]):
        read.facts[Fact.CLOSING_DATE] = paragraphs.pop()
    known = {read.facts.get(Fact.FULL_NAME), read.facts.get(Fact.TITLE_NAME)}
    for count in range(2, min(_MOST_UNIT_LINES, len(paragraphs)) + 1):
        if "".join(paragraphs[-count:]) in known:  # a long name, broken by its meaning
            read.facts[Fact.CLOSING_UNIT] = "".join(paragraphs[-count:])
            del paragraphs[-count:]
            return
    if paragraphs and _is_unit(read, paragraphs[-1]):
        read.facts[Fact.CLOSING_UNIT] = paragraphs.pop()


def _is_unit(read: FrameRead, line: str) -> bool:
    """Whether the line is a unit's name and no sentence."""
    if line in (read.facts.get(Fact.FULL_NAME), read.facts.get(Fact.TITLE_NAME)):
        return True
    named = line.endswith(tuple(rules()["unit_ends"])) and len(line) <= _LONGEST_UNIT
    return named and not re.search("[。，；：、,;:]", line)


def _title_place(form: Form, front: Sequence[VisibleParagraph], stated: str) -> tuple[int, int]:
    """From which to which line the title stands; both the same where there is none."""
    lines = [_squeezed(line.text) for line in front]
    if stated and (place := _window(lines, lambda joined: joined == _squeezed(stated))):
        return place
    pattern = _pattern(form)
    if place := _window(lines, lambda joined: pattern.fullmatch(_in_digits(joined)) is not None):
        return _with_unit_above(form, front, *place)
    called = next((at for at, line in enumerate(front) if line.level == 0), len(front))
    if called:
        return 0, called
    for at, line in enumerate(front):
        text = line.text.strip()
        if len(text) <= _LONGEST_TITLE and _TITLE_LIKE.search(text) and not text.endswith("。"):
            return at, at + 1
    return 0, 0


def _window(lines: Sequence[str], suits: Callable[[str], bool]) -> tuple[int, int] | None:
    """The fewest neighbouring lines that suit when put together, the first of equals."""
    for size in range(1, _MOST_TITLE_LINES + 1):
        for begin in range(len(lines) - size + 1):
            joined = "".join(lines[begin : begin + size])
            if len(joined) <= _LONGEST_TITLE and suits(joined):
                return begin, begin + size
    return None


def _with_unit_above(form: Form, front: Sequence[VisibleParagraph], begin: int, end: int) -> tuple[int, int]:
    """The title with the unit's name on a line above what is the form's, if it stands there."""
    joined = _squeezed("".join(line.text for line in front[begin:end]))
    match = _pattern(form).fullmatch(_in_digits(joined))
    if begin == 0 or match is None or match["unit"]:
        return begin, end
    above = front[begin - 1]
    named = begin == 1 or above.level > 0 or above.text.strip().endswith(tuple(rules()["unit_ends"]))
    short = len(above.text.strip()) <= _LONGEST_UNIT and not above.text.strip().endswith("。")
    return (begin - 1 if named and short else begin), end


def _read_title(form: Form, read: FrameRead, lines: Sequence[str], stated: str) -> None:
    """Unit and year out of the title; its own wording only where it is not the form's."""
    joined = "".join(lines)
    if _squeezed(stated) == _squeezed(joined):
        joined = stated  # with the spaces at which a line was broken
    match = _pattern(form).fullmatch(_in_digits(_squeezed(joined)))
    year = _YEAR.search(_in_digits(joined))
    unit = match["unit"] if match else "" if read.has_fields else unit_in_title(joined)
    if unit and years_in_title(unit):
        unit = unit_in_title(joined)  # the year, or the whole title, stands there once more
    if year:
        read.facts.setdefault(Fact.YEAR, year[1])
    if unit and not (read.facts.get(Fact.TITLE_NAME) or read.facts.get(Fact.FULL_NAME)):
        read.facts[Fact.TITLE_NAME] = _with_spaces(unit, joined)
    if tuple(lines) != _usual_lines(form, read.facts) and not _same_joined(form, read, lines):
        read.facts[Fact.TITLE] = "\n".join(lines)


def _with_spaces(name: str, joined: str) -> str:
    """A name out of the squeezed title with the spaces that it has in the written one, if they part words.

    Those that part characters, as in 常 乐 镇, only make a short title wider.
    """
    found = re.search(r"\s*".join(map(re.escape, name)), joined)
    return found[0] if found and all(len(word) > 1 for word in found[0].split()) else name


def _same_joined(form: Form, read: FrameRead, lines: Sequence[str]) -> bool:
    """Whether only the breaks between lines, or spaces, are otherwise: a program sets those."""
    return _squeezed("".join(lines)) == _squeezed("".join(_usual_lines(form, read.facts)))


def _usual_lines(form: Form, facts: Mapping[Fact, str]) -> tuple[str, ...]:
    """The title that the form has for these facts."""
    unit = facts.get(Fact.TITLE_NAME) or facts.get(Fact.FULL_NAME, "")
    filled = (line.replace("{unit}", unit).replace("{year}", facts.get(Fact.YEAR, "")) for line in form.title)
    return tuple(line for line in filled if line)


@functools.lru_cache(maxsize=8)
def _pattern(form: Form) -> re.Pattern[str]:
    """The form's title in a line, without spaces."""
    escaped = re.escape(_squeezed("".join(form.title)))
    pattern = escaped.replace(r"\{unit\}", "(?P<unit>.{0,60}?)").replace(r"\{year\}", "(?P<year>[0-9]{4})")
    return re.compile(pattern)


def title_year(form: Form, line: str) -> str:
    """The year of a line that is a whole title of the form, with a unit or without; else empty."""
    if len(line) > _LONGEST_TITLE or not _TITLE_LIKE.search(line):
        return ""
    match = _pattern(form).fullmatch(_in_digits(_squeezed(line)))
    return match["year"] if match else ""


def _in_digits(text: str) -> str:
    """The text with years in digits: 2024年 for 二〇二四年."""
    return _WRITTEN_YEAR.sub(lambda year: year[0].translate(_DIGITS), text)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _say(form: Form, read: FrameRead) -> None:
    unit = read.facts.get(Fact.TITLE_NAME) or read.facts.get(Fact.FULL_NAME)
    year = read.facts.get(Fact.YEAR)
    for name, value in (("单位", unit), ("年度", year)):
        if value:
            read.outcomes.append(Outcome(Standing.FOUND, f"{name}：{value}。"))
        else:
            read.outcomes.append(Outcome(Standing.NOT_FOUND, f"没有找到{name}，请自己填写。"))
    if read.opening:
        read.outcomes.append(
            Outcome(
                Standing.FOUND, f"{form.opening.heading}：读到 {len(read.opening)} 段。", part=form.opening.id
            )
        )
    else:
        read.outcomes.append(
            Outcome(Standing.NOT_FOUND, f"没有找到{form.opening.heading}的文字。", part=form.opening.id)
        )
