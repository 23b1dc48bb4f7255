"""Numbers beside words for requests that count something else: documents by attribute, one channel of several.

Knows words and grammar, no table and no rule.
"""

from __future__ import annotations

import re

from reportdesk.checks.claims.tokens import Sentence

_REQUEST = re.compile(r"(?<!依)申请")
_DOCUMENT = re.compile(r"公文|发文|文件|属性|拟文|制文|信息公开类型")
_ATTRIBUTE = re.compile(r"主动公开|不予公开|不公开|属性")
_WRITTEN = re.compile(r"书面申请[为有共]?$")
_CHANNEL = re.compile(
    r"(?:在线|网上|网络|互联网|当面|现场|信函|邮寄|口头|邮件|传真|线上|平台)[^,，。;]{0,6}\d"
)
_OF_SOME = re.compile(
    r"(?:(?<!\d)[\d一二两三四五六七八九十]{1,2}[名位个户家][^,，。;\d]{0,4}(?:申请人|当事人|群众|村民|居民|市民|企业|公司|单位|部门)"
    r"|[同某一]一?[名位个]?(?:申请人|当事人|公民|企业)|个别申请人|有的申请人)[^,，。;]{0,16}$"
    r"|[以由][^,，。;\d]{2,16}(?:作)?为(?:答复|承办|办理|受理|公开|责任|被申请)(?:主体|机关|单位|部门|义务机关)的?[^,，。;\d]{0,12}$"
)
_REACH = 8
_COUNTED = re.compile(r"\d+件[^,，。;\d]{0,6}申请|申请[^,，。;\d]{0,6}\d+件")
_CARRIED = re.compile(
    r"(?:新收|结转|转[入到至](?=下|次|20))[^。;\d]{0,12}(?:20\d\d年度?)?[^。;\d]{0,4}\d+件|\d+件[^,，。;\d]{0,6}(?:结转|转[入到至](?:下|次|20))"
)
_OF_OTHERS = re.compile(r"复议|诉讼|项目|工程|资金|信访|案件|提案|建议|诉求|工单|线索|问题|投诉")
_OBJECT = (
    "低保|救助|补贴|补助|许可|审批|建房|建设|用地|办证|贷款|资金|入党|执行|项目|保险|社保|就业|创业|参保|认定|仲裁|登记|注销|迁移|落户|户籍|"
    "养老|残疾|医疗|报销|奖励|扶持|调解|法律援助|公租房|住房|用水|用电|改造|评定|职称|撤销|延期"
)
_OF_ELSE = re.compile(rf"(?:{_OBJECT})[^,，。;\d]{{0,3}}申请|申请(?:{_OBJECT})")


def asks_for_information(sentence: Sentence) -> bool:
    """Whether 申请 of which the sentence tells a number may be one for disclosure: it names nothing else that is asked for."""
    text, start, end = sentence.text, sentence.start, sentence.end
    return _COUNTED.search(text, start, end) is not None and not _OF_ELSE.search(text, start, end)


def carries_requests(sentence: Sentence) -> bool:
    """Whether the sentence counts what was carried over, and names nothing but requests that is."""
    text, start, end = sentence.text, sentence.start, sentence.end
    return _CARRIED.search(text, start, end) is not None and not _OF_OTHERS.search(text, start, end)


def tells_attributes(text: str, start: int, end: int) -> bool:
    """Whether the sentence parts documents by attribute: 制发公文20件，主动公开12件、依申请公开8件."""
    if _REQUEST.search(text, start, end) or not _DOCUMENT.search(text, start, end):
        return False
    return _ATTRIBUTE.search(text, start, end) is not None


def is_of_some(text: str, start: int, end: int) -> bool:
    """Whether the clause says whose requests the number counts: 1名申请人先后提出4件, 以区政府为答复主体的35件."""
    return _OF_SOME.search(text, start, end) is not None


def is_one_channel(text: str, start: int, sentence: tuple[int, int]) -> bool:
    """Whether the number at ``start`` is of one channel of several: 书面申请3件，在线申请4件."""
    before = _WRITTEN.search(text, max(sentence[0], start - _REACH), start)
    return before is not None and _CHANNEL.search(text, *sentence) is not None
