"""Settings are kept whole, survive newer versions, and never keep the window from opening."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.store.user_data.settings import (
    PdfKind,
    Settings,
    TextSize,
    ThemeChoice,
    read_settings,
    reports_folder,
    write_settings,
)
from tests.strategies import json_values

NOW = dt.datetime(2025, 1, 9, 10, 30, tzinfo=dt.UTC)
unknown = st.dictionaries(st.from_regex("x_[a-z]{1,4}", fullmatch=True), json_values, max_size=2)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.json", lambda: NOW) == (Settings(), "")


@given(
    st.sampled_from(TextSize),
    st.sampled_from(ThemeChoice),
    st.booleans(),
    st.sampled_from(PdfKind),
    unknown,
    st.booleans(),
)
def test_what_is_kept_is_read_with_what_a_newer_version_wrote(  # noqa: PLR0917 (a setting each)
    tmp_path_factory: pytest.TempPathFactory,
    text_size: TextSize,
    theme: ThemeChoice,
    chosen: bool,  # noqa: FBT001
    pdf: PdfKind,
    extras: dict[str, object],
    words: bool,  # noqa: FBT001
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    settings = Settings(text_size, theme, folder / "年报" if chosen else None, pdf, extras, words)
    write_settings(folder / "settings.json", settings)
    assert read_settings(folder / "settings.json", lambda: NOW) == (settings, "")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"text_size": '])
def test_a_broken_file_is_set_aside_and_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    settings, sentence = read_settings(path, lambda: NOW)
    assert settings == Settings()
    assert "settings-损坏-20250109-103000.json" in sentence
    assert (tmp_path / "settings-损坏-20250109-103000.json").read_text(encoding="utf-8") == content


@given(json_values, json_values, json_values)
def test_any_value_that_is_none_falls_back(
    tmp_path_factory: pytest.TempPathFactory, size: object, theme: object, reports: object
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(
        json.dumps({"text_size": size, "theme": theme, "reports": reports}, ensure_ascii=False),
        encoding="utf-8",
    )
    settings, sentence = read_settings(path, lambda: NOW)
    assert settings.text_size in set(TextSize)
    assert settings.theme in set(ThemeChoice)
    assert not sentence


def test_a_chosen_folder_that_is_gone_gives_way_and_says_so(tmp_path: Path) -> None:
    chosen = tmp_path / "U盘"
    settings = Settings(reports=chosen)
    folder, sentence = reports_folder(settings, tmp_path)
    assert folder == tmp_path
    assert "U盘" in sentence
    chosen.mkdir()
    assert reports_folder(settings, tmp_path) == (chosen, "")
