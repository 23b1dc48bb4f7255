"""报送 in the window: opens its page over the report, has the files made, and leads back.

Also the internal papers, which are told in the line at the foot. What is made is the session's;
the second process makes it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from reportdesk.checks.engine import Severity
from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.confirm_button import SETTLE_MS
from reportdesk.gui.common.opening import open_path
from reportdesk.gui.common.worker_client import STOPPED
from reportdesk.gui.outgoing.submission_page import Intent, SubmissionPage
from reportdesk.outgoing.hand_in import note_hand_in
from reportdesk.outgoing.internal_papers import Desk
from reportdesk.outgoing.standing_submission import standing_submission
from reportdesk.outgoing.submission import USUAL, Order, Submission, kept_scan
from reportdesk.outgoing.submission_names import folder_for
from reportdesk.report.document import State
from reportdesk.report.file.codec import encode
from reportdesk.report.own_files import DRAFT, REVIEW_SHEET
from reportdesk.report.text.days import spell_day
from reportdesk.session.gate import Blockers, blockers
from reportdesk.session.open_marks import not_yet_settled
from reportdesk.session.verdict import not_checked
from reportdesk.session.workflow import ReadOnlyError, moves_from
from reportdesk.store.clock import now
from reportdesk.store.user_data.settings import PdfKind
from reportdesk.store.user_data.unit_profile import HandIn, UnitProfile
from reportdesk.store.written_files import say_kept
from reportdesk.worker.messages import read_progress
from reportdesk.worker.protocol import Frame
from reportdesk.worker.submission import (
    InternalPaper,
    ask_about_scan,
    ask_for_paper,
    ask_to_submit,
    read_paper,
    read_scan_look,
    read_submission,
)

if TYPE_CHECKING:
    from reportdesk.gui.common.lazy import Lazy
    from reportdesk.gui.common.locations import Place
    from reportdesk.gui.common.worker_client import Pending
    from reportdesk.gui.context.context import Context
    from reportdesk.gui.report.workflow_bar import Standing
    from reportdesk.gui.saving.document_keeper import DocumentKeeper
    from reportdesk.session.session import Session

_Look = tuple[int, Blockers, str, str]
_CHANGED = "年报刚才有改动，这一页已按现在的内容重新列出。请再看一遍，然后报送。"
_PAPERS = {InternalPaper.SLIP: REVIEW_SHEET, InternalPaper.DRAFT: DRAFT}


class Submitter(QObject):
    """One submission or internal paper at a time, for one window."""

    ended: ClassVar[Signal] = Signal()
    """What was being made came to an end, well or not."""

    def __init__(self, context: Context, keeper: DocumentKeeper, standing: Lazy[Standing]) -> None:
        super().__init__(context)
        self._context = context
        self._messages = context.messages
        self._keeper = keeper
        self._standing = standing
        self._pending: Pending | None = None
        self._handing_in: Session | None = None
        self._profile: UnitProfile | None = None
        self._shown: _Look | None = None
        self._shows: tuple[Session, Path] | None = None
        self._since = QElapsedTimer()
        self.page: SubmissionPage | None = None
        context.changed.connect(self._look_soon)

    @property
    def is_busy(self) -> bool:
        """Whether files are being made."""
        return self._pending is not None

    # -- the page

    def open(self, session: Session, report_path: Path) -> None:
        """Show the page over the open report."""
        if self.page is not None or self._context.current is None:
            return
        self._since.invalidate()
        self.page = page = self._page_of(session, report_path)
        self._shows = session, report_path
        self._context.shell.cover(page, self._lose_page)
        self._show_standing(session, report_path)
        QTimer.singleShot(0, page, page.begin)

    def _page_of(self, session: Session, report_path: Path) -> SubmissionPage:
        """The page that says how the report stands now."""
        self._profile = self._context.own_unit()
        intent = self._intent(session, report_path)
        self._shown = _look_at(session)
        page = SubmissionPage(session.form, intent, self._context.preferences.theme)
        page.wanted.connect(lambda: self._make(session, report_path))
        page.stop_wanted.connect(self.stop)
        page.left.connect(self.leave)
        page.mending_wanted.connect(self._mend)
        page.marking_wanted.connect(self._mark)
        page.told.connect(self._messages.say)
        page.scan_added.connect(lambda path: self._look_at_scan(session, path))
        return page

    def _look_at_scan(self, session: Session, path: Path) -> None:
        """Have the second process look at the scan; where that fails, nothing is said of it."""
        looking = self._context.worker.ask(ask_about_scan(encode(session.report), path.absolute()))
        looking.done.connect(partial(self._show_look, path))

    def _show_look(self, path: Path, frame: Frame) -> None:
        if self.page is not None:
            self.page.show_look(path, read_scan_look(frame))

    def _show_standing(self, session: Session, report_path: Path) -> None:
        """Of a report that was handed in, show what was made for that, as long as it stands there whole."""
        if self.page is None or session.report.state is not State.SUBMITTED:
            return
        to = self._profile.report_to if self._profile else ""
        found = waited(
            lambda: standing_submission(session.form, session.report, report_path.parent, report_path, to),
            "正在看以前报送的文件。",
        )
        if found is not None:
            self.page.show_result(found)
        else:
            self._messages.warn("上次报送的文件夹不在年报旁边，或者里面的文件改过了。可以再做一次。")

    def _look_soon(self) -> None:
        """The report was changed, or other things are found in it: what the page says may be outdated."""
        if self.page is not None and self._shows is not None:
            QTimer.singleShot(0, self, partial(self._look_anew, *self._shows))

    def _look_anew(self, session: Session, report_path: Path) -> None:
        """Have the page say how the report stands where that is another than it says, once all rules ran."""
        report = self._context.current
        if report is not None and self._is_outdated(session):
            report.view.check_whole(lambda: self._renew(session, report_path))

    def _is_outdated(self, session: Session) -> bool:
        """Whether the report that is to be handed in, or what is found in it, is not what the page shows."""
        page = self.page
        return (
            page is not None
            and page.result is None
            and not self.is_busy
            and self._context.is_open(session)
            and self._shown != _look_at(session)
        )

    def _renew(self, session: Session, report_path: Path) -> None:
        """Put a page with what is so now in the other's place."""
        if not self._is_outdated(session):
            return
        page, old = self._page_of(session, report_path), self.page
        if old is None:
            page.deleteLater()
            return
        if old.scan is not None:
            page.add_scan(old.scan)
        self._context.shell.cover(page, self._lose_page)
        self.page = page
        page.show()
        page.begin()
        self._since.start()
        self._messages.warn(_CHANGED, holds=lambda: self.page is page and page.result is None)

    def leave(self) -> None:
        """Go back to the report; what is being made is given up."""
        self.stop()
        self.page = None
        self._context.shell.uncover()

    def _lose_page(self) -> None:
        """The report that the page stood over went, as for another report or another theme."""
        self.page = None

    def _intent(self, session: Session, report_path: Path) -> Intent:
        report, unit = session.report, self._profile
        due = ""
        if unit is not None and unit.deadline is not None and report.year is not None:
            day = unit.deadline.after(report.year)
            over = (now().date() - day).days
            due = f"　期限：{spell_day(day)}" + (f"（已经过了 {over} 天）" if over > 0 else "")
        return Intent(
            whose=f"{report.name_in_title()}　{report.year or ''} 年度",
            hand_in=self._hand_in,
            report_to=unit.report_to if unit else "",
            due=due,
            open=blockers(session),
            unsettled=not_yet_settled(session.all_findings, report),
            unchecked=not_checked(session),
            left_out=session.left_out.says,
            unfinished="" if report.state.is_read_only else report.state.says,
            folder=waited(
                lambda: folder_for(report, report_path.parent, report_path), "正在看以前报送的文件。"
            ),
            is_usual=not (unit and unit.hand_in),
            is_sent=report.state is State.SUBMITTED,
            has_scan=waited(
                lambda: kept_scan(session.form, report, report_path.parent, report_path),
                "正在看以前报送的文件。",
            )
            is not None,
        )

    @property
    def _hand_in(self) -> tuple[HandIn, ...]:
        return (self._profile.hand_in if self._profile else ()) or USUAL

    def _mend(self, place: Place) -> None:
        """Go back to the report, to what is open there, with all that is found beside it."""
        self.leave()
        report = self._context.current
        if report is not None:
            report.view.side_panels.unfold_findings(shown=True)
            report.view.go_to(place)

    def _mark(self) -> None:
        """Take the report to 已报送, or say what is lacking."""
        report = self._context.current
        if report is None:
            return
        session = report.session
        move = next((one for one in moves_from(session.report.state) if one.to is State.SUBMITTED), None)
        if move is None:
            state = session.report.state
            if state is State.SUBMITTED:
                self._messages.say("年报的状态已经是“已报送”。")
            else:
                self._messages.warn(
                    f"年报现在是“{state.says}”，定稿以后才能改为“已报送”：见“文件”菜单的“状态”。",
                    holds=lambda: session.report.state is state,
                )
            return
        self.leave()
        self._standing.get().go(move)

    # -- making it

    def _make(self, session: Session, report_path: Path) -> None:
        page = self.page
        if page is None or self._pending is not None or self._keeper.refuses_hand_in():
            return
        if self._is_outdated(session) or (page.result is not None and self._shown != _look_at(session)):
            page.result = None  # what it shows was made of another state
            self._look_anew(session, report_path)
            return
        if self._since.isValid() and not self._since.hasExpired(SETTLE_MS):
            return  # it was pressed on the page before, and nobody has seen this one
        order = Order(
            now(),
            self._hand_in,
            page.scan,
            self._profile.report_to if self._profile else "",
            report_path.absolute(),
            errors=len(blockers(session).errors),
            warnings=sum(1 for found in session.all_findings if found.severity is Severity.WARNING),
            unverified=len(session.report.unverified),
            scope=session.scope,
        )
        self._handing_in = session
        attach = self._context.preferences.settings.pdf is PdfKind.TAGGED
        asked = ask_to_submit(
            encode(session.report), order, report_path.parent.absolute(), attach_copy=attach
        )
        self._ask(asked)
        page.show_progress(0, 0, "")

    def _ask(self, asked: Frame) -> None:
        self._pending = self._context.worker.ask(asked)
        self._pending.progress.connect(self._show_progress)
        self._pending.done.connect(self._succeed)
        self._pending.failed.connect(self._fail)

    def stop(self) -> None:
        """Give up what is being made; nothing half is left."""
        if self._pending is not None:
            self._context.worker.stop(self._pending)

    def _show_progress(self, frame: Frame) -> None:
        so_far = read_progress(frame)
        if self.page is not None:
            self.page.show_progress(so_far.done, so_far.of, so_far.doing)

    def _succeed(self, frame: Frame) -> None:
        made = read_submission(frame)
        self._note(made)
        if self._handing_in is not None and self._context.is_open(self._handing_in):
            self._shown = _look_at(self._handing_in)
        if self.page is not None:
            self.page.show_result(made)
        else:  # another report or theme took the page away
            says = f"报送的文件已经做好，在 {made.folder}"
            self._messages.say(says, "打开文件夹", lambda: self._open(made.folder))
        self._end()

    def _note(self, made: Submission) -> None:
        """Keep with the report that it was handed in, if it is still the open one."""
        session = self._handing_in
        if session is None or not self._context.is_open(session):
            return
        try:
            session.note(note_hand_in(session.report, made.this))
        except ReadOnlyError as error:
            self._messages.warn(f"第 {made.this.number} 次报送没有记进年报：{error}")

    def _fail(self, sentence: str) -> None:
        if self.page is not None and sentence == STOPPED:
            self.page.show_trouble("已停止，没有留下做了一半的文件。", is_error=False)
        elif self.page is not None:
            self.page.show_trouble(sentence)
        elif sentence != STOPPED:
            self._messages.warn(sentence)
        self._end()

    def _end(self) -> None:
        self._pending = None
        self.ended.emit()

    def _open(self, path: Path) -> None:
        sentence = open_path(path)
        if sentence:
            self._messages.warn(sentence)

    # -- internal papers

    def make_paper(self, paper: InternalPaper, session: Session, report_path: Path) -> None:
        """Make that paper beside the report and say where it is."""
        messages, name = self._messages, _PAPERS[paper]
        if self._pending is not None:
            messages.say("上一份还没有做完。", "停止", self.stop, holds=lambda: self.is_busy)
            return
        sent = self._context.preferences.folders.sent_drafts
        desk = Desk(report_path.absolute(), sent, session.scope)
        folder = desk.folder_for(session.report)
        self._pending = self._context.worker.ask(
            ask_for_paper(encode(session.report), paper, desk, folder, now())
        )
        self._pending.done.connect(partial(self._show_paper, paper))
        self._pending.failed.connect(self._miss_paper)
        messages.say(f"正在做{name}…", "停止", self.stop)

    def _show_paper(self, paper: InternalPaper, frame: Frame) -> None:
        papers = read_paper(frame)
        paths = [one.path for one in papers]
        names = "、".join(path.name for path in paths)
        kept = "".join(say_kept(one.path, one.kept) for one in papers if one.kept)
        if paper is InternalPaper.DRAFT:
            self._keeper.versions.keep_draft()
        is_first_draft = paper is InternalPaper.DRAFT and len(paths) == 1
        later = "。这是第一稿，改过以后再做一次，会另附修改对照单。" if is_first_draft else ""
        report = self._context.current
        open_ones = blockers(report.session).says if report is not None else ""
        more = f"。还有 {open_ones}" if open_ones else ""
        self._messages.say(
            f"已做好：{names}{more}{later}{'。' if kept and not later else ''}{kept}",
            "打开文件夹",
            lambda: self._open(paths[0].parent),
            holds=(lambda: blockers(report.session).says == open_ones)
            if report is not None and open_ones
            else None,
        )
        open_path(paths[0])  # where that fails its name and the folder are told already
        self._end()

    def _miss_paper(self, sentence: str) -> None:
        if sentence == STOPPED:
            self._messages.say("已停止，没有留下做了一半的文件。")
        else:
            self._messages.warn(sentence)
        self._end()


def _look_at(session: Session) -> _Look:
    """What the page says of the report: which one it is, and what is found in it."""
    open_ones = not_yet_settled(session.all_findings, session.report)
    return session.revision, blockers(session), open_ones, not_checked(session)
