"""TXT-4 and TXT-10: the document number, punctuation, doubled words; and what they should be.

The right writing is certain here, so each place carries what should stand there; ``find_fixes``
makes edits of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportdesk.checks.claims.regulation import cited_regulation
from reportdesk.checks.claims.words import rule_words
from reportdesk.checks.engine import CheckContext, Found, Severity, Trigger, check
from reportdesk.checks.prose import parts_with_text, prose_finding, quote
from reportdesk.checks.reading_cache import kept

_HAN = "一-鿿〇"
_CLOSED = "”’）》〉】"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
_HALF = re.compile(
    rf"(?=[,;?!:.()])(?:(?<=[{_HAN}{_CLOSED}])[,;?!](?=[^\d]|$)|(?<=[{_HAN}{_CLOSED}]):(?=[{_HAN}“‘《0-9A-Za-z]|$)|(?<=[{_HAN}{_CLOSED}])\.(?=[{_HAN}\n]|$)"
    rf"|(?<=[\d%\"])[,;](?=[{_HAN}])|(?<=[{_HAN}{_CLOSED}\d])\((?=[{_HAN}\d])|(?<=[{_HAN}{_CLOSED}。])\)|\((?=[{_HAN}]))"
)
_CHINESE = re.compile(f"[{_HAN}]")
_BRACKET = re.compile(r"[()（）\n]")
"""What opens and closes; with its paragraph a bracket left open is over."""

_DOUBLED = re.compile(r"([。，；：、！？])[。，；：、！？]+")
_ENDS = "。！？"
_TWICE = re.compile(rf"([{_HAN}]{{2,4}})\1")
_NUMBER = re.compile(
    r"(国办[一-鿿]{0,6}?)\s*([〔﹝\[【（(〈{［]?)\s*(20\d\d)\s*(年|[〕﹞\]】）)〉}］]?)\s*第?\s*(\d{1,3})\s*号"
)
_TITLED = re.compile(r"《[^《》]{0,120}》")
_TITLE_REACH = 100
_NO_LONGER = re.compile(
    r"[^。;；，,\n]{0,14}?(?:不再(?:使用|采用|适用|沿用|执行|有效)|停止(?:使用|执行)|停用|废止|失效|作废)"
)
_FORMERLY = re.compile(
    r"(?:不再|停止|取代|替代|代替|替换|旧版?的?|原先?的?|此前的?|以往的?|废止了?|区别于|有别于)[^。;；，,\n《》]{0,8}$"
)
"""Behind or before the number of the former format: it is told to be no longer used."""
_FORMAT_WORDS = ("年度报告格式", "年报格式", "报告格式", "工作年度报告")


@dataclass(frozen=True, slots=True)
class Slip:
    """A place where it is certain what should stand there, unless it says otherwise."""

    start: int
    end: int
    right: str
    is_certain: bool = True


@check("TXT-4", Severity.WARNING, trigger=Trigger.ON_IDLE, source="国办公开办函〔2021〕30号")
def txt_4(subject: CheckContext) -> Iterator[Found]:
    """引用年度报告格式的文号应与现行格式一致，年份用六角括号；引用《条例》的令号、条款应当是现行的。"""
    year = subject.report.year
    if year is not None and year < subject.form.first_year:
        return
    for part, text in parts_with_text(subject):
        for slip in document_slips(text, subject.form.document):
            advice = "请改正。" if slip.is_certain else "请把文件名称和文号一起改成现行的。"
            message = f"文号写成{quote(text, slip.start, slip.end)}，应为“{slip.right}”。{advice}"
            yield prose_finding(subject, part, (slip.start, slip.end), message)
        for start, end, why in cited_regulation(text):
            yield prose_finding(subject, part, (start, end), f"写{quote(text, start, end)}，{why}请核对。")


@check("TXT-10", Severity.HINT, trigger=Trigger.ON_IDLE, source="《标点符号用法》（GB/T 15834）")
def txt_10(subject: CheckContext) -> Iterator[Found]:
    """中文里用全角标点，标点和词语不重复。"""
    for part, text in parts_with_text(subject):
        slips = [
            *((slip.start, slip.end) for slip in (*punctuation_slips(text), *doubled_words(text))),
            *unclear_marks(text),
        ]
        if slips:
            start, end = min(slips)
            around = quote(text, _before(text, start), min(len(text), end + 4))
            message = f"有 {len(slips)} 处标点或词语重复、半角标点，如{around}。点“改正…”一次改好有把握的标点，其余请自己改。"
            yield prose_finding(subject, part, (start, end), message)


def _before(text: str, start: int) -> int:
    """Where to begin to quote a slip: a few characters before it, and never within a number."""
    place = max(0, start - 4)
    while place and text[place - 1 : place + 1].isdigit():
        place -= 1
    return place


def document_slips(text: str, right: str) -> Iterator[Slip]:
    """Where the document number of the form is meant and mistyped."""
    expected = _NUMBER.fullmatch(right)
    if expected is None:
        return
    reached = 0
    for match in _NUMBER.finditer(text):
        before = text[max(reached, match.start() - _TITLE_REACH) : match.start()]
        reached = match.end()
        if match[0].replace(" ", "").replace("﹝", "〔").replace("﹞", "〕") == right:
            continue
        after = text[match.end() : match.end() + 30]
        if _means_form(before, after, match, expected) and not _is_told_former(before, after):
            yield Slip(match.start(), match.end(), right, _is_number_alone(before, match, expected))


def _is_told_former(before: str, after: str) -> bool:
    """Whether the sentence says that this format is no longer used: 不再采用…60号规定的旧格式."""
    untitled = _TITLED.sub("", before).rstrip("(（")
    return bool(_FORMERLY.search(untitled) or _NO_LONGER.match(after.lstrip("）) ")))


def _is_number_alone(before: str, match: re.Match[str], expected: re.Match[str]) -> bool:
    """Whether the number alone is wrong: beside the title of a former notice the right one would be new mistake."""
    if (match[3], match[5]) == (expected[3], expected[5]):
        return True
    titles = _TITLED.findall(before)
    return not titles or any(word in titles[-1] for word in _FORMAT_WORDS[:3])


def _means_form(before: str, after: str, match: re.Match[str], expected: re.Match[str]) -> bool:
    """Whether this is the form's number with a slip, and not another document's number."""
    formats: list[str] = rule_words("text")["former_formats"]  # type: ignore[assignment]
    others: list[str] = rule_words("text")["other_documents"]  # type: ignore[assignment]
    if any(_numbers(other) == (match[3], match[5]) for other in others):
        return False
    if any(_numbers(former) == (match[3], match[5]) for former in formats) and match[1].startswith(
        "国办公开"
    ):
        return True
    if match[1].startswith("国办公开办") and match[5] == expected[5]:
        return True  # 〔2012〕30号: the same number of another year
    same = (match[3] == expected[3]) + (match[5] == expected[5])
    if same == 2:  # noqa: PLR2004 - year and number agree
        return True
    titles = _TITLED.findall(before)
    words = titles[-1] if titles else before + after
    about_format = any(word in words for word in _FORMAT_WORDS[:3])
    return about_format and (match[1].startswith("国办公开办") or same == 1)


def _numbers(document: str) -> tuple[str, str]:
    match = _NUMBER.fullmatch(document)
    return (match[3], match[5]) if match else ("", "")


@kept
def punctuation_slips(text: str) -> tuple[Slip, ...]:
    """Half-width and doubled punctuation in Chinese text, in order."""
    runs = [match for match in _DOUBLED.finditer(text) if _is_slip(match[0])]
    slips = [Slip(run.start(), run.end(), right) for run in runs if (right := _one_mark(text, run))]
    taken = {place for run in runs for place in range(run.start(), run.end())}
    half = {
        match.start()
        for match in _HALF.finditer(text)
        if match.start() not in taken and not text.startswith("://", match.start())
    }
    half |= _partners(text, half)
    slips += [Slip(place, place + 1, _FULL[text[place]]) for place in half]
    slips += _straight_quotes(text)
    return tuple(sorted(slips, key=lambda slip: slip.start))


@kept
def unclear_marks(text: str) -> tuple[tuple[int, int], ...]:
    """Where different marks follow each other and only the clerk knows which is meant, such as 。， within a line."""
    runs = (match for match in _DOUBLED.finditer(text) if _is_slip(match[0]))
    return tuple(run.span() for run in runs if not _one_mark(text, run))


def _one_mark(text: str, run: re.Match[str]) -> str:
    """The mark that certainly is meant by several: the same one, or at a paragraph's end what ends a sentence."""
    marks = set(run[0])
    if len(marks) == 1:
        return run[1]
    ends = marks & set(_ENDS)
    at_end = run.end() == len(text) or text[run.end()] == "\n"
    return ends.pop() if at_end and len(ends) == 1 else ""


