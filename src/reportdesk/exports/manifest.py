"""清单.txt: what a 报送 folder or zip holds, for people above and for the program below.

Answers for writing and reading the list. Whether files are what it says is
``outgoing.verification``'s to find out. The lower lines are as sha256sum writes them, so that a
district can compare them without this program.
"""

from __future__ import annotations

import datetime as dt
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
_UNIT, _UNIT_ID, _YEAR, _NUMBER, _MADE, _CODE, _ANSWERS = (
    "单位",
    "单位编号",
    "年度",
    "第几次报送",
    "报送时间",
    "核对码",
    "答复意见",
)
_FILE = re.compile(r"^　　([^　\n].{0,399})\n　　　　(.{1,400})$", re.MULTILINE)
_SAID = re.compile(
    rf"^({_UNIT}|{_UNIT_ID}|{_YEAR}|{_NUMBER}|{_MADE}|{_CODE}|{_ANSWERS})：(.{{1,200}})$", re.MULTILINE
)
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
    """A list: whose report it is, the how-manieth hand-in, when, its 核对码, and the files.

    Lists of 0.1.0 say the code and the files alone; then ``unit`` is empty, ``number`` 0 and
    ``made`` None. ``answers`` is the return or notice that the hand-in answers and ``unit_id`` the
    district's number for the unit, both empty if there is none.
    """

    code: str
    files: tuple[Listed, ...]
    unit: str = ""
    year: str = ""
    number: int = 0
    made: dt.datetime | None = None
    answers: str = ""
    unit_id: str = ""


def write_manifest(manifest: Manifest, notes: Iterable[str] = ()) -> bytes:
    """The list as a file that Windows' own editor shows rightly; ``notes`` are lines for people.

    It opens with what it is of: a name, a ： and the value on a line each.
    """
    made = manifest.made.isoformat(" ", "seconds") if manifest.made else ""
    opening = (
        (_UNIT, manifest.unit),
        (_UNIT_ID, manifest.unit_id),
        (_YEAR, manifest.year),
        (_NUMBER, str(manifest.number or "")),
        (_MADE, made),
        (_CODE, manifest.code),
        (_ANSWERS, manifest.answers),
    )
    lines = [f"{name}：{_on_a_line(value)}" for name, value in opening if value]
    lines += ["", *notes, ""]
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
    said = dict(_SAID.findall(text, 0, mark.start()))
    if said.get(_CODE, mark[1]) != mark[1]:
        raise ManifestError("清单上下两处的核对码不同，可能已被改动")
    says = dict(_FILE.findall(text, 0, mark.start()))
    files = tuple(
        Listed(path, digest, says.get(path, "")) for digest, path in _LINE.findall(text, mark.end())
    )
    if not files or len(files) > MAX_FILES:
        raise ManifestError("清单里没有列出文件，或列得太多，可能已被改动")
    if not all(_is_inside(listed.path) for listed in files):
        raise ManifestError("清单里有不在这个文件夹里的路径，不能用")
    if len({listed.path for listed in files}) < len(files):
        raise ManifestError("清单里同一个文件列了两次，可能已被改动")
    number = said.get(_NUMBER, "")
    return Manifest(
        code=mark[1],
        files=files,
        unit=said.get(_UNIT, ""),
        year=said.get(_YEAR, ""),
        number=int(number) if re.fullmatch("[0-9]{1,3}", number) else 0,
        made=_moment(said.get(_MADE, "")),
        answers=said.get(_ANSWERS, ""),
        unit_id=said.get(_UNIT_ID, ""),
    )


def _moment(written: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(written)
    except ValueError:
        return None


def _on_a_line(text: str) -> str:
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _is_inside(path: str) -> bool:
    """Whether the path stays below the folder on every system, and can be shown as it is."""
    plain = path.isprintable() and not re.search(r"[\\:]", path)
    return plain and not path.startswith("/") and ".." not in PurePosixPath(path).parts
