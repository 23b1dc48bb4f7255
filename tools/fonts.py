"""Shows Qt the bundled fonts only, so that tests and pictures look alike on every machine.

To be called before Qt is imported. It answers for fontconfig, which Qt asks on Linux, and for Qt's
own plain font list, which its offscreen plug-in reads elsewhere.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from tools.dev.places import ROOT

_FONTS = ROOT / "resources" / "fonts"
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
"""


def use_bundled_fonts() -> None:
    """Point this process and its children to resources/fonts and to no other font."""
    place = Path(tempfile.mkdtemp(prefix="reportdesk-fonts-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    configuration = place / "fonts.conf"
    text = _CONFIGURATION.format(fonts=escape(str(_FONTS)), cache=escape(str(place / "cache")))
    configuration.write_text(text, encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    os.environ["QT_QPA_FONTDIR"] = str(_FONTS)
