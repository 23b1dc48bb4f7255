"""``python -m reportdesk.worker`` serves the window that started it."""

import sys

from reportdesk.worker.loop import main

sys.exit(main(sys.argv[1:]))
