"""What holds for every test: no display unless one is asked for, the bundled fonts only, a settled hypothesis."""

import os
import tempfile

import hypothesis

from tools.fonts import use_bundled_fonts

# Before anything imports Qt. A run on a real display asks for it: QT_QPA_PLATFORM=xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
use_bundled_fonts()
# Settings, lists and logs of the tests are not those of whoever runs them.
_home = tempfile.TemporaryDirectory(prefix="reportdesk-tests-", ignore_cleanup_errors=True)
os.environ["REPORTDESK_HOME"] = _home.name

# Two shared cores: a slow machine is no failure, so there is no deadline. Under CI the examples
# are the same each time, so that a red run can be run again.
hypothesis.settings.register_profile("default", deadline=None, max_examples=100)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")
