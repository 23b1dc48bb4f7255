"""The system libraries and programs that Qt and the tests need, and how Debian calls them.

What is missing is found by asking the system's own loader, on any Linux; it is installed only on
Debian and its kin, and only as root or where sudo asks for no password. Elsewhere the one command
is printed, and work goes on as far as it can. Windows needs none of it.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

# What Qt6Core, Gui, Widgets, Network, DBus and the plug-ins offscreen and xcb of the wheel
# PySide6-Essentials 6.11.3 name as NEEDED and do not carry themselves, by package. Found with
# readelf -d; proved complete in a Debian 12 that had python3 and nothing else.
_QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

# xkb-data is no library: without it the xcb plug-in knows no keyboard and Qt warns at each start.
_QT_FOLDERS = {"/usr/share/X11/xkb": "xkb-data"}

_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")

# A display to test the xcb plug-in on, a spreadsheet program that recalculates the workbook, and
# what runs the validator of PDF/A, and a reader of PDF.
_TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "strace": "strace",
    "soffice": "libreoffice-calc-nogui",
    "java": "default-jre-headless",
    "pdftotext": "poppler-utils",
}

# The text program beside it, which lays out the Word file; it has no command of its own. Some 10 MB more.
# PDFBox's Preflight, and two libraries that left Java since and that Debian forgot to name as its own needs.
_TEST_FILES = {
    "/usr/lib/libreoffice/program/libswlo.so": "libreoffice-writer-nogui",
    "/usr/share/java/preflight.jar": "libpdfbox2-java",
    "/usr/share/java/javax.activation.jar": "libactivation-java",
    "/usr/share/java/jaxb-api.jar": "libjaxb-api-java",
}


def packages_for_venv() -> list[str]:
    """Debian's packages that make `python -m venv` work with the Python that runs this."""
    if sys.platform != "linux" or importlib.util.find_spec("ensurepip"):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def packages_for_qt() -> list[str]:
    """Debian's packages of what Qt's offscreen and xcb plug-ins need and this system lacks."""
    if sys.platform != "linux":
        return []
    libraries = {package for soname, package in _QT_LIBRARIES.items() if not _loads(soname)}
    folders = {package for folder, package in _QT_FOLDERS.items() if not Path(folder).is_dir()}
    return sorted(libraries | folders)


def packages_for_tests() -> list[str]:
    """Debian's packages of the programs that tests call and this system lacks."""
    if sys.platform != "linux":
        return []
    programs = {package for program, package in _TEST_PROGRAMS.items() if not shutil.which(program)}
    files = {package for file, package in _TEST_FILES.items() if not Path(file).exists()}
    return sorted(programs | files)


def provide(**packages: Iterable[str]) -> None:
    """Install packages, by what they are for, where that is allowed; else print the one command."""
    wanted = {purpose: list(names) for purpose, names in packages.items() if names}
    if not wanted:
        return
    everything = " ".join(name for names in wanted.values() for name in names)
    purposes = " and ".join(wanted)
    if not shutil.which("apt-get"):
        print(f"Missing for {purposes}: what Debian calls {everything}.", flush=True)
        return
    root = _root_prefix()
    if root is None:
        command = f"sudo apt-get update && sudo {' '.join(_INSTALL)} {everything}"
        print(f"Missing for {purposes}. Please run once:\n  {command}", flush=True)
        return
    # Lists may be absent (container images drop them) or out of date, so the update comes first; it
    # also fails where only a source that we do not need is down, so its failure decides nothing.
    _reason_of_failure([*root, "apt-get", "update"])
    failed: list[str] = []
    reason = ""
    for purpose, names in wanted.items():
        print(f"Installing for {purpose}: {' '.join(names)}", flush=True)
        if why := _reason_of_failure([*root, *_INSTALL, *names]):
            failed, reason = [*failed, *names], why
    if failed:
        command = f"apt-get update && {' '.join(_INSTALL)} {' '.join(failed)}"
        print(f"That failed ({reason}). Please run once as root:\n  {command}", flush=True)


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _root_prefix() -> list[str] | None:
    """What a command needs in front to run as root: nothing, sudo, or None where that is refused."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not _reason_of_failure(["sudo", "-n", "true"]):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _reason_of_failure(command: list[str]) -> str:
    """Run a command in silence; what it said last if it failed, nothing if it went well."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode == 0:
        return ""
    return (result.stderr.strip().splitlines() or [f"exit code {result.returncode}"])[-1]
