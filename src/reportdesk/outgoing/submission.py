"""报送: makes what the unit's profile names, in a folder 〈单位〉〈年〉 with 公开 and 内部 apart.

Answers for which files there are, what they are called and who gets which. How a file looks is
its exporter's matter, the folder's being whole ``store.atomic_folder``'s. docs/adr/0016 says why the
district gets another copy of the data than the public.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from reportdesk.checks.contents.returned import with_answers
from reportdesk.checks.engine import check_context_of
from reportdesk.exports import manifest
from reportdesk.exports.formats import REPORT_FORMATS, Choices, faces_for
from reportdesk.exports.manifest import Listed, Manifest, write_manifest
from reportdesk.exports.package import Mail, mail_draft, zip_files
from reportdesk.form.spec import Form
from reportdesk.outgoing.correction import Correction, correction_of
from reportdesk.outgoing.export_files import PublishError, render
from reportdesk.outgoing.file_names import handed_in_stem
from reportdesk.outgoing.hand_in import Numbered, this_hand_in, unit_of, with_hand_in
from reportdesk.outgoing.scan_file import MAX_SCAN, refuse_scan
from reportdesk.outgoing.submission_mail import mail_of
from reportdesk.outgoing.submission_names import folder_for, standing_list
from reportdesk.outgoing.verification import Verdict, VerificationError, verify
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report
from reportdesk.report.edits import apply_edit
from reportdesk.report.file.codec import encode
from reportdesk.report.own_files import MADE_BY, REVIEW_SHEET
from reportdesk.report.public_copy import district_copy, public_copy
from reportdesk.session.gate import says_of
from reportdesk.session.whole_check import REPORT_ALONE, Scope, check_whole
from reportdesk.session.workflow import handed_on_despite, note_despite
from reportdesk.store import disk
from reportdesk.store.atomic_folder import step_aside, write_folder
from reportdesk.store.file import SUFFIX, explain, write_whole
from reportdesk.store.fingerprint import digest_of
from reportdesk.store.user_data.unit_profile import HandIn

PUBLIC, INTERNAL = "公开", "内部"
"""The two folders; the second is also how the names of its files begin."""

USUAL = (HandIn.DOCX, HandIn.GKNB, HandIn.SCAN)
"""What most districts ask for, where the profile does not say."""

MAX_MAILED = 20 * 1024 * 1024
"""Bytes of a zip that usual mail boxes take; a larger one gets no draft of a mail."""

_SCAN = "（盖章扫描件）.pdf"
_FORMATS = {HandIn(one): one for one in REPORT_FORMATS}


class Goes(Enum):
    """Who gets a file; the value is what the clerk reads."""

    DISTRICT = "报送给上级"
    PUBLIC = "可以在网站公开"
    OFFICE = "本单位留存"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: which files, with which scan, for whom, and the time now.

    ``file`` is the report's, after which the folder is named too where another report has its title.
    ``scope`` is what the window checks it with, so that the 审核单 finds the same.
    ``errors``, ``warnings`` and ``unverified`` count what is open and goes along all the same, None if not
    counted.
    """

    now: dt.datetime
    hand_in: tuple[HandIn, ...] = USUAL
    scan: Path | None = None
    report_to: str = ""
    file: Path | None = None
    errors: int | None = None
    warnings: int | None = None
    unverified: int | None = None
    scope: Scope = REPORT_ALONE

    @property
    def despite(self) -> str:
        """What the clerk was shown and handed in all the same, in words; empty if nothing."""
        return says_of(self.errors or 0, self.unverified or 0)


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the folder: its path below it, parted by /, who gets it, what it is, and its bytes."""

    path: str
    goes: Goes
    says: str
    is_zip: bool = False
    is_mail: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """What was made. ``notices`` are sentences that the clerk must see; ``this`` is to be kept with the report."""

    folder: Path
    files: tuple[Made, ...]
    this: Numbered
    mail: Mail
    notices: tuple[str, ...]

    @property
    def code(self) -> str:
        """The 核对码 of what was handed in."""
        return self.this.made.code


Tell = Callable[[int, int, str], None]
"""Hears how many steps of how many are done, and what is made next."""


def make_submission(
    form: Form, report: Report, order: Order, beside: Path, choices: Choices, tell: Tell
) -> Submission:
    """Make the folder in ``beside``, whole or not at all.

    A folder of an earlier time is replaced; where it holds something that the new one does not, it
    stays beside under the name …（旧）.

    Raises:
        PublishError: something could not be made; what stood there stands.
    """
    target = folder_for(report, beside, order.file)
    this = this_hand_in(form, report, order.now, standing_list(target))
    making = _Making(form, report, order, choices, tell, this, correction_of(form, report, this, target))
    kept = kept_scan(form, report, beside, order.file) if order.scan is None else None
    try:
        making.take_scan(order.scan or kept)
        if kept is not None:
            making.notices.append("盖章扫描件沿用上次报送时加入的那一份。")
        old = write_folder(target, making.fill)
    except OSError as error:
        raise PublishError(f"没有做成报送文件夹“{target.name}”：{explain(error)}") from error
    if old is not None:
        making.notices += _part_with(old, target, this.made.code)
    return Submission(target, tuple(making.made), making.this, making.mail(), tuple(making.notices))


def slip_of(
    form: Form,
    report: Report,
    now: dt.datetime,
    choices: Choices,
    file: Path | None = None,
    *,
    scope: Scope,
) -> bytes:
    """The 审核单 as PDF, with what is found in the report on that day; it names the report's file."""
    from reportdesk.exports.internal.review_sheet import render_slip

    name = file.name if file is not None else ""
    checked = check_whole(form, report, now.date(), scope)
    return render_slip(form, report, checked, now, faces_for(choices), name)


