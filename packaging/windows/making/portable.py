"""The portable .zip: the same tree with a marker, so that all it keeps stays beside it."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

from making.places import HERE, PROGRAM, source_date
from reportdesk.store.folders import PORTABLE_MARKER

_FOLDER = PROGRAM
"""The same in every version: the next one is unpacked over it, and finds what stands beside it."""


def zip_portable(tree: Path, target: Path) -> None:
    """Pack the tree below one folder; the same bytes for the same tree."""
    moment = time.gmtime(source_date())[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(tree.rglob("*")):
            if path.is_file():
                _add(archive, path.relative_to(tree).as_posix(), path.read_bytes(), moment)
        says = (HERE / PORTABLE_MARKER).read_text(encoding="utf-8").replace("\n", "\r\n")
        _add(archive, PORTABLE_MARKER, says.encode("utf-8-sig"), moment)  # as the old Notepad reads it


def _add(archive: zipfile.ZipFile, name: str, content: bytes, moment: tuple[int, ...]) -> None:
    member = zipfile.ZipInfo(f"{_FOLDER}/{name}", moment)  # type: ignore[arg-type]  # six numbers
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, content, compresslevel=9)
