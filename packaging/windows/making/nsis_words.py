"""A copy of NSIS whose few fixed words are Chinese.

What an installer says when it is damaged stands in NSIS's own program and in no language file,
since then nothing else can be trusted. It is put there in the place of the English words.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from making.places import WORK
from tools.dev.places import Stop

_NSIS = Path("/usr/share/nsis")
_STUBS = ("lzma_solid-amd64-unicode", "zlib-amd64-unicode")
"""Those that setup.nsi packs with, for good and for tries."""
_WORDS: Mapping[str, str] = {
    "Installer integrity check has failed. Common causes include\n"
    "incomplete download and damaged media. Contact the\n"
    "installer's author to obtain a new copy.\n\n"
    "More information at:\nhttp://nsis.sf.net/NSIS_Error": (
        "安装文件已损坏，没有安装任何东西。\n\n多半是下载或拷贝没有完成。请重新下载或拷贝一份，再双击安装。"
    ),
    "Error launching installer": "安装程序启动不了",
    "verifying installer: %d%%": "正在核对：%d%%",
    "Error writing temporary file. Make sure your temp folder is valid.": (
        "不能写临时文件，没有安装任何东西。请清理磁盘后再试。"
    ),
    "NSIS Error": "年报台",
}


def chinese_nsis() -> Path:
    """The folder of the copy, for makensis to use.

    Raises:
        Stop: this NSIS has other words.
    """
    folder = WORK / "nsis"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_NSIS, folder)
    for name in _STUBS:
        stub = folder / "Stubs" / name
        stub.write_bytes(_translated(name, stub.read_bytes()))
    return folder


def _translated(name: str, content: bytes) -> bytes:
    for english, chinese in _WORDS.items():
        old = f"{english}\0".encode("utf-16-le")
        new = f"{chinese}\0".encode("utf-16-le")
        if old not in content or len(new) > len(old):
            raise Stop(f"NSIS's {name} does not say “{english.splitlines()[0]}”.")
        content = content.replace(old, new.ljust(len(old), b"\0"))
    return content
