"""An installed wheel is the whole program: the package, its resources, its licences, its two names."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    place = tmp_path_factory.mktemp("wheel")
    # With the locked build back end and without a network, as everybody installs the working copy.
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    result = subprocess.run([*pip, "-w", str(place), str(ROOT)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    with zipfile.ZipFile(next(place.glob("*.whl"))) as archive:
        yield archive


def test_it_carries_every_resource(wheel: zipfile.ZipFile) -> None:
    resources = [path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert {f"reportdesk/_{path.as_posix()}" for path in resources} <= set(wheel.namelist())


def test_it_carries_the_whole_package_and_no_more(wheel: zipfile.ZipFile) -> None:
    source = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert {name for name in wheel.namelist() if name.endswith(".py")} == source


def test_it_carries_the_licences(wheel: zipfile.ZipFile) -> None:
    licences = {name.partition("/licenses/")[2] for name in wheel.namelist() if "/licenses/" in name}
    assert {"LICENSE", "THIRD_PARTY.md"} < licences
    assert any(name.startswith("resources/fonts/licences/") for name in licences)


def test_it_makes_a_program_with_a_console_and_one_without(wheel: zipfile.ZipFile) -> None:
    [entry_points] = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert wheel.read(entry_points).decode().split() == [
        "[console_scripts]",
        *("reportdesk", "=", "reportdesk.cli:main"),
        "[gui_scripts]",
        *("reportdesk-window", "=", "reportdesk.cli:main_window"),
    ]
