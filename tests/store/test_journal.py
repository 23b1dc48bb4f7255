"""What stands in a journal is what was typed: whole, or up to the first line that is not trusted."""

import copy
import datetime as dt
import errno
import os
import subprocess
import sys
from io import FileIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.report.document import new_report
from reportdesk.report.edits import Edit, TextChange, apply_edit
from reportdesk.report.file.codec import encode
from reportdesk.store import disk
from reportdesk.store.fingerprint import digest_of
from reportdesk.store.journal import (
    KEPT_ASIDE,
    Stop,
    begin_journal,
    journals_of,
    left_journals,
    read_journal,
    set_journal_aside,
    thin_aside,
)
from tests.store.refusals import look_for_a_moment
from tests.strategies import edits, reports

FORM = load_form("2021")
AT = dt.datetime(2025, 1, 9, 14, 32, tzinfo=dt.UTC)
BASE = encode(new_report(FORM, 2024, "常乐镇人民政府"))
TYPED = [
    Edit("编辑文字", (TextChange("overview.disclosure", place, "", sign),))
    for place, sign in enumerate("公开\n信息")
]


def written(folder: Path, made: list[Edit], base: bytes = BASE) -> Path:
    writer = begin_journal(folder, folder / "年报.gknb", base)
    for edit in made:
        writer.append(edit, AT)
    writer.sync()
    writer.close()
    return writer.path


@given(st.data())
def test_what_was_typed_is_read_back_and_leads_to_the_same_report(data: st.DataObject) -> None:
    report = data.draw(reports(FORM))
    base, replayed, made = encode(report), copy.deepcopy(report), []
    for _ in range(data.draw(st.integers(1, 4))):
        edit = data.draw(edits(FORM, report))
        apply_edit(report, edit)
        made.append(edit)
        if data.draw(st.booleans()):  # taken back, as by undo
            apply_edit(report, edit.inverse())
            made.append(edit.inverse())
    with TemporaryDirectory() as folder:
        journal = read_journal(written(Path(folder), made, base))
    assert journal.stop is None
    assert journal.base == base
    for entry in journal.entries:
        apply_edit(replayed, entry.edit)
    assert encode(replayed) == encode(report)


def test_the_header_tells_what_it_builds_on(tmp_path: Path) -> None:
    journal = read_journal(written(tmp_path, TYPED))
    assert journal.report == tmp_path / "年报.gknb"
    assert journal.base == BASE
    assert [entry.edit for entry in journal.entries] == TYPED
    assert {entry.at for entry in journal.entries} == {AT}


def test_cut_at_any_byte_it_holds_what_was_typed_before(tmp_path: Path) -> None:
    path = written(tmp_path, TYPED)
    content = path.read_bytes()
    begins = content.index(b"\n", content.index(b"\n") + 1) + 1
    counts = set()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        journal = read_journal(path)
        made = [entry.edit for entry in journal.entries]
        assert made == TYPED[: len(made)]
        assert (journal.stop is Stop.FOREIGN) == (length < begins - 1)
        counts.add(len(made))
    assert counts == set(range(len(TYPED) + 1))


@given(st.data())
def test_with_any_byte_changed_it_holds_the_beginning_or_nothing(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder), TYPED)
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        journal = read_journal(path)
    made = [entry.edit for entry in journal.entries]
    assert journal.stop is not None
    assert made == TYPED[: len(made)]
    assert len(made) < len(TYPED)


@pytest.mark.parametrize("damage", ["dropped", "doubled", "moved"])
def test_a_line_that_is_not_in_its_place_stops_it_there(tmp_path: Path, damage: str) -> None:
    path = written(tmp_path, TYPED)
    lines = path.read_bytes().splitlines(keepends=True)
    third = lines[4]
    if damage == "dropped":
        del lines[4]
    elif damage == "doubled":
        lines.insert(4, third)
    else:
        lines[4], lines[5] = lines[5], third
    path.write_bytes(b"".join(lines))
    journal = read_journal(path)
    assert journal.stop is Stop.BROKEN
    expected = 3 if damage == "doubled" else 2
    assert [entry.edit for entry in journal.entries] == TYPED[:expected]


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b"\xff" * 100, b"0 0\n0 0\n", BASE])
def test_what_is_no_journal_is_told_from_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.journal"
    path.write_bytes(content)
    assert read_journal(path).stop is Stop.FOREIGN


def test_a_journal_that_is_being_written_is_not_left(tmp_path: Path) -> None:
    report = tmp_path / "年报.gknb"
    writer = begin_journal(tmp_path, report, BASE)
    assert left_journals(tmp_path) == ()
    second = begin_journal(tmp_path, report, BASE)
    assert second.path != writer.path
    writer.close()
    assert left_journals(tmp_path, report) == (writer.path,)
    assert left_journals(tmp_path, tmp_path / "other.gknb") == ()
    second.discard()
    assert not second.path.exists()


def test_a_journal_of_a_killed_program_is_left(tmp_path: Path) -> None:
    program = f"""if True:
        import datetime, os, signal
        from pathlib import Path
        from reportdesk.report.edits import Edit, TextChange
        from reportdesk.store.journal import begin_journal
        folder = Path({str(tmp_path)!r})
        writer = begin_journal(folder, folder / "年报.gknb", {BASE!r})
        edit = Edit("编辑文字", (TextChange("overview.disclosure", 0, "", "公开"),))
        writer.append(edit, datetime.datetime.now().astimezone())
        os._exit(9)
    """
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == 9
    (left,) = left_journals(tmp_path, tmp_path / "年报.gknb")
    assert len(read_journal(left).entries) == 1


