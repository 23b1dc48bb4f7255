"""Tells the program's own internal papers from the report: they show some of it, and are not it.

A 审核单 names figures and findings, a 修改对照单 what changed, and a 送审稿 numbers its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.readers.files.visible import Seen, UnreadableError, VisibleParagraph
from reportdesk.report.own_files import CHANGES_SHEET, DRAFT, PROGRAM, REVIEW_SHEET

_BEGINNINGS = 8
"""Paragraphs among which a paper says what it is."""
_PAPERS = {
    REVIEW_SHEET: (re.compile(f"年报{REVIEW_SHEET}|.{{2,30}}(?:报告|报表){REVIEW_SHEET}"), "是给领导签字的"),
    CHANGES_SHEET: (re.compile(f"{CHANGES_SHEET}|内部{CHANGES_SHEET}.*"), "只列出两稿不同的地方"),
    DRAFT: (re.compile(f"{DRAFT}（第.+稿）.*|内部{DRAFT}第.+稿.*"), "每行前面有行号，读进来会和正文混在一起"),
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
                    f"这是{PROGRAM}打印的{paper}，{why}，不是年报。"
                    "请改选年报文件（.gknb），或者导出的 Word、Excel、PDF 年报。"
                )


def _told(seen: Seen) -> Iterator[str]:
    """What the file calls itself, and how it begins, without spaces."""
    if seen.properties.get("creator", "").startswith(PROGRAM):
        yield "".join(seen.properties.get("title", "").split())
    for visible in seen.contents[:_BEGINNINGS]:
        if isinstance(visible, VisibleParagraph):
            yield "".join(visible.text.split())
