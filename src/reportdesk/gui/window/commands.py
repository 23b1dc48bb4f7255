"""What menus and buttons do with the open report; each does nothing while none is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.store.user_data.settings import PdfKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reportdesk.gui.context.context import Context
    from reportdesk.gui.outgoing.exporting import Exporter, Own
    from reportdesk.gui.outgoing.submitting import Submitter
    from reportdesk.gui.window.controllers import Controllers
    from reportdesk.session.session import Session
    from reportdesk.worker.submission import InternalPaper


class Commands:
    """The commands of one window."""

    def __init__(self, context: Context, window: QWidget, controllers: Controllers) -> None:
        self._context = context
        self._messages = context.messages
        self._window = window
        self._controllers = controllers
        self._exporter: Exporter | None = None
        self._submitter: Submitter | None = None

    @property
    def exporter(self) -> Exporter:
        """Who exports."""
        if self._exporter is None:
            from reportdesk.gui.outgoing.exporting import Exporter

            self._exporter = Exporter(self._context, self._window)
            self._exporter.mending_wanted.connect(self._show_findings)
        return self._exporter

    @property
    def submitter(self) -> Submitter:
        """Who hands in, and makes the internal papers."""
        if self._submitter is None:
            from reportdesk.gui.outgoing.submitting import Submitter

            keeper, standing = self._controllers.keeper, self._controllers.standing
            self._submitter = Submitter(self._context, keeper, standing)
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
            self._messages.say_while(f"请先返回年报，再{what}。", lambda: self.is_handing_in)
            return False
        return True

    def warm_up(self) -> None:
        """Start the second process and let it load what it needs, while nobody waits for it."""
        self._context.worker.warm_up()

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

    # -- the file

    def save(self) -> None:
        """Save although it is saved anyway, and say so."""
        self._controllers.keeper.save_now()

    def save_elsewhere(self) -> None:
        """Ask for another file and keep the report there."""
        self._controllers.keeper.save_elsewhere()

    def show_versions(self) -> None:
        """Show what is kept of the report from before."""
        self._controllers.keeper.versions.show_versions()

    # -- the history

    def undo(self) -> None:
        """Take the newest step back and go where it was made."""
        self._replay(back=True)

    def redo(self) -> None:
        """Make again what was taken back and go there."""
        self._replay(back=False)

    def _replay(self, *, back: bool) -> None:
        report = self._context.current
        if report is None or not self.may_edit("撤销" if back else "重做"):
            return
        if not report.view.finish_editing():
            return
        session = report.session
        label = session.history.next_undo if back else session.history.next_redo
        edit = session.undo() if back else session.redo()
        if edit is not None:
            report.view.go_to_edit(edit)
            self._messages.say(f"已{'撤销' if back else '重做'}：{label}")

    # -- preview, print, export

    def toggle_preview(self) -> None:
        """Show the PDF's pages beside the page, or put them away."""
        report = self._context.current
        if report is not None:
            report.view.side_panels.unfold_preview(shown=not report.view.side_panels.previews)

    def print_report(self) -> None:
        """Show the pages and ask how to print them."""
        report = self._context.current
        if report is not None and report.view.finish_editing():
            report.view.side_panels.unfold_preview(shown=True)
            report.view.side_panels.print_soon()

    def export(self, folder: Path | None = None) -> None:
        """Write all formats into the folder, or beside the report's file."""

        def export(session: Session, path: Path) -> None:
            attach = self._context.preferences.settings.pdf is PdfKind.TAGGED
            self.exporter.export(session, folder or path.parent, attach_copy=attach, own=self._own(path))

        self._once_checked(export)

    def _show_findings(self) -> None:
        """Show what is found, and go to the first of it."""
        report = self._context.current
        if report is not None:
            report.view.side_panels.unfold_findings(shown=True)
            report.view.step_finding(1)

    def _once_checked(self, do: Callable[[Session, Path], object]) -> None:
        """Do that with the report and its file once all rules ran: what lacks is told before it is published."""
        context = self._context
        begun = context.current
        if begun is None or not begun.view.finish_editing():
            return
        session = begun.session

        def go_on() -> None:
            report = context.current
            if report is None or report.session is not session:
                return
            before = session.revision
            if not report.view.finish_editing():
                return
            if session.revision != before:  # a cell that was begun while the rules ran
                report.view.check_whole(go_on)
                return
            do(session, report.path)

        begun.view.check_whole(go_on)

    def _own(self, path: Path) -> Own:
        """The report's file and the others on the list."""
        entries, _sentence = self._controllers.recent_reports.entries()
        return path, tuple(entry.path for entry in entries)

    def export_elsewhere(self) -> None:
        """Ask for a folder and export there."""
        from reportdesk.gui.common import files

        report = self._context.current
        if report is not None:
            folder = files.ask_for_folder(self._window, report.path.parent)
            if folder is not None:
                self.export(folder)

    def export_blank(self) -> None:
        """Write the blank form, for PCs without the program, into the folder of exports."""
        report = self._context.current
        if report is not None:
            self.exporter.export_blank(report.session, report.path.parent, self._own(report.path))

    def copy_for_website(self) -> None:
        """Put the report on the clipboard as a website's editor takes it."""
        self._once_checked(self._copy_for_website)

    def _copy_for_website(self, session: Session, _path: Path) -> None:
        from reportdesk.exports.html import render_text, render_web
        from reportdesk.gui.common.clipboard import put_page_on_clipboard
        from reportdesk.session.gate import blockers

        form, report, messages = session.form, session.report, self._messages
        put_page_on_clipboard(render_web(form, report), render_text(form, report))
        open_ones = blockers(session)
        copied = "已复制全文和表格，到网站后台的编辑框里粘贴。"
        if open_ones:
            messages.warn(
                f"{copied}还有 {open_ones.says}，公布前请先改正，再复制一次。",
                "看是哪些",
                self._show_findings,
                holds=lambda: bool(blockers(session)),
            )
        else:
            messages.say(copied)

    # -- handing in

    def submit(self) -> None:
        """Open the page on which the report is handed in."""
        if not self._controllers.keeper.refuses_hand_in():
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
        report = self._context.current
        if report is not None and report.view.finish_editing():
            self.submitter.make_paper(paper, report.session, report.path)
