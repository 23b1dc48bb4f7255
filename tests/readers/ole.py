"""Writes OLE containers for tests: streams at the top level, as .doc files and protected ones have them."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_END, _FAT, _FREE, _NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
_SMALLEST = 4096
"""Shorter streams would stand in the mini stream; these are filled up with zeros."""


def container(streams: Mapping[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """An OLE container ([MS-CFB], version 3) with these streams and empty storages."""
    bodies = {name: _filled(content) for name, content in streams.items()}
    names = [*bodies, *storages]
    directory_sectors = -(-(len(names) + 1) // 4)
    chains = [directory_sectors, *(len(body) // _SECTOR for body in bodies.values())]
    fat_sectors = 1
    while (sum(chains) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    fat = [_FAT] * fat_sectors
    starts = []
    for length in chains:
        starts.append(len(fat))
        fat += [len(fat) + step + 1 for step in range(length - 1)] + [_END]
    fat += [_FREE] * (fat_sectors * _SECTOR // 4 - len(fat))
    entries = [_entry("Root Entry", 5, child=1 if names else _NONE)]
    for number, name in enumerate(names):
        right = number + 2 if number + 1 < len(names) else _NONE
        if name in bodies:
            entries.append(_entry(name, 2, right=right, start=starts[number + 1], size=len(bodies[name])))
        else:
            entries.append(_entry(name, 1, right=right))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\x00")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, starts[0], 0, _SMALLEST, _END, 0, _END, 0,
    )  # fmt: skip
    difat = [*range(fat_sectors), *[_FREE] * (109 - fat_sectors)]
    parts = [
        header,
        struct.pack("<109I", *difat),
        struct.pack(f"<{len(fat)}I", *fat),
        directory,
        *bodies.values(),
    ]
    return b"".join(parts)


def _filled(content: bytes) -> bytes:
    return content.ljust(max(_SMALLEST, -(-len(content) // _SECTOR) * _SECTOR), b"\x00")


def _entry(
    name: str, kind: int, *, right: int = _NONE, child: int = _NONE, start: int = 0, size: int = 0
) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16x4x16xIQ", written, len(written) + 2, kind, 1, _NONE, right, child, start, size
    )
