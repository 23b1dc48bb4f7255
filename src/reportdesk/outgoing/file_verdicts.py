"""Whether the files of one 报送 folder or zip are what its list says: file by file, under limits.

Where in what people send the package lies, and how its files are opened, is ``verification``'s.
"""

from __future__ import annotations

import hashlib
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath
from typing import IO

from reportdesk.exports.manifest import NAME, Listed, Manifest
from reportdesk.form.load import load_form
from reportdesk.outgoing.zip_names import plain_name
from reportdesk.report.check_code import check_code
from reportdesk.report.file import codec
from reportdesk.store.file import SUFFIX

MAX_FILE_BYTES = 128 * 1024 * 1024
"""Unpacked; beyond it a file is not read to its end. A scan may have 50 MiB."""
MAX_TOTAL_BYTES = 256 * 1024 * 1024
"""Of all files of a package; what lies beyond it is not read. A scan lies in a folder of ours twice, in its zip too."""
MAX_EXTRAS = 200
_PIECE = 1 << 20
_DROPPING = re.compile(
    r"(.*/)?(thumbs\.db|desktop\.ini|\.ds_store|~\$[^/]*|\._[^/]*|\.~lock\.[^/]*#)|(.*/)?__macosx/.*",
    re.IGNORECASE,
)
"""What Windows, a Mac, Word and LibreOffice put into folders by themselves."""


class Verdict(Enum):
    """What is to be said of one file; the value is what the clerk reads."""

    SAME = "没有改动"
    CHANGED = "已改动"
    MISSING = "缺少"
    UNREADABLE = "读不了"
    OTHER_REPORT = "内容与清单的核对码不符"
    EXTRA = "清单里没有"
    PASSED_OVER = "略过（系统或办公软件自己放的）"

    @property
    def is_well(self) -> bool:
        """Whether a package with such a file can be whole."""
        return self in (Verdict.SAME, Verdict.PASSED_OVER)


@dataclass(frozen=True, slots=True)
class Verified:
    """One file and what is to be said of it."""

    path: str
    verdict: Verdict
    digest: str = ""
    content: bytes = field(default=b"", repr=False, compare=False)
    """Of a data file: what it holds, whatever the verdict."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: the list, and file by file."""

    manifest: Manifest
    files: tuple[Verified, ...]

    @property
    def code(self) -> str:
        """The 核对码 that the list states."""
        return self.manifest.code

    @property
    def is_whole(self) -> bool:
        """Whether every file is there, unchanged, and no other beside."""
        return all(one.verdict.is_well for one in self.files)


class VerificationError(Exception):
    """There is nothing that could be compared; the message tells the clerk why."""


Open = Callable[[str], IO[bytes]]
"""Opens one of the files that were found, by its name."""

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
)
"""What zipfile says of broken, encrypted and strangely packed archives."""


@dataclass(slots=True)
class Allowance:
    """How many bytes may still be read of all files."""

    rest: int

    def take(self, size: int) -> None:
        """Take so many; ValueError once there are no more."""
        self.rest -= size
        if self.rest < 0:
            raise ValueError("longer than all files of ours")


def is_dropping(path: str) -> bool:
    """Whether a system or an office program put the file there by itself."""
    return _DROPPING.fullmatch(path) is not None


def compare(
    manifest: Manifest, found: Collection[str], open_file: Open, beside: Iterable[str] = ()
) -> Verification:
    """The files by the list; ``found`` are those in the package, ``beside`` those around it."""
    allowance = Allowance(MAX_TOTAL_BYTES)
    listed = tuple(_look_at(one, manifest.code, found, open_file, allowance) for one in manifest.files)
    known = {plain_name(one.path) for one in manifest.files} | {NAME}
    others = sorted({*found} - known) + sorted(beside)
    extras = [Verified(name, Verdict.EXTRA) for name in others if not is_dropping(name)]
    passed = [Verified(name, Verdict.PASSED_OVER) for name in others if is_dropping(name)]
    return Verification(manifest, (*listed, *extras[:MAX_EXTRAS], *passed[:MAX_EXTRAS]))


def _look_at(
    listed: Listed, code: str, found: Collection[str], open_file: Open, allowance: Allowance
) -> Verified:
    name = plain_name(listed.path)
    if name not in found:
        return Verified(listed.path, Verdict.MISSING)
    is_report = PurePosixPath(name).suffix == SUFFIX
    try:
        with open_file(name) as file:
            digest, content = _digest(file, allowance, keep=codec.MAX_BYTES if is_report else 0)
    except (OSError, *ZIP_ERRORS, ValueError):
        return Verified(listed.path, Verdict.UNREADABLE)
    if digest != listed.digest:
        return Verified(listed.path, Verdict.CHANGED, digest, content if is_report else b"")
    if is_report and _code_of(content) != code:
        return Verified(listed.path, Verdict.OTHER_REPORT, digest, content)
    return Verified(listed.path, Verdict.SAME, digest, content if is_report else b"")


def _digest(file: IO[bytes], allowance: Allowance, keep: int) -> tuple[str, bytes]:
    """The SHA-256 of what the file holds, and its beginning, which has more than ``keep`` bytes if it has."""
    hashed, beginning, read = hashlib.sha256(), bytearray(), 0
    while piece := file.read(_PIECE):
        read += len(piece)
        if read > MAX_FILE_BYTES:
            raise ValueError("longer than any file of ours")
        allowance.take(len(piece))
        hashed.update(piece)
        if keep and len(beginning) <= keep:
            beginning += piece
    return hashed.hexdigest(), bytes(beginning)


def _code_of(content: bytes) -> str:
    """The 核对码 of the report in a .gknb file; empty if it is none."""
    try:
        report = codec.decode(content).report
        return check_code(load_form(report.edition), report)
    except codec.CodecError:
        return ""
