"""CPython may be given as the .zip that its makers publish; one that somebody changed is refused."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from making.places import WORK
from making.runtime import given_runtime
from tools.dev.places import Stop


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def official(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, bytes]:
    """What stands in an official .zip: the files of the default one, not below a folder."""
    monkeypatch.setattr("making.runtime.WORK", tmp_path)
    return files_in(WORK / "runtime")


def zipped(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, str]:
    target = folder / "python-3.13.2-embed-amd64.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target, hashlib.sha256(target.read_bytes()).hexdigest()


def test_an_official_zip_gives_what_the_default_gives(tmp_path: Path, official: dict[str, bytes]) -> None:
    runtime = given_runtime(*zipped(tmp_path, official))
    assert files_in(runtime.folder) == official
    assert runtime.signed == sum(name.endswith((".exe", ".dll", ".pyd")) for name in official)


def test_another_file_than_the_sum_names_is_refused(tmp_path: Path, official: dict[str, bytes]) -> None:
    archive, _ = zipped(tmp_path, official)
    with pytest.raises(Stop, match="another SHA-256"):
        given_runtime(archive, "0" * 64)


def test_a_changed_byte_is_refused_though_the_sum_is_right(
    tmp_path: Path, official: dict[str, bytes]
) -> None:
    changed = bytearray(official["python313.dll"])
    changed[len(changed) // 2] ^= 1
    with pytest.raises(Stop, match=r"python313\.dll"):
        given_runtime(*zipped(tmp_path, {**official, "python313.dll": bytes(changed)}))
