"""Whether a number is another office's: 区住建局收到22件 in the report of the district, or of a township.

No rule stands here.
"""

from __future__ import annotations

import re

from reportdesk.checks.claims.claim import Claim
from reportdesk.checks.engine import CheckContext
from reportdesk.checks.names.ordinary_words import name_before
from reportdesk.checks.names.place_names import own_cores, own_names
from reportdesk.checks.prose import unit_kind
from reportdesk.report.document import UnitKind

_WHO = re.compile(
    r"(?P<name>[一-鿿]{1,16}?(?P<office>局|委员会|管委会|支队|大队|[镇乡]|街道))(?:办事处|人民政府|政府)?"
    r"(?:共|全年|累计|合计|年内|今年|一共|年度|本)*(?:收到|受理|接收|新收|接到|办结|答复|办理|处理)"
)
_SOME_PARTS = re.compile(
    r"(?:[县市区旗州省][直级属]|直属|下属|所属|各|有关|其他)[一-鿿]{0,4}(?:单位|部门|机关)(?:共|全年|累计|合计|年内|年度)*"
    r"(?:收到|受理|接收|新收|接到|办结|答复|办理|处理)"
)
"""县直单位收到71件 beside 乡镇收到24件: of some of those whose requests the report adds up."""
_SELF = re.compile(r"(?:[我本全该各市县区旗]|(?:我|本)[县市区旗])(?:局|委员会|镇|乡|街道)$")
_DEPARTMENTS = (UnitKind.COUNTY_DEPARTMENT, UnitKind.CITY_DEPARTMENT)
_CLAUSE = re.compile(r"[,，。;；、:：\n（(]")
_REACH = 30


def tells_of_another(text: str, claim: Claim, subject: CheckContext) -> bool:
    """Whether who received or answered what the claim counts is named, and is not this unit."""
    kind = unit_kind(subject)
    if kind is None:
        return False
    low = max(0, claim.end - _REACH)
    begin = low + max((match.end() for match in _CLAUSE.finditer(text[low : claim.start])), default=0)
    if _SOME_PARTS.match(text, begin, claim.end):
        return True
    match = _WHO.search(text, begin, claim.end)
    if match is None or _SELF.search(match["name"]):
        return False
    own = own_names(subject.report)
    if match["office"] in "镇乡街道":
        name = name_before(text, match.start("office"), own_cores(own))
        return bool(name) and not name.endswith(tuple(own_cores(own)))
    return kind not in _DEPARTMENTS or not _abbreviates(match["name"], own)


def _abbreviates(name: str, own: str) -> bool:
    """Whether the name is the unit's, or one of it by signs left out: 市人社局 of 市人力资源和社会保障局."""
    core = re.sub(r".*(?=.{3}$)", "", name)
    return any(_in_order(core, line) for line in own.split("\n") if line)


def _in_order(signs: str, line: str) -> bool:
    place = 0
    for sign in signs:
        place = line.find(sign, place) + 1
        if not place:
            return False
    return True
