"""What of a page's own style sheets bears on whether text is seen: a small part of CSS, nothing fetched.

Rules by tags, classes and ids are followed, with what must stand around them; of rules that ask for
more, such as a state or a neighbour, nothing is taken.
"""

from __future__ import annotations

import colorsys
import functools
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportdesk.readers.files.unseen import SMALLEST, WHITE, Reason, is_pale
from reportdesk.readers.text.selectors import Selector, read_selector

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_ONLY_FOR = re.compile(r"@media\s(?!\s*(?:screen|all)\s*\{)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
"""Rules for paper or for screens of some width."""
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]*)\}")
_DECLARATION = re.compile(r"\s*([a-zA-Z-]+)\s*:\s*([^;]*)")
_MATTERS = frozenset(
    ("display", "visibility", "opacity", "text-decoration", "text-decoration-line", "color", "background",
     "background-color", "font-size", "mso-hide", "height", "width", "max-height", "overflow",
     "clip", "clip-path", "text-indent", "left", "top", "position", "transform", "scale", "zoom", "font",
     "max-width", "filter", "margin-left", "margin-top", "content-visibility", "-webkit-text-fill-color",
     "float", "content", "direction", "unicode-bidi", "flex-direction")
)  # fmt: skip
_MOST_RULES = 500
_LONGEST = 500_000
_POINTS = {
    "pt": 1.0,
    "px": 0.75,
    "pc": 12.0,
    "in": 72.0,
    "cm": 28.35,
    "mm": 2.835,
    "em": 12.0,
    "rem": 12.0,
    "": 0.75,
}
_LENGTH = re.compile(r"(-?[0-9]*\.?[0-9]+)\s*(pt|px|pc|in|cm|mm|rem|em|%)?")
_NAMES = {
    "white": WHITE,
    "black": "000000",
    "snow": "FFFAFA",
    "red": "FF0000",
    "blue": "0000FF",
    "gray": "808080",
}
_HEX = re.compile(r"#([0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
_RGB = re.compile(
    r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})(?:\s*[,/]\s*([0-9.]+%?))?\s*\)"
)
_SHRUNK = re.compile(r"\b(?:scale[xy3d]*|matrix(?:3d)?)\(\s*([^)]*)\)")
_MOVED = re.compile(r"\btranslate[xy3d]*\(\s*([^)]*)\)")
_EDGEWISE = re.compile(r"\brotate[xy]\(\s*-?(?:90|270)deg")
_FADED = re.compile(r"opacity\(\s*([0-9.]+)(%?)")
_FONT_SIZE = re.compile(r"(?:^|\s)(-?[0-9]*\.?[0-9]+(?:pt|px|pc|in|cm|mm|rem|em|%)?)(?:\s*/|\s+\S)")
_LEAST = 0.06
"""Opacity or scale below which nothing is seen."""
_HSL = re.compile(r"hsla?\(\s*([0-9.]+)(?:deg)?[\s,]+([0-9.]+)%[\s,]+([0-9.]+)%")
GENERATED = "generated"
"""What a style sheet puts before or behind an element, if there are figures in it."""
_AWAY = -500.0
"""Points to the left of the page or above it where nothing is seen any more."""
_FAR_AWAY = -2000.0
"""The same of margins, by which pages are centred too."""
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark",
     "s", "small", "span", "strike", "strong", "sub", "sup", "u")
)  # fmt: skip

_PICTURED = re.compile(r"url\(|gradient\(")

Declarations = Mapping[str, str]


class Look(NamedTuple):
    """How text at a place of the page looks: what it has of its own and from what stands around it."""

    struck: bool = False
    gone: Reason | None = None
    """Why all of an element is not seen, whatever stands in it."""
    hidden: bool = False
    """visibility, which an inner element may switch on again."""
    size: float = 12.0
    colour: str = "000000"
    ground: str | None = WHITE

    def unseen(self) -> Reason | None:
        """Why text of the look is not seen; None if it is."""
        if self.gone or self.hidden:
            return self.gone or Reason.HIDDEN
        if self.struck:
            return Reason.STRUCK
        if self.size < SMALLEST:
            return Reason.TINY
        return Reason.PALE if is_pale(self.colour, self.ground) else None

    def inner(self, tag: str, said: Declarations) -> Look:
        """The look of an element in a place of this look, which has these declarations."""
        if not said and tag not in _STRUCK:
            return self
        decoration = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}"
        visibility = said.get("visibility", "")
        ground = said.get("background-color") or said.get("background", "")
        return Look(
            struck=self.struck
            or ("line-through" in decoration or (tag in _STRUCK and "none" not in decoration)),
            gone=self.gone or _gone(said, inline=tag in _INLINE),
            hidden=visibility in ("hidden", "collapse") if visibility else self.hidden,
            size=_size(_size_said(said), self.size),
            colour=_colour(said.get("-webkit-text-fill-color") or said.get("color", "")) or self.colour,
            ground=_ground(ground, self.ground),
        )


