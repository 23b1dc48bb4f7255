"""A question above the page, with its answers as buttons: what cannot be decided without the clerk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from reportdesk.gui.common.confirm_button import AnswerButton
from reportdesk.gui.look.controls import Button, PlainLabel, ground, set_tip
from reportdesk.gui.look.theme import Role, Theme

Answer = tuple[str, str, Callable[[], object]]
"""What stands on the button, what it does in a sentence, and doing it."""


class QuestionBar(QWidget):
    """Stays until it is taken away; the first answer is the one that loses least."""

    def __init__(
        self, theme: Theme, question: str, answers: Sequence[Answer], *, follows: bool = False
    ) -> None:
        """``follows``: it comes up where an answer was just pressed, which a double click must not answer."""
        super().__init__()
        self.says = PlainLabel(question)
        self.says.setWordWrap(True)
        self.says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(question)
        ground(self, theme, Role.BANNER)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.says, 1)
        self._buttons: list[Button] = []
        for number, (text, tip, do) in enumerate(answers):
            button = AnswerButton(text) if follows and number else Button(text)
            set_tip(button, tip)
            button.setAccessibleDescription(tip)
            if number == 0:
                button.setProperty("role", "main")
            pressed = button.chosen if isinstance(button, AnswerButton) else button.clicked
            pressed.connect(lambda *_checked, do=do: do())
            row.addWidget(button)
            self._buttons.append(button)

    def begin(self) -> None:
        """Put the focus on the first answer."""
        for button in self._buttons[:1]:
            button.setFocus()
