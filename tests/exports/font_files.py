"""Makes font files for tests out of the bundled ones: other names, collections, other outlines."""

import struct
from pathlib import Path

from reportdesk.resources import resource


def bundled(name: str) -> bytes:
    """A bundled font file's bytes."""
    return Path(resource("fonts", name)).read_bytes()


def renamed(font: bytes, *names: str, rights: int | None = None) -> bytes:
    """The font under other names, as Windows writes them; ``rights`` replaces OS/2's fsType."""
    written = [name.encode("utf-16-be") for name in names]
    table = struct.pack(">HHH", 0, len(names), 6 + 12 * len(names))
    offset = 0
    for name in written:
        table += struct.pack(">6H", 3, 1, 0x0804, 1, len(name), offset)
        offset += len(name)
    table += b"".join(written)
    changed = bytearray(font) + bytearray(-len(font) % 4)
    for record in _records(font):
        if font[record : record + 4] == b"name":
            struct.pack_into(">II", changed, record + 8, len(changed), len(table))
        if font[record : record + 4] == b"OS/2" and rights is not None:
            (start,) = struct.unpack_from(">I", font, record + 8)
            struct.pack_into(">H", changed, start + 8, rights)
    return bytes(changed) + table


def collection(*fonts: bytes) -> bytes:
    """Several faces in one file."""
    head = 12 + 4 * len(fonts)
    places, body = [], b""
    for font in fonts:
        start = head + len(body)
        places.append(start)
        moved = bytearray(font)
        for record in _records(font):
            (offset,) = struct.unpack_from(">I", font, record + 8)
            struct.pack_into(">I", moved, record + 8, offset + start)
        body += bytes(moved) + bytes(-len(moved) % 4)
    return (
        struct.pack(">4sII", b"ttcf", 0x00010000, len(fonts)) + struct.pack(f">{len(fonts)}I", *places) + body
    )


def _records(font: bytes) -> range:
    (count,) = struct.unpack_from(">H", font, 4)
    return range(12, 12 + 16 * count, 16)
