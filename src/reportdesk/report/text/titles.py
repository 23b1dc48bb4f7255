"""Whose report a printed title says it is, and of which year, however it is worded.

The form's own title is a pattern that readers know; this is for the others: the year in front, written
twice, 关于 between, the whole title twice.
"""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?:(?:19|20|21)[0-9]{2}|二[〇○零OО0][〇○零OО0一二三四五六七八九]{2})年度?")
_SUBJECT = re.compile(r"(?:政府信息(?:与政务)?公开|政务公开|信息公开)")
_AROUND = "关于的（）() 　"
_UNIT = re.compile(
    "[一-鿿（）()]{1,40}(?:[省市县区旗州盟镇乡局厅委办处署院站所]|街道|政府|中心|公司|大学|学院)"
)


def unit_in_title(title: str) -> str:
    """The unit that a title names, without spaces; empty where it names none or is no title."""
    squeezed = "".join(title.split())
    subject = _SUBJECT.search(squeezed)
    if subject is None:
        return ""
    unit = _YEAR.sub("", squeezed[: subject.start()]).strip(_AROUND)
    return unit if _UNIT.fullmatch(unit) else ""


def years_in_title(title: str) -> list[str]:
    """The years as the title writes them, in order, each as often as it stands there."""
    return [match[0] for match in _YEAR.finditer("".join(title.split()))]
