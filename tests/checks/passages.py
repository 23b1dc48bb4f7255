"""The passages of tests/data/passages, each made into a whole report."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportdesk.checks.engine import Finding, Severity, check_report
from reportdesk.report.document import Fact, Report, Snapshot
from tests.checks.rule_cases import FORM, UNIT, cells

FOLDER = Path(__file__).parents[1] / "data" / "passages"
YEAR = 2025
TODAY = dt.date(YEAR + 1, 1, 20)
_PROSE = {
    "opening": "本报告依据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    "（国办公开办函〔2021〕30号）要求编制。所列数据的统计期限为2025年1月1日至2025年12月31日。如对本报告有疑问，"
    "请与柳川县白河镇人民政府党政办公室联系（地址：白河街1号，邮编：242400，电话：0563-1234567）。",
    "overview.disclosure": "及时公开机构职能、财政预决算、社会救助等方面的信息。",
    "overview.requests": "规范申请的登记、审核、办理、答复和归档。",
    "overview.management": "落实信息发布审核和保密审查制度，定期清理失效信息。",
    "overview.platforms": "做好政府网站政府信息公开专栏和政务新媒体的日常维护。",
    "overview.supervision": "明确专人负责，纳入年度工作考核，开展社会评议，未发生责任追究情形。",
    "problems.problems": "一是政策解读形式较为单一，二是工作人员业务能力有待提高，三是部分栏目信息更新不够及时。",
    "problems.improvements": "一是丰富解读形式，增加图解和视频解读；二是组织业务培训，提高工作人员能力；三是定期巡查栏目，及时更新信息。",
    "other_matters.text": "本年度未收取信息处理费。无其他需要报告的事项。",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A report that holds the passage, and whether somebody who reviews it would object."""

    text: str
    wrong: bool
    report: Report
    last: Snapshot | None

    def objections(self) -> list[Finding]:
        """The errors and warnings of every rule."""
        found = check_report(FORM, self.report, TODAY, self.last)
        return [one for one in found if one.severity is not Severity.HINT]


def read_passages() -> Iterator[tuple[str, Passage]]:
    """Every passage with a name that tells it in a test's output."""
    for path in sorted(FOLDER.glob("*.toml")):
        kinds = tomllib.loads(path.read_text(encoding="utf-8"))
        base = kinds.pop("base")
        for name, kind in kinds.items():
            for wanted in ("find", "silent"):
                for number, entry in enumerate(kind.get(wanted, []), 1):
                    yield f"{name}-{wanted}-{number}", _passage({**base, **kind}, entry, wanted == "find")


def _passage(kind: Mapping[str, Any], entry: str | Mapping[str, str], wrong: bool) -> Passage:  # noqa: FBT001
    placed = {kind["part"]: entry} if isinstance(entry, str) else entry
    report = Report("2021", {**UNIT, Fact.YEAR: str(YEAR), Fact.CLOSING_UNIT: UNIT[Fact.FULL_NAME]})
    report.facts[Fact.CLOSING_DATE] = "2026年1月15日"
    report.prose = {part: _PROSE[part] for part in _PROSE} | {
        part: f"{_PROSE[part] if part.startswith('overview') else ''}{text}" for part, text in placed.items()
    }
    report.cells = cells(" ".join(kind["numbers"].split()))
    last = Snapshot("2021", {Fact.YEAR: str(YEAR - 1)}, {}, cells(kind["last"])) if "last" in kind else None
    return Passage("".join(placed.values()), wrong, report, last)
