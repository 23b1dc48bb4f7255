"""Runs LibreOffice for tests: in a profile of its own, and with the bundled faces under the official names."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from reportdesk.exports.style import Face
from reportdesk.resources import resource

SOFFICE = shutil.which("soffice")
STAND_INS = {
    Face.TITLE: ("Noto Serif SC", "bold"),
    Face.HEI: ("Noto Sans SC", "bold"),
    Face.KAI: ("ReportDesk Kai", "regular"),
    Face.FANGSONG: ("Zhuque Fangsong (technical preview)", "regular"),
    Face.SONG: ("Noto Serif SC", "regular"),
    Face.LATIN: ("Liberation Serif", "regular"),
}


def writes() -> bool:
    """Whether LibreOffice is here with Writer, which is a package of its own."""
    return SOFFICE is not None and (Path(SOFFICE).resolve().parent / "libswlo.so").exists()


def convert(folder: Path, suffix: str, files: Iterable[Path], settings: str = "") -> None:
    """Convert the files to that format into the folder; ``settings`` is a registrymodifications.xcu."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    if settings:
        (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    fonts = folder / "fonts.conf"
    fonts.write_text(font_configuration(folder), encoding="utf-8")
    command = [
        str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
        "--convert-to", suffix, "--outdir", str(folder), *map(str, files),
    ]  # fmt: skip
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)


def font_configuration(folder: Path) -> str:
    """The bundled faces and no other, each under the name of the official one it stands in for."""
    matches = "".join(
        f'<match><test name="family"><string>{face.value}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(family)}</string></edit>'
        f'<edit name="weight" mode="assign" binding="strong"><const>{weight}</const></edit></match>\n'
        for face, (family, weight) in STAND_INS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f"<fontconfig><dir>{escape(str(resource('fonts')))}</dir>"
        f"<cachedir>{escape(str(folder / 'faces'))}</cachedir>\n{matches}</fontconfig>\n"
    )
