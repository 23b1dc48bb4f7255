"""What Windows says while another program holds a file, for a moment or for good."""

import errno
import time
from collections.abc import Callable

import pytest

from reportdesk.store import disk

IN_USE = 32


def refused_by_windows(code: int) -> PermissionError:
    error = PermissionError(errno.EACCES, "refused")
    error.winerror = code  # type: ignore[attr-defined,unused-ignore]
    return error


def look_for_a_moment(
    monkeypatch: pytest.MonkeyPatch, step: str, code: int = IN_USE
) -> list[PermissionError]:
    """Let a virus scanner refuse that step of the disk three times; the refusals still to come."""
    plain: Callable[..., object] = getattr(disk, step)
    refusals = [refused_by_windows(code) for _ in range(3)]

    def refuse_at_first(*paths: object) -> object:
        if refusals:
            raise refusals.pop()
        return plain(*paths)

    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(disk, step, refuse_at_first)
    return refusals
