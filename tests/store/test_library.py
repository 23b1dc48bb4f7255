"""The list of reports: kept by two programs at once, honest about files that changed or went."""

import datetime as dt
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.checks.engine import Finding, Severity
from reportdesk.checks.outcome import Checked
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Report, State, new_report
from reportdesk.report.edits import apply_edit, set_cells
from reportdesk.session.fill import fill_with_zeros
from reportdesk.store.file import StoreError, write_report
from reportdesk.store.user_data import library as library_module
from reportdesk.store.user_data.library import (
    forget,
    forget_all,
    newest_year,
    place_in,
    read_library,
    refresh,
    remember,
    reports_of_others,
    summarize,
    titles_of_others,
)
from reportdesk.store.user_data.library_entry import KeptPlace, Summary
from tests.editions import form_of, third_form
from tests.strategies import json_values

FORM = load_form("2021")
NOW = dt.datetime(2025, 1, 9, 10, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
CELL = CellRef("requests", "new", "person")
FOUND = [Finding("MET-1", Severity.HINT, "标题不对", "overview")] * 2


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.json"


def saved(folder: Path, name: str, year: int = 2024) -> tuple[Path, Report]:
    report = new_report(FORM, year, f"{name}人民政府")
    path = folder / f"{name}{year}.gknb"
    write_report(path, report)
    return path, report


def keep(
    listed: Path, path: Path, report: Report, now: dt.datetime = NOW, place: KeptPlace | None = None
) -> None:
    remember(listed, path, summarize(FORM, report, Checked(FOUND)), now, place)


def test_a_report_is_listed_with_how_far_it_is(tmp_path: Path, listed: Path) -> None:
    path, report = saved(tmp_path, "常乐镇")
    apply_edit(report, fill_with_zeros(report, FORM, FORM.tables["disclosure"]))
    apply_edit(report, set_cells(report, FORM, {CELL: 1}))
    report.facts[Fact.STATE] = State.REVIEW
    report.finished["disclosure"] = True
    write_report(path, report)
    keep(listed, path, report)
    (entry,), sentence = read_library(listed, NOW)
    assert not sentence
    assert (entry.path, entry.summary.unit, entry.summary.year) == (path, "常乐镇人民政府", 2024)
    assert entry.summary.state is State.REVIEW
    marks = {mark.section: (mark.so_far.filled, mark.so_far.whole) for mark in entry.summary.sections}
    assert marks["disclosure"] == (10, 10)
    assert marks["requests"] == (1, 144)
    assert [mark.section for mark in entry.summary.sections if mark.finished] == ["disclosure"]
    assert entry.summary.findings == {Severity.ERROR: 0, Severity.WARNING: 0, Severity.HINT: 2}
    assert entry.changed is not None
    assert refresh((entry,)) == (entry,)


def test_what_was_opened_last_comes_first(tmp_path: Path, listed: Path) -> None:
    old, old_report = saved(tmp_path, "常乐镇", 2023)
    new, new_report_ = saved(tmp_path, "常乐镇", 2024)
    keep(listed, new, new_report_, NOW)
    keep(listed, old, old_report, NOW + HOUR)
    entries, _ = read_library(listed, NOW)
    assert [entry.path for entry in entries] == [old, new]
    assert newest_year(entries) == 2024
    keep(listed, new, new_report_, NOW + 2 * HOUR)
    assert [entry.path for entry in read_library(listed, NOW)[0]] == [new, old]


def test_a_file_that_went_is_marked_and_can_be_taken_off(tmp_path: Path, listed: Path) -> None:
    path, report = saved(tmp_path, "常乐镇")
    other, other_report = saved(tmp_path, "迎水桥镇")
    keep(listed, path, report)
    keep(listed, other, other_report)
    path.unlink()
    entries = refresh(read_library(listed, NOW)[0])
    assert {entry.path: entry.is_missing for entry in entries} == {path: True, other: False}
    forget(listed, path, NOW)
    assert [entry.path for entry in read_library(listed, NOW)[0]] == [other]
    forget_all(listed, NOW)
    assert read_library(listed, NOW) == ((), "")
    assert other.exists()


def test_a_file_changed_elsewhere_is_summed_up_anew(tmp_path: Path, listed: Path) -> None:
    path, report = saved(tmp_path, "常乐镇")
    keep(listed, path, report)
    apply_edit(report, fill_with_zeros(report, FORM, FORM.tables["disputes"]))
    report.facts[Fact.STATE] = State.FINAL
    write_report(path, report)
    (entry,) = refresh(read_library(listed, NOW)[0])
    assert entry.summary == summarize(FORM, report)
    assert entry.summary.findings is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"edition": []}', b'{"edition": "1999"}', b"\xff"])
def test_a_file_that_became_unreadable_keeps_what_was_known(
    tmp_path: Path, listed: Path, content: bytes
) -> None:
    path, report = saved(tmp_path, "常乐镇")
    keep(listed, path, report)
    path.write_bytes(content)
    (entry,) = refresh(read_library(listed, NOW)[0])
    assert entry.summary.unit == "常乐镇人民政府"


def test_another_edition_needs_no_line_of_code(tmp_path: Path, listed: Path) -> None:
    form = third_form()
    report = new_report(form, 2031, "某镇人民政府")
    path = tmp_path / "third.gknb"
    write_report(path, report)
    remember(listed, path, Summary(), NOW)
    os.utime(path, (0, 1))
    (entry,) = refresh(read_library(listed, NOW)[0], form_of)
    assert entry.summary == summarize(form, report)


