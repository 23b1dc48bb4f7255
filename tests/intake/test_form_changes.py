"""What a .gkform would change is told: words taken away, words added, findings that would go."""

from __future__ import annotations

import tomllib
from pathlib import Path

from reportdesk.form.load import load_form
from reportdesk.intake.form_changes import changes_of
from reportdesk.intake.form_package import make_package, read_package
from reportdesk.report.document import new_report
from reportdesk.resources import resource
from reportdesk.store.file import write_report

FORM = load_form("2021")


def package(place: Path, edit: tuple[str, str]) -> Path:
    """A package whose text.toml says something else in one place."""
    text = resource("rules", "text.toml").read_text(encoding="utf-8")
    assert edit[0] in text
    (place / "rules").mkdir(parents=True)
    (place / "rules" / "text.toml").write_text(text.replace(*edit, 1), encoding="utf-8")
    target = place / "区里.gkform"
    make_package(target, place, ["rules/text.toml"])
    return target


def first_template() -> str:
    rules: dict[str, list[str]] = tomllib.loads(resource("rules", "text.toml").read_text(encoding="utf-8"))
    return next(
        word
        for word in rules["template"]
        if f'"{word}"' in resource("rules", "text.toml").read_text(encoding="utf-8")
    )


def test_words_that_go_and_come_are_named_and_what_would_not_be_found_any_more(tmp_path: Path) -> None:
    word = first_template()
    report = new_report(FORM, 2024, "柳川县白河镇人民政府")
    report.prose["overview.management"] = f"本镇按{word}开展工作。"
    path = tmp_path / "年报.gknb"
    write_report(path, report)
    given = read_package(package(tmp_path / "made", (f'"{word}"', '"镇里新加的词"')))
    told = changes_of(given, [path])
    assert any("不再指出" in line for line in told)
    assert any("少了" in line and "TXT-3" in line for line in told)
    assert any("去掉 1 项" in line and word in line for line in told)
    assert any("加上 1 项" in line and "镇里新加的词" in line for line in told)


def test_rules_that_are_the_same_change_nothing(tmp_path: Path) -> None:
    given = read_package(package(tmp_path, ("# ", "#  ")))
    assert changes_of(given) == ("审核规则 rules/text.toml 和现在的一样。",)


def test_a_report_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    given = read_package(package(tmp_path, ("# ", "#  ")))
    assert changes_of(given, [tmp_path / "gone.gknb"]) == ("审核规则 rules/text.toml 和现在的一样。",)
