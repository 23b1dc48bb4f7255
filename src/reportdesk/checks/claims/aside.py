"""Numbers beside words for requests that count something else: documents by attribute, one channel of several.

Knows words and grammar, no table and no rule.
"""

from __future__ import annotations

import re

_REQUEST = re.compile(r"(?<!依)申请")
_DOCUMENT = re.compile(r"公文|发文|文件|属性|拟文|制文|信息公开类型")
_ATTRIBUTE = re.compile(r"主动公开|不予公开|不公开|属性")
_WRITTEN = re.compile(r"书面申请[为有共]?$")
_CHANNEL = re.compile(
    r"(?:在线|网上|网络|互联网|当面|现场|信函|邮寄|口头|邮件|传真|线上|平台)[^,，。;]{0,6}\d"
)
_REACH = 8


def tells_attributes(text: str, start: int, end: int) -> bool:
    """Whether the sentence parts documents by attribute: 制发公文20件，主动公开12件、依申请公开8件."""
    if _REQUEST.search(text, start, end) or not _DOCUMENT.search(text, start, end):
        return False
    return _ATTRIBUTE.search(text, start, end) is not None


def is_one_channel(text: str, start: int, sentence: tuple[int, int]) -> bool:
    """Whether the number at ``start`` is of one channel of several: 书面申请3件，在线申请4件."""
    before = _WRITTEN.search(text, max(sentence[0], start - _REACH), start)
    return before is not None and _CHANNEL.search(text, *sentence) is not None
