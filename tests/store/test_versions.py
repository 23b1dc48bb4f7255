"""Versions are kept at once and thinned by their order, so that the clerk finds back what was."""

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.store.file import StoreError
from reportdesk.store.versions import (
    DAYS,
    LAST_ONLY_COPIES,
    MOST_BYTES,
    NEWEST,
    Reason,
    Version,
    keep_version,
    read_version,
    take_versions_along,
    thin,
    versions_of,
)
from tests.store.refusals import look_for_a_moment

CHINA = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2025, 1, 20, 14, 32, tzinfo=CHINA)
REPORT = Path("常乐镇2024.gknb").absolute()


def made(*ages: dt.timedelta, reason: Reason = Reason.WORKING, size: int = 20_000) -> list[Version]:
    """Kept in that order, the newest first, with the clock saying that."""
    return [
        Version(Path(f"{number}.gknb"), NOW - age, reason, f"{number}", size, len(ages) - number)
        for number, age in enumerate(ages)
    ]


def left(kept: list[Version]) -> list[Version]:
    gone = set(thin(kept))
    return [version for version in kept if version not in gone]


def test_a_version_is_read_back_with_its_time_and_reason(tmp_path: Path) -> None:
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW)
    keep_version(tmp_path, REPORT, b"two", Reason.WORKING, NOW + dt.timedelta(minutes=10))
    newest, first = versions_of(tmp_path, REPORT)
    assert (read_version(newest), newest.reason) == (b"two", Reason.WORKING)
    assert (read_version(first), first.at, first.reason) == (b"one", NOW, Reason.OPENED)
    assert versions_of(tmp_path, Path("other.gknb")) == ()


def test_the_same_contents_are_kept_once(tmp_path: Path) -> None:
    keep_version(tmp_path, REPORT, b"one", Reason.WORKING, NOW)
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW + dt.timedelta(days=1))
    assert len(versions_of(tmp_path, REPORT)) == 1


def test_what_stands_in_no_file_is_kept_under_that_reason(tmp_path: Path) -> None:
    keep_version(tmp_path, REPORT, b"one", Reason.WORKING, NOW)
    keep_version(tmp_path, REPORT, b"one", Reason.UNSAVED, NOW)
    assert [version.reason for version in versions_of(tmp_path, REPORT)].count(Reason.UNSAVED) == 1


def test_a_broken_version_is_told(tmp_path: Path) -> None:
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW)
    (version,) = versions_of(tmp_path, REPORT)
    version.path.write_bytes(b"other")
    with pytest.raises(StoreError, match="已损坏"):
        read_version(version)
    version.path.unlink()
    with pytest.raises(StoreError, match="打不开"):
        read_version(version)


def test_what_lies_beside_is_no_version_and_stays(tmp_path: Path) -> None:
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW)
    (folder,) = tmp_path.iterdir()
    (folder / "notes.gknb").write_bytes(b"x")
    (folder / "20259999T999999Z-opened-0123456789ab.gknb").write_bytes(b"x")
    assert len(versions_of(tmp_path, REPORT)) == 1


def test_the_newest_stay_whatever_their_times_are() -> None:
    kept = made(*(dt.timedelta(days=(-1) ** number * 700 * number) for number in range(NEWEST)))
    assert left(kept) == kept


def test_of_a_day_before_those_the_last_stays() -> None:
    kept = made(*[dt.timedelta()] * NEWEST, *(dt.timedelta(days=1, minutes=number) for number in range(20)))
    assert left(kept) == kept[: NEWEST + 1]


def test_of_a_month_before_that_the_last_stays() -> None:
    kept = made(*[dt.timedelta()] * NEWEST, *(dt.timedelta(days=days) for days in range(1, 400)))
    stays = left(kept)
    assert stays[: NEWEST + DAYS] == kept[: NEWEST + DAYS]
    older = stays[NEWEST + DAYS :]
    assert len({f"{version.at:%Y-%m}" for version in older}) == len(older) > 10


@pytest.mark.parametrize("reason", [Reason.UNSAVED, Reason.REPLACED, Reason.FINAL, Reason.DRAFT])
def test_what_stands_nowhere_else_and_what_the_office_did_stay(reason: Reason) -> None:
    kept = made(*[dt.timedelta(days=2000)] * 200, reason=reason)
    assert len(left(kept)) >= LAST_ONLY_COPIES
    lone = made(*[dt.timedelta()] * 200)
    lone[150] = replace(lone[150], reason=reason)
    assert lone[150] in left(lone)


def of_a_year(folder: Path) -> list[bytes]:
    """What a clerk's year leaves: a day's work, thirty days and two years of months before."""
    moments = [NOW - dt.timedelta(days=31 * months) for months in range(24, 1, -1)]
    moments += [NOW - dt.timedelta(days=days) for days in range(30, 0, -1)]
    moments += [NOW - dt.timedelta(minutes=10 * step) for step in range(20, 0, -1)]
    contents = [f"{number}".encode() for number in range(len(moments))]
    for moment, content in zip(moments, contents, strict=True):
        keep_version(folder, REPORT, content, Reason.WORKING, moment)
    return contents


