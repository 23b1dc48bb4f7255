"""退回 as a file: whose report is returned, which hand-in, why, and the district's remarks; to bytes and back.

Answers for the contents of a .gkback file and for a plain sentence about what cannot be read. It holds no
contents of the report but the words and numbers that a remark is about. docs/return-file.md describes it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from reportdesk import __version__
from reportdesk.report.file.record_codec import notice_of, notice_to_entry
from reportdesk.report.records import Notice, NoticeState

FORMAT = "reportdesk-return"
VERSION = 1
MAX_BYTES = 1024 * 1024
"""A hundred remarks have some 50 KB."""
MAX_REMARKS = 999


class ReturnError(ValueError):
    """The bytes are no return that can be read; the message is a sentence for the clerk."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A return: of which unit's report for which year, of which hand-in, and what is asked.

    ``return_id`` tells it from all others, ``hand_in`` is 0 and ``code`` empty where the district does not know
    them. ``notices`` are its remarks by id, as a report keeps them.
    """

    return_id: str
    made: dt.datetime
    office: str
    unit: str
    year: int
    reason: str
    unit_id: str = ""
    hand_in: int = 0
    code: str = ""
    due: str = ""
    notices: Mapping[str, Notice] = field(default_factory=dict)

    @property
    def says(self) -> str:
        """What is returned, in a sentence."""
        which = f"第 {self.hand_in} 次报送" if self.hand_in else "年报"
        due = f"，请在 {self.due} 前改好再报" if self.due else ""
        return f"{self.office}退回“{self.unit}”{self.year}年度的{which}，{len(self.notices)} 条意见{due}。"


def encode_return(returned: Returned) -> bytes:
    """The return as canonical JSON: the same one gives the same bytes."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "id": returned.return_id,
        "made": returned.made.isoformat(),
        "office": returned.office,
        "unit": {"id": returned.unit_id, "full_name": returned.unit},
        "year": returned.year,
        "hand_in": returned.hand_in,
        "code": returned.code,
        "due": returned.due,
        "reason": returned.reason,
        "remarks": [_remark_to_entry(key, one) for key, one in sorted(returned.notices.items())],
    }
    content["digest"] = _digest(content)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8") + b"\n"


def decode_return(content: bytes) -> Returned:
    """The return in those bytes.

    Raises:
        ReturnError: it is none, or was changed or damaged on its way.
    """
    if len(content) > MAX_BYTES:
        raise ReturnError("文件太大，不是退回文件，请选择 .gkback 文件。")
    document = _parse(content)
    version = document.get("version")
    if document.get("format") != FORMAT or type(version) is not int:
        raise ReturnError(_FOREIGN)
    if version > VERSION:
        raise ReturnError("这个退回文件是用更新版本的年报台做的，请先升级本程序再打开。")
    if version < 1 or document.get("digest") != _digest(document):
        raise ReturnError(_BROKEN)
    try:
        json.dumps(document, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair cannot be kept
        returned = _returned(document)
        _refuse_what_no_report_keeps(returned.notices)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ReturnError(_BROKEN) from error
    return returned


_FOREIGN = "这不是年报台的退回文件，可能是别的文件改了名字。请选择 .gkback 文件。"
_BROKEN = "退回文件已损坏或被改过，不能用。请向退回的单位重新索取；年报没有改动。"
_TAKEN_FROM_ALL = ("made", "from", "due", "return")
"""What every remark of a return has in common, which stands once in the file."""


def _remark_to_entry(notice_id: str, notice: Notice) -> dict[str, Any]:
    entry = notice_to_entry(notice_id, notice)
    left_out = (*_TAKEN_FROM_ALL, "state", "answer", *notice.extras)
    return {key: value for key, value in entry.items() if key not in left_out}


def _returned(document: Mapping[str, Any]) -> Returned:
    unit, remarks = document["unit"], document["remarks"]
    year, hand_in = document["year"], document["hand_in"]
    if type(year) is not int or type(hand_in) is not int or not isinstance(unit, dict):
        raise TypeError
    if not isinstance(remarks, list) or len(remarks) > MAX_REMARKS:
        raise TypeError
    common = {
        "made": document["made"],
        "from": _text(document["office"]),
        "due": _day(document["due"]),
        "return": _text(document["id"]),
        "state": NoticeState.OPEN.value,
        "answer": "",
    }
    notices = {_id(entry): replace(notice_of({**entry, **common}), extras={}) for entry in remarks}
    if len(notices) < len(remarks):
        raise ValueError("two remarks have one id")
    return Returned(
        return_id=_id(document),
        made=_moment(document["made"]),
        office=common["from"],
        unit=_text(unit["full_name"]),
        unit_id=_text(unit["id"]),
        year=year,
        hand_in=hand_in,
        code=_text(document["code"]),
        due=common["due"],
        reason=_text(document["reason"]),
        notices=notices,
    )


def _refuse_what_no_report_keeps(notices: Mapping[str, Notice]) -> None:
    """Let nothing through that would make a report's file unreadable once it is kept there.

    Raises:
        ValueError: a notice is not as a report's file has them.
    """
    from reportdesk.report.file import model

    entries = [notice_to_entry(key, one) for key, one in notices.items()]
    model.validate({"format": model.FORMAT, "version": model.VERSION, "edition": "any", "notices": entries})


def _id(entry: Mapping[str, Any]) -> str:
    known = _text(entry["id"])
    if not 0 < len(known) <= _LONGEST_ID:
        raise ValueError(known)
    return known


def _moment(value: object) -> dt.datetime:
    made = dt.datetime.fromisoformat(_text(value))
    if made.tzinfo is None:
        raise ValueError("a moment without a zone cannot be compared")
    return made


def _day(value: object) -> str:
    written = _text(value)
    return dt.date.fromisoformat(written).isoformat() if written else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


_LONGEST_ID = 100


def _parse(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once_each)
    except (ValueError, RecursionError) as error:
        is_ours = FORMAT.encode() in content
        raise ReturnError(_BROKEN if is_ours else _FOREIGN) from error
    if not isinstance(document, dict):
        raise ReturnError(_FOREIGN)
    return document


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise ValueError("a key stands there twice")
    return entries


def _digest(document: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in document.items() if key != "digest"}
    plain = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
