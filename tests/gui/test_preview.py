"""The preview shows the report's very pages, follows what is typed, and leads back to it."""

import datetime as dt
import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reportdesk.form.load import load_form
from reportdesk.gui.common.worker_client import Pending, WorkerClient
from reportdesk.gui.look.theme import Role, Scheme, theme_for
from reportdesk.gui.preview import preview
from reportdesk.gui.preview.layout import GAP, Fit, lay_out, step
from reportdesk.gui.preview.page_area import PreviewDesk
from reportdesk.gui.preview.preview import PreviewPane
from reportdesk.report.edits import TextChange
from reportdesk.session.session import Session
from reportdesk.store.file import read_report
from reportdesk.worker.messages import Kind
from reportdesk.worker.protocol import Frame

EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
A4 = (595.28, 841.89)
PAGES = 6


class Shown:
    """A pane with the example, once its pages are there."""

    def __init__(self, qtbot: QtBot, client: WorkerClient, size: tuple[int, int] = (600, 700)) -> None:
        self.qtbot = qtbot
        report = read_report(EXAMPLE).report
        self.session = Session(load_form(report.edition), report, dt.date(2025, 1, 9))
        self.theme = theme_for(Scheme.LIGHT)
        self.pane = PreviewPane(client, self.theme)
        qtbot.addWidget(self.pane)
        self.pane.resize(*size)
        self.clicked: list[str] = []
        self.pane.section_clicked.connect(self.clicked.append)
        self.pane.set_session(self.session)
        self.pane.show()
        self.wait()

    def wait(self) -> None:
        """Until all that is seen is drawn."""
        self.qtbot.waitUntil(lambda: self.pane.is_current and self.pane.desk.page_count > 0, timeout=20_000)
        self.qtbot.wait(1)

    @property
    def desk(self) -> PreviewDesk:
        """The desk."""
        return self.pane.desk

    @property
    def scrolled(self) -> int:
        """How far down."""
        return self.desk.verticalScrollBar().value()

    def type(self, text: str, part: str = "opening") -> None:
        """Put the text in front of a part's prose."""
        self.session.type_text(TextChange(part, 0, "", text), 0.0)

    def picture(self) -> QImage:
        """What is seen of the desk."""
        return self.desk.viewport().grab().toImage()

    def press(self, key: Qt.Key, *, control: bool = False) -> None:
        """Press a key on the desk."""
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.desk, key, modifier)
        self.qtbot.wait(1)

    def click(self, at: QPoint) -> None:
        """Click on the desk."""
        QTest.mouseClick(self.desk.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def number(self) -> str:
        """The page number that is shown."""
        return self.pane._number.text()


@pytest.fixture
def shown(qtbot: QtBot, client: WorkerClient) -> Shown:
    return Shown(qtbot, client)


def ink(picture: QImage) -> int:
    """How many of every third pixel are dark."""
    return sum(
        QColor(picture.pixel(x, y)).lightness() < 100
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )


def test_sheets_of_paper_lie_on_the_desk(shown: Shown) -> None:
    picture = shown.picture()
    assert shown.number() == f"第 1 页，共 {PAGES} 页"
    assert picture.pixelColor(3, 3) == shown.theme.color(Role.DESK)
    assert picture.pixelColor(40, 40) == QColor("white")
    assert ink(picture) > 300


def test_what_is_typed_is_seen_after_the_pause_and_not_before(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Kind] = []
    ask = shown.pane._client.ask

    def on_change(frame: Frame) -> Pending:
        asked.append(Kind(frame.header["kind"]))
        return ask(frame)

    monkeypatch.setattr(shown.pane._client, "ask", on_change)
    shown.pane._pause.setInterval(60)
    before = shown.picture()
    for _ in range(20):
        shown.type("又一句话。")
    assert asked == []
    shown.wait()
    assert shown.picture() != before
    assert asked.count(Kind.PDF) == 1


def test_new_pages_come_without_a_blank_moment_and_without_moving(shown: Shown) -> None:
    shown.desk.verticalScrollBar().setValue(900)
    shown.wait()
    before, scrolled = ink(shown.picture()), shown.scrolled
    shown.type("又一句话。", "overview.supervision")
    shown.pane.refresh()
    least = before
    while not shown.pane.is_current:
        shown.qtbot.wait(1)
        least = min(least, ink(shown.picture()))
    assert least > before * 0.8
    assert shown.scrolled == scrolled


def test_a_hidden_preview_rests_and_catches_up_when_it_is_shown(shown: Shown) -> None:
    shown.pane.hide()
    shown.type("藏起来的时候写的话。")
    assert not shown.pane._pause.isActive()
    shown.pane.show()
    shown.wait()
    assert shown.pane._shown_revision == shown.session.revision


def test_a_click_says_which_part_stands_there(shown: Shown) -> None:
    seen = {}
    for wanted in ("opening", "overview", "requests", "problems.problems"):
        shown.pane.go_to_section(wanted)
        shown.qtbot.wait(1)
        room = shown.desk._offset()
        rect = next(page for page in shown.desk._desk.pages if page.bottom() > room.y() + GAP + 20)
        shown.click(QPoint(int(rect.center().x()), 24))
        seen[wanted] = shown.clicked[-1]
    assert seen == {wanted: wanted for wanted in seen}


def test_a_click_on_the_desk_says_nothing(shown: Shown) -> None:
    shown.click(QPoint(3, 3))
    assert shown.clicked == []


def test_going_to_a_section_before_the_pages_are_there_is_remembered(
    qtbot: QtBot, client: WorkerClient
) -> None:
    report = read_report(EXAMPLE).report
    pane = PreviewPane(client, theme_for(Scheme.LIGHT))
    qtbot.addWidget(pane)
    pane.resize(600, 700)
    pane.set_session(Session(load_form(report.edition), report, dt.date(2025, 1, 9)))
    pane.go_to_section("disputes")
    pane.show()
    qtbot.waitUntil(lambda: pane.desk.verticalScrollBar().value() > 2000, timeout=20_000)
    qtbot.waitUntil(lambda: pane.desk.page == 4)


def test_page_keys_home_and_end(shown: Shown) -> None:
    shown.press(Qt.Key.Key_PageDown)
    one_screen = shown.scrolled
    assert shown.desk.viewport().height() * 0.8 < one_screen < shown.desk.viewport().height()
    shown.press(Qt.Key.Key_End)
    assert shown.number() == f"第 {PAGES} 页，共 {PAGES} 页"
    shown.press(Qt.Key.Key_PageUp)
    assert shown.scrolled < shown.desk.verticalScrollBar().maximum()
    shown.press(Qt.Key.Key_Home)
    assert shown.scrolled == 0
    assert shown.number() == f"第 1 页，共 {PAGES} 页"


def test_zoom_by_keys_and_back_to_the_width(shown: Shown) -> None:
    fit = shown.desk.factor
    shown.press(Qt.Key.Key_Plus, control=True)
    assert shown.desk.factor > fit
    assert shown.pane._zooms.currentText() == "75%" or shown.desk.factor == 1.0
    shown.press(Qt.Key.Key_Minus, control=True)
    shown.press(Qt.Key.Key_0, control=True)
    assert shown.desk.zoom is Fit.WIDTH
    assert shown.desk.factor == fit
    assert shown.pane._zooms.currentText() == "适合宽度"


def test_zoom_keeps_what_is_in_the_middle(shown: Shown) -> None:
    shown.desk.verticalScrollBar().setValue(1500)
    middle = QPointF(shown.desk.viewport().rect().center())
    before = shown.desk._place_of(middle)
    shown.desk.set_zoom(2.0)
    after = shown.desk._place_of(middle)
    assert after[0] == before[0]
    assert (after[1] - before[1]).manhattanLength() < 0.01


def test_pages_are_drawn_with_the_screens_pixels(shown: Shown) -> None:
    shown.desk.set_zoom(1.0)
    shown.wait()
    drawn = shown.desk._pictures[0]
    assert (drawn.image.width(), drawn.image.height()) == (794, 1123)
    page = shown.desk._desk.pages[0].size()
    assert page * shown.desk.devicePixelRatioF() == QSizeF(794, 1123)


def test_far_pages_are_forgotten(shown: Shown) -> None:
    shown.press(Qt.Key.Key_End)
    shown.wait()
    assert 0 not in shown.desk._pictures


def test_a_character_without_a_face_is_marked_and_named(shown: Shown) -> None:
    shown.type("𱁬")
    shown.pane.refresh()
    shown.wait()
    assert "“𱁬”（U+3106C）" in shown.pane.message.sentence
    assert shown.pane.message.isVisible()
    picture = shown.picture()
    colours = [QColor(picture.pixel(x, y)) for x in range(100, 500) for y in range(100, 600)]
    assert any(colour.red() > 150 and colour.green() < 120 for colour in colours)
    shown.session.undo()
    shown.pane.refresh()
    shown.wait()
    assert not shown.pane.message.isVisible()


def test_a_trouble_is_a_line_and_the_old_pages_stay(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "encode", lambda _report: b"broken")
    before = ink(shown.picture())
    shown.type("话")
    shown.pane.refresh()
    shown.qtbot.waitUntil(lambda: bool(shown.pane.message.sentence), timeout=20_000)
    assert "请选择 .gknb 文件" in shown.pane.message.sentence
    assert shown.desk.page_count == PAGES
    assert before > 0


@pytest.mark.parametrize("after_ms", [0, 5, 15, 40, 90])
def test_the_worker_killed_at_any_moment_is_not_noticed(
    shown: Shown, client: WorkerClient, after_ms: int
) -> None:
    shown.type("又一句话。")
    shown.pane.refresh()
    shown.qtbot.wait(after_ms)
    os.kill(client.process_id, getattr(signal, "SIGKILL", signal.SIGTERM))
    shown.wait()
    assert not shown.pane.message.isVisible()


def test_another_report_takes_the_place_of_the_first(shown: Shown) -> None:
    first = shown.session
    report = read_report(EXAMPLE).report
    report.prose.clear()
    shown.session = Session(load_form(report.edition), report, dt.date(2025, 1, 9))
    shown.pane.set_session(shown.session)
    assert shown.desk.page_count == 0
    shown.wait()
    assert 0 < shown.desk.page_count < PAGES
    first.type_text(TextChange("opening", 0, "", "与预览无关"), 0.0)
    assert not shown.pane._pause.isActive()


@pytest.mark.parametrize(
    ("room", "zoom", "columns"),
    [
        ((1340, 700), Fit.WIDTH, 2),
        ((900, 700), Fit.WIDTH, 1),
        ((900, 700), Fit.PAGE, 1),
        ((1340, 700), Fit.PAGE, 2),
        ((1340, 700), 1.0, 1),
        ((1340, 700), 0.5, 2),
        ((300, 200), 4.0, 1),
    ],
)
def test_pages_lie_one_or_two_across_by_width(room: tuple[int, int], zoom: Fit | float, columns: int) -> None:
    desk = lay_out([A4] * 5, QSizeF(*room), zoom, 1.0)
    assert len({page.left() for page in desk.pages}) == columns
    assert all(
        one.intersected(other).isEmpty() for one in desk.pages for other in desk.pages if one is not other
    )
    if zoom is Fit.WIDTH:
        assert desk.size.width() <= room[0]
    if zoom is Fit.PAGE:
        assert desk.pages[0].height() <= room[1]


@pytest.mark.parametrize("sharpness", [1.0, 1.25, 1.5, 2.0])
def test_edges_of_pages_fall_on_pixels_of_the_screen(sharpness: float) -> None:
    desk = lay_out([A4] * 4, QSizeF(911, 500), Fit.WIDTH, sharpness)
    for page in desk.pages:
        for edge in (page.left(), page.top(), page.width(), page.height()):
            assert edge * sharpness == pytest.approx(round(edge * sharpness))


def test_steps_of_zoom_end_somewhere() -> None:
    assert step(0.83, 1) == 1.0
    assert step(0.83, -1) == 0.75
    assert step(3.0, 1) == 3.0
    assert step(3.5, 1) == 3.5
    assert step(0.5, -1) == 0.5
