"""A format of the one table is known wherever formats are told of; each test names what a new one lacks."""

import pytest

from reportdesk.cli import main
from reportdesk.exports import formats
from reportdesk.exports.formats import REPORT_FORMATS, Choices, Format, spoken_formats
from reportdesk.outgoing.file_names import export_name
from reportdesk.readers.published import published_identity
from reportdesk.report.identity import identity_of
from reportdesk.resources import resource
from reportdesk.store.user_data.unit_profile import HandIn
from tests.test_example import FORM, example


def test_every_format_is_in_the_table_and_no_two_files_have_one_name() -> None:
    assert set(formats._FORMATS) == set(Format)
    names = [export_name(wanted, FORM, example()) for wanted in Format]
    assert len(set(names)) == len(Format)
    assert all(name.endswith(wanted.suffix) for name, wanted in zip(names, Format, strict=True))


def test_a_file_is_called_as_it_always_was() -> None:
    stem = "沙坡头区常乐镇2024年政府信息公开工作年度报告"
    assert [export_name(wanted, FORM, example()) for wanted in Format] == [
        f"{stem}.pdf",
        f"{stem}.xlsx",
        f"{stem}.docx",
        f"{stem}.html",
        f"{stem}填报表.xlsx",
    ]


@pytest.mark.parametrize("wanted", REPORT_FORMATS)
def test_a_district_may_ask_for_it(wanted: Format) -> None:
    assert wanted.value in set(HandIn), f"HandIn has no {wanted.name}"
    assert HandIn(wanted).says.startswith(wanted.says)


@pytest.mark.parametrize("wanted", REPORT_FORMATS)
def test_its_file_says_whose_report_it_shows(wanted: Format) -> None:
    content = wanted.render(FORM, example(), Choices(bundled_fonts=True)).content
    assert published_identity(content, wanted.suffix) == identity_of(FORM, example())


@pytest.mark.parametrize("wanted", Format)
def test_the_command_line_offers_it(wanted: Format, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "a", "--to", "b", "--formats", "odd"])
    assert wanted.value in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert wanted.value in capsys.readouterr().out


@pytest.mark.parametrize("page", ["hand-in.md", "start.md"])
def test_help_names_all_that_is_exported(page: str) -> None:
    assert spoken_formats() in resource("help", page).read_text(encoding="utf-8")
