"""Whether a number and the words beside it belong together: what may stand between them.

附件1 counts no attachment and 模板15个 no answers, although 申请 and 答复 stand before them: a word
that no table knows stands between, and the number is its own. What cannot be told is left out.
"""

from __future__ import annotations

import re

_FILLER = (
    r"(?:[共计总数量为是了有的约到达均各则即已仅只类案件全年本于:、“”\"'等及和与或\s]|合计|累计|数目|数量|达到|年度|"
    r"年内|我[镇乡县区市局委办所]|本[镇乡县区市局]|事项|事宜|情况|情形|案件|政府|信息|公开|申请|相关|有关|办理|处理|书面|新增|"
    r"20\d\d年度?|由|提出|提交|其中|分别|来自|起诉|结果|决定|通过|答复|涉及|因|被|引发|引起|提起|发生|产生|收到|机关|行政)*"
)
_BETWEEN = re.compile(_FILLER)
_BRACKET = re.compile(r"\([^()]{0,60}\)")
_MODIFIER = re.compile(r"(?:[的起件]|书面|有效|政府|信息|公开|依法|依|有关|相关|关于|行政|涉|本年|新收|新)*")
_DONE = re.compile(
    r"(?:[已均皆了也将]|全部|依法|依规|按时|按期|及时|予以|作出|进行|完成|已经|都|得到|全都|业已|当年|年内)*"
)
_DENIED = re.compile(
    r"(?:[过到的了、和或及与其]|任何|一[件起例份]|有|有关|相关|关于|公民|个人|群众|法人|单位|企业|自然人|社会|公众|各界|组织|其他|其它|或者|以及|"
    r"提出|提交|递交|要求|申请|书面|政府|信息|公开|本[镇乡县区市局]|我[镇乡县区市局]|街道|办理|处理|针对|向|对|本机关|本单位|依|"
    r"社会各界|新|当|面|网上|网络|线上|线下|信函|邮寄|渠道|途径|形式|方式|通过|各类|方面|“|”)*"
)
_OBJECT = re.compile(r"(?:对于|针对|[对将就把向从因])$")
_GOES_ON = re.compile(
    r"[权表人被未因]|超期|逾期|超时|延期|不符|存在|材料|渠道|方式|流程|工作|指南|平台|系统|窗口|答复|办理工作|处理工作|内容|(?:政府)?(?:信息)?处理费|收费"
)
_MOST = 60


def leads_to(text: str, start: int, end: int) -> bool:
    """Whether the words that end at ``start`` are what the number at ``end`` counts."""
    if end <= start:
        return True
    if end - start > _MOST:
        return False
    between = text[start:end].removesuffix("中")
    if "(" in between:
        between = _BRACKET.sub("", between)
    return _BETWEEN.fullmatch(between) is not None


def only_modifies(text: str, start: int, end: int) -> bool:
    """Whether between a number and the noun behind it nothing narrows the noun: 3件疑难申请 does."""
    return _MODIFIER.fullmatch(text, start, end) is not None


def was_done(text: str, start: int, end: int) -> bool:
    """Whether the deed behind a number was done to all that it counts: 12件已按时办结, not 4件作其他答复."""
    return _DONE.fullmatch(text, start, end) is not None


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether a denial that ends at ``start`` is of the noun at ``end``: 未收到…申请, not 无律师代为申请."""
    return end - start <= _MOST and _DENIED.fullmatch(text, start, end) is not None


def goes_on(text: str, end: int) -> bool:
    """Whether a noun that ends there is the beginning of a longer one: 申请表, 申请渠道."""
    return _GOES_ON.match(text, end) is not None


def is_object(text: str, start: int) -> bool:
    """Whether the number is what something else was done to: 对3件申请开展回访."""
    return _OBJECT.search(text, max(0, start - 2), start) is not None
