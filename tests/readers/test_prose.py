"""Prose is put into the parts that its headings name, however they are worded, numbered and set."""

import pytest

from reportdesk.form.load import load_form
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import Seen, Visible, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.recognise.proposal import Proposal, propose
from reportdesk.report.document import Fact
from tests.readers.laid import figures, laid

FORM = load_form("2021")
TITLE = "青禾县白河镇2024年政府信息公开工作年度报告"
OPENING = "本报告依据《中华人民共和国政府信息公开条例》编制，统计期限为2024年1月1日至2024年12月31日。"
PLAIN = f"""
{TITLE}
{OPENING}
一、总体情况
（一）主动公开
公开了政务信息10条。
（二）依申请公开
收到申请0件。
（三）政府信息管理
落实审核制度。
（四）政府信息公开平台建设
维护了专栏。
（五）监督保障
开展了考核。
[disclosure]
[requests]
[disputes]
五、存在的主要问题及改进情况
（一）存在的主要问题
人手不足。
（二）改进情况
加强培训。
六、其他需要报告的事项
未收取信息处理费。
"""
PROSE = {
    "opening": OPENING,
    "overview.disclosure": "公开了政务信息10条。",
    "overview.requests": "收到申请0件。",
    "overview.management": "落实审核制度。",
    "overview.platforms": "维护了专栏。",
    "overview.supervision": "开展了考核。",
    "problems.problems": "人手不足。",
    "problems.improvements": "加强培训。",
    "other_matters.text": "未收取信息处理费。",
}


def shown(text: str) -> list[Visible]:
    """A line a paragraph; # before one that the file calls a heading; [requests] for a table."""
    shown_figures = figures(FORM, {})
    contents: list[Visible] = []
    for line in text.strip().split("\n"):
        if line.startswith("["):
            contents.append(laid(FORM.tables[line.strip("[]")], shown_figures))
        else:
            contents.append(VisibleParagraph(line.lstrip("#"), len(line) - len(line.lstrip("#"))))
    return contents


def read(text: str, **properties: str) -> Proposal:
    return propose(Seen(tuple(shown(text)), properties=properties), FORM)


def changed(**texts: str) -> str:
    """The plain report with lines put for others; an empty one is left out."""
    lines = [texts.get(line, line) for line in PLAIN.strip().split("\n")]
    return "\n".join(line for line in lines if line)


def doubts(proposal: Proposal) -> str:
    return "\n".join(outcome.says for outcome in proposal.of(Standing.DOUBTFUL))


def test_official_headings_are_read_without_a_doubt() -> None:
    proposal = read(PLAIN)
    assert proposal.prose == PROSE
    assert not proposal.headings
    assert not proposal.of(Standing.NOT_FOUND)
    assert not proposal.of(Standing.DOUBTFUL)


def test_headings_run_in_are_parted_from_their_paragraph() -> None:
    proposal = read(
        changed(
            **{
                "（一）主动公开": "（一）主动公开情况。公开了政务信息10条。",
                "公开了政务信息10条。": "又一段。",
                "（二）依申请公开": "（二）依申请公开政府信息情况：收到申请0件。",
                "收到申请0件。": "",
                "（四）政府信息公开平台建设": "（四）平台建设 维护了专栏。",
                "维护了专栏。": "",
            }
        )
    )
    assert proposal.prose == PROSE | {"overview.disclosure": "公开了政务信息10条。\n又一段。"}
    assert proposal.headings == {
        "overview.disclosure": "（一）主动公开情况。",
        "overview.requests": "（二）依申请公开政府信息情况：",
        "overview.platforms": "（四）平台建设",
    }


