"""Patterns of the form's own words, such as the opening's draft, filled in with what is known.

Answers for the grammar only: ``{name}`` gives way to what is known by that name, and a piece in
square brackets is left out where something it names is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"\{([a-z_]+)\}")
_PIECE = re.compile(r"\[([^\[\]]*)\]")
_BETWEEN = "，"
_MISSING = "\0"


def fill_pattern(pattern: str, known: Mapping[str, str]) -> str:
    """The pattern with what is known in it; a name that ``known`` lacks altogether stays as it is.

    ``[电话：{telephone}|邮箱：{email}]`` keeps those of its pieces of which all is known, joined by
    a comma; brackets may stand in brackets, and one that keeps nothing is itself not known to the
    piece around it. Outside of brackets what is not known is left empty.
    """
    missing = {name for name, value in known.items() if not value}
    text = _NAME.sub(lambda name: _MISSING if name[1] in missing else name[0], pattern)
    while _PIECE.search(text):
        text = _PIECE.sub(lambda pieces: _kept(pieces[1]), text)
    text = text.replace(_MISSING, "")
    return _NAME.sub(lambda name: known.get(name[1], name[0]), text)


def _kept(pieces: str) -> str:
    kept = (piece for piece in pieces.split("|") if _MISSING not in piece)
    return _BETWEEN.join(kept) or _MISSING
