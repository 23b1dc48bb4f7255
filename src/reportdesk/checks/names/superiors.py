"""What the unit's superiors are called: no 全省 in an autonomous region, no 县政府 in a district of a city.

What is ambiguous is left alone: 全区 may be an autonomous region's. No rule stands here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from reportdesk.checks.names.place_names import gazetteer
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import UnitKind

_LONG_NAME = 3
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_BOUNDS = "，。；;：:（(“\n由经向对在按照据于到受为及报请获被将从至是"
"""What stands before a level that no name tells apart: 按照县政府要求."""
_OF_PROVINCE = re.compile(r"(?:全省|省政府|省人民政府|省委(?=[、，办省和要部])|我省)(?!级|外|际|力|去|略)")
_OF_COUNTY = {
    "县": re.compile(r"(?:县政府|县人民政府|县委(?=[、，办县和要部])|全县)(?!级|区|市|域)"),
    "区": re.compile(r"(?:区政府|区人民政府|区委(?=[、，办区和要部]))(?!级|县|市|域)"),
    "旗": re.compile(r"(?:旗政府|旗人民政府|旗委(?=[、，办旗和要部])|全旗)(?!级|县|市|域)"),
}


@kept
def wrong_superiors(text: str, own: str, kind: UnitKind | None) -> tuple[tuple[tuple[int, int], str], ...]:
    """Names of levels that are not above the unit, with what is; ``own`` is ``own_names``."""
    if kind not in (UnitKind.TOWNSHIP, UnitKind.STREET, UnitKind.COUNTY_DEPARTMENT):
        return ()
    return tuple(sorted((*_provinces(text, own), *_counties(text, own))))


def _provinces(text: str, own: str) -> Iterator[tuple[tuple[int, int], str]]:
    if "省" not in text:
        return
    province = _province(own)
    if province.endswith("自治区") or province in _MUNICIPALITIES:
        yield from ((span, province) for span in _bare(text, _OF_PROVINCE))


def _counties(text: str, own: str) -> Iterator[tuple[tuple[int, int], str]]:
    county = _county(own)
    if not county:
        return
    for level, pattern in _OF_COUNTY.items():
        if county.endswith(level) or level not in text:
            continue
        if level == "区" and (_province(own).endswith("自治区") or not _province(own)):
            continue
        yield from ((span, county) for span in _bare(text, pattern))


def _bare(text: str, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand without a name before them."""
    for match in words.finditer(text):
        if match.start() == 0 or text[match.start() - 1] in _BOUNDS:
            yield match.span()


@functools.lru_cache(maxsize=8)
def _province(own: str) -> str:
    """The one province that the own names lie in; empty if it is not certain."""
    known = gazetteer()
    top = {name for name in known.above if not known.above[name] and known.below.get(name)}
    here = {name for name in top if name in own}
    for place in known.above:
        if len(place) >= _LONG_NAME and place in own:
            here |= known.above[place] & top
    return here.pop() if len(here) == 1 else ""


@functools.lru_cache(maxsize=8)
def _county(own: str) -> str:
    """The county that the unit belongs to, where all its names that tell agree about its kind."""
    counties = own.split("\n")[3:4]
    named = next((name.strip() for name in counties if name.strip()), "")
    return named if named[-1:] in set("县区旗市") else ""
