"""Reads an edition of the form from TOML and refuses a bad one with its line and the reason.

Built as a walk over tables of keys, so that every key is either read or refused. What is
refused here or by ``soundness`` never reaches a window: layout and relations may rely on it.
"""

from __future__ import annotations

import contextlib
import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from reportdesk.form.refusal import FormError, line_of
from reportdesk.form.soundness import refuse_unsound
from reportdesk.form.spec import (
    DEFAULT_FAMILY,
    Balance,
    Block,
    CellKind,
    CellRef,
    Column,
    Form,
    Part,
    Row,
    Section,
    Table,
)
from reportdesk.resources import editions, is_shipped, resource

_Read = TypeVar("_Read")

_EDITION = re.compile(r"[0-9A-Za-z_-]{1,40}")
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_PART_ID = re.compile(r"[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,59})?")
_YEARS = range(2008, 10_000)
"""The regulation that asks for the report is in force since 2008."""
_DEFAULT_KIND = "count"
_NUMBERS = re.compile("[0-9]+")


@functools.cache
def load_form(edition: str) -> Form:
    """The shipped form of that edition.

    Raises:
        FormError: there is no such edition, or its file is not sound.
    """
    if not _EDITION.fullmatch(edition):
        raise FormError("年报格式的版本号不对")
    path = resource("forms", f"{edition}.toml")
    if not path.is_file():
        raise FormError(f"本程序没有 {edition} 版的年报格式")
    return read_form(path)


def known_forms() -> tuple[Form, ...]:
    """Every form there is, shipped or handed out: the annual report's first, of each family the newest first.

    One that is not sound is passed over. Old editions are for reading.
    """
    return tuple(sorted(_sound_forms(), key=lambda form: (form.family != DEFAULT_FAMILY, *_newest(form))))


def edition_for(year: int, family: str = DEFAULT_FAMILY) -> str:
    """The newest edition of the family that a report about the year is made in.

    Of several that begin in one year it is that of the newest document, then the shipped one.

    Raises:
        FormError: there is none.
    """
    return _edition_among(tuple(_sound_forms()), year, family)


@functools.lru_cache(maxsize=8)
def _edition_among(known: tuple[Form, ...], year: int, family: str) -> str:
    """The same of these forms; each check asks for it."""
    forms = sorted((form for form in known if form.family == family), key=_newest)
    if not forms:
        raise FormError("本程序没有可用的年报格式")
    return next((form for form in forms if form.first_year <= year), forms[-1]).edition


def _sound_forms() -> Iterator[Form]:
    for edition in sorted(editions()):
        with contextlib.suppress(FormError):
            yield load_form(edition)


@functools.lru_cache(maxsize=64)
def _newest(form: Form) -> tuple[int, tuple[int, ...], bool, str]:
    """What sorts the newest edition of a family first: its first year, its document's year and number."""
    document = tuple(-int(number) for number in _NUMBERS.findall(form.document))
    return -form.first_year, document or (0,), not is_shipped("forms", f"{form.edition}.toml"), form.edition


