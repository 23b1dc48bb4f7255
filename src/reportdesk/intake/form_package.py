"""A .gkform: an edition of the form, or rules, that a district hands out between two versions.

It is a .zip of files as they stand below resources/, with their sums. It is taken in whole or not at
all: each file must be what the sums say and sound by the very tests that the program's own must
pass. A form must be an edition that the program lacks; a rule holds for the version it was made for.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportdesk import __version__
from reportdesk.form.load import known_forms, load_form, parse_form
from reportdesk.form.refusal import FormError
from reportdesk.form.spec import Form
from reportdesk.intake.form_trial import refuse_forms
from reportdesk.intake.forms_taken import Taken, folder, note
from reportdesk.intake.rule_trial import refuse_collisions, refuse_losses, refuse_rules
from reportdesk.readers.files.limits import MAX_FILE
from reportdesk.readers.files.safe_zip import open_archive
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.report.text.characters import fold, says_folded
from reportdesk.report.text.days import spell_day
from reportdesk.resources import is_shipped, resource
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain, write_whole

SUMS = "SHA256SUMS"
VERSION = "VERSION"
"""The member that names the program's version for which rules were made."""

_FORM = re.compile(r"forms/([0-9A-Za-z_-]{1,40})\.toml")
_SENTENCES = re.compile(r"sentences/([0-9A-Za-z_-]{1,40})\.toml")
_RULES = re.compile(r"rules/[a-z_]{1,40}\.(toml|txt)")
_ODD_SIGNS = "rules/characters.toml"
"""The list of signs that only look like characters: the one file that is to hold them."""
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_MOST_MEMBERS = 40
_MOST_BYTES = 1 << 20
_SHOWN = 8
_GROUP = 4


class HandedOutError(Exception):
    """A .gkform is not taken in; the message tells the clerk why and what to do."""


@dataclass(frozen=True, slots=True)
class Package:
    """What a .gkform holds, found sound. ``files`` are by their path below resources/."""

    files: Mapping[str, bytes]
    forms: tuple[Form, ...]
    check_code: str
    """The first characters of the sum of sums: said by telephone, it tells two packages apart."""
    folded: int = 0
    """Signs in it that only looked like characters and were folded."""
    name: str = ""
    """What the file is called."""
    digest: str = ""
    """The SHA-256 of the whole file, in hexadecimal."""

    @property
    def rules(self) -> Mapping[str, bytes]:
        """The files of rules among them."""
        return {name: content for name, content in self.files.items() if _RULES.fullmatch(name)}

    @property
    def digest_to_read_out(self) -> str:
        """The digest in groups of four, to be compared by telephone with who sent the file."""
        return " ".join(self.digest[at : at + _GROUP] for at in range(0, len(self.digest), _GROUP))

    @property
    def says(self) -> str:
        """What it brings."""
        brings = [f"{form.first_year} 年度起的年报格式“{form.name}”" for form in self.forms]
        if self.rules:
            brings.append(f"{len(self.rules)} 个审核规则文件")
        return "、".join(brings) + (f"（{says_folded(self.folded).rstrip('。')}）" if self.folded else "")


def read_package(path: Path) -> Package:
    """The package in the file, verified.

    Raises:
        HandedOutError: it cannot be read, was changed, or something in it is not sound.
    """
    try:
        content = disk.read(path, MAX_FILE)
    except OSError as error:
        raise HandedOutError(f"打不开“{path.name}”：{explain(error)}") from error
    try:
        package = _package_in(content)
        return replace(package, name=path.name, digest=hashlib.sha256(content).hexdigest())
    except FormError as error:
        raise HandedOutError(f"“{path.name}”里的年报格式有错：{error}。请告诉发文件的单位。") from error
    except _UnfitError as error:
        raise HandedOutError(f"“{path.name}”不能用：{error}。请向发文件的单位重新索取。") from error


