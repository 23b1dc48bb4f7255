"""TXT-6 and TXT-17: numbers of persons, cards and telephones; names and particulars of applicants.

Who answers for the report, and whom to ask, may be named; whose request, case or home it is may not.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from reportdesk.checks.claims.numerals import plain_width
from reportdesk.checks.claims.words import any_of, pattern_of, rule_words
from reportdesk.checks.engine import MOST_OF_ONE, CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.names.ordinary_words import is_ordinary
from reportdesk.checks.prose import name_of_part, parts_with_text, prose_finding, quote_clause, section_of
from reportdesk.checks.reading_cache import kept

_SOURCE = "《政府信息公开条例》第十五条：涉及个人隐私的政府信息不得公开"
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![\d.\-/])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\d\-])")
_CARD = re.compile(r"(?<![\d.\-/A-Za-z])[3-6]\d{3}(?: ?\d{4}){3}(?: ?\d{1,3})?(?![\dA-Za-z])")
_ACCOUNT = re.compile(r"(?:账号|帐号|账户|帐户|卡号|存折)[^，。;\d\n]{0,8}?(\d[\d ]{9,30}\d)")
_MASKED = re.compile(r"(?<![\dA-Za-z*])\d{2,10}[*＊×xX]{3,12}\d{0,6}[\dXx]?(?![\dA-Za-z*])")
_MASKS = re.compile("[*＊×xX][*＊×xX]{2}")
_ROW_OF_DIGITS = re.compile(r"\d[- ]?(?:\d[- ]?){9}")
"""What any of these is, so that most prose is gone through once."""
_NEAR = 8
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"

_PLATE = re.compile(
    r"(?<![一-鿿])?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•\- ]?"
    r"(?=[A-HJ-NP-Z0-9]*\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_HIDDEN = "某某|某|××|[*＊]{1,2}|[XxＸｘ]{1,2}(?![A-Za-z])|[○〇]{1,2}"
_SURNAME_ALONE = re.compile("[一-鿿]某{1,2}[^某]?")
"""谭某: nobody can tell who that is, if it is not said where one lives."""
_HIDES = re.compile(r"[某×*＊XxＸｘ○〇]")
_LATIN = re.compile("[A-HJ-NP-Z]")
_POLITE = ("先生", "女士", "老人", "大爷", "大妈", "阿姨")
_PLACE_OF_ONE = re.compile(
    r"(?:村|社区|屯|组|庄)[^，。;\d\n]{0,6}(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:组|队|号|栋|幢|单元|户)"
)
_VILLAGE_OF_ONE = re.compile(r"(?:[一-鿿]{2}村|社区|屯|组|庄|小区)(?:的|村民|居民)?$")
_BORN = re.compile(r"19\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出生|生(?=[，。]))")
_ASKS_FOR = re.compile(r"申请(?:公开|获取|政府)|要求公开|提出(?:的)?(?:政府信息公开)?申请|不服|起诉")
_VERBS_TOO, _NO_LAST = "安管计", "房点地款金费证表书会员长"
"""Surnames that begin many words, and signs in which things end: 居民安置房申请公开."""
_ASKED_FOR = re.compile(r"申请(?:公开|政府|信息|获取)|提出|要求公开|不服|诉[我本]|提起|等\d")
"""What any name before what is asked stands before, so that most prose is gone through once."""
_ASKS = r"申请|提出|提起|要求|反映|投诉|举报|信访|不服|起诉|诉|请求|来信|来电|咨询|等\d|等[一二两三四五六七八九十多]?[人名户]|的申请"


@check("TXT-6", Severity.WARNING, trigger=Trigger.ON_IDLE, source=_SOURCE)
def txt_6(subject: CheckContext) -> Iterator[Found]:
    """公开的报告里不应有身份证号、手机号、银行卡号；单位的固定电话和邮箱不在此列。"""
    for part, text in parts_with_text(subject):
        for name, span in _private_numbers(text):
            number = plain_width(text)[slice(*span)]
            masked = f"{number[:3]}***{number[-2:]}"
            message = f"有{name}（{masked}）。请删去，或者改成单位的固定电话。"
            yield Found(
                f"{name_of_part(subject, part)}{message}",
                section_of(subject, part),
                (),
                part,
                span,
                f"{name}{masked}",
            )


@kept
def _private_numbers(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Numbers of persons, cards and mobile telephones: what they are, and where; each place once."""
    plain = plain_width(text)
    found: list[tuple[str, tuple[int, int]]] = []
    for name, pattern, group in _KINDS if _ROW_OF_DIGITS.search(plain) else ():
        for match in pattern.finditer(plain):
            inside = any(start <= match.start(group) < end for _, (start, end) in found)
            told = "身份证" in plain[max(0, match.start() - _NEAR) : match.start()]
            if not inside and (told or _holds(name, match[group])):
                found.append((name, match.span(group)))
                if len(found) == MOST_OF_ONE:
                    return tuple(found)
    masked = itertools.islice(masked_numbers(plain), MOST_OF_ONE)
    found += [("隐去几位的号码", match.span()) for match in masked if _looks_private(match[0])]
    return tuple(found)


