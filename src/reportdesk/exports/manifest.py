"""清单.txt: what a 报送 folder or zip holds, for people above and for the program below.

Answers for writing and reading the list. Whether files are what it says is
``session.verification``'s to find out. The lower lines are as sha256sum writes them, so that a
district can compare them without this program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

NAME = "清单.txt"
MAX_BYTES = 256 * 1024
MAX_FILES = 40
"""Far beyond any folder of ours, which has a dozen."""

_MARK = re.compile(r"^reportdesk-manifest 1 ([0-9A-Z]{8})$", re.MULTILINE)
_LINE = re.compile(r"^([0-9a-f]{64})  (.{1,400})$", re.MULTILINE)
_EXPLAINED = (
    "核对码由年报的单位、年度、格式、数字和文字算出：相同，说明内容相同；它不证明文件是谁做的。",
    "以下几行供程序核对文件有没有被改动（每行是 SHA-256 和文件名），请不要修改。",
)


class ManifestError(ValueError):
    """It is no list of ours, or a broken one; the message says in Chinese what is wrong."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file: its path below the folder, parted by /, its SHA-256 and what it is for."""

    path: str
    digest: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A list: the 核对码 of the report in all its files, and the files."""

    code: str
    files: tuple[Listed, ...]


def write_manifest(manifest: Manifest, heading: Iterable[str]) -> bytes:
    """The list as a file that Windows' own editor shows rightly; ``heading`` are lines for people."""
    lines = [*heading, f"核对码：{manifest.code}", ""]
    for listed in manifest.files:
        lines.append(f"　　{listed.path}")
        if listed.says:
            lines.append(f"　　　　{listed.says}")
    lines += ["", *_EXPLAINED, "", f"reportdesk-manifest 1 {manifest.code}"]
    lines += [f"{listed.digest}  {listed.path}" for listed in manifest.files]
    return "\r\n".join((*lines, "")).encode("utf-8-sig")


def read_manifest(content: bytes) -> Manifest:
    """The list in those bytes.

    Raises:
        ManifestError: it is none, or names a file outside its folder.
    """
    if len(content) > MAX_BYTES:
        raise ManifestError("清单太长，不是年报台写的清单")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ManifestError("清单不是 UTF-8 编码的文字，可能已损坏") from error
    mark = _MARK.search(text)
    if mark is None:
        raise ManifestError("清单里没有供程序核对的几行，不是年报台写的，或已被改动")
    files = tuple(Listed(path, digest) for digest, path in _LINE.findall(text, mark.end()))
    if not files or len(files) > MAX_FILES:
        raise ManifestError("清单里没有列出文件，或列得太多，可能已被改动")
    if not all(_is_inside(listed.path) for listed in files):
        raise ManifestError("清单里有不在这个文件夹里的路径，不能用")
    if len({listed.path for listed in files}) < len(files):
        raise ManifestError("清单里同一个文件列了两次，可能已被改动")
    return Manifest(mark[1], files)


def _is_inside(path: str) -> bool:
    """Whether the path stays below the folder on every system, and can be shown as it is."""
    plain = path.isprintable() and not re.search(r"[\\:]", path)
    return plain and not path.startswith("/") and ".." not in PurePosixPath(path).parts
