"""What Windows' installer is made of: the lock read for Windows, and nothing that a clerk's PC lacks."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pytest

from making import kept
from making.dlls import is_part_of_windows
from making.launchers import version_numbers
from making.leaflet import print_leaflet
from making.wheels import entries

ROOT = Path(__file__).parents[1]
RUN = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
LOCK = """\
plain==1.0 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via somebody
only-windows==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:{a}
only-linux==3.0 ; sys_platform == 'linux' and python_full_version >= '3.11' \\
    --hash=sha256:{a}
old-python==4.0 ; python_full_version < '3.12' \\
    --hash=sha256:{a}
""".format(a="a" * 64, b="b" * 64)


def test_a_lock_is_read_for_windows_on_whatever_system() -> None:
    found = {entry.pin: len(entry.hashes) for entry in entries(LOCK, "3.13.2")}
    assert found == {"plain==1.0": 2, "only-windows==2.0": 1}


def test_every_shipped_package_is_in_the_lock_that_is_fetched() -> None:
    pins = re.findall(r"^([a-z0-9.-]+==[^ ;\\]+)", RUN, re.MULTILINE)
    assert [entry.pin for entry in entries(RUN, "3.13.2")] == pins  # no marker leaves one out there
    assert all(entry.hashes for entry in entries(RUN, "3.13.2"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kernel32.dll", True),
        ("api-ms-win-crt-runtime-l1-1-0.dll", True),
        ("winspool.drv", True),
        ("msvcp140.dll", False),
        ("vcruntime140.dll", False),
        ("kernel32", False),
    ],
)
def test_the_gate_knows_what_each_windows_has(name: str, expected: bool) -> None:  # noqa: FBT001
    assert is_part_of_windows(name) is expected


@pytest.mark.parametrize(
    ("package", "path", "expected"),
    [
        ("python-docx", "docx/templates/default.docx", True),
        ("pdfminer-six", "pdfminer/cmap/to-unicode-Adobe-GB1.json.gz", True),
        ("pdfminer-six", "pdfminer/cmap/to-unicode-Adobe-Japan1.json.gz", False),
        ("cffi", "_cffi_backend.cp313-win_amd64.pyd", True),
        ("cffi", "cffi/api.py", False),
        ("reportlab", "reportlab/fonts/DarkGardenMK.pfb", False),
        ("lxml", "lxml-6.1.3.dist-info/METADATA", False),
    ],
)
def test_what_a_pc_without_a_network_needs_goes_along(package: str, path: str, expected: bool) -> None:  # noqa: FBT001
    assert kept.keeps(package, path) is expected


@pytest.mark.parametrize("name", ["_ssl.pyd", "libcrypto-3.dll", "_wmi.pyd", "python313._pth"])
def test_of_cpython_no_network_and_no_second_search_path_goes_along(name: str) -> None:
    assert not kept.keeps_of_runtime(name)
    assert kept.keeps_of_runtime("python313.dll")


@pytest.mark.parametrize(
    ("version", "expected"), [("1.2.3", "1,2,3,0"), ("0.1", "0,1,0,0"), ("2.0.0rc1", "2,0,0,0")]
)
def test_a_version_has_four_numbers_for_windows(version: str, expected: str) -> None:
    assert version_numbers(version) == expected


@pytest.mark.usefixtures(
    "qapp"
)  # a bare QGuiApplication of its own would be in the way of every later window
def test_the_clerks_page_is_one_page_with_its_pictures(tmp_path: Path) -> None:
    print_leaflet(tmp_path / "page.pdf")
    [page] = pypdf.PdfReader(tmp_path / "page.pdf").pages
    assert "年报台安装说明" in page.extract_text()
    assert len(page.images) == 3
