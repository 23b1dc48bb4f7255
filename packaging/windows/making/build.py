"""Builds one step after the other, and prints what came of it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from making import dlls
from making.bytecode import compile_tree
from making.installer import pack
from making.launchers import make_launchers
from making.leaflet import print_leaflet
from making.licences import collect_licences
from making.places import CONSOLE_LAUNCHER, DIST, LAUNCHER, LEAFLET, PORTABLE, SETUP, WORK, source_date
from making.portable import zip_portable
from making.runtime import default_runtime, given_runtime
from making.signing import sign
from making.tree import grow_tree, settle_times
from making.wheels import fetch_wheels
from tools.dev.places import Stop

TREE = WORK / "tree"
SUMS = "SHA256SUMS"
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for; without a ``runtime`` the one that the package index has."""

    runtime: Path | None = None
    runtime_sha256: str = ""
    sign: str = ""
    fast: bool = False


def build(order: Order) -> dict[str, str]:
    """Make both files, their sums and the clerk's page in dist/; the sums by file name.

    Raises:
        Stop: with the reason.
    """
    started = time.monotonic()
    with _step("CPython for Windows"):
        runtime = given_runtime(order.runtime, order.runtime_sha256) if order.runtime else default_runtime()
    print(f"  {runtime.version}, {runtime.signed} files bear a good signature")
    with _step("wheels"):
        wheels = fetch_wheels(runtime.version)
    with _step("tree"):
        grow_tree(TREE, runtime, wheels)
        collect_licences(TREE, runtime, wheels)
        make_launchers(TREE)
    with _step("gate"):
        wrong = [*dlls.missing(TREE), *dlls.doubled(TREE)]
        if wrong:
            raise Stop("; ".join(wrong))
    with _step("bytecode"):
        compile_tree(TREE, runtime)
    sign([TREE / LAUNCHER, TREE / CONSOLE_LAUNCHER], order.sign)
    settle_times(TREE, source_date())
    DIST.mkdir(exist_ok=True)
    with _step("installer"):
        pack(TREE, DIST / SETUP, sign=order.sign, fast=order.fast)
    with _step("portable"):
        zip_portable(TREE, DIST / PORTABLE)
    print_leaflet(DIST / LEAFLET)
    sums = {name: hashlib.sha256((DIST / name).read_bytes()).hexdigest() for name in (SETUP, PORTABLE)}
    lines = (f"{digest}  {name}\n" for name, digest in sums.items())
    (DIST / SUMS).write_text("".join(lines), encoding="ascii", newline="\n")
    _tell(time.monotonic() - started)
    return sums


def build_twice(order: Order) -> None:
    """Build, and build once more from nothing but what was fetched.

    Raises:
        Stop: the second time made other bytes, or with what ``build`` raises.
    """
    first, second = build(order), build(order)
    other = [name for name, digest in first.items() if second[name] != digest]
    if other:
        raise Stop(f"two builds differ: {', '.join(other)}")
    print("two builds, one hash")


def _tell(seconds: float) -> None:
    files = [path for path in TREE.rglob("*") if path.is_file()]
    installed = sum(path.stat().st_size for path in files) / _MEBIBYTE
    for name in (SETUP, PORTABLE):
        print(f"{(DIST / name).stat().st_size / _MEBIBYTE:6.1f} MiB  {name}")
    print(f"{installed:6.1f} MiB  installed, {len(files)} files; built in {seconds:.0f} s")


@contextmanager
def _step(name: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"{name} ...", end="", flush=True)
    try:
        yield
    except BaseException:
        print()
        raise
    print(f" {time.monotonic() - started:.0f} s", flush=True)
