"""docs/january.md is true: a new edition with a column more needs the files that it names, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportdesk import resources
from reportdesk.checks.engine import check_report
from reportdesk.exports.formats import Format
from reportdesk.exports.html import render_page
from reportdesk.form.load import edition_for, known_forms, load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.intake.form_package import make_package, read_package, take_in
from reportdesk.intake.form_trial import filled, unlike_itself
from reportdesk.readers.read_file import read_file
from reportdesk.report.document import Fact, Report
from reportdesk.report.file.codec import decode, encode
from reportdesk.session.new_year import LastYear, begin_from_last_year
from reportdesk.session.session import Session

ROOT = Path(__file__).parents[1]
JANUARY = (ROOT / "docs" / "january.md").read_text(encoding="utf-8")
OTHER = '  { id = "other", label = ["申请人情况", "法人或其他组织", "其他"] },\n'
VILLAGE = CellRef("requests", "new", "village")


def next_edition() -> str:
    """The form of 2021 with a column more in 表三, as a notice of 2026 might have it."""
    source = (ROOT / "resources" / "forms" / "2021.toml").read_text(encoding="utf-8")
    for before, after in (
        ('edition = "2021"', 'edition = "2026"'),
        ('name = "2021年版"', 'name = "2026年版"'),
        ("first_year = 2021", "first_year = 2026"),
        (OTHER, OTHER + OTHER.replace('"other"', '"village"').replace('"其他"]', '"村（居）民委员会"]')),
        ('"legal_service", "other"] },', '"legal_service", "other", "village"] },'),
        ("widths = [754, 921, 3271, 685,", "widths = [754, 921, 3271, 600, 600,"),
    ):
        assert before in source
        source = source.replace(before, after)
    return source.replace("国办公开办函〔2021〕30号", "国办公开办函〔2026〕9号")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program's folder of its own."""
    for part in ("forms", "rules"):
        shutil.copytree(ROOT / "resources" / part, tmp_path / "program" / "resources" / part)
    (tmp_path / "program" / "resources" / "fonts").symlink_to(ROOT / "resources" / "fonts")
    monkeypatch.setattr(resources, "_folder", lambda: tmp_path / "program" / "resources")
    load_form.cache_clear()
    yield tmp_path / "program"
    load_form.cache_clear()


@pytest.fixture
def form(program: Path) -> Form:
    """The new edition, put where the document says: one file, and no line of code."""
    place = re.search(r"a new `(resources/forms/)YEAR\.toml`", JANUARY)
    assert place is not None
    (program / place[1] / "2026.toml").write_text(next_edition(), encoding="utf-8")
    return load_form("2026")


def before(year: int = 2025) -> Report:
    """A report of the edition before, every cell filled."""
    report = filled(load_form("2021"))
    report.facts[Fact.YEAR] = str(year)
    return report


@pytest.mark.usefixtures("program")
def test_new_reports_are_made_in_it_and_old_ones_stay_what_they_are(form: Form) -> None:
    assert edition_for(2026) == "2026"
    assert edition_for(2025) == "2021"
    assert decode(encode(before())).report.edition == "2021"
    assert known_forms()[0] is form


def test_this_years_report_is_begun_from_last_years_of_the_old_edition(form: Form) -> None:
    begun = begin_from_last_year(form, 2026, LastYear(before(), load_form("2021"), "上年.gknb", b""))
    assert begun.report.edition == "2026"
    carried = CellRef("requests", "carried_in", "person")
    assert begun.report.cells[carried] == before().cells[carried._replace(row="carried_out")]
    assert VILLAGE._replace(row="carried_in") not in begun.report.cells


def test_the_column_counts_in_totals_and_checks(form: Form) -> None:
    report = filled(form)
    session = Session(form, report, dt.date(2027, 1, 9))
    row = [
        ref for ref in form.kind_of if (ref.table, ref.row) == ("requests", "new") and ref not in form.totals
    ]
    assert len(row) == 7
    assert session.totals[VILLAGE._replace(column="total")].value == sum(report.cells[ref] for ref in row)
    blank = replace(report, cells={ref: value for ref, value in report.cells.items() if ref != VILLAGE})
    told = [one.message for one in check_report(form, blank, dt.date(2027, 1, 9)) if one.code == "NUM-1"]
    assert len(told) == 1
    assert "村（居）民委员会" in told[0]
    old = replace(before(2026), edition="2021")
    assert "MET-7" in {one.code for one in check_report(load_form("2021"), old, dt.date(2027, 1, 9))}


@pytest.mark.parametrize("wanted", list(Format))
def test_it_is_written_and_read_in_every_format(form: Form, wanted: Format) -> None:
    assert list(unlike_itself(form, wanted, known_forms())) == []


def test_files_of_each_edition_are_read_in_it(form: Form, tmp_path: Path) -> None:
    for one in (form, load_form("2021"), load_form("2019")):
        page = tmp_path / f"{one.edition}.html"
        page.write_text(render_page(one, filled(one)), encoding="utf-8")
        assert read_file(page).form is one


def test_a_district_hands_it_out_before_the_next_version(program: Path, tmp_path: Path) -> None:
    made = tmp_path / "made of" / "forms"
    made.mkdir(parents=True)
    (made / "2026.toml").write_text(next_edition(), encoding="utf-8")
    package = tmp_path / "区里.gkform"
    make_package(package, made.parent, ["forms/2026.toml"])
    assert [one.edition for one in read_package(package).forms] == ["2026"]
    take_in(read_package(package), dt.datetime(2027, 1, 4, tzinfo=dt.UTC))
    assert edition_for(2026) == "2026"
    assert (program / "district" / "forms" / "2026.toml").is_file()


def test_every_file_and_command_that_it_names_is_there() -> None:
    for path in re.findall(r"`((?:resources|src|tests|docs|packaging)/[\w./*-]+)`", JANUARY):
        assert list(ROOT.glob(path.replace("YEAR", "2021"))), path
    for command in set(re.findall(r"(?<![\w/])dev\.py (\w+)", JANUARY)):
        helped = subprocess.run(
            [sys.executable, ROOT / "dev.py", command, "--help"], capture_output=True, check=False
        )
        assert helped.returncode == 0, command
    for tested in re.findall(r"dev\.py test ((?:tests/\w+ ?)+)", JANUARY):
        assert all((ROOT / one).is_dir() for one in tested.split())