_STRUCK = frozenset(("s", "strike", "del"))


class _Rule(NamedTuple):
    weight: tuple[int, int, int]
    selector: Selector
    said: Declarations
    insists: Declarations
    """What of it is !important."""


class StyleSheet:
    """The rules of a page, asked by element."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        rules = (rule for text in texts for rule in _rules(text))
        for rule in islice(rules, _MOST_RULES):
            meant = rule.selector.steps[-1][1]
            key = f"#{meant.name}" if meant.name else next((f".{one}" for one in meant.classes), meant.tag)
            self._rules.setdefault(key, []).append(rule)

    def declarations(self, element: _Element) -> Declarations:
        """What rules, attributes and the element's own style say of it, the strongest last."""
        said: dict[str, str] = {}
        insists: dict[str, str] = {}
        own = element.get("style")
        if colour := element.get("bgcolor"):
            said["background-color"] = colour
        if element.tag == "font" and (colour := element.get("color")):
            said["color"] = colour
        if self._rules:
            keys = (
                "",
                element.tag,
                f"#{element.get('id')}",
                *(f".{one}" for one in element.get("class", "").split()),
            )
            rules = (rule for key in keys for rule in self._rules.get(key, ()))
            for rule in sorted(rules, key=lambda rule: rule.weight):
                if rule.selector.means(element):
                    said.update(rule.said)
                    insists.update(rule.insists)
        if own:
            said.update(_said(own))
            insists.update(_insisted(own))
        return {**said, **insists}


def is_turned_about(tag: str, said: Declarations) -> bool:
    """Whether what stands in the element is shown in another order than it is written."""
    return (
        (tag == "bdo")
        or "override" in said.get("unicode-bidi", "")
        or "reverse" in said.get("flex-direction", "")
    )


def _rules(text: str) -> Iterator[_Rule]:
    for found in _RULE.finditer(_ONLY_FOR.sub("", _COMMENT.sub("", text[:_LONGEST]))):
        said = _said(found[2])
        for written in found[1].split(",") if said else ():
            selector = read_selector(written)
            if selector is None:
                continue
            beside = {GENERATED: said.get("content", "")} if _shows_figures(said) else {}
            insists = {} if selector.generated else _insisted(found[2])
            yield _Rule(selector.weight, selector, beside if selector.generated else said, insists)


def _shows_figures(said: Declarations) -> bool:
    """Whether what a style sheet puts beside an element has figures, as far as can be told."""
    content = said.get("content", "")
    told = any(map(str.isdigit, re.sub(r"\\[0-9a-f]{1,6}", "", content))) or "attr(" in content
    return told and _gone(said, inline=True) is None


@functools.lru_cache(maxsize=1024)
def _said(text: str) -> dict[str, str]:
    if ":" not in text:
        return {}
    return {
        name.lower(): value.replace("!important", "").strip().lower()
        for name, value in _DECLARATION.findall(text)
        if name.lower() in _MATTERS
    }


def _insisted(text: str) -> dict[str, str]:
    """What is declared !important, which holds whatever is declared elsewhere."""
    return _said(";".join(part for part in text.split(";") if "!important" in part.lower()))


def _gone(said: Declarations, *, inline: bool) -> Reason | None:
    """Why nothing of an element is seen that is, by its tag, a piece of a line or not."""
    if (
        said.get("display") == "none"
        or said.get("mso-hide") == "all"
        or said.get("content-visibility") == "hidden"
        or _is_faded(said)
    ):
        return Reason.HIDDEN
    if inline and _stays_inline(said):  # such has no extent that could be changed
        return Reason.CLIPPED if _is_cut_away(said) else None
    flat = any(_points(said.get(name, "")) == 0 for name in ("height", "width", "max-height", "max-width"))
    moved = ("text-indent", *(("left", "top") if "position" in said else ()))
    away = any(_points(said.get(name, "")) < _AWAY for name in moved)
    away |= any(_points(said.get(name, "")) < _FAR_AWAY for name in ("margin-left", "margin-top"))
    cut = re.match(r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01]", said.get("clip", ""))
    clips = "overflow" in said and said["overflow"] != "visible"
    is_clipped = (flat and clips) or away or cut or _is_cut_away(said) or _is_transformed_away(said)
    return Reason.CLIPPED if is_clipped else None


