"""Other reports on this PC, read to be compared with: what cannot be read soon holds nobody up."""

import time
from pathlib import Path

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import Fact, new_report
from reportdesk.store import disk, others
from reportdesk.store.file import write_report
from reportdesk.store.others import read_others

FORM = load_form("2021")
PART = "overview.management"


def saved(path: Path, unit: str, text: str) -> Path:
    report = new_report(FORM, 2024, unit)
    report.prose[PART] = text
    write_report(path, report)
    return path


def test_unit_year_and_prose_are_read(tmp_path: Path) -> None:
    (other,) = read_others([saved(tmp_path / "a.gknb", "柳川县石桥镇人民政府", "清理栏目3个。")]).reports
    assert other.facts[Fact.FULL_NAME] == "柳川县石桥镇人民政府"
    assert other.facts[Fact.YEAR] == "2024"
    assert other.prose[PART] == "清理栏目3个。"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"unit": 1}', b'{"unit": {}, "prose": []}', b"\xff", b"[" * 9999]
)
def test_what_cannot_be_read_is_left_out_and_the_rest_is_read(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "b.gknb"
    broken.write_bytes(content)
    good = saved(tmp_path / "a.gknb", "柳川县石桥镇人民政府", "清理栏目3个。")
    read = read_others([tmp_path / "gone.gknb", tmp_path, broken, good])
    assert len(read.reports) == 1
    assert read.unread == (tmp_path / "gone.gknb", tmp_path, broken)


def test_a_share_that_does_not_answer_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = saved(tmp_path / "a.gknb", "柳川县石桥镇人民政府", "清理栏目3个。")
    read = disk.read

    def slow(path: Path, limit: int = -1) -> bytes:
        if path.name == "gone.gknb":
            time.sleep(5)
        return read(path, limit)

    monkeypatch.setattr(disk, "read", slow)
    begun = time.monotonic()
    found = read_others([good, tmp_path / "gone.gknb"], 0.5)
    assert len(found.reports) == 1
    assert found.unread == (tmp_path / "gone.gknb",)
    assert time.monotonic() - begun < 4


def test_no_more_are_read_than_were_opened_lately(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "MOST_OTHERS", 2)
    paths = [saved(tmp_path / f"{name}.gknb", f"{name}镇人民政府", "无。") for name in "甲乙丙"]
    assert [one.facts[Fact.FULL_NAME] for one in read_others(paths).reports] == [
        "甲镇人民政府",
        "乙镇人民政府",
    ]
