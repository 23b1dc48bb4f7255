"""What a clerk would do with a report that is full of markup: every page, bar and dialog of the window."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from reportdesk.gui.common import questions
from reportdesk.gui.common.background_jobs import WaitDialog
from reportdesk.gui.common.locations import Place
from reportdesk.gui.findings.actions import FindingActions
from reportdesk.gui.grid.delegate import CellEditor
from reportdesk.gui.intake import form_package, form_packages_page
from reportdesk.gui.intake.import_page import ImportDialog
from reportdesk.gui.outgoing import submission_result, submitting
from reportdesk.gui.start.settings_dialog import SettingsDialog
from reportdesk.gui.start.unit_page import UnitPage
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.intake.form_package import Package
from reportdesk.intake.forms_taken import Taken
from reportdesk.report.document import Fact, State
from reportdesk.report.edits import TextChange, change_fact, change_text
from reportdesk.session.workflow import moves_from
from reportdesk.store.lock import Holder
from reportdesk.store.versions import Reason
from reportdesk.worker.submission import InternalPaper
from tests.gui.hostile_report import MARKUP, write_many_units, write_page
from tests.gui.hostile_walk import wait_until
from tests.gui.open_window import open_report, shown_view

Step = Callable[[], object]
PART = "overview.disclosure"
CONTROL = Qt.KeyboardModifier.ControlModifier


def steps(window: MainWindow, path: Path, folder: Path) -> Iterator[Step]:
    """One after the other, each a function; what is open is closed again."""
    yield window.open_and_new.ask_for_unit
    page = next(iter(window.findChildren(UnitPage)))
    yield partial(page.take_file, write_many_units(folder))
    yield partial(page.units.setCurrentRow, 0)
    yield lambda: page.units.itemActivated.emit(page.units.item(1))
    yield window.show_outline
    assert window.open_path(path)
    yield from in_the_report(window)
    yield from editors(window)
    yield from beside(window)
    yield from message_boxes(window)
    yield from bars(window)
    yield from taken_in(window, folder)
    yield from handed_in(window)
    yield from without_a_report(window)


def noted() -> None:
    """What came of the last step is to be seen."""


def in_the_report(window: MainWindow) -> Iterator[Step]:
    """Every section, and what is unfolded beside the page."""
    view = shown_view(window)
    for entry in view.sections.entries:
        yield partial(click, entry)
    for key in (Qt.Key.Key_F9, Qt.Key.Key_F8, Qt.Key.Key_F8, Qt.Key.Key_F7):
        yield partial(QTest.keyClick, window, key)
    yield view.side_panels.show_open
    yield partial(QTest.keyClick, window, Qt.Key.Key_F, CONTROL)
    yield partial(QTest.keyClicks, QApplication.focusWidget() or window, "<img")
    yield partial(window.status_line.say, MARKUP, MARKUP, noted)
    yield partial(window.status_line.warn, MARKUP, MARKUP, noted)
    yield partial(window.status_line.trouble, MARKUP, MARKUP, noted)
    yield partial(window.status_line.show_whose, MARKUP, "2024")
    session = open_report(window).session
    yield lambda: session.apply(change_fact(session.report, session.form, Fact.TELEPHONE, f"{MARKUP}2"))
    yield window.commands.undo
    yield window.commands.redo


def editors(window: MainWindow) -> Iterator[Step]:
    """A cell and its remark, a paste that can be tidied, each finding with its 说明 and its change, the preview."""
    view, session = shown_view(window), open_report(window).session
    cell = next(iter(session.report.remarks))
    section = next(
        one.id for one in session.form.sections if cell.table in {table.id for table in one.tables}
    )

    def is_typed_into() -> bool:
        """Whether a cell's editor is open; a window that becomes active late takes the cursor elsewhere once."""
        if not view.findChildren(CellEditor):
            view.go_to(Place(section, cell=cell))
            QApplication.processEvents()
            QTest.keyClicks(QApplication.focusWidget() or window, "7")
        return bool(view.findChildren(CellEditor))

    yield partial(view.go_to, Place(section, cell=cell))
    yield lambda: wait_until(is_typed_into)
    yield lambda: QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    yield partial(view.go_to, Place("overview", part=PART, offset=0))
    QApplication.clipboard().setText(f"- {MARKUP}，\n- 第二条。\n- 第三条。")
    yield lambda: QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_V, CONTROL)
    checked: list[bool] = []
    view.check_whole(lambda: checked.append(True))
    wait_until(lambda: checked)
    yield partial(view.side_panels.unfold_findings, shown=True)
    written: set[bool] = set()
    for _ in session.findings:
        view.step_finding(1)
        for actions in view.findChildren(FindingActions):
            has_change = actions._mend is not None
            if has_change not in written:  # of each kind one is enough
                written.add(has_change)
                yield actions._write
                yield actions._preview if has_change else noted
    yield partial(view.side_panels.unfold_preview, shown=True)
    preview = view.side_panels.preview
    assert preview is not None
    wait_until(lambda: preview.desk.page_count)
    yield partial(preview.message.show_trouble, MARKUP)
    yield partial(view.side_panels.unfold_preview, shown=False)


