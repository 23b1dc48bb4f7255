"""关于: the version, and what others made that the program passes on."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from reportdesk import __version__
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.gui.look.theme import Size, Theme
from reportdesk.resources import resource

_SIZE = (680, 520)
_GAP = 8
_NOTICE = "THIRD_PARTY.md"


class AboutDialog(QDialog):
    """One page, nothing to decide."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于年报台")
        self.resize(*_SIZE)
        name = PlainLabel(f"年报台 {__version__}")
        name.setFont(theme.font(Size.PAGE, strong=True))
        says = PlainLabel(
            "填写、审核、打印政府信息公开工作年度报告。不联网，内容只在这台电脑上。\n"
            "本程序按 Apache 2.0 许可发布；下面是它所用的别人的软件和字体，以及各自的许可。"
        )
        says.setWordWrap(True)
        licences = QTextBrowser()
        licences.setAccessibleName("所用软件和字体的许可")
        licences.setOpenLinks(False)
        licences.setMarkdown(in_chinese(_third_party()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, 2 * _GAP)
        column.setSpacing(_GAP)
        column.addWidget(name)
        column.addWidget(says)
        column.addWidget(licences, 1)
        column.addWidget(buttons)


_HEADINGS = {
    "# What others made and reportdesk passes on": "# 别人的软件、字体和资料",
    "## Packages": "## 软件包",
    "### Qt for Python under the LGPL": "### Qt for Python（按 LGPL 使用）",
    "## Data": "## 数据",
    "## Fonts": "## 字体",
    "## Names of places": "## 地名",
    "| package | licence | by | what it asks of who passes it on |": "| 软件包 | 许可 | 作者 | 转发时的要求 |",
    "| data | licence | by | what it asks of who passes it on |": "| 数据 | 许可 | 作者 | 转发时的要求 |",
    "| font | is | by | changed |": "| 字体文件 | 来自 | 作者 | 改动 |",
}


def in_chinese(notice: str) -> str:
    """The notice with Chinese headings; what lawyers wrote stays as they wrote it."""
    return "\n".join(_HEADINGS.get(line, line) for line in notice.split("\n"))


def _third_party() -> str:
    """The notice beside the program, or the one that an installed package keeps of it."""
    beside = resource().parent / _NOTICE
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    try:
        kept = distribution("reportdesk").read_text(f"licenses/{_NOTICE}")
    except PackageNotFoundError:
        kept = None
    return kept or f"没有找到许可文件 {_NOTICE}，请重新安装年报台。"
