"""Compiles all that is Python beforehand, by the very CPython that will run it, under Wine.

So nothing has to be compiled at the first start, and nothing is ever written beside the program.
The bytecode is taken as it is, whatever time its source bears.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from making.places import LIBRARY, SITE_PACKAGES, WORK
from making.runtime import SERIES, Runtime
from making.wine import Prefix, windows_path
from tools.dev.places import Stop

_PROGRAM = """
import pathlib, py_compile, sys
mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
for folder, name in zip(sys.argv[1::2], sys.argv[2::2]):
    root = pathlib.Path(folder)
    for path in sorted(root.rglob("*.py")):
        shown = name + "\\\\" + str(path.relative_to(root))
        py_compile.compile(str(path), dfile=shown, doraise=True, invalidation_mode=mode, quiet=2)
"""


def compile_tree(tree: Path, runtime: Runtime) -> None:
    """Put a .pyc beside each .py of the packages and the program.

    Raises:
        Stop: one of them is no Python of this version.
    """
    bare = WORK / "runtime-bare"  # no ._pth, so that a fixed hash seed is heard: same bytes each time
    shutil.rmtree(bare, ignore_errors=True)
    shutil.copytree(runtime.folder, bare, ignore=shutil.ignore_patterns("*._pth"))
    program = WORK / "compile.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    settings = {
        "PYTHONHASHSEED": "0",
        "PYTHONHOME": windows_path(bare),
        "PYTHONPATH": f"{windows_path(bare)}\\python{SERIES.replace('.', '')}.zip",
    }
    folders = [(tree / part, part.replace("/", "\\")) for part in (SITE_PACKAGES, LIBRARY)]
    told = [word for folder, name in folders for word in (windows_path(folder), name)]
    prefix = Prefix(WORK / "wine-build", settings)
    prefix.make()
    try:
        code, said = prefix.run([bare / "python.exe", "-S", "-B", windows_path(program), *told])
    finally:
        prefix.end()
    if code:
        raise Stop(f"could not compile the program: {(said.strip().splitlines() or [str(code)])[-1]}")
