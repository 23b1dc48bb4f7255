"""Tells the program's own internal papers from the report: they show some of it, and are not it.

A 审核单 names figures and findings, a 修改对照单 what changed, and a 送审稿 numbers its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.readers.files.visible import Seen, UnreadableError, VisibleParagraph

_OURS = "年报台"
_BEGINNINGS = 8
"""Paragraphs among which a paper says what it is."""
_PAPERS = {
    "审核单": (re.compile("年报审核单|.{2,30}(?:报告|报表)审核单"), "是给领导签字的"),
    "修改对照单": (re.compile("修改对照单|内部修改对照单.*"), "只列出两稿不同的地方"),
    "送审稿": (re.compile("送审稿（第.+稿）.*|内部送审稿第.+稿.*"), "每行前面有行号，读进来会和正文混在一起"),
}


def refuse_own_paper(seen: Seen) -> None:
    """Refuse what the program printed for the office itself.

    Raises:
        UnreadableError: the file is such a paper; the message says which file to take instead.
    """
    for text in _told(seen):
        for paper, (pattern, why) in _PAPERS.items():
            if pattern.fullmatch(text):
                raise UnreadableError(
                    f"这是年报台打印的{paper}，{why}，不是年报。"
                    "请改选年报文件（.gknb），或者导出的 Word、Excel、PDF 年报。"
                )


def _told(seen: Seen) -> Iterator[str]:
    """What the file calls itself, and how it begins, without spaces."""
    if seen.properties.get("creator", "").startswith(_OURS):
        yield "".join(seen.properties.get("title", "").split())
    for visible in seen.contents[:_BEGINNINGS]:
        if isinstance(visible, VisibleParagraph):
            yield "".join(visible.text.split())