def kept_scan(form: Form, report: Report, beside: Path, file: Path | None = None) -> Path | None:
    """The scan in an earlier folder in ``beside`` that is taken along, as long as the report is the very same."""
    folder, code = folder_for(report, beside, file), check_code(form, report)
    try:
        found = verify(folder)
    except VerificationError:
        return None
    same = [one for one in found.files if one.path.endswith(_SCAN) and one.verdict is Verdict.SAME]
    return folder / same[0].path if same and found.code == code else None


@dataclass(slots=True)
class _Making:
    """One folder in the making: the files so far, and what the clerk must be told."""

    form: Form
    report: Report
    order: Order
    choices: Choices
    tell: Tell
    this: Numbered
    correction: Correction | None = None
    made: list[Made] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    _scan: bytes | None = None
    _contents: dict[str, bytes] = field(default_factory=dict)
    _step: int = 0

    def __post_init__(self) -> None:
        if self.this.made.errors is None:
            counted = replace(self.this.made, errors=self.order.errors, warnings=self.order.warnings)
            self.this = Numbered(self.this.number, counted)
        if self.correction is not None and self.correction.changes is None:
            self.notices.append(
                f"这次是退回后的更正。{self.correction.replaced}的年报文件不在旁边，"
                "邮件正文里没有列出改了哪些，请自己写上。"
            )

    @property
    def at(self) -> dt.datetime:
        """When the hand-in was first made, which all its papers say: the same one gives the same bytes."""
        return self.this.made.made

    def take_scan(self, path: Path | None) -> None:
        """Read the scan, if it is asked for; only copied, never looked into.

        Raises:
            PublishError: it cannot be read, is too large or no PDF.
        """
        if HandIn.SCAN not in self.order.hand_in:
            return
        if path is None:
            self.notices.append("还缺盖章扫描件。盖章扫描后加进来，再点一次“报送”。")
            return
        refused = refuse_scan(path)
        if refused:
            raise PublishError(refused)
        try:
            self._scan = disk.read(path, MAX_SCAN)
        except OSError as error:
            raise PublishError(f"扫描件“{path.name}”打不开：{explain(error)}") from error

    def fill(self, folder: Path) -> None:
        """Make every file in the folder, and look whether the disk holds what was written.

        Raises:
            OSError: a file could not be written.
            PublishError: one could not be made, or is not read as it was written.
        """
        for place in (PUBLIC, INTERNAL):
            disk.make_folder(folder / place)
        self._reports()
        self._slip()
        self._packed()
        for path, content in self._contents.items():
            write_whole(folder / path, content)
        listed = (
            Listed(one.path, digest_of(self._contents[one.path]), f"{one.goes.value}：{one.says}")
            for one in self.made
        )
        notes = (
            self._list_title,
            f"由{MADE_BY} 制作",
            *self._despite().splitlines(),
        )
        write_whole(folder / manifest.NAME, write_manifest(self._manifest(listed), notes))
        self._next("核对")
        if not _is_whole(folder):
            raise PublishError("写进去的和读回来的不一样，磁盘或 U 盘可能有故障。请换一个磁盘再报送。")

    def _reports(self) -> None:
        """What the profile names, in its order."""
        name = handed_in_stem(self.report)
        printed = public_copy(self.report)
        for wanted in self.order.hand_in:
            if wanted in _FORMATS:
                self._next(wanted.says)
                rendered = render(_FORMATS[wanted], self.form, printed, self.choices)
                self._add(
                    f"{PUBLIC}/{name}{_FORMATS[wanted].suffix}", rendered.content, Goes.PUBLIC, wanted.says
                )
            elif wanted is HandIn.GKNB:
                self._next(wanted.says)
                self._add(
                    f"{PUBLIC}/{name}{SUFFIX}", encode(printed), Goes.PUBLIC, "年报数据，只含公开的内容"
                )
                known = with_hand_in(self.report, self.this)
                known.notices = with_answers(check_context_of(self.form, known, self.at.date()))
                copy = encode(district_copy(known))
                says = "年报数据，含说明和上年数据，供上级审核，不要公开"
                self._add(f"{INTERNAL}/{INTERNAL}-{name}{SUFFIX}", copy, Goes.DISTRICT, says)
            elif self._scan is not None:
                self._add(f"{INTERNAL}/{INTERNAL}-{name}{_SCAN}", self._scan, Goes.DISTRICT, wanted.says)

    def _slip(self) -> None:
        self._next(REVIEW_SHEET)
        report = self.report
        if self.order.despite:
            report = copy.copy(report)
            report.facts = {**report.facts, Fact.DESPITE: self._despite()}
        content = slip_of(self.form, report, self.at, self.choices, self.order.file, scope=self.order.scope)
        name = f"{INTERNAL}/{INTERNAL}-{REVIEW_SHEET}-{handed_in_stem(self.report)}.pdf"
        self._add(name, content, Goes.OFFICE, f"{REVIEW_SHEET}，领导签字用")

    def _despite(self) -> str:
        """Each time that the report was handed on with something open, this one too."""
        report = self.report
        if self.order.despite:
            report = copy.copy(report)
            report.facts = dict(report.facts)
            apply_edit(report, note_despite(report, self.at, "报送", self.order.despite))
        return "\n".join(handed_on_despite(report))

    def _packed(self) -> None:
        """The zip for the district with a list of its own, and a mail that carries it."""
        self._next("压缩包")
        for_district = {path.rpartition("/")[2]: content for path, content in self._for_district()}
        if not for_district:
            return
        listed = tuple(Listed(name, digest_of(content)) for name, content in for_district.items())
        notes = (self._list_title,)
        for_district[manifest.NAME] = write_manifest(self._manifest(listed), notes)
        packed = zip_files(for_district, self.at)
        self.this = Numbered(self.this.number, replace(self.this.made, digest=digest_of(packed)))
        name = f"{INTERNAL}-报送-{handed_in_stem(self.report)}{'（更正）' if self.correction else ''}.zip"
        has_scan = self._scan is not None
        inside = "、".join(
            wanted.says for wanted in self.order.hand_in if wanted is not HandIn.SCAN or has_scan
        )
        says = f"压缩包，内有 {inside}"
        self.made.insert(0, Made(f"{INTERNAL}/{name}", Goes.DISTRICT, says, is_zip=True, size=len(packed)))
        self._contents[f"{INTERNAL}/{name}"] = packed
        if len(packed) > MAX_MAILED:
            self.notices.append(
                f"压缩包有 {len(packed) // 2**20} MB，一般的邮箱发不出去，请用 U 盘或上级指定的系统报送。"
            )
            return
        draft = mail_draft(self.mail(), {name: packed})
        path = f"{INTERNAL}/{INTERNAL}-邮件草稿-{handed_in_stem(self.report)}.eml"
        self._add(path, draft, Goes.OFFICE, "邮件草稿，用邮件程序打开就能发送", is_mail=True)

    @property
    def _list_title(self) -> str:
        return f"{handed_in_stem(self.report)}　报送清单{'（更正）' if self.correction else ''}"

    def _manifest(self, listed: Iterable[Listed]) -> Manifest:
        made = self.this.made
        year = str(self.report.year or "")
        return Manifest(
            made.code,
            tuple(listed),
            unit_of(self.report),
            year,
            self.this.number,
            made.made,
            made.answers,
            made.unit_id,
        )

    def _for_district(self) -> Iterator[tuple[str, bytes]]:
        """Exactly what the profile names: of the data the district's copy, not the public one."""
        public_data = f"{PUBLIC}/{handed_in_stem(self.report)}{SUFFIX}"
        for one in self.made:
            if one.goes is not Goes.OFFICE and one.path != public_data:
                yield one.path, self._contents[one.path]

    def mail(self) -> Mail:
        """The mail's address, subject and text."""
        return mail_of(self.form, self.report, self.this, self.order.report_to, self.correction)

    def _add(self, path: str, content: bytes, goes: Goes, says: str, *, is_mail: bool = False) -> None:
        self.made.append(Made(path, goes, says, is_mail=is_mail, size=len(content)))
        self._contents[path] = content

    def _next(self, what: str) -> None:
        steps = sum(wanted is not HandIn.SCAN for wanted in self.order.hand_in) + 3
        self.tell(self._step, steps, what)
        self._step += 1


def _is_whole(folder: Path) -> bool:
    try:
        return verify(folder).is_whole
    except VerificationError:
        return False


def _part_with(old: Path, target: Path, code: str) -> list[str]:
    """Remove the old folder if nothing in it would be missed; else name where it stays."""
    if _is_superfluous(old, target, code):
        disk.remove_folder(old)
        return []
    try:
        aside = step_aside(old, target, "旧")
    except OSError:
        aside = old
    return [f"上一次报送的文件夹与这次不同，改名为“{aside.name}”留着。"]


def _is_superfluous(old: Path, target: Path, code: str) -> bool:
    """Whether the old folder is ours, unchanged, of the same report, and all its files are made anew.

    Its scan, which is not made, has to be the very same.
    """
    try:
        before, now = verify(old), verify(target)
    except VerificationError:
        return False
    scans = {one.digest for one in before.files if one.path.endswith(_SCAN)}
    is_all_there = {one.path for one in before.files} <= {one.path for one in now.files}
    has_scans = scans <= {one.digest for one in now.files}
    return before.is_whole and before.code == code and is_all_there and has_scans
