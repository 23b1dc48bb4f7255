"""The pages of the help as text, cut into passages that can be looked through. Draws nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportdesk.resources import resource

_HEADING = re.compile(r"^(#{1,2}) (.+)$", re.MULTILINE)
_COMMENT = re.compile(r"^<!--.*?-->\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one heading of a page."""

    page: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page by the name of its file; its first heading is its title."""

    name: str
    title: str
    text: str
    passages: tuple[Passage, ...]


def read_pages() -> tuple[HelpPage, ...]:
    """The pages in the order of contents.txt; one that is not there is left out."""
    names = resource("help", "contents.txt").read_text(encoding="utf-8").split()
    paths = [resource("help", f"{name}.md") for name in names]
    return tuple(_page(path.stem, path.read_text(encoding="utf-8")) for path in paths if path.is_file())


def matching(page: HelpPage, words: str) -> tuple[Passage, ...]:
    """The passages that hold all the words; all of them where none is asked for."""
    wanted = words.casefold().split()
    return tuple(
        passage
        for passage in page.passages
        if all(word in f"{page.title}\n{passage.text}".casefold() for word in wanted)
    )


def _page(name: str, text: str) -> HelpPage:
    text = _COMMENT.sub("", text)
    heads = list(_HEADING.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    passages = tuple(
        Passage(name, head[2].strip(), text[head.start() : end])
        for head, end in zip(heads, ends, strict=True)
    )
    return HelpPage(name, passages[0].heading, text, passages)
