"""TXT-15 and TXT-23: what dropped out of a sentence — a number, a year, a unit, an @, a bracket — and wrong units."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.engine import MOST_OF_ONE, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote, quote_clause
from reportdesk.checks.reading_cache import kept
from reportdesk.checks.text.unpaired import unpaired_marks
from reportdesk.form.spec import FRONT_TITLE
from reportdesk.report.document import Fact

Slip = tuple[int, int, str]
"""Where it stands, and what is wrong."""

_COUNTED = "信息|文件|申请|案件|稿件|公文|许可|处罚|强制|复议|诉讼|动态|公告|解读|留言|咨询|意见|建议"
_DONE = "共|计|共计|合计|累计|收到|受理|新收|公开|发布|推送|办理|办结|答复|制发|印发|废止|有效|结转|转发|更新|收取"
_GAP = "[ \\u3000_＿…]"
_ENDS = r"(?=[，。；、,;）)\n]|$)"
_LONE = re.compile(
    rf"[件条份篇期次起宗场元人万](?<![\d零〇一二三四五六七八九十百千万两几数多余每各本此该按整].)(?:(?<=人)次|(?<=万)元|(?<![人万])){_ENDS}"
)
"""A unit with no number before it, where a clause ends: what stands before tells whether one dropped out."""
_BEFORE_LONE = re.compile(
    rf"(?:(?:{_COUNTED})的?{_GAP}+|(?:{_DONE}){_GAP}*|(?:{_COUNTED}|费){_GAP}*(?:为|共|计|共计){_GAP}*|费{_GAP}+"
    r"|(?:发布|推出|制作|编发|刊发|推送|举办|开展|播出|录制)[^，。；、,;\n]{0,10}[”》]|(?:文件|信息|案件|稿件)|(?:新收|收到|受理|办结)(?:政府)?信息公开申请)$"
)
_REACH = 20
_WORDS = (
    "收到件",
    "办理件",
    "受理件",
    "办结件",
    "结转件",
    "转发件",
    "答复件",
    "推送件",
    "公开件",
    "制发件",
    "印发件",
    "收取件",
    "有效期",
    "更新期",
)
_NONE = re.compile(r"(?:未|没有|没|无|不曾|不存在|零)[^，。；：、,;\d\n]{0,18}$")
"""Where there is none, nothing is counted: 未收到政府信息公开申请件."""
_THINGS_LEFT = re.compile(
    r"[，。；、：\n](?:共|累计|全年|年内|先后|[\u4e00-\u9fff]{0,4}?)(?:发布|推出|刊发|推送|举办|开展|召开|组织|印发|编发|发放|制作|张贴|播出|公示|收集|征集|接待|收到)"
    r"[^，。；、：\d\n一二三四五六七八九十百千万零两几数多余每各本此该按整第“”《》（）]{0,16}?"
    r"(?:(?:培训|会议|活动|检查|讲座|宣传|督查|例会|演练|巡查|自查|发布会|宣讲|座谈会|听证会)[次场期]"
    r"|(?:公告|简报|通报|推文|视频|培训班|专栏|月报|专刊)期(?!间|限)|(?:信息|动态|公告|留言|意见|建议|视频|问题|线索|咨询)条(?!例|件|款)"
    r"|(?:资料|手册|问卷|明白纸|宣传单|宣传册|指南|表格?|公文)份|(?:推文|文章|稿件|信息|报道)篇|(?:指南|手册|汇编)[册本](?!级)|(?:群众|代表|居民|村民)(?:人次|名))(?=[，。；、（）\n]|$)"
)
_ROUNDS = re.compile(
    r"(?:累计|共计|合计|总计|全年共?|先后|共)[^，。；、：:\d\n一二三四五六七八九十百千万零两几数多余每各\uff10-\uff19]{0,14}(?<![\d一二三四五六七八九十百千万零两几数多余每各分同])(?:张次|人次|条次|件次|户次|场次|批次|篇次|台次|车次)(?=[，。；、,;\n]|$)"
)
# 累计张贴公示张次: a measure of how often, at the end of a clause, and no number in it.
"""发布土地出让公告期，召开座谈会场: what was done, what it was done with, and a measure word without a number."""
_IN_ALL = re.compile(
    r"(?:共|共计|累计|合计)(?:收到|受理|办理|办结|公开|发布)(?P<unit>件|条|篇)(?=[，。；,;\n]|$)"
)
_NO_YEAR = re.compile(
    r"年(?:(?:(?<=^年)|(?<=[。；\n]年))(?=在|通过|依托|围绕|坚持|认真|累计|发布|推送|制发|办理|未|没有|无|组织|举办|开展|召开|制定|印发|[\u4e00-\u9fff]{2,4}[镇乡局](?:共|在|坚持|认真|收到|公开|主动|围绕))"
    r"|(?<![^。；，、,;\n（(\s]年)(?=主动公开|我[镇乡局县市区街委办]|本[镇乡局县市区街委办]|全[镇乡县市区]|共[收受公]|收到|受理|，|,|度[，,]|\d{1,2}月\d)"
    r"|(?<=[自从至到于为是:：]年)(?=\d{1,2}月\d{1,2}日))"
)
_BLANKS = 4
"""Blanks that may part a year from 年 in what was pasted."""
_DIGITS = re.compile(
    r"\d(?<!\d\d)(?=\d\d)(?:(?<=[12])[09]\d{4,6}日|(?<=[12])[09]\d{3,4}月\d{0,2}日?|(?<=[12])[09]\d\d年\d{3,4}日"
    r"|(?<=[12])[09]\d\d年(?:\d{1,2}月)?\d{1,2}年|(?<=[12])[09]\d{3,4}年(?=\d|度|全|[，。])|\d\d年(?=\d{1,2}月))"
)
_BARE = re.compile(r"\d(?<![\d,.]\d)\d*(?:,\d{3})*(?=[，。；;\n]|,(?!\d)|$)")
_BEFORE_BARE = re.compile(
    rf"(?:{_DONE})[^，。；：、,;:\d\n]{{0,14}}?(?:{_COUNTED})(?:共|共计|计|合计|为|总数为|数量为|达)?\s*$"
)
_NO_BARE = re.compile(r"电话|热线|邮编|编码|编号|文号|号码|第|网址|代码|〔|\d[+=]")
_MAIL = re.compile(
    r"(?:邮箱|[Ee]-?mail|电子邮件)[^，。；、,;\n]{0,12}?[:为是]\s*(?P<mail>[A-Za-z0-9][\w.\-#＃ ]*[\w])"
)
_DOMAIN = re.compile(
    r"(?:\.(?:com|cn|net|org|gov|edu|vip)|(?:qq|163|126|sina|sohu|foxmail|outlook)\.?\w*)$", re.IGNORECASE
)
_BARE_MAIL = re.compile(
    r"(?<![A-Za-z0-9_@./\-])(?!www|mail|http)[A-Za-z][A-Za-z0-9_\-]{2,40}?(?:163|126|139|189|qq|sina|foxmail)\.(?:com|cn)(?![\w./@])"
)
_CONTACT = re.compile("邮|电话|传真|热线|联系|@|Mail|mail")
"""What any of the next stands beside, so that most prose is gone through once."""
_PHONE = re.compile(
    r"(?:电话|传真|热线)[^\d。;\n]{0,6}(?P<number>\(?(?P<area>0(?:10|2\d|[3-9]\d\d))\)?\s*[-—–－]\s*(?P<local>\d{1,12}))(?![\d*])"
)
_POSTCODE = re.compile(r"(?:邮编|邮政编码)\s*(?:为|是|:)?\s*(\d{2,10})(?!\d)")
_MAIL_DOTS = re.compile(
    r"(?<![A-Za-z0-9_.\-])[A-Za-z0-9_.\-]{1,64}@[A-Za-z0-9_.\-]{0,64}[。，、]\s?(?:(?:com|cn|net|org|gov|edu)\b(?:[.。]cn)?|[A-Za-z0-9]{1,30}[.。](?:com|cn))"
)
_MAIL_WHOLE = re.compile(r"(?<![A-Za-z0-9_.\-@])[A-Za-z0-9_.\-]{2,64}(?P<at>@+)(?P<domain>[A-Za-z0-9.\-]*)")
_LAST_LABEL = re.compile(r"[A-Za-z]{2,}")
_MISTYPED_LABELS = ("con", "cmo", "ocm", "comm", "nte", "ent")
_NO_SHARE = re.compile(
    r"(?<=[率比度长降幅为达到约])[ \u3000]*(?:[%％]|百分之(?![\d一二三四五六七八九十百零几]))"
)
_SHARE_OF = 4
"""Characters before a % without a number that are marked with it."""
_LATIN = re.compile("[OoIl]")
_LETTERS = re.compile(r"\d+[OoIl]\d*(?=[件条份次个人元篇期])")
"""12O条: a letter for a cipher."""
_WRONG = (
    (r"行政复议|行政诉讼|复议案件|诉讼案件|复议|诉讼", "条|篇|则|期|元|人次|部|张|场|本|家|处", "件"),
    (
        r"收到申请|受理申请|公开申请|办结申请|答复申请|依申请公开申请|申请共?计?",
        "条|篇|则|期|部|张|场|家|处|本",
        "件",
    ),
    (r"规范性文件", "条|篇|期|则|元|人次|起|场|家", "件"),
    (r"信息处理费|处理费", "件|条|份|次|篇|人", "元"),
    (r"培训(?:干部|人员|工作人员|党员)|参训(?:人员|干部)?", "件|条|篇|份", "人"),
    (r"(?:关注|订阅)(?:用户|人数)|粉丝(?:数|量)?", "件|条|篇|份", "人"),
    (r"培训班?|培训会|专题会议?|讲座", "件|条|元|篇|份|家", "次"),
    (r"政府信息|公开信息|政务信息|发布信息|推送信息", "元|万元|人次|人|起|宗|家", "条"),
)
_MEASURED = tuple(
    (
        re.compile(
            rf"(?:{what})(?:共计|合计|共|计|为|数为|数量为)?\s*(?P<count>\d[\d,]*)\s*(?P<unit>{units})(?![一-鿿]?(?:文件|公告|指南))"
        ),
        right,
    )
    for what, units, right in _WRONG
)
_RECEIVED = re.compile(
    r"(?:收到|受理|新收|办结|答复)\s*(?P<count>\d[\d,]*)\s*(?P<unit>条|篇|则)(?:政府信息公开|信息公开|依申请公开|公开)?申请(?!人|表|书)"
)
_GREAT_FEE = re.compile(r"处理费(?:共计|合计|共|计|为)?\s*(?P<count>\d[\d,.]*)\s*(?P<unit>[万亿]元)")
_SMALLEST_GREAT = 1
_DIGIT = re.compile(r"\d")
_MADE = re.compile(r"(?:制发|制定|印发|出台|废止|清理|修订|现行有效|备案|起草)[^。;，,、\d\n]{0,10}$")
_NAMED_CASES = re.compile("复议|诉讼|申请|文件")
_SUM_OF_MONEY = re.compile(r"[^。;\n]{0,40}?\d[\d,.]*\s*万?元")


@check(
    "TXT-15",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《政府信息公开条例》第六条：及时、准确地公开政府信息",
)
def txt_15(subject: CheckContext) -> Iterator[Found]:
    """句子里的年份、数字、单位和邮箱的“@”不应漏写，日期里的“年”“月”“日”也是；括号、引号、书名号应成对。"""
    for part, text in parts_with_text(subject):
        for start, end, wrong in _left_out(text):
            message = f"写{quote_clause(text, start, end)}，{wrong}。请补上。"
            yield prose_finding(subject, part, (start, end), message)
    mail = subject.report.facts.get(Fact.EMAIL, "").strip()
    if mail and "@" not in plain_width(mail):
        yield Found(f"电子邮箱“{mail}”没有“@”。请在“{FRONT_TITLE}”里核对。", "", about="email")


@kept
def _left_out(text: str) -> tuple[Slip, ...]:
    plain = plain_width(text)
    found = itertools.chain(
        _numbers_left_out(text),
        (
            (*match.span(), "前面漏了年份")
            for match in _NO_YEAR.finditer(plain)
            if not plain[max(0, match.start() - _BLANKS) : match.start()]
            .rstrip(" \u3000\u00a0")[-1:]
            .isdigit()
        ),
        (
            (*match.span(), "日期漏了字")
            for match in _DIGITS.finditer(plain)
            if not _is_of_period(plain, match)
        ),
        ((*match.span(), "数字后面漏了单位") for match in _BARE.finditer(plain) if _is_bare(plain, match)),
        (
            (*match.span(), "数字里混进了字母")
            for match in (_LETTERS.finditer(plain) if _LATIN.search(plain) else ())
        ),
        _mails(plain),
        _contacts(plain),
        _shares(plain),
        unpaired_marks(text),
    )
    return tuple(sorted(itertools.islice(found, MOST_OF_ONE)))


def _shares(plain: str) -> Iterator[Slip]:
    if "%" in plain or "％" in plain or "百分之" in plain:
        for match in _NO_SHARE.finditer(plain):
            yield max(0, match.start() - _SHARE_OF), match.end(), "漏了数字"


def _numbers_left_out(text: str) -> Iterator[Slip]:
    for match in _IN_ALL.finditer(text):
        yield *match.span(), "漏了数字"
    told = {
        match.end(): match.start() + 1 for match in _THINGS_LEFT.finditer(text) if not _NONE.search(match[0])
    }
    for end, start in told.items():
        yield start, end, "漏了数字"
    for match in _ROUNDS.finditer(text):
        if match.end() not in told:
            told[match.end()] = match.start()
            yield *match.span(), "漏了数字"
    for match in _LONE.finditer(text):
        if match.end() in told:
            continue
        low = max(0, match.start() - _REACH)
        before = _BEFORE_LONE.search(text, low, match.start())
        words = text[before.start() : match.end()] if before else ""
        if before and not words.endswith(_WORDS) and not _NONE.search(text, low, match.start()):
            yield before.start(), match.end(), "漏了数字"


def _is_bare(plain: str, match: re.Match[str]) -> bool:
    """Whether the number counts what was done and bears no unit."""
    low = max(0, match.start() - 2 * _REACH)
    if not _BEFORE_BARE.search(plain, low, match.start()):
        return False
    return not _NO_BARE.search(plain, low, match.end() + 2)


def _is_of_period(plain: str, match: re.Match[str]) -> bool:
    """Whether the date stands in the sentence on the period, which is TXT-22's."""
    start = max(plain.rfind(sign, 0, match.start()) for sign in "。;\n") + 1
    return "统计" in plain[start : match.start()]


