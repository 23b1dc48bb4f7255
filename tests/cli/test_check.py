"""``reportdesk check`` with the other files it takes: the seed's list, and files that cannot be read."""

import json
from pathlib import Path

import pytest

from reportdesk.checks.engine import registered
from reportdesk.cli import main
from reportdesk.cli.console import Exit

SEED = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
Printed = pytest.CaptureFixture[str]


def test_the_seed_gives_scripts_the_list_of_the_catalogue(capsys: Printed) -> None:
    assert main(["check", str(SEED), "--today", "2025-01-09", "--json"]) == Exit.OK
    listed = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["severity"], one["part"]) for one in listed] == [
        ("UNIT-2", "warning", "overview.supervision"),
        ("APP-6", "hint", "overview.requests"),
    ]
    assert listed[0]["span"] is None
    start, end = listed[1]["span"]
    prose = json.loads(SEED.read_bytes())["prose"]["overview.requests"]
    assert "未收到" in prose[start:end]


@pytest.mark.parametrize("option", ["--last", "--profile"])
@pytest.mark.parametrize("content", [b"", b"{", b"PK\x03\x04", b"[]", b'{"format": "x"}', b"\xff\xfe1"])
def test_another_file_that_cannot_be_read_is_one_plain_sentence(
    tmp_path: Path, capsys: Printed, option: str, content: bytes
) -> None:
    path = tmp_path / "别的文件"
    path.write_bytes(content)
    assert main(["check", str(SEED), option, str(path)]) == Exit.UNREADABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert "别的文件" in sentence
    assert "。" in sentence


@pytest.mark.parametrize("option", ["--last", "--profile"])
def test_another_file_that_is_not_there_is_one_plain_sentence(
    tmp_path: Path, capsys: Printed, option: str
) -> None:
    assert main(["check", str(SEED), option, str(tmp_path / "没有")]) == Exit.UNREADABLE
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "打不开“没有”" in sentence


def test_the_list_tells_each_rule_with_severity_sentence_and_source(capsys: Printed) -> None:
    assert main(["check", "--list", "--json"]) == Exit.OK
    listed = json.loads(capsys.readouterr().out)
    assert {one["code"] for one in listed} == registered().keys()
    assert all(one["says"] and one["source"] and one["severity"] for one in listed)
