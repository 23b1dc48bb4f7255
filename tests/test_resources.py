"""The program finds its own files wherever it was put."""

from pathlib import Path

import pytest

from reportdesk.resources import ResourcesMissingError, find_folder, resource


def test_a_source_checkout_has_its_forms_and_fonts() -> None:
    assert resource("forms").is_dir()
    assert resource("fonts", "song.ttf").is_file()


@pytest.mark.parametrize(
    ("package", "resources"),
    [
        ("src/reportdesk", "resources"),  # a source checkout
        ("lib/reportdesk", "resources"),  # the Windows folder
        ("site-packages/reportdesk", "site-packages/reportdesk/_resources"),  # an installed wheel
    ],
)
def test_the_folder_is_found_in_every_layout(tmp_path: Path, package: str, resources: str) -> None:
    (tmp_path / package).mkdir(parents=True)
    (tmp_path / resources).mkdir()
    assert find_folder(tmp_path / package) == tmp_path / resources


def test_a_wheel_prefers_its_own_folder(tmp_path: Path) -> None:
    for folder in ("lib/reportdesk/_resources", "resources"):
        (tmp_path / folder).mkdir(parents=True)
    assert find_folder(tmp_path / "lib/reportdesk") == tmp_path / "lib/reportdesk/_resources"


def test_a_missing_folder_is_told_in_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(ResourcesMissingError, match=r"请重新安装年报台。$"):
        find_folder(tmp_path / "lib/reportdesk")
