"""``python -m reportdesk`` is the command line."""

import sys

from reportdesk.cli import main

sys.exit(main())
