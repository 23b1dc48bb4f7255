"""What the clerk sees: the only package that imports PySide6.

PySide6 puts an import function of its own in place of Python's, which reads the source text of
every module that is imported from then on, pydantic's too, to see whether it asks for a Qt with
names in snake_case. Nobody here does: Python's own function is put back, which saves a tenth of
the memory and some time at the start.

OpenSSL is kept out: hashlib has a SHA-256 of its own, fast enough for files of 20 KB, and takes it
where it does not find `_hashlib`, which would bring in 4 MB.
"""

import builtins
import sys

sys.modules.setdefault("_hashlib", None)  # type: ignore[arg-type] # None means: there is none

_import = builtins.__import__

import PySide6.QtCore  # noqa: E402 (the one that replaces it)

builtins.__import__ = _import

del _import, builtins, sys, PySide6
