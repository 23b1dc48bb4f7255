"""What the clerk sees: the only package that imports PySide6.

PySide6 puts an import function of its own in place of Python's, which reads the source text of
every module that is imported from then on, pydantic's too, to see whether it asks for a Qt with
names in snake_case. Nobody here does: Python's own function is put back, which saves a tenth of
the memory and some time at the start.
"""

import builtins

_import = builtins.__import__

import PySide6.QtCore  # noqa: E402 (the one that replaces it)

builtins.__import__ = _import

del _import, builtins, PySide6
