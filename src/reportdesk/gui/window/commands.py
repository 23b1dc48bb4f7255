"""What menus and buttons do with the open report; each does nothing while none is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from reportdesk.store.user_data.settings import PdfKind

if TYPE_CHECKING:
    from reportdesk.gui.common.worker_client import WorkerClient
    from reportdesk.gui.outgoing.exporting import Exporter, Own
    from reportdesk.gui.outgoing.submitting import Submitter
    from reportdesk.gui.window.main_window import MainWindow
    from reportdesk.session.session import Session
    from reportdesk.worker.submission import InternalPaper


class Commands:
    """The commands of one window, and the second process that some of them need."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._client: WorkerClient | None = None
        self._exporter: Exporter | None = None
        self._submitter: Submitter | None = None

    # -- the second process

    @property
    def client(self) -> WorkerClient:
        """Who asks the second process, which is started when it is first needed."""
        if self._client is None:
            from reportdesk.gui.common.worker_client import WorkerClient

            self._client = WorkerClient(self._window)
            self._client.mishap.connect(_log)
        return self._client

    @property
    def exporter(self) -> Exporter:
        """Who exports."""
        if self._exporter is None:
            from reportdesk.gui.outgoing.exporting import Exporter

            self._exporter = Exporter(self.client, self._window.foot, self._window)
            self._exporter.mending_wanted.connect(self._show_findings)
        return self._exporter

    @property
    def submitter(self) -> Submitter:
        """Who hands in, and makes the internal papers."""
        if self._submitter is None:
            from reportdesk.gui.outgoing.submitting import Submitter

            self._submitter = Submitter(self.client, self._window)
        return self._submitter

    @property
    def _busy(self) -> Exporter | Submitter | None:
        """Who is writing files just now."""
        known = (self._exporter, self._submitter)
        return next((one for one in known if one is not None and one.is_busy), None)

    @property
    def is_exporting(self) -> bool:
        """Whether files are being written."""
        return self._busy is not None

    @property
    def is_handing_in(self) -> bool:
        """Whether the page on which the report is handed in stands over it."""
        return self._submitter is not None and self._submitter.page is not None

    def may_edit(self, what: str) -> bool:
        """Whether the report is in sight, so that it may be changed; if not, that is said."""
        if self.is_handing_in:
            self._window.foot.say_while(f"请先返回年报，再{what}。", lambda: self.is_handing_in)
            return False
        return True

    def warm_up(self) -> None:
        """Start the second process and let it load what it needs, while nobody waits for it."""
        self.client.warm_up()

    def may_end(self) -> bool:
        """Whether the second process may be ended; asks while it is exporting."""
        if not self.is_exporting:
            return True
        from reportdesk.gui.common.questions import Ending, ask_about_export

        answer = ask_about_export(self._window)
        busy = self._busy
        if answer is Ending.WAIT and busy is not None:
            busy.ended.connect(self._window.close)
            return False
        return answer is not Ending.STAY

    def end(self) -> None:
        """End the second process, since the window closes."""
        if self._submitter is not None:
            self._submitter.let_go()
        if self._client is not None:
            self._client.close()

    # -- the file

    def save(self) -> None:
        """Save although it is saved anyway, and say so."""
        self._window.keeper.save_now()

    def save_elsewhere(self) -> None:
        """Ask for another file and keep the report there."""
        self._window.keeper.save_elsewhere()

    def show_versions(self) -> None:
        """Show what is kept of the report from before."""
        self._window.keeper.versions.show_versions()

    # -- the history

    def undo(self) -> None:
        """Take the newest step back and go where it was made."""
        self._replay(back=True)

    def redo(self) -> None:
        """Make again what was taken back and go there."""
        self._replay(back=False)

    def _replay(self, *, back: bool) -> None:
        session, view = self._window.session, self._window.view
        if session is None or view is None or not self.may_edit("撤销" if back else "重做"):
            return
        if not view.finish_editing():
            return
        label = session.history.next_undo if back else session.history.next_redo
        edit = session.undo() if back else session.redo()
        if edit is not None:
            view.go_to_edit(edit)
            self._window.foot.say(f"已{'撤销' if back else '重做'}：{label}")

    # -- preview, print, export

    def toggle_preview(self) -> None:
        """Show the PDF's pages beside the page, or put them away."""
        view = self._window.view
        if view is not None and self._window.session is not None:
            view.sides.unfold_preview(shown=not view.sides.previews)

    def print_report(self) -> None:
        """Show the pages and ask how to print them."""
        view = self._window.view
        if view is None or self._window.session is None or not view.finish_editing():
            return
        view.sides.unfold_preview(shown=True)
        if view.sides.preview is not None:
            QTimer.singleShot(0, view.sides.preview, view.sides.preview.print_pages)

    def export(self, folder: Path | None = None) -> None:
        """Write all formats into the folder, or beside the report's file."""

        def export(session: Session, path: Path) -> None:
            attach = self._window.preferences.settings.pdf is PdfKind.TAGGED
            self.exporter.export(session, folder or path.parent, attach_copy=attach, own=self._own(path))

        self._once_checked(export)

    def _show_findings(self) -> None:
        """Show what is found, and go to the first of it."""
        view = self._window.view
        if view is not None:
            view.sides.unfold_findings(shown=True)
            view.step_finding(1)

    def _once_checked(self, do: Callable[[Session, Path], object]) -> None:
        """Do that with the report and its file once all rules ran: what lacks is told before it is published."""
        window = self._window
        session, view = window.session, window.view
        if session is None or view is None or not view.finish_editing():
            return

        def go_on() -> None:
            if window.session is not session or window.view is None or window.autosave is None:
                return
            before = session.revision
            if not window.view.finish_editing():
                return
            if session.revision != before:  # a cell that was begun while the rules ran
                window.view.check_whole(go_on)
                return
            do(session, window.autosave.path)

        view.check_whole(go_on)

    def _own(self, path: Path) -> Own:
        """The report's file and the others on the list."""
        entries, _sentence = self._window.shelf.entries()
        return path, tuple(entry.path for entry in entries)

    def export_elsewhere(self) -> None:
        """Ask for a folder and export there."""
        from reportdesk.gui.common import files

        if self._window.autosave is not None:
            folder = files.ask_for_folder(self._window, self._window.autosave.path.parent)
            if folder is not None:
                self.export(folder)

    def export_blank(self) -> None:
        """Write the blank form, for PCs without the program, into the folder of exports."""
        window = self._window
        if window.session is not None and window.autosave is not None:
            path = window.autosave.path
            self.exporter.export_blank(window.session, path.parent, self._own(path))

    def copy_for_website(self) -> None:
        """Put the report on the clipboard as a website's editor takes it."""
        self._once_checked(self._copy_for_website)

    def _copy_for_website(self, session: Session, _path: Path) -> None:
        from reportdesk.exports.html import render_text, render_web
        from reportdesk.gui.common.clipboard import put_page_on_clipboard
        from reportdesk.session.gate import blockers

        form, report, foot = session.form, session.report, self._window.foot
        put_page_on_clipboard(render_web(form, report), render_text(form, report))
        open_ones = blockers(session)
        copied = "已复制全文和表格，到网站后台的编辑框里粘贴。"
        if open_ones:
            foot.warn(
                f"{copied}还有 {open_ones.says}，公布前请先改正，再复制一次。",
                "看是哪些",
                self._show_findings,
                holds=lambda: bool(blockers(session)),
            )
        else:
            foot.say(copied)

    # -- handing in

    def submit(self) -> None:
        """Open the page on which the report is handed in."""
        if not self._window.keeper.refuses_hand_in():
            self._once_checked(self.submitter.open)

    def make_slip(self) -> None:
        """Make the 审核单 beside the report."""
        from reportdesk.worker.submission import InternalPaper

        self._make_paper(InternalPaper.SLIP)

    def make_draft(self) -> None:
        """Make the 送审稿 beside the report, from the second on with what changed."""
        from reportdesk.worker.submission import InternalPaper

        self._make_paper(InternalPaper.DRAFT)

    def _make_paper(self, paper: InternalPaper) -> None:
        window = self._window
        if window.session is None or window.autosave is None or window.view is None:
            return
        if window.view.finish_editing():
            self.submitter.make_paper(paper, window.session, window.autosave.path)


def _log(_what: str) -> None:
    from reportdesk.store.log import Event, log_event

    log_event(Event.WORKER_ENDED)
