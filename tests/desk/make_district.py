"""A made-up district whose answers are known: what arrived with its times, and apart from it what is right.

Every number of the key is computed here from the cells that were put in. The same seed gives the same contents;
a twist shifts which unit gets which fault. ``numbered`` is how files are since hand-ins have a number and a time,
without it they are as older programs made them. All names are invented.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import io
import json
import os
import random
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportdesk.exports.formats import Choices, Format
from reportdesk.exports.manifest import NAME, Listed, Manifest, write_manifest
from reportdesk.exports.package import Mail, mail_draft, zip_files
from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report, Value
from reportdesk.report.file.codec import encode
from reportdesk.report.public_copy import district_copy
from reportdesk.report.records import HandedIn

FORM = load_form("2021")
COLUMNS = ["person", "enterprise", "research", "welfare", "legal_service", "other"]
FEE = "disclosure.fees.charged"
NORMATIVE = "disclosure.normative_documents."
PROVINCE, CITY, DISTRICT = "东陵省", "临岚市", "青沙区"
DEPARTMENTS = [
    "发展和改革局",
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水务局",
    "农业农村局",
    "商务局",
    "文化和旅游局",
    "卫生健康局",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "信访局",
    "城市管理局",
    "行政审批局",
    "乡村振兴局",
    "林业局",
    "档案局",
    "体育局",
    "粮食和物资储备局",
    "机关事务管理局",
    "金融工作局",
    "大数据管理局",
    "园区管理委员会",
]
TOWNS = [
    "石桥",
    "柳湾",
    "平阳",
    "河口",
    "上庄",
    "南泉",
    "大泉",
    "青岭",
    "双龙",
    "花溪",
    "云台",
    "龙潭",
    "沙河",
    "白塔",
    "金水",
    "古城",
    "三合",
    "凤山",
    "长岭",
    "新集",
    "马营",
    "红星",
    "杨树",
    "松林",
]
TOWNS += [a + b for b in "岗坪塘坝营寨" for a in "东西上下大小高前"]
STREETS = ["城东", "城西", "站前", "湖滨", "建设", "文昌", "滨河", "学府", "北园", "东湖"]
CLAUSES = [
    f"{how}{does}{what}"
    for how in ("按季度", "逐项", "分类别", "由专人", "会同各科室", "结合实际")
    for does in ("梳理", "核对", "整理", "更新", "检查", "登记")
    for what in (
        "民生领域的公开事项",
        "村级公开栏的内容",
        "办事指南和服务电话",
        "惠农补贴发放情况",
        "工程建设项目信息",
        "行政执法结果",
    )
]
CASES = [
    "docx",
    "docx",
    "xlsx",
    "pdf",
    "pdf-plain",
    "scan",
    "broken-zip",
    "touched",
    "changed-in-zip",
    "two-versions",
    "older-after",
    "same-twice",
    "renamed",
    "wrong-year",
    "late",
    "late",
    "missing",
    "missing",
    "balance",
    "blank",
    "copied-a",
    "copied-b",
    "rule-making",
    "fee-mixed",
    "loose",
    "eml",
    "eml",
    "old-edition",
]
Cells = dict[str, Value]
EAST = dt.timezone(dt.timedelta(hours=8))
KEYS = sorted(str(ref) for ref in FORM.kind_of if ref not in FORM.totals)


@dataclass
class Unit:
    name: str
    kind: str
    role: str = ""
    through: str = ""
    id: str = ""
    aliases: list[str] = field(default_factory=list)
    case: str = "clean"
    cells: Cells = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    fee_yuan: int = 0
    key: dict[str, Any] = field(default_factory=dict)

    @property
    def way(self) -> str:
        return self.role or "自行报送"


def whole(value: Value) -> int:
    return int(value)


def numbers(r: random.Random, scale: int) -> Cells:
    """Balanced numbers of one unit, fees as Decimal."""
    cells: Cells = dict.fromkeys(KEYS, 0)
    leaves = sorted(
        {key.split(".")[1] for key in KEYS if key.startswith("requests.")}
        - {"new", "carried_in", "carried_out"}
    )
    for column in COLUMNS:
        done = 0
        if r.random() < (0.9 if column == "person" else 0.35):
            for _ in range(r.randrange(1, 4 + scale)):
                count = r.choice((1, 1, 2, 3))
                cells[f"requests.{r.choice(leaves)}.{column}"] += count
                done += count
        out, came = r.choice((0, 0, 1, 2)), r.choice((0, 0, 0, 1))
        came = min(came, done + out)
        cells[f"requests.carried_in.{column}"] = came
        cells[f"requests.carried_out.{column}"] = out
        cells[f"requests.new.{column}"] = done + out - came
    for key in KEYS:
        if key.startswith("disputes."):
            cells[key] = r.choice((0,) * 9 + (1,))
        elif key.startswith(("disclosure.licences", "disclosure.penalties", "disclosure.coercive")):
            cells[key] = r.choice((0, 0, r.randrange(1, 400)))
    issued, repealed = r.randrange(0, 4), r.randrange(0, 2)
    cells[NORMATIVE + "issued"], cells[NORMATIVE + "repealed"] = issued, repealed
    cells[NORMATIVE + "in_force"] = issued + r.randrange(0, 12)
    has_fee = r.random() < 0.4
    cells[FEE] = Decimal(r.randrange(1, 999999)).scaleb(-r.choice((1, 2, 4))) if has_fee else Decimal(0)
    return cells


def fee_sentence(fee_yuan: int) -> str:
    charged = (
        f"本年收取政府信息公开信息处理费{fee_yuan}元。" if fee_yuan else "本年未收取政府信息公开信息处理费。"
    )
    return f"{charged}没有其他需要报告的事项。"


def requests_sentence(cells: Cells) -> str:
    new, came, out = (
        sum(whole(cells[f"requests.{row}.{column}"]) for column in COLUMNS)
        for row in ("new", "carried_in", "carried_out")
    )
    if not new + came:
        return "本年未收到政府信息公开申请，也没有上年结转的申请。"
    return f"本年新收政府信息公开申请{new}件，上年结转{came}件，办结{new + came - out}件，结转下年度继续办理{out}件。"


def prose(r: random.Random, name: str, year: int, cells: Cells, fee_yuan: int) -> dict[str, str]:
    a, b = r.randrange(30, 900), r.randrange(10, 300)

    def one(*words: str) -> str:
        return r.choice(words)

    more = r.sample(CLAUSES, 9)
    texts = {
        "overview.disclosure": f"{year}年，{name}通过区政府门户网站{one('公开', '发布', '主动公开')}各类信息{a}条，通过{one('政务新媒体', '微信公众号', '公开栏')}发布{b}条，{one('重点公开财政、民生和执法信息', '及时回应群众关心的事项', '做到应公开尽公开')}。",
        "overview.requests": requests_sentence(cells),
        "overview.management": f"本年制发行政规范性文件{cells[NORMATIVE + 'issued']}件，废止{cells[NORMATIVE + 'repealed']}件，现行有效{cells[NORMATIVE + 'in_force']}件。{one('严格执行保密审查', '坚持先审查后公开', '落实信息发布审核')}，由{one('办公室', '党政综合办', '综合科')}统一把关。",
        "overview.platforms": f"{one('维护', '更新', '完善')}公开专栏{r.randrange(2, 9)}个，{one('设立政务公开专区1处', '在便民大厅设置查阅点', '整理公开目录')}，安排{one('专人', '两名工作人员', '业务骨干')}负责日常维护。",
        "overview.supervision": f"组织业务培训{r.randrange(1, 5)}次，参加{r.randrange(8, 60)}人次；把信息公开纳入{one('年度', '季度', '日常')}工作考核，开展社会评议{r.randrange(1, 3)}次，未发生责任追究情形。",
        "problems.problems": f"一是{one('解读形式比较单一', '公开内容更新不够及时', '部分栏目内容偏少', '工作人员变动较多')}；二是{one('主动公开的深度不够', '与群众互动不够', '业务培训还不够系统', '档案整理不够规范')}，距离群众期待还有差距。",
        "problems.improvements": f"针对上述问题，{one('制定更新清单', '增加图文解读', '明确责任到人', '加强业务学习')}，{one('每月检查一次', '每季度通报一次', '定期自查整改')}，{one('逐步提高公开质量', '努力方便群众查询', '保证信息准确及时')}。",
        "other_matters.text": fee_sentence(fee_yuan),
    }
    longer = ("overview.disclosure", "overview.management", "overview.platforms", "overview.supervision", "problems.improvements")  # fmt: skip
    for place, part in enumerate(longer):
        clauses = more[2 * place : 2 * place + 2]
        texts[part] += "，".join(clauses) + "。" if clauses else ""
    return texts


def report_of(
    unit: Unit, cells: Cells, texts: dict[str, str], year: int, name: str = "", county: str = DISTRICT
) -> Report:
    name = name or unit.name
    facts = {
        Fact.YEAR: str(year),
        Fact.FULL_NAME: name,
        Fact.UNIT_KIND: unit.kind,
        Fact.COUNTY: county,
        Fact.CITY: CITY,
        Fact.PROVINCE: PROVINCE,
        Fact.TELEPHONE: "0000-1234567",
        Fact.CLOSING_UNIT: name,
        Fact.CLOSING_DATE: f"{year + 1}年1月9日",
    }
    opening = f"根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号要求，现公布{name}{year}年政府信息公开工作年度报告。统计期限从{year}年1月1日至{year}年12月31日。联系电话：0000-1234567。"
    made = Report("2021", facts=facts, prose={"opening": opening, **texts})
    made.cells = {CellRef.parse(key): value for key, value in cells.items()}
    return made


class District:
    """One district in the making: its units, what arrives below ``out`` and the key."""

    def __init__(self, out: Path, seed: int, count: int, *, twist: int, numbered: bool, year: int) -> None:
        if count < 36:
            raise ValueError("at least 36 units: 28 carry a fault, 3 a role")
        self.out, self.seed, self.year, self.numbered = out, seed, year, numbered
        self.inbox = out / "收件"
        self.inbox.mkdir(parents=True)
        self.deadline = dt.date(year + 1, 1, 20)
        self.r = random.Random(seed)
        self.units = self._listed(count)
        ordinary = [unit for unit in self.units if not unit.role]
        self.order = ordinary[:]
        self.r.shuffle(self.order)
        self.order = self.order[twist:] + self.order[:twist]
        for unit, case in zip(self.order, CASES, strict=False):
            unit.case = case
        renamed = self.with_case("renamed")
        is_town = renamed.kind == "township"
        self.old_name = "旧" + renamed.name if is_town else renamed.name.replace("青沙区", "青沙县")
        renamed.aliases = [self.old_name]

    def with_case(self, case: str) -> Unit:
        return next(unit for unit in self.order if unit.case == case)

    def _listed(self, count: int) -> list[Unit]:
        r = self.r
        departments = min(len(DEPARTMENTS), count * 36 // 64)
        streets = min(len(STREETS), count * 9 // 64)
        towns = min(len(TOWNS), count - 1 - departments - streets - 2)
        units = [Unit(f"{DISTRICT}人民政府办公室", "county_department", "本级")]
        units += [Unit(f"{DISTRICT}{name}", "county_department") for name in DEPARTMENTS[:departments]]
        units += [Unit(f"{name}镇人民政府", "township") for name in r.sample(TOWNS, towns)]
        units += [Unit(f"{DISTRICT}{name}街道办事处", "street") for name in r.sample(STREETS, streets)]
        above = f"{DISTRICT}市场监督管理局"
        units += [
            Unit(
                f"{above}城东分局",
                "county_department",
                "由上级代报",
                above if departments > 21 else units[1].name,
            ),
            Unit(f"{DISTRICT}地方志编纂中心", "county_department", "不报送"),
        ]
        for number, unit in enumerate(units, 1):
            unit.id = f"{number:03d}"
        return units

    def fill(self) -> None:
        """Give every unit its numbers and words; one town copies another's."""
        r = self.r
        for unit in self.units:
            unit.cells = numbers(r, 8 if unit.role == "本级" else 2)
            unit.fee_yuan = r.choice((0,) * 7 + (100, 350, 880))
            unit.texts = prose(r, unit.name, self.year, unit.cells, unit.fee_yuan)
        a, b = self.with_case("copied-a"), self.with_case("copied-b")
        own = ("overview.requests", "overview.management", "other_matters.text")
        b.texts = {
            part: b.texts[part] if part in own else text.replace(a.name, b.name)
            for part, text in a.texts.items()
        }

    # -- what arrives

    def put(self, path: str, content: bytes, when: dt.date) -> None:
        place = self.inbox / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        at = dt.datetime.combine(when, dt.time(9, 30)).timestamp()
        os.utime(place, (at, at))

    def numbered_copy(self, made: Report, number: int, when: dt.date) -> Report:
        """The district's copy, with its hand-in where the program writes one."""
        copied = district_copy(made)
        if self.numbered:
            at = dt.datetime.combine(when, dt.time(8, 30), EAST)
            copied.hand_ins = {number: HandedIn(at, check_code(FORM, made))}
        return copied

    def packed(
        self, made: Report, when: dt.date, number: int = 1, touch: Report | None = None
    ) -> tuple[bytes, str]:
        name = f"内部-{made.facts[Fact.FULL_NAME]}{made.facts[Fact.YEAR]}年政府信息公开工作年度报告.gknb"
        data, code = encode(self.numbered_copy(made, number, when)), check_code(FORM, made)
        listed = (Listed(name, hashlib.sha256(data).hexdigest(), "年报数据"),)
        unit, year = made.facts[Fact.FULL_NAME], made.facts[Fact.YEAR]
        at = dt.datetime.combine(when, dt.time(8, 30), EAST)
        told = Manifest(code, listed, unit, year, number, at) if self.numbered else Manifest(code, listed)
        files = {name: data, NAME: write_manifest(told, (name, ""))}
        if touch is not None:
            files[name] = encode(self.numbered_copy(touch, number, when))
        return zip_files(files, dt.datetime(1980, 1, 1, tzinfo=dt.UTC)), code

    def day_before(self, low: int, high: int) -> dt.date:
        return self.deadline - dt.timedelta(days=self.r.randrange(low, high))

    def arrive(self) -> None:
        """Let each unit's report come, or not, as its case says."""
        for unit in self.units:
            unit.key = {"name": unit.name, "case": unit.case, "counted": True, "late": False}
            if unit.role in ("由上级代报", "不报送"):
                unit.key.update(state=unit.role, counted=False)
                continue
            when = self.day_before(1, 14)
            self.change_cells(unit)
            made = report_of(unit, unit.cells, unit.texts, self.year)
            if unit.case == "late":
                when = self.deadline + dt.timedelta(days=self.r.randrange(1, 6))
            unit.key.update(
                received=str(when), state="已收", late=when > self.deadline, check_code=check_code(FORM, made)
            )
            arriving = getattr(self, f"case_{unit.case.replace('-', '_')}", self.case_clean)
            arriving(unit, made, when)

    def change_cells(self, unit: Unit) -> None:
        if unit.case == "balance":
            unit.cells["requests.new.person"] += 3
        elif unit.case == "blank":
            self.leave_blank(unit)
        elif unit.case == "rule-making":
            unit.cells["disclosure.regulations.issued"] = unit.cells["disclosure.regulations.in_force"] = 2
        elif unit.case == "fee-mixed":
            unit.cells[FEE], unit.fee_yuan = Decimal(880), 880
            unit.texts["other_matters.text"] = fee_sentence(880)

    def leave_blank(self, unit: Unit) -> None:
        """Take twelve cells out and keep the balance although blanks count nothing."""
        gone = [key for key in KEYS if key.startswith("requests.closed_")][:12]
        cells = unit.cells
        cells.update(dict.fromkeys(gone, 0))
        outside = ("new", "carried_in", "carried_out")
        for column in COLUMNS:
            done = sum(
                whole(cells[key])
                for key in KEYS
                if key.startswith("requests.")
                and key.endswith(f".{column}")
                and key.split(".")[1] not in outside
            )
            came, out = cells[f"requests.carried_in.{column}"], cells[f"requests.carried_out.{column}"]
            new = cells[f"requests.new.{column}"] = max(0, done + out - came)
            cells[f"requests.granted.{column}"] += new + came - out - done
        unit.cells = {key: value for key, value in cells.items() if key not in gone}
        unit.texts = prose(random.Random(self.seed), unit.name, self.year, cells, unit.fee_yuan)
        unit.key["blank_cells"] = gone

    def stem(self, name: str, year: int = 0) -> str:
        return f"{name}{year or self.year}年政府信息公开工作年度报告"

    def case_clean(self, unit: Unit, made: Report, when: dt.date) -> None:
        self.put(f"内部-报送-{self.stem(unit.name)}.zip", self.packed(made, when)[0], when)

    def case_missing(self, unit: Unit, _made: Report, _when: dt.date) -> None:
        unit.key.update(state="未报", counted=False, late=False, received=None, check_code=None)

    def rendered(
        self, unit: Unit, made: Report, when: dt.date, wanted: Format, *, attach: bool = False
    ) -> None:
        choices = Choices(bundled_fonts=True, pdf=PdfA.chosen(attach_copy=attach))
        content = wanted.render(FORM, made, choices).content
        self.put(f"{self.stem(unit.name)}.{wanted.value}", content, when)
        unit.key["state"] = "已读入待核对"
        del unit.key["check_code"]  # what no page shows, such as the telephone, may differ

    def case_docx(self, unit: Unit, made: Report, when: dt.date) -> None:
        self.rendered(unit, made, when, Format.DOCX)

    def case_xlsx(self, unit: Unit, made: Report, when: dt.date) -> None:
        self.rendered(unit, made, when, Format.XLSX)

    def case_pdf(self, unit: Unit, made: Report, when: dt.date) -> None:
        self.rendered(unit, made, when, Format.PDF, attach=True)

    def case_pdf_plain(self, unit: Unit, made: Report, when: dt.date) -> None:
        self.rendered(unit, made, when, Format.PDF)

    def case_scan(self, unit: Unit, _made: Report, when: dt.date) -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas

        content = io.BytesIO()
        page = Canvas(content, pagesize=A4)
        page.rect(100, 100, 300, 500, fill=1)
        page.showPage()
        page.save()
        self.put(f"{self.stem(unit.name)}（盖章扫描件）.pdf", content.getvalue(), when)
        unit.key.update(state="要人工录入", counted=False, check_code=None)

    def case_broken_zip(self, unit: Unit, made: Report, when: dt.date) -> None:
        content, _code = self.packed(made, when)
        self.put(f"内部-报送-{self.stem(unit.name)}.zip", content[: len(content) * 2 // 3], when)
        unit.key.update(state="文件坏了", counted=False, check_code=None)

    def case_touched(self, unit: Unit, made: Report, when: dt.date) -> None:
        content = encode(self.numbered_copy(made, 1, when)).replace("条".encode(), "件".encode(), 1)
        self.put(f"{self.stem(unit.name)}.gknb", content, when)
        unit.key["state"] = "校验码不符"
        del unit.key["check_code"]

    def case_changed_in_zip(self, unit: Unit, made: Report, when: dt.date) -> None:
        other = self.changed(unit, {"requests.granted.person": 1, "requests.new.person": 1})
        self.put(f"内部-报送-{self.stem(unit.name)}.zip", self.packed(made, when, touch=other)[0], when)
        unit.key.update(state="与清单不符", counted=False, check_code=None)

    def changed(self, unit: Unit, by: dict[str, int]) -> Report:
        cells = {key: value + by.get(key, 0) for key, value in unit.cells.items()}
        return report_of(unit, cells, unit.texts, self.year)

    def case_two_versions(self, unit: Unit, made: Report, when: dt.date) -> None:
        before = when - dt.timedelta(days=5)
        first, _code = self.packed(self.changed(unit, {"requests.new.person": 2}), before, 1)
        self.put(f"第一次/内部-报送-{self.stem(unit.name)}.zip", first, before)
        self.put(f"第二次/内部-报送-{self.stem(unit.name)}.zip", self.packed(made, when, 2)[0], when)
        unit.key["versions"] = 2

    def case_older_after(self, unit: Unit, made: Report, when: dt.date) -> None:
        by = {"requests.granted.person": 5, "requests.new.person": 5}
        older, _code = self.packed(self.changed(unit, by), when - dt.timedelta(days=2), 1)
        self.put(f"内部-报送-{self.stem(unit.name)}.zip", self.packed(made, when, 2)[0], when)
        self.put(f"U盘/内部-报送-{self.stem(unit.name)}.zip", older, when + dt.timedelta(days=1))
        unit.key.update(versions=2, ambiguous=not self.numbered)

    def case_same_twice(self, unit: Unit, made: Report, when: dt.date) -> None:
        content, _code = self.packed(made, when)
        self.put(f"内部-报送-{self.stem(unit.name)}.zip", content, when)
        self.put(f"内部-报送-{self.stem(unit.name)} (1).zip", content, when)
        unit.key["versions"] = 1

    def case_renamed(self, unit: Unit, _made: Report, when: dt.date) -> None:
        texts = {part: text.replace(unit.name, self.old_name) for part, text in unit.texts.items()}
        content, code = self.packed(report_of(unit, unit.cells, texts, self.year, self.old_name), when)
        self.put(f"内部-报送-{self.stem(self.old_name)}.zip", content, when)
        unit.key.update(check_code=code, matched_by="别名")

    def case_wrong_year(self, unit: Unit, _made: Report, when: dt.date) -> None:
        year = self.year - 1
        texts = {part: text.replace(str(self.year), str(year)) for part, text in unit.texts.items()}
        content, _code = self.packed(report_of(unit, unit.cells, texts, year), when)
        self.put(f"内部-报送-{self.stem(unit.name, year)}.zip", content, when)
        unit.key.update(state="年度不对", counted=False, check_code=None)

    def case_old_edition(self, unit: Unit, made: Report, when: dt.date) -> None:
        made.edition, made.cells = "2019", {}
        self.put(f"{self.stem(unit.name)}.gknb", encode(made), when)
        unit.key.update(state="格式版本不对", counted=False, check_code=None)

    def case_loose(self, unit: Unit, made: Report, when: dt.date) -> None:
        self.put(f"{self.stem(unit.name)}.gknb", encode(self.numbered_copy(made, 1, when)), when)

    def case_eml(self, unit: Unit, made: Report, when: dt.date) -> None:
        name = self.stem(unit.name)
        attached = {f"内部-报送-{name}.zip": self.packed(made, when)[0]}
        raw = mail_draft(Mail("desk@example.com", name, "请查收。\r\n"), attached)
        stamp = dt.datetime.combine(when, dt.time(8, 5)).strftime("%a, %d %b %Y %H:%M:%S +0800")
        self.put(f"{name}.eml", f"From: unit{unit.id}@example.com\r\nDate: {stamp}\r\n".encode() + raw, when)

    def strangers(self) -> None:
        """A unit that is not on the list, a namesake from another county, rubbish and a zip made to do harm."""
        r = self.r
        stranger = Unit("黄泥乡人民政府", "township", cells=numbers(r, 2))
        stranger.texts = prose(r, stranger.name, self.year, stranger.cells, 0)
        made = report_of(stranger, stranger.cells, stranger.texts, self.year)
        when = self.day_before(1, 9)
        self.put(f"内部-报送-{self.stem(stranger.name)}.zip", self.packed(made, when)[0], when)
        town = next(
            unit for unit in self.units if unit.kind == "township" and unit.case in ("clean", "loose", "eml")
        )
        foreign = report_of(town, numbers(r, 2), town.texts, self.year, county="白沙县")
        when = self.day_before(1, 9)
        self.put(f"外县/内部-报送-{self.stem(town.name)}.zip", self.packed(foreign, when)[0], when)
        self.put("Thumbs.db", b"\0" * 64, self.day_before(1, 9))
        self.put("关于做好年度报告编制工作的通知.docx", b"PK\5\6" + b"\0" * 18, self.day_before(1, 9))
        bad = io.BytesIO()
        with zipfile.ZipFile(bad, "w") as archive:
            archive.writestr("../../逃逸.gknb", b"{}")
        self.put("恶意.zip", bad.getvalue(), self.day_before(1, 9))

    # -- the list and the key

    def write_list(self) -> None:
        with (self.out / "名单.csv").open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["编号", "机关全称", "单位类型", "报送方式", "曾用名、别名", "由谁代报"])
            for one in self.units:
                rows.writerow([one.id, one.name, one.kind, one.way, "；".join(one.aliases), one.through])
        profiles = [
            {
                "full_name": one.name,
                "unit_kind": one.kind,
                "county": DISTRICT,
                "deadline": f"{self.deadline:%m-%d}",
            }
            for one in self.units
        ]
        document = {"format": "reportdesk-profile", "version": 1, "units": profiles}
        (self.out / "units.gkprofile").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    def key(self) -> dict[str, Any]:
        counted = [unit for unit in self.units if unit.key["counted"]]
        totals: Cells = {name: Decimal(0) if name == FEE else 0 for name in KEYS}
        for unit in counted:
            for name, value in unit.cells.items():
                totals[name] += value
        return {
            "units": {unit.id: unit.key for unit in self.units},
            "totals_of_readable": {name: _shown(name, value) for name, value in totals.items()},
            "contributors": {name: _contributors(counted, name) for name in (FEE, "requests.new.person")},
            "missing": [unit.id for unit in self.units if unit.key["state"] == "未报"],
            "counted": len(counted),
        }


def _shown(name: str, value: Value) -> int | str:
    return format(value, "f") if name == FEE else int(value)


def _contributors(counted: list[Unit], name: str) -> list[list[str | int]]:
    told = [(unit.name, unit.cells.get(name, 0)) for unit in counted if unit.cells.get(name)]
    return [[unit, _shown(name, value)] for unit, value in sorted(told, key=lambda one: (-one[1], one[0]))]


def make_district(
    out: Path, seed: int, count: int = 40, *, twist: int = 0, numbered: bool = True, year: int = 2025
) -> dict[str, Any]:
    """Write the district below ``out``; what is right."""
    district = District(out, seed, count, twist=twist, numbered=numbered, year=year)
    district.fill()
    district.arrive()
    district.strangers()
    district.write_list()
    return district.key()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--seed", type=int, required=True)
    asked.add_argument("--units", type=int, default=64)
    asked.add_argument("--twist", type=int, default=0)
    asked.add_argument("--old", action="store_true", help="without numbers and times of hand-ins")
    given = asked.parse_args()
    right = make_district(given.out, given.seed, given.units, twist=given.twist, numbered=not given.old)
    Path(f"{given.out}.key.json").write_text(
        json.dumps(right, ensure_ascii=False, indent=1), encoding="utf-8"
    )
