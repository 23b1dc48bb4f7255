"""Tells what a website puts around an article, such as 上一篇 and the line of its ICP number, from the article."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence

from reportdesk.readers.files.reading_notes import shorten
from reportdesk.readers.files.visible import Visible, VisibleParagraph, VisibleTable
from reportdesk.resources import resource

LONGEST = 80
"""Characters of a line of a page's foot; a paragraph of a report that speaks of such things is longer."""
_QUOTED = 3


def without_furniture(contents: Sequence[Visible]) -> tuple[tuple[Visible, ...], list[str]]:
    """The contents without such lines, and a sentence that names the first of them.

    A line that only stands at a page's end ends the page, where it stands behind all tables.
    """
    ends, words = _patterns()
    last = max((at for at, visible in enumerate(contents) if isinstance(visible, VisibleTable)), default=-1)
    kept: list[Visible] = []
    left: list[str] = []
    for at, visible in enumerate(contents):
        if not isinstance(visible, VisibleParagraph):
            kept.append(visible)
            continue
        line = visible.text.strip()
        short = len(line) <= LONGEST and not line.endswith("。")
        if short and at > last and kept and ends.match(line):
            left += [one.text.strip() for one in contents[at:] if isinstance(one, VisibleParagraph)]
            break
        if short and words.fullmatch(line):
            left.append(line)
        else:
            kept.append(visible)
    if not left:
        return tuple(contents), []
    quoted = "、".join(f"“{shorten(line)}”" for line in left[:_QUOTED])
    return tuple(kept), [f"网页上不是年报的文字没有读入：{quoted}{'等' if len(left) > _QUOTED else ''}。"]


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a line of a page's end begins with, and the words of which lines of buttons consist."""
    rules = tomllib.loads(resource("rules", "page.toml").read_text(encoding="utf-8"))
    ends = "|".join(rules["ends"])
    words = "|".join(rules["words"])
    between = r"[\s|｜/【】\[\]（）()·>＞:：、]*"
    return re.compile(rf"{between}(?:{ends})"), re.compile(rf"{between}(?:(?:{words}){between})+")
