"""What a .gkform would change, told before it is taken in: words of rules, editions, findings that would go.

Answers for the comparison with what the program has now. Whether the file is sound is
``form_package``'s, and asking the clerk is the window's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reportdesk.intake.form_package import Package
from reportdesk.intake.rule_trial import findings_under
from reportdesk.resources import resource

_NAMED = 200
"""Words that one line names before it says how many more there are."""


def changes_of(package: Package, reports: Iterable[Path] = ()) -> tuple[str, ...]:
    """Sentences that say what taking the package in would change, the gravest first.

    ``reports`` are files of reports for which it is told which findings would no longer be made, or
    would be new; those that cannot be read are passed over.
    """
    rules = package.rules
    return (
        *(line for report in reports if rules for line in _in_report(rules, report)),
        *(line for name, content in rules.items() for line in _in_rules(name, content)),
        *(
            f"增加年报格式“{form.name}”（{form.document}），{form.first_year} 年度起使用。"
            for form in package.forms
        ),
        *(
            f"写入文件 {name}。"
            for name in package.files
            if name not in rules and not name.startswith("forms/")
        ),
    )


def _in_report(rules: Mapping[str, bytes], report: Path) -> Iterator[str]:
    now = {
        f"rules/{path.name}": resource("rules", path.name).read_bytes()
        for path in resource("rules").iterdir()
    }
    before, after = findings_under(now, report), findings_under({**now, **rules}, report)
    if before is None or after is None:
        return
    gone = [found for found in before if found not in after]
    new = [found for found in after if found not in before]
    if gone:
        yield f"“{report.name}”现在审核出的问题，有 {len(gone)} 处以后不再指出："
        yield from (f"　少了：{found}" for found in gone)
    if new:
        yield f"“{report.name}”会多指出 {len(new)} 处："
        yield from (f"　多了：{found}" for found in new)
    if not gone and not new:
        yield f"“{report.name}”审核出的问题不变。"


def _in_rules(name: str, content: bytes) -> Iterator[str]:
    """What of a file of rules would be otherwise than now, list by list."""
    now = resource(*name.split("/")).read_text(encoding="utf-8")
    given = content.decode("utf-8-sig")
    if not name.endswith(".toml"):
        yield from _in_words(name, now.splitlines(), given.splitlines())
        return
    before, after = (dict(_leaves(tomllib.loads(text))) for text in (now, given))
    changed = [
        key
        for key in (*before, *(key for key in after if key not in before))
        if before.get(key) != after.get(key)
    ]
    for key in changed:
        place = f"{name} 的 {key}"
        one, other = before.get(key), after.get(key)
        if isinstance(one, list) or isinstance(other, list):
            yield from _in_words(place, list(_items(one or [])), list(_items(other or [])))
        else:
            yield f"审核规则 {place}：由“{one}”改为“{other}”。"
    if not changed:
        yield f"审核规则 {name} 和现在的一样。"


def _leaves(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        place = f"{above}.{key}" if above else key
        if isinstance(value, dict):
            yield from _leaves(value, place)
        else:
            yield place, value


def _items(entries: Iterable[Any]) -> Iterator[str]:
    """The entries of a list as one reads them: words, expressions of a table, and 错→对."""
    for entry in entries:
        if not isinstance(entry, dict):
            yield str(entry)
        elif "entries" in entry:
            yield from (str(one["words"]) for one in entry["entries"])
        else:
            yield f"{entry.get('wrong')}→{entry.get('right')}"


def _in_words(place: str, before: list[str], after: list[str]) -> Iterator[str]:
    taken, added = (
        [word for word in one if word not in set(other)] for one, other in ((before, after), (after, before))
    )
    if taken:
        emptied = "，清单就空了" if not after else ""
        yield f"审核规则 {place}：去掉 {len(taken)} 项{emptied}：{_named(taken)}。"
    if added:
        yield f"审核规则 {place}：加上 {len(added)} 项：{_named(added)}。"


def _named(words: list[str]) -> str:
    named = "、".join(f"“{word}”" for word in words[:_NAMED])
    return f"{named}等" if len(words) > _NAMED else named