@pytest.mark.parametrize("days", [40, 4 * 365, -4 * 365, -40])
def test_versions_outlive_a_wrong_clock(tmp_path: Path, days: int) -> None:
    kept = of_a_year(tmp_path)
    for moment in (NOW + dt.timedelta(days=days), NOW):
        for reason in (Reason.OPENED, Reason.WORKING, Reason.CLOSED):
            content = f"{moment}{reason}".encode()
            keep_version(tmp_path, REPORT, content, reason, moment)
            kept.append(content)
    assert [read_version(one) for one in reversed(versions_of(tmp_path, REPORT))] == kept


def test_the_newest_is_what_was_kept_last_though_the_clock_fell_back(tmp_path: Path) -> None:
    keep_version(tmp_path, REPORT, b"ahead", Reason.WORKING, NOW.replace(year=2029))
    keep_version(tmp_path, REPORT, b"right", Reason.WORKING, NOW)
    newest, before = versions_of(tmp_path, REPORT)
    assert (read_version(newest), newest.at) == (b"right", NOW)
    assert before.at.year == 2029


def test_versions_of_programs_that_did_not_count_are_older_than_all_others(tmp_path: Path) -> None:
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW)
    (version,) = versions_of(tmp_path, REPORT)
    old = version.path.with_name(version.path.name.partition("-")[2].replace("2025", "2099"))
    version.path.rename(old)
    keep_version(tmp_path, REPORT, b"two", Reason.WORKING, NOW)
    assert [read_version(one) for one in versions_of(tmp_path, REPORT)] == [b"two", b"one"]


@pytest.mark.parametrize("reason", [Reason.CLOSED, Reason.REVIEW, Reason.FINAL, Reason.SUBMITTED])
def test_a_state_that_has_a_name_is_found_by_it_though_the_same_stands_there(
    tmp_path: Path, reason: Reason
) -> None:
    keep_version(tmp_path, REPORT, b"one", Reason.WORKING, NOW)
    for _ in range(2):
        keep_version(tmp_path, REPORT, b"one", reason, NOW)
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW)
    assert [version.reason for version in versions_of(tmp_path, REPORT)] == [reason]


def test_each_draft_is_a_version_with_its_number(tmp_path: Path) -> None:
    for number in (1, 2, 12):
        keep_version(tmp_path, REPORT, b"the same", Reason.DRAFT, NOW, number)
    newest, *others = versions_of(tmp_path, REPORT)
    assert newest.says.endswith("送审稿第 12 稿")
    assert [version.number for version in others] == [2, 1]


def test_past_the_bound_of_size_the_oldest_go() -> None:
    kept = made(*(dt.timedelta(minutes=number) for number in range(10)), size=MOST_BYTES // 4)
    assert left(kept) == kept[:4]


@given(
    st.lists(st.timedeltas(dt.timedelta(), dt.timedelta(days=2000)), min_size=1),
    st.sampled_from(Reason),
    st.integers(1, MOST_BYTES * 2),
)
def test_the_newest_always_stays_and_thinning_again_takes_no_more(
    ages: list[dt.timedelta], reason: Reason, size: int
) -> None:
    kept = made(*ages, reason=reason, size=size)
    stays = left(kept)
    assert stays[0] == kept[0]
    assert left(stays) == stays
    assert len(stays) == 1 or sum(version.size for version in stays) <= MOST_BYTES


def test_keeping_thins_and_a_start_does_not(tmp_path: Path) -> None:
    for number in range(NEWEST + 20):
        keep_version(tmp_path, REPORT, f"{number}".encode(), Reason.OPENED, NOW)
    assert len(versions_of(tmp_path, REPORT)) == NEWEST + 20
    keep_version(tmp_path, REPORT, b"worked", Reason.WORKING, NOW)
    assert len(versions_of(tmp_path, REPORT)) == NEWEST + 1


def test_versions_go_with_a_report_that_is_renamed_and_take_no_others_place(tmp_path: Path) -> None:
    other = REPORT.with_name("other.gknb")
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW)
    take_versions_along(tmp_path, REPORT, other)
    assert [read_version(one) for one in versions_of(tmp_path, other)] == [b"one"]
    keep_version(tmp_path, REPORT, b"two", Reason.OPENED, NOW)
    take_versions_along(tmp_path, REPORT, other)
    assert [read_version(one) for one in versions_of(tmp_path, other)] == [b"one"]
    assert [read_version(one) for one in versions_of(tmp_path, REPORT)] == [b"two"]


def test_versions_go_with_a_renamed_report_though_a_virus_scanner_looks_at_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = REPORT.with_name("other.gknb")
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW)
    look_for_a_moment(monkeypatch, "replace")
    take_versions_along(tmp_path, REPORT, other)
    assert [read_version(one) for one in versions_of(tmp_path, other)] == [b"one"]


@pytest.mark.skipif(sys.platform == "win32", reason="a user's own folder is theirs there")
def test_nobody_else_may_read_a_version(tmp_path: Path) -> None:
    keep_version(tmp_path, REPORT, b"one", Reason.OPENED, NOW)
    (kept,) = versions_of(tmp_path, REPORT)
    assert kept.path.stat().st_mode & 0o777 == 0o600
