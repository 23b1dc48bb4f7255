"""Against last year's report: what was carried over, what is in force, and what was copied.

Silent without last year's report, and where the report at hand is of another unit or year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportdesk.checks.contents.similarity import like_passages, shared_part
from reportdesk.checks.engine import OFFICIAL_FORM, CheckContext, Found, Passage, Severity, Trigger, check
from reportdesk.checks.prose import figure, name_of_part, section_of
from reportdesk.form.spec import CellRef, Table, column_words
from reportdesk.report.document import Fact, Snapshot, Value
from reportdesk.report.snapshots import snapshot_totals
from reportdesk.report.text.figures import show_figure

_KINDS = {"documents": "行政规范性文件", "regulations": "规章"}
_SAME_LEAST = 4
_SAME_SHARE = 0.6
_LIKE_SHARE = 0.8
_LIKE_LEAST = 60
_LIKE_WHOLE = 36
"""Signs of a part that is last year's word for word: shorter ones are stock lines."""
"""Characters: below that, stock phrases make texts alike."""
_TAKEN_LEAST = 20
"""Characters of a paragraph: 无 and 如下 are no paragraphs that were taken over."""


@check("YR-1", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表三第二项")
def yr_1(subject: CheckContext) -> Iterator[Found]:
    """表三每一列：“二、上年结转”应等于上年年报的“四、结转下年度”。"""
    row, last_row = (
        subject.form.cell_roles.get(role) for role in ("requests_carried_in", "requests_carried_out")
    )
    last = last_of_unit(subject)
    if last is None or not row or not last_row:
        return
    block = subject.form.tables[row[0].table].block_of(row[0])
    before = all_values(subject, last)
    wrong: list[tuple[CellRef, str]] = []
    for column in block.columns:
        here = row[0]._replace(column=column.id)
        now, then = _value(subject, here), before.get(last_row[0]._replace(column=column.id))
        if now is not None and then is not None and now != then:
            name = column_words(block, column.id)[-1]
            wrong.append((here, f"{name} {show_figure(now)} 件（上年 {show_figure(then)} 件）"))
    if wrong:
        table = subject.form.tables[row[0].table]
        yield Found(
            f"{table.name}“上年结转”与上年年报的“结转下年度”不一致：{'、'.join(words for _, words in wrong)}。"
            "请对照上年年报核对；确有原因的，写一句说明。",
            subject.form.section_of[table.id].id,
            tuple(ref for ref, _ in wrong),
        )


@check("YR-2", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表二第二十条第（一）项")
def yr_2(subject: CheckContext) -> Iterator[Found]:
    """表二现行有效件数应等于上年现行有效加本年制发减本年废止；因清理调整的，写一句说明。"""
    last = last_of_unit(subject)
    if last is None:
        return
    before = all_values(subject, last)
    for kind, name in _KINDS.items():
        issued, repealed = figure(subject, f"{kind}_issued"), figure(subject, f"{kind}_repealed")
        in_force = figure(subject, f"{kind}_in_force")
        if issued is None or repealed is None or in_force is None:
            continue
        then = before.get(in_force.cells[0])
        if then is None or then + issued.value - repealed.value == in_force.value:
            continue
        expected = show_figure(then + issued.value - repealed.value)
        yield Found(
            f"表二{name}现行有效填 {show_figure(in_force.value)} 件，按上年 {show_figure(then)} + "
            f"制发 {show_figure(issued.value)} - 废止 {show_figure(repealed.value)} 应为 {expected} 件。"
            "请核对；因清理等原因调整的，写一句说明。",
            subject.form.section_of[in_force.cells[0].table].id,
            (*in_force.cells, *issued.cells, *repealed.cells),
        )


@check("YR-3", Severity.WARNING, trigger=Trigger.ON_IDLE, source=f"{OFFICIAL_FORM}表二第二十条第（一）项")
def yr_3(subject: CheckContext) -> Iterator[Found]:
    """表二现行有效件数不应少于本年制发件数。"""
    for kind, name in _KINDS.items():
        issued, in_force = figure(subject, f"{kind}_issued"), figure(subject, f"{kind}_in_force")
        if issued is not None and in_force is not None and in_force.value < issued.value:
            yield Found(
                f"表二{name}现行有效填 {show_figure(in_force.value)} 件，少于本年制发 "
                f"{show_figure(issued.value)} 件。请核对这两格；本年制发的当年又废止的，写一句说明。",
                subject.form.section_of[in_force.cells[0].table].id,
                (*in_force.cells, *issued.cells),
            )


@check(
    "YR-4", Severity.WARNING, trigger=Trigger.ON_IDLE, source="《政府信息公开条例》第五十条：报告本年度情况"
)
def yr_4(subject: CheckContext) -> Iterator[Found]:
    """一张表里多数不为 0 的数与上年完全相同的，可能是忘了改上年的数。"""
    last = last_of_unit(subject)
    if last is None:
        return
    for table in subject.form.tables.values():
        same, counted = _same_cells(subject, table, last)
        if len(same) >= _SAME_LEAST and len(same) >= _SAME_SHARE * counted:
            yield Found(
                f"{table.name}不为 0 的 {counted} 格里有 {len(same)} 格与上年完全相同。"
                "请核对是否忘了改成本年的数；确实相同的，写一句说明。",
                subject.form.section_of[table.id].id,
                tuple(same),
            )


@check(
    "YR-5", Severity.WARNING, trigger=Trigger.ON_IDLE, source="《政府信息公开条例》第五十条：报告本年度情况"
)
def yr_5(subject: CheckContext) -> Iterator[Found]:
    """一部分文字与上年年报大部分相同的，应按本年情况改写。"""
    for part, now, then, taken in _beside_last_year(subject):
        rest = _without(now, taken)
        least = _LIKE_WHOLE if now in then or then in now else _LIKE_LEAST
        if len("".join(rest.split())) < least:
            continue
        passages = like_passages(rest, then)
        share = shared_part(rest, passages)
        if share < _LIKE_SHARE:
            continue
        yield Found(
            f"{name_of_part(subject, part)}与上年年报有 {share:.0%} 的文字相同，共 {len(passages)} 处。"
            "请按本年的情况改写；确需沿用的，写一句说明。",
            section_of(subject, part),
            (),
            part,
            (passages[0].now[0], passages[-1].now[1]),
            passages=passages,
        )


@check(
    "YR-6",
    Severity.HINT,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第五十条：报告本年度情况",
    formerly="YR-5",
)
def yr_6(subject: CheckContext) -> Iterator[Found]:
    """原样沿用上年年报的段落，应看是否要按本年情况改写；改动后不再提示。"""
    for part, _now, _then, taken in _beside_last_year(subject):
        if taken:
            yield _still_as_taken(subject, part, taken)


def _beside_last_year(subject: CheckContext) -> Iterator[tuple[str, str, str, tuple[Passage, ...]]]:
    """Each part with its prose of both years, and the paragraphs that stand as they were taken over."""
    last = last_of_unit(subject)
    if last is None:
        return
    alike_anyway = (subject.form.opening.id, subject.form.part_roles.get("processing_fee"))
    for part in subject.form.parts:
        now, then = subject.report.prose.get(part, ""), last.prose.get(part, "")
        if now and then and part not in alike_anyway:
            taken = _taken_over(now, then) if last is subject.report.last_year else ()
            yield part, now, then, () if _left_whole(subject, part, now, taken) else taken


def _left_whole(subject: CheckContext, part: str, now: str, taken: tuple[Passage, ...]) -> bool:
    """Whether nothing but what was taken over stands in the part, although its section is marked 完成."""
    section = subject.form.section_of.get(part)
    if section is None or section.id not in subject.report.finished:
        return False
    rest = "".join(_without(now, taken).split())
    return len(rest) < _TAKEN_LEAST <= _LIKE_WHOLE <= len("".join(now.split()))


def _taken_over(now: str, then: str) -> tuple[Passage, ...]:
    """Paragraphs that stand as they stood last year: what 沿用 leaves until it is touched.

    Asked only where the report holds last year's itself, for only then can a paragraph be taken
    over; beside a file of last year's, the same words are a warning as any other likeness.
    """
    before = {text: start for start, text in _paragraphs(then)}
    return tuple(
        Passage((start, start + len(text)), (before[text], before[text] + len(text)))
        for start, text in _paragraphs(now)
        if text in before and len("".join(text.split())) >= _TAKEN_LEAST
    )


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for paragraph in text.split("\n"):
        yield start, paragraph
        start += len(paragraph) + 1


def _without(text: str, taken: tuple[Passage, ...]) -> str:
    """The text with these passages blank, so that the places of the others stay."""
    pieces, place = [], 0
    for passage in taken:
        start, end = passage.now
        pieces += [text[place:start], " " * (end - start)]
        place = end
    return "".join([*pieces, text[place:]])


def _still_as_taken(subject: CheckContext, part: str, taken: tuple[Passage, ...]) -> Found:
    return Found(
        f"{name_of_part(subject, part)}有 {len(taken)} 段与上年年报完全相同。请看是否要按本年的情况改写。",
        section_of(subject, part),
        (),
        part,
        taken[0].now,
        "taken",
        taken,
    )


def last_of_unit(subject: CheckContext) -> Snapshot | None:
    """Last year's report if it is this unit's and of the year before, as far as can be told."""
    last = subject.last_year
    if last is None:
        return None
    year = last.facts.get(Fact.YEAR, "")
    if subject.report.year is not None and year and year != str(subject.report.year - 1):
        return None
    here, there = (facts.get(Fact.FULL_NAME, "") for facts in (subject.report.facts, last.facts))
    short, long = sorted((here.removesuffix("人民政府"), there.removesuffix("人民政府")), key=len)
    return last if not short or long.endswith(short) else None


def all_values(subject: CheckContext, last: Snapshot) -> Mapping[CellRef, Value]:
    """Last year's numbers with the totals that they add up to."""
    totals = snapshot_totals(subject.form, last)
    computed = {
        ref: total.value for ref, total in totals.items() if total.value is not None and not total.provisional
    }
    return {**last.cells, **computed}


def _value(subject: CheckContext, ref: CellRef) -> Value | None:
    total = subject.totals.get(ref)
    if total is not None:
        return None if total.provisional else total.value
    return subject.report.cells.get(ref)


def _same_cells(subject: CheckContext, table: Table, last: Snapshot) -> tuple[list[CellRef], int]:
    """The typed cells above 0 that are as last year, and how many are above 0 in either."""
    same, counted = [], 0
    for ref in table.refs():
        now, then = subject.report.cells.get(ref), last.cells.get(ref)
        if now is None or then is None or not (now or then):
            continue
        counted += 1
        if now == then:
            same.append(ref)
    return same, counted
