"""The locks in requirements/, made from pyproject.toml for Linux and Windows and Python 3.11 to 3.13.

uv resolves; plain pip installs. uv itself stays in an environment of its own under build/. Each
lock names the digest of the declarations it was made from, so that a stale one is told apart
without a network (tests/test_locks_and_licences.py).
"""

import hashlib
import json
import subprocess
import tomllib
from pathlib import Path

from tools.dev import environment
from tools.dev.places import BUILD, REQUIREMENTS, ROOT, Stop, executable

# What pip installs of uv is not hashed: it is the tool that makes the hashes, used by maintainers only.
_UV = "uv==0.13.9"

# Lock, dependency group added to the project's own dependencies, and the lock whose versions it shares.
_LOCKS = (("run", None, None), ("test", "test", "run"), ("bench", "bench", "test"))


def make(*, upgrade: bool) -> None:
    """Write requirements/*.txt anew; versions stay as they are unless `upgrade`."""
    uv = _provide_uv()
    pyproject = ROOT / "pyproject.toml"
    for name, group, base in _LOCKS:
        lock = REQUIREMENTS / f"{name}.txt"
        command = [str(uv), "pip", "compile", "pyproject.toml", "-o", str(lock.relative_to(ROOT))]
        command += [
            "--no-config",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-header",
            "-q",
        ]
        command += ["--group", group] if group else []
        command += ["-c", f"requirements/{base}.txt"] if base else []
        command += ["--upgrade"] if upgrade else []
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            msg = f"uv could not resolve {name}.txt; its reason stands above."
            raise Stop(msg)
        lock.write_text(header(pyproject) + lock.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
        print(f"requirements/{name}.txt", flush=True)


def header(pyproject: Path) -> str:
    """Return the first lines of every lock: how it was made, and from which declarations."""
    declared = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    told = [
        declared["project"]["requires-python"],
        declared["project"]["dependencies"],
        declared["dependency-groups"],
    ]
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return f"# Made by `python3 dev.py lock` from pyproject.toml; do not edit.\n# Declarations: sha256 {digest}\n"


def _provide_uv() -> Path:
    folder = BUILD / "uv"
    uv = executable("uv", folder)
    marker = folder / "version"
    if not uv.exists() or not marker.exists() or marker.read_text(encoding="utf-8") != _UV:
        environment.create_plain(folder)
        command = [
            str(executable("python", folder)),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            _UV,
        ]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            msg = f"pip could not install {_UV}; its reason stands above."
            raise Stop(msg)
        marker.write_text(_UV, encoding="utf-8")
    return uv
