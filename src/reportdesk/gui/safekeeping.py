"""What the window does so that nothing is lost: saving, and the questions that only the clerk can answer.

What was left in a journal, a file changed elsewhere, a report that somebody else has open: each
is a bar above the page. How a report is kept is ``reportdesk.session.keeping``'s, when it is saved
``autosave``'s.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from reportdesk.gui.autosave import Autosave
from reportdesk.gui.changed_elsewhere import ChangedElsewhere
from reportdesk.gui.moved_away import MovedAway
from reportdesk.gui.typed_text import TypedText
from reportdesk.gui.version_keeper import VersionKeeper
from reportdesk.session.keeping import Keeping, Places
from reportdesk.store.file import StoreError, remove_unfinished, why_read_only
from reportdesk.store.journal import journals_of, key_of, left_journals, thin_aside
from reportdesk.store.lock import Holder

if TYPE_CHECKING:
    from reportdesk.gui.main_window import MainWindow
    from reportdesk.gui.question_bar import Answer, QuestionBar
    from reportdesk.session.recovery import Recovery
    from reportdesk.session.session import Session

_LEISURE_MS = 3_000
_TYPED_MS = 80
"""After a report was opened, when the cursor is where one stopped."""
_SURELY_DEAD = 3600.0
"""Seconds after which nobody is still writing a file."""


class Safekeeping(QObject):
    """Keeps the reports of one window, one after another."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._bar: QuestionBar | None = None
        self._saved_at: dt.datetime | None = None
        self._recovered: Recovery | None = None
        self.elsewhere = ChangedElsewhere(self, window)
        self.moved = MovedAway(self, window)
        self.versions = VersionKeeper(window)
        self.typed = TypedText(window, window.preferences.folders.typed)

    # -- one report after another

    def begin(self, session: Session, path: Path, content: bytes) -> Autosave:
        """Keep that report from now on; ``content`` are its file's bytes."""
        folders = self._window.preferences.folders
        keeping = Keeping(session, path, content, Places(folders.journals, folders.versions))
        autosave = Autosave(session, keeping, self)
        self.typed.begin(path)
        autosave.saved.connect(self._show_saved)
        autosave.noted.connect(self._show_noted)
        autosave.unsafe.connect(lambda: self._window.foot.show_saved(None))
        autosave.failed.connect(self._show_failure)
        autosave.changed_behind.connect(self.elsewhere.ask_which)
        autosave.missing.connect(self.moved.ask_where)
        autosave.gone.connect(self._show_gone)
        autosave.back.connect(self._show_back)
        self._saved_at = _changed_at(path)
        self._window.foot.show_saved(self._saved_at)
        QTimer.singleShot(_LEISURE_MS, autosave, lambda: self._at_leisure(keeping))
        return autosave

    def look(self, content: bytes) -> None:
        """Ask what must be asked of the report that was just opened, whose file has these bytes."""
        autosave, session = self._window.autosave, self._window.session
        self._take_bar_away()
        if autosave is None or session is None:
            return
        holder = autosave.keeping.lock
        if isinstance(holder, Holder):
            self._close_for(holder)
            return
        reason = why_read_only(autosave.path)
        if reason:
            self._window.foot.trouble(reason, "另存为…", self.save_elsewhere)
        self._offer_recovery(autosave, content)
        self._offer_typed_soon()

    def _offer_typed_soon(self) -> None:
        """Offer what stood in open editors, once the clerk is where the report was left."""
        QTimer.singleShot(_TYPED_MS, self, self.typed.offer)

    def end(self, autosave: Autosave) -> None:
        """Keep that report no longer."""
        self._take_bar_away()
        self.typed.end()
        self._recovered = None
        autosave.stop()
        autosave.deleteLater()

    def _at_leisure(self, keeping: Keeping) -> None:
        """Keep the file as it was opened, and remove what earlier programs left half written.

        Removing waits for the report's folder, which may be a share that is gone: a thread does.
        """
        if not isinstance(keeping.lock, Holder):
            keeping.keep_opened()
            Thread(target=_clear, args=(keeping.path.parent,), daemon=True).start()
        thin_aside(self._window.preferences.folders.journals)

    # -- saving

    def save_now(self) -> None:
        """Save although it is saved anyway, and say so."""
        window = self._window
        if window.autosave is None or (window.view is not None and not window.view.finish_editing()):
            return
        if self._is_held(window.autosave):
            return
        if window.autosave.save():
            window.foot.say(f"已保存到 {window.autosave.path}")

    def save_elsewhere(self) -> bool:
        """Ask for another file and keep the report there; whether it was saved."""
        from reportdesk.gui import files

        window = self._window
        if window.autosave is None or window.session is None:
            return False
        path = files.ask_where_to_save(window, window.autosave.path)
        if path is None or not window.autosave.save_to(path):
            return False
        self._open_to_changes()
        window.foot.say(f"已另存到 {path}，以后的改动都保存在这个文件里。")
        return True

    def is_kept(self, autosave: Autosave) -> bool:
        """Save before the report is left; False if the clerk wants to stay."""
        if autosave.is_saved or autosave.save():
            return True
        if self._bar is not None:
            self._window.foot.warn("请先回答年报页面上方的问题，再离开这份年报。")
            return False
        from reportdesk.gui.questions import Leave, ask_about_unsaved

        answer = ask_about_unsaved(self._window, autosave.path.name)
        if answer is Leave.SAVE_ELSEWHERE:
            return self.save_elsewhere()
        if answer is Leave.DROP:
            autosave.keeping.drop()
        return answer is Leave.DROP

    def _is_held(self, autosave: Autosave) -> bool:
        """Whether somebody else has the file open, which is told then."""
        session = self._window.session
        if isinstance(autosave.keeping.lock, Holder) and session is not None:
            self._window.foot.warn(session.closed_because, "另存为…", self.save_elsewhere)
            return True
        return False

    def _show_saved(self, at: dt.datetime) -> None:
        self._saved_at = at
        self._be_done_with_recovered()
        self._window.foot.trouble_over()
        self._window.foot.show_saved(at)
        self._window.keep_on_shelf()
        self._window.show_whose()

    def _be_done_with_recovered(self) -> None:
        """The report is saved: what it was recovered from need not be offered again."""
        found, self._recovered = self._recovered, None
        autosave = self._window.autosave
        if found is not None and autosave is not None:
            from reportdesk.gui.recovering import recovered_is_saved

            recovered_is_saved(found, autosave.keeping)

    def _show_noted(self) -> None:
        self._window.foot.show_noted(self._saved_at)

    def _show_failure(self, sentence: str) -> None:
        autosave = self._window.autosave
        if autosave is not None and autosave.keeping.is_noted:
            self._show_noted()
        else:
            self._window.foot.show_saved(None)
            recovered = "刚才恢复的也没有存进文件，原来的记录还留着；" if self._recovered is not None else ""
            sentence += f"{recovered}现在填写的只在这个窗口里，先不要关闭程序。"
        self._window.foot.trouble(sentence, "另存为…", self.save_elsewhere)

    def _show_gone(self) -> None:
        autosave = self._window.autosave
        if autosave is None:
            return
        kept = "填写的内容都还在，" if autosave.keeping.is_noted else ""
        self._window.foot.trouble(
            f"找不到“{autosave.path}”了，可能是 U 盘已拔出，或文件被移走。{kept}插回去会接着保存，也可以另存一份。",
            "另存为…",
            self.save_elsewhere,
        )

    def _show_back(self) -> None:
        self._window.foot.trouble_over()
        self.moved.ask_no_more()

    # -- somebody else has it open

    def _close_for(self, holder: Holder) -> None:
        autosave, session = self._window.autosave, self._window.session
        if autosave is None or session is None:
            return
        session.closed_because = f"“{autosave.path.name}”正由{holder.says}，这里先只读，不能修改。"
        self._window.show_standing()
        again = ("转为编辑", "对方关闭以后，重新打开来修改", self._try_to_edit)
        self.ask(session.closed_because, [again])

    def _try_to_edit(self) -> None:
        autosave = self._window.autosave
        if autosave is None:
            return
        if autosave.keeping.try_lock():
            self._window.open_again()
            return
        sure = ("确认接着改", "只有那边确实已经关闭，例如电脑死机时，才这样做", self._take_over)
        wait = ("先不改", "继续只读", self._stay_read_only)
        self.ask(
            "那边看起来还打开着。两边同时改，后存的会要求选择留哪一份。确认那边已经关闭了吗？",
            [wait, sure],
            follows=True,
        )

    def _stay_read_only(self) -> None:
        autosave = self._window.autosave
        if autosave is not None and isinstance(autosave.keeping.lock, Holder):
            self._close_for(autosave.keeping.lock)

    def _take_over(self) -> None:
        autosave = self._window.autosave
        if autosave is not None and autosave.keeping.try_lock(by_force=True):
            self._window.open_again()

    # -- what a journal holds

    def _offer_recovery(self, autosave: Autosave, content: bytes) -> None:
        left = journals_of(self._window.preferences.folders.journals, autosave.path, content)
        if not left:
            return
        from reportdesk.gui.recovering import sort_out

        found = sort_out(left, content, autosave.keeping, self._window.foot)
        session = self._window.session
        if found is None or session is None:
            return
        session.closed_because = "请先在上面选择“恢复”或“不恢复”。"
        self._window.show_standing()
        answers: list[Answer] = [
            ("恢复", "把这些修改填回来，作为一步，可以撤销", lambda: self._recover(found)),
            ("不恢复", "保持文件里的样子；那些修改另外留着", lambda: self._leave(found)),
        ]
        renamed = f"，那时文件是“{found.file}”" if key_of(found.file) != key_of(autosave.path) else ""
        self.ask(f"上次关闭前有没存进文件的修改：{found.says}{renamed}。要恢复吗？", answers)

    def offer_left(self) -> None:
        """On the start page: name the report that was not saved, and offer to open it."""
        from reportdesk.gui.recovering import newest

        found = newest(left_journals(self._window.preferences.folders.journals))
        if found is None:
            return
        said = f"“{found.file.name}”有没存进文件的修改：{found.says}。"
        if found.file.is_file():
            self._window.foot.warn(said, "打开…", lambda: self._window.open_path(found.file))
        else:
            said += f"原来的文件“{found.file}”现在找不到，插上 U 盘后再打开，或另存一份。"
            self._window.foot.warn(said, "另存一份…", lambda: self._save_left(found))

    def _save_left(self, found: Recovery) -> None:
        """Write what was left into a new file and open that, since its own file is gone."""
        from reportdesk.gui import files
        from reportdesk.gui.recovering import save_left

        folder, _sentence = self._window.preferences.reports
        path = files.ask_where_to_save(self._window, files.free_path(folder, found.file.stem))
        if path is None:
            return
        try:
            save_left(found, path)
        except StoreError as error:
            self._window.foot.warn(str(error))
            return
        if self._window.open_path(path):
            self._go_where_one_stopped(found)
            self._window.foot.say(f"已恢复{found.says}，存在 {path}。")

    def _recover(self, found: Recovery) -> None:
        window = self._window
        if window.session is None or window.autosave is None:
            return
        self._open_to_changes()
        window.session.recover(found.edit_for(window.session.report))
        self._recovered = found  # its journal stays until the report is saved
        place = self._go_where_one_stopped(found)
        stopped = f"最后改的是：{place}。" if place else ""
        window.foot.say(f"已恢复{found.says}，按 Ctrl+Z 可以撤销。{stopped}")
        _log_recovered()
        window.autosave.save()

    def _go_where_one_stopped(self, found: Recovery) -> str:
        """Go to the last place that was recovered; what the clerk calls it, empty if none can be seen."""
        from reportdesk.gui.recovering import where_one_stopped
        from reportdesk.gui.returning import place_words

        view = self._window.view
        place = where_one_stopped(view.form, found) if view is not None else None
        if view is None or place is None:
            return ""
        view.go_to(place)
        return place_words(view.form, place)

    def _leave(self, found: Recovery) -> None:
        from reportdesk.gui.recovering import leave

        autosave = self._window.autosave
        if autosave is not None:
            self._open_to_changes()
            self._window.foot.say(leave(found, autosave.keeping))

    # -- the bar

    @property
    def is_asking(self) -> bool:
        """Whether a question stands above the page."""
        return self._bar is not None

    def ask(self, question: str, answers: list[Answer], *, follows: bool = False) -> None:
        """Ask above whatever is shown; one question at a time. ``follows`` where it is an answer's doing."""
        from reportdesk.gui.question_bar import QuestionBar

        self.moved.is_asked = False
        goes_on = self._take_bar_away()
        if self._window.view is not None:
            self._bar = QuestionBar(self._window.preferences.theme, question, answers, follows=follows)
            self._window.show_above(self._bar)
            self._bar.show()
            if goes_on:
                self._bar.begin()

    def ask_no_more(self) -> None:
        """Take the question away; a cursor that was on it goes back to the page."""
        if self._take_bar_away() and self._window.view is not None:
            self._window.view.resume()
        self._offer_typed_soon()

    def _take_bar_away(self) -> bool:
        """Whether the focus was on it."""
        bar, self._bar = self._bar, None
        if bar is None:
            return False
        focus = QApplication.focusWidget()
        had_focus = focus is not None and bar.isAncestorOf(focus)
        bar.hide()
        bar.deleteLater()
        return had_focus

    def _open_to_changes(self) -> None:
        if self._window.session is not None:
            self._window.session.closed_because = ""
        self._window.show_standing()
        self.ask_no_more()


def _clear(folder: Path) -> None:
    with contextlib.suppress(OSError):  # the next time
        remove_unfinished(folder, older=_SURELY_DEAD)


def _log_recovered() -> None:
    from reportdesk.store.log import Event, log_event

    log_event(Event.RECOVERED)


def _changed_at(path: Path) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except (OSError, ValueError, OverflowError):
        return None
