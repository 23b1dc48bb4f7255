"""A report survives its file; whatever is no readable report is refused in one Chinese sentence."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Fact, Report, new_report
from reportdesk.report.file.codec import MAX_BYTES, CodecError, Trouble, decode, encode
from reportdesk.report.file.model import VERSION
from tests.editions import EDITION_IDS, FORMS, form_of
from tests.strategies import json_values, reports

EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
FORM = load_form("2021")
MADE = "2026-01-15T10:32:00+08:00"
each_edition = pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)


def read(content: bytes) -> Report:
    return decode(content, form_of).report


def refusal(content: bytes) -> CodecError:
    """Why the bytes are refused; the sentence must be one that can be shown."""
    with pytest.raises(CodecError) as caught:
        decode(content, form_of)
    said = str(caught.value)
    assert re.search("[一-鿿]", said)
    assert said.endswith("。")
    assert "\n" not in said
    said.encode("utf-8")
    return caught.value


def example(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The example's file with a change made to it by hand."""
    document = json.loads(EXAMPLE.read_bytes())
    change(document)
    return json.dumps(document).encode()


def with_field(**fields: object) -> bytes:
    return example(lambda document: document.update(fields))


@each_edition
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_report_survives_its_file(form: Form, data: st.DataObject) -> None:
    report = data.draw(reports(form))
    decoded = decode(encode(report), form_of)
    assert decoded.report == report
    assert decoded.notices == ()


@each_edition
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_same_report_gives_the_same_bytes(form: Form, data: st.DataObject) -> None:
    content = encode(data.draw(reports(form)))
    assert encode(read(content)) == content


def test_the_order_in_which_cells_were_typed_does_not_show() -> None:
    one, other = new_report(FORM, 2024, "常乐镇"), new_report(FORM, 2024, "常乐镇")
    refs = [CellRef("requests", "new", "person"), CellRef("requests", "new", "other")]
    one.cells.update(dict.fromkeys(refs, 1))
    other.cells.update(dict.fromkeys(reversed(refs), 1))
    assert encode(one) == encode(other)


def test_blank_and_zero_and_written_places_are_kept_apart() -> None:
    report = new_report(FORM, 2024, "常乐镇")
    report.cells[CellRef("requests", "new", "person")] = 0
    report.cells[CellRef("disclosure", "fees", "charged")] = Decimal("3.50")
    again = read(encode(report)).cells
    assert again == report.cells
    assert str(again[CellRef("disclosure", "fees", "charged")]) == "3.50"
    assert CellRef("requests", "new", "other") not in again


def test_the_file_reads_well_and_ends_with_a_line_feed() -> None:
    text = encode(new_report(FORM, 2024, "常乐镇人民政府")).decode("utf-8")
    assert '"full_name": "常乐镇人民政府"' in text
    assert text.endswith("}\n")


@given(json_values)
def test_an_unknown_field_is_kept_and_written_back(value: object) -> None:
    content = with_field(x_unknown=value)
    assert json.loads(encode(read(content)))["x_unknown"] == value


@pytest.mark.parametrize("group", ["unit", "printed"])
def test_an_unknown_field_within_a_group_is_kept(group: str) -> None:
    content = example(lambda document: document[group].update(x_unknown=[1, {"a": "b"}]))
    assert json.loads(encode(read(content)))[group]["x_unknown"] == [1, {"a": "b"}]


def test_an_unknown_field_does_not_hide_a_known_one() -> None:
    report = new_report(FORM, 2024, "常乐镇")
    report.extras = {"cells": {"x": 1}, "year": 1999}
    assert read(encode(report)).year == 2024


def test_a_file_changed_outside_is_read_with_a_notice() -> None:
    (notice,) = decode(
        example(lambda document: document["cells"].update({"requests.new.person": 77}))
    ).notices
    assert "请逐项核对" in notice
    assert decode(EXAMPLE.read_bytes()).notices == ()


