"""The signer's hook: a command that signs one file in its place, whatever key it uses.

It is named by REPORTDESK_SIGN or --sign and is given the file's path. Without one nothing is
signed; packaging/README.md shows one with osslsigncode.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

from making.commands import run


def sign(files: Iterable[Path], hook: str) -> None:
    """Have each file signed; nothing is done where there is no hook.

    Raises:
        Stop: the hook failed.
    """
    if hook:
        for file in files:
            run([*shlex.split(hook), file], to=f"sign {file.name}")
