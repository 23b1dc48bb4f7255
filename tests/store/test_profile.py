"""A district's profile file: every unit is read, every mistake is told with its place."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.report.document import UNIT_FACTS, Fact, new_report
from reportdesk.report.edits import apply_edit
from reportdesk.store.file import StoreError
from reportdesk.store.user_data.json_file import MAX_BYTES
from reportdesk.store.user_data.profile import (
    fill_from_profile,
    matching_units,
    profile_of,
    read_own_profile,
    read_profiles,
    write_profiles,
)
from reportdesk.store.user_data.profile_model import ProfileError, parse_profiles
from reportdesk.store.user_data.unit_profile import Deadline, HandIn, UnitProfile

EXAMPLE = Path(__file__).parents[2] / "examples" / "units.gkprofile"
NOW = dt.datetime(2025, 1, 9, 10, 30, tzinfo=dt.UTC)

CHANGLE: dict[str, Any] = {
    "full_name": "常乐镇人民政府",
    "title_name": "沙坡头区常乐镇",
    "unit_kind": "township",
    "county": "沙坡头区",
    "city": "中卫市",
    "province": "宁夏回族自治区",
    "address": "中卫市沙坡头区常乐镇人民政府215办公室",
    "postcode": "755000",
    "telephone": "0955-7649215",
    "email": "zwsclzbgs@163.com",
    "website": "http://www.spt.gov.cn/",
    "deadline": "01-31",
    "report_to": "sptzwgk@163.com",
    "hand_in": ["docx", "gknb", "scan"],
}


def document(*units: object, **others: object) -> dict[str, Any]:
    return {"format": "reportdesk-profile", "version": 1, "units": list(units), **others}


def saved(folder: Path, content: object) -> Path:
    path = folder / "district.gkprofile"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_unit_is_read_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    (unit,) = read_profiles(saved(tmp_path, document(CHANGLE))).units
    assert unit.facts[Fact.TITLE_NAME] == "沙坡头区常乐镇"
    assert unit.deadline is not None
    assert unit.deadline.after(2024) == dt.date(2025, 1, 31)
    assert unit.hand_in == (HandIn.DOCX, HandIn.GKNB, HandIn.SCAN)
    assert unit.says == "常乐镇人民政府（宁夏回族自治区中卫市沙坡头区）"


def test_the_shipped_example_is_what_a_district_may_start_from() -> None:
    units = read_profiles(EXAMPLE).units
    assert len(units) == 2
    assert set(units[0].facts) == set(UNIT_FACTS)
    assert all(unit.deadline and unit.report_to and unit.hand_in for unit in units)


def test_a_unit_is_found_by_some_of_its_words(tmp_path: Path) -> None:
    units = read_profiles(saved(tmp_path, document(CHANGLE, {"full_name": "迎水桥镇人民政府"}))).units
    assert [unit.full_name for unit in matching_units(units, "常乐 中卫")] == ["常乐镇人民政府"]
    assert len(matching_units(units, "")) == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"postcode": "75500"}, "第 2 个单位（常乐镇人民政府）的“邮编”不对，应为 6 位数字"),
        ({"full_name": "  "}, "第 2 个单位的“机关全称”不对，不能为空"),
        ({"deadline": "02-30"}, "“报送期限”不对，应为“月-日”，如 01-31"),
        ({"deadline": "1月31日"}, "“报送期限”不对"),
        ({"unit_kind": "village"}, "“单位类型”不对，只能写 township、street"),
        ({"email": "163.com"}, "“电子邮箱”不对"),
        ({"hand_in": ["docx", "wps"]}, "“报送哪些文件”不对，只能写 docx"),
        ({"hand_in": "docx"}, "“报送哪些文件”不对"),
        ({"address": "县" * 301}, "“地址”太长"),
        ({"address": "一行\n又一行"}, "“地址”不对，应为一行文字"),
        ({"telephone": 9557649215}, "“联系电话”不对，应为一行文字，用引号括起来"),
    ],
)
def test_a_mistake_is_told_with_unit_and_field(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(ProfileError) as told:
        parse_profiles(document(CHANGLE, {**CHANGLE, **wrong}))
    assert sentence in str(told.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"format": "reportdesk", "version": 1}, "不是年报台的单位资料文件"),
        (document(CHANGLE, version=2), "请先升级"),
        (document(), "没有单位"),
        (document(units="常乐镇"), "没有单位"),
        (document("常乐镇"), "第 1 个单位的写法不对"),
        (document(*[CHANGLE] * 5001), "单位太多"),
    ],
)
def test_a_file_that_is_no_list_of_units_is_refused(
    tmp_path: Path, content: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(StoreError, match=sentence):
        read_profiles(saved(tmp_path, content))


def test_a_cut_off_file_says_where(tmp_path: Path) -> None:
    path = saved(tmp_path, document(CHANGLE))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StoreError, match="第 1 行"):
        read_profiles(path)
    with pytest.raises(StoreError, match="打不开"):
        read_profiles(tmp_path / "gone.gkprofile")


lines = st.text("常乐镇人民政府abc 0123-", max_size=20).map(str.strip)
plain_facts = [fact for fact in UNIT_FACTS if fact not in (Fact.UNIT_KIND, Fact.POSTCODE, Fact.EMAIL)]
profiles = st.builds(
    UnitProfile,
    facts=st.dictionaries(st.sampled_from(plain_facts), lines.filter(bool)).map(
        lambda facts: {Fact.FULL_NAME: "某镇人民政府", **facts}
    ),
    deadline=st.none() | st.dates().map(lambda day: Deadline(day.month, day.day)),
    report_to=lines,
    hand_in=st.lists(st.sampled_from(list(HandIn)), unique=True).map(tuple),
    extras=st.dictionaries(st.from_regex("x_[a-z]{1,4}", fullmatch=True), lines, max_size=2),
)


@given(st.lists(profiles, min_size=1, max_size=3))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, units: list[UnitProfile]
) -> None:
    path = tmp_path_factory.mktemp("profile") / "own.gkprofile"
    write_profiles(path, units)
    assert read_profiles(path).units == tuple(units)


def test_a_profile_fills_the_report_in_one_step() -> None:
    (unit,) = parse_profiles(document(CHANGLE))
    report = new_report(load_form("2021"), 2024, "旧名")
    report.facts[Fact.CLOSING_UNIT] = "常乐镇人民政府"
    edit = fill_from_profile(report, unit)
    apply_edit(report, edit)
    assert profile_of(report) == UnitProfile(unit.facts)
    assert report.facts[Fact.CLOSING_UNIT] == "常乐镇人民政府"
    apply_edit(report, edit.inverse())
    assert report.facts[Fact.FULL_NAME] == "旧名"
    assert Fact.ADDRESS not in report.facts


def test_the_own_profile_is_none_at_first_and_set_aside_when_broken(tmp_path: Path) -> None:
    path = tmp_path / "unit.gkprofile"
    assert read_own_profile(path, NOW) == (None, "")
    path.write_text("{", encoding="utf-8")
    unit, sentence = read_own_profile(path, NOW)
    assert unit is None
    assert "unit-损坏-20250109-103000.gkprofile" in sentence
    assert not path.exists()


def test_an_own_profile_that_only_cannot_be_read_now_stays(tmp_path: Path) -> None:
    path = tmp_path / "unit.gkprofile"
    path.mkdir()  # no system reads a folder as a file
    unit, sentence = read_own_profile(path, NOW)
    assert unit is None
    assert sentence.startswith("本单位资料的文件打不开：")
    assert path.exists()


def test_an_endless_profile_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.gkprofile"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 1000)  # sparse: takes no room
    with pytest.raises(StoreError, match="文件太大"):
        read_profiles(path)


def test_a_deadline_on_the_leap_day_comes_every_year() -> None:
    assert Deadline(2, 29).after(2024) == dt.date(2025, 2, 28)
    assert Deadline(2, 29).after(2023) == dt.date(2024, 2, 29)


def test_signs_that_only_look_like_characters_are_folded_and_told(tmp_path: Path) -> None:
    units, says = read_profiles(saved(tmp_path, document({"full_name": "柳川县⽩河镇⼈⺠政府"})))
    assert units[0].full_name == "柳川县白河镇人民政府"
    assert "3 个" in says


def test_the_district_s_number_of_a_unit_goes_into_the_report_and_back(tmp_path: Path) -> None:
    path = tmp_path / "units.gkprofile"
    path.write_text(
        '{"format": "reportdesk-profile", "version": 1, "units": [{"id": "QS-11", "full_name": "柳湾镇人民政府"}]}',
        encoding="utf-8",
    )
    (unit,) = read_profiles(path).units
    report = new_report(load_form("2021"), 2025, "柳湾镇人民政府")
    apply_edit(report, fill_from_profile(report, unit))
    assert report.facts[Fact.UNIT_ID] == "QS-11"
    write_profiles(path, [unit])
    kept, own = read_profiles(path).units[0], profile_of(report)
    assert own is not None
    assert kept.unit_id == own.unit_id == "QS-11"


def test_a_profile_without_a_number_keeps_that_of_the_same_unit_alone() -> None:
    report = new_report(load_form("2021"), 2025, "柳湾镇人民政府")
    report.facts[Fact.UNIT_ID] = "QS-11"
    apply_edit(report, fill_from_profile(report, UnitProfile({Fact.FULL_NAME: "柳湾镇人民政府"})))
    assert report.facts[Fact.UNIT_ID] == "QS-11"
    apply_edit(report, fill_from_profile(report, UnitProfile({Fact.FULL_NAME: "常乐镇人民政府"})))
    assert Fact.UNIT_ID not in report.facts
