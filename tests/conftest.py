"""What holds for every test: no display unless one is asked for, the bundled fonts only, a settled hypothesis."""

import gc
import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tools.fonts import use_bundled_fonts

# Before anything imports Qt. A run on a real display asks for it: QT_QPA_PLATFORM=xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
use_bundled_fonts()
# Settings, lists and logs of the tests are not those of whoever runs them.
_home = tempfile.TemporaryDirectory(prefix="reportdesk-tests-", ignore_cleanup_errors=True)
os.environ["REPORTDESK_HOME"] = _home.name
_homes = itertools.count(1)


@pytest.fixture(autouse=True)
def _home_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another kept, nor hands its file to a program that another started."""
    monkeypatch.setenv("REPORTDESK_HOME", str(Path(_home.name, str(next(_homes)))))


# Two shared cores: a slow machine is no failure, so there is no deadline. Under CI the examples
# are the same each time, so that a red run can be run again. `--hypothesis-profile thorough` looks longer.
for _name, _examples in (("default", 40), ("ci", 40), ("thorough", 1_000)):
    hypothesis.settings.register_profile(
        _name, deadline=None, max_examples=_examples, derandomize=_name == "ci"
    )
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(autouse=True)
def _no_bare_application() -> Iterator[None]:
    """Fail the test that leaves an application without widgets: every later window of its process would fail."""
    yield
    qt = sys.modules.get("PySide6.QtCore")
    application = qt.QCoreApplication.instance() if qt else None
    assert application is None or application.inherits("QApplication"), type(application).__name__


def pytest_collection_finish() -> None:
    """Leave thousands of tests and their modules, which live to the end, out of every later collection of garbage."""
    gc.collect()
    gc.freeze()
