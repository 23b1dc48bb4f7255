"""The program finds its folders on every system, and says when a place cannot be had."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from reportdesk.store.file import StoreError
from reportdesk.store.folders import (
    OVERRIDE,
    PORTABLE_MARKER,
    Surroundings,
    documents_folder,
    ensure_folder,
    find_folders,
)


def around(
    home: Path,
    platform: str = "linux",
    environment: Mapping[str, str] | None = None,
    program: Path | None = None,
    registered: str = "",
) -> Surroundings:
    return Surroundings(platform, environment or {}, home, program, lambda: registered)


def test_linux_follows_the_desktop_custom(tmp_path: Path) -> None:
    (tmp_path / "公文").mkdir()
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/公文"\n', encoding="utf-8")
    found = find_folders(around(tmp_path))
    assert found.settings == tmp_path / ".config" / "reportdesk"
    assert found.data == tmp_path / ".local" / "share" / "reportdesk"
    assert found.reports == tmp_path / "公文" / "年报台"


def test_a_relative_xdg_folder_is_ignored(tmp_path: Path) -> None:
    found = find_folders(around(tmp_path, environment={"XDG_CONFIG_HOME": "here"}))
    assert found.settings == tmp_path / ".config" / "reportdesk"


def test_windows_follows_its_variables_and_the_registry(tmp_path: Path) -> None:
    (tmp_path / "D盘文档").mkdir()
    environment = {
        "APPDATA": str(tmp_path / "Roaming"),
        "LOCALAPPDATA": str(tmp_path / "Local"),
        "UserProfile": str(tmp_path),
    }
    found = find_folders(around(tmp_path, "win32", environment, registered="%USERPROFILE%/D盘文档"))
    assert found.settings == tmp_path / "Roaming" / "reportdesk"
    assert found.data == tmp_path / "Local" / "reportdesk"
    assert found.reports == tmp_path / "D盘文档" / "年报台"


@pytest.mark.parametrize("registered", ["", "//server/gone/documents", "%NOWHERE%/文档", "a\0b"])
def test_documents_that_cannot_be_reached_give_way_to_the_usual_folder(
    tmp_path: Path, registered: str
) -> None:
    (tmp_path / "Documents").mkdir()
    assert documents_folder(around(tmp_path, "win32", registered=registered)) == tmp_path / "Documents"


def test_without_any_documents_reports_go_home(tmp_path: Path) -> None:
    assert documents_folder(around(tmp_path, "win32")) == tmp_path


def test_a_marker_beside_the_program_keeps_everything_there(tmp_path: Path) -> None:
    program = tmp_path / "U盘" / "年报台"
    program.mkdir(parents=True)
    (program / PORTABLE_MARKER).touch()
    found = find_folders(around(tmp_path / "home", program=program))
    assert all(program in folder.parents for folder in (found.settings, found.data, found.reports))
    assert not found.notices


def test_a_portable_program_that_cannot_write_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / PORTABLE_MARKER).touch()

    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("reportdesk.store.folders.try_writing", refuse)
    found = find_folders(around(tmp_path / "home", program=tmp_path))
    assert found.settings == tmp_path / "home" / ".config" / "reportdesk"
    assert "不能写入" in found.notices[0]


def test_the_environment_can_put_everything_elsewhere(tmp_path: Path) -> None:
    found = find_folders(around(tmp_path / "home", environment={OVERRIDE: str(tmp_path / "trial")}))
    own = (found.settings_file, found.profile_file, found.library_file, found.logs, found.reports)
    assert all(tmp_path / "trial" in path.parents for path in own)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="建不了文件夹"):
        ensure_folder(tmp_path / "file" / "folder")
    assert ensure_folder(tmp_path / "a" / "b").is_dir()


def test_what_a_district_handed_out_stands_beside_the_program(tmp_path: Path) -> None:
    found = find_folders(around(tmp_path / "home", program=tmp_path))
    assert found.district_profile is None
    (tmp_path / "district").mkdir()
    assert found.district_profile is None
    for name in ("乙县.gkprofile", "丙.txt", "b.gkprofile"):
        (tmp_path / "district" / name).touch()
    assert found.district_profile == tmp_path / "district" / "b.gkprofile"


def test_a_portable_program_has_its_districts_profile_too(tmp_path: Path) -> None:
    (tmp_path / PORTABLE_MARKER).touch()
    (tmp_path / "district").mkdir()
    (tmp_path / "district" / "县.gkprofile").touch()
    assert find_folders(around(tmp_path / "home", program=tmp_path)).district_profile is not None


def test_a_program_that_cannot_find_itself_knows_of_no_district(tmp_path: Path) -> None:
    assert find_folders(around(tmp_path)).district_profile is None
