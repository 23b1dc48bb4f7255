"""What a parcel holds: packages with a 清单, loose files, and what could not be opened, each by its place.

A parcel is a file as it came: a zip, a zip in a zip once, a mail with attachments, or any single file. Nothing
is unpacked to the disk; the limits are those of ``outgoing.file_verdicts``. What the files say is ``check_report``'s.
"""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import IO

from reportdesk.exports.manifest import MAX_BYTES, NAME, ManifestError, read_manifest
from reportdesk.outgoing.file_verdicts import (
    MAX_FILE_BYTES,
    ZIP_ERRORS,
    Allowance,
    Verification,
    compare,
    is_dropping,
)
from reportdesk.outgoing.zip_names import TwiceError, entries_of
from reportdesk.readers.endings import SUFFIXES

MAX_ENTRIES = 2_000
MAX_BYTES_IN_ALL = 512 * 1024 * 1024
"""Of all files in a parcel, unpacked."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1
_OFFICE = ("[Content_Types].xml", "mimetype", "OFD.xml")
"""What tells a zip that is a document from one that holds files."""
_READABLE = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
_DEEPEST = 1
"""Zips in a zip."""


@dataclass(frozen=True, slots=True)
class Package:
    """A 报送 package: what its list says and what was found, file by file."""

    path: str
    found: Verification


@dataclass(frozen=True, slots=True)
class Loose:
    """A file that belongs to no package."""

    path: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shut:
    """What could not be opened, and why."""

    path: str
    says: str


@dataclass(frozen=True, slots=True)
class Dropping:
    """What a system or an office program put there by itself."""

    path: str


Held = Package | Loose | Shut | Dropping


def is_mail(name: str) -> bool:
    """Whether a file of that name is a mail."""
    return name.lower().endswith(".eml")


def sent_at(content: bytes) -> str:
    """When the mail was sent, with its zone; empty if it does not say."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        return parsedate_to_datetime(str(message["date"])).isoformat(timespec="seconds")
    except (ValueError, TypeError, LookupError, AttributeError, MessageError):
        return ""


def open_parcel(name: str, content: bytes) -> tuple[Held, ...]:
    """All that the parcel holds, in the order of its names."""
    opening = _Opening(Allowance(MAX_BYTES_IN_ALL))
    return tuple(opening.look(name, content, depth=0))


@dataclass(slots=True)
class _Opening:
    """One parcel being opened; ``allowance`` is what may still be unpacked."""

    allowance: Allowance

    def look(self, path: str, content: bytes, depth: int) -> Iterator[Held]:
        """What the file at that place holds, or the file itself."""
        if is_dropping(path):
            yield Dropping(path)
        elif is_mail(path):
            yield from self._mail(path, content, depth)
        elif content.startswith(_ZIP) and not _is_document(path, content):
            yield from self._zip(path, content, depth)
        elif path.lower().endswith(".zip"):
            yield Shut(path, "压缩包不完整或已损坏，打不开。请对方重新发送。")
        else:
            yield Loose(path, content)

    def _mail(self, path: str, content: bytes, depth: int) -> Iterator[Held]:
        try:
            message = email.message_from_bytes(content, policy=email.policy.default)
            attached = list(_attachments(message))
        except (ValueError, TypeError, LookupError, AttributeError, MessageError):
            yield Shut(path, "邮件已损坏，读不出附件。请对方重新发送，或另存附件再收。")
            return
        if not attached:
            yield Shut(path, "邮件里没有附件。请看正文，或请对方重新发送。")
        for name, attachment in attached:
            yield from self.look(f"{path}/{name}", attachment, depth)

    def _zip(self, path: str, content: bytes, depth: int) -> Iterator[Held]:
        if depth > _DEEPEST:
            yield Shut(path, "套在两层压缩包里，没有打开。请解开一层再收。")
            return
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = entries_of(archive)
                refused = _refusal(entries)
                if refused:
                    yield Shut(path, refused)
                    return
                yield from self._place(path, entries, lambda name: archive.open(entries[name]), depth)
        except TwiceError:
            yield Shut(path, "压缩包里有同名的文件，可能已被改动，没有打开。请对方重新发送。")
        except (OSError, ValueError, *ZIP_ERRORS):
            yield Shut(path, "压缩包不完整或已损坏，打不开。请对方重新发送。")

    def _place(
        self,
        path: str,
        entries: Mapping[str, zipfile.ZipInfo],
        open_file: Callable[[str], IO[bytes]],
        depth: int,
    ) -> Iterator[Held]:
        roots = _roots(entries)
        for root in roots:
            yield _package(path, root, entries, open_file)
        for name in sorted(entries):
            if any(name.startswith(root) for root in roots):
                continue
            if is_dropping(name):
                yield Dropping(f"{path}/{name}")
                continue
            try:
                with open_file(name) as file:
                    content = file.read(MAX_FILE_BYTES + 1)
                self.allowance.take(len(content))
            except (OSError, ValueError, *ZIP_ERRORS):
                yield Shut(f"{path}/{name}", "在压缩包里已损坏或太大，读不了。请对方重新发送。")
                continue
            if len(content) > MAX_FILE_BYTES:
                yield Shut(f"{path}/{name}", "太大，远远超过一份年报，没有读取。")
                continue
            yield from self.look(f"{path}/{name}", content, depth + 1)


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(message.walk(), start=1):
        name = part.get_filename()
        if not name or part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield PurePosixPath(name.replace("\\", "/")).name or f"附件{number}", content


def _is_document(path: str, content: bytes) -> bool:
    """Whether it is a Word file, a workbook or the like, which are zips too, by its name if it is broken."""
    if PurePosixPath(path).suffix.lower() in _READABLE:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name in _OFFICE for name in archive.namelist()[:MAX_ENTRIES])
    except (OSError, ValueError, *ZIP_ERRORS):
        return False


def _refusal(entries: Mapping[str, zipfile.ZipInfo]) -> str:
    """Why nothing of the archive is read; empty if it is."""
    if not entries:
        return "压缩包是空的。请对方重新发送。"
    if any(entry.flag_bits & _ENCRYPTED for entry in entries.values()):
        return "压缩包设了密码，没有打开。请解压后再收，或请对方去掉密码重发。"
    if len(entries) > MAX_ENTRIES:
        return "压缩包里文件太多，没有打开。请解压后选报送的文件再收。"
    if any(_leads_out(name) for name in entries):
        return "压缩包里有跳出文件夹的路径，可能是有意做坏的，没有读取。请向对方核实来源。"
    return ""


def _leads_out(name: str) -> bool:
    return name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts


def _roots(entries: Mapping[str, zipfile.ZipInfo]) -> list[str]:
    """The folders that have a list; none that lies in another of them."""
    having = sorted(path.removesuffix(NAME) for path in entries if PurePosixPath(path).name == NAME)
    return [root for root in having if not any(root != one and root.startswith(one) for one in having)]


def _package(
    path: str, root: str, entries: Mapping[str, zipfile.ZipInfo], open_file: Callable[[str], IO[bytes]]
) -> Held:
    here = f"{path}/{root}".rstrip("/")
    found = {name.removeprefix(root) for name in entries if name.startswith(root)}
    try:
        with open_file(root + NAME) as file:
            manifest = read_manifest(file.read(MAX_BYTES + 1))
    except ManifestError as error:
        return Shut(here, f"清单不能用：{error}。请对方重新发送。")
    except (OSError, ValueError, *ZIP_ERRORS):
        return Shut(here, "清单已损坏。请对方重新发送。")
    return Package(here, compare(manifest, found, lambda name: open_file(root + name)))
