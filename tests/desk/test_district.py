"""A whole district by the command line: each unit's state is as its key says once the questions are answered."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from reportdesk.cli import main
from reportdesk.cli.console import Exit
from reportdesk.desk.folder import CACHE
from reportdesk.readers.read_file import read_file
from reportdesk.worker import one_shot
from tests.desk.make_district import make_district

SEED_7 = json.loads((Path(__file__).parents[1] / "data" / "desk" / "seed7.json").read_text(encoding="utf-8"))
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_shot, "read_apart", read_file)


class ByCommand:
    """A round that is kept by the command line."""

    def __init__(self, folder: Path, printed: Printed) -> None:
        self.folder, self.printed = folder, printed

    def run(self, step: str, *more: str) -> tuple[int, str]:
        self.printed.readouterr()
        code = main(["desk", step, str(self.folder), *more])
        return code, self.printed.readouterr().out

    def told(self, step: str, *more: str) -> Any:
        return json.loads(self.run(step, *more, "--json")[1])

    def begin(self, district: Path) -> None:
        units, profile = str(district / "名单.csv"), str(district / "units.gkprofile")
        assert self.run("new", "--year", "2025", "--units", units, "--profile", profile)[0] == Exit.OK

    def answer_all(self) -> int:
        """Give each question its first answer until none is left; how many there were."""
        asked = 0
        while questions := self.told("questions"):
            for one in questions:
                assert self.run("answer", one["question"], one["choices"][0])[0] == Exit.OK
            asked += len(questions)
            assert asked < 200
        return asked

    def kept(self) -> dict[str, str]:
        """All but the cache, by hash."""
        return {
            path.relative_to(self.folder).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and CACHE not in path.parts
        }


@pytest.fixture
def desk(tmp_path: Path, capsys: Printed) -> ByCommand:
    return ByCommand(tmp_path / "收报", capsys)


def differences(key: dict[str, Any], rows: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    listed = {row["unit"]: row for row in rows}
    fields = ("name", "state", "counted", "received", "late", "check_code", "versions", "matched_by")
    return [
        (number, unit["case"], name, unit[name], listed[number][name])
        for number, unit in key["units"].items()
        for name in fields
        if name in unit and unit[name] != listed[number][name]
    ]


def test_the_made_up_district_of_seed_7_is_the_known_one(tmp_path: Path) -> None:
    made = make_district(tmp_path / "district", 7, 64, numbered=False)
    for number, unit in SEED_7["units"].items():
        assert made["units"][number].items() >= unit.items()
    for name in ("totals_of_readable", "missing", "counted"):
        assert made[name] == SEED_7[name]


@pytest.mark.parametrize(
    ("seed", "count", "twist", "numbered"),
    [(7, 64, 0, False), (7, 64, 0, True), (3, 40, 5, False), (11, 36, 17, True), (29, 90, 2, False)],
)
def test_every_unit_stands_as_the_key_says(
    tmp_path: Path, desk: ByCommand, seed: int, count: int, twist: int, *, numbered: bool
) -> None:
    key = make_district(tmp_path / "district", seed, count, twist=twist, numbered=numbered)
    desk.begin(tmp_path / "district")
    inbox = str(tmp_path / "district" / "收件")
    taken = desk.told("take-in", inbox)
    assert sum(len(group) for group in taken.values()) == len([*Path(inbox).rglob("*.*")])
    desk.answer_all()
    assert differences(key, desk.told("list")) == []
    rolled = desk.told("rollup")
    assert rolled["cells"] == {name: str(value) for name, value in key["totals_of_readable"].items()}
    assert (rolled["counted"], rolled["missing"]) == (key["counted"], key["missing"])
    for ref, makers in key["contributors"].items():
        told = [[one["name"], one["value"]] for one in desk.told("explain", ref)]
        assert told == [[name, str(value)] for name, value in makers]
    before = desk.kept()
    assert desk.run("take-in", inbox)[0] == Exit.OK
    assert desk.kept() == before


def test_before_an_answer_nothing_doubtful_counts(tmp_path: Path, desk: ByCommand) -> None:
    make_district(tmp_path / "district", 5, 36, numbered=False)
    desk.begin(tmp_path / "district")
    desk.run("take-in", str(tmp_path / "district" / "收件"))
    rows = desk.told("list")
    asked = {one["unit"] for one in desk.told("questions")}
    assert {row["state"] for row in rows if row["unit"] in asked and row["state"] != "已收"} >= {
        "要人看",
        "校验码不符",
    }
    assert not [row for row in rows if row["unit"] in asked and row["counted"]]


def test_the_cache_may_be_deleted(tmp_path: Path, desk: ByCommand) -> None:
    import shutil

    make_district(tmp_path / "district", 5, 36)
    desk.begin(tmp_path / "district")
    desk.run("take-in", str(tmp_path / "district" / "收件"))
    before = desk.told("list")
    shutil.rmtree(desk.folder / CACHE)
    assert desk.told("list") == before