def _partners(text: str, half: set[int]) -> set[int]:
    """Half-width brackets whose partner is or becomes full-width: a pair is never of two kinds."""
    open_ones: list[int] = []
    partners: set[int] = set()
    for match in _BRACKET.finditer(text):
        if match[0] == "\n":
            open_ones.clear()
        elif match[0] in "(（":
            open_ones.append(match.start())
        elif open_ones:
            pair = {open_ones.pop(), match.start()}
            if pair & half or any(text[one] in "（）" for one in pair):
                partners |= {one for one in pair if text[one] in "()"}
    return partners


def _straight_quotes(text: str) -> Iterator[Slip]:
    """Pairs of straight quotation marks around or beside Chinese; in a paragraph with an odd one none is sure."""
    if '"' not in text:
        return
    start = 0
    for line in text.split("\n"):
        places = [place for place, sign in enumerate(line) if sign == '"']
        if len(places) % 2 == 0:
            for opens, closes in zip(places[::2], places[1::2], strict=True):
                if _CHINESE.search(line, max(0, opens - 1), closes + 2):
                    yield Slip(start + opens, start + opens + 1, "“")
                    yield Slip(start + closes, start + closes + 1, "”")
        start += len(line) + 1


def _is_slip(marks: str) -> bool:
    """？！ and ！！！ are emphasis, not slips."""
    return not set(marks) <= {"！", "？"}


@kept
def doubled_words(text: str) -> tuple[Slip, ...]:
    """Words written twice, such as 进行进行, in order."""
    right: list[str] = rule_words("text")["doubled_right"]  # type: ignore[assignment]
    return tuple(
        Slip(match.start(), match.end(), match[1])
        for match in _TWICE.finditer(text)
        if not (match[1].startswith(tuple(right)) or len(set(match[1])) == 1 or "一" in match[1])
    )
