"""The shape of the house: imports go one way, and each heavy library is known in one place only.

The layers themselves stand in pyproject.toml under tool.importlinter.
"""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

# Library, and the only packages that may name it. Who needs it goes through them.
KNOWN_TO = {
    "docx": {"exports", "readers"},
    "lxml": {"exports", "readers"},
    "olefile": {"readers"},
    "pdfminer": {"readers"},
    "pdfplumber": {"readers"},
    "python_calamine": {"readers"},
    "PySide6": {"gui"},
    "openpyxl": {"exports", "readers"},
    "pydantic": {"report", "store"},
    "pydantic_core": {"report"},
    "pypdfium2": {"readers", "worker"},
    "reportlab": {"exports"},
}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("reportdesk", include_external_packages=True, cache_dir=None)


def test_imports_go_one_way_only(capsys: pytest.CaptureFixture[str]) -> None:
    pyproject = Path(__file__).parents[1] / "pyproject.toml"
    broken = lint_imports(config_filename=str(pyproject), no_cache=True)
    assert not broken, capsys.readouterr().out


def test_no_modules_import_each_other_in_a_circle(imports: grimp.ImportGraph) -> None:
    """Imports under TYPE_CHECKING count: who needs a name to say what it takes cannot be read without it."""
    ours = {module for module in imports.modules if module.partition(".")[0] == "reportdesk"}
    needs = {module: imports.find_modules_directly_imported_by(module) & ours for module in ours}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_only_its_own_room_knows_the_main_window(imports: grimp.ImportGraph) -> None:
    importers = imports.find_modules_that_directly_import("reportdesk.gui.window.main_window")
    assert {module.rpartition(".")[0] for module in importers} == {"reportdesk.gui.window"}


@pytest.mark.parametrize("library", KNOWN_TO)
def test_a_library_is_imported_only_where_it_belongs(imports: grimp.ImportGraph, library: str) -> None:
    if library not in imports.modules:
        pytest.skip("not imported yet")
    importers = imports.find_modules_that_directly_import(library)
    strangers = {module for module in importers if module.split(".")[1] not in KNOWN_TO[library]}
    assert not strangers


def test_no_library_is_imported_that_the_project_does_not_name(imports: grimp.ImportGraph) -> None:
    outside = {module for module in imports.modules if module.partition(".")[0] != "reportdesk"}
    assert outside - set(sys.stdlib_module_names) <= set(KNOWN_TO)


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    # The window paints first; pydantic costs as much as Qt's import, openpyxl and reportlab as much again.
    program = "import sys, reportdesk.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not set(KNOWN_TO) & set(result.stdout.split())


# What the program is for, told before a form is at hand, and the rules' own sentences and sources.
TELLS_WHAT_IT_IS_FOR = {
    "checks/contents/completeness.py",
    "checks/engine.py",
    "cli/commands.py",
    "gui/help/about.py",
    "gui/start/start_page.py",
    "report/file/model.py",
    "report/file/schema.py",
}


def test_what_a_report_is_called_is_taken_from_its_form() -> None:
    source = Path(__file__).parents[1] / "src" / "reportdesk"
    named = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if any("政府信息公开工作年度报告" in text for text in literals_of(path.read_text(encoding="utf-8")))
    }
    assert named <= TELLS_WHAT_IT_IS_FOR, "take Form.report_name or Report.title_lines"


def literals_of(code: str) -> list[str]:
    """The texts of a module but for what it says of itself."""
    tree = ast.parse(code)
    told = {
        id(one.value)
        for one in ast.walk(tree)
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    }
    return [
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told
    ]
