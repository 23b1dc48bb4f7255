"""Which DLL imports which: what Qt's roots need, and a gate that none is missing on a clerk's PC.

Only a look at the files tells: Wine brings DLLs of its own that a fresh Windows lacks, such as
the C++ runtime.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pefile

from making.places import HERE

_IMPORTS = [pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{name}"] for name in ("IMPORT", "DELAY_IMPORT")]

_WINDOWS = frozenset((HERE / "windows-dlls.txt").read_text(encoding="ascii").splitlines()[1:])
_UNIVERSAL_RUNTIME = re.compile(r"(api|ext)-ms-win-.*|ucrtbase")  # a part of Windows 10
_DRIVERS = (".drv",)


def imported(library: Path) -> frozenset[str]:
    """The names of the DLLs that the file asks for, at once or later, in small letters."""
    with pefile.PE(str(library), fast_load=True) as image:
        image.parse_data_directories(_IMPORTS)
        tables = [
            *getattr(image, "DIRECTORY_ENTRY_IMPORT", []),
            *getattr(image, "DIRECTORY_ENTRY_DELAY_IMPORT", []),
        ]
        return frozenset(table.dll.decode().lower() for table in tables)


def closure(roots: Iterable[Path], beside: Mapping[str, Path]) -> frozenset[Path]:
    """The roots, and all that they ask for among the files ``beside``, by name in small letters."""
    found: set[Path] = set()
    waiting = list(roots)
    while waiting:
        library = waiting.pop()
        if library not in found:
            found.add(library)
            waiting += [beside[name] for name in imported(library) if name in beside]
    return frozenset(found)


def missing(tree: Path) -> Iterator[str]:
    """A sentence for each DLL that a file in the tree asks for and neither it nor Windows has."""
    libraries = [path for path in sorted(tree.rglob("*")) if path.suffix.lower() in {".dll", ".exe", ".pyd"}]
    here = {path.name.lower() for path in libraries}
    for library in libraries:
        for name in sorted(imported(library) - here):
            if not is_part_of_windows(name):
                yield f"{library.relative_to(tree)} asks for {name}"


def doubled(tree: Path) -> Iterator[str]:
    """A sentence for each DLL that stands twice: of two C runtimes, chance would choose."""
    seen: dict[str, Path] = {}
    for path in sorted(tree.rglob("*.dll")):
        first = seen.setdefault(path.name.lower(), path)
        if first != path:
            yield f"{path.name} stands in {first.parent.relative_to(tree)} and {path.parent.relative_to(tree)}"


def is_part_of_windows(name: str) -> bool:
    """Whether each Windows that we run on has a DLL of that name, in small letters."""
    stem, dot, ending = name.rpartition(".")
    if f"{dot}{ending}" in _DRIVERS:
        return stem in _WINDOWS
    return stem in _WINDOWS or _UNIVERSAL_RUNTIME.fullmatch(stem) is not None
