"""Reports to bytes and back: canonical JSON, versions, and plain words for what cannot be read.

Answers for the contents of a .gknb file. Where it lies and how it is written whole or not at
all is ``reportdesk.store.file``'s. The models, and pydantic with them, are imported when the
first file is read or written, so that the window can paint before.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from reportdesk import __version__
from reportdesk.form.load import load_form
from reportdesk.form.refusal import FormError

if TYPE_CHECKING:
    from pydantic_core import ValidationError

    from reportdesk.form.spec import Form
    from reportdesk.report.document import Report
    from reportdesk.report.file.model import Content

MAX_BYTES = 16 * 1024 * 1024
"""Far beyond any real report (10 to 40 KB); what is larger is not read at all."""

MAX_DEPTH = 32
"""Levels of nesting; a report has 4."""

MAX_ENTRIES = {"hand_ins": 999, "notices": 5_000, "explanations": 5_000, "previous": 100, "sources": 2_000}
"""Entries under a key, far more than any office makes; a window that shows more stands still."""

MAX_VALUES = 600_000
"""Values in all, of which a report that a hundred offices filled in has a fifth."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]


def _to_version_2(document: dict[str, Any]) -> dict[str, Any]:
    """New keys come in; one of that name, which version 1 kept as unknown, goes on under another."""
    lifted = {key: value for key, value in document.items() if key not in _NEW_IN_2}
    for key in _NEW_IN_2:
        if key in document:
            aside = f"x_{key}"
            while aside in document:
                aside = f"{aside}_"
            lifted[aside] = document[key]
    return {**lifted, "version": 2}


_NEW_IN_2 = ("family", "hand_ins", "sources", "notices")

MIGRATIONS: tuple[Migration, ...] = (_to_version_2,)
"""The n-th lifts a file of version n + 1 to n + 2. Each has a file in tests/old-files."""


class Trouble(Enum):
    """Why bytes are no readable report."""

    FOREIGN = "foreign"
    BROKEN = "broken"
    NEWER = "newer"
    TOO_LARGE = "too large"


