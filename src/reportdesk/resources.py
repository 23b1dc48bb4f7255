"""Where the files stand that the program brings with it: forms, rules, help, fonts, icons.

It finds the folder and nothing more; what a file means is its reader's business.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class ResourcesMissingError(FileNotFoundError):
    """The program was installed or copied without its files; the text is for the clerk."""


def resource(*parts: str) -> Path:
    """Path of a file or folder below resources/, whether or not it exists.

    Raises ResourcesMissingError where the folder itself is missing.
    """
    return _folder().joinpath(*parts)


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
