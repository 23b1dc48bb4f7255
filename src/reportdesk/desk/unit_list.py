"""The list of units (名单) as a .csv file, as Excel saves it or a clerk pastes it, with what a .gkprofile adds.

Columns are known by their headings, in any order; what is wrong is refused with its row.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportdesk.desk.round import Unit, Way
from reportdesk.report.document import Fact, UnitKind
from reportdesk.store import disk
from reportdesk.store.file import explain
from reportdesk.store.user_data.unit_profile import UnitProfile

MAX_BYTES = 4 * 1024 * 1024
MAX_UNITS = 10_000
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "单位编号", "序号", "统一社会信用代码"),
    "name": ("机关全称", "单位全称", "单位名称", "全称", "名称", "单位"),
    "kind": ("单位类型", "类型"),
    "way": ("报送方式", "方式"),
    "aliases": ("曾用名、别名", "曾用名", "别名"),
    "through": ("由谁代报", "代报单位", "上级"),
    "reason": ("不报送原因", "原因"),
    "contact": ("联系电话", "电话", "联系人"),
}
_WAYS = {"": Way.OWN, "自行": Way.OWN, "代报": Way.THROUGH, **{way.value: way for way in Way}}
_BETWEEN = re.compile(r"[；;、\n]+")


class UnitListError(ValueError):
    """The list cannot be used; the message says in Chinese where and why."""


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units in that list.

    Raises:
        UnitListError: it cannot be read, or a row is wrong.
    """
    try:
        content = disk.read(path, MAX_BYTES)
    except OSError as error:
        raise UnitListError(f"名单“{path.name}”打不开：{explain(error)}") from error
    if len(content) > MAX_BYTES:
        raise UnitListError(f"名单“{path.name}”太大，请确认选对了文件。")
    try:
        return parse_units(_text_of(content))
    except UnitListError as error:
        raise UnitListError(f"名单“{path.name}”不能用：{error}") from error


def parse_units(text: str) -> tuple[Unit, ...]:
    """The units in the text of a list, in its order.

    Raises:
        UnitListError: a row is wrong.
    """
    rows = list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text.partition("\n")[0] else ","))
    columns = _columns(rows[0]) if rows else {}
    if "name" not in columns:
        raise UnitListError("第 1 行没有“机关全称”一栏。请在第一行写上各栏的名称。")
    named = [
        (number, {key: _cell(row, place) for key, place in columns.items()})
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if not named or len(named) > MAX_UNITS:
        raise UnitListError(f"里面有 {len(named)} 个单位，应有 1 到 {MAX_UNITS} 个。")
    width = max(3, len(str(len(named))))
    units = tuple(
        _unit(number, cells, f"{place:0{width}d}") for place, (number, cells) in enumerate(named, 1)
    )
    _refuse_doubled(units)
    return units


def with_profiles(units: Sequence[Unit], profiles: Sequence[UnitProfile]) -> tuple[Unit, ...]:
    """The units with the place and the kind that a profile file says of them, by their names."""
    known = {profile.full_name: profile for profile in profiles}

    def told(unit: Unit) -> Unit:
        profile = known.get(unit.name)
        if profile is None:
            return unit
        county, kind = (profile.facts.get(fact, "") for fact in (Fact.COUNTY, Fact.UNIT_KIND))
        return replace(unit, county=unit.county or county, kind=unit.kind or kind)

    return tuple(map(told, units))


def county_of(units: Sequence[Unit]) -> str:
    """The county that most of the units lie in, by what is known of them or by how their names begin; may be empty."""
    said = Counter(unit.county for unit in units if unit.county)
    if not said:
        open_and_new = (re.match(r"[一-鿿]{1,6}?[县区市旗](?=[一-鿿]{2})", unit.name) for unit in units)
        said = Counter(found[0] for found in open_and_new if found)
        if said and said.most_common(1)[0][1] * 3 < len(units):
            return ""
    return said.most_common(1)[0][0] if said else ""


def _text_of(content: bytes) -> str:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise UnitListError("文字的编码认不出。请用 Excel 另存为“CSV UTF-8”再试。")


def _columns(headings: Sequence[str]) -> dict[str, int]:
    plain = [" ".join(heading.split()) for heading in headings]
    found: dict[str, int] = {}
    for key, names in _HEADINGS.items():
        place = next((plain.index(name) for name in names if name in plain), None)
        if place is not None:
            found[key] = place
    return found


def _cell(row: Sequence[str], place: int) -> str:
    return " ".join(row[place].split()) if place < len(row) else ""


def _unit(number: int, cells: Mapping[str, str], otherwise: str) -> Unit:
    name = cells["name"]
    if not name:
        raise UnitListError(f"第 {number} 行没有写机关全称。请补上，或删去这一行。")
    way = _WAYS.get(cells.get("way", ""))
    if way is None:
        known = "、".join(one.value for one in Way)
        raise UnitListError(f"第 {number} 行“{name}”的报送方式“{cells['way']}”不认识，可写 {known}。")
    through = cells.get("through", "")
    if way is Way.THROUGH and not through:
        raise UnitListError(f"第 {number} 行“{name}”由上级代报，却没有写由谁代报。请补上。")
    return Unit(
        id=cells.get("id") or otherwise,
        name=name,
        kind=_kind(cells.get("kind", "")),
        way=way,
        through=through,
        aliases=tuple(alias for alias in _BETWEEN.split(cells.get("aliases", "")) if alias.strip()),
        reason=cells.get("reason", ""),
        contact=cells.get("contact", ""),
    )


def _kind(written: str) -> str:
    """The kind's value where it is one that rules know; what else the list says is no reason to refuse it."""
    return next((kind.value for kind in UnitKind if written in (kind.value, kind.says)), "")


def _refuse_doubled(units: Sequence[Unit]) -> None:
    for what, said in (
        ("编号", [unit.id for unit in units]),
        ("名称", [name for unit in units for name in unit.names]),
    ):
        twice = next((one for one, count in Counter(said).items() if count > 1), None)
        if twice is not None:
            raise UnitListError(f"{what}“{twice}”写了两次，分不清是哪一家。请改正或删去一个。")
    names = {unit.name for unit in units}
    lost = next((unit for unit in units if unit.way is Way.THROUGH and unit.through not in names), None)
    if lost is not None:
        raise UnitListError(f"“{lost.name}”由“{lost.through}”代报，后者不在名单里。请改正。")