class CodecError(ValueError):
    """The bytes are no report that this program can read; the message is for the clerk.

    ``reason`` says what is broken in a report, without what to do about it.
    """

    def __init__(self, trouble: Trouble, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.trouble = trouble
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Decoded:
    """A report read from bytes, and sentences about it that the clerk must see."""

    report: Report
    notices: tuple[str, ...]


def encode(report: Report) -> bytes:
    """The report as canonical UTF-8 JSON: the same report gives the same bytes."""
    from reportdesk.report.file.model import to_file

    content = to_file(report, __version__)
    content["digest"] = _digest(content)
    return _canonical(content, indent=1).encode("utf-8", "replace") + b"\n"


def fingerprint(report: Report) -> str:
    """The SHA-256 of all that the report holds, whichever version of the program writes it."""
    from reportdesk.report.file.model import to_file

    return _digest(to_file(report, program=""))


def decode(content: bytes, form_of: Callable[[str], Form] = load_form) -> Decoded:
    """Read a report from the bytes of a .gknb file of this or an older version.

    ``form_of`` finds the form of an edition and raises FormError where there is none.

    Raises:
        CodecError: with a plain sentence that says what is wrong and what to do.
    """
    from reportdesk.report.file.model import FORMAT, VERSION, from_file

    if len(content) > MAX_BYTES:
        raise CodecError(Trouble.TOO_LARGE, "文件太大，不是年报台的年报文件，请选择 .gknb 文件。")
    document = _parse(content)
    version = document.get("version")
    if document.get("format") != FORMAT or type(version) is not int:  # true is an int too
        raise CodecError(Trouble.FOREIGN, _FOREIGN)
    if version > VERSION:
        raise CodecError(
            Trouble.NEWER,
            "这个文件是用更新版本的年报台保存的，请先升级本程序再打开；文件没有改动。",
        )
    if version < 1:
        raise _broken("版本号不对")
    if _HALF_PAIR.search(_canonical(document, indent=None)):
        raise _broken("有不成对的代码，不是完整的文字")
    notices = () if _digest(document) == document.get("digest") else (_TOUCHED,)
    for migrate in MIGRATIONS[version - 1 :]:
        document = migrate(document)
    content_of = _validate(document)
    report = from_file(content_of)
    _refuse_doubled(content_of, report)
    _refuse_unknown_keys(report, _form_for(report, form_of))
    return Decoded(report, notices)


_FOREIGN = "这不是年报台的年报文件，可能是别的文件改了名字。请选择 .gknb 文件。"
_TOUCHED = "这个文件在本程序之外被改动过或传输中有损坏（校验码不符），请逐项核对数字和文字。"


def _parse(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(
            content.decode("utf-8-sig"),
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_once_each,
        )
    except (ValueError, RecursionError) as error:  # a cut may go through the middle of a character
        if not content.strip(b"\0 \t\r\n"):
            raise _broken("文件是空的" if not content.strip() else "里面全是空字符") from error
        if content.lstrip(b"\0 \t\r\n\xef\xbb\xbf")[:1] == b"{":
            raise _broken("内容不完整或写法不对") from error
        raise CodecError(Trouble.FOREIGN, _FOREIGN) from error
    if not isinstance(document, dict):
        raise CodecError(Trouble.FOREIGN, _FOREIGN)
    _refuse_floods(document)
    return document


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _finite(written: str) -> float:
    """A float that can be written back: 1e999 would become Infinity, which is no JSON."""
    number = float(written)
    if math.isinf(number):
        raise ValueError(written)
    return number


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand there once: of two numbers for a cell neither can be trusted."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise ValueError("a key stands there twice")
    return entries


def _refuse_floods(document: Mapping[str, Any]) -> None:
    """Refuse what is nested so deep that it could not be written back, and more entries than can be shown."""
    for key, most in MAX_ENTRIES.items():
        entries = document.get(key)
        if isinstance(entries, dict | list) and len(entries) > most:
            raise _broken(f"“{key}”里有 {len(entries)} 项，最多 {most} 项")
    level: list[object] = [document]
    count = 0
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        count += len(level)
        if count > MAX_VALUES:
            raise _broken(f"内容超过 {MAX_VALUES} 项")
    if level:
        raise _broken("内容层次太深")


def _validate(document: Mapping[str, Any]) -> Content:
    from pydantic_core import ValidationError

    from reportdesk.report.file.model import validate

    try:
        return validate(document)
    except ValidationError as error:
        raise _broken(_where(error)) from error


def _where(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"] if step != "[key]")
    return f"“{' '.join(place[:60].split())}”的内容不对"


def _refuse_doubled(file: Content, report: Report) -> None:
    """Of two hand-ins with one number, or two notices with one id, neither can be trusted."""
    for key, kept in (("hand_ins", report.hand_ins), ("notices", report.notices)):
        if len(kept) < len(file[key]):
            raise _broken(f"“{key}”里有两项的编号相同")


def _form_for(report: Report, form_of: Callable[[str], Form]) -> Form:
    try:
        form = form_of(report.edition)
    except FormError as error:
        raise CodecError(Trouble.NEWER, f"{error.reason}，请先升级本程序再打开；文件没有改动。") from error
    if form.family != report.family:
        raise CodecError(Trouble.NEWER, "本程序没有这一种报表的格式，请先升级本程序再打开；文件没有改动。")
    return form


def _refuse_unknown_keys(report: Report, form: Form) -> None:
    for ref in (*report.cells, *report.remarks, *report.unverified, *report.reported, *report.sources):
        if ref not in form.kind_of:
            raise _broken(f"没有“{ref}”这一格")
    for ref in report.cells:
        if ref in form.totals:
            raise _broken(f"“{form.name_of(ref)}”是合计，不能直接填写")
    for part in (*report.prose, *report.headings):
        if part not in form.parts:
            raise _broken(f"没有“{part}”这一部分")
    for section in report.finished:
        if section not in {known.id for known in form.sections}:
            raise _broken(f"没有“{section}”这一节")


def _broken(reason: str) -> CodecError:
    return CodecError(
        Trouble.BROKEN,
        f"年报文件已损坏或被改坏：{reason}。请用备份或重新向对方索取；原文件没有改动。",
        reason,
    )


def _digest(document: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in document.items() if key != "digest"}
    return hashlib.sha256(_canonical(rest, indent=None).encode("utf-8", "replace")).hexdigest()


_HALF_PAIR = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: no file and no console takes it, and a damaged clipboard yields it."""


def _canonical(document: Mapping[str, Any], indent: int | None) -> str:
    separators = (",", ": ") if indent else (",", ":")
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=indent, separators=separators)