def _stays_inline(said: Declarations) -> bool:
    is_out = "float" in said or said.get("position") in ("absolute", "fixed")
    return said.get("display", "inline") == "inline" and not is_out


def _is_faded(said: Declarations) -> bool:
    """Whether it is as clear as air."""
    opacity = _LENGTH.match(said.get("opacity", ""))
    faded = _FADED.search(said.get("filter", ""))
    return bool(
        (opacity and _share(opacity[1], opacity[2] or "") < _LEAST)
        or (faded and _share(faded[1], faded[2]) < _LEAST)
    )


def _share(number: str, unit: str) -> float:
    try:
        return float(number) / (100 if unit == "%" else 1)
    except ValueError:
        return 1.0


def _is_cut_away(said: Declarations) -> bool:
    """Whether its clipping path leaves nothing."""
    path = said.get("clip-path", "")
    points = set(re.split(r"\s*,\s*", path.removeprefix("polygon(").rstrip(") ")))
    return bool(
        re.match(r"inset\(\s*(?:100|[5-9][0-9])%", path)
        or re.match(r"(?:circle|ellipse)\(\s*0", path)
        or (path.startswith("polygon(") and len(points) == 1)
    )


def _is_transformed_away(said: Declarations) -> bool:
    """Whether it is shrunk to nothing, turned edgewise or moved off the page."""
    transform = said.get("transform", "")
    shrunk = [found[1] for found in _SHRUNK.finditer(transform)]
    shrunk += [said[name] for name in ("scale", "zoom") if name in said]
    factors = (_LENGTH.match(one) for text in shrunk for one in re.split(r"[\s,]+", text.strip())[:1])
    if any(one and abs(_share(one[1], one[2] or "")) < _LEAST for one in factors):
        return True
    moved = (one for found in _MOVED.finditer(transform) for one in found[1].split(","))
    return _EDGEWISE.search(transform) is not None or any(_points(one.strip()) < _AWAY for one in moved)


def _points(written: str) -> float:
    length = _LENGTH.match(written)
    return float(length[1]) * _POINTS.get(length[2] or "", 1.0) if length else 1.0


def _size_said(said: Declarations) -> str:
    """The size of type that is said, by itself or among all that is said of the font."""
    if "font-size" in said or "font" not in said:
        return said.get("font-size", "")
    found = _FONT_SIZE.search(said["font"])
    return found[1] if found else ""


def _size(written: str, around: float) -> float:
    length = _LENGTH.match(written)
    if not length:
        return around
    if length[2] in ("em", "%"):
        return around * float(length[1]) / (100 if length[2] == "%" else 1)
    return _points(written)


def _colour(written: str) -> str:
    """A colour as RRGGBB; empty where it is not known, white where nothing of it is opaque."""
    if found := _HEX.search(written):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * sign for sign in found[1])  # noqa: PLR2004 - #RGB
        return WHITE if digits[6:] == "00" else digits[:6]
    if found := _HSL.search(written):
        return _from_hues(*map(float, found.groups()))
    if found := _RGB.search(written):
        clear = found[4] is not None and not float(found[4].rstrip("%") or 0)
        return WHITE if clear else "".join(f"{min(255, int(part)):02X}" for part in found.group(1, 2, 3))
    if written == "transparent":
        return WHITE
    return _NAMES.get(written, "")


def _from_hues(hue: float, saturation: float, lightness: float) -> str:
    parts = colorsys.hls_to_rgb(hue / 360, min(lightness, 100) / 100, min(saturation, 100) / 100)
    return "".join(f"{round(255 * part):02X}" for part in parts)


def _ground(written: str, around: str | None) -> str | None:
    """The ground of a place; None where a picture or a colour by name makes it unknown."""
    if not written or written in ("none", "transparent", "inherit", "initial") or _PICTURED.search(written):
        return None if _PICTURED.search(written) else around
    found = _RGB.search(written)
    if found and found[4] is not None and not float(found[4].rstrip("%") or 0):
        return around
    return _colour(written) or next((_NAMES[word] for word in written.split() if word in _NAMES), None)
