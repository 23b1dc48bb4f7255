"""Where the program keeps what is its own, and where reports go unless the clerk says otherwise.

Finds folders by the system's customs, without Qt and without making any of them. A file named
``portable.txt`` beside the program keeps everything beside it, as on a USB stick. What a district
handed out with the program stands beside it in ``district``.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportdesk.resources import DISTRICT, ResourcesMissingError, resource
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain, try_writing

OVERRIDE = "REPORTDESK_HOME"
"""Environment variable that puts everything below one folder; for tests and trials."""

PROFILE_SUFFIX = ".gkprofile"
"""How the name of a file of units' profiles ends."""

PORTABLE_MARKER = "portable.txt"
_PROGRAM = "reportdesk"
_REPORTS = "年报台"
_USER_DIRS_LINE = re.compile(r'^\s*XDG_DOCUMENTS_DIR\s*=\s*"(.*)"\s*$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Folders:
    """The program's places; none of them need exist yet.

    ``notices`` are sentences for the clerk about a place that could not be had.
    """

    settings: Path
    """What belongs to the clerk and may follow them to another PC."""
    data: Path
    """What belongs to this PC: the list of reports, versions, logs."""
    reports: Path
    notices: tuple[str, ...] = ()
    district: Path | None = None
    """What a district handed out with the program; None where that cannot be told."""

    @property
    def district_profile(self) -> Path | None:
        """The district's profile file, the first by name; None if it handed out none."""
        try:
            return min(self.district.glob(f"*{PROFILE_SUFFIX}"), default=None) if self.district else None
        except OSError:  # the folder cannot be listed
            return None

    @property
    def settings_file(self) -> Path:
        """Text size, theme, folder of reports."""
        return self.settings / "settings.json"

    @property
    def profile_file(self) -> Path:
        """The unit that this PC fills reports for."""
        return self.settings / f"unit{PROFILE_SUFFIX}"

    @property
    def library_file(self) -> Path:
        """The list of reports on this PC."""
        return self.data / "library.json"

    @property
    def logs(self) -> Path:
        """The folder of the log file and its older ones."""
        return self.data / "logs"

    @property
    def journals(self) -> Path:
        """The folder of journals: what was typed since the reports' files were saved last."""
        return self.data / "journals"

    @property
    def typed(self) -> Path:
        """The folder of what stands in open editors and was not entered."""
        return self.data / "typed"

    @property
    def sent_drafts(self) -> Path:
        """The folder of the drafts that were sent for review."""
        return self.data / "sent"

    @property
    def written_files(self) -> Path:
        """What the program wrote for others, by path and SHA-256."""
        return self.data / "written.json"

    @property
    def versions(self) -> Path:
        """The folder of kept versions of reports."""
        return self.data / "versions"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the system says, so that tests can say something else."""

    platform: str
    environment: Mapping[str, str]
    home: Path
    program: Path | None
    """The folder in which the program stands; None where that cannot be told."""
    registered_documents: Callable[[], str] = lambda: ""
    """What Windows' registry names as the folder of documents, with its %VARIABLES%."""


def find_folders(around: Surroundings | None = None) -> Folders:
    """The folders for this user on this PC."""
    around = around or this_pc()
    district = around.program / DISTRICT if around.program else None
    override = around.environment.get(OVERRIDE)
    if override:
        return _below(Path(override), district)
    notices: tuple[str, ...] = ()
    if around.program is not None and (around.program / PORTABLE_MARKER).is_file():
        if _takes_files(around.program):
            return _below(around.program / f"{_REPORTS}资料", district)
        notices = ("程序所在的文件夹不能写入，便携方式用不了；设置和年报改存到这台电脑的用户文件夹。",)
    if around.platform == "win32":
        settings = _absolute(around.environment.get("APPDATA")) or around.home / "AppData" / "Roaming"
        data = _absolute(around.environment.get("LOCALAPPDATA")) or around.home / "AppData" / "Local"
    else:
        settings = _absolute(around.environment.get("XDG_CONFIG_HOME")) or around.home / ".config"
        data = _absolute(around.environment.get("XDG_DATA_HOME")) or around.home / ".local" / "share"
    reports = documents_folder(around) / _REPORTS
    return Folders(settings / _PROGRAM, data / _PROGRAM, reports, notices, district)


def documents_folder(around: Surroundings) -> Path:
    """文档, wherever it was moved to; the home folder where there is none that can be reached."""
    if around.platform == "win32":
        named = _expand(around.registered_documents(), around.environment)
        usual = ("Documents", "My Documents")
    else:
        named = _documents_of_xdg(around)
        usual = ("Documents", "文档")
    candidates = [Path(named)] if named else []
    candidates += [around.home / name for name in usual]
    return next((folder for folder in candidates if _is_reachable(folder)), around.home)


def ensure_folder(folder: Path, *, private: bool = False) -> Path:
    """The folder, made where it did not exist; a ``private`` one nobody but its owner may enter.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        if private:
            disk.make_private_folder(folder)
        else:
            disk.make_folder(folder)
    except OSError as error:
        raise StoreError(f"建不了文件夹“{folder}”：{explain(error)}") from error
    return folder


def this_pc() -> Surroundings:
    """What this system says."""
    try:
        program = resource().parent
    except ResourcesMissingError:
        program = None
    return Surroundings(sys.platform, os.environ, _home(), program, _documents_in_registry)


def _below(folder: Path, district: Path | None) -> Folders:
    return Folders(folder / "settings", folder / "data", folder / "reports", district=district)


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without a home folder
        return Path.cwd()


def _absolute(named: str | None) -> Path | None:
    """The folder if it is a full path; the XDG custom asks to ignore any other."""
    return Path(named) if named and Path(named).is_absolute() else None


def _is_reachable(folder: Path) -> bool:
    try:
        return folder.is_dir() and os.access(folder, os.W_OK)
    except (OSError, ValueError):  # a share that is gone, or a path that the system cannot read
        return False


def _takes_files(folder: Path) -> bool:
    try:
        try_writing(folder)
    except OSError:
        return False
    return True


def _documents_of_xdg(around: Surroundings) -> str:
    config = _absolute(around.environment.get("XDG_CONFIG_HOME")) or around.home / ".config"
    try:
        lines = (config / "user-dirs.dirs").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    match = _USER_DIRS_LINE.search(lines)
    return match[1].replace("$HOME", str(around.home)) if match else ""


def _expand(named: str, environment: Mapping[str, str]) -> str:
    """Put in what %VARIABLES% stand for; empty where one is unknown."""
    known = {name.upper(): value for name, value in environment.items()}
    expanded = re.sub(r"%([^%]+)%", lambda match: known.get(match[1].upper(), match[0]), named)
    return "" if "%" in expanded else expanded


def _documents_in_registry() -> str:
    if sys.platform == "win32":
        import winreg

        key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            return str(winreg.QueryValueEx(opened, "Personal")[0])
    return ""
