"""Which year a line or a label beside numbers speaks for: 2024年：, 上年数, （2025年度）.

Only what is short and names one year, such as stands over a table or its columns where last year's
numbers stand beside this year's.
"""

from __future__ import annotations

import functools
import re

LAST, THIS = "上年", "本年"
"""What is called so where no year is named; in the order of time, after all years in digits."""
_LONGEST = 40
_YEAR = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})\s*年")
_RELATIVE = re.compile(
    r"[（(【]?(?:附[件表]?[0-9]*[:：]?)?(?:(上年|上一年|去年|前一年)|(本年|今年|当年))度?(?:同期|的)?"
    r"(?:情况|数据|数字|数|年报|报表|统计表|表)?(?:对比|对照)?[)）】]?[:：]?"
)
_BARE = re.compile(
    r"[（(【]?(?:附[件表]?[0-9]*[:：]?)?(?:19|20|21)[0-9]{2}\s*年度?(?:的)?(?:情况|数据|数字|数|年报|报表|统计表|表)?"
    r"(?:如下|对比|对照)?[)）】]?[:：]?"
)


@functools.lru_cache(maxsize=1024)
def caption_year(text: str) -> str:
    """The only year that a short line names, ``LAST`` or ``THIS``; empty if it names none, or several."""
    line = text.strip()
    if not line or len(line) > _LONGEST or line.endswith(("。", "；", "，")):
        return ""
    named = set(_YEAR.findall(line))
    if named:
        return named.pop() if len(named) == 1 else ""
    match = _RELATIVE.fullmatch(line)
    return (LAST if match[1] else THIS) if match else ""


def is_bare(text: str) -> bool:
    """Whether the line says a year and nothing else."""
    line = text.strip()
    return _BARE.fullmatch(line) is not None or _RELATIVE.fullmatch(line) is not None


def label_year(text: str) -> str:
    """The year of a label over columns or beside a row, which is nothing but a year; else empty."""
    return caption_year(text) if "年" in text and is_bare(text) else ""


def spell_year(year: str) -> str:
    """The year as a sentence names it."""
    return f"{year} 年" if year.isdecimal() else year
