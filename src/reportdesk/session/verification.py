"""Whether the files of a 报送 folder or zip belong together and are unchanged, file by file.

Nothing is unpacked and nothing is trusted: paths of a list stay inside its folder, a zip is read
under limits. What it finds proves sameness, not who made the files: the list can be made anew.
"""

from __future__ import annotations

import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import IO

from reportdesk.exports.manifest import MAX_BYTES, NAME, Listed, Manifest, ManifestError, read_manifest
from reportdesk.form.load import load_form
from reportdesk.report import codec
from reportdesk.report.check_code import check_code
from reportdesk.store.file import SUFFIX, explain

MAX_FILE_BYTES = 128 * 1024 * 1024
"""Unpacked; beyond it a file is not read to its end. A scan may have 50 MiB."""
MAX_TOTAL_BYTES = 256 * 1024 * 1024
"""Of all files; what lies beyond it is not read. A scan lies in a folder of ours twice, in its zip too."""
MAX_EXTRAS = 200
_PIECE = 1 << 20
_OF_WINDOWS = ("thumbs.db", "desktop.ini", ".ds_store")
"""What a system puts into folders by itself."""


class Verdict(Enum):
    """What is to be said of one file; the value is what the clerk reads."""

    SAME = "没有改动"
    CHANGED = "已改动"
    MISSING = "缺少"
    UNREADABLE = "读不了"
    OTHER_REPORT = "内容与清单的核对码不符"
    EXTRA = "清单里没有"


@dataclass(frozen=True, slots=True)
class Verified:
    """One file and what is to be said of it."""

    path: str
    verdict: Verdict
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: the 核对码 that the list states, and file by file."""

    code: str
    files: tuple[Verified, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every file is there, unchanged, and no other beside."""
        return all(one.verdict is Verdict.SAME for one in self.files)


class VerificationError(Exception):
    """There is nothing that could be compared; the message tells the clerk why."""


_Open = Callable[[str], IO[bytes]]


def verify(path: Path) -> Verification:
    """Compare the files of a 报送 folder or zip with its list.

    Raises:
        VerificationError: it holds no list of ours, or cannot be read at all.
    """
    try:
        if path.is_dir():
            return _verify_folder(path)
        return _verify_zip(path)
    except ManifestError as error:
        raise VerificationError(f"“{path.name}”核对不了：{error}。") from error
    except OSError as error:
        raise VerificationError(f"“{path.name}”打不开：{explain(error)}") from error


def _verify_folder(folder: Path) -> Verification:
    try:
        with (folder / NAME).open("rb") as file:
            manifest = read_manifest(file.read(MAX_BYTES + 1))
    except FileNotFoundError as error:
        raise VerificationError(f"“{folder.name}”里没有“{NAME}”，不是年报台做的报送文件夹。") from error
    found = {path.relative_to(folder).as_posix() for path in _files_below(folder)}
    return _compare(manifest, found, lambda name: (folder / PurePosixPath(name)).open("rb"))


def _files_below(folder: Path) -> Iterator[Path]:
    """The files of the folder and its two levels; links that lead elsewhere count as files.

    A folder below those counts as a file, so that nothing in it goes unnoticed.
    """
    for pattern in ("*", "*/*"):
        yield from (path for path in folder.glob(pattern) if path.is_symlink() or not path.is_dir())
    yield from folder.glob("*/*/*")


def _verify_zip(path: Path) -> Verification:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
            names = set(entries)
            if NAME not in names:
                raise VerificationError(f"“{path.name}”里没有“{NAME}”，不是年报台做的报送压缩包。")
            if len(names) < len(entries):  # of two, one would be compared and perhaps the other unpacked
                raise VerificationError(f"“{path.name}”核对不了：里面有同名的文件，可能已被改动。")
            with archive.open(NAME) as file:
                manifest = read_manifest(file.read(MAX_BYTES + 1))
            return _compare(manifest, names, archive.open)
    except _ZIP_ERRORS as error:
        raise VerificationError(f"“{path.name}”不是报送文件夹或压缩包，或已损坏。") from error


_ZIP_ERRORS = (
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


def _compare(manifest: Manifest, found: set[str], open_file: _Open) -> Verification:
    allowance = _Allowance(MAX_TOTAL_BYTES)
    listed = tuple(_look_at(one, manifest.code, found, open_file, allowance) for one in manifest.files)
    known = {one.path for one in manifest.files} | {NAME}
    extras = sorted(name for name in found - known if PurePosixPath(name).name.lower() not in _OF_WINDOWS)
    beside = tuple(Verified(name, Verdict.EXTRA) for name in extras[:MAX_EXTRAS])
    return Verification(manifest.code, listed + beside)


@dataclass(slots=True)
class _Allowance:
    """How many bytes may still be read of all files."""

    rest: int

    def take(self, size: int) -> None:
        """Take so many; ValueError once there are no more."""
        self.rest -= size
        if self.rest < 0:
            raise ValueError("longer than all files of ours")


def _look_at(listed: Listed, code: str, found: set[str], open_file: _Open, allowance: _Allowance) -> Verified:
    if listed.path not in found:
        return Verified(listed.path, Verdict.MISSING)
    is_report = listed.path.endswith(SUFFIX)
    try:
        with open_file(listed.path) as file:
            digest, content = _digest(file, allowance, keep=codec.MAX_BYTES if is_report else 0)
    except (OSError, *_ZIP_ERRORS, ValueError):
        return Verified(listed.path, Verdict.UNREADABLE)
    if digest != listed.digest:
        return Verified(listed.path, Verdict.CHANGED, digest)
    if is_report and _code_of(content) != code:
        return Verified(listed.path, Verdict.OTHER_REPORT, digest)
    return Verified(listed.path, Verdict.SAME, digest)


def _digest(file: IO[bytes], allowance: _Allowance, keep: int) -> tuple[str, bytes]:
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