def test_a_file_saved_by_notepad_is_read() -> None:
    content = EXAMPLE.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8-sig")
    assert read(content) == read(EXAMPLE.read_bytes())


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000, "两行\n一行", "\x00\x07", "\u2028", "😀", "\ufeff", '"\\'],
    ids=["long", "lines", "control", "separator", "emoji", "mark", "quotes"],
)
@pytest.mark.parametrize("place", ["remark", "heading", "prose", "fact"])
def test_whatever_was_typed_is_saved_and_read_back(place: str, text: str) -> None:
    report = new_report(FORM, 2024, "常乐镇")
    match place:
        case "remark":
            report.remarks[CellRef("requests", "new", "person")] = text
        case "heading":
            report.headings["overview.disclosure"] = text
        case "prose":
            report.prose["overview.disclosure"] = text
        case _:
            report.facts[Fact.TITLE_NAME] = text
    assert read(encode(report)) == report


@pytest.mark.parametrize("year", ["2", "0000", "二〇二四", "20244"])
def test_a_year_half_typed_is_saved_and_read_back(year: str) -> None:
    report = new_report(FORM, 2024, "常乐镇")
    report.facts[Fact.YEAR] = year
    assert report.year is None
    assert read(encode(report)) == report


def test_half_a_surrogate_pair_costs_one_character_and_not_the_report() -> None:
    report = new_report(FORM, 2024, "常乐镇")
    report.prose["overview.disclosure"] = "公开\ud83d信息"
    assert read(encode(report)).prose["overview.disclosure"] == "公开?信息"


@pytest.mark.parametrize("end", range(0, len(EXAMPLE.read_bytes()) - 2, 50))
def test_a_file_cut_short_is_refused(end: int) -> None:
    error = refusal(EXAMPLE.read_bytes()[:end])
    assert error.trouble in (Trouble.BROKEN, Trouble.FOREIGN)
    if error.trouble is Trouble.BROKEN:
        assert "请用备份或重新向对方索取；原文件没有改动。" in str(error)


@given(st.binary(max_size=200))
def test_foreign_bytes_are_refused(content: bytes) -> None:
    refusal(content)


@given(json_values)
def test_foreign_json_is_refused(value: object) -> None:
    assert refusal(json.dumps(value).encode()).trouble is Trouble.FOREIGN


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a workbook",
        b"\xff\xfe{\x00}\x00",
        "年报".encode("gb18030"),
        b"[]",
        b"null",
        b"3",
        b"[" * 100_000,
        b'{"format": "reportdesk"}',
        b'{"format": "reportdesk", "version": "1"}',
        b'{"format": "reportdesk", "version": null}',
        b'{"format": "reportdesk", "version": 1.0}',
        b'{"format": "reportdesk", "version": true}',
        b'{"format": ["reportdesk"], "version": 1}',
    ],
)
def test_what_is_not_ours_is_called_so(content: bytes) -> None:
    error = refusal(content)
    assert error.trouble is Trouble.FOREIGN
    assert "请选择 .gknb 文件。" in str(error)


@pytest.mark.parametrize("version", [VERSION + 1, 99, 10**18])
def test_a_newer_version_is_told_from_a_broken_file(version: int) -> None:
    error = refusal(with_field(version=version, cells="something new"))
    assert error.trouble is Trouble.NEWER
    assert "请先升级本程序再打开；文件没有改动。" in str(error)


def test_a_newer_edition_asks_for_a_newer_program() -> None:
    error = refusal(with_field(edition="2031"))
    assert error.trouble is Trouble.NEWER
    assert "没有 2031 版的年报格式，请先升级本程序" in str(error)


def test_a_family_that_this_program_has_no_form_of_asks_for_a_newer_one() -> None:
    error = refusal(with_field(version=2, family="website"))
    assert error.trouble is Trouble.NEWER
    assert "请先升级本程序再打开；文件没有改动。" in str(error)