def take_in(package: Package, now: dt.datetime) -> str:
    """Take a package that was read in for good, and put it on the record; a sentence that says what came of it.

    Raises:
        HandedOutError: the program's folder takes no files.
    """
    below = {
        f"{__version__}/{name}" if name in package.rules else name: content
        for name, content in package.files.items()
    }
    record = Taken(package.name, package.digest, spell_day(now), package.says, tuple(below))
    try:
        _put_all({folder() / name: content for name, content in below.items()})
        note(record)
    except OSError as error:
        raise HandedOutError(
            f"写不进程序所在的文件夹“{folder()}”：{explain(error)}也可以请电脑管理员来做这一步。"
        ) from error
    except StoreError as error:
        raise HandedOutError(str(error)) from error
    load_form.cache_clear()
    return f"已导入{package.says}，核对码 {package.check_code}。重新打开年报台后使用；要撤下，在“设置”的“上级文件”里。"


def make_package(target: Path, resources: Path, names: Iterable[str]) -> Package:
    """Write a .gkform of files below a folder that is laid out as resources/; what it holds.

    Raises:
        HandedOutError: what would be written would not be taken in, or a file cannot be read or
            written; what stood at ``target`` is untouched.
    """
    try:
        files = {name: disk.read(resources / name, MAX_FILE) for name in sorted(names)}
        files[VERSION] = f"{__version__}\n".encode()
        sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**files, SUMS: sums.encode()}.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        package = _package_in(packed.getvalue())
        write_whole(target, packed.getvalue())
    except OSError as error:
        raise HandedOutError(f"做不出“{target.name}”：{explain(error)}") from error
    except (FormError, _UnfitError) as error:
        raise HandedOutError(f"做不出“{target.name}”：{error}。请改好文件夹“{resources}”再做。") from error
    return package


class _UnfitError(ValueError):
    """Why a package is not taken in, in Chinese."""


def _package_in(content: bytes) -> Package:
    """The package that the bytes are.

    Raises:
        FormError: a form in it is not sound.
        _UnfitError: it is none of ours, was changed, or something else in it is not sound.
    """
    members = _members(content)
    read = {name: _folded(name, content) for name, content in _verified(members).items()}
    files = {name: content for name, (content, _count) in read.items()}
    forms = _sound(files, members.get(VERSION, b""))
    return Package(files, forms, _code(members[SUMS]), sum(count for _content, count in read.values()))


def _members(content: bytes) -> dict[str, bytes]:
    try:
        archive = open_archive(content)
        names = tuple(archive.names)
        if len(names) > _MOST_MEMBERS:
            raise _UnfitError("里面的文件太多")
        return {name: archive.read(name, _MOST_BYTES) for name in names}
    except UnreadableError as error:
        raise _UnfitError("文件不完整，或不是年报台做的") from error


def _folded(name: str, content: bytes) -> tuple[bytes, int]:
    """The file without signs that only look like characters, and how many there were."""
    if name == _ODD_SIGNS:
        return content, 0
    text, count = fold(_text(name, content))
    return text.encode(), count


def _put_all(files: Mapping[Path, bytes]) -> None:
    """Write all the files, or put back what stood in their places.

    Raises:
        OSError: one could not be written.
    """
    before = {target: target.read_bytes() if target.exists() else None for target in files}
    try:
        for target, content in files.items():
            disk.make_folder(target.parent)
            write_whole(target, content)
    except OSError:
        for target, content_before in before.items():
            with contextlib.suppress(OSError):  # what went wrong first is what is told
                if content_before is None:
                    disk.remove(target)
                else:
                    write_whole(target, content_before)
        raise


