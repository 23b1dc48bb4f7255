"""插入数据: the menu of sentences with the tables' own numbers, put in at the cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from reportdesk.form.spec import Part
from reportdesk.gui.look.controls import set_tip
from reportdesk.gui.look.theme import Theme
from reportdesk.gui.prose.editor import ProseEditor
from reportdesk.session.sentences import Offer, load_patterns, offers
from reportdesk.session.session import Session
from reportdesk.session.workflow import ReadOnlyError

_SHOWN = 34
"""Characters of a sentence that the menu shows."""


def insert_button(
    session: Session, part: Part, editor: ProseEditor, theme: Theme, tell: Callable[[str], object]
) -> QWidget | None:
    """The button with its menu, filled each time it opens; None where the part has no sentences."""
    if not any(pattern.part == part.id for pattern in load_patterns(session.form)):
        return None
    button = QToolButton()
    button.setText("插入数据")
    button.setFont(theme.font())
    button.setToolTip("把表里的数字写成句子，放到光标处")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    button.setMenu(menu)

    def fill() -> None:
        menu.clear()
        for offer in offers(session.form, session.report, session.totals, part.id):
            action = menu.addAction(_shown(offer))
            set_tip(action, offer.text)
            action.triggered.connect(lambda _checked=False, offer=offer: insert(offer))
        menu.setToolTipsVisible(True)

    def insert(offer: Offer) -> None:
        try:
            editor.insert_sentence(offer.text, "插入数据")
        except ReadOnlyError as error:
            tell(str(error))
            return
        tell(offer.says or f"已插入“{offer.name}”，按 Ctrl+Z 可以撤销。")

    menu.aboutToShow.connect(fill)
    return button


def _shown(offer: Offer) -> str:
    short = offer.text if len(offer.text) <= _SHOWN else f"{offer.text[:_SHOWN]}…"
    return f"{offer.name}：{short}".replace("&", "&&")