def beside(window: MainWindow) -> Iterator[Step]:
    """设置 with each of its pages, help with each of its pages, 自检, 关于, what went wrong, 审核了什么."""
    one = Taken(MARKUP, "0" * 64, "2026年1月1日", MARKUP, ("forms/x.toml",))
    form_packages_page.taken = lambda: (one,)  # type: ignore[attr-defined]
    yield window.beside.show_settings
    (settings,) = window.findChildren(SettingsDialog)
    for tab in range(settings.tabs.count()):
        yield partial(settings.tabs.setCurrentIndex, tab)
    settings.profile.lines["full_name"].setText(f"{MARKUP}2")
    yield settings.close  # asks what becomes of the profile
    settings.profile.lines["full_name"].setText(MARKUP)
    settings.close()
    yield window.beside.show_help
    help_window = window.beside._help
    assert help_window is not None
    for page in help_window._pages:
        yield partial(help_window.open_page, page.name)
    yield partial(help_window.words.setText, MARKUP)
    yield partial(help_window.words.setText, "<img")
    yield help_window.hide
    yield window.beside.show_self_check
    yield partial(close_all, window)
    yield window.beside.show_about
    yield partial(close_all, window)
    yield partial(window.beside.show_error, MARKUP)
    yield partial(window.beside._show_crash, MARKUP, MARKUP)
    yield partial(close_all, window)
    yield partial(WaitDialog(MARKUP, MARKUP, window, may_go_on=True).open)
    yield partial(close_all, window)
    yield partial(show_compared, window)
    yield partial(close_all, window)


def show_compared(window: MainWindow) -> None:
    from reportdesk.gui.findings.compared_page import ComparedPage

    ComparedPage(open_report(window).session, window.preferences.theme, window).open()


def message_boxes(window: MainWindow) -> Iterator[Step]:
    """Each question that there is, whatever words it takes, and those after a double click on a .gkform."""
    for name, ask in inspect.getmembers(questions, inspect.isfunction):
        if name.startswith("ask_"):
            yield partial(
                ask, *(words_for(one, window) for one in inspect.signature(ask).parameters.values())
            )
    for icon in (QMessageBox.Icon.Warning, QMessageBox.Icon.Information):
        yield partial(form_package._tell, icon, MARKUP)
    package = Package({}, (), "12345678", name=MARKUP, digest="0" * 64)
    yield form_package.ConsentDialog(package, (MARKUP,) * 9, window).exec


def words_for(one: inspect.Parameter, window: MainWindow) -> Any:
    """Markup for whatever a question is asked with."""
    kinds: dict[str, Any] = {"QWidget": window, "str": MARKUP, "Sequence[str]": (MARKUP,) * 9}
    return kinds[str(one.annotation)]


