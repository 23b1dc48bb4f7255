"""What was found in a file that was read: what must be looked at first, what was found last."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from reportdesk.gui.look.symbols import Sign, sign_icon
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.readers.recognise.proposal import Proposal, Standing

_SIGN = 12
_GROUPS = (
    (Standing.DOUBTFUL, "请核对", Sign.WARNING, Role.WARNING),
    (Standing.NOT_FOUND, "没有找到", Sign.OPEN, Role.QUIET),
    (Standing.FOUND, "读到", Sign.DONE, Role.OK),
)
_DISAGREEING = "文件里的合计与分项不符"


class FoundList(QListWidget):
    """One line each, in groups, to be walked with the arrow keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWordWrap(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("文件里读到的内容")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(QSize(_SIGN, _SIGN))
        self.setSpacing(2)

    def show_proposal(self, proposal: Proposal) -> None:
        """List what became of everything, what needs the clerk's eyes first."""
        self.clear()
        self._add(_DISAGREEING, Sign.ERROR, Role.ERROR, (one.says for one in proposal.disagreements))
        for standing, title, sign, role in _GROUPS:
            self._add(title, sign, role, (one.says for one in proposal.of(standing)))
        self.setCurrentRow(0)
        self.scrollToTop()

    def _add(self, title: str, sign: Sign, role: Role, sentences: Iterable[str]) -> None:
        listed = list(sentences)
        if not listed:
            return
        counted = f"　{len(listed)} 处" if sign is not Sign.DONE else ""
        head = QListWidgetItem(title + counted)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setFont(self._theme.font(strong=True))
        head.setForeground(self._theme.color(Role.QUIET))
        self.addItem(head)
        icon = sign_icon(sign, self._theme.color(role), _SIGN)
        for sentence in listed:
            line = QListWidgetItem(icon, sentence)
            line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}：{sentence}")
            self.addItem(line)
