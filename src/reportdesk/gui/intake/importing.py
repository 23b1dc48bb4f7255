"""导入 in the window: asks for a file, shows what it holds, and does what the clerk decided.

What is shown is ``import_page``'s, what becomes of it ``reportdesk.intake.apply_import``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.form.load import edition_for, load_form
from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.files import free_path
from reportdesk.gui.common.opening import open_path
from reportdesk.gui.intake import import_files
from reportdesk.gui.intake.import_page import Around, Decision, ImportDialog
from reportdesk.intake.apply_import import (
    Way,
    begin_from_file,
    last_year_of,
    take_as_last_year,
    take_in,
)
from reportdesk.outgoing.file_names import report_stem
from reportdesk.readers.files.limits import MAX_FILE
from reportdesk.report.edits import Edit
from reportdesk.report.print_changes import FigureChange
from reportdesk.session.new_year import LastYear
from reportdesk.store import disk
from reportdesk.store.clock import now
from reportdesk.store.file import StoreError, write_report
from reportdesk.store.folders import ensure_folder
from reportdesk.store.versions import Reason

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.form.spec import Form
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.saving.version_keeper import VersionKeeper
    from reportdesk.session.session import Session


class Importing:
    """Takes files in, for one window; its dialogs stand over ``parent``.

    ``begin_from`` asks for what else a new report needs that is made from last year's.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        versions: VersionKeeper,
        begin_from: Callable[[LastYear], object],
    ) -> None:
        self._context = context
        self._messages = context.messages
        self._parent = parent
        self._versions = versions
        self._begin_from = begin_from

    def ask(self) -> None:
        """Ask for a file and show what it holds."""
        if not self._may_begin():
            return
        paths = import_files.ask_for_import(self._parent, self._folder())
        if paths:
            self.show(*paths)

    def show(self, path: Path, *more: Path) -> ImportDialog | None:
        """Show what the file holds, or what those of offices add up to; None while the clerk is not done with a cell."""
        if not self._may_begin():
            return None
        current = self._context.current
        around = Around(
            newest=_newest_form(),
            report=current.session.report if current is not None else None,
            form=current.session.form if current is not None else None,
            read_only=_why_read_only(current.session) if current is not None else "",
            own=self._context.own_unit(),
        )
        dialog = self._dialog(path, around, self._parent, more)
        dialog.decided.connect(self._do)
        dialog.other_wanted.connect(self.ask)
        dialog.open()
        return dialog

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Open a report of ours, show what any other file holds, or what several of offices add up to."""
        foreign = [path for path in paths if import_files.is_foreign(path)]
        if not import_files.is_foreign(paths[0]):
            self._context.shell.open_path(paths[0])
        else:
            self.show(*foreign)

    def show_last_year(self, path: Path, parent: QWidget, take: Callable[[LastYear], object]) -> ImportDialog:
        """Show what last year's file holds; ``take`` gets it if the clerk wants it."""
        own = self._context.own_unit()
        dialog = self._dialog(path, Around(newest=_newest_form(), own=own, for_last_year=True), parent)
        dialog.decided.connect(lambda decided: take(self._last_year(decided)))
        dialog.open()
        return dialog

    def _dialog(self, path: Path, around: Around, parent: QWidget, more: Sequence[Path] = ()) -> ImportDialog:
        context = self._context
        dialog = ImportDialog(context.worker, context.preferences.theme, path, around, parent, more)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _may_begin(self) -> bool:
        report = self._context.current
        return report is None or (self._context.shell.may_edit("导入") and report.view.finish_editing())

    def _folder(self) -> Path:
        report = self._context.current
        return self._context.preferences.reports[0] if report is None else report.path.parent

    # -- what was decided

    def _do(self, decided: Decision) -> None:
        report = self._context.current
        if decided.way is Way.NEW_REPORT:
            self._make_new(decided)
        elif report is None:
            if decided.way is Way.LAST_YEAR:
                self._begin_from(self._last_year(decided))
        elif decided.way is Way.LAST_YEAR:
            self._keep_last_year(report.session, decided)
        else:
            self._take_in(report.session, decided)

    def _take_in(self, session: Session, decided: Decision) -> None:
        name = decided.name or decided.path.name
        edit = take_in(session.report, session.form, decided.proposal, decided.accepted, name)
        numbers = sum(isinstance(one.change, FigureChange) for one in decided.accepted)
        words = len(decided.accepted) - numbers
        counted = "、".join([f"数字 {numbers} 处"] * bool(numbers) + [f"文字 {words} 处"] * bool(words))
        self._apply(session, edit, f"已从“{name}”导入{counted}。按 Ctrl+Z 或点“撤销”，一次全部还原。")

    def _keep_last_year(self, session: Session, decided: Decision) -> None:
        report = session.report
        year = None if report.year is None else report.year - 1
        last = self._last_year(decided, year)
        edit = take_as_last_year(report, session.form, last)
        told = f"已把“{decided.path.name}”作为{year}年年报放在旁边对照。按 Ctrl+Z 或点“撤销”还原。"
        self._apply(session, edit, told)

    def _apply(self, session: Session, edit: Edit, told: str) -> None:
        self._versions.keep_before(Reason.IMPORT)
        session.apply(edit)
        made, context = session.revision, self._context
        if context.current is not None:
            context.current.view.go_to_edit(edit)

        def is_one_step_back() -> bool:
            return context.is_open(session) and session.revision == made

        self._messages.say(told, "撤销", context.shell.undo, holds=is_one_step_back)

    def _make_new(self, decided: Decision) -> None:
        name = decided.name or decided.path.name
        report = begin_from_file(decided.proposal, name, self._context.own_unit())
        folder, about_folder = self._context.preferences.reports
        stem = report_stem(report.name_in_title(), str(report.year or ""))

        def write() -> Path:
            ensure_folder(folder)
            path = free_path(folder, stem or f"{decided.path.stem}年报")
            write_report(path, report)
            return path

        try:
            path = waited(write, "正在读写文件，磁盘有点慢。")
        except StoreError as error:
            self._messages.warn(str(error))
            return
        if self._context.shell.open_path(path):
            told = f"{about_folder}已用“{name}”建成新年报，存在 {path}。原文件没有改动。"
            self._messages.say(told, "打开文件夹", lambda: self._open(folder))

    def _open(self, folder: Path) -> None:
        sentence = open_path(folder)
        if sentence:
            self._messages.warn(sentence)

    def _last_year(self, decided: Decision, year: int | None = None) -> LastYear:
        own = self._context.own_unit()
        return last_year_of(decided.proposal, decided.path.name, _content(decided.path), year, own)


def _newest_form() -> Form:
    """The form that a report begun today is made in."""
    return load_form(edition_for(now().year - 1))


def _content(path: Path) -> bytes:
    """The file's bytes, by which it is known again; none if it went away meanwhile."""
    try:
        return waited(lambda: disk.read(path, MAX_FILE), f"正在读“{path.name}”。")
    except OSError:
        return b""


def _why_read_only(session: Session) -> str:
    from reportdesk.session.workflow import why_read_only

    if not session.is_read_only:
        return ""
    return session.closed_because or why_read_only(session.report)