@pytest.mark.parametrize(
    ("official", "written"),
    [
        ("一、总体情况", "一、工作总体推进情况"),
        ("一、总体情况", "总体情况"),
        ("一、总体情况", "一 总体情况"),
        ("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
        ("五、存在的主要问题及改进情况", "存在问题和改进措施"),
        ("（一）主动公开", "(一)政府信息主动公开情况"),
        ("（一）主动公开", "主动公开情况"),
        ("（二）依申请公开", "（二）依申请公开办理情况"),
        ("（三）政府信息管理", "（三）信息管理工作"),
        ("（四）政府信息公开平台建设", "（四）平台建设情况"),
        ("（五）监督保障", "（五）监督保障及教育培训"),
        ("（一）存在的主要问题", "（一）存在的问题"),
        ("（一）存在的主要问题", "1.存在的主要问题"),
        ("（二）改进情况", "（二）改进措施"),
        ("（二）改进情况", "改进措施"),
        ("（二）改进情况", "（二）下一步打算"),
        ("六、其他需要报告的事项", "六、需要报告的其他事项"),
    ],
)
def test_altered_headings_are_known(official: str, written: str) -> None:
    proposal = read(changed(**{official: written}))
    assert proposal.prose == PROSE
    part = next((part for part in FORM.parts.values() if part.heading == official), None)
    assert proposal.headings == ({part.id: written} if part else {})


def test_a_heading_known_by_its_number_alone_is_told() -> None:
    assert "小标题“（二）下一步打算”当作“（二）改进情况”读入，请核对。" in doubts(
        read(changed(**{"（二）改进情况": "（二）下一步打算"}))
    )


def test_problems_and_improvements_without_headings_are_parted_by_their_words() -> None:
    text = changed(
        **{"（一）存在的主要问题": "", "（二）改进情况": "", "加强培训。": "针对上述问题，我镇将加强培训。"}
    )
    proposal = read(text)
    assert proposal.prose == PROSE | {"problems.improvements": "针对上述问题，我镇将加强培训。"}
    assert "“五、存在的主要问题及改进情况”没有分小标题" in doubts(proposal)


def test_text_before_the_first_heading_of_a_section_is_not_lost() -> None:
    proposal = read(changed(**{"（一）主动公开": "一年来，工作有序推进。\n（一）主动公开"}))
    assert proposal.prose["overview.disclosure"] == "一年来，工作有序推进。\n公开了政务信息10条。"
    assert "小标题之前的一段文字放在“（一）主动公开”的开头" in doubts(proposal)


@pytest.mark.parametrize("title", ["", "三、收到和处理政府信息公开申请情况\n"])
def test_text_under_a_section_of_tables_is_named(title: str) -> None:
    proposal = read(changed(**{"[requests]": f"{title}[requests]\n注：以上数据截至年底。"}))
    assert proposal.prose == PROSE
    assert "没有地方放，没有读入：“注：以上数据截至年底。”" in doubts(proposal)


def test_a_missing_section_is_told() -> None:
    proposal = read(changed(**{"六、其他需要报告的事项": "", "未收取信息处理费。": ""}))
    assert [outcome.says for outcome in proposal.of(Standing.NOT_FOUND)] == [
        "没有找到“六、其他需要报告的事项”。"
    ]


def test_sentences_that_begin_with_numbers_are_no_headings() -> None:
    text = "（一）抓学习，组织培训4次；（二）抓落实，检查2次。\n一是人手不足。\n1.业务不熟。\n二、三季度各检查一次。"
    proposal = read(changed(**{"人手不足。": text}))
    assert proposal.prose == PROSE | {"problems.problems": text}


def test_headings_that_the_file_calls_so_are_taken_in_their_order() -> None:
    proposal = read(changed(**{"（一）存在的主要问题": "##难在哪里", "（二）改进情况": "##怎么办"}))
    assert proposal.prose == PROSE
    assert proposal.headings == {"problems.problems": "难在哪里", "problems.improvements": "怎么办"}


def _own(title: str) -> dict[Fact, str]:
    """A title that is not the form's, and the unit that it names all the same."""
    return {Fact.TITLE_NAME: "白河镇", Fact.TITLE: title}


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        (TITLE, {Fact.TITLE_NAME: "青禾县白河镇"}),
        ("青禾县白河镇\n2024年政府信息公开工作年度报告", {Fact.TITLE_NAME: "青禾县白河镇"}),
        ("青禾县白河镇 2024 年\n政府信息公开工作年度报告", {Fact.TITLE_NAME: "青禾县白河镇"}),
        ("#白河镇政务公开2024年年报", {Fact.TITLE_NAME: "白河镇", Fact.TITLE: "白河镇政务公开2024年年报"}),
        ("白河镇2024年政务公开年度报告", _own("白河镇2024年政务公开年度报告")),
        ("2024年白河镇政府信息公开工作年度报告", _own("2024年白河镇政府信息公开工作年度报告")),
        ("白河镇2024年2024年政府信息公开工作年度报告", _own("白河镇2024年2024年政府信息公开工作年度报告")),
        ("2024年度白河镇关于政府信息公开的年度报告", _own("2024年度白河镇关于政府信息公开的年度报告")),
    ],
)
def test_unit_and_year_stand_in_the_title(title: str, facts: dict[Fact, str]) -> None:
    proposal = read(changed(**{TITLE: title}))
    assert proposal.facts == {Fact.YEAR: "2024", **facts}
    assert proposal.prose == PROSE