def test_where_the_clerk_stopped_is_kept(tmp_path: Path, listed: Path) -> None:
    path, report = saved(tmp_path, "常乐镇")
    keep(listed, path, report, place=KeptPlace("requests", CELL))
    keep(listed, path, report)
    assert place_in(read_library(listed, NOW)[0], path) == KeptPlace("requests", CELL)
    prose = KeptPlace("overview", part="overview.disclosure", offset=12)
    keep(listed, path, report, place=prose)
    assert place_in(read_library(listed, NOW)[0], path.parent / "." / path.name) == prose
    assert place_in((), path) is None


def test_two_programs_keep_one_list(tmp_path: Path, listed: Path) -> None:
    def open_many(name: str) -> None:
        for year in range(2021, 2029):
            keep(listed, *saved(tmp_path, name, year))

    with ThreadPoolExecutor(2) as programs:
        list(programs.map(open_many, ("常乐镇", "迎水桥镇")))
    assert len(read_library(listed, NOW)[0]) == 16


def test_a_very_long_list_drops_what_was_opened_first(
    tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "MAX_ENTRIES", 3)
    for number in range(5):
        remember(listed, tmp_path / f"{number}.gknb", Summary(), NOW + number * HOUR)
    assert [entry.path.stem for entry in read_library(listed, NOW)[0]] == ["4", "3", "2"]


def test_a_broken_list_is_set_aside_and_begins_anew(tmp_path: Path, listed: Path) -> None:
    listed.parent.mkdir()
    listed.write_text('{"reports": [', encoding="utf-8")
    entries, sentence = read_library(listed, NOW)
    assert entries == ()
    assert "library-损坏-20250109-103000.json" in sentence
    keep(listed, *saved(tmp_path, "常乐镇"))
    assert len(read_library(listed, NOW)[0]) == 1


def test_a_list_that_cannot_be_read_just_now_is_not_written_over(
    tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(listed, *saved(tmp_path, "常乐镇"))

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "held by a virus scanner")

    with monkeypatch.context() as patch:
        patch.setattr(library_module, "read_object", refuse)
        assert read_library(listed, NOW) == (
            (),
            "年报列表的文件打不开，列表暂时是空的；年报本身没有受影响。",
        )
        with pytest.raises(StoreError, match="年报列表没有更新"):
            keep(listed, *saved(tmp_path, "迎水桥镇"))
    assert [entry.summary.unit for entry in read_library(listed, NOW)[0]] == ["常乐镇人民政府"]


def test_the_titles_of_other_units_are_told_by_their_full_names(tmp_path: Path) -> None:
    listed = tmp_path / "library.json"
    township = new_report(FORM, 2024, "沙坡头区常乐镇人民政府", "沙坡头区常乐镇")
    centre = new_report(FORM, 2024, "沙坡头区常乐镇便民服务中心", "沙坡头区常乐镇")
    for name, report in (("a", township), ("b", centre)):
        write_report(tmp_path / f"{name}.gknb", report)
        remember(listed, tmp_path / f"{name}.gknb", summarize(FORM, report), NOW)
    entries, _ = read_library(listed, NOW)
    assert titles_of_others(entries, tmp_path / "b.gknb") == {
        "沙坡头区常乐镇": frozenset({"沙坡头区常乐镇人民政府"})
    }


def test_the_files_of_other_units_are_told_and_not_ones_own_of_other_years(tmp_path: Path) -> None:
    listed = tmp_path / "library.json"
    for year, unit in ((2023, "常乐镇"), (2024, "常乐镇"), (2024, "迎水桥镇")):
        keep(listed, *saved(tmp_path, unit, year))
    entries, _ = read_library(listed, NOW)
    own = next(entry.path for entry in entries if entry.summary.unit == "常乐镇人民政府")
    (other,) = reports_of_others(entries, own)
    assert other.name == "迎水桥镇2024.gknb"


KEYS = ("unit", "title", "year", "state", "sections", "findings", "opened", "size", "time", "place")


@given(st.dictionaries(st.sampled_from(KEYS), json_values), json_values)
def test_whatever_stands_in_the_list_it_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, raw: dict[str, object], other: object
) -> None:
    listed = tmp_path_factory.mktemp("library") / "library.json"
    document = {"reports": [{"path": "/a.gknb", **raw}, other, {"path": other}]}
    listed.write_text(json.dumps(document, ensure_ascii=True), encoding="utf-8")
    entries, sentence = read_library(listed, NOW)
    assert Path("/a.gknb") in {entry.path for entry in entries}
    assert not sentence
    refresh(entries)


def test_the_start_page_paints_without_pydantic() -> None:
    program = (
        "import sys, reportdesk.store.user_data.library, reportdesk.store.user_data.settings, reportdesk.store.user_data.profile;"
        "print('pydantic' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


def test_another_kind_of_report_is_never_listed_as_one_in_which_nothing_was_found() -> None:
    annual, website = load_form("2021"), load_form("website")
    assert summarize(annual, new_report(annual, 2024, "某镇"), Checked()).findings is not None
    assert summarize(website, new_report(website, 2024, "某镇"), Checked()).findings is None
