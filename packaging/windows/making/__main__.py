"""The command line of build.py, once the environment stands."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from making.build import Order, build, build_twice
from making.places import VERSION
from tools.dev.places import Stop


def main() -> int:
    """Build; the exit code."""
    options = _parser().parse_args()
    if (options.runtime is None) != (options.runtime_sha256 is None):
        print("build.py: --runtime and --runtime-sha256 belong together", file=sys.stderr)
        return 2
    order = Order(
        runtime=options.runtime,
        runtime_sha256=options.runtime_sha256 or "",
        sign=options.sign,
        fast=options.fast,
    )
    try:
        if options.twice:
            build_twice(order)
        else:
            build(order)
    except Stop as stop:
        print(f"build.py: {stop}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description=f"Makes the installer and the portable folder of reportdesk {VERSION}."
    )
    parser.add_argument(
        "--runtime", type=Path, metavar="ZIP", help="an official python-3.13.N-embed-amd64.zip"
    )
    parser.add_argument("--runtime-sha256", metavar="HEX", help="the SHA-256 that its makers publish")
    parser.add_argument(
        "--sign",
        default=os.environ.get("REPORTDESK_SIGN", ""),
        metavar="COMMAND",
        help="signs the file that is named behind it; also REPORTDESK_SIGN",
    )
    parser.add_argument(
        "--twice", action="store_true", help="build twice; fail unless the bytes are the same"
    )
    parser.add_argument("--fast", action="store_true", help="pack loosely, for tries: not to be handed out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