def test_a_title_that_the_file_tells_of_itself_is_known() -> None:
    proposal = read(changed(**{TITLE: "白河镇\n公开情况"}), title="白河镇公开情况")
    assert proposal.facts[Fact.TITLE] == "白河镇\n公开情况"
    assert proposal.prose == PROSE


def test_the_year_stands_in_the_opening_where_the_title_has_none() -> None:
    assert read(changed(**{TITLE: ""})).facts == {Fact.YEAR: "2024"}


def test_what_a_website_puts_above_the_title_is_left_and_told() -> None:
    proposal = read(changed(**{TITLE: f"首页 > 政务公开\n{TITLE}"}))
    assert proposal.prose == PROSE
    assert "标题之前的文字没有读入：“首页 > 政务公开”。" in doubts(proposal)


@pytest.mark.parametrize(
    ("closing", "facts"),
    [
        (
            "青禾县白河镇人民政府\n2025年1月9日",
            {Fact.CLOSING_UNIT: "青禾县白河镇人民政府", Fact.CLOSING_DATE: "2025年1月9日"},
        ),
        ("2025年1月9日", {Fact.CLOSING_DATE: "2025年1月9日"}),
        ("青禾县白河镇", {Fact.CLOSING_UNIT: "青禾县白河镇"}),
        ("本报告由白河镇人民政府办公室负责解释，请联系白河镇人民政府", {}),
    ],
)
def test_the_closing_is_no_prose(closing: str, facts: dict[Fact, str]) -> None:
    proposal = read(f"{PLAIN.strip()}\n{closing}")
    assert {fact: text for fact, text in proposal.facts.items() if fact.startswith("closing")} == facts
    assert (proposal.prose == PROSE) == bool(facts)


def test_a_report_that_stands_in_one_table_is_read_all_the_same() -> None:
    rows = [line for line in PLAIN.strip().split("\n") if not line.startswith("[")]
    from_cells = VisibleTable(tuple(VisibleCell(text, row, 0) for row, text in enumerate(rows)))
    assert propose(Seen((from_cells,)), FORM).prose == PROSE


@pytest.mark.parametrize(
    ("lines", "stated", "name"),
    [
        (["青禾县 白河镇", "2024年政府信息公开工作年度报告"], "", "青禾县 白河镇"),
        (["青 禾 县", "2024 年政府信息公开工作年度报告"], "", "青禾县"),
        (
            ["青禾县人民政府", "党政办公室", "2024年政府信息公开工作年度报告"],
            "青禾县人民政府 党政办公室2024年政府信息公开工作年度报告",
            "青禾县人民政府 党政办公室",
        ),
    ],
)
def test_spaces_that_part_words_of_the_units_name_are_kept(lines: list[str], stated: str, name: str) -> None:
    contents = [VisibleParagraph(line) for line in (*lines, *PLAIN.split("\n")[2:]) if line]
    proposal = propose(Seen(tuple(contents), properties={"title": stated} if stated else {}), FORM)
    assert proposal.facts[Fact.TITLE_NAME] == name
    assert Fact.TITLE not in proposal.facts


