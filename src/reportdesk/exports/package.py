"""What goes to the district by mail: a zip of files, and an e-mail draft that carries it.

Both are made of plain values; which files go in, and what they are called, is
``outgoing.submission``'s.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from email.encoders import encode_base64
from email.header import Header
from email.message import EmailMessage, Message
from email.policy import SMTP
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_PACKED = (".pdf", ".docx", ".xlsx", ".zip")
"""What is compressed in itself."""
_UNIX = 3
_READABLE = 0o644
_HEADER_LINE = 70
"""Characters of a header's line: of the 78 that RFC 5322 asks for, room is left for quotation marks."""
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to be sent: ``to`` as the profile has it, which need not be an address."""

    to: str
    subject: str
    text: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """The e-mail addresses that ``to`` names, none twice."""
        return tuple(dict.fromkeys(_ADDRESS.findall(self.to)))


def zip_files(files: Mapping[str, bytes], made: dt.datetime) -> bytes:
    """The files in a zip, in their order, all of that time; the same files and time give the same bytes.

    Each says that it comes from Unix and who may read it: of names from elsewhere Info-ZIP makes
    other characters, even of those in UTF-8.
    """
    written = BytesIO()
    with ZipFile(written, "w") as target:
        for name, content in files.items():
            entry = ZipInfo(name, _dos_time(made))
            entry.compress_type = ZIP_STORED if name.lower().endswith(_PACKED) else ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | _READABLE) << 16
            target.writestr(entry, content)
    return written.getvalue()


def _dos_time(at: dt.datetime) -> tuple[int, int, int, int, int, int]:
    """The time as its own clock shows it, within the years that a zip can say."""
    year = min(max(at.year, 1980), 2107)
    return (year, at.month, at.day, at.hour, at.minute, at.second)


def mail_draft(mail: Mail, attachments: Mapping[str, bytes]) -> bytes:
    """The mail as an .eml file that a mail program opens as a draft, ready to be sent; the same mail gives the same bytes.

    Without a sender, a date and an id, which are the mail program's. Chinese words stand in headers as
    RFC 2047 asks; the names of attachments too, beside RFC 2231, which not every mail program reads.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(mail.subject.split())
    if mail.addresses:
        message["To"] = ", ".join(mail.addresses)
    message.set_content(mail.text, cte="base64")
    if attachments:
        message.make_mixed()
    whole: Message = message
    for name, content in attachments.items():
        whole.attach(_attached(name, content))
    if message.is_multipart():  # made from what it parts, not by chance; base64 has no "_"
        parted = hashlib.sha256(b"".join(attachments.values())).hexdigest()
        message.set_boundary(f"=_{parted[:32]}")
    return message.as_bytes()


def _attached(name: str, content: bytes) -> Message:
    """A file with its name said twice.

    The library says ``name`` as it says ``filename``; so both headers are given folded to a part that keeps
    them as they are.
    """
    place = EmailMessage(policy=SMTP)
    place.add_header("Content-Disposition", "attachment", filename=name)
    _, _, disposition = place["Content-Disposition"].fold(policy=SMTP).partition(": ")
    called = Header(name, "utf-8", maxlinelen=_HEADER_LINE, header_name="name").encode()
    part = Message()
    part["Content-Type"] = f'application/{_subtype(name)};\n name="{called}"'
    part["Content-Disposition"] = disposition.replace("\r\n", "\n").rstrip()
    part.set_payload(content)
    encode_base64(part)
    return part


def _subtype(name: str) -> str:
    return "zip" if name.lower().endswith(".zip") else "octet-stream"
