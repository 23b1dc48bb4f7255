"""Versions are kept at once and thinned by age, so that the clerk finds back what was."""

import datetime as dt
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.store.file import StoreError
from reportdesk.store.versions import (
    LAST_ONLY_COPIES,
    MOST_BYTES,
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
    return [
        Version(Path(f"{number}.gknb"), NOW - age, reason, f"{number}", size)
        for number, age in enumerate(ages)
    ]


def left(kept: list[Version]) -> list[Version]:
    gone = set(thin(kept, NOW))
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


def test_all_of_today_stay() -> None:
    kept = made(*(dt.timedelta(minutes=10 * number) for number in range(80)))
    assert left(kept) == kept
    of_one_second = made(*[dt.timedelta()] * 3, reason=Reason.MEND)
    assert left(of_one_second) == of_one_second


def test_of_a_day_before_the_last_stays() -> None:
    kept = made(*(dt.timedelta(days=1, minutes=10 * number) for number in range(20)))
    assert left(kept) == kept[:1]


def test_of_a_month_before_the_last_stays() -> None:
    kept = made(*(dt.timedelta(days=days) for days in range(400)))
    stays = left(kept)
    assert [version for version in kept if NOW - version.at <= dt.timedelta(days=30)] == stays[:31]
    assert len({f"{version.at:%Y-%m}" for version in stays[31:]}) == len(stays[31:]) > 10


@pytest.mark.parametrize(("days", "stays"), [(29, 20), (4000, LAST_ONLY_COPIES)])
def test_what_stands_nowhere_else_stays_for_thirty_days_and_the_last_of_it_for_good(
    days: int, stays: int
) -> None:
    kept = made(*[dt.timedelta(days=days)] * 20, reason=Reason.UNSAVED)
    assert left(kept) == kept[:stays]


@pytest.mark.parametrize("reason", [Reason.UNSAVED, Reason.REPLACED])
def test_what_was_kept_while_the_clock_was_years_behind_stays_once_it_is_right(
    tmp_path: Path, reason: Reason
) -> None:
    keep_version(tmp_path, REPORT, b"mine", reason, NOW.replace(year=2009))
    keep_version(tmp_path, REPORT, b"theirs", Reason.WORKING, NOW)
    assert [read_version(one) for one in versions_of(tmp_path, REPORT)] == [b"theirs", b"mine"]


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
    assert max(kept, key=lambda version: version.at).at in {version.at for version in stays}
    assert left(stays) == stays
    assert len(stays) == 1 or sum(version.size for version in stays) <= MOST_BYTES


def test_keeping_thins(tmp_path: Path) -> None:
    for days in range(70, 0, -1):
        keep_version(tmp_path, REPORT, f"{days}".encode(), Reason.OPENED, NOW - dt.timedelta(days=days))
    assert 30 <= len(versions_of(tmp_path, REPORT)) <= 34


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
