"""Which face a character is set in: the PC's own official face, else the bundled stand-in.

A face is known by its name table, never by its file's name. Character by character the chain is
the style's face on this PC, its bundled stand-in, the bundled 宋体, the bundled signs such as ㎡,
SimSun-ExtB on this PC; a character that none of them has is the caller's to refuse or to mark.
"""

from __future__ import annotations

import functools
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportdesk.exports.style import Face
from reportdesk.exports.typesetting.truetype import FontFile, FontFileError, FontNames, read_names
from reportdesk.resources import resource

_OWN_NAMES: Mapping[Face, tuple[str, ...]] = {
    Face.TITLE: (
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05",
        "华文中宋",
        "STZhongsong",
    ),
    Face.HEI: ("黑体", "SimHei"),
    Face.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti"),
    Face.FANGSONG: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong"),
    Face.SONG: ("宋体", "SimSun", "华文宋体", "STSong"),
    Face.LATIN: ("Times New Roman", "TimesNewRomanPSMT"),
}
"""By what names each official face, and what passes for it, goes; the best first."""

_BUNDLED: Mapping[Face, tuple[str, str]] = {
    Face.TITLE: ("title.ttf", "自带的思源宋体粗体"),
    Face.HEI: ("hei.ttf", "自带的思源黑体粗体"),
    Face.KAI: ("kai.ttf", "自带的楷体"),
    Face.FANGSONG: ("fangsong.ttf", "自带的朱雀仿宋"),
    Face.SONG: ("song.ttf", "自带的思源宋体"),
    Face.LATIN: ("serif-latin.ttf", "自带的 Liberation Serif"),
}
"""The file that stands in for each official face, and what the clerk is told it is."""
_SIGNS = ("signs.ttf", "自带的符号字体")
"""Signs of GBK that none of those has: ㎡ ㎏ ≦ and others; tools/signs_font.py makes it."""
_RARE_NAMES = ("SimSun-ExtB", "宋体-ExtB", "SimSun-ExtG", "宋体-ExtG")
_FONT_FILES = (".ttf", ".ttc")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A face that may be used, not yet opened. ``name`` is what the clerk knows it by."""

    name: str
    path: Path
    index: int = 0
    bundled: bool = False


@dataclass(frozen=True, slots=True)
class FaceUsed:
    """What was set in which face: the official one and what stood in for it."""

    official: str
    actual: str
    bundled: bool


@dataclass(frozen=True, slots=True, eq=False)
class ResolvedFont:
    """The face that has a character."""

    used: FaceUsed
    font: FontFile


@dataclass(frozen=True, eq=False)
class FontResolver:
    """Chooses a face for each character; remembers its choices.

    ``chains`` has the candidates of every official face in order.
    """

    chains: Mapping[Face, tuple[Candidate, ...]]
    _choices: dict[tuple[Face, str], ResolvedFont | None] = field(default_factory=dict)
    _opened: dict[tuple[Face, Candidate], ResolvedFont | None] = field(default_factory=dict)

    def choose(self, char: str, face: Face) -> ResolvedFont | None:
        """The first face of the chain that has the character; None if none has."""
        key = (face, char)
        if key not in self._choices:
            having = (chosen for chosen in self._chain(face) if chosen.font.glyph_of(ord(char)))
            self._choices[key] = next(having, None)
        return self._choices[key]

    def _chain(self, face: Face) -> Iterator[ResolvedFont]:
        for candidate in self.chains[face]:
            key = (face, candidate)
            if key not in self._opened:
                font = _open(candidate.path, candidate.index)
                used = FaceUsed(face.value, candidate.name, candidate.bundled)
                self._opened[key] = ResolvedFont(used, font) if font else None
            opened = self._opened[key]
            if opened:
                yield opened


@functools.lru_cache(maxsize=64)
def _open(path: Path, index: int) -> FontFile | None:
    """The font, or None where it cannot be read or its maker forbids embedding."""
    try:
        font = FontFile(path, index)
    except (OSError, FontFileError):
        return None
    return font if font.may_embed else None


def is_latin(char: str) -> bool:
    """Whether a character is set in the Latin face: ASCII, and letters with accents.

    Signs like · × ° belong to the Chinese face, where they take a whole cell.
    """
    return char.isascii() or ("\u00c0" <= char <= "\u024f" and unicodedata.category(char)[0] == "L")


def bundled_faces() -> FontResolver:
    """The bundled faces only: the same pages on every PC, for tests, pictures and golden files."""
    return faces_in(())


@functools.cache
def find_faces() -> FontResolver:
    """The faces of this PC before the bundled ones; the font folders are searched once a run."""
    return faces_in(font_folders())


def faces_in(folders: Iterable[Path]) -> FontResolver:
    """The faces in these folders before the bundled ones."""
    wanted = {name for names in (*_OWN_NAMES.values(), _RARE_NAMES) for name in names}
    own: dict[str, FontNames] = {}
    for found in _all_names(folders):
        for name in found.names & wanted:
            own.setdefault(name, found)
    rare = _own(own, _RARE_NAMES)
    last = (_stand_in(Face.SONG), _bundled(_SIGNS), *rare)
    chains = {}
    for face in Face:
        chain = (*_own(own, _OWN_NAMES[face]), _stand_in(face), *last)
        chains[face] = tuple(dict.fromkeys(chain))
    return FontResolver(chains)


def _own(own: Mapping[str, FontNames], names: Sequence[str]) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, own[name].path, own[name].index) for name in names if name in own)


def _stand_in(face: Face) -> Candidate:
    return _bundled(_BUNDLED[face])


def _bundled(named: tuple[str, str]) -> Candidate:
    file, name = named
    return Candidate(name, resource("fonts", file), bundled=True)


def _all_names(folders: Iterable[Path]) -> Iterator[FontNames]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in _FONT_FILES and path.is_file():  # a pipe would keep the reader waiting
                try:
                    yield from read_names(path)
                except OSError:
                    continue  # a face that cannot be read is as good as none


def font_folders() -> tuple[Path, ...]:
    """Where this system and this user keep their fonts, those that exist."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        folders = [
            Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
            local / "Microsoft" / "Windows" / "Fonts",
        ]
    else:
        folders = [
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            home / ".local" / "share" / "fonts",
            home / ".fonts",
        ]
    return tuple(folder for folder in folders if folder.is_dir())
