"""What the kind of unit rules out or asks for."""

from __future__ import annotations

from collections.abc import Iterator

from reportdesk.checks.claims.claim import Topic
from reportdesk.checks.claims.words import rule_words
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import claims_by_part, prose_finding, quote_clause, unit_kind
from reportdesk.report.document import UnitKind
from reportdesk.report.text.figures import show_figure

_NO_REGULATIONS = {
    UnitKind.TOWNSHIP: "乡镇人民政府",
    UnitKind.STREET: "街道办事处",
    UnitKind.COUNTY_DEPARTMENT: "县级部门",
    UnitKind.COUNTY: "县级人民政府",
    UnitKind.CITY_DEPARTMENT: "市级部门",
}
_GOVERNMENTS = (UnitKind.TOWNSHIP, UnitKind.COUNTY, UnitKind.CITY)


@check(
    "UNIT-1",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《立法法》第九十一条、第九十三条：规章由国务院部门和省、设区的市的人民政府制定",
)
def unit_1(subject: CheckContext) -> Iterator[Found]:
    """乡镇、街道、县级人民政府和县、市各部门不能制定规章，规章各格应为 0，文字里也不应写制发规章。"""
    name = _NO_REGULATIONS.get(unit_kind(subject))  # type: ignore[arg-type]  # None has no name
    if name is None:
        return
    roles = ("regulations_issued", "regulations_repealed", "regulations_in_force")
    refs = [ref for role in roles for ref in subject.form.cell_roles.get(role, ())]
    filled = [ref for ref in refs if subject.report.cells.get(ref, 0) > 0]
    if filled:
        words = "、".join(f"{subject.form.name_of(ref)} {subject.report.cells[ref]}" for ref in filled)
        yield Found(
            f"{words}：{name}不能制定规章。请核对是否应填在行政规范性文件一行。",
            subject.form.section_of[filled[0].table].id,
            tuple(filled),
        )
    for part, text, claims in claims_by_part(subject):
        for claim in claims:
            if claim.topic is Topic.REGULATIONS and claim.value > 0 and claim.unit:
                yield prose_finding(
                    subject,
                    part,
                    (claim.start, claim.end),
                    f"写{quote_clause(text, claim.start, claim.end)}：{name}不能制定规章（写的是 "
                    f"{show_figure(claim.value)}）。请核对是否应为规范性文件或其他文件。",
                )


@check(
    "UNIT-2",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第五十条第四项",
)
def unit_2(subject: CheckContext) -> Iterator[Found]:
    """人民政府的年度报告第一节应写工作考核、社会评议和责任追究结果情况。"""
    part = subject.form.part_roles.get("supervision")
    if part is None or unit_kind(subject) not in _GOVERNMENTS:
        return
    section = subject.form.section_of[part]
    text = "\n".join(subject.report.prose.get(one.id, "") for one in section.parts)
    if not text.strip():
        return
    asked: dict[str, list[str]] = rule_words("unit")["supervision"]  # type: ignore[assignment]
    missing = [name for name, words in asked.items() if not any(word in text for word in words)]
    if missing:
        yield Found(
            f"第一节没有写到{'、'.join(missing)}。人民政府应报告工作考核、社会评议和责任追究结果情况，"
            "请在“监督保障”里补写，没有发生的也写明。",
            section.id,
            part=part,
            is_omission=True,
        )
