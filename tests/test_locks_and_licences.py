"""The house keeps its own rules: locks, licences, one version, fonts that everybody may pass on."""

import hashlib
import os
import re
import subprocess
import sys
from importlib.metadata import PathDistribution, version
from pathlib import Path

import pytest

import reportdesk
from tools.dev import licences, locks

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "resources" / "fonts"
LOCKS = ("run", "test", "bench")


def pins(name: str) -> dict[str, str]:
    """Package and version of each entry of a lock."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_was_made_from_the_present_declarations(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert text.startswith(locks.header(ROOT / "pyproject.toml")), "run: python3 dev.py lock"


@pytest.mark.parametrize("name", LOCKS)
def test_each_entry_of_a_lock_has_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(name)) > 0
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_agree_with_each_other() -> None:
    assert pins("run").items() <= pins("test").items()
    assert pins("run").items() <= pins("bench").items()


def test_no_lock_brings_numpy() -> None:
    # openpyxl imports it where it finds it, at 100 ms a start.
    assert not any("numpy" in pins(name) for name in LOCKS)


def test_the_version_stands_in_one_place() -> None:
    assert version("reportdesk") == reportdesk.__version__, "run: python3 dev.py setup"
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == reportdesk.__version__


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT AND BSD-3-Clause", True),
        ("(GPL-3.0-only OR MIT) AND GPL-2.0-only", False),
        ("(GPL-3.0-only OR MIT) AND Apache-2.0", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-3.0-only WITH Classpath-exception-2.0", False),
        ("", False),
        ("MIT AND", False),
        ("(MIT", False),
        ("MIT License, see file", False),
    ],
)
def test_a_licence_is_allowed_only_if_it_leaves_no_copyleft(expression: str, allowed: bool) -> None:  # noqa: FBT001
    assert licences.is_allowed(expression) is allowed


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("License-Expression: MIT", "MIT"),
        ("License: BSD 2-Clause License", "BSD-2-Clause"),
        ("License: A whole page of words\nClassifier: License :: OSI Approved :: MIT License", "MIT"),
        ("Classifier: License :: OSI Approved :: Nobody's Licence", "Nobody's Licence"),
        ("Author: somebody", ""),
    ],
)
def test_a_licence_is_read_however_a_package_states_it(tmp_path: Path, metadata: str, expected: str) -> None:
    (tmp_path / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: made-up\n{metadata}\n", encoding="utf-8"
    )
    assert licences.licence(PathDistribution(tmp_path)) == expected


def test_third_party_notices_name_all_that_is_shipped() -> None:
    notices = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").lower().replace("_", "-")
    shipped = [*pins("run"), *(font.name for font in FONTS.glob("*.ttf"))]
    assert [name for name in shipped if f"| {name} |" not in notices] == []


def test_the_fonts_are_those_that_their_readme_names() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"^\| (\S+\.ttf) \|.*\| ([0-9a-f]{16}) \|$", readme, re.MULTILINE))
    standing = {font.name: hashlib.sha256(font.read_bytes()).hexdigest()[:16] for font in FONTS.glob("*.ttf")}
    assert standing == named
    assert len(standing) == 8


def test_qt_sees_the_bundled_fonts_only() -> None:
    program = """if True:
        from PySide6.QtGui import QFontDatabase, QGuiApplication
        app = QGuiApplication([])
        print(*QFontDatabase.families(), sep="|")
    """
    result = subprocess.run(
        [sys.executable, "-c", program], env=os.environ, capture_output=True, text=True, check=True
    )
    # Fontconfig always offers its three generic names beside the real ones.
    families = set(result.stdout.strip().split("|")) - {"Monospace", "Sans Serif", "Serif"}
    assert families == {
        "Liberation Serif",
        "Noto Sans SC",
        "Noto Serif SC",
        "ReportDesk Kai",
        "ReportDesk Signs",
        "Zhuque Fangsong (technical preview)",
    }
