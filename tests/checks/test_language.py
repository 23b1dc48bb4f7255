"""The language's words and model: what tools/build_language.py writes is read back, the same bytes each time."""

import itertools
import zlib
from pathlib import Path

import pytest

from reportdesk.checks.spelling import model as models
from reportdesk.checks.spelling.alike import are_alike
from reportdesk.checks.spelling.lexicon import holds_rare_word, is_word, part
from tools.language.model import Counts, packed
from tools.language.words import rare_lines, word_lines

TEXTS = ["政府信息公开，政府信息公开。", "政府采购"] * 3


def counts() -> Counts:
    made = Counts()
    made.read(TEXTS)
    made.read_words({"公开": 400, "信访": 7})
    return made


def test_a_model_is_packed_the_same_each_time_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = packed(counts())
    assert content == packed(counts())
    (tmp_path / "model.bin").write_bytes(content)
    monkeypatch.setattr(models, "resource", lambda *_parts: tmp_path / "model.bin")
    model = models.model.__wrapped__()
    assert model.cost("政", "府", "信") < model.cost("政", "府", "采")
    assert model.cost("政", "府", "采") < model.cost("政", "府", "开")
    assert model.pair("信", "访") >= 0
    assert model.pair("访", "信") == -1
    assert model.cost("从", "未", "见") > model.cost("政", "府", "开")


def test_a_model_that_is_cut_short_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.bin").write_bytes(packed(counts())[:-9])
    monkeypatch.setattr(models, "resource", lambda *_parts: tmp_path / "model.bin")
    with pytest.raises(zlib.error):
        models.model.__wrapped__()


def test_words_are_listed_by_their_first_character() -> None:
    assert word_lines({"公开": 8, "公": 2, "信": 1}) == ["信A", "公B开D"]
    assert rare_lines(
        [("公", 1, "n"), ("公敌", 3, "n"), ("公开", 8, "v"), ("公所", 2, "n")], {"公开": 8}
    ) == ["公所 敌"]


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("财政付款", ["财政", "付款"]),
        ("上报消防情况", ["上报", "消防", "情况"]),
        ("预防犯罪", ["预防", "犯罪"]),
        ("政府信息公开", ["政府", "信息", "公开"]),
    ],
)
def test_text_is_parted_into_words(run: str, words: list[str]) -> None:
    ends = part(run).ends
    assert [run[start:end] for start, end in itertools.pairwise(ends)] == words


def test_what_sounds_or_looks_alike_and_what_is_rare_is_known() -> None:
    assert are_alike("审", "申")
    assert are_alike("寻", "导")
    assert not are_alike("政", "水")
    assert is_word("堵点")
    assert holds_rare_word("院坝会", 1, 2)
