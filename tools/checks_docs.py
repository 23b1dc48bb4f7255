"""docs/checks.md and the clerk's help page of the checks, from the register of rules.

What a rule's own docstring does not say stands in checks.toml; what the labelled corpus gave, in
tests/data/corpus/measured.toml.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportdesk.checks.engine import Check, Severity, Trigger, registered
from tools.markdown import table_lines

_HERE = Path(__file__).resolve().parent
MEASURED = _HERE.parent / "tests" / "data" / "corpus" / "measured.toml"
_SIGN = {Severity.ERROR: "▲", Severity.WARNING: "●", Severity.HINT: "○"}
_WHEN = {Trigger.IMMEDIATE: "随填随查", Trigger.ON_IDLE: "停顿时", Trigger.APART: "停顿时（后台）"}
_FAMILIES = {
    "REQ": "表三的勾稽关系",
    "DIS": "表四的勾稽关系",
    "NUM": "表里的数",
    "APP": "申请：文字和表三",
    "DSP": "复议诉讼：文字和表四",
    "DOC": "文件：文字和表二",
    "ACT": "许可、处罚、强制：文字和表二",
    "FEE": "收费",
    "LST": "总数和分项",
    "CMP": "比例、增减和前后一致",
    "YR": "与上年对照",
    "UNIT": "机关的类型",
    "MET": "标题、单位、期限",
    "TXT": "文字本身",
    "CHR": "字和符号",
    "PART": "缺少的部分",
    "RET": "上级的意见",
    "SYS": "审核本身",
}
Counts = Mapping[str, int]
"""``due`` alarms and those ``found``; ``near`` misses and those that were ``false`` alarms."""


def advice() -> Mapping[str, Mapping[str, str]]:
    """What to do and what is legitimate, by code."""
    return tomllib.loads((_HERE / "checks.toml").read_text(encoding="utf-8"))


def checks_reference() -> Iterator[str]:
    """docs/checks.md: every rule with its source, and what the corpus measured."""
    yield from _REFERENCE_HEAD.splitlines()
    yield from table_lines(
        ("规则", "级别", "要求", "依据", "何时"),
        (
            (rule.code, rule.severity.says, rule.says, _short(rule.source), _WHEN[rule.trigger])
            for rule in _rules()
        ),
    )
    measured = tomllib.loads(MEASURED.read_text(encoding="utf-8"))
    whole = measured.pop("whole")
    yield from _corpus(measured, whole)


def checks_help() -> Iterator[str]:
    """resources/help/checks.md: what each check looks for and why, what to do, what is legitimate."""
    told = advice()
    yield from _HELP_HEAD.splitlines()
    for family, rules in itertools.groupby(_rules(), key=_family):
        yield f"\n## {_FAMILIES[family]}"
        for rule in rules:
            yield f"\n### {rule.code} {_SIGN[rule.severity]} {rule.severity.says}\n"
            yield f"**查什么**：{rule.says}\n"
            yield f"**依据**：{_short(rule.source)}。\n"
            yield f"**怎么办**：{told[rule.code]['do']}\n"
            yield f"**不算问题**：{told[rule.code]['fine']}"


def _rules() -> Sequence[Check]:
    """Every rule by family and number, whichever module was imported first."""
    families = list(_FAMILIES)
    return sorted(
        registered().values(),
        key=lambda rule: (families.index(_family(rule)), int(rule.code.partition("-")[2])),
    )


def _family(rule: Check) -> str:
    return rule.code.partition("-")[0]


def _short(source: str) -> str:
    """The source with the two texts that nearly every rule rests on by their short names."""
    for full, short in (
        ("《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）", "《格式》"),
        ("《政府信息公开条例》", "《条例》"),
    ):
        source = source.replace(full, short)
    return source


def _corpus(
    measured: Mapping[str, Mapping[str, Counts]], whole: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    yield from _CORPUS_HEAD.splitlines()
    names = {"first": "前一半（规则据此改进过）", "second": "后一半（写规则的人没有看过）"}
    yield from table_lines(
        ("语料", "应发现", "发现", "不应作声", "误报"),
        (
            (names[half], *(str(_whole(counts, key)) for key in ("due", "found", "near", "false")))
            for half, counts in measured.items()
        ),
    )
    found, due = (_whole(measured["second"], key) for key in ("found", "due"))
    false, near = (_whole(measured["second"], key) for key in ("false", "near"))
    yield (
        f"后一半发现 {found / due:.0%}，误报 {false / near:.0%}。前一半没有遗漏和误报，是照着它改出来的，"
        "不说明规则在别处也这样准；后一半的数才接近实际使用。后一半测过以后没有再改规则。不足之处："
    )
    yield from table_lines(("规则", "应发现", "漏了", "不应作声", "误报"), _shortcomings(measured["second"]))
    yield from _whole_reports(whole)


def _whole_reports(batches: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What each batch of whole reports gave, unseen and now."""
    yield from _WHOLE_REPORTS.splitlines()
    heads = ("语料", "应发现", "盲测发现", "现在发现", "不应作声", "盲测误报的份数", "现在误报的份数")
    yield from table_lines(heads, (_batch(batch) for batch in batches.values()))
    last = [*batches.values()][-1]
    found, accused = (last["blind"][key] for key in ("found", "accused"))
    yield (
        f"盲测的数最接近实际使用：{last['name']}发现 {found / last['due']:.0%}，"
        f"不应作声的误报 {accused / last['near']:.0%}。目标是发现 92%，误报 1%。"
    )
    yield from (line for batch in batches.values() for line in batch.get("note", "").splitlines())
    yield from _WORDS.splitlines()


