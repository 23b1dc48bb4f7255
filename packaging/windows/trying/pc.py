"""A made-up Windows PC with a clerk on it, in a prefix of Wine's.

Where Wine lacks a DLL that every Windows 10 has, a stub of our own stands in (stubs/); it never
leaves the prefix. The system's language is Chinese, with code page 936.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from making.commands import run
from making.places import HERE, PROGRAM, TITLE
from making.wine import Prefix

_STUBS = HERE / "trying" / "stubs"
_LOCALE = "zh_CN.UTF-8"
_UNINSTALL = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{PROGRAM}"
# Wine finds this face through the system that it runs on; a Windows of 10 and later has the others.
_FACES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "SimSun",
    "MS Shell Dlg",
    "MS Shell Dlg 2",
    "Tahoma",
    "Segoe UI",
)
_STANDS_IN = "Noto Sans CJK SC"


CLERK = "张 三"
# What Windows tells a program of the clerk who is logged in: folders by their names in the
# registry, and variables. Wine itself knows but one user, the one of this PC.
_FOLDERS = {
    "Desktop": "Desktop",
    "Personal": "Documents",
    "AppData": r"AppData\Roaming",
    "Local AppData": r"AppData\Local",
    "Start Menu": r"AppData\Roaming\Microsoft\Windows\Start Menu",
    "Programs": r"AppData\Roaming\Microsoft\Windows\Start Menu\Programs",
}
_VARIABLES = {"USERPROFILE": "", "APPDATA": r"AppData\Roaming", "LOCALAPPDATA": r"AppData\Local"}
_TEMPORARY = r"AppData\Local\Temp"
_SHELL_FOLDERS = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_CLERKS_OWN = (
    r"HKCU\Software\Classes",
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall",
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths",
)
"""What the setup writes into a clerk's own part of the registry."""


@dataclass(frozen=True, slots=True)
class Pc:
    """A PC, the clerk who is logged in, and the folders that a test looks into."""

    prefix: Prefix
    clerk: str = CLERK

    @property
    def user(self) -> Path:
        """The clerk's own folder."""
        return self.prefix.drive_c / "users" / self.clerk

    @property
    def installed(self) -> Path:
        """Where the program is installed for this clerk."""
        return self.user / "AppData" / "Local" / "Programs" / PROGRAM

    @property
    def settings(self) -> Path:
        """Where the program keeps the clerk's settings."""
        return self.user / "AppData" / "Roaming" / PROGRAM

    @property
    def shortcuts(self) -> tuple[Path, Path]:
        """On the desktop and in the Start menu."""
        menu = self.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        return self.user / "Desktop" / f"{TITLE}.lnk", menu / f"{TITLE}.lnk"

    def run(self, command: Sequence[str | Path], *, seconds: float = 600) -> tuple[int, str]:
        """Exit code of a program and what it said."""
        return self.prefix.run(command, seconds=seconds)

    def here(self, path: str) -> Path:
        """The file of this PC that a program over there calls so."""
        drive, _, below = path.partition(":\\")
        if drive.upper() == "Z":
            return Path("/") / below.replace("\\", "/")
        return self.prefix.drive_c / below.replace("\\", "/")

    def there(self, path: Path) -> str:
        """What a program over there calls a file on drive C."""
        return "C:\\" + str(path.relative_to(self.prefix.drive_c)).replace("/", "\\")

    def start(self, command: Sequence[str | Path], **options: object) -> subprocess.Popen[bytes]:
        """Start a program as a double click does, and do not wait for its end."""
        silent = subprocess.DEVNULL
        return self.prefix.start(command, stdin=silent, stdout=silent, stderr=silent, **options)

    def registry(self, key: str, root: str = "HKCU") -> dict[str, str]:
        """The values of a key by name, the nameless one as an empty name; none where there is no key."""
        _, said = self.prefix.run(["reg", "query", f"{root}\\{key}"], encoding="gbk")
        values = re.findall(r"^    (.*?)    REG_\w+    ?(.*?)\r?$", said, re.MULTILINE)
        return {"" if name.startswith("(") else name: value for name, value in values}

    def uninstall_entry(self, root: str = "HKCU") -> dict[str, str]:
        """What stands in 应用和功能."""
        return self.registry(_UNINSTALL, root)

    def set_registry(self, key: str, name: str, value: str, kind: str = "REG_SZ") -> None:
        """Set a value."""
        self.run(["reg", "add", key, "/v", name, "/t", kind, "/d", value, "/f"])


@contextmanager
def logged_in(pc: Pc, clerk: str) -> Iterator[Pc]:
    """The same PC with another clerk before it, who has nothing of what the first one's registry has."""
    kept = [(key, pc.prefix.drive_c / f"{number}.reg") for number, key in enumerate(_CLERKS_OWN)]
    for key, file in kept:
        pc.run(["reg", "export", key, pc.there(file), "/y"])
        pc.run(["reg", "delete", key, "/f"])
    other = Pc(pc.prefix, clerk)
    _log_in(other)
    try:
        yield other
    finally:
        for key, file in kept:
            pc.run(["reg", "delete", key, "/f"])
            if file.exists():
                pc.run(["reg", "import", pc.there(file)])
        _log_in(pc)


def _log_in(pc: Pc) -> None:
    home = pc.there(pc.user)
    for below in (*_FOLDERS.values(), _TEMPORARY):
        pc.here(f"{home}\\{below}").mkdir(parents=True, exist_ok=True)
    keys = {
        _SHELL_FOLDERS: _FOLDERS,
        r"HKEY_CURRENT_USER\Volatile Environment": _VARIABLES,
        r"HKEY_CURRENT_USER\Environment": {"TEMP": _TEMPORARY, "TMP": _TEMPORARY},
    }
    lines = ["Windows Registry Editor Version 5.00"]
    for key, values in keys.items():
        lines += ["", f"[{key}]"]
        for name, below in values.items():
            path = f"{home}\\{below}".rstrip("\\").replace("\\", "\\\\")
            lines.append(f'"{name}"="{path}"')
    file = pc.prefix.drive_c / "log-in.reg"
    file.write_text("\r\n".join([*lines, ""]), encoding="utf-16", newline="")
    pc.run(["reg", "import", pc.there(file)])


def make_pc(folder: Path, *, dots_per_inch: int = 96) -> Pc:
    """A fresh PC; what stood in the folder is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    locales = folder / "locales"
    locales.mkdir()
    run(["localedef", "-i", "zh_CN", "-f", "UTF-8", locales / _LOCALE], to="make the Chinese locale")
    settings = {"LOCPATH": str(locales), "LC_ALL": _LOCALE, "LANG": _LOCALE}
    pc = Pc(Prefix(folder / "wine", settings))
    pc.prefix.make()
    for source in sorted(_STUBS.glob("*.c")):
        target = pc.prefix.drive_c / "windows" / "system32" / f"{source.stem}.dll"
        command = ["x86_64-w64-mingw32-gcc", "-shared", "-O2", str(source), "-o", str(target), "-ladvapi32"]
        run(command, to=f"compile {source.name}")
    for link in (pc.prefix.drive_c / "users").glob("*/*"):
        if link.is_symlink():  # into the home folder of whoever tries
            link.unlink()
            link.mkdir()
    _log_in(pc)
    for face in _FACES:
        pc.set_registry(r"HKCU\Software\Wine\Fonts\Replacements", face, _STANDS_IN)
    if dots_per_inch != 96:
        pc.set_registry(r"HKCU\Control Panel\Desktop", "LogPixels", str(dots_per_inch), "REG_DWORD")
    return pc
