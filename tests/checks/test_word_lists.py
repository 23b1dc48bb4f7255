"""The lists of fixed expressions and of words written for others: each entry is sourced, fair and of some use."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

import pytest

from reportdesk.resources import resource

_FIRST_YEAR, _LAST_YEAR = 2008, 2035  # reports of the kind exist since 2008
_ENDS = re.compile(r"第[〇一二三四五六七八九十百]+条|〔\d{4}〕\d+号|\d{4}年|第\d+号|《")

# Right sentences in which an entry's characters meet by chance, or where both words are right.
_RIGHT = (
    "全部份额由财政付款，发布署名文章，刊登计划公告。",
    "上报消防隐患，预报消息及时发布，按装机容量收费。",
    "交通迅速恢复，搬迁徒步可达，反复盖章的情形减少。",
    "当事人提出的再审请求，给予算法支持，修复仪器三台。",
    "立即然后不再使用；轻松驰骋，放松驰援，地方文脉博物馆开放。",
    "教授理论课，传授理论知识，习惯彻底改变，乡村正兴起读书热。",
    "数据统计截止日期为2025年12月31日，截至年底没有结转的申请。",
    "公交线路途经镇政府门前，主要途经三个村。",
    "妥善处理疫苗不良反应问题，快速反应。",
    "争做为民服务的好干部，做为企业服务的事。",
    "规范行文，精简文件；行政机关履行职责，行使权力。",
    "防止落石，贯彻落石灾害防治要求；应对台风登陆。",
    "方针贬值，主编篡改，恢宏扬起；竟争先恐后，竟聘请外人。",
    "年末收到补助，月末发生变化，自己办理，知己公开道歉，登记薄弱环节。",
    "人群从关心到参与，职工做好服务，水渠到田间，以经济建设为中心，在次年要求整改，所必需的材料。",
    "会议纪录片展映，计算公式公开，机构概括为三类。",
)


@dataclass(frozen=True)
class _Phrase:
    words: str
    source: str
    near: tuple[str, ...]
    since: int
    until: int


def _toml(name: str) -> dict[str, Any]:
    with resource("rules", name).open("rb") as file:
        return tomllib.load(file)


def _phrases() -> list[_Phrase]:
    return [
        _Phrase(entry["words"], entry["source"], tuple(entry["near"]), group["since"], group["until"])
        for group in _toml("phrases.toml")["phrases"]
        for entry in group["entries"]
    ]


def _confusables() -> list[dict[str, Any]]:
    lists = _toml("confusables.toml")
    return [{"before": "", "after": "", **entry} for kind in ("always", "context") for entry in lists[kind]]


def _pattern(entry: dict[str, Any]) -> re.Pattern[str]:
    return re.compile(entry["before"] + re.escape(entry["wrong"]) + entry["after"], re.MULTILINE)


def _one_step(one: str, other: str) -> bool:
    """A character wrong, lost, too many, or two neighbours changed round."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    left, right = one[start:], other[start:]
    swapped = len(left) > 1 and left[1] + left[0] + left[2:] == right
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


PHRASES = _phrases()
CONFUSABLES = _confusables()


def test_the_lists_are_there() -> None:
    assert len(PHRASES) > 100
    assert len(CONFUSABLES) > 60


def test_every_entry_names_where_it_was_published() -> None:
    assert [phrase.words for phrase in PHRASES if not _ENDS.search(phrase.source)] == []
    assert [entry["wrong"] for entry in CONFUSABLES if not _ENDS.search(entry["source"])] == []


def test_a_wrong_word_is_not_the_right_one() -> None:
    assert [entry["wrong"] for entry in CONFUSABLES if entry["wrong"] == entry["right"]] == []


def test_nothing_stands_twice() -> None:
    words = [phrase.words for phrase in PHRASES]
    assert sorted(words) == sorted(set(words))
    rules = [(entry["wrong"], entry["before"], entry["after"]) for entry in CONFUSABLES]
    assert sorted(rules) == sorted(set(rules))


def test_a_right_neighbour_is_one_step_away() -> None:
    assert [
        (phrase.words, one) for phrase in PHRASES for one in phrase.near if not _one_step(one, phrase.words)
    ] == []
    assert [phrase.words for phrase in PHRASES if len(phrase.near) != len(set(phrase.near))] == []


def test_no_phrase_accuses_another() -> None:
    accused = [
        (phrase.words, other.words)
        for phrase in PHRASES
        for other in PHRASES
        if _one_step(other.words, phrase.words) and other.words not in phrase.near
    ]
    assert accused == []


def test_the_years_of_a_phrase_can_be() -> None:
    years = [(phrase.since, phrase.until) for phrase in PHRASES]
    assert [one for pair in years for one in pair if one and not _FIRST_YEAR <= one <= _LAST_YEAR] == []
    assert [(since, until) for since, until in years if until and until < since] == []


def test_no_right_expression_holds_a_wrong_word() -> None:
    right = [phrase.words for phrase in PHRASES] + [entry["right"] for entry in CONFUSABLES]
    assert [
        (one["wrong"], words) for one in CONFUSABLES for words in right if _pattern(one).search(words)
    ] == []


@pytest.mark.parametrize("text", _RIGHT)
def test_words_that_meet_by_chance_are_left_alone(text: str) -> None:
    assert [entry["wrong"] for entry in CONFUSABLES if _pattern(entry).search(text)] == []


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("截止2025年12月31日，全镇主动公开信息96条。", "截止", "截至"),
        ("公众可以通过网站等多种途经获取政府信息。", "途经", "途径"),
        ("全年依法受理政府信息公开审请12件。", "审请", "申请"),
        ("群众反应的问题得到解决。", "反应", "反映"),
        ("一、机构概括", "概括", "概况"),
        ("全年末收到政府信息公开申请。", "末收", "未收"),
        ("有关信息己公开。", "己", "已"),
        ("做好政策解毒工作。", "解毒", "解读"),
    ],
)
def test_a_word_in_the_wrong_place_is_met(text: str, wrong: str, right: str) -> None:
    assert [(entry["wrong"], entry["right"]) for entry in CONFUSABLES if _pattern(entry).search(text)] == [
        (wrong, right)
    ]
