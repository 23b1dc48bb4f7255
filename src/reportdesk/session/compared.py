"""What the checks looked at and what they did not, in a clerk's words: told on demand beside what they found.

Which numbers of the prose a rule compares is the rules' own; here the same readings are told, so that
nobody takes silence about a number for its being right.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportdesk.checks.claims.claim import Claim, Topic
from reportdesk.checks.claims.numerals import Precision
from reportdesk.checks.claims.tokens import Quantity, read_sentences
from reportdesk.checks.engine import NOT_RUN, CheckContext, Trigger, registered
from reportdesk.checks.prose import claims_by_part, is_comparable, name_of_part, quote_clause
from reportdesk.form.spec import DEFAULT_FAMILY
from reportdesk.report.progress import blank_cells
from reportdesk.session.session import CheckState, Session
from reportdesk.store.others import MOST_OTHERS

_LISTED = 12
"""Numbers of a part: who wants more reads the part."""
_STATES = {"issued", "repealed", "in_force"}
_COUNTED = {"cases", "messages", "people", "", "yuan", "wan_yuan", "yi_yuan"}


def what_was_compared(session: Session) -> str:
    """Lines that tell which rules ran, on what, and which numbers of the prose stand beside no table."""
    return "\n".join((*_rules(session), "", *_beside(session), "", *_words(session), "", *_numbers(session)))


def _rules(session: Session) -> Iterator[str]:
    rules = [rule for rule in registered().values() if rule.is_for(session.form)]
    count = sum(session.wants_words or rule.trigger is not Trigger.APART for rule in rules) - 1
    if session.form.family != DEFAULT_FAMILY:
        yield f"这是“{session.form.name}”，只审核不分报表种类的：漏填、文字、标点、个人信息。"
    if session.check_state is CheckState.DONE:
        yield f"{count} 条规则都审核过现在的内容。"
    elif session.check_state is CheckState.PENDING:
        yield f"共 {count} 条规则。看数字的已经审核过；看文字的还没有审核现在的内容，停下来就接着审核。"
    else:
        yield f"共 {count} 条规则，有的没有运行完："
        yield from (f"　{one.message}" for one in session.all_findings if one.code == NOT_RUN)
        if all(one.code != NOT_RUN for one in session.all_findings):
            yield "　看文字的规则这次没有运行成。"


def _beside(session: Session) -> Iterator[str]:
    form, report = session.form, session.report
    for table in form.tables.values():
        blank = len(blank_cells(form, report, table))
        done = (
            f"还有 {blank} 格没有填，用到这些格的比较没有做" if blank else "各格都填了，合计和勾稽关系都算过"
        )
        yield f"{table.name}：{done}。"
    if report.last_year is None:
        yield "上年年报：没有，结转、现行有效、雷同这几条没有比较。"
    else:
        yield "上年年报：有；是同一单位上一年度的，结转、现行有效、雷同都比较过。"
    yield from _others(session)
    yield "没有查的：数字和事实是不是真实，表里的数与台账是不是一致，附件和别的文件。"


def _others(session: Session) -> Iterator[str]:
    """Which other units' reports the prose was compared with, and which it was not."""
    listed = session.other_reports
    if not session.knows_others:
        yield "别的单位的年报：年报列表读不了，没有和别的单位比较标题用名和是不是雷同。关掉年报再打开，就重新读。"
        return
    if not listed:
        yield "别的单位的年报：这台电脑的列表里没有，没有和别的单位比较是不是雷同。"
        return
    if session.prose_state is not CheckState.DONE:
        yield f"别的单位的年报：列表里有 {len(listed)} 份，现在的内容还没有和它们比较是不是雷同。"
        return
    unread, older = session.unread_others, max(len(listed) - MOST_OTHERS, 0)
    yield f"别的单位的年报：和 {len(listed) - older - len(unread)} 份比较过是不是雷同。"
    if unread:
        names = "、".join(f"“{path.name}”" for path in unread[:_LISTED])
        more = f"等 {len(unread)} 份" if len(unread) > _LISTED else ""
        yield f"　有 {len(unread)} 份读不了，没有比较：{names}{more}。已经不用的，在开始页把它从列表里移除。"
    if older:
        yield f"　另有 {older} 份很久没有打开过，没有比较；只比较最近打开的 {MOST_OTHERS} 份。"


def _words(session: Session) -> Iterator[str]:
    """What mistyped words were looked for, and that not every one is found."""
    if not session.wants_words:
        yield "错别字：没有查。要查的，在“设置”的“显示”里打开“错别字审核”。"
        return
    yield "错别字：各部分的文字与固定表述、常见错别字和易混词、叠字比对过，还用词语的常用搭配估计过。"
    yield "　只看正文各部分；标题、小标题、备注和表不查。人名、地名、新词和“的、地、得”不查，语句通不通也不查。"
    yield "　错别字查不全：没有列出的，不等于没有错别字，报送前请通读一遍。"


def _numbers(session: Session) -> Iterator[str]:
    subject = session.subject()
    yield "文字里的数："
    for part, text, claims in claims_by_part(subject):
        compared = [claim for claim in claims if _is_compared(subject, part, claim)]
        others = list(_left_out(subject, part, text, claims))
        if not compared and not others:
            continue
        yield f"　{name_of_part(subject, part)}："
        yield from _listed("与表比较过", [quote_clause(text, one.start, one.end) for one in compared])
        yield from _listed("没有与表比较", others)


def _listed(name: str, entries: list[str]) -> Iterator[str]:
    if entries:
        more = f"等 {len(entries)} 个" if len(entries) > _LISTED else ""
        yield f"　　{name}：{'、'.join(entries[:_LISTED])}{more}"


def _is_compared(subject: CheckContext, part: str, claim: Claim) -> bool:
    if claim.topic is Topic.OTHER or not is_comparable(subject, part, claim):
        return False
    if claim.topic in (Topic.DOCUMENTS, Topic.REGULATIONS):
        return claim.deed in _STATES
    if claim.topic in (Topic.LICENCE, Topic.PENALTY, Topic.COERCIVE):
        return claim.deed not in ("published", "received", "repealed")
    return True


def _left_out(subject: CheckContext, part: str, text: str, claims: tuple[Claim, ...]) -> Iterator[str]:
    """The numbers that are compared with no table, each with the reason that can be told."""
    read = [(claim.start, claim.end) for claim in claims if _is_compared(subject, part, claim)]
    for sentence in read_sentences(text):
        for token in sentence.tokens:
            if not isinstance(token, Quantity) or token.unit not in _COUNTED:
                continue
            if any(start <= token.start < end for start, end in read):
                continue
            vague = "（概数）" if token.numeral.precision is not Precision.EXACT else ""
            yield f"{quote_clause(text, token.start, token.end)}{vague}"