@pytest.mark.parametrize("key", ["hand_ins", "sources", "notices", "family"])
def test_a_key_of_another_program_is_not_taken_for_a_new_one(key: str) -> None:
    """Version 1 kept keys that it did not know; what they mean nobody knows."""
    document = json.loads((Path(__file__).parents[1] / "old-files" / "v1" / "changle-2024.gknb").read_bytes())
    content = json.dumps({**document, key: "不认识", f"x_{key}": "也不认识"}).encode()
    again = json.loads(encode(read(content)))
    assert (again[f"x_{key}"], again[f"x_{key}_"]) == ("也不认识", "不认识")
    assert read(encode(read(content))) == read(content)


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("hand_ins", [{"number": 2, "made": MADE, "code": "K7QX2M9D", "x_later": 1}]),
        ("sources", {"requests.new.person": [{"office": "司法所", "value": None, "x_later": 1}]}),
        ("notices", [{"id": "1", "made": MADE, "kind": "urgent", "x_later": 1}]),
        ("explanations", {"YR-1": {"text": "因为", "settles": "f", "x_later": 1}}),
    ],
)
def test_an_unknown_key_within_a_record_is_kept(key: str, entry: object) -> None:
    written = json.loads(encode(read(with_field(version=2, **{key: entry}))))[key]
    assert '"x_later": 1' in json.dumps(written)
    assert key != "notices" or '"kind": "urgent"' in json.dumps(written)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"hand_ins": [{"number": 1}] * 100_000}, "“hand_ins”里有 100000 项，最多 999 项"),
        ({"notices": [{"id": str(n), "made": MADE} for n in range(5_001)]}, "“notices”里有 5001 项"),
        (
            {"explanations": {f"YR-1 {n}": {"text": "因为", "settles": "f"} for n in range(60_000)}},
            "“explanations”里有 60000 项，最多 5000 项",
        ),
        ({"previous": [{}] * 101}, "“previous”里有 101 项"),
        ({"sources": {f"a.b.c{n}": [] for n in range(2_001)}}, "“sources”里有 2001 项"),
        (
            {"sources": {"requests.new.person": [{"office": "所", "value": 1}] * 250_000}},
            "内容超过 600000 项",
        ),
        ({"x_later": [0] * 600_001}, "内容超过 600000 项"),
    ],
)
def test_far_more_entries_than_any_office_makes_are_refused_before_they_are_looked_at(
    fields: dict[str, object], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportdesk.report.file.model.validate", lambda *_: pytest.fail("it was looked at"))
    error = refusal(with_field(version=2, **fields))
    assert error.trouble is Trouble.BROKEN
    assert says in str(error)


def test_a_report_that_a_hundred_offices_filled_in_for_years_is_read() -> None:
    offices = [
        {"office": f"第{number}所", "value": number, "file": f"{number}.xlsx"} for number in range(100)
    ]
    refs = [str(ref) for ref in load_form("2021").kind_of if ref not in load_form("2021").totals]
    explained = {f"YR-1 {n}": {"text": "因为", "settles": "f"} for n in range(2_000)}
    sources = dict.fromkeys(refs, offices)
    report = read(with_field(version=2, sources=sources, explanations=explained))
    assert read(encode(report)) == report


def test_a_file_too_large_is_not_even_parsed() -> None:
    assert refusal(b"{" * (MAX_BYTES + 1)).trouble is Trouble.TOO_LARGE


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"version": 0}, "版本号不对"),
        ({"version": -1}, "版本号不对"),
        ({"edition": 2021}, "“edition”的内容不对"),
        ({"edition": "../2021"}, "“edition”的内容不对"),
        ({"year": 1}, "的内容不对"),
        ({"year": 2024.5}, "的内容不对"),
        ({"year": True}, "的内容不对"),
        ({"unit": "常乐镇"}, "“unit”的内容不对"),
        ({"unit": {"full_name": 3}}, "“unit.full_name”的内容不对"),
        ({"unit": None}, "“unit”的内容不对"),
        ({"prose": []}, "“prose”的内容不对"),
        ({"prose": {"overview.disclosure": None}}, "“prose.overview.disclosure”的内容不对"),
        ({"prose": {"overview.weather": "晴"}}, "没有“overview.weather”这一部分"),
        ({"prose": {"天气": "晴"}}, "“prose.天气”的内容不对"),
        ({"headings": {"weather": "天气"}}, "没有“weather”这一部分"),
        ({"cells": [1]}, "“cells”的内容不对"),
        ({"cells": {"requests.new.person": None}}, "“cells.requests.new.person”的内容不对"),
        ({"cells": {"requests.new.person": True}}, "的内容不对"),
        ({"cells": {"requests.new.person": 1.5}}, "的内容不对"),
        ({"cells": {"requests.new.person": "一"}}, "的内容不对"),
        ({"cells": {"requests.new.person": "1e5"}}, "的内容不对"),
        ({"cells": {"requests.new.person": "NaN"}}, "的内容不对"),
        ({"cells": {"requests.new.person": "１"}}, "的内容不对"),
        ({"cells": {"requests.new.person": "1."}}, "的内容不对"),
        ({"cells": {"requests.new.person": "--1"}}, "的内容不对"),
        ({"cells": {"requests.new.person": 10**15}}, "的内容不对"),
        ({"cells": {"requests.new.person": "1" * 30}}, "的内容不对"),
        ({"cells": {"requests.new": 1}}, "“cells.requests.new”的内容不对"),
        ({"cells": {"requests.new.person\n": 1}}, "的内容不对"),
        ({"cells": {"requests.new.martian": 1}}, "没有“requests.new.martian”这一格"),
        ({"cells": {"requests.handled.person": 1}}, "“表三 （七）总计 自然人”是合计，不能直接填写"),
        ({"remarks": {"requests.new.martian": "注"}}, "没有“requests.new.martian”这一格"),
        ({"remarks": {"requests.new.person": 1}}, "的内容不对"),
        ({"unverified": ["requests.new.martian"]}, "没有“requests.new.martian”这一格"),
        ({"unverified": {"requests.new.person": True}}, "“unverified”的内容不对"),
        ({"reported": {"requests.new.martian": 1}}, "没有“requests.new.martian”这一格"),
        ({"finished": ["weather"]}, "没有“weather”这一节"),
        ({"finished": "requests"}, "“finished”的内容不对"),
        ({"digest": 5}, "“digest”的内容不对"),
        ({"previous": 5}, "“previous”的内容不对"),
        ({"previous": [{"year": 2023}]}, "“previous.0.edition”的内容不对"),
        ({"explanations": {"YR-1": "因为"}}, "“explanations.YR-1”的内容不对"),
        ({"version": 2, "family": "../x"}, "“family”的内容不对"),
        ({"version": 2, "hand_ins": {}}, "“hand_ins”的内容不对"),
        ({"version": 2, "hand_ins": [{"number": 0, "made": MADE, "code": ""}]}, "“hand_ins.0.number”的内容不对"),
        ({"version": 2, "hand_ins": [{"number": 1, "made": "昨天", "code": ""}]}, "“hand_ins.0.made”的内容不对"),
        ({"version": 2, "hand_ins": [{"number": 1, "made": "2026-02-30T10:00:00Z", "code": ""}]}, "“hand_ins.0.made”"),
        ({"version": 2, "hand_ins": [{"number": 1, "made": MADE}]}, "“hand_ins.0.code”的内容不对"),
        ({"version": 2, "hand_ins": [{"number": 1, "made": MADE, "code": "", "errors": True}]}, "“hand_ins.0.errors”"),
        ({"version": 2, "hand_ins": [{"number": 1, "made": MADE, "code": x} for x in "AB"]}, "“hand_ins”里有两项的编号相同"),
        ({"version": 2, "sources": {"requests.new.martian": [{"office": "司法所"}]}}, "没有“requests.new.martian”这一格"),
        ({"version": 2, "sources": {"requests.new.person": [{"office": "司法所", "value": 1.5}]}}, "的内容不对"),
        ({"version": 2, "sources": {"requests.new.person": {"office": "司法所"}}}, "的内容不对"),
        ({"version": 2, "notices": [{"id": "", "made": MADE}]}, "“notices.0.id”的内容不对"),
        ({"version": 2, "notices": [{"id": "1", "made": MADE, "due": "下周"}]}, "“notices.0.due”的内容不对"),
        ({"version": 2, "notices": [{"id": "1", "made": MADE}] * 2}, "“notices”里有两项的编号相同"),
    ],
)  # fmt: skip
def test_nonsense_edited_in_by_hand_is_refused(fields: dict[str, object], says: str) -> None:
    error = refusal(with_field(**fields))
    assert error.trouble is Trouble.BROKEN
    assert says in str(error)


