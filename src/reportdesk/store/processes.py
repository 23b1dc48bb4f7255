"""Who we are on this PC, and whether a process that once ran still does.

The names go into locks and nowhere else; a lock lies beside its report, where every PC that sees
the report reads it. A number of a process is used again by the system, so it counts only together
with the time when the process began.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def pc_name() -> str:
    """The name of this PC, as others on the network see it; empty if it has none."""
    if sys.platform == "win32":
        name = os.environ.get("COMPUTERNAME", "")
    else:
        name = os.uname().nodename
    return name


def user_name() -> str:
    """The name of the user who runs the program; empty if it cannot be told."""
    names = ("USERNAME",) if sys.platform == "win32" else ("LOGNAME", "USER")
    return next((os.environ[name] for name in names if os.environ.get(name)), "")


def began(process: int) -> str | None:
    """When the process began, in the system's own words; empty if there is none.

    None where it cannot be told, as Windows refuses to of another user's.
    """
    return _began(process)


def is_running(process: int, begun: str) -> bool:
    """Whether the process that began then still runs; where that cannot be told, that it does."""
    is_told = sys.platform == "win32" or bool(begun)
    if not is_told:
        return _answers(process)
    found = began(process)
    return found is None or (bool(found) and begun in {found, ""})


def _answers(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # another user's
    return True


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _MAY_ASK = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
    _STILL_ACTIVE = 259
    _ACCESS_DENIED = 5

    def _began(process: int) -> str | None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.GetProcessTimes.argtypes = (wintypes.HANDLE, *[ctypes.c_void_p] * 4)
        kernel.GetExitCodeProcess.argtypes = (wintypes.HANDLE, ctypes.c_void_p)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        handle = kernel.OpenProcess(_MAY_ASK, False, process)
        if not handle:
            return None if ctypes.get_last_error() == _ACCESS_DENIED else ""
        try:
            times = [wintypes.FILETIME() for _ in range(4)]
            code = wintypes.DWORD()
            told = kernel.GetProcessTimes(handle, *(ctypes.byref(time) for time in times))
            kernel.GetExitCodeProcess(handle, ctypes.byref(code))
            runs = told and code.value == _STILL_ACTIVE
            return f"{times[0].dwHighDateTime:x}{times[0].dwLowDateTime:08x}" if runs else ""
        finally:
            kernel.CloseHandle(handle)

else:
    _ENDED = ("Z", "X", "x")
    """States of a process that has ended and that nobody has asked about yet."""

    def _began(process: int) -> str | None:
        try:
            # After the command in brackets, which may hold anything: the state, and as the 20th field the time.
            fields = (
                Path(f"/proc/{process}/stat")
                .read_text(encoding="utf-8", errors="replace")
                .rpartition(")")[2]
                .split()
            )
            return "" if fields[0] in _ENDED else fields[19]
        except (OSError, IndexError):
            return ""