def read_form(path: Path) -> Form:
    """The form in a TOML file.

    Raises:
        FormError: the file is not sound; the error names line and reason.
        OSError: the file cannot be read.
    """
    try:
        return parse_form(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FormError("文件不是 UTF-8 编码") from error


def parse_form(source: str) -> Form:
    """The form that the TOML text describes.

    Raises:
        FormError: as for ``read_form``.
    """
    try:
        document = tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # also a number or a nesting beyond Python's limits
        line = re.search(r"at line (\d+)", str(error))
        raise FormError("不符合 TOML 的写法", int(line[1]) if line else source.count("\n") + 1) from error
    form = _Keys(document, source, line=1).whole(_form)
    refuse_unsound(form, source)
    return form


class _Keys:
    """One table of the file: hands out its keys and knows near which line they stand.

    Each ``take`` raises FormError where its key is missing or not as it should be.
    """

    def __init__(self, values: Mapping[str, Any], source: str, line: int) -> None:
        self._values = dict(values)
        self._source = source
        own = values.get("id") or values.get("banner")
        self.line = line_of(source, f'"{own}"', line) if isinstance(own, str) else line

    def take(self, key: str, kind: type[_Read], default: _Read | None = None) -> _Read:
        if key not in self._values:
            if default is None:
                raise FormError(f"缺少 {key}", self.line)
            return default
        value = self._values.pop(key)
        wrong_bool = isinstance(value, bool) and kind is not bool
        if wrong_bool or not isinstance(value, kind):
            raise FormError(f"{key} 的值类型不对", self.line_of(key))
        return value

    def left(self) -> tuple[str, ...]:
        """The keys that nobody took yet."""
        return tuple(self._values)

    def line_of(self, key: str) -> int:
        """The line on which the key is set, as near as can be told."""
        return line_of(self._source, re.compile(rf"\b{re.escape(key)}\b\"?\s*="), self.line)

    def take_text(self, key: str) -> str:
        """A text that stands in headings or sentences and so may not be empty."""
        text = self.take(key, str)
        if not text.strip():
            raise FormError(f"{key} 不能为空", self.line_of(key))
        return text

    def take_id(self, pattern: re.Pattern[str] = _ID) -> str:
        found = self.take("id", str)
        if not pattern.fullmatch(found):
            raise FormError(f"id “{found}” 只能用小写字母、数字和下划线，以字母开头，不超过 60 个", self.line)
        return found

    def take_words(self, key: str) -> tuple[str, ...]:
        words = self.take(key, list)
        if not all(isinstance(word, str) and word.strip() for word in words):
            raise FormError(f"{key} 里只能是文字，不能有空的", self.line_of(key))
        return tuple(words)

    def take_names(self, key: str) -> tuple[str, ...]:
        """Words of which there must be at least one, and none twice."""
        names = self.take_words(key)
        if not names:
            raise FormError(f"{key} 不能为空", self.line_of(key))
        if len(set(names)) < len(names):
            raise FormError(f"{key} 里有重复的", self.line_of(key))
        return names

    def take_items(self) -> tuple[str, ...]:
        """What a total sums; a row or column without the key is typed."""
        return self.take_names("total_of") if "total_of" in self._values else ()

    def take_number(self, key: str) -> float:
        return self.size(key, self.take(key, int | float))  # type: ignore[arg-type]

    def size(self, key: str, number: object) -> float:
        """A length in points or shares: above 0 and of this world."""
        wrong = isinstance(number, bool) or not isinstance(number, int | float)
        if wrong or not 0 < number < 100_000:  # type: ignore[operator]  # noqa: PLR2004
            raise FormError(f"{key} 只能是大于 0 的数", self.line_of(key))
        return float(number)  # type: ignore[arg-type]

    def take_all(
        self, key: str, read: Callable[[_Keys], _Read], *, required: bool = False
    ) -> tuple[_Read, ...]:
        members = self.take(key, list, None if required else [])
        if required and not members:
            raise FormError(f"{key} 不能为空", self.line)
        line = self.line
        found = []
        for member in members:
            if not isinstance(member, dict):
                raise FormError(f"{key} 的写法不对", self.line_of(key))
            keys = _Keys(member, self._source, line)
            line = keys.line
            found.append(keys.whole(read))
        return tuple(found)

    def below(self, values: Mapping[str, Any], heading: str = "") -> _Keys:
        """The keys of a table that stands under this one, below the line with the heading."""
        return _Keys(values, self._source, line_of(self._source, heading, self.line))

    def whole(self, read: Callable[[_Keys], _Read]) -> _Read:
        """Read all of this table; a key that nobody took is a mistyped one."""
        result = read(self)
        for key in self._values:
            raise FormError(f"不认识的键 {key}", self.line_of(key))
        return result


def _form(keys: _Keys) -> Form:
    edition = keys.take("edition", str)
    if not _EDITION.fullmatch(edition):
        raise FormError("edition 只能用字母、数字、下划线和短横，不超过 40 个", keys.line_of("edition"))
    first_year = keys.take("first_year", int)
    if first_year not in _YEARS:
        raise FormError("first_year 不是年份", keys.line_of("first_year"))
    family = keys.take("family", str, DEFAULT_FAMILY)
    if not _ID.fullmatch(family):
        raise FormError(
            "family 只能用小写字母、数字和下划线，以字母开头，不超过 60 个", keys.line_of("family")
        )
    cell_roles, part_roles = keys.below(keys.take("roles", dict, {}), "[roles").whole(_roles)
    return Form(
        edition=edition,
        name=keys.take_text("name"),
        document=keys.take_text("document"),
        first_year=first_year,
        title=keys.take_names("title"),
        kinds=_kinds(keys),
        opening=keys.below(keys.take("opening", dict), "[opening]").whole(_part),
        sections=keys.take_all("sections", _section, required=True),
        cell_roles=cell_roles,
        part_roles=part_roles,
        family=family,
    )


def _kinds(keys: _Keys) -> dict[str, CellKind]:
    kinds = {}
    for kind_id, kind in keys.take("kinds", dict).items():
        if not isinstance(kind, dict) or not _ID.fullmatch(kind_id):
            raise FormError("kinds 的写法不对，应为 [kinds.名称]", keys.line_of(kind_id))
        read = functools.partial(_kind, kind_id)
        kinds[kind_id] = keys.below(kind, f"[kinds.{kind_id}]").whole(read)
    return kinds


def _roles(keys: _Keys) -> tuple[dict[str, tuple[CellRef, ...]], dict[str, str]]:
    cells = keys.below(keys.take("cells", dict, {}), "[roles.cells]")
    parts = keys.below(keys.take("parts", dict, {}), "[roles.parts]")
    return cells.whole(_cell_roles), parts.whole(_part_roles)


def _cell_roles(keys: _Keys) -> dict[str, tuple[CellRef, ...]]:
    roles = {}
    for role in keys.left():
        line = keys.line_of(role)
        try:
            roles[role] = tuple(CellRef.parse(key) for key in keys.take_names(role))
        except ValueError as error:
            if isinstance(error, FormError):
                raise
            raise FormError(f"{role} 里应写成 表.行.列", line) from error
    return roles


def _part_roles(keys: _Keys) -> dict[str, str]:
    return {role: keys.take_text(role) for role in keys.left()}


def _kind(kind_id: str, keys: _Keys) -> CellKind:
    places = keys.take("places", int, 0)
    if not 0 <= places <= 8:  # noqa: PLR2004 - more places than any amount of money has
        raise FormError("places 只能是 0 到 8", keys.line_of("places"))
    return CellKind(kind_id, keys.take_text("unit"), places, keys.take("signed", bool, False))


def _part(keys: _Keys) -> Part:
    return Part(
        keys.take_id(_PART_ID),
        keys.take("heading", str),
        keys.take("asks", str),
        keys.take("draft", str, ""),
    )


def _section(keys: _Keys) -> Section:
    section = Section(
        keys.take_id(),
        keys.take_text("title"),
        keys.take_text("short"),
        keys.take_all("parts", _part),
        keys.take_all("tables", _table),
    )
    if not section.parts and not section.tables:
        raise FormError(f"{section.title} 既没有文字部分也没有表", keys.line)
    return section


def _table(keys: _Keys) -> Table:
    return Table(
        keys.take_id(),
        keys.take_text("name"),
        keys.take_all("blocks", _block, required=True),
        tuple(_widths(keys)),
        keys.take_number("text_size"),
        keys.take_number("row_height"),
    )


def _widths(keys: _Keys) -> Iterable[float]:
    for width in keys.take("widths", list):
        yield keys.size("widths", width)


def _block(keys: _Keys) -> Block:
    return Block(
        keys.take("banner", str, ""),
        keys.take("stubhead", str, ""),
        keys.take_all("columns", _column, required=True),
        keys.take_all("rows", _row, required=True),
        keys.take_all("balances", _balance),
    )


def _column(keys: _Keys) -> Column:
    return Column(
        keys.take_id(),
        keys.take_words("label"),
        keys.take("kind", str, _DEFAULT_KIND),
        keys.take_items(),
        keys.take("rule", str, ""),
    )


def _row(keys: _Keys) -> Row:
    return Row(
        keys.take_id(),
        keys.take_words("label"),
        keys.take_items(),
        keys.take("rule", str, ""),
        keys.take("kind", str, ""),
    )


def _balance(keys: _Keys) -> Balance:
    return Balance(
        keys.take("rule", str, ""),
        keys.take_names("plus"),
        keys.take_names("equals"),
        keys.take_text("says"),
        keys.take("advice", str, ""),
    )
