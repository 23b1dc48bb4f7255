#!/usr/bin/env python3
"""The project's one entrance: sets up its environment, runs, tests, measures and checks it.

Needs Python 3.11 and nothing else; `python3 dev.py --help` says the rest. This file only looks at
the Python that runs it, in words that any Python 3 can read; the work is done in tools/dev/.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (that is the point: an older Python must be told, not crash)
    sys.exit(
        "dev.py: Python 3.11 or newer is needed; this is Python %d.%d (%s)."
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

sys.dont_write_bytecode = True

from tools.dev.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