def masked_numbers(plain: str) -> Iterator[re.Match[str]]:
    """Numbers of which some digits are hidden: one thing, however many asterisks."""
    return _MASKED.finditer(plain) if _MASKS.search(plain) else iter(())


_KINDS = (("身份证号", _IDENTITY, 0), ("手机号", _MOBILE, 0), ("银行卡号", _CARD, 0), ("账号", _ACCOUNT, 1))


def _holds(name: str, number: str) -> bool:
    if name == "身份证号":
        return _is_identity(number)
    return _is_card(number) if name == "银行卡号" else True


def _looks_private(number: str) -> bool:
    """Whether it is as long as a telephone's, an identity's or a card's number."""
    return len(number) >= 9 and sum(sign.isdigit() for sign in number) >= 4  # noqa: PLR2004 - 138****1234


def _is_identity(number: str) -> bool:
    whole = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_SIGNS[whole % 11] == number[-1].upper()


def _is_card(number: str) -> bool:
    digits = [int(sign) for sign in number if sign != " "]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


# -- names and particulars


@check("TXT-17", Severity.WARNING, trigger=Trigger.ON_IDLE, source=_SOURCE)
def txt_17(subject: CheckContext) -> Iterator[Found]:
    """公开的报告里不应写申请人和个案当事人的姓名、住址、车牌；写明多少件、什么事就可以。"""
    for part, text in parts_with_text(subject):
        for what, span in _particulars(text):
            message = f"写{quote_clause(text, *span)}，像是{what}。请删去，只写件数和事项。"
            yield prose_finding(subject, part, span, message)


@kept
def _particulars(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    plain = plain_width(text)
    found = itertools.chain(
        (("个人的姓名", span) for span in _named(plain)),
        (("个人的姓名", span) for span in _hidden_names(plain)),
        (("车牌号", match.span()) for match in (_PLATE.finditer(plain) if _LATIN.search(plain) else ())),
        (("个人的出生日期", match.span()) for match in (_BORN.finditer(plain) if "生" in plain else ())),
        (("申请人的名称", span) for span in _enterprises(plain)),
    )
    apart: list[tuple[str, tuple[int, int]]] = []
    for what, span in sorted(itertools.islice(found, MOST_OF_ONE), key=lambda one: one[1]):
        if _is_surname_alone(plain, span):
            continue
        if not apart or span[0] >= apart[-1][1][1]:
            apart.append((what, span))
    return tuple(apart)


def _is_surname_alone(plain: str, span: tuple[int, int]) -> bool:
    if not _SURNAME_ALONE.fullmatch(plain, *span):
        return False
    before = plain[max(0, span[0] - 14) : span[0]]
    return _PLACE_OF_ONE.search(before) is None and _VILLAGE_OF_ONE.search(before) is None


def _named(plain: str) -> Iterator[tuple[int, int]]:
    """Names behind who they are (村民李建国), before what they ask (，李建国申请), before 先生 and 女士."""
    for match in _role().finditer(plain):
        name = _name_at(plain, match.end())
        if name:
            yield match.end(), match.end() + len(name)
    for match in _polite().finditer(plain) if any(word in plain for word in _POLITE) else ():
        if _is_name(match[1]):
            yield match.span(1)
    if not _ASKED_FOR.search(plain):
        return
    for match in itertools.chain(_acting().finditer(plain), _resident().finditer(plain)):
        if _is_name(match[1]):
            yield match.span(1)


def _name_at(plain: str, start: int) -> str:
    for length in (3, 2):
        name = plain[start : start + length]
        if len(name) != length:
            continue
        if _is_name(name) and _after_name().match(plain, start + length):
            return name
        if length > 2 and _is_name_of_asker(name) and _ASKS_FOR.match(plain, start + length):  # noqa: PLR2004
            return name
    return ""


def _is_name_of_asker(name: str) -> bool:
    """As ``_is_name``, also where the surname makes a word with the next sign: 包金山申请公开."""
    surnames: str = _words()["surnames"]  # type: ignore[assignment]
    never: str = _words()["never_given"]  # type: ignore[assignment]
    begins = name[0] in surnames and name[0] not in _VERBS_TOO
    return begins and name[-1] not in _NO_LAST and not any(sign in never for sign in name[1:])


def _is_name(name: str) -> bool:
    """A surname and one or two signs that are no ordinary word with it."""
    surnames: str = _words()["surnames"]  # type: ignore[assignment]
    double: list[str] = _words()["double_surnames"]  # type: ignore[assignment]
    if name[:2] in double:
        return len(name) > 2  # noqa: PLR2004 - a double surname and at least one sign
    given = name[1:]
    never: str = _words()["never_given"]  # type: ignore[assignment]
    return (
        name[0] in surnames
        and not is_ordinary(name[:2])
        and not any(sign in never for sign in given)
        and re.fullmatch("[一-鿿]+", given) is not None
    )


def _hidden_names(plain: str) -> Iterator[tuple[int, int]]:
    """王某某 where it is said who or whence that is, or what was asked."""
    if not _HIDES.search(plain):
        return
    for match in _hidden().finditer(plain):
        before = plain[max(0, match.start() - 14) : match.start()]
        if (
            _role().search(before)
            or _PLACE_OF_ONE.search(before)
            or re.match(_ASKS, plain[match.end() : match.end() + 4])
        ):
            yield match.span()


@functools.cache
def _role() -> re.Pattern[str]:
    roles = pattern_of(_words()["roles"]).pattern  # type: ignore[arg-type]  # the file's shape is tested
    return re.compile(f"(?:{roles})(?:为|是|系|叫|:|：)?")


@functools.cache
def _after_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{_ASKS}|向|于|对|的|与|和|及|[，。、；;（()）,]|先生|女士|同志|$)")


