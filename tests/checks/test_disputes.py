"""DIS-1 to DIS-3: each block of 表四 adds up to the total that the source file states."""

import pytest

from reportdesk.form.spec import CellRef
from tests.checks.tables import filled, found, messages

BLOCKS = [
    ("DIS-1", "reconsideration", "行政复议"),
    ("DIS-2", "direct_suit", "行政诉讼 未经复议直接起诉"),
    ("DIS-3", "suit_after_reconsideration", "行政诉讼 复议后起诉"),
]
each_block = pytest.mark.parametrize(("code", "block", "label"), BLOCKS)


@each_block
def test_a_stated_total_of_zero_over_results_is_found(code: str, block: str, label: str) -> None:
    report = filled(f"""
        | disputes | {block}_upheld | {block}_pending | {block}_total |
        |----------|----------------|-----------------|---------------|
        | cases    | 10             | 1               | 0             |
    """)
    (finding,) = found(report, code)
    assert finding.message == (
        f"表四 {label} 总计：来源文件写的是 0，各项相加是 11，差 11。请核对来源文件，改正填错的那一项；是合计写错了的，以各项相加为准。"
    )
    assert finding.section == "disputes"
    assert finding.cells == tuple(
        CellRef("disputes", "cases", f"{block}_{result}")
        for result in ("total", "upheld", "corrected", "other_result", "pending")
    )


@each_block
def test_a_stated_total_above_its_results_is_found(code: str, block: str, label: str) -> None:
    report = filled(f"| disputes | {block}_corrected | {block}_total |\n|---|---|---|\n| cases | 1 | 3 |")
    assert messages(report, code)[0].startswith(f"表四 {label} 总计：来源文件写的是 3，各项相加是 1，差 2。")


@each_block
def test_a_stated_total_over_blank_cells_is_found(code: str, block: str, label: str) -> None:
    report = filled(f"| disputes | {block}_total |\n|---|---|\n| cases | 2 |", rest=None)
    assert f"{label} 总计：来源文件写的是 2，各项相加是 0" in messages(report, code)[0]


@each_block
def test_one_block_is_not_blamed_for_another(code: str, block: str, label: str) -> None:
    report = filled(f"| disputes | {block}_upheld | {block}_total |\n|---|---|---|\n| cases | 1 | 2 |")
    assert [other for other, *_ in BLOCKS if found(report, other)] == [code]
    assert label in messages(report, code)[0]


@pytest.mark.parametrize("code", [code for code, *_ in BLOCKS])
def test_a_block_that_adds_up_is_silent(code: str) -> None:
    report = filled("""
        | disputes | reconsideration_upheld | reconsideration_total | direct_suit_other_result | direct_suit_total |
        |----------|------------------------|-----------------------|--------------------------|-------------------|
        | cases    | 2                      | 2                     | 1                        | 1                 |
    """)
    assert found(report, code) == []


@pytest.mark.parametrize("code", [code for code, *_ in BLOCKS])
def test_what_was_not_stated_is_silent(code: str) -> None:
    report = filled("| disputes | reconsideration_upheld |\n|---|---|\n| cases | 10 |")
    assert found(report, code) == []


@pytest.mark.parametrize("code", [code for code, *_ in BLOCKS])
def test_a_blank_table_is_silent(code: str) -> None:
    report = filled("| disputes | reconsideration_total |\n|---|---|\n| cases | 0 |", rest=None)
    assert found(report, code) == []
