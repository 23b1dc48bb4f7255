"""``reportdesk check`` with the other files it takes: the seed's list, and files that cannot be read."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportdesk.checks import engine
from reportdesk.checks.engine import Found, registered
from reportdesk.cli import main
from reportdesk.cli.console import Exit
from reportdesk.form.load import load_form
from reportdesk.report.document import new_report
from reportdesk.store.file import write_report

DATA = Path(__file__).parents[1] / "data" / "gaps"
SEED = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
Printed = pytest.CaptureFixture[str]


def test_the_seed_gives_scripts_the_list_of_the_catalogue(capsys: Printed) -> None:
    assert main(["check", str(SEED), "--today", "2025-01-09", "--json"]) == Exit.OK
    listed = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["severity"], one["part"]) for one in listed] == [
        ("UNIT-2", "warning", "overview.supervision"),
        ("APP-6", "hint", "overview.requests"),
    ]
    assert listed[0]["span"] is None
    start, end = listed[1]["span"]
    prose = json.loads(SEED.read_bytes())["prose"]["overview.requests"]
    assert "未收到" in prose[start:end]


@pytest.mark.parametrize("option", ["--last", "--profile"])
@pytest.mark.parametrize("content", [b"", b"{", b"PK\x03\x04", b"[]", b'{"format": "x"}', b"\xff\xfe1"])
def test_another_file_that_cannot_be_read_is_one_plain_sentence(
    tmp_path: Path, capsys: Printed, option: str, content: bytes
) -> None:
    path = tmp_path / "别的文件"
    path.write_bytes(content)
    assert main(["check", str(SEED), option, str(path)]) == Exit.UNREADABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert "别的文件" in sentence
    assert "。" in sentence


@pytest.mark.parametrize("option", ["--last", "--profile"])
def test_another_file_that_is_not_there_is_one_plain_sentence(
    tmp_path: Path, capsys: Printed, option: str
) -> None:
    assert main(["check", str(SEED), option, str(tmp_path / "没有")]) == Exit.UNREADABLE
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "打不开“没有”" in sentence


def test_the_list_tells_each_rule_with_severity_sentence_and_source(capsys: Printed) -> None:
    assert main(["check", "--list", "--json"]) == Exit.OK
    listed = json.loads(capsys.readouterr().out)
    assert {one["code"] for one in listed} == registered().keys()
    assert all(one["says"] and one["source"] and one["severity"] for one in listed)


def test_several_files_are_told_one_after_another_and_the_worst_is_the_code(
    tmp_path: Path, capsys: Printed
) -> None:
    blank, broken = tmp_path / "空白.gknb", tmp_path / "坏的.gknb"
    write_report(blank, new_report(load_form("2021"), 2024, "常乐镇人民政府"))
    broken.write_bytes(b"PK\x03\x04")
    assert main(["check", str(SEED), str(blank), "--today", "2025-01-09"]) == Exit.FOUND_ERRORS
    told = capsys.readouterr().out
    assert f"{SEED}：" in told
    assert f"{blank}：" in told
    assert main(["check", str(broken), str(SEED), str(blank)]) == Exit.UNREADABLE
    printed = capsys.readouterr()
    assert "打不开“坏的.gknb”" in printed.err
    assert f"{blank}：" in printed.out
    assert main(["check", "--json", str(SEED), str(blank), str(broken)]) == Exit.UNREADABLE
    seed, other, refused = json.loads(capsys.readouterr().out)
    assert seed["file"] == str(SEED)
    assert {one["code"] for one in other["findings"]} >= {"NUM-1", "PART-1"}
    assert refused["findings"] is None
    assert (seed["unread"], other["unread"]) == (1, 1)
    assert "打不开" in refused["error"]


def test_last_years_file_goes_with_one_report_only(capsys: Printed) -> None:
    assert main(["check", str(SEED), str(SEED), "--last", str(SEED)]) == Exit.WRONG_USE
    assert "只能和一个" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("blank-table-three", ["表三还有 144 格未填"]),
        ("blank-cells", ["表二还有 10 格未填", "表三还有 144 格未填", "表四还有 12 格未填"]),
        ("final-empty", ["表三还有 144 格未填", "“（二）依申请公开”没有文字", "开头没有文字"]),
    ],
)
def test_a_report_with_gaps_never_passes(name: str, said: list[str], tmp_path: Path, capsys: Printed) -> None:
    path = DATA / f"{name}.gknb"
    assert main(["check", str(path)]) == Exit.FOUND_ERRORS
    told = capsys.readouterr().out
    assert all(sentence in told for sentence in said)
    assert "没有发现问题" not in told
    assert main(["export", str(path), "--to", str(tmp_path), "--formats", "html"]) == Exit.FOUND_ERRORS
    told = capsys.readouterr().out
    assert "审核：错误" in told
    assert list(tmp_path.glob("*.html"))
    main(["export", str(path), "--to", str(tmp_path), "--formats", "html", "--json"])
    assert json.loads(capsys.readouterr().out)["errors"] > 0


@pytest.mark.parametrize(("formats", "is_checked"), [("blank", False), ("blank,html", True), ("html", True)])
def test_what_was_not_checked_has_no_count_of_errors(
    tmp_path: Path, capsys: Printed, formats: str, *, is_checked: bool
) -> None:
    path = DATA / "blank-cells.gknb"
    ended = main(["export", str(path), "--to", str(tmp_path), "--formats", formats, "--json"])
    assert ended == (Exit.FOUND_ERRORS if is_checked else Exit.OK)
    told = json.loads(capsys.readouterr().out)
    counts = [told[name] for name in ("errors", "warnings", "hints")]
    assert [count is not None for count in counts] == [is_checked] * 3


def test_rules_that_raise_are_never_nothing_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Printed
) -> None:
    def break_down(_subject: object) -> Iterator[Found]:
        raise ValueError

    for code, rule in registered().items():
        monkeypatch.setitem(engine._REGISTER, code, replace(rule, rule=break_down))
    assert main(["check", str(SEED)]) == Exit.FOUND_ERRORS
    assert "审核没有做成" in capsys.readouterr().out.splitlines()[-1]
    assert main(["export", str(SEED), "--to", str(tmp_path), "--formats", "html"]) == Exit.FOUND_ERRORS
    assert "审核没有做成" in capsys.readouterr().out


COPIED = (
    "严格落实信息发布三审三校制度，由党政办牵头，全年对8个栏目开展集中清理，下架失效信息36条。"
    "建立月通报制度，每月15日前汇总各站所公开情况，组织业务培训2次，参训46人次。"
)


def _codes_by_file(capsys: Printed, *paths: Path) -> list[set[str]]:
    main(["check", *map(str, paths), "--today", "2025-01-09", "--json"])
    told = json.loads(capsys.readouterr().out)
    groups = [told] if len(paths) == 1 else [one["findings"] for one in told]
    return [{found["code"] for found in group} for group in groups]


def test_several_files_are_compared_with_each_other(tmp_path: Path, capsys: Printed) -> None:
    units = ("柳川县白河镇人民政府", "柳川县石桥镇人民政府", "柳川县东山镇人民政府")
    paths = []
    for number, unit in enumerate(units):
        report = new_report(load_form("2021"), 2024, unit)
        report.prose["overview.management"] = COPIED if number < 2 else "全年对栏目清理了两次。" * 9
        paths.append(tmp_path / f"{number}.gknb")
        write_report(paths[-1], report)
    assert ["UNIT-4" in codes for codes in _codes_by_file(capsys, *paths)] == [True, True, False]
    assert "UNIT-4" not in _codes_by_file(capsys, paths[0])[0]


def test_a_copy_of_the_same_report_is_no_likeness(tmp_path: Path, capsys: Printed) -> None:
    report = new_report(load_form("2021"), 2024, "柳川县白河镇人民政府")
    report.prose["overview.management"] = COPIED
    paths = [tmp_path / "a.gknb", tmp_path / "b.gknb"]
    for path in paths:
        write_report(path, report)
    assert not any("UNIT-4" in codes for codes in _codes_by_file(capsys, *paths))


def test_a_cell_to_be_confirmed_and_a_changed_file_are_never_nothing(tmp_path: Path, capsys: Printed) -> None:
    document = json.loads(SEED.read_text(encoding="utf-8"))
    document["unverified"] = ["requests.new.person"]
    path = tmp_path / "年报.gknb"
    path.write_text(json.dumps(document), encoding="utf-8")
    main(["check", str(path), "--json", "--today", "2025-01-09"])
    codes = [found["code"] for found in json.loads(capsys.readouterr().out)]
    assert "NUM-3" in codes
    assert "SYS-2" in codes
