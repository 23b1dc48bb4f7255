"""Frames on a pipe: a header in JSON and perhaps bytes behind it, each with its length in front.

Answers for telling frames apart and for refusing what is none. What a header means is
``messages``'.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_HEADER = 1024 * 1024
"""Bytes; a long report's places on its pages take some 20 KB."""

MAX_PAYLOAD = 64 * 1024 * 1024
"""Bytes; a page of A4 at 300 dpi takes 35 MB, four to a pixel."""

_SIGN = b"RDF1"
_LENGTHS = struct.Struct(">4sII")


class FrameError(ValueError):
    """What came over the pipe is no frame; nothing that follows can be trusted."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: what is said, and bytes that belong to it."""

    header: Mapping[str, Any]
    payload: bytes = b""


def pack(frame: Frame) -> bytes:
    """The frame as it goes over the pipe.

    Raises:
        FrameError: its header or payload is longer than the other end takes.
    """
    text = json.dumps(frame.header, ensure_ascii=False, separators=(",", ":"))
    header = text.encode("utf-8", "surrogatepass")  # in paths: Linux takes names that are no UTF-8
    _refuse_too_long(len(header), len(frame.payload))
    return _LENGTHS.pack(_SIGN, len(header), len(frame.payload)) + header + frame.payload


class FrameReader:
    """Puts frames together from the pieces in which a pipe delivers them."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._wanted = _LENGTHS.size
        self._lengths: tuple[int, int] | None = None

    @property
    def is_between_frames(self) -> bool:
        """Whether all that came in was whole frames."""
        return self._lengths is None and not self._waiting

    def feed(self, piece: bytes) -> list[Frame]:
        """The frames that this piece completes, in order.

        Raises:
            FrameError: the bytes are no frame, or one beyond the limits.
        """
        self._waiting += piece
        frames = []
        while len(self._waiting) >= self._wanted:
            if self._lengths is None:
                self._lengths = self._take_lengths()
                self._wanted = sum(self._lengths)
            else:
                frames.append(self._take_frame(*self._lengths))
                self._lengths = None
                self._wanted = _LENGTHS.size
        return frames

    def _take_lengths(self) -> tuple[int, int]:
        sign, header, payload = _LENGTHS.unpack(self._take(_LENGTHS.size))
        if sign != _SIGN:
            raise FrameError("a frame does not begin with its sign")
        _refuse_too_long(header, payload)
        return header, payload

    def _take_frame(self, header: int, payload: int) -> Frame:
        return Frame(_read_header(self._take(header)), self._take(payload))

    def _take(self, length: int) -> bytes:
        with memoryview(self._waiting) as waiting:
            taken = bytes(waiting[:length])
        del self._waiting[:length]
        return taken


def _refuse_too_long(header: int, payload: int) -> None:
    if header > MAX_HEADER:
        raise FrameError(f"a header of {header} bytes")
    if payload > MAX_PAYLOAD:
        raise FrameError(f"a payload of {payload} bytes")


def _read_header(content: bytes) -> Mapping[str, Any]:
    try:
        header = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FrameError("a header is no JSON") from error
    if not isinstance(header, dict):
        raise FrameError("a header is no object")
    return header
