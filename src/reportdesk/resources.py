"""Where the files stand that the program brings with it: forms, rules, help, fonts, icons.

Beside them stands what a district handed out since: editions of the form, which the program had
not, and rules, which hold until the next version. It finds files and nothing more; what a file
means is its reader's business.
"""

import contextlib
import itertools
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportdesk import __version__

DISTRICT = "district"
"""The folder beside the program with what a district handed out."""

_FORM = ".toml"
_PACKAGE = Path(__file__).resolve().parent


class ResourcesMissingError(FileNotFoundError):
    """The program was installed or copied without its files; the text is for the clerk."""


def resource(*parts: str) -> Path:
    """Path of a file or folder below resources/, whether or not it exists.

    Raises ResourcesMissingError where the folder itself is missing.
    """
    return find_file(_folder(), *parts)


def find_file(resources: Path, *parts: str) -> Path:
    """The rule that was handed out for this version, else what the program brings, else what was handed out."""
    shipped = resources.joinpath(*parts)
    if not parts:
        return shipped
    handed_out = resources.parent / DISTRICT
    if len(parts) > 1 and (mended := (handed_out / __version__).joinpath(*parts)).is_file():
        return mended
    added = handed_out.joinpath(*parts)
    return added if not shipped.exists() and added.is_file() else shipped


def editions() -> frozenset[str]:
    """The editions of the form that there are, shipped or handed out."""
    folders = (_folder() / "forms", _folder().parent / DISTRICT / "forms")
    return frozenset(itertools.chain.from_iterable(map(_editions_in, folders)))


def _editions_in(folder: Path) -> Iterator[str]:
    """By the names alone, for each check asks: a ``glob`` takes five times as long."""
    with contextlib.suppress(OSError):  # nothing was handed out, or not to be read
        names = os.listdir(folder)  # noqa: PTH208 (a Path for each name is what takes the time)
        yield from (name[: -len(_FORM)] for name in names if os.path.normcase(name).endswith(_FORM))


def is_shipped(*parts: str) -> bool:
    """Whether the program brings that file with it."""
    return _folder().joinpath(*parts).is_file()


@cache
def _folder() -> Path:
    return find_folder(_PACKAGE)


def find_folder(package: Path) -> Path:
    """The folder of resources that belongs to the package standing at `package`.

    A wheel carries it inside the package; in a source checkout it stands beside src/, and in the
    Windows folder beside lib/, which is the same way from the package.
    """
    places = (package / "_resources", package.parents[1] / "resources")
    for place in places:
        if place.is_dir():
            return place
    raise ResourcesMissingError(f"程序文件不全，找不到 {places[1]} 文件夹。请重新安装年报台。")
