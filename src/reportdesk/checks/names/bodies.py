"""TXT-25: organs that a township has not, and what an organ cannot do: a court reconsiders nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote, unit_kind
from reportdesk.checks.reading_cache import kept
from reportdesk.report.document import UnitKind

_NO_ORGAN = re.compile(
    r"(?<![城景各])(?<!景德)(?:镇|乡|街道)级?(?P<organ>人大常委会|人民代表大会常务委员会|人民检察院|检察院|(?:中级)?人民法院|法院(?![派联驻巡共])"
    r"|监察委员会|公安局|政协常委会|军分区|人民武装委员会)"
    r"|(?<![镇乡各、])(?P<street>街道)人民政府(?!街道|派出)|(?<!乡)(?P<village>村|社区)人民政府(?!街|派)"
)
_ORGANS = (
    "常委会",
    "常务委员会",
    "检察院",
    "法院",
    "监察委员会",
    "公安局",
    "军分区",
    "武装委员会",
    "街道人民政府",
    "村人民政府",
    "社区人民政府",
)
_COURT = r"法院(?:已经?|依法|予以)?"
_WRONG_COURSE = (
    (
        re.compile(
            r"向[^，。；;\n]{0,12}法院(?:依法)?(?:申请|提出|提起|递交)了?(?:政府信息公开)?(?:行政)?复议"
        ),
        "行政复议向上级人民政府等复议机关申请，法院审理的是行政诉讼。",
    ),
    (
        re.compile(
            rf"{_COURT}(?:作出|下达|出具)了?(?:的)?(?:行政)?复议|{_COURT}(?:行政)?复议(?:维持|撤销|决定|纠正)"
        ),
        "行政复议决定由复议机关作出，法院作出的是判决、裁定。",
    ),
    (
        re.compile(
            r"向(?:(?!法院)[^，。；;\n]){0,12}(?:政府|司法局|复议机关|检察院|信访局)(?:依法)?(?:申请|提出|提起)了?(?:政府信息公开)?行政诉讼"
        ),
        "行政诉讼向人民法院提起。",
    ),
    (
        re.compile(
            r"(?:县|市|区|旗|州|上级)(?:人民)?政府(?:已经?|依法)?判决(?=维持|驳回|撤销|纠正|胜|败|[:：])"
            r"|(?:复议机关|司法局|检察院)(?:已经?|依法)?(?:判决|裁定)(?!书)"
        ),
        "判决、裁定由人民法院作出，复议机关作出的是决定。",
    ),
)
_TO_ONESELF = (
    re.compile(
        r"向[我本](?:[镇乡局办]|街道|单位|机关)(?:人民)?(?:政府|办事处)?(?:申请|提出|提起)了?(?:政府信息公开)?行政复议"
    ),
    re.compile(
        r"[我本](?:[镇乡局办]|街道|单位|机关)(?:人民)?(?:政府|办事处)?(?:依法)?(?:作出|出具|下达)了?(?:的)?行政复议决定"
    ),
)
_OF_TOWN = (UnitKind.TOWNSHIP, UnitKind.STREET, UnitKind.COUNTY_DEPARTMENT)


@check(
    "TXT-25",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《地方各级人民代表大会和地方各级人民政府组织法》《行政复议法》《行政诉讼法》",
)
def txt_25(subject: CheckContext) -> Iterator[Found]:
    """乡镇、街道没有的机关不应写成有；行政复议由复议机关办理，行政诉讼由人民法院审理，不应写反。"""
    is_of_town = unit_kind(subject) in _OF_TOWN
    for part, text in parts_with_text(subject):
        for span, why in _misplaced(text, is_of_town=is_of_town):
            message = f"写{quote(text, *span)}，{why}请核对机关名称。"
            yield prose_finding(subject, part, span, message)


@kept
def _misplaced(text: str, *, is_of_town: bool) -> tuple[tuple[tuple[int, int], str], ...]:
    found = []
    if any(word in text for word in _ORGANS):
        found += [(match.span(), _why(match)) for match in _NO_ORGAN.finditer(text)]
    if "复议" in text or "诉讼" in text or "判决" in text:
        for pattern, why in _WRONG_COURSE:
            found += [(match.span(), why) for match in pattern.finditer(text)]
        for pattern in _TO_ONESELF if is_of_town else ():
            why = "乡镇、街道和县级部门一般不是行政复议机关。"
            found += [(match.span(), why) for match in pattern.finditer(text)]
    return tuple(sorted(found))


def _why(match: re.Match[str]) -> str:
    if match["street"]:
        return "街道设办事处，是派出机关，不设人民政府。"
    if match["village"]:
        return "村、社区设村（居）民委员会，不设人民政府。"
    if match["organ"].startswith(("人大", "人民代表")):
        return "乡镇人大设主席团，不设常务委员会；街道设人大工作委员会。"
    return f"乡镇、街道不设{match['organ']}。"
