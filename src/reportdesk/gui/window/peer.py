"""Who stands at the other end of the local socket: the same user of this PC, or somebody else.

Asked of the system before anything is said or believed: a stranger's program could have taken the
socket's name first.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_QUERY_LIMITED = 0x1000
"""PROCESS_QUERY_LIMITED_INFORMATION."""
_TOKEN_QUERY = 0x0008
_TOKEN_USER = 1
"""Of TOKEN_INFORMATION_CLASS."""


def is_same_user(socket: QLocalSocket, *, is_server: bool) -> bool:
    """Whether the program at the other end runs as this user; False too where that cannot be told.

    ``is_server`` says that this end is the server, so that the other is the client.
    """
    descriptor = int(socket.socketDescriptor())
    try:
        if sys.platform == "win32":
            return _same_user_on_windows(_windows(), descriptor, is_server=is_server)
        return _user_at(descriptor) == os.getuid()
    except (OSError, ValueError):
        return False


def _user_at(descriptor: int) -> int:
    """The user whose program is at the other end of a Unix socket: SO_PEERCRED of socket(7)."""
    import socket as sockets
    import struct

    with sockets.socket(fileno=os.dup(descriptor)) as copy:
        if hasattr(sockets, "SO_PEERCRED"):
            told = copy.getsockopt(sockets.SOL_SOCKET, sockets.SO_PEERCRED, struct.calcsize("3i"))
            _process, user, _group = struct.unpack("3i", told)
            return int(user)
    raise OSError("no SO_PEERCRED here")


def _windows() -> Any:
    import ctypes

    return ctypes


def _same_user_on_windows(ctypes: Any, handle: int, *, is_server: bool) -> bool:
    """GetNamedPipeClientProcessId or …ServerProcessId, then the SIDs of both processes' users, by EqualSid."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    security = ctypes.WinDLL("advapi32", use_last_error=True)
    process = ctypes.c_ulong()
    ask = kernel.GetNamedPipeClientProcessId if is_server else kernel.GetNamedPipeServerProcessId
    _must(ask(ctypes.c_void_p(handle), ctypes.byref(process)))
    kernel.OpenProcess.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    theirs = kernel.OpenProcess(_QUERY_LIMITED, 0, process.value)
    _must(theirs)
    try:
        other = _user_of(ctypes, security, kernel, theirs)
    finally:
        kernel.CloseHandle(ctypes.c_void_p(theirs))
    own = _user_of(ctypes, security, kernel, kernel.GetCurrentProcess())
    return bool(security.EqualSid(_sid_in(ctypes, own), _sid_in(ctypes, other)))


def _user_of(ctypes: Any, security: Any, kernel: Any, process: int) -> Any:
    """The TOKEN_USER of a process, which begins with a pointer to the SID that follows it."""
    token = ctypes.c_void_p()
    _must(security.OpenProcessToken(ctypes.c_void_p(process), _TOKEN_QUERY, ctypes.byref(token)))
    try:
        size = ctypes.c_ulong()
        security.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
        held = ctypes.create_string_buffer(size.value)
        _must(security.GetTokenInformation(token, _TOKEN_USER, held, size, ctypes.byref(size)))
    finally:
        kernel.CloseHandle(token)
    return held


def _sid_in(ctypes: Any, token_user: Any) -> Any:
    return ctypes.cast(token_user, ctypes.POINTER(ctypes.c_void_p))[0]


def _must(done: object) -> None:
    if not done:
        raise OSError("Windows did not tell who is at the other end")
