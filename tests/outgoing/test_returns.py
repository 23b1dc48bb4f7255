"""退回 as a file: what is read and refused, whose it is, and that its remarks never stand at wrong words."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.checks.engine import check_report, settle
from reportdesk.cli import main
from reportdesk.exports.formats import Choices
from reportdesk.form.spec import CellRef
from reportdesk.outgoing.hand_in import answered_by
from reportdesk.outgoing.returns.written import ReturnFiles, Sender, write_return
from reportdesk.outgoing.submission import Order, make_submission
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Explanation, Fact, Report, State
from reportdesk.report.records import HandedIn, Notice, NoticeKind
from reportdesk.report.returned.placing import anchor, place_notice, starts_of
from reportdesk.report.returned.remarks_file import RemarksError, read_remarks
from reportdesk.report.returned.return_file import (
    MAX_BYTES,
    Returned,
    ReturnError,
    decode_return,
    encode_return,
)
from reportdesk.report.returned.whose import why_not_taken, why_other_report
from reportdesk.report.totals import numbers_of
from reportdesk.store.file import read_report, write_report
from reportdesk.store.user_data.unit_profile import HandIn
from tests.test_example import FORM, example

AT = dt.datetime(2025, 1, 12, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
NEW = CellRef("requests", "new", "person")


def remarks(report: Report) -> Mapping[str, Notice]:
    common = {"made": AT, "sender": "区政务公开办", "due": "2025-01-15", "return_id": "QS-11-退回-1"}
    number = numbers_of(FORM, report).get(NEW)
    part = next(iter(report.prose))
    start = len(report.prose[part]) - 20
    words = report.prose[part][start : start + 12]
    about = Notice(text="这句请核对", kind=NoticeKind.EXPLAIN, place=part, words=words, **common)  # type: ignore[arg-type]
    return {
        "QS-11-退回-1-1": Notice(
            text="表三有误",
            kind=NoticeKind.MUST,
            place=str(NEW),
            objected=str(number),
            **common,  # type: ignore[arg-type]
        ),
        "QS-11-退回-1-2": anchor(about, report.prose[part], start),
        "QS-11-退回-1-3": Notice(text="写得好", kind=NoticeKind.NOTE, **common),  # type: ignore[arg-type]
    }


def returned(report: Report) -> Returned:
    return Returned(
        "QS-11-退回-1",
        AT,
        "区政务公开办",
        report.facts[Fact.FULL_NAME],
        report.year or 0,
        "表三有误",
        "QS-11",
        1,
        check_code(FORM, report),
        "2025-01-15",
        remarks(report),
    )


def test_a_return_is_read_as_it_was_written() -> None:
    made = returned(example())
    content = encode_return(made)
    assert decode_return(content) == made
    assert encode_return(decode_return(content)) == content


def test_a_return_holds_nothing_of_the_report_but_what_its_remarks_are_about() -> None:
    report = example()
    content = encode_return(returned(report)).decode()
    assert [text for text in report.prose.values() if text[:40] in content] == []


def changed(**new: object) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps({**json.loads(content), **new}).encode()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda _: b"", "不是年报台的退回文件"),
        (lambda _: b"PK\3\4 zip", "不是年报台的退回文件"),
        (lambda _: b"[]", "不是年报台的退回文件"),
        (changed(format="reportdesk"), "不是年报台的退回文件"),
        (lambda content: content[:-200], "损坏或被改过"),
        (changed(reason="别的"), "损坏或被改过"),
        (changed(version=2), "请先升级"),
        (changed(version=True), "不是年报台的退回文件"),
        (lambda content: content + b" " * MAX_BYTES, "文件太大"),
        (lambda _: b"[" * 100_000, "不是年报台的退回文件"),
    ],
)
def test_what_is_no_return_is_told_in_one_sentence(spoil: Callable[[bytes], bytes], says: str) -> None:
    with pytest.raises(ReturnError, match=says) as refused:
        decode_return(spoil(encode_return(returned(example()))))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"unit": "柳湾镇人民政府"}, "“柳湾镇人民政府”"),
        ({"year": 2023}, "2023 年度"),
        ({"hand_in": 0, "code": ""}, ""),
    ],
)
def test_a_return_of_another_report_is_told(change: dict[str, Any], says: str) -> None:
    report = example()
    said = why_other_report(replace(returned(report), **change), report)
    assert says in said
    assert bool(said) == bool(says)


def test_the_number_tells_units_apart_before_the_name() -> None:
    report = example()
    report.facts[Fact.UNIT_ID] = "QS-11"
    assert why_other_report(replace(returned(report), unit="旧名"), report) == ""
    assert "退回给" in why_other_report(replace(returned(report), unit_id="QS-12"), report)


def test_a_return_is_taken_once_and_none_that_is_older() -> None:
    report = example()
    again = returned(report)
    report.hand_ins[2] = HandedIn(AT, "AAAAAAAA")
    assert "已经第 2 次报送" in why_not_taken(again, report)
    del report.hand_ins[2]
    assert why_not_taken(again, report) == ""
    report.notices.update(again.notices)
    assert "已经收下过" in why_not_taken(again, report)
    older = replace(again, return_id="另一次", made=AT - dt.timedelta(days=1))
    assert "以前的退回文件" in why_not_taken(older, report)


def test_remarks_are_findings_until_the_number_differs_or_a_reason_is_written() -> None:
    report = example()
    report.notices.update(remarks(report))

    def found() -> dict[str, Any]:
        every = check_report(FORM, report, AT.date())
        return {one.code: one for one in every if one.code.startswith("RET-")}

    before = found()
    assert sorted(before) == ["RET-1", "RET-2", "RET-3"]
    assert before["RET-1"].cells == (NEW,)
    report.cells[NEW] = 777
    assert sorted(found()) == ["RET-2", "RET-3"]
    asked = found()["RET-2"]
    report.explanations[asked.explained_under] = Explanation("已核对。", asked.fingerprint)
    report.prose[asked.part] = "新写的一句。" + report.prose[asked.part]
    moved = found()["RET-2"]
    assert settle(moved, report).settled == "已核对。"
    assert moved.span == (asked.span[0] + 6, asked.span[1] + 6)


texts = st.text("收到申请五件，0。与上年", max_size=30)


@given(texts, st.text("收到申请五件", min_size=1, max_size=8), texts, st.data())
def test_words_moved_by_other_text_are_found_again_or_stand_at_the_part(
    head: str, words: str, tail: str, data: st.DataObject
) -> None:
    report, part = example(), next(iter(FORM.parts))
    text = head + words + tail
    notice = anchor(Notice(AT, "区", "核对", place=part, words=words), text, len(head))
    cut, grown = data.draw(st.integers(0, len(head))), data.draw(texts)
    where = data.draw(st.integers(cut, len(head)))
    report.prose[part] = head[:cut] + grown + head[where:] + words + tail + data.draw(texts)
    right = cut + len(grown) + len(head) - where
    placed = place_notice(FORM, report, {}, notice)
    assert placed.part == part
    assert placed.span in (None, (right, right + len(words)))
    assert placed.is_lost == (placed.span is None)


@given(texts, st.text("收到申请五件", min_size=1, max_size=8), texts)
def test_words_that_stand_there_once_are_found_behind_a_new_sentence(
    head: str, words: str, tail: str
) -> None:
    report, part = example(), next(iter(FORM.parts))
    text, new = head + words + tail, "本镇"
    notice = anchor(Notice(AT, "区", "核对", place=part, words=words), text, len(head))
    report.prose[part] = new + "另起一段很长的话" * 2 + text
    placed = place_notice(FORM, report, {}, notice)
    by = len(report.prose[part]) - len(text)
    is_once = len(starts_of(text, words)) == 1 == len(starts_of(report.prose[part], words))
    is_known = bool(tail) or not head or len(head) >= 8
    if is_once and is_known:
        assert placed.span == (len(head) + by, len(head) + by + len(words))


def test_the_same_words_elsewhere_are_not_taken_for_those_that_were_meant() -> None:
    report, part = example(), next(iter(FORM.parts))
    text = "本年收到申请5件，都已答复。"
    notice = anchor(Notice(AT, "区", "核对", place=part, words="5件"), text, 6)
    report.prose[part] = "本年收到申请6件，都已答复。另有上年结转的5件办结。"
    assert place_notice(FORM, report, {}, notice).is_lost


def test_the_command_line_shows_and_takes_in_a_return(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, path, back = example(), tmp_path / "年报.gknb", tmp_path / "退回.gkback"
    report.facts[Fact.STATE] = State.SUBMITTED
    write_report(path, report)
    back.write_bytes(encode_return(returned(report)))
    assert main(["return", str(back), "--report", str(path), "--apply", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["standing"] for one in told["remarks"]] == ["open", "open", "open"]
    assert told["report_changed"] is False
    kept = read_report(path).report
    assert kept.state is State.RETURNED
    assert "第 1 次报送" in kept.facts[Fact.REOPENED]
    assert kept.notices == returned(report).notices
    assert main(["return", str(back), "--report", str(path), "--apply"]) == 1
    assert "已经收下过" in capsys.readouterr().err
    kept.cells[NEW] = 777
    write_report(path, kept)
    assert main(["return", str(back), "--report", str(path)]) == 0
    assert "已改" in capsys.readouterr().out


def written(tmp_path: Path) -> ReturnFiles:
    wanted = read_remarks(
        json.dumps(
            {
                "reason": "表三有误",
                "due": "2025-01-15",
                "remarks": [
                    {"cells": [str(NEW), "requests.new.enterprise"], "text": "两格请核对"},
                    {"part": "opening", "words": "条例", "start": None, "text": "名称", "kind": "explain"},
                    {"text": "请尽快", "kind": "note"},
                ],
            }
        ).encode()
    )
    report = example()
    report.hand_ins[2] = HandedIn(AT, "AAAAAAAA", unit_id="QS-11")
    report.prose["opening"] = "根据条例编制。"
    return write_return(tmp_path / "退回", FORM, report, wanted, Sender("区政务公开办", AT))


def test_a_return_is_written_as_data_and_as_a_sheet_of_the_same_remarks(tmp_path: Path) -> None:
    made = written(tmp_path)
    assert decode_return(made.data.read_bytes()) == made.returned
    assert (made.returned.unit_id, made.returned.hand_in) == ("QS-11", 2)
    (table,) = docx.Document(str(made.sheet)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "位置", "现在的数", "意见"]
    number = str(numbers_of(FORM, example())[NEW])
    assert rows[1][0] == "1"
    assert rows[1][2].startswith(("(1) ", "(2) "))
    assert f") {number}" in rows[1][2]
    assert FORM.name_of(NEW) in rows[1][1]
    assert "“条例”" in rows[2][1]
    assert rows[3][1:] == ["整份年报", "", "（供参考）请尽快"]


def test_the_same_return_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = written(tmp_path / "1"), written(tmp_path / "2")
    assert first.data.read_bytes() == second.data.read_bytes()
    assert first.sheet.read_bytes() == second.sheet.read_bytes()


@pytest.mark.parametrize(
    ("remark", "says"),
    [
        ({"text": ""}, "没有写“text”"),
        ({"text": "好", "kind": "urgent"}, "“kind”只能写"),
        ({"text": "好", "cells": ["no.such.cell"]}, "没有“no.such.cell”这一格"),
        ({"text": "好", "part": "nowhere"}, "没有“nowhere”这一部分"),
        ({"text": "好", "part": "opening", "words": "没有的话"}, "没有“没有的话”"),
        ({"text": "好", "part": "opening", "words": "公开"}, "请用 start 写明"),
        ({"text": "好", "words": "的"}, "写原文的要写是哪一部分"),
    ],
)
def test_what_is_wrong_in_a_file_of_remarks_is_told_in_one_sentence(
    tmp_path: Path, remark: dict[str, Any], says: str
) -> None:
    content = json.dumps({"remarks": [remark]}).encode()

    def send() -> None:
        write_return(tmp_path, FORM, example(), read_remarks(content), Sender("区政务公开办", AT))

    with pytest.raises(RemarksError, match=says):
        send()
    assert list(tmp_path.iterdir()) == []


def test_the_next_hand_in_tells_the_district_what_was_done_with_each_remark(tmp_path: Path) -> None:
    report = example()
    report.notices.update(remarks(report))
    report.cells[NEW] = 777
    (asked,) = [one for one in check_report(FORM, report, AT.date()) if one.code == "RET-2"]
    report.explanations[asked.explained_under] = Explanation("已核对。", asked.fingerprint)
    order = Order(AT, (HandIn.GKNB,))
    made = make_submission(FORM, report, order, tmp_path, Choices(bundled_fonts=True), lambda *_: None)
    (copy,) = [read_report(path).report for path in (made.folder / "内部").glob("*.gknb")]
    done = {key: (one.state, one.answer) for key, one in copy.notices.items()}
    assert list(done.values()) == [("changed", ""), ("answered", "已核对。"), ("open", "")]
    assert copy.hand_ins[1].answers == "QS-11-退回-1"
    for path in (made.folder / "公开").iterdir():
        assert not any(word.encode() in path.read_bytes() for word in ("QS-11", "表三有误", "已核对。"))


def spoilt(remark: Mapping[str, object], **new: object) -> bytes:
    """A return whose sum is right, with other keys in its first remark and at its top."""
    document = json.loads(encode_return(returned(example())))
    document["remarks"][0].update(remark)
    document.update(new)
    return signed(document)


def signed(document: dict[str, Any]) -> bytes:
    del document["digest"]
    plain = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
    return json.dumps({**document, "digest": digest}).encode()


@pytest.mark.parametrize(
    "content",
    [
        spoilt({"text": "半个\ud800"}),
        spoilt({"also": {"没有 这样的键": "1"}}),
        spoilt({"start": 10**9}),
        spoilt({"times": True}),
        spoilt({"id": "长" * 101}),
        spoilt({}, made="2025-01-12T09:00:00"),
        spoilt({}, made="2025-01-12T09:00:00+08:00:30"),
        spoilt({}, due="下周"),
        spoilt({}, unit=[]),
        spoilt({}, remarks=[1, {}]),
    ],
)
def test_what_would_make_the_report_unreadable_is_not_taken_in(content: bytes) -> None:
    with pytest.raises(ReturnError, match="损坏或被改过"):
        decode_return(content)


def test_what_this_version_does_not_know_of_a_remark_stays_outside() -> None:
    first = next(iter(decode_return(spoilt({"x_later": [1e999]})).notices.values()))
    assert not first.extras


def test_the_newest_return_is_known_among_times_with_and_without_a_zone() -> None:
    report = example()
    report.notices["1"] = Notice(AT.replace(tzinfo=None), "区", "旧", return_id="甲")
    report.notices["2"] = Notice(AT + dt.timedelta(hours=1), "区", "新", return_id="乙")
    assert answered_by(report) == "乙"
    assert "以前的退回文件" in why_not_taken(returned(report), report)
