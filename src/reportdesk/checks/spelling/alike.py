"""Which characters are taken for which, by sound and by shape: ``resources/language/alike.txt``."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from reportdesk.resources import resource


@functools.cache
def _lines() -> Mapping[str, str]:
    lines = resource("language", "alike.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[2:] for line in lines if line and not line.startswith("#")}


def of_same_sound(sign: str) -> str:
    """The characters that sound like this one, whatever the tone."""
    return _lines().get(sign, "\t").partition("\t")[0]


def of_like_shape(sign: str) -> str:
    """The characters that look like this one."""
    return _lines().get(sign, "\t").partition("\t")[2]


def are_alike(one: str, other: str) -> bool:
    """Whether the one is easily taken for the other."""
    return other in _lines().get(one, "") or one in _lines().get(other, "")