@pytest.mark.parametrize("jump", [dt.timedelta(days=40), dt.timedelta(days=1500), dt.timedelta(days=-5000)])
def test_what_was_put_aside_outlives_a_wrong_clock(tmp_path: Path, jump: dt.timedelta) -> None:
    kept = [set_journal_aside(written(tmp_path, TYPED), AT + dt.timedelta(days=days)) for days in range(3)]
    kept.append(set_journal_aside(written(tmp_path, TYPED), AT + jump))
    kept.append(set_journal_aside(written(tmp_path, TYPED), AT))
    thin_aside(tmp_path)
    assert all(one.exists() for one in kept)
    thin_aside(tmp_path / "没有")


def test_of_too_many_put_aside_the_first_go_whatever_their_times_are(tmp_path: Path) -> None:
    of_old_programs = [
        tmp_path / "aside" / f"{'0' * 16}-1-2024010{day}-103200-abcd.journal" for day in (2, 1)
    ]
    kept = [
        set_journal_aside(written(tmp_path, TYPED), AT - dt.timedelta(days=100 * number))
        for number in range(KEPT_ASIDE)
    ]
    other = kept[0].with_name("别的.journal")
    for path in (*of_old_programs, other):
        path.touch()
    waiting = written(tmp_path, TYPED)
    kept.append(set_journal_aside(written(tmp_path, TYPED), AT))
    thin_aside(tmp_path)
    assert [one.exists() for one in (*of_old_programs, kept[0], other, waiting)] == [False] * 3 + [True] * 2
    assert all(one.exists() for one in kept[1:])


@pytest.mark.skipif(sys.platform == "win32", reason="a user's own folder is theirs there")
def test_nobody_else_may_read_a_journal(tmp_path: Path) -> None:
    assert written(tmp_path, TYPED).stat().st_mode & 0o777 == 0o600


def test_set_aside_it_is_kept_but_not_offered(tmp_path: Path) -> None:
    path = written(tmp_path, TYPED)
    aside = set_journal_aside(path, AT)
    assert left_journals(tmp_path) == ()
    assert read_journal(aside).base == BASE


def test_a_report_that_was_renamed_finds_its_journal_by_what_it_holds(tmp_path: Path) -> None:
    path = written(tmp_path, TYPED)
    renamed = tmp_path / "改了名.gknb"
    assert journals_of(tmp_path, renamed, BASE) == (path,)
    assert journals_of(tmp_path, renamed, b"{}") == ()


def test_a_copy_beside_the_report_does_not_take_its_journal_away(tmp_path: Path) -> None:
    path = written(tmp_path, TYPED)
    report = tmp_path / "年报.gknb"
    report.write_bytes(BASE)
    assert journals_of(tmp_path, tmp_path / "副本.gknb", BASE) == ()
    assert journals_of(tmp_path, report, BASE) == (path,)


def test_the_file_that_a_save_wrote_is_known_too(tmp_path: Path) -> None:
    writer = begin_journal(tmp_path, tmp_path / "年报.gknb", BASE)
    writer.append(TYPED[0], AT)
    writer.mark_save(digest_of(b"saved"))
    writer.append(TYPED[0], AT)
    writer.close()
    journal = read_journal(writer.path)
    assert (len(journal.entries), journal.stop) == (2, None)
    assert [journal.builds_on(digest_of(one)) for one in (BASE, b"saved", b"other")] == [True, True, False]
    assert journals_of(tmp_path, tmp_path / "改了名.gknb", b"saved") == (writer.path,)


def test_set_aside_it_is_looked_at_again_until_it_stands_elsewhere(tmp_path: Path) -> None:
    report = tmp_path / "年报.gknb"
    aside = set_journal_aside(written(tmp_path, TYPED), AT)
    assert journals_of(tmp_path, report, BASE) == (aside,)
    held = set_journal_aside(aside, AT, held=True)
    assert read_journal(held).base == BASE
    assert journals_of(tmp_path, report, BASE) == ()
    set_journal_aside(written(tmp_path, TYPED), AT, held=True)
    assert journals_of(tmp_path, report, BASE) == ()


def test_it_is_set_aside_though_a_virus_scanner_looks_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, TYPED)
    look_for_a_moment(monkeypatch, "replace")
    set_journal_aside(path, AT)
    assert left_journals(tmp_path) == ()


def test_a_disk_that_takes_half_a_line_leaves_what_was_typed_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_some(file: FileIO, content: bytes) -> NoReturn:
        file.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    writer = begin_journal(tmp_path, tmp_path / "年报.gknb", BASE)
    writer.append(TYPED[0], AT)
    monkeypatch.setattr(disk, "write", write_some)
    with pytest.raises(OSError, match="space"):
        writer.append(TYPED[1], AT)
    writer.close()
    journal = read_journal(writer.path)
    assert [entry.edit for entry in journal.entries] == TYPED[:1]
    assert journal.stop is Stop.TORN


def test_a_disk_that_takes_no_first_line_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "write", refuse)
    with pytest.raises(OSError, match="space"):
        begin_journal(tmp_path, tmp_path / "年报.gknb", BASE)
    assert list(tmp_path.iterdir()) == []


def test_a_report_of_the_same_path_written_otherwise_finds_its_journal(tmp_path: Path) -> None:
    path = written(tmp_path, TYPED)
    other = tmp_path / "x" / ".." / "年报.gknb"
    assert left_journals(tmp_path, other) == (path,)


def test_a_report_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert left_journals(tmp_path / "none", tmp_path / "a.gknb") == ()


def test_a_journal_that_goes_while_it_is_looked_at_is_not_left_nor_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, [])
    real = disk.open_there

    def open_too_late(journal: Path) -> FileIO:
        path.unlink()  # its program has just saved the report
        return real(journal)

    monkeypatch.setattr(disk, "open_there", open_too_late)
    assert left_journals(tmp_path) == ()
    assert not path.exists()