@pytest.mark.parametrize("year", ["二〇二四年", "二○二四年", "二零二四年", "二O二四年", "二0二四年"])
def test_a_year_in_chinese_numerals_and_a_name_spread_out_are_read_and_the_title_kept(year: str) -> None:
    lines = ("青 禾 县 白 河 镇", f"{year}政府信息公开工作年度报告", *PLAIN.split("\n")[2:])
    proposal = propose(Seen(tuple(VisibleParagraph(line) for line in lines if line)), FORM)
    assert (proposal.facts[Fact.YEAR], proposal.facts[Fact.TITLE_NAME]) == ("2024", "青禾县白河镇")
    assert proposal.facts[Fact.TITLE] == "\n".join(lines[:2])
    assert not [found for found in proposal.of(Standing.DOUBTFUL) if "标题" in found.says]


def test_prose_beside_its_headings_in_a_table_is_read_and_what_is_none_of_the_report_is_told() -> None:
    table = VisibleTable(
        tuple(
            VisibleCell(text, row, column)
            for row, texts in enumerate(
                (("（一）主动公开", "公开了10条。"), ("（二）依申请公开", "没有收到。\n均已说明。"))
            )
            for column, text in enumerate(texts)
        )
    )
    beside = VisibleTable((VisibleCell("填报人", 0, 0), VisibleCell("张三", 0, 1)))
    front: list[Visible] = [
        VisibleParagraph(TITLE),
        beside,
        VisibleParagraph(OPENING),
        VisibleParagraph("一、总体情况"),
    ]
    proposal = propose(Seen((*front, table)), FORM)
    assert proposal.prose == {
        "opening": OPENING,
        "overview.disclosure": "公开了10条。",
        "overview.requests": "没有收到。\n均已说明。",
    }
    assert any("填报人 张三" in outcome.says for outcome in proposal.of(Standing.DOUBTFUL))


def called(*lines: tuple[str, int]) -> dict[str, str]:
    """The headings read of a first section with these lines and their levels."""
    contents = (VisibleParagraph("一、总体情况", 1), *(VisibleParagraph(*line) for line in lines))
    return dict(propose(Seen(contents), FORM).headings)


REST = (("（三）政府信息管理", 2), ("（四）政府信息公开平台建设", 2), ("（五）监督保障", 2))


def test_a_heading_of_ones_own_counts_beside_one_that_is_run_in() -> None:
    assert called(("（一）主动公开。公开了10条。", 0), ("群众来问", 2), *REST) == {
        "overview.disclosure": "（一）主动公开。",
        "overview.requests": "群众来问",
    }


def test_a_strange_heading_does_not_push_run_in_ones_out_of_their_parts() -> None:
    lines = [("工作综述", 2), ("总的情况很好。", 0), ("（一）主动公开。公开了10条。", 0)]
    found = called(*lines, ("（二）依申请公开", 2), *REST[:2])
    assert found == {"overview.disclosure": "（一）主动公开。"}


def test_the_cover_of_our_workbook_is_read_where_it_was_printed_to_another_format() -> None:
    rows = (("标题用名", "青禾县白河镇"), ("报告年度", "2024"), ("开头", OPENING))
    cover = VisibleTable(
        tuple(
            VisibleCell(text, row, column)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        )
    )
    empty = (VisibleParagraph("落款单位"), VisibleParagraph("落款日期"))
    proposal = propose(Seen((VisibleParagraph(TITLE), cover, *empty, VisibleParagraph("一、总体情况"))), FORM)
    assert proposal.prose == {"opening": OPENING}
    assert proposal.facts == {Fact.TITLE_NAME: "青禾县白河镇", Fact.YEAR: "2024"}
    assert not proposal.of(Standing.DOUBTFUL)


def test_what_a_blank_form_says_where_text_is_to_be_written_is_no_text() -> None:
    proposal = read(changed(**{"未收取信息处理费。": "（文字描述，收取信息处理费情况在此处报告。）"}))
    assert "other_matters.text" not in proposal.prose
    assert "是空白格式上的提示，不是正文，没有读入。" in doubts(proposal)