@functools.cache
def _acting() -> re.Pattern[str]:
    surnames: str = _words()["surnames"]  # type: ignore[assignment]
    return re.compile(
        rf"(?:[，。；;：:、（\n]|^|其中|由|收到)([{surnames}][一-鿿]{{1,2}})(?=申请(?:公开|政府|信息|获取)|提出(?:的)?(?:政府)?(?:信息公开)?申请|等\d+[人名]|不服|诉(?:我|本)|提起)"
    )


@functools.cache
def _resident() -> re.Pattern[str]:
    """Who asks behind where they live: 永安社区王桂芳申请公开."""
    surnames: str = _words()["surnames"]  # type: ignore[assignment]
    return re.compile(
        rf"(?:村|社区|[一二三四五六七八九十\d]组|小区|[号户])([{surnames}][一-鿿]{{1,2}})(?=申请(?:公开|政府|信息|获取)|提出(?:的)?(?:政府)?(?:信息公开)?申请|要求公开|不服)"
    )


@functools.cache
def _polite() -> re.Pattern[str]:
    surnames: str = _words()["surnames"]  # type: ignore[assignment]
    return re.compile(rf"([{surnames}][一-鿿]{{1,2}})(?:{'|'.join(_POLITE)})")


@functools.cache
def _hidden() -> re.Pattern[str]:
    surnames: str = _words()["surnames"]  # type: ignore[assignment]
    return re.compile(rf"[{surnames}](?:{_HIDDEN})[一-鿿]?(?<![申向提要不反])")


@functools.cache
def _enterprise() -> re.Pattern[str]:
    kinds = any_of(_words()["enterprises"])  # type: ignore[arg-type]  # the file's shape is tested
    return re.compile(
        rf"(?:[，。；、（\n]|^|申请人|收到|由|为)((?![^，。；、]{0, 16}(?:委托|邀请|聘请|采购))[一-鿿（）()*＊×某]{{2,16}}(?:{kinds}))(?=申请|向我|向本|提出|提起|不服|诉)"
    )


def _enterprises(plain: str) -> Iterator[tuple[int, int]]:
    kinds: list[str] = _words()["enterprises"]  # type: ignore[assignment]
    if any(kind in plain for kind in kinds):
        yield from (match.span(1) for match in _enterprise().finditer(plain))


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, object]:
    return dict(rule_words("persons"))
