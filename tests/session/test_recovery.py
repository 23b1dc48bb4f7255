"""A journal that was left is replayed beside the file, and judged against it."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Report, State, new_report
from reportdesk.report.edit_between import without_standing
from reportdesk.report.edits import Edit, EntryChange, Slot, TextChange, set_cells, set_fact
from reportdesk.report.file.codec import decode, encode
from reportdesk.report.text.days import spell_recent
from reportdesk.session.keeping.recovery import Fit, Recovery, read_recovery
from reportdesk.session.session import Session
from reportdesk.store.journal import begin_journal
from tests.strategies import edits, reports

FORM = load_form("2021")
AT = dt.datetime(2025, 1, 9, 14, 32, tzinfo=dt.timezone(dt.timedelta(hours=8)))
CELL = CellRef("requests", "new", "person")
PART = "overview.disclosure"


def session_of(report: Report) -> Session:
    return Session(FORM, report, AT.date())


def left(folder: Path, session: Session, base: bytes, made: list[Edit]) -> Path:
    """The journal that a program leaves that is ended after these edits."""
    writer = begin_journal(folder, folder / "a.gknb", base)
    session.journal = lambda edit: writer.append(edit, AT)
    for edit in made:
        session.apply(edit)
    writer.close()
    return writer.path


@pytest.fixture
def base() -> bytes:
    return encode(new_report(FORM, 2024, "常乐镇人民政府"))


def recovered(folder: Path, base: bytes) -> Recovery:
    session = session_of(decode(base).report)
    number = set_cells(session.report, FORM, {CELL: 3})
    words = Edit("编辑文字", (TextChange(PART, 0, "", "公开"),))
    found = read_recovery(left(folder, session, base, [number, words]))
    assert found is not None
    return found


def test_it_says_what_it_holds(tmp_path: Path, base: bytes) -> None:
    found = recovered(tmp_path, base)
    assert found.places == 2
    assert found.until == AT
    assert found.says == f"{spell_recent(AT.astimezone())} 之前的 2 处修改"
    assert found.file == tmp_path / "a.gknb"


def test_it_fits_the_file_that_it_builds_on_and_no_other(tmp_path: Path, base: bytes) -> None:
    found = recovered(tmp_path, base)
    assert found.fit(base) is Fit.FITS
    assert found.fit(found.content) is Fit.SAVED
    assert found.fit(found.content.replace(b'"program"', b'"x_program"')) is Fit.SAVED
    assert found.fit(encode(new_report(FORM, 2024, "别的镇"))) is Fit.OTHER
    assert found.fit(b"no report") is Fit.OTHER


@given(st.data())
def test_recovered_is_what_was_typed_as_one_step_that_undo_takes_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    begun = data.draw(reports(FORM))
    begun.facts.pop(Fact.STATE, None)
    base = encode(begun)
    typing = session_of(decode(base).report)
    made: list[Edit] = []
    typing.journal = made.append
    for _ in range(data.draw(st.integers(1, 4))):
        edit = data.draw(edits(FORM, typing.report))
        typing.apply(without_standing(edit))
        if data.draw(st.booleans()):
            typing.undo()
    writer = begin_journal(folder, folder / "a.gknb", base)
    for edit in made:
        writer.append(edit, AT)
    writer.close()
    found = read_recovery(writer.path)
    assert found is not None
    assert not found.is_cut
    opened = session_of(decode(base).report)
    opened.recover(found.edit_for(opened.report))
    assert encode(opened.report) == encode(typing.report)
    if opened.history.next_undo:
        opened.undo()
    assert encode(opened.report) == base


def test_a_report_that_was_taken_back_and_changed_is_recovered_although_its_file_is_final(
    tmp_path: Path,
) -> None:
    report = new_report(FORM, 2024, "常乐镇人民政府")
    report.facts[Fact.STATE] = State.FINAL
    base = encode(report)
    typing = session_of(decode(base).report)
    writer = begin_journal(tmp_path, tmp_path / "a.gknb", base)
    typing.journal = lambda edit: writer.append(edit, AT)
    typing.move_to(State.DRAFT, "改数字")
    typing.apply(set_cells(typing.report, FORM, {CELL: 3}))
    writer.close()
    found = read_recovery(writer.path)
    assert found is not None
    opened = session_of(decode(base).report)
    opened.recover(found.edit_for(opened.report))
    assert encode(opened.report) == encode(typing.report)
    opened.undo()
    assert opened.report.state is State.DRAFT  # what was signed is not signed again by a key
    assert CELL not in opened.report.cells


def test_an_edit_that_does_not_fit_ends_it_there(tmp_path: Path, base: bytes) -> None:
    writer = begin_journal(tmp_path, tmp_path / "a.gknb", base)
    for edit in (
        set_fact(decode(base).report, Fact.ADDRESS, "常乐街1号"),
        Edit("编辑文字", (TextChange(PART, 99, "没有", ""),)),
        Edit("编辑文字", (TextChange(PART, 0, "", "公开"),)),
    ):
        writer.append(edit, AT)
    writer.close()
    found = read_recovery(writer.path)
    assert found is not None
    assert (found.places, found.is_cut) == (1, True)
    assert "后面一段已损坏" in found.says


@pytest.mark.parametrize(
    "change",
    [
        EntryChange(Slot.CELLS, CellRef("requests", "new", "total"), None, 7),
        EntryChange(Slot.CELLS, CellRef("no", "such", "cell"), None, 7),
        EntryChange(Slot.FINISHED, "nowhere", None, True),
        TextChange("nowhere", 0, "", "字"),
    ],
)
def test_nothing_gets_in_by_a_journal_that_no_file_may_hold(
    tmp_path: Path, base: bytes, change: EntryChange | TextChange
) -> None:
    does_not_fit = Edit("编辑文字", (TextChange(PART, 99, "没有", ""),))
    for follows in ((), (does_not_fit,)):
        writer = begin_journal(tmp_path, tmp_path / "a.gknb", base)
        for edit in (Edit("填数", (change,)), *follows):
            writer.append(edit, AT)
        writer.close()
        assert read_recovery(writer.path) is None


def test_what_is_no_journal_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    assert read_recovery(path) is None
    path.write_bytes(b"x")
    assert read_recovery(path) is None
