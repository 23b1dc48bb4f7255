"""Parts that are more than their whole, and directions that their own row of numbers does not have.

发放问卷247份，收回260份; 26个点位中有36个; 95.3分、93分、91.5分，逐季提升. Knows words and grammar, no table and no rule.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.impossible import Impossible
from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.reading_cache import kept

_COURSES = (
    ("发放|发出|下发|派发", "收回|回收|有效回收|收到有效"),
    ("收到|征集到?|征求到?|提出|收集到?|梳理出?", "采纳|吸收|采用|已办理|已答复|已回复"),
    ("报送|上报|投稿|推荐", "被[^,，。;\\d]{0,8}(?:采用|录用|刊用|采纳)|采用|录用|刊用"),
    ("检查|抽查|排查|自查", "合格|达标"),
    ("走访|回访|入户调查", "满意"),
    ("提示|发现|排查出?", "核实更正|更正|整改|纠正"),
)
_UNITS = "份|条|件|篇|户|人|名|家|个|处|次"
_OF = re.compile(
    rf"(?P<all>\d[\d,]*)(?P<unit>{_UNITS})[^,，。;:\d]{{0,10}}?(?<![其集适期])中(?![心央队小国学共型介药])(?:的)?[,，]?(?:仅|只|仍|还|尚|已|共)?(?:有|为)?"
    rf"(?P<some>\d[\d,]*)(?P=unit)"
)
_GAVE = tuple(
    re.compile(
        rf"(?:{first})(?:了|的)?[^,，。;:\d]{{0,12}}?(?P<all>\d[\d,]*)(?P<unit>{_UNITS})[^,，。;:\d]{{0,6}}[,，、]?[^,，。;:\d]{{0,10}}?"
        rf"(?:{second})[^,，。;:\d]{{0,10}}?(?P<some>\d[\d,]*)(?P=unit)"
    )
    for first, second in _COURSES
)
_DIGIT = re.compile(r"\d")
_ELSE = re.compile(r"上年|去年|往年|历年|累计|另|结转|以前|下年|每")
_GRADES = "非常满意|很满意|比较满意|较满意|基本满意|不满意|满意|一般|优秀|良好|不合格|合格|较差"
_GRADE = rf"[“\"]?(?:{_GRADES})[”\"]?(?:的|者)?(?:占比?|约占|为)?(?:\d{{1,3}}(?:\.\d+)?)%"
_GRADED = re.compile(rf"{_GRADE}(?:[,，、;和]{_GRADE}){{1,5}}")
_TOO_MUCH = 101
_JUDGED = (
    r"[“\"]?(?:非常满意|比较满意|较满意|基本满意|不满意|满意|好评|中评|差评|较好|较差|好|一般|差|优秀|良好|赞成|同意|反对|弃权)"
    r"[”\"]?(?:的|评价|票)?(?:有|为)?\d{1,4}(?![\d.%分])[票人名家户份张]?"
)
_CAST = rf"(?:投出?|其中|获得?)?(?P<votes>{_JUDGED}(?:[,，、;和]{_JUDGED}){{0,5}})"
_JUDGING = "评议|测评|投票|表决|评分|打分"
_VOTES = (
    re.compile(
        rf"(?P<all>\d{{1,4}})[人名位家户](?!次)[^。;\d]{{0,16}}(?:{_JUDGING})[^。;\d]{{0,12}}?{_CAST}"
    ),
    re.compile(
        rf"(?:{_JUDGING}|到会|参会|与会|出席)(?:的|代表|群众|会议|人员|共|有)*(?P<all>\d{{1,4}})[人名位家户](?!次)[^。;\d]{{0,6}}[,，:：;；]?{_CAST}"
    ),
)
_FULL = re.compile(
    r"(?:满意|好评|知晓|合格|答复率|办结率|公开率|按时率|覆盖率|及时率)[率度]?(?:均?为|达到?|占)?(?P<rate>\d{3,4}(?:\.\d{1,2})?)%"
)
_SCORES = re.compile(
    r"最高分?(?:为|是)?(?P<most>\d{1,3}(?:\.\d{1,2})?)分?[,，、](?:最低分?(?:为|是)?(?P<least>\d{1,3}(?:\.\d{1,2})?)分?[,，、和])?"
    r"平均分?(?:得分)?(?:为|是)?(?P<mean>\d{1,3}(?:\.\d{1,2})?)分?"
)
_ROW = re.compile(
    r"(?P<row>\d[\d,]*(?:\.\d+)?(?P<unit>分|%|条|件|次|篇|人次|份)?(?:[、]\d[\d,]*(?:\.\d+)?(?:分|%|条|件|次|篇|人次|份)?){2,11})[^。;\d]{0,6}?[,，]?"
    r"(?P<how>逐[季月年次期步]|稳步|持续|连续|不断|节节|呈)[^,，。;\d]{0,4}?(?:(?P<up>提升|上升|提高|增长|攀升|增加)|(?P<down>下降|降低|减少|回落|递减))"
)


_IS_TIME = re.compile(r"[年月日季期]|个?季度|半年")
"""Behind a row of years or months: what they measure stands elsewhere."""


@kept
def read_excess(text: str) -> tuple[Impossible, ...]:
    """Where a part is more than the whole, or a row goes the other way than is said, in order."""
    plain = plain_width(text)
    if not _DIGIT.search(plain):  # all that is read here is numbers
        return ()
    found: list[Impossible] = []
    for pattern in _GAVE:
        found += _more(plain, pattern)
    if "中" in plain:
        found += _more(plain, _OF)
    if "%" in plain:
        found += [*_grades(plain), *_over(plain)]
    if re.search("评|投票|表决|打分|到会|参会|与会|出席|最高", plain):
        found += [*_votes(plain), *_scores(plain)]
    if re.search("逐|稳步|持续|连续|不断|节节|呈", plain):
        found += _rows(plain)
    return tuple(sorted(found))


def _value(written: str) -> float:
    return float(written.replace(",", "").rstrip("%"))


def _more(plain: str, pattern: re.Pattern[str]) -> Iterator[Impossible]:
    for match in pattern.finditer(plain):
        whole, some = _value(match["all"]), _value(match["some"])
        if some > whole and not _ELSE.search(match[0]):
            yield *match.span("some"), f"{match['some']} 比前面的 {match['all']} 还多"


def _grades(plain: str) -> Iterator[Impossible]:
    """“满意”占97%，“基本满意”占7%."""
    for match in _GRADED.finditer(plain):
        shares = [float(one) for one in re.findall(r"(\d{1,3}(?:\.\d+)?)%", match[0])]
        if sum(shares) > _TOO_MUCH:
            yield *match.span(), f"各项相加是 {sum(shares):g}%，超过百分之百"


def _over(plain: str) -> Iterator[Impossible]:
    """满意率106.5%."""
    for match in _FULL.finditer(plain):
        if _value(match["rate"]) > 100:  # noqa: PLR2004 - all of them
            yield *match.span("rate"), "这样的比率不会超过百分之百"


def _votes(plain: str) -> Iterator[Impossible]:
    """20人评议，满意19票、基本满意3票."""
    for match in (match for pattern in _VOTES for match in pattern.finditer(plain)):
        cast = sum(int(one) for one in re.findall(r"\d+", match["votes"]))
        if cast > int(match["all"]):
            yield *match.span("votes"), f"各项相加是 {cast}，比前面的 {match['all']} 还多"


def _scores(plain: str) -> Iterator[Impossible]:
    """最高分97分、最低分78分、平均分99分."""
    for match in _SCORES.finditer(plain):
        mean = float(match["mean"])
        if mean > float(match["most"]) or (match["least"] and mean < float(match["least"])):
            yield *match.span("mean"), "平均分不在最高分和最低分之间"


def _rows(plain: str) -> Iterator[Impossible]:
    for match in _ROW.finditer(plain):
        if _IS_TIME.match(plain, match.end("row")) or plain[: match.start()].endswith("第"):
            continue
        row = [_value(one) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", match["row"])]
        sign = 1 if match["up"] else -1
        steps = [(after - before) * sign for before, after in itertools.pairwise(row)]
        steadily = match["how"][0] in "逐连节"
        if (steadily and min(steps) < 0) or (row[-1] - row[0]) * sign <= 0:
            word = match["up"] or match["down"]
            yield *match.span(), f"所列的数不是一直{word}"