def bars(window: MainWindow) -> Iterator[Step]:
    """What is asked above the page, and the report's states."""
    keeper, session = window.keeper, open_report(window).session
    yield keeper.elsewhere.ask_which
    yield keeper.moved.ask_where
    yield partial(keeper._close_for, Holder(MARKUP, MARKUP, 1, MARKUP, None, MARKUP))
    yield keeper.questions.open_to_changes
    yield partial(keeper.questions.ask, MARKUP, [(MARKUP, MARKUP, noted)])
    yield keeper.questions.ask_no_more
    for move in moves_from(session.report.state):
        yield partial(window.the_standing().go, move)
    reopens = next(move for state in State for move in moves_from(state) if move.reopens)
    yield lambda: window.the_standing()._show_bar(open_report(window)).show_read_only(MARKUP, reopens)
    yield lambda: window.the_standing()._show_bar(open_report(window)).ask(reopens)
    yield window.the_standing().show
    yield partial(keeper.versions.keep_before, Reason.IMPORT)
    wait_until(lambda: keeper.beside.is_idle)
    yield lambda: session.apply(change_fact(session.report, session.form, Fact.ADDRESS, f"{MARKUP}2"))
    yield keeper.versions.show_versions
    yield partial(close_all, window)


def taken_in(window: MainWindow, folder: Path) -> Iterator[Step]:
    """导入: what is read, 逐处比较, and as last year's; a new report."""
    dialog = window.importing.show(write_page(folder))
    assert dialog is not None
    yield noted
    wait_until(lambda: not dialog.is_reading)
    yield noted
    yield dialog._show_compared
    assert dialog.table.rowCount()
    yield dialog.reject
    refused = folder / "<b>不是年报.html"
    refused.write_text(MARKUP, encoding="utf-8")
    other = window.importing.show(refused)
    assert isinstance(other, ImportDialog)
    wait_until(lambda: not other.is_reading)
    yield noted
    yield other.reject
    yield window.open_and_new.begin_new
    yield window.open_and_new.begin_from_last_year


def handed_in(window: MainWindow) -> Iterator[Step]:
    """送审稿 twice, so that it comes with a 修改对照单, 审核单, export, 报送 and what was made."""
    for module in (submitting, submission_result):
        module.open_path = lambda _path: ""  # type: ignore[attr-defined]
    commands, report = window.commands, open_report(window)
    session, autosave = report.session, report.autosave
    for paper in (InternalPaper.DRAFT, InternalPaper.DRAFT, InternalPaper.SLIP):
        yield partial(commands.submitter.make_paper, paper, session, autosave.path)
        wait_until(lambda: not commands.submitter.is_busy)
        yield noted
        more = TextChange(PART, 0, "", MARKUP)
        session.apply(change_text(session.report, session.form, more))
    assert any("修改对照" in path.name for path in autosave.path.parent.rglob("*"))
    yield partial(commands.export, None)
    yield commands.copy_for_website
    yield partial(commands.submitter.open, session, autosave.path)
    page = commands.submitter.page
    assert page is not None
    yield lambda: page.wanted.emit()  # noqa: PLW0108 (a signal's emit gives whether it was heard)
    wait_until(lambda: not commands.submitter.is_busy)
    yield noted
    assert page.result is not None
    yield page.result.open_folder.click
    yield commands.submitter.leave


def without_a_report(window: MainWindow) -> Iterator[Step]:
    """The list of reports, what is kept of any, and a file that cannot be opened."""
    path = open_report(window).path
    yield window.back_to_start
    yield noted
    yield window.keeper.versions.show_versions
    yield partial(close_all, window)
    path.write_bytes(path.read_bytes()[:200])
    yield partial(window.open_path, path)
    yield partial(close_all, window)
    yield window.close


def close_all(window: QWidget) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.close()


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
