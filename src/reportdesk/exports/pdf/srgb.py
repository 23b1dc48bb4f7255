"""The colour space of the PDF's colours, as an ICC profile: sRGB (IEC 61966-2-1), made by this code.

A profile of version 2.1, which a PDF/A-1 may hold: three primaries and one tone curve. It bears
no date, so the same bytes come out always.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Sequence

NAME = "sRGB IEC61966-2.1"
COMPONENTS = 3

_WHITE = (0.9642, 1.0, 0.8249)
"""D50, the white of every profile's connection space (ICC.1:2001-04, annex A)."""
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
"""Red, green and blue of sRGB, adapted from D65 to that white (Bradford)."""
_CURVE_POINTS = 1024
_RIGHTS = "No copyright, use freely"


@functools.cache
def srgb_profile() -> bytes:
    """The profile's bytes."""
    curve = _curve()
    tags = {
        b"desc": _description(),
        b"cprt": _text(_RIGHTS),
        b"wtpt": _xyz(_WHITE),
        **{tag: _xyz(primary) for tag, primary in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    return _assemble(tags)


def _assemble(tags: dict[bytes, bytes]) -> bytes:
    """Header, tag table and the tags' contents, each at a multiple of four; equal ones stand once."""
    place = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for content in tags.values():
        if content not in places:
            places[content] = place
            place += len(content)
    table = struct.pack(">I", len(tags))
    for tag, content in tags.items():
        table += struct.pack(">4sII", tag, places[content], len(content))
    return _header(place) + table + b"".join(places)


def _header(size: int) -> bytes:
    """ICC.1:2001-04, 6.1: a display profile from RGB to XYZ, without maker, device or date."""
    header = struct.pack(">I4sI4s4s4s", size, b"\0" * 4, 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp")  # a date is demanded: as good as none
    return (header + bytes(28) + _fixed(_WHITE)).ljust(128, b"\0")


def _curve() -> bytes:
    values = [round(65535 * _linear(step / (_CURVE_POINTS - 1))) for step in range(_CURVE_POINTS)]
    return struct.pack(f">4s4xI{_CURVE_POINTS}H", b"curv", _CURVE_POINTS, *values)


def _linear(shown: float) -> float:
    """The light of a colour value from 0 to 1 (IEC 61966-2-1, 5.2)."""
    if shown <= 0.04045:  # noqa: PLR2004 - the standard's
        return shown / 12.92
    return float(((shown + 0.055) / 1.055) ** 2.4)


def _description() -> bytes:
    ascii_name = NAME.encode() + b"\0"
    described = struct.pack(">4s4xI", b"desc", len(ascii_name)) + ascii_name
    return _padded(described + bytes(4 + 4 + 2 + 1 + 67))  # no name in Unicode, none for the Macintosh


def _text(text: str) -> bytes:
    return _padded(b"text" + bytes(4) + text.encode() + b"\0")


def _xyz(value: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(value)


def _fixed(value: Sequence[float]) -> bytes:
    return struct.pack(">3i", *(round(65536 * part) for part in value))


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % 4)