def _verified(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that may be taken in, each as the sums have it; what is nothing of ours is refused."""
    if SUMS not in members:
        raise _UnfitError("没有校验值，不是年报台的文件")
    named = {name: digest for digest, name in _LINE.findall(members[SUMS].decode("utf-8", errors="replace"))}
    if set(named) != set(members) - {SUMS}:
        raise _UnfitError("内容与校验值的清单不一致")
    for name, digest in named.items():
        if hashlib.sha256(members[name]).hexdigest() != digest:
            raise _UnfitError(f"{name} 与校验值不一致，可能被改动过")
    files = {name: content for name, content in members.items() if name not in {SUMS, VERSION}}
    strange = [
        name for name in files if not any(kind.fullmatch(name) for kind in (_FORM, _SENTENCES, _RULES))
    ]
    if strange or not files:
        raise _UnfitError(f"不认识里面的 {strange[0]}" if strange else "里面没有内容")
    return files


def _sound(files: Mapping[str, bytes], version: bytes) -> tuple[Form, ...]:
    forms: dict[str, Form] = {}
    for name, content in files.items():
        if edition := _FORM.fullmatch(name):
            form = parse_form(_text(name, content))
            if form.edition != edition[1]:
                raise _UnfitError(f"{name} 里写的是 {form.edition} 版")
            if _is_shipped(form.edition):
                raise _UnfitError(f"程序里已经有 {form.edition} 版年报格式")
            _refuse_borrowed_name(form)
            forms[form.edition] = form
    for name, content in files.items():
        if sentences := _SENTENCES.fullmatch(name):
            if sentences[1] not in forms:
                raise _UnfitError(f"{name} 没有对应的年报格式")
            _refuse_strange_sentences(name, content, forms[sentences[1]])
        elif _RULES.fullmatch(name):
            if version.decode("ascii", errors="replace").strip() != __version__:
                raise _UnfitError(f"里面的审核规则不是给 {__version__} 版程序的")
            _refuse_strange_rules(name, content)
    _refuse_failing(files)
    return tuple(forms.values())


def _refuse_failing(files: Mapping[str, bytes]) -> None:
    """Refuse rules that cannot be run and forms whose own exports are not read back."""
    for pattern, refuse in ((_RULES, refuse_rules), (_FORM, refuse_forms)):
        of_kind = {name: content for name, content in files.items() if pattern.fullmatch(name)}
        why = refuse(of_kind) if of_kind else ""
        if why:
            raise _UnfitError(why)


def _is_shipped(edition: str) -> bool:
    return is_shipped("forms", f"{edition}.toml")


def _refuse_borrowed_name(form: Form) -> None:
    """An edition is known to the clerk by its name: it may not be that of another one."""
    for other in known_forms():
        if other.edition != form.edition and other.name == form.name:
            raise _UnfitError(f"里面的 {form.edition} 版年报格式用了 {other.edition} 版的名字“{form.name}”")


def _refuse_strange_sentences(name: str, content: bytes, form: Form) -> None:
    from reportdesk.session.sentences import PatternError, parse_patterns

    try:
        parse_patterns(_text(name, content), form)
    except (PatternError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise _UnfitError(f"{name} 里的句式与年报格式不符") from error


def _refuse_strange_rules(name: str, content: bytes) -> None:
    """A rule's file has what the shipped one has, of the same kinds: its reader asks for no less."""
    shipped = resource() / name
    if not shipped.is_file():
        raise _UnfitError(f"程序没有 {name} 这个规则文件")
    if name.endswith(".toml"):
        try:
            given = tomllib.loads(_text(name, content))
        except tomllib.TOMLDecodeError as error:
            raise _UnfitError(f"{name} 不符合 TOML 的写法") from error
        try:
            collide = refuse_collisions(name, given)
        except (AttributeError, TypeError):
            collide = ""  # what is no table of lists is refused below
        if collide:
            raise _UnfitError(collide)
        own = tomllib.loads(shipped.read_text(encoding="utf-8"))
        if not _is_shaped_like(given, own):
            raise _UnfitError(f"{name} 与程序里的同名文件写法不同")
        if lost := refuse_losses(name, given, own):
            raise _UnfitError(lost)
    elif not _text(name, content).strip():
        raise _UnfitError(f"{name} 是空的")


def _is_shaped_like(given: Any, shipped: Any) -> bool:
    if type(given) is not type(shipped):
        return False
    if isinstance(shipped, dict):
        return given.keys() == shipped.keys() and all(
            _is_shaped_like(given[key], shipped[key]) for key in shipped
        )
    if isinstance(shipped, list) and shipped:
        return bool(given) and all(any(_is_shaped_like(one, other) for other in shipped) for one in given)
    return True


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnfitError(f"{name} 不是 UTF-8 编码") from error


def _code(sums: bytes) -> str:
    return hashlib.sha256(sums).hexdigest()[:_SHOWN].upper()
