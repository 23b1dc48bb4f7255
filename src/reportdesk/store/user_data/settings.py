"""The clerk's few settings: text size, theme, folder of reports, kind of PDF, whether words are checked. The unit's profile is ``profile``'s.

Read before the window is painted, so by hand and not by pydantic. What a newer version wrote is
kept; what cannot be read is set aside and the defaults hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reportdesk.store.file import explain
from reportdesk.store.user_data.json_file import BrokenFileError, read_object, set_aside, write_object

if TYPE_CHECKING:
    import datetime as dt

VERSION = 1
_Choice = TypeVar("_Choice", bound=StrEnum)


class TextSize(StrEnum):
    """How large the window's text is."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return {TextSize.SMALL: "小", TextSize.MEDIUM: "中", TextSize.LARGE: "大"}[self]


class ThemeChoice(StrEnum):
    """Whether the window is light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _THEMES[self]


_THEMES: Mapping[ThemeChoice, str] = {
    ThemeChoice.SYSTEM: "跟随系统",
    ThemeChoice.LIGHT: "浅色",
    ThemeChoice.DARK: "深色",
}


class PdfKind(StrEnum):
    """Which PDF/A an exported PDF is built to; the value is the standard's part and level."""

    TAGGED = "3a"
    """Tagged, with the public part of the report's data attached. Programs before wrote 3b for it."""
    BARE = "1b"

    @property
    def says(self) -> str:
        """What a clerk reads of it."""
        return {PdfKind.TAGGED: "PDF/A-3（带标签，附数据）", PdfKind.BARE: "PDF/A-1（不附数据）"}[self]


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings. ``reports`` is None for the usual folder; ``extras`` are unknown keys."""

    text_size: TextSize = TextSize.MEDIUM
    theme: ThemeChoice = ThemeChoice.SYSTEM
    reports: Path | None = None
    pdf: PdfKind = PdfKind.TAGGED
    extras: Mapping[str, Any] = field(default_factory=dict)
    checks_words: bool = True


def read_settings(path: Path, clock: Callable[[], dt.datetime]) -> tuple[Settings, str]:
    """The settings in the file, and a sentence for the clerk where it could not be read.

    A broken file is set aside under another name; a value that is none falls back to its default.
    """
    try:
        document = read_object(path)
    except BrokenFileError:
        aside = set_aside(path, clock())
        kept = f"，原文件改名为“{aside.name}”留着" if aside else ""
        return Settings(), f"设置文件读不了，已用默认设置{kept}。"
    except OSError as error:
        return Settings(), f"打不开设置文件，先用默认设置：{explain(error)}"
    if document is None:
        return Settings(), ""
    reports = document.pop("reports", None)
    document.pop("version", None)
    settings = Settings(
        text_size=_choice(TextSize, document.pop("text_size", None), TextSize.MEDIUM),
        theme=_choice(ThemeChoice, document.pop("theme", None), ThemeChoice.SYSTEM),
        reports=Path(reports) if isinstance(reports, str) and reports else None,
        pdf=_choice(PdfKind, document.pop("pdf", None), PdfKind.TAGGED),
        checks_words=document.pop("checks_words", None) is not False,
        extras=document,
    )
    return settings, ""


def write_settings(path: Path, settings: Settings) -> None:
    """Keep the settings.

    Raises:
        StoreError: they could not be written; what stood there is untouched.
    """
    document = {
        **settings.extras,
        "version": VERSION,
        "text_size": settings.text_size.value,
        "theme": settings.theme.value,
        "reports": str(settings.reports) if settings.reports else "",
        "pdf": settings.pdf.value,
        "checks_words": settings.checks_words,
    }
    write_object(path, document)


def reports_folder(settings: Settings, usual: Path) -> tuple[Path, str]:
    """Where reports go, and a sentence where the chosen folder is gone, as with a USB stick."""
    chosen = settings.reports
    if chosen is None or chosen == usual:
        return usual, ""
    try:
        if chosen.is_dir():
            return chosen, ""
    except (OSError, ValueError):
        pass
    return usual, f"设置里的年报文件夹“{chosen}”现在找不到，先用“{usual}”。"


def _choice(kind: type[_Choice], value: object, default: _Choice) -> _Choice:
    return next((choice for choice in kind if choice.value == value), default)
