"""Reads .docx and .docm, ours and anybody's: the package and its parts; the body is ``body``'s.

Nothing outside the file is ever looked up, no macro is run, and what is not read is named.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportdesk.readers.files.assemble import within_limits
from reportdesk.readers.files.properties import core_properties
from reportdesk.readers.files.reading_notes import shorten
from reportdesk.readers.files.refusals import broken
from reportdesk.readers.files.safe_xml import parse_part
from reportdesk.readers.files.safe_zip import Archive, open_archive
from reportdesk.readers.files.unseen import WHITE
from reportdesk.readers.files.visible import Seen
from reportdesk.readers.word.body import Body, PassedOver
from reportdesk.readers.word.numbering import Numbering
from reportdesk.readers.word.styles import Styles
from reportdesk.readers.word.word_xml import STRICT_WORD, WORD, attribute, child, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_QUOTED = 5
_MAIN = "word/document.xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def read_word(content: bytes) -> Seen:
    """All that a Word file shows.

    Raises:
        UnreadableError: it is damaged, protected, too large, or made to do harm.
    """
    archive = open_archive(content)
    main = _main_part(archive)
    root = _part(archive, main)
    body = child(root, "body")
    if root is None or root.tag != w("document") or body is None:
        raise broken()
    folder = posixpath.dirname(main)
    styles = Styles(_part(archive, f"{folder}/styles.xml"))
    numbering = Numbering(_part(archive, f"{folder}/numbering.xml"))
    painted = attribute(child(root, "background"), "color") not in ("", "auto", WHITE)
    walk = Body(styles, numbering, None if painted else WHITE, _comments(archive, folder))
    contents = within_limits(walk.read(body))
    passed_over = (*_passed_over(walk.passed_over), *walk.unseen.says(), *_parts_passed_over(archive, folder))
    return Seen(contents, passed_over, properties=core_properties(archive))


def _main_part(archive: Archive) -> str:
    """Where the document stands, which the package's relationships say and may say wrongly."""
    if "_rels/.rels" in archive:
        for relation in parse_part(archive.read("_rels/.rels")).iter(_RELATION):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in archive:
                return str(target)
    return _MAIN


def _part(archive: Archive, name: str) -> _Element | None:
    if name not in archive:
        return None
    content = archive.read(name)
    return parse_part(content.replace(STRICT_WORD.encode(), WORD.encode()))


def _comments(archive: Archive, folder: str) -> dict[str, str]:
    """What the comments say, by their ids."""
    root = _part(archive, f"{folder}/comments.xml")
    return (
        {} if root is None else {attribute(one, "id"): _said(one) for one in root.iterchildren(w("comment"))}
    )


def _said(comment: _Element) -> str:
    paragraphs = ("".join(text.text or "" for text in each.iter(w("t"))) for each in comment.iter(w("p")))
    return " ".join(filter(None, paragraphs)).strip()


def _passed_over(met: PassedOver) -> Iterator[str]:
    if met.revised:
        yield "文件里有修订痕迹，按接受全部修订之后的样子读取。"
    if met.pictures:
        yield f"文件里有 {met.pictures} 张图片，没有读取；如果表格是图片，请照着它录入。"
    if met.charts:
        yield "文件里有图表或示意图，没有读取。"
    if met.deep_tables:
        yield "文件里有套了很多层的表格，里层没有读取。"
    if met.foreign_parts:
        yield "文件里嵌入了别的文件的内容，没有读取。"


def _parts_passed_over(archive: Archive, folder: str) -> Iterator[str]:
    names = list(archive.names)
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "文件里有宏，没有运行，也没有读取。"
    if any(name.startswith(f"{folder}/activeX/") for name in names):
        yield "文件带有控件，没有运行，也没有读取。"
    if any(name.startswith(f"{folder}/embeddings/") for name in names):
        yield "文件里有嵌入的对象（比如 Excel 表格），没有读取；如果表格在里面，请照着它录入。"
    for part, tag, what in (
        ("comments", "comment", "批注"),
        ("footnotes", "footnote", "脚注"),
        ("endnotes", "endnote", "尾注"),
    ):
        root = _part(archive, f"{folder}/{part}.xml")
        own = [] if root is None else [note for note in root.iterchildren(w(tag)) if not note.get(w("type"))]
        if own:
            said = "、".join(f"“{shorten(text)}”" for note in own[:_QUOTED] if (text := _said(note)))
            yield f"文件里有 {len(own)} 条{what}，没有当作正文{'：' if said else ''}{said}。"