@pytest.mark.parametrize("key", ["edition"])
def test_a_missing_key_is_named(key: str) -> None:
    assert f"“{key}”的内容不对" in str(refusal(example(lambda document: document.pop(key))))


def test_keys_that_may_be_missing_mean_blank() -> None:
    document = {"format": "reportdesk", "version": 1, "edition": "2021"}
    assert read(json.dumps(document).encode()) == Report("2021")


@pytest.mark.parametrize(
    "written",
    ['"cells": {"requests.new.person": 1, "requests.new.person": 2}', '"x": NaN', '"x": -Infinity', '"x": 1e999',
     f'"x": {"9" * 5000}', f'"x": {"[" * 40}{"]" * 40}', f'"x": {"[" * 5000}{"]" * 5000}', '"prose": {"\\ud800": ""}',
     '"prose": {"overview.disclosure": "\\ud800"}', '"edition": "2021", "edition": "2021"', '"x": {"\\ud800": NaN}'],
    ids=["doubled key", "NaN", "infinity", "beyond floats", "huge", "nested", "deep", "surrogate key", "surrogate",
         "doubled edition", "surrogate and NaN"],
)  # fmt: skip
def test_json_that_could_not_be_written_back_is_refused(written: str) -> None:
    content = f'{{"format": "reportdesk", "version": 1, "edition": "2021", {written}}}'
    assert refusal(content.encode()).trouble is Trouble.BROKEN


