"""How much memory the process may take, so that no report or file brings the whole PC down.

How long a request may take is the asker's to watch: it ends the process and starts another.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

_MEBIBYTE = 1024 * 1024
_IN_USE = Path("/proc/self/statm")
"""Linux' count of this process's pages, address space first."""


def limit_memory(mebibytes: int) -> None:
    """Have more memory refused to this process; a system that cannot do that sets no limit."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            _limit_by_job(mebibytes * _MEBIBYTE)
    elif sys.platform == "linux":
        import resource

        limits = resource.getrlimit(resource.RLIMIT_AS)
        least = min(limit for limit in (*limits, mebibytes * _MEBIBYTE) if limit != resource.RLIM_INFINITY)
        resource.setrlimit(resource.RLIMIT_AS, (least, limits[1]))


@contextlib.contextmanager
def at_most_more(mebibytes: int) -> Iterator[None]:
    """Meanwhile have this process take no more than so much memory beyond what it has.

    Linux only; elsewhere ``limit_memory`` alone holds.
    """
    if sys.platform == "linux":
        import resource

        before, hard = resource.getrlimit(resource.RLIMIT_AS)
        in_use = int(_IN_USE.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        wanted = in_use + mebibytes * _MEBIBYTE
        lowered = wanted if before == resource.RLIM_INFINITY else min(before, wanted)
        resource.setrlimit(resource.RLIMIT_AS, (lowered, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (before, hard))
    else:
        yield


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
    _PROCESS_MEMORY = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _limit_by_job(size: int) -> None:
        """Put this process into a job of its own, which lasts as long as the process.

        Raises:
            OSError: the system refused.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY
        limits.ProcessMemoryLimit = size
        job = kernel.CreateJobObjectW(None, None)
        made = job and kernel.SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        if not made or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())
