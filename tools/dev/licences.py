"""Which licences an installed package may have; run in .venv by `dev.py check`.

The list allows what may be used beside both open and closed programs. A package that states its
licence badly stands in `_STATED_ELSEWHERE` with what its own licence file says. What each shipped
package asks of us is told in THIRD_PARTY.md.
"""

import re
import sys
from importlib.metadata import Distribution, distributions

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "LGPL-3.0-only",  # Qt: linked as replaceable files, which the licence asks for
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
    }
)

# Old ways of saying it, in words (classifiers, the free field), and the SPDX name.
_SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}

# Packages whose metadata cannot be read as a licence, and what the licence file inside them says.
_STATED_ELSEWHERE = {
    "olefile": "BSD-2-Clause",  # "BSD License"; its LICENSE.txt has two clauses
    "pypdfium2": "Apache-2.0 AND BSD-3-Clause",  # LICENSES/ in the wheel; PDFium itself is BSD-3-Clause
    "reportlab": "BSD-3-Clause",  # "BSD license (see license.txt for details)"
}


def main() -> int:
    """Print each installed package that may not be here; 1 if there is any."""
    packages = list(distributions())
    refused = [(package, licence(package)) for package in packages if not is_allowed(licence(package))]
    for package, stated in sorted(refused, key=lambda pair: pair[0].name):
        print(f"{package.name} {package.version}: {stated or 'states no licence'}")
    print(f"{len(packages)} packages looked at, {len(refused)} not allowed")
    return 1 if refused else 0


def licence(package: Distribution) -> str:
    """Return the SPDX expression of a package's licence as far as it states one, else its own words."""
    if stated := _STATED_ELSEWHERE.get(package.name.lower().replace("_", "-")):
        return stated
    if expression := _field(package, "License-Expression"):
        return expression
    free = _field(package, "License")
    if free in _SPDX or is_allowed(free):
        return _SPDX.get(free, free)
    classifiers = package.metadata.get_all("Classifier", [])
    words = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    return " AND ".join(_SPDX.get(word, word) for word in words) or free


def _field(package: Distribution, name: str) -> str:
    said: list[str] = package.metadata.get_all(name, [])
    return said[0].strip() if said else ""


def is_allowed(expression: str) -> bool:
    """Tell whether an SPDX expression leaves a choice of allowed licences only.

    AND binds closer than OR; an exception after WITH only adds permissions. An empty or unreadable
    expression is not allowed.
    """
    tokens = re.findall(r"\(|\)|[^\s()]+", expression)
    try:
        allowed, rest = _either(tokens)
    except (IndexError, ValueError):
        return False
    return allowed and not rest


def _either(tokens: list[str]) -> tuple[bool, list[str]]:
    allowed, rest = _both(tokens)
    while rest and rest[0] == "OR":
        other, rest = _both(rest[1:])
        allowed = allowed or other
    return allowed, rest


def _both(tokens: list[str]) -> tuple[bool, list[str]]:
    allowed, rest = _one(tokens)
    while rest and rest[0] == "AND":
        other, rest = _one(rest[1:])
        allowed = allowed and other
    return allowed, rest


def _one(tokens: list[str]) -> tuple[bool, list[str]]:
    first, *rest = tokens
    if first == "(":
        allowed, rest = _either(rest)
        if rest[0] != ")":
            msg = "a bracket is not closed"
            raise ValueError(msg)
        return allowed, rest[1:]
    if rest and rest[0] == "WITH":
        rest = rest[2:]
    return first in ALLOWED, rest


if __name__ == "__main__":
    sys.exit(main())
