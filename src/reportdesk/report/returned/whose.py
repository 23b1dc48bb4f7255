"""Whether a return is of the report at hand, and whether it can be taken in; in sentences if not."""

from __future__ import annotations

from reportdesk.report.document import Fact, Report
from reportdesk.report.file.codec import MAX_ENTRIES
from reportdesk.report.records import moment_of
from reportdesk.report.returned.return_file import Returned


def why_other_report(returned: Returned, report: Report) -> str:
    """Why the return is not of this report, as a sentence; empty if it is."""
    own_id, own = report.facts.get(Fact.UNIT_ID, ""), report.facts.get(Fact.FULL_NAME, "")
    is_same_name = _plain(own) == _plain(returned.unit)
    is_own = own_id == returned.unit_id if own_id and returned.unit_id else is_same_name
    if not is_own:
        return f"这是退回给“{returned.unit}”的，不是“{own}”的年报；请转给那个单位，或打开它的年报。"
    if report.year != returned.year:
        return f"退回的是 {returned.year} 年度的年报，这份是 {report.year or '没有写'} 年度的；请打开那一年的年报。"
    return ""


def why_not_taken(returned: Returned, report: Report) -> str:
    """Why the return cannot be taken into this report, as a sentence; empty if it can."""
    if other := why_other_report(returned, report):
        return other
    kept = {one.return_id for one in report.notices.values()}
    if returned.return_id in kept:
        return "这次退回的意见已经收下过，没有再收一次。"
    newest = max((moment_of(one) for one in report.notices.values() if one.return_id), default=None)
    if newest is not None and returned.made < newest:
        return "这是以前的退回文件，年报里已有更新的一次退回的意见，没有收下。"
    last = max(report.hand_ins, default=0)
    if returned.hand_in and returned.hand_in < last:
        return f"退回的是第 {returned.hand_in} 次报送，这份年报已经第 {last} 次报送，没有收下；请问上级要不要再改。"
    return _why_not_kept(returned, report)


def _why_not_kept(returned: Returned, report: Report) -> str:
    """Why its remarks cannot stand beside those that the report holds."""
    if len(report.notices) + len(returned.notices) > MAX_ENTRIES["notices"]:
        return "年报里的意见太多，没有收下；请问帮你的人。"
    if not returned.notices.keys().isdisjoint(report.notices):
        return "退回文件里的意见和年报里已有的意见编号相同，没有收下；请让上级重新做退回文件。"
    return ""


def _plain(name: str) -> str:
    return "".join(name.split())
