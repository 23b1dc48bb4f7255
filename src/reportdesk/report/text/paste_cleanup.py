"""What pasting leaves in prose and no print-out should have.

The part's own heading once more, dashes of a list, a sentence broken in two by a mail or a page: this
tells what would have to go. A proposal, never made in silence: whether a short line is a heading or
half a sentence only the clerk knows.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence

from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.resources import resource

_DASHES = re.compile("^(?:[-–—*＊﹣－][ \u3000]*(?=[^-–—*＊﹣－\\d\\s]))")
"""What people type before the lines of a list; a number after it may be below zero."""
_BEGINS = re.compile("[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．是]|[①-⑳]")
_BROKEN_LEAST = 18
"""Characters of a line that may have been broken by a mail or a page."""
_HEADING_MOST = 28
"""Characters of a printed line: a longer one is no heading."""
_SENTENCE_ENDS = "。！？；：.!?;:”’）)》】…"
_NEVER_FIRST = "，。、；：！？,;!?）)》〉】〕”’…"
"""No paragraph begins with these."""
_NEVER_LAST = "，、（(《“‘"
"""No paragraph ends with these, unless the next one begins a point of a list."""
_NUMBER = re.compile("[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、")
"""How the form numbers its headings; 1. and the like begin points of the clerk's own."""
_HEADING = re.compile(rf"\s*({_NUMBER.pattern})?[ \u3000]*([^。：:，,；;\n]+)[。：:]?[ \u3000]*(\n\s*|$)?")

Cut = tuple[int, int]
"""From where to where characters would go."""


def headings_of(form: Form, report: Report, part: str) -> tuple[str, ...]:
    """What is printed above the part's text: its heading, the official one, its section's title."""
    section = form.section_of.get(part)
    known = (report.heading(form.parts[part]), form.parts[part].heading, section.title if section else "")
    return tuple(heading for heading in dict.fromkeys(known) if heading)


def superfluous(text: str, headings: Iterable[str] = ()) -> tuple[Cut, ...]:
    """What would go, in order and without overlapping: headings at the beginning, dashes, line feeds."""
    begin = _after_headings(text, tuple(headings))
    cuts = [(0, begin)] if begin else []
    return (*cuts, *_in_lines(text, begin))


def tidied(text: str, headings: Iterable[str] = ()) -> str:
    """The text without what is superfluous in it."""
    pieces, place = [], 0
    for start, end in superfluous(text, headings):
        pieces.append(text[place:start])
        place = end
    return "".join([*pieces, text[place:]])


@functools.lru_cache(maxsize=4096)
def gist_of(words: str) -> str:
    """What is left of a heading without the words that stand in nearly every one."""
    for common in _common():
        words = words.replace(common, "")
    return words


def _after_headings(text: str, headings: Sequence[str]) -> int:
    """Where the text goes on behind lines that say what is printed above it anyway."""
    place = 0
    while (found := _HEADING.match(text, place)) and _is_one_of(found, headings):
        place = found.end()
    return place


def _is_one_of(found: re.Match[str], headings: Sequence[str]) -> bool:
    """Whether that says one of the headings: alone in its line, or with a number before its sentence."""
    number, words, breaks = found[1], found[2].strip(), found[3]
    if len(words) > _HEADING_MOST or (breaks is None and not (number and found[0].strip()[-1] in "。：:")):
        return False
    return any(_says(words, heading, numbered=bool(number)) for heading in headings)


def _says(words: str, heading: str, *, numbered: bool) -> bool:
    official = _NUMBER.sub("", heading).strip(" \u3000。：:")
    if words == official:
        return True
    gist, wanted = gist_of(words), gist_of(official)
    return bool(wanted) and (gist == wanted or (numbered and wanted in gist))


def _in_lines(text: str, begin: int) -> Iterator[Cut]:
    """Dashes, and the line feeds within sentences."""
    paragraph, start = "", begin
    for line in text[begin:].split("\n"):
        dash = _DASHES.match(line)
        if paragraph and line and dash is None and _is_torn(paragraph, line):
            paragraph += line
            yield start - 1, start
        else:
            if dash is not None:
                yield start, start + dash.end()
            paragraph = line[dash.end() :] if dash else line
        start += len(line) + 1


def _is_torn(paragraph: str, line: str) -> bool:
    """Whether the line is the rest of a sentence: no paragraph begins with a mark that closes something."""
    if line[0] in _NEVER_FIRST:
        return True
    if _BEGINS.match(line):
        return False
    return paragraph[-1] in _NEVER_LAST or _goes_on(paragraph)


def _goes_on(paragraph: str) -> bool:
    may_head = _BEGINS.match(paragraph) and len(paragraph) <= _HEADING_MOST and "。" not in paragraph
    return len(paragraph) >= _BROKEN_LEAST and paragraph[-1] not in _SENTENCE_ENDS and not may_head


@functools.cache
def _common() -> tuple[str, ...]:
    source = resource("rules", "headings.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(source)["common"])