def _batch(batch: Mapping[str, Any]) -> tuple[str, ...]:
    blind, now = batch["blind"], batch["now"]
    when = f"（{blind['note']}）" if "note" in blind else ""
    return (
        batch["name"],
        str(batch["due"]),
        f"{blind['found']}{when}",
        str(now["found"]),
        str(batch["near"]),
        f"{blind['accused']}{when}",
        str(now["accused"]),
    )


def _whole(counts: Mapping[str, Counts], key: str) -> int:
    return sum(rule[key] for rule in counts.values())


def _shortcomings(counts: Mapping[str, Counts]) -> Iterator[tuple[str, ...]]:
    """The rules that missed something or spoke where they should not."""
    for known in (one for one in _rules() if one.code in counts):  # later rules have no cases there
        code, rule = known.code, counts[known.code]
        missed = rule["due"] - rule["found"]
        if missed or rule["false"]:
            yield code, str(rule["due"]), str(missed), str(rule["near"]), str(rule["false"])


_REFERENCE_HEAD = """\
# 审核规则

- **错误**：格式本身不允许，应当改正。
- **提醒**：多半有误；确实无误的，写一句说明即可。
- **提示**：供参考。

任何一条都不妨碍保存；有错误时导出会再问一次。程序只指出差在哪里，不替人填数。一版年报格式没有某条规则所用的单元格的，这条规则不出声。同一条规则最多列 200 处；一部分文字里的数、词多到不像真实文字的（一部分里数超过 1.5 万个，词或标点超过 3 万个），后面的不再读；错别字和雷同只读一部分的前 2 万字。没有读到的，SYS-3 写明从哪里起。

《格式》指《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号），《条例》指《中华人民共和国政府信息公开条例》。各条怎么办、哪些不算问题，见[给填报人的说明](../resources/help/checks.md)。
"""
_WHOLE_REPORTS = """
### 整份年报

另有几批整份年报（reports.jsonl 和 cases.jsonl），每一处错误或相像的说法都放在一份各处相符的年报里，错误和提醒以外的不算。`python3 dev.py bench checks` 打印各批的数。**盲测**是规则还没有照着它改以前的第一次。
"""
_WORDS = """
### 错别字

错别字是另外量的：`python3 dev.py bench words` 在语料第四、五批的无错年报里一次放进一个错字，共 2,000 个，看发现了没有、给的字对不对。模型读过第一至三批，这两批里有它读过的句子的段落不用。`--texts 文件夹` 在无错的文字里数误报，只留数目，不留文字。

| 错法 | 放进 | 发现 | 给对了字 |
|---|---|---|---|
| 读音相同的另一个字 | 334 | 53% | 53% |
| 读音相同的另一个词 | 334 | 34% | 34% |
| 字形相近的另一个字 | 333 | 51% | 50% |
| 两个字颠倒 | 333 | 55% | 50% |
| 漏了一个字 | 333 | 8% | 8% |
| 多写了一遍 | 333 | 73% | 73% |
| 合计 | 2,000 | 46% | 45% |

达到了“发现 45%、给对 40%”的目标。漏字基本只有固定表述里的才发现，读音相同的词三处发现一处。这两批是写规则的人没有看过的句子，但和前三批一样是写出来的年报，真的年报里词汇更广，发现的会少一些。

| 无错的文字 | 字数 | 误报 | 每两万字 |
|---|---|---|---|
| 国务院文件和省级政府工作报告（二），现在的做法头一次 | 368,614 | 21 | 1.1 |
| 同上，照着它改过以后 | 368,614 | 6 | 0.33 |
| 县级政府工作报告 78 份，头一次 | 890,421 | 69 | 1.55 |
| 同上，改过以后 | 890,421 | 22 | 0.49 |
| 市、县、部门的年报 28 份，头一次 | 66,600 | 4 | 1.2 |
| 同上，改过以后 | 66,600 | 0 | 0 |
| 部门的总结、计划、通知等 12 份，头一次 | 29,190 | 3 | 2.1 |
| 同上，没有照着它改，别处改过以后 | 29,190 | 3 | 2.1 |

同类的另一批（一，328,514 字）用来定门槛，不算在内。误报里不含指出来真有错的：年报里 6 处（“截止目前”“登陆系统”“受理渠”“的的”两处、“我县县政府”），县级报告里 8 处（“截止”两处，不成对的引号 6 处），（二）里 2 处（“秸杆”“士壤”）。剩下的误报多是企业名和简称（“旭阳汽车”“保沧高速”）。“改过以后”是在同一批文字上量的，还没有在全新的大批文字上再量一次；最后一批字数少，一处就是 0.7，这样的文字没有达到每两万字 0.5 处的目标，所以 TXT-16 只是提示。早先另有 63 份乡镇、街道的年报（49,925 字），那时的做法误报 0 处，这次没有重量。

2,000 字用 28 至 38 毫秒（上限 30），载入 40 至 50 毫秒，共占 3.6 MB（按处理器时间，量的时候电脑上还有别的程序在忙）。
"""
_CORPUS_HEAD = """\
## 准不准

规则用一份有标注的语料衡量（tests/data/corpus），写语料的人没有看过规则的代码，写规则的人没有看过语料的后一半。`python3 dev.py bench checks` 按规则打印两半的数。
"""
_HELP_HEAD = """\
<!-- 由 tools/generate_docs.py 生成，请勿手工修改。 -->

# 每一条审核查什么

每一条写明查什么、依据是什么、发现以后怎么办、哪些写法不算问题。哪一条都不妨碍保存。提醒和提示确实无误的，写一句说明，就不再列为问题；数字改了，会重新提出。

《格式》指国办公开办函〔2021〕30号《政府信息公开工作年度报告格式》，《条例》指《政府信息公开条例》。"""
