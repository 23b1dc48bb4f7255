"""What of CPython and the packages a PC without a network needs.

Qt is kept by what its modules and plug-ins import (an allow-list); elsewhere what nobody needs is
named (a deny-list), since a forgotten module would be missed only when a clerk asks for it.
"""

from __future__ import annotations

import re
from fnmatch import fnmatch

RUNTIME_LEFT_OUT = (
    "python.exe",  # reportdesk-cli.exe is the one with a console
    "*._pth",  # ours says where our packages are
    "python.cat",
    "LICENSE.txt",  # among the licences
    # No network, so nothing of it, and no OpenSSL that would grow old; hashes are built in.
    "_ssl.pyd",
    "_hashlib.pyd",
    "libssl-*.dll",
    "libcrypto-*.dll",
    "_asyncio.pyd",
    "_overlapped.pyd",
    "_multiprocessing.pyd",
    "_sqlite3.pyd",
    "sqlite3.dll",
    "_wmi.pyd",  # asks a service that answers slowly; platform does without
    "winsound.pyd",
    "vcruntime140*.dll",  # Qt's set is newer, and there may be only one
)

QT_MODULES = ("QtCore", "QtGui", "QtNetwork", "QtPrintSupport", "QtSvg", "QtWidgets")
QT_PLUGINS = (
    "iconengines/qsvgicon.dll",
    "imageformats/qico.dll",
    "imageformats/qjpeg.dll",
    "imageformats/qsvg.dll",
    "platforms/qoffscreen.dll",
    "platforms/qwindows.dll",
    "styles/qmodernwindowsstyle.dll",
)
QT_TRANSLATIONS = ("qt_zh_CN.qm", "qtbase_zh_CN.qm")
C_RUNTIME = re.compile(r"(vcruntime140(_1)?|msvcp140(_[12])?)\.dll")
"""One set of it, from Qt's wheel, stands beside CPython."""

_EVERYWHERE = (
    "*.pyi",
    "*.pyx",
    "*.pxi",
    "*.pxd",
    "*.h",
    "*.c",
    "*.lib",
    "*/py.typed",
    "*/__pyinstaller/*",
    "*/tests/*",
)
_LEFT_OUT: dict[str, tuple[str, ...]] = {
    "cffi": ("cffi/*",),  # cryptography needs its DLL only
    "lxml": (
        "lxml/includes/*",
        "lxml/isoschematron/*",
        "lxml/objectify.*",
        "lxml/html/_difflib*",
        "lxml/html/diff.*",
    ),
    # What is drawn is drawn by Qt, PDFium and reportlab; pictures are only read.
    "pillow": (
        "PIL/_avif*",
        "PIL/_imagingft.*",
        "PIL/_imagingtk*",
        "PIL/ImageTk.py",
        "PIL/_tkinter_finder.py",
    ),
    "pycparser": ("*",),  # cffi's, to compile C
    "pydantic": ("pydantic/v1/*", "pydantic/mypy.py"),
    "pypdfium2": ("pypdfium2_cli/*",),
    "python-docx": ("docx/templates/default-docx-template/*",),
    # exports/ lays pages out itself; of the fonts one is under the GPL.
    "reportlab": ("reportlab/fonts/*", "reportlab/graphics/*", "reportlab/platypus/*"),
}
_CHINESE_CHARACTER_MAPS = ("*GB*", "*GBK*", "*Identity*")


def keeps(package: str, path: str) -> bool:
    """Whether this file of a package goes along; Qt's are not for this to say."""
    if ".dist-info/" in path or ".data/" in path:
        return False
    if path.startswith("pdfminer/cmap/") and not path.endswith(".py"):
        # A Chinese office's PDF names Adobe-GB1; Japan's, Korea's and Taiwan's take 4 MB.
        return any(fnmatch(path.rpartition("/")[2], kept) for kept in _CHINESE_CHARACTER_MAPS)
    return not any(fnmatch(path, unwanted) for unwanted in (*_EVERYWHERE, *_LEFT_OUT.get(package, ())))


def keeps_of_runtime(name: str) -> bool:
    """Whether this file of CPython goes along."""
    return not any(fnmatch(name, unwanted) for unwanted in RUNTIME_LEFT_OUT)