def _contacts(plain: str) -> Iterator[Slip]:
    """Telephone numbers and post codes with too few or too many digits, and 。 in an address of mail."""
    if not _CONTACT.search(plain):
        return
    for match in _PHONE.finditer(plain):
        if len(match["local"]) not in (7, 8):
            yield *match.span("number"), "电话号码的位数不对"
    for match in _POSTCODE.finditer(plain):
        if len(match[1]) != 6:  # noqa: PLR2004 - post codes have six digits
            yield *match.span(1), "邮政编码的位数不对"
    for match in _MAIL_DOTS.finditer(plain):
        yield *match.span(), "邮箱里混进了中文标点"
    for match in _MAIL_WHOLE.finditer(plain) if "@" in plain else ():
        if not _MAIL_DOTS.match(plain, match.start()) and not _is_whole(match):
            yield *match.span(), "邮箱“@”后面的写得不完整"


def _is_whole(mail: re.Match[str]) -> bool:
    """Whether the address ends as one does: town@163 and town@163.con do not."""
    labels = mail["domain"].rstrip(".").split(".")
    last = labels[-1].lower()
    ends = len(labels) > 1 and all(labels) and _LAST_LABEL.fullmatch(last) and last not in _MISTYPED_LABELS
    return mail["at"] == "@" and bool(ends)