@given(st.data())
def test_a_damaged_file_is_read_with_a_notice_or_refused(data: st.DataObject) -> None:
    content = EXAMPLE.read_bytes()
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(len(content), start + 20)))
    damaged = content[:start] + data.draw(st.binary(max_size=8)) + content[end:]
    try:
        decoded = decode(damaged, form_of)
    except CodecError as error:
        said = str(error)
    else:
        assert decoded.notices or decoded.report == read(content)
        return
    assert said.endswith("。")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件是空的"),
        (b" \r\n", "文件是空的"),
        (b"\x00" * 8921, "里面全是空字符"),
        (b"\x00" * 512 + EXAMPLE.read_bytes()[512:], ""),
        (b"\x00" * 512 + EXAMPLE.read_bytes(), "内容不完整"),
        (EXAMPLE.read_bytes()[:4096] + b"\x00" * 4096, "内容不完整"),
    ],
    ids=["empty", "blank", "NUL", "head NUL", "NUL before", "tail NUL"],
)
def test_what_a_power_cut_leaves_is_called_broken_not_foreign(content: bytes, says: str) -> None:
    error = refusal(content)
    assert says in str(error)
    assert error.trouble is Trouble.BROKEN or not says
    if says:
        assert "不是年报台" not in str(error)


def test_a_file_cut_through_a_character_is_called_broken_not_foreign() -> None:
    content = encode(Report("2021", prose={"opening": "根据条例"}))
    cut = content[: content.index("据".encode()) + 1]
    with pytest.raises(CodecError) as refused:
        decode(cut)
    assert refused.value.trouble is Trouble.BROKEN
    assert "备份" in str(refused.value)
