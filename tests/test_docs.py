"""The generated documents are as code and forms say, and a file is as its schema says."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.report.file.codec import encode
from reportdesk.report.file.model import VERSION
from reportdesk.report.file.schema import file_schema
from reportdesk.resources import resource
from tests.editions import EDITION_IDS, FORMS, THIRD
from tests.strategies import reports
from tools import generate_docs
from tools.rooms_docs import LARGER, MOST_FILES, rooms

ROOT = Path(__file__).parents[1]
VALIDATOR = jsonschema.Draft202012Validator(file_schema())


@pytest.mark.parametrize("name", generate_docs.documents())
def test_a_generated_document_is_not_stale(name: str) -> None:
    assert name not in generate_docs.stale(), "run: python -m tools.generate_docs"


def test_check_tells_what_is_stale_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate_docs, "ROOT", tmp_path)
    assert generate_docs.main(["--check"]) == 1
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err.count("is stale") == len(generate_docs.documents())
    assert generate_docs.main([]) == 0
    assert generate_docs.main(["--check"]) == 0


def keys_in(value: object) -> set[str]:
    """Every key of the tables in the value."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_in, value.values()))
    return set().union(*map(keys_in, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("path", [resource("forms", "2021.toml"), THIRD], ids=EDITION_IDS)
def test_the_form_reference_names_every_key_that_a_form_uses(path: Path) -> None:
    reference = (ROOT / "docs" / "form-reference.md").read_text(encoding="utf-8")
    form = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds, roles = form.pop("kinds"), form.pop("roles", {})  # below these the form's own names stand
    used = keys_in(form) | keys_in(list(kinds.values())) | set(roles) | {"kinds", "roles"}
    assert {key for key in used if f"`{key}`" not in reference} == set()
    assert {"edition", "widths", "total_of", "plus", "places"} <= used


def test_the_form_reference_lists_every_cell_once() -> None:
    reference = (ROOT / "docs" / "form-reference.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z_]+\.[a-z_]+\.[a-z_]+)` \|", reference, re.MULTILINE)
    assert listed == [str(ref) for ref in load_form("2021").kind_of]


def test_the_example_is_as_the_schema_says() -> None:
    VALIDATOR.validate(json.loads((ROOT / "examples" / "changle-2024.gknb").read_bytes()))


@pytest.mark.parametrize("form", FORMS, ids=EDITION_IDS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_report_is_written_as_the_schema_says(form: object, data: st.DataObject) -> None:
    assert isinstance(form, type(FORMS[0]))
    VALIDATOR.validate(json.loads(encode(data.draw(reports(form)))))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", VERSION + 1),
        ("edition", "../2021"),
        ("cells", {"requests.new.person": 1.5}),
        ("cells", {"requests.new.person": "3,5"}),
        ("prose", {"overview.disclosure": 3}),
        ("finished", "requests"),
    ],
)
def test_the_schema_refuses_what_the_program_refuses(key: str, value: object) -> None:
    document = json.loads((ROOT / "examples" / "changle-2024.gknb").read_bytes())
    document[key] = value
    assert not VALIDATOR.is_valid(document)


def test_the_example_of_the_file_format_is_a_file() -> None:
    text = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    VALIDATOR.validate(json.loads(example))


def test_the_pictures_of_the_project_can_be_drawn(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.kept_pictures", "--to", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    drawn = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.png")}
    kept = {
        path.relative_to(ROOT) for folder in ("docs", "resources") for path in (ROOT / folder).rglob("*.png")
    }
    assert drawn <= kept
    assert {path.parent for path in drawn} == {
        Path("docs", "pictures"),
        Path("resources", "help", "pictures"),
    }


def test_each_room_says_what_it_answers_for_and_is_small_enough_to_find_a_file_in() -> None:
    assert [name for name, _count, told in rooms() if not told.endswith((".", "。"))] == []
    assert {name for name, count, _told in rooms() if count > MOST_FILES} == set(LARGER)
