"""The command line as a script or a district's IT uses it: exit codes, sentences, JSON."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportdesk.checks.engine import registered
from reportdesk.cli import main
from reportdesk.cli.console import Exit
from reportdesk.exports.excel.blank_workbook import render_collection
from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Report, State, new_report
from reportdesk.store.file import read_report, write_report
from reportdesk.store.user_data.profile import write_profiles
from reportdesk.store.user_data.unit_profile import UnitProfile
from tests.exports.test_collection import places

EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
NEW = CellRef("requests", "new", "person")
Printed = pytest.CaptureFixture[str]


def example() -> Report:
    return read_report(EXAMPLE).report


def saved(folder: Path, report: Report, name: str = "report.gknb") -> str:
    write_report(folder / name, report)
    return str(folder / name)


def unbalanced() -> Report:
    report = example()
    report.cells[NEW] = 100
    return report


def test_a_report_without_an_error_is_well(capsys: Printed) -> None:
    assert main(["check", str(EXAMPLE), "--today", "2025-01-09"]) == Exit.OK
    assert "错误" not in capsys.readouterr().out


def test_an_error_is_told_with_its_place_and_counted(tmp_path: Path, capsys: Printed) -> None:
    path = saved(tmp_path, unbalanced())
    assert main(["check", path, "--today", "2025-01-09"]) == Exit.FOUND_ERRORS
    told = capsys.readouterr().out
    assert "错误 REQ-1 三、收到和处理政府信息公开申请情况\n  表三" in told
    assert told.splitlines()[-1].startswith("错误 ")


def test_findings_are_told_to_scripts(tmp_path: Path, capsys: Printed) -> None:
    assert main(["check", saved(tmp_path, unbalanced()), "--json"]) == Exit.FOUND_ERRORS
    found = [finding for finding in json.loads(capsys.readouterr().out) if finding["code"] == "REQ-1"]
    assert {finding["severity"] for finding in found} == {"error"}
    assert str(NEW) in {cell for finding in found for cell in finding["cells"]}


@pytest.mark.parametrize("command", [["check"], ["export", "--to", "."]])
def test_a_file_that_is_no_report_is_a_sentence(tmp_path: Path, capsys: Printed, command: list[str]) -> None:
    path = tmp_path / "年报.gknb"
    path.write_bytes(b"PK\x03\x04")
    assert main([*command, str(path)]) == Exit.UNREADABLE
    assert "打不开“年报.gknb”" in capsys.readouterr().err


def test_all_rules_are_listed(capsys: Printed) -> None:
    assert main(["check", "--list", "--json"]) == Exit.OK
    assert [rule["code"] for rule in json.loads(capsys.readouterr().out)] == list(registered())
    assert main(["check", "--list"]) == Exit.OK
    assert len(capsys.readouterr().out.splitlines()) == len(registered())


def test_a_report_is_compared_with_last_years_file(tmp_path: Path, capsys: Printed) -> None:
    last = example()
    last.facts[Fact.YEAR] = "2023"
    last.cells[CellRef("requests", "carried_out", "person")] = 7
    main(["check", str(EXAMPLE), "--last", saved(tmp_path, last), "--json"])
    assert "YR-1" in {finding["code"] for finding in json.loads(capsys.readouterr().out)}
    last.facts[Fact.YEAR] = "2020"
    main(["check", str(EXAMPLE), "--last", saved(tmp_path, last), "--json"])
    printed = capsys.readouterr()
    assert "不是 2023 年度的年报，不与它对照" in printed.err
    assert "YR-1" not in {finding["code"] for finding in json.loads(printed.out)}


def test_the_unit_may_come_from_a_profile_file(tmp_path: Path, capsys: Printed) -> None:
    report = example()
    report.facts = {Fact.YEAR: "2024"}
    path = saved(tmp_path, report)
    profiles = tmp_path / "units.gkprofile"
    units = [UnitProfile({Fact.FULL_NAME: name}) for name in ("常乐镇人民政府", "迎水桥镇人民政府")]
    write_profiles(profiles, units[:1])
    assert main(["check", path, "--profile", str(profiles)]) != Exit.UNREADABLE
    write_profiles(profiles, units)
    assert main(["check", path, "--profile", str(profiles)]) == Exit.UNREADABLE
    assert "单位资料“units.gkprofile”里没有这个单位" in capsys.readouterr().err


def test_every_format_is_written_into_the_folder(tmp_path: Path, capsys: Printed) -> None:
    folder = tmp_path / "导出"
    wanted = ["export", str(EXAMPLE), "--to", str(folder), "--bundled-fonts"]
    assert main([*wanted, "--formats", "pdf, XLSX,docx,html,pdf", "--json"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert [file["format"] for file in told["written"]] == ["pdf", "xlsx", "docx", "html"]
    assert {Path(file["path"]) for file in told["written"]} == set(folder.iterdir())
    assert told["faces"]["仿宋_GB2312"] == "自带的朱雀仿宋"


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "file").touch()
    assert main(["export", str(EXAMPLE), "--to", str(tmp_path / "file" / "folder")]) == Exit.FOUND_ERRORS
    assert "建不了文件夹" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["export", str(EXAMPLE), "--to", ".", "--formats", "doc"], "没有“doc”这种格式，可用的有 pdf、xlsx"),
        (["export", str(EXAMPLE), "--to", ".", "--formats", ","], "没有“,”这种格式"),
        (["check", str(EXAMPLE), "--today", "1月9日"], "“1月9日”不是日期，请写成 2025-01-09"),
        (["--wrong"], "用法不对"),
    ],
)
def test_wrong_use_is_told_with_what_is_right(capsys: Printed, arguments: list[str], sentence: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == Exit.WRONG_USE
    assert sentence in capsys.readouterr().err


def test_one_file_is_opened_at_a_time(capsys: Printed) -> None:
    assert main(["one.gknb", "other.gknb"]) == Exit.WRONG_USE
    assert "一次只能打开一个文件" in capsys.readouterr().err
    assert main(["check"]) == Exit.WRONG_USE
    assert "请写明要审核的 .gknb 文件" in capsys.readouterr().err


def test_the_schema_is_printed(capsys: Printed) -> None:
    assert main(["schema"]) == Exit.OK
    assert json.loads(capsys.readouterr().out)["title"] == "年报台年报文件（.gknb）"


def test_a_file_of_another_program_is_read_and_kept_as_a_new_report(tmp_path: Path, capsys: Printed) -> None:
    sent, kept = tmp_path / "年报.xlsx", tmp_path / "读入.gknb"
    sent.write_bytes(render_workbook(load_form("2021"), example()))
    assert main(["read", str(sent), "--to", str(kept)]) == Exit.OK
    told = capsys.readouterr().out
    assert told.startswith("按2021年版（国办公开办函〔2021〕30号）读取\n读到\n")
    assert "没有找到" not in told
    assert "请核对" not in told
    assert read_report(kept).report.cells == example().cells
    assert read_report(kept).report.prose == example().prose


def test_a_report_that_went_its_way_is_kept_as_a_draft(tmp_path: Path) -> None:
    sent = example()
    sent.facts |= {Fact.STATE: State.SUBMITTED.value, Fact.REOPENED: "2025年1月12日"}
    kept = tmp_path / "新年报.gknb"
    main(["read", saved(tmp_path, sent), "--to", str(kept)])
    assert read_report(kept).report.state is State.DRAFT
    assert Fact.REOPENED not in read_report(kept).report.facts


def test_a_report_that_is_there_is_not_replaced(tmp_path: Path, capsys: Printed) -> None:
    kept = Path(saved(tmp_path, unbalanced()))
    before = kept.read_bytes()
    assert main(["read", str(EXAMPLE), "--to", str(kept)]) == Exit.FOUND_ERRORS
    assert "没有保存“report.gknb”：已有这个文件。请换一个名字。" in capsys.readouterr().err
    assert kept.read_bytes() == before


def test_what_was_not_found_is_told_and_makes_the_exit_code_one(tmp_path: Path, capsys: Printed) -> None:
    page = tmp_path / "年报.html"
    page.write_text(
        "<h1>青禾县白河镇2024年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>（一）主动公开</p><p>公开了10条。</p>",
        encoding="utf-8",
    )
    assert main(["read", str(page)]) == Exit.FOUND_ERRORS
    told = capsys.readouterr().out
    assert "没有找到\n" in told
    assert "没有找到表三。" in told


def test_what_was_read_is_told_to_scripts(capsys: Printed) -> None:
    assert main(["read", str(EXAMPLE), "--json"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert told["edition"] == "2021"
    assert told["report"]["cells"]["disclosure.penalties.decisions"] == 10
    assert told["missing"] == told["blank"] == told["disagreements"] == []
    assert {outcome["standing"] for outcome in told["outcomes"]} == {"found"}


def test_a_file_that_shows_no_report_is_a_sentence(tmp_path: Path, capsys: Printed) -> None:
    other = tmp_path / "通知.txt"
    other.write_text("关于召开会议的通知", encoding="utf-8")
    assert main(["read", str(other)]) == Exit.UNREADABLE
    assert "没有在文件里找到年报" in capsys.readouterr().err
    assert main(["read", str(tmp_path / "没有.docx")]) == Exit.UNREADABLE
    assert main(["read", str(EXAMPLE), "--to", str(tmp_path / "out.xlsx")]) == Exit.WRONG_USE
    assert list(tmp_path.iterdir()) == [other]


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_workbooks_of_several_offices_are_read_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = load_form("2021")
    blank = render_collection(form, new_report(form, 2025, "示例镇人民政府"), ("党政办", "司法所"))
    ref = CellRef("requests", "new", "person")
    for office, number in (("党政办", 5), ("司法所", 7)):
        book = load_workbook(BytesIO(blank))
        book[office].cell(*places(book[office], form)[ref]).value = number
        book.save(tmp_path / f"{office}.xlsx")
    kept = tmp_path / "合计.gknb"
    files = [str(tmp_path / f"{office}.xlsx") for office in ("党政办", "司法所")]
    assert main(["read", *files, "--to", str(kept)]) == Exit.FOUND_ERRORS  # most is still blank
    told = capsys.readouterr().out
    assert "“党政办”（党政办.xlsx）：填了 1 格" in told
    report = read_report(kept).report
    assert report.cells == {ref: 12}
    assert [(one.office, one.value) for one in report.sources[ref]] == [("党政办", 5), ("司法所", 7)]
