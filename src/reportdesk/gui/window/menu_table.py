"""What the menus offer, as tables: text, what is done, keys, icon, and whether it needs an open report.

Another command is one more line here; how a line becomes an action is ``menus``'.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

    from reportdesk.gui.context.context import Context
    from reportdesk.gui.context.open_report import View
    from reportdesk.gui.start.open_and_new import OpenAndNew
    from reportdesk.gui.window.commands import Commands
    from reportdesk.gui.window.controllers import Controllers
    from reportdesk.gui.window.dialogs import Dialogs


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu; ``id`` is its name in the program, ``keys`` are Qt's portable ones.

    ``icon`` is the name of a file in resources/icons. One that ``fills`` is a menu of its own.
    """

    id: str
    text: str
    do: Callable[[], object] = lambda: None
    keys: str = ""
    icon: str = ""
    needs_report: bool = True
    checkable: bool = False
    fills: Callable[[QMenu], object] | None = None


Lines = tuple[Entry | None, ...]
"""None is a line that separates."""


class MenuTable:
    """The menus of one window, from left to right."""

    def __init__(
        self,
        window: QWidget,
        context: Context,
        controllers: Controllers,
        commands: Commands,
        beside: Dialogs,
    ) -> None:
        self._window = window
        self._context = context
        self._controllers = controllers
        self._commands = commands
        self._beside = beside

    def menus(self) -> tuple[tuple[str, Lines], ...]:
        """The title of each and what it offers."""
        return (
            ("文件(&F)", (*self._begin(), None, *self._keep(), None, *self._publish(), None, *self._end())),
            ("编辑(&E)", self._edit()),
            ("各节(&S)", self._sections()),
            ("审核(&C)", self._check()),
            ("帮助(&H)", self._help()),
        )

    def _begin(self) -> Lines:
        ways, shell = self._with_ways, self._context.shell
        new, take = ways(lambda way: way.begin_new()), ways(lambda way: way.begin_from_last_year())
        ask, importing = ways(lambda way: way.ask_and_open()), lambda: self._controllers.importing.ask()  # noqa: PLW0108 (made when first needed)
        return (
            Entry("new", "新建年报…", new, "Ctrl+N", "new", needs_report=False),
            Entry("from_last_year", "从上年生成…", take, needs_report=False),
            Entry("open", "打开年报…", ask, "Ctrl+O", "open", needs_report=False),
            Entry("import", "导入…", importing, "Ctrl+I", needs_report=False),
            Entry("start", "年报列表", shell.back_to_start),
        )

    def _keep(self) -> Lines:
        do = self._commands
        return (
            Entry("save", "保存", do.save, "Ctrl+S", "save"),
            Entry("save_elsewhere", "另存为…", do.save_elsewhere, "Ctrl+Shift+S"),
            Entry("versions", "以前的版本…", do.show_versions, needs_report=False),
            None,
            Entry("states", "状态", fills=lambda menu: self._controllers.standing.get().fill(menu)),
        )

    def _publish(self) -> Lines:
        do = self._commands
        return (
            Entry("preview", "预览", do.toggle_preview, "Ctrl+R", "preview", checkable=True),
            Entry("print", "打印…", do.print_report, "Ctrl+P", "print"),
            Entry("export", "导出", do.export, "Ctrl+E", "export"),
            Entry("export_elsewhere", "导出到其他文件夹…", do.export_elsewhere),
            Entry("copy_for_website", "复制到网站", do.copy_for_website),
            Entry("export_blank", "导出空白填报表", do.export_blank),
            None,
            Entry("slip", "审核单（内部）", do.make_slip),
            Entry("draft", "送审稿和修改对照单（内部）", do.make_draft),
            Entry("submission", "报送…", do.submit, "Ctrl+Shift+E", "submit"),
        )

    def _end(self) -> Lines:
        settings = self._beside.show_settings
        return (
            Entry("settings", "设置…", settings, "Ctrl+,", "settings", needs_report=False),
            None,
            Entry("quit", "退出", self._window.close, "Ctrl+Q", needs_report=False),
        )

    def _edit(self) -> Lines:
        find, replace = self._find(replacing=False), self._find(replacing=True)
        return (
            Entry("undo", "撤销", self._commands.undo, "Ctrl+Z", "undo"),
            Entry("redo", "重做", self._commands.redo, "Ctrl+Y; Ctrl+Shift+Z", "redo"),
            None,
            Entry("find", "查找…", find, "Ctrl+F"),
            Entry("replace", "替换…", replace, "Ctrl+H"),
        )

    def _sections(self) -> Lines:
        return (
            Entry("section_before", "上一节", self._with_view(lambda view: view.step(-1)), "Ctrl+PgUp"),
            Entry("section_after", "下一节", self._with_view(lambda view: view.step(1)), "Ctrl+PgDown"),
            None,
            Entry("finished", "本节完成", self._with_view(lambda view: view.toggle_finished())),
        )

    def _check(self) -> Lines:
        return (
            Entry("findings", "显示审核", self._with_view(_unfold), "F9", checkable=True),
            Entry("todo", "待办", self._with_view(lambda view: view.side_panels.show_open()), "Ctrl+L"),
            None,
            Entry("finding_after", "下一处", self._with_view(lambda view: view.step_finding(1)), "F8"),
            Entry(
                "finding_before", "上一处", self._with_view(lambda view: view.step_finding(-1)), "Shift+F8"
            ),
        )

    def _help(self) -> Lines:
        beside = self._beside
        return (
            Entry("help", "使用说明", beside.show_help, "F1", "help", needs_report=False),
            None,
            Entry("self_check", "自检…", beside.show_self_check, needs_report=False),
            Entry("about", "关于年报台…", beside.show_about, needs_report=False),
        )

    def _find(self, *, replacing: bool) -> Callable[[], object]:
        return self._with_view(lambda view: view.open_find(replacing=replacing))

    def _with_ways(self, do: Callable[[OpenAndNew], object]) -> Callable[[], object]:
        """That with the ways to begin, which are made when they are first needed."""
        return lambda: do(self._controllers.open_and_new)

    def _with_view(self, do: Callable[[View], object]) -> Callable[[], object]:
        def run() -> None:
            report = self._context.current
            if report is not None:
                do(report.view)

        return run


def _unfold(view: View) -> None:
    view.side_panels.unfold_findings(shown=not view.side_panels.shows_findings)
    if view.side_panels.shows_findings:
        view.check_whole(view.side_panels.begin_findings)
