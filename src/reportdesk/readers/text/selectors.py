"""Which elements of a page the selectors of its style sheets mean, as far as they bear on what is seen.

Tags, classes, ids, attributes, places among siblings, ``:not`` and the four ways of standing to others
are followed; a selector that asks for more, such as a state, means nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_PIECE = re.compile(
    r"(?P<tag>^[a-zA-Z](?:[\w-]|\\:)*|^\*)|\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[\s*(?P<attr>[\w:-]+)\s*(?:(?P<op>[~|^$*]?=)\s*[\"']?(?P<value>[^\"'\]]*)[\"']?\s*)?\]"
    r"|:(?P<pseudo>[a-z-]+)(?:\((?P<given>[^()]*)\))?"
)
_COMBINED = re.compile(r"\s*([>+~])\s*|\s+")
_ENCLOSED = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_SHIELD = {ord(sign): 0xE000 + ord(sign) for sign in " >+~"}
_UNSHIELD = {shield: sign for sign, shield in _SHIELD.items()}
"""What parts compounds parts none within brackets."""
_PLACE = re.compile(r"\s*(?:(odd|even)|([+-]?\d*)n\s*(?:([+-])\s*(\d+))?|([+-]?\d+))\s*")
_MOST_SIBLINGS = 200
"""Places that are counted: no table of an office is wider."""
_LONGEST = 200
_MOST_STEPS = 12


class NthOf(NamedTuple):
    """The ``step``-th elements among their siblings, ``first`` on; from the end where so said."""

    step: int
    first: int
    from_end: bool
    of_type: bool


class Attribute(NamedTuple):
    """An attribute that the element has, or has with such a value."""

    name: str
    operator: str
    value: str


class Compound(NamedTuple):
    """What one element must be."""

    tag: str = ""
    name: str = ""
    """Its id."""
    classes: frozenset[str] = frozenset()
    attributes: tuple[Attribute, ...] = ()
    places: tuple[NthOf, ...] = ()
    unlike: tuple[Compound, ...] = ()

    @property
    def weight(self) -> tuple[int, int, int]:
        """How strongly it binds: ids, then classes and the like, then tags."""
        like = len(self.classes) + len(self.attributes) + len(self.places)
        inner = [one.weight for one in self.unlike]
        return (
            bool(self.name) + sum(one[0] for one in inner),
            like + sum(one[1] for one in inner),
            bool(self.tag) + sum(one[2] for one in inner),
        )

    def is_met_by(self, element: _Element) -> bool:
        """Whether the element is such."""
        return (
            (not self.tag or element.tag == self.tag)
            and (not self.name or element.get("id") == self.name)
            and (not self.classes or self.classes <= set(element.get("class", "").split()))
            and all(_has(element, one) for one in self.attributes)
            and all(_stands(element, one) for one in self.places)
            and not any(one.is_met_by(element) for one in self.unlike)
        )


class Selector(NamedTuple):
    """Compounds from the outermost on, each with how it stands to the one before it."""

    steps: tuple[tuple[str, Compound], ...]
    generated: str = ""
    """``before`` or ``after`` where what is meant is put there by the style sheet."""

    @property
    def weight(self) -> tuple[int, int, int]:
        """How strongly the selector binds."""
        ids, classes, tags = zip(*(compound.weight for _, compound in self.steps), strict=True)
        return sum(ids), sum(classes), sum(tags)

    def means(self, element: _Element) -> bool:
        """Whether the element is meant."""
        return _is_met(element, self.steps)


def read_selector(written: str) -> Selector | None:
    """The selector; None where it asks for what is not followed."""
    written = written.strip()
    if not written or len(written) > _LONGEST:
        return None
    generated = re.search(r"::?(before|after)$", written)
    written = written[: generated.start()].strip() if generated else written
    kept = _ENCLOSED.sub(lambda found: found[0].translate(_SHIELD), written or "*")
    parts = [None if one is None else one.translate(_UNSHIELD) for one in _COMBINED.split(kept)]
    steps: list[tuple[str, Compound]] = []
    for number in range(0, len(parts), 2):
        compound = _compound(parts[number])
        if compound is None:
            return None
        steps.append((parts[number - 1] or " " if number else "", compound))
    if len(steps) > _MOST_STEPS:
        return None
    return Selector(tuple(steps), generated[1] if generated else "")


def _compound(written: str | None) -> Compound | None:
    at, found = 0, Compound()
    while written and at < len(written):
        piece = _PIECE.match(written, at)
        if piece is None:
            return None
        at = piece.end()
        if (tag := piece["tag"]) is not None:
            found = found._replace(tag=tag.replace("*", "").replace("\\", "").lower())
        elif piece["cls"]:
            found = found._replace(classes=found.classes | {piece["cls"]})
        elif piece["id"]:
            found = found._replace(name=piece["id"])
        elif piece["attr"]:
            attribute = Attribute(piece["attr"].lower(), piece["op"] or "", piece["value"] or "")
            found = found._replace(attributes=(*found.attributes, attribute))
        elif (with_pseudo := _with_pseudo(found, piece["pseudo"], piece["given"] or "")) is not None:
            found = with_pseudo
        else:
            return None
    return found if written else None


def _with_pseudo(found: Compound, name: str, given: str) -> Compound | None:
    if name in ("link", "any-link"):
        return found
    if name == "not":
        inner = _compound(given.strip())
        return None if inner is None else found._replace(unlike=(*found.unlike, inner))
    of_type = name.endswith("-of-type")
    base = name.removesuffix("-of-type").removesuffix("-child")
    if base not in ("first", "last", "nth", "nth-last") or name == base:
        return None
    spelled = _spelled(given) if base.startswith("nth") else (0, 1)
    if spelled is None:
        return None
    place = NthOf(*spelled, from_end="last" in base, of_type=of_type)
    return found._replace(places=(*found.places, place))


def _spelled(given: str) -> tuple[int, int] | None:
    """The step and the first of what ``2n+1`` and the like mean."""
    match = _PLACE.fullmatch(given)
    if match is None:
        return None
    if match[1]:
        return 2, int(match[1] == "odd")
    if match[5]:
        return 0, int(match[5])
    step = int(f"{match[2]}1" if match[2] in ("", "+", "-") else match[2])
    return step, int(f"{match[3]}{match[4]}") if match[4] else 0


def _has(element: _Element, asked: Attribute) -> bool:
    held = element.get(asked.name)
    if held is None:
        return False
    value = asked.value
    met: Mapping[str, bool] = {
        "": True,
        "=": held == value,
        "~=": value in held.split(),
        "|=": held == value or held.startswith(f"{value}-"),
        "^=": bool(value) and held.startswith(value),
        "$=": bool(value) and held.endswith(value),
        "*=": bool(value) and value in held,
    }
    return met[asked.operator]


def _stands(element: _Element, asked: NthOf) -> bool:
    place = 1
    for sibling in element.itersiblings(preceding=not asked.from_end):
        place += isinstance(sibling.tag, str) and (not asked.of_type or sibling.tag == element.tag)
        if place > _MOST_SIBLINGS:
            return False
    rest = place - asked.first
    return bool(rest == 0 if not asked.step else rest % asked.step == 0 and rest // asked.step >= 0)


def _is_met(element: _Element, steps: tuple[tuple[str, Compound], ...]) -> bool:
    how, compound = steps[-1]
    if not compound.is_met_by(element):
        return False
    return len(steps) == 1 or any(_is_met(one, steps[:-1]) for one in _standing(element, how))


def _standing(element: _Element, how: str) -> Iterator[_Element]:
    """The elements to which it stands so: all or the nearest of those around it or before it."""
    if how in (">", " "):
        found = element.iterancestors()
    else:
        found = islice(element.itersiblings(preceding=True), _MOST_SIBLINGS)
    for one in found:
        if isinstance(one.tag, str):
            yield one
            if how in (">", "+"):
                return
