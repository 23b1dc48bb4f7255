"""Whether what was handed in is whole and unchanged: a 报送 folder, a zip, or many of them.

Takes what people send: a folder in the zip, a zip in the zip once, a folder of many. Nothing is
unpacked to the disk and nothing is trusted: paths of a list stay inside its folder, a zip is read
under limits. What it finds proves sameness, not who made the files: the list can be made anew.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from reportdesk.exports.manifest import MAX_BYTES, NAME, ManifestError, read_manifest
from reportdesk.outgoing.file_verdicts import (
    MAX_FILE_BYTES,
    ZIP_ERRORS,
    Allowance,
    Open,
    Verdict,
    Verification,
    VerificationError,
    Verified,
    compare,
    is_dropping,
)
from reportdesk.outgoing.zip_names import TwiceError, entries_of, plain_name
from reportdesk.store import disk
from reportdesk.store.file import explain

__all__ = [
    "Checked",
    "Sent",
    "Verdict",
    "Verification",
    "VerificationError",
    "Verified",
    "verify",
    "verify_sent",
]

MAX_FILES = 20_000
"""In a folder or zip of many; a district of 150 units sends some 2,000."""
MAX_INNER_BYTES = 2 * 1024**3
"""Of all zips in a zip together."""
_ENCRYPTED = 0x1
_LIKELY = re.compile(r"(.*/)?内部-[^/]*|.*\.(gknb|rar|7z|tar|gz|tgz|bz2|xz|eml|msg)", re.IGNORECASE)
"""What may well be a submission, although it cannot be compared."""
_PACKED = re.compile(r".*\.(rar|7z|tar|gz|tgz|bz2|xz)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """One package: what it is called in what was sent, and what was found or why nothing could be."""

    name: str
    found: Verification | None
    trouble: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there and unchanged."""
        return self.found is not None and self.found.is_whole


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: its packages, and what lies around them and belongs to none."""

    packages: tuple[Checked, ...]
    beside: tuple[str, ...] = ()
    is_many: bool = False
    """Whether it is a place for several, where files around them are no fault of theirs."""

    @property
    def is_whole(self) -> bool:
        """Whether every package is."""
        return all(one.is_whole for one in self.packages)


def verify(path: Path) -> Verification:
    """Compare the files of the one 报送 folder or zip there with its list.

    Raises:
        VerificationError: it holds no list of ours, several, or cannot be read at all.
    """
    sent = verify_sent(path)
    if sent.is_many or len(sent.packages) != 1:
        raise VerificationError(f"“{path.name}”里有 {len(sent.packages)} 份报送，请逐份核对。")
    (only,) = sent.packages
    if only.found is None:
        raise VerificationError(only.trouble)
    return only.found


def verify_sent(path: Path) -> Sent:
    """Compare each 报送 folder or zip that is there with its list.

    Raises:
        VerificationError: there is none, or what was sent cannot be read at all.
    """
    name = path.name or str(path)
    try:
        if path.is_dir():
            sent = _look_into(_folder(path), name)
        else:
            with disk.open_to_read(path) as file:
                sent = _look_into_zip(file, name, depth=0)
    except OSError as error:
        raise VerificationError(f"“{name}”打不开：{explain(error)}") from error
    if len(sent.packages) == 1 and not sent.is_many and sent.packages[0].found is None:
        raise VerificationError(sent.packages[0].trouble)
    return sent


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder or a zip: its files by name and how to open one; ``depth`` counts the zips around."""

    files: Mapping[str, object]
    open_file: Open
    is_zip: bool = False
    depth: int = 0