def _mails(plain: str) -> Iterator[Slip]:
    if not _CONTACT.search(plain):
        return
    for match in _MAIL.finditer(plain):
        mail = match["mail"]
        after = plain[match.end() : match.end() + 1]
        if after != "@" and "@" not in mail and _DOMAIN.search(mail) and not mail.startswith(("http", "www")):
            yield *match.span("mail"), "邮箱漏了“@”"
            return  # said once
    for match in _BARE_MAIL.finditer(plain) if ".c" in plain else ():
        yield *match.span(), "邮箱漏了“@”"


@check(
    "TXT-23",
    Severity.WARNING,
    trigger=Trigger.ON_IDLE,
    source="《格式》各表：申请、复议、诉讼、文件以件计；信息处理费以元计",
)
def txt_23(subject: CheckContext) -> Iterator[Found]:
    """数字后面的单位应与所说的事相符：申请、复议、诉讼、文件以件计，信息处理费以元计。"""
    for part, text in parts_with_text(subject):
        for start, end, right in _mismeasured(text):
            message = f"写{quote(text, start, end)}，单位不对，一般写“{right}”。请核对数字和单位。"
            yield prose_finding(subject, part, (start, end), message)


@kept
def _mismeasured(text: str) -> tuple[Slip, ...]:
    plain = plain_width(text)
    if not _DIGIT.search(plain):  # no number, no unit of it
        return ()
    found: dict[int, Slip] = {}
    for pattern, right in (*_MEASURED, (_RECEIVED, "件")):
        for match in itertools.islice(pattern.finditer(plain), MOST_OF_ONE):
            if right == "元" and _counts_cases(plain, match):
                continue
            if right == "件" and match[0].startswith("规范性文件") and _is_item(plain, match):
                continue
            found.setdefault(match.start("count"), (*match.span(), right))
    for match in itertools.islice(_GREAT_FEE.finditer(plain), MOST_OF_ONE):
        if float(match["count"].replace(",", "").rstrip(".")) >= _SMALLEST_GREAT:
            found.setdefault(match.start("count"), (*match.span(), "元"))
    return tuple(sorted(found.values()))


def _is_item(plain: str, match: re.Match[str]) -> bool:
    """Whether items of information are counted by what they are: 公开信息231条，其中规范性文件0条、规划计划3条."""
    start = max(plain.rfind(sign, 0, match.start()) for sign in "。\n") + 1
    before = plain[start : match.start()]
    if _MADE.search(before):
        return False
    item = rf"(?<!文件)(?<!复议)(?<!诉讼)(?<!申请)\d[\d,]*{match['unit']}"
    after = re.match(rf"[、,，][^。;\d、，,\n]{{2,12}}\d[\d,]*{match['unit']}", plain[match.end() :])
    return re.search(item, before) is not None or (after is not None and not _NAMED_CASES.search(after[0]))


def _counts_cases(plain: str, match: re.Match[str]) -> bool:
    """Whether the cases with a fee are counted beside their sum: 收取信息处理费3件、共510元; or there are none."""
    count = match["count"].replace(",", "").strip("0")
    return not count or (match["unit"] == "件" and _SUM_OF_MONEY.match(plain, match.end()) is not None)
