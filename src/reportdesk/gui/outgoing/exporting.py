"""Exports from the window: asks once if there are errors, says how far the worker is and where the files are.

What the files look like is the exporters' matter; they are written in the second process, so
that the window answers meanwhile and the work can be stopped.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal

from reportdesk.exports.formats import REPORT_FORMATS, Format
from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.opening import open_path
from reportdesk.gui.common.questions import Meeting, ask_about_others_files, ask_whether_to_export
from reportdesk.gui.common.worker_client import STOPPED
from reportdesk.outgoing.file_names import exports_folder, former_exports_folder, numbered
from reportdesk.outgoing.same_folder import own_word, standing_other
from reportdesk.report.file.codec import encode
from reportdesk.session.gate import blockers
from reportdesk.session.session import Session
from reportdesk.store.written_files import say_kept
from reportdesk.worker.messages import ask_to_publish, read_progress, read_written
from reportdesk.worker.protocol import Frame

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.common.worker_client import Pending
    from reportdesk.gui.context.context import Context
    from reportdesk.report.document import Report

Own = tuple[Path, tuple[Path, ...]]
"""The report's file, and the files of the other reports of this PC."""

_LOOKS = "正在看文件夹里原有的文件。"


class Exporter(QObject):
    """One export at a time, told in the line at the foot."""

    ended: ClassVar[Signal] = Signal()
    """The export came to an end, well or not."""
    mending_wanted: ClassVar[Signal] = Signal()
    """The clerk puts right first what is open."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._messages = context.messages
        self._parent = parent
        self._pending: Pending | None = None
        self._folder = Path()

    @property
    def is_busy(self) -> bool:
        """Whether files are being written."""
        return self._pending is not None

    def export(
        self, session: Session, beside: Path, *, attach_copy: bool = True, own: Own | None = None
    ) -> None:
        """Write the report in every format into a folder of its own in ``beside``.

        ``own``: the report's file and the others of this PC, so that two do not meet in one folder.
        ``attach_copy``: attach the public part of the data to the PDF.
        """
        if self._refuses():
            return
        found = blockers(session)
        listed = [*(one.message for one in found.errors), *(mark.says for mark in found.unverified)]
        if listed and not ask_whether_to_export(self._parent, found.says, listed):
            self.mending_wanted.emit()
            return
        self._start(session, beside, REPORT_FORMATS, attach_copy=attach_copy, own=own)

    def export_blank(self, session: Session, beside: Path, own: Own | None = None) -> None:
        """Write the blank form for the report's unit and year into the same folder."""
        if not self._refuses():
            self._start(session, beside, [Format.BLANK], attach_copy=False, own=own)

    def _refuses(self) -> bool:
        if self._pending is not None:
            self._messages.say("上一次导出还没有做完。", "停止", self.stop, holds=lambda: self.is_busy)
        return self._pending is not None

    def _start(
        self,
        session: Session,
        beside: Path,
        formats: Sequence[Format],
        *,
        attach_copy: bool,
        own: Own | None = None,
    ) -> None:
        there = waited(lambda: _folder_in(beside, session.report, own), _LOOKS)
        folder = self._settle_where(there.absolute(), session, formats)
        if folder is None:
            return
        self._folder = folder
        asked = ask_to_publish(encode(session.report), self._folder, formats, attach_copy=attach_copy)
        self._pending = self._context.worker.ask(asked)
        self._pending.progress.connect(self._show_progress)
        self._pending.done.connect(self._succeed)
        self._pending.failed.connect(self._fail)
        self._messages.say("正在准备导出…", "停止", self.stop)

    def _settle_where(self, folder: Path, session: Session, formats: Sequence[Format]) -> Path | None:
        """The folder to write into; asks where another report's files stand there, None to write nowhere."""

        def standing(there: Path) -> str:
            return standing_other(there, session.form, session.report, formats)

        whose = waited(lambda: standing(folder), _LOOKS)
        answer = ask_about_others_files(self._parent, folder.name, whose) if whose else Meeting.REPLACE
        if answer is not Meeting.BESIDE:
            return folder if answer is Meeting.REPLACE else None
        others = itertools.islice(numbered(folder.parent, folder.name), 1, None)
        return waited(lambda: next(path for path in others if not standing(path)), _LOOKS)

    def stop(self) -> None:
        """Give the export up; files that are whole already stay."""
        if self._pending is not None:
            self._context.worker.stop(self._pending)

    def _show_progress(self, frame: Frame) -> None:
        so_far = read_progress(frame)
        name = Format(so_far.doing).says
        self._messages.say(
            f"正在导出 {name}（第 {so_far.done + 1} 个，共 {so_far.of} 个）…", "停止", self.stop
        )

    def _succeed(self, frame: Frame) -> None:
        names = "、".join(Format(file.format).says for file in read_written(frame))
        kept = "".join(say_kept(file.path, file.kept) for file in read_written(frame) if file.kept)
        self._messages.say(
            f"已导出 {names}，放在 {self._folder}{'。' if kept else ''}{kept}",
            "打开文件夹",
            self._open_folder,
        )
        self._end()

    def _open_folder(self) -> None:
        sentence = open_path(self._folder)
        if sentence:
            self._messages.warn(sentence)

    def _fail(self, sentence: str) -> None:
        if sentence == STOPPED:
            self._messages.say("已停止导出，已经写好的文件留在文件夹里。")
        else:
            self._messages.warn(f"没有导出完：{sentence}")
        self._end()

    def _end(self) -> None:
        self._pending = None
        self.ended.emit()


def folder_name(report: Report, own: Own | None = None) -> str:
    """What the folder of a report's files is called, such as 导出-沙坡头区常乐镇2024.

    It has the file's name too where another report of this PC would write into the same.
    """
    return exports_folder(report, _word(report, own))


def _folder_in(beside: Path, report: Report, own: Own | None) -> Path:
    """The folder of that name, or the one in which 0.2.0 or before put what it exported."""
    former = beside / former_exports_folder(report, _word(report, own))
    return former if former.is_dir() else beside / folder_name(report, own)


def _word(report: Report, own: Own | None) -> str:
    return own_word(own[0], report, own[1]) if own is not None else ""