def _folder(folder: Path) -> _Place:
    files: dict[str, Path] = {}
    for path in _files_below(folder):
        name = plain_name(_readable(path.relative_to(folder).as_posix()))
        if name in files:
            raise VerificationError(f"“{folder.name}”核对不了：里面有同名的文件，可能已被改动。")
        files[name] = path
        if len(files) > MAX_FILES:
            raise VerificationError(f"“{folder.name}”里文件太多，请选报送的文件夹。")
    return _Place(files, lambda name: disk.open_to_read(files[name]))


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file, however deep; a link that leads elsewhere counts as a file."""

    def fail(error: OSError) -> None:
        raise error

    for here, folders, files in os.walk(folder, onerror=fail):
        linked = [name for name in folders if Path(here, name).is_symlink()]
        yield from (Path(here, name) for name in sorted((*files, *linked)))


def _readable(name: str) -> str:
    """A name that an unpacker left in GBK, which Linux shows as bytes."""
    try:
        return os.fsencode(name).decode("gb18030") if re.search("[\udc80-\udcff]", name) else name
    except UnicodeDecodeError:
        return name


def _look_into_zip(file: IO[bytes], name: str, depth: int) -> Sent:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = entries_of(archive)
            if any(entry.flag_bits & _ENCRYPTED for entry in entries.values()):
                return _nothing(name, f"“{name}”设了密码，请解压后再核对。")
            if len(entries) > MAX_FILES:
                return _nothing(name, f"“{name}”里文件太多，不是报送压缩包。")
            place = _Place(entries, lambda wanted: archive.open(entries[wanted]), is_zip=True, depth=depth)
            return _look_into(place, name)
    except TwiceError:
        return _nothing(name, f"“{name}”核对不了：里面有同名的文件，可能已被改动。")
    except ZIP_ERRORS:
        return _nothing(name, f"“{name}”不是报送文件夹或压缩包，或已损坏。请选择报送时做出的文件夹或 .zip。")


def _nothing(name: str, trouble: str) -> Sent:
    return Sent((Checked(name, None, trouble),))


def _look_into(place: _Place, name: str) -> Sent:
    """Every package in the place, which is called ``name``."""
    roots = _roots(place.files)
    if roots == [""]:
        return Sent((_compare(place, name, ""),))
    rest = [path for path in place.files if not any(path.startswith(root) for root in roots)]
    zips = [path for path in rest if path.lower().endswith(".zip") and not is_dropping(path)]
    rest = [path for path in rest if path not in zips]
    around = [path for path in rest if not is_dropping(path)]
    if not roots and not zips:
        return _nothing(name, _no_list(name, place))
    if len(roots) + len(zips) == 1 and (place.is_zip or not around):
        return _only(place, name, roots, zips, rest)
    likely = [path for path in around if _LIKELY.fullmatch(path)]
    found = [_compare(place, root.rstrip("/"), root) for root in roots]
    allowance = Allowance(MAX_INNER_BYTES)
    for path in zips:
        found += _look_into_inner(place, path, allowance).packages
    found += [Checked(path, None, _unreadable(path)) for path in likely]
    beside = tuple(path for path in rest if path not in likely)
    return Sent(tuple(sorted(found, key=lambda one: one.name)), beside, is_many=True)


def _only(place: _Place, name: str, roots: list[str], zips: list[str], rest: list[str]) -> Sent:
    """The one package in a zip, or in a folder where nothing else is; what lies around is none of its files."""
    if roots:
        return Sent((_compare(place, name, roots[0], rest),))
    inner = _look_into_inner(place, zips[0], Allowance(MAX_INNER_BYTES))
    others = tuple(
        Verified(path, Verdict.PASSED_OVER if is_dropping(path) else Verdict.EXTRA) for path in sorted(rest)
    )
    packages = (
        Checked(one.name, Verification(one.found.manifest, one.found.files + others)) if one.found else one
        for one in inner.packages
    )
    return Sent(tuple(packages), inner.beside, inner.is_many)


def _look_into_inner(place: _Place, path: str, allowance: Allowance) -> Sent:
    """What a zip in the place holds; one level of zips in zips is taken, no more."""
    depth = place.depth + place.is_zip
    if depth > 1:
        return _nothing(path, f"“{path}”套在两层压缩包里，请解开一层再核对。")
    try:
        with place.open_file(path) as file:
            if not place.is_zip:
                sent = _look_into_zip(file, path, depth)
            else:
                sent = _look_into_zip(_unpacked(file, allowance), path, depth)
    except OSError as error:
        return _nothing(path, f"“{path}”打不开：{explain(error)}")
    except (ValueError, *ZIP_ERRORS):
        return _nothing(path, f"“{path}”太大或已损坏，核对不了。")
    if not sent.is_many:
        return sent
    named = (Checked(f"{path}/{one.name}", one.found, one.trouble) for one in sent.packages)
    return Sent(tuple(named), tuple(f"{path}/{one}" for one in sent.beside), is_many=True)


def _unpacked(file: IO[bytes], allowance: Allowance) -> io.BytesIO:
    """What the file holds; ValueError if that is more than one of ours can have, or all together."""
    content = file.read(MAX_FILE_BYTES + 1)
    allowance.take(len(content))
    if len(content) > MAX_FILE_BYTES:
        raise ValueError("longer than any file of ours")
    return io.BytesIO(content)


def _roots(files: Mapping[str, object]) -> list[str]:
    """The folders that have a list, each with a / at its end; none that lies in another of them."""
    having = sorted(path.removesuffix(NAME) for path in files if PurePosixPath(path).name == NAME)
    return [root for root in having if not any(root != one and root.startswith(one) for one in having)]


def _compare(place: _Place, name: str, root: str, beside: list[str] | None = None) -> Checked:
    found = {path.removeprefix(root) for path in place.files if path.startswith(root)}
    try:
        with place.open_file(root + NAME) as file:
            manifest = read_manifest(file.read(MAX_BYTES + 1))
    except ManifestError as error:
        return Checked(name, None, f"“{name}”核对不了：{error}。")
    except OSError as error:
        return Checked(name, None, f"“{name}”核对不了，清单打不开：{explain(error)}")
    except (ValueError, *ZIP_ERRORS):
        return Checked(name, None, f"“{name}”核对不了：清单已损坏。")
    return Checked(name, compare(manifest, found, lambda path: place.open_file(root + path), beside or ()))


def _no_list(name: str, place: _Place) -> str:
    kind = "压缩包" if place.is_zip else "文件夹"
    return f"“{name}”里没有“{NAME}”，不是年报台做的报送{kind}。"


def _unreadable(path: str) -> str:
    if _PACKED.fullmatch(path):
        return f"“{path}”是本程序读不了的压缩格式，请解压后再核对。"
    return f"“{path}”不在带清单的报送文件夹或压缩包里，核对不了。"
