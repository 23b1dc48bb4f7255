"""Values of dataclasses as JSON has them and back, by the types of their fields, for both ends of the pipe.

A field that is added to a value goes over the pipe without a line anywhere. Both ends are of one version, so
nothing here keeps to what was written before; a report's file is ``report.file``'s.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from reportdesk.form.spec import CellRef

_Value = TypeVar("_Value")
_Read = Callable[[Any], Any]
_READ: Mapping[type, _Read] = {
    Path: Path,
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    CellRef: CellRef.parse,
}
"""How what JSON has no sort of its own for is read from its text."""


def to_plain(value: Any) -> Any:
    """The value of numbers, texts, lists and objects alone."""
    if value is None or isinstance(value, str | int | float | Enum):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, dt.date | Path | CellRef):  # a datetime is a date too
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    if isinstance(value, Mapping):
        return {to_plain(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | tuple | list):
        plain = [to_plain(one) for one in value]
        return sorted(plain) if isinstance(value, frozenset) else plain
    return {one.name: to_plain(getattr(value, one.name)) for one in dataclasses.fields(value)}


def from_plain(kind: type[_Value], plain: Any) -> _Value:
    """The value of that kind.

    Raises:
        TypeError, ValueError, LookupError: it is none.
    """
    asked: Any = kind
    read: Callable[[Any], _Value] = _reader(asked)
    return read(plain)


@functools.cache
def _reader(kind: Any) -> _Read:
    if kind in _READ:
        return _READ[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if dataclasses.is_dataclass(kind):
        return _object_reader(kind)
    if isinstance(kind, types.UnionType):
        return _optional_reader(kind)
    if get_origin(kind) is not None:
        return _many_reader(get_origin(kind), get_args(kind))
    return functools.partial(_simple, kind)


def _simple(kind: Any, plain: Any) -> Any:
    if kind is not Any and type(plain) is not kind:
        raise TypeError(f"{plain!r} is no {kind.__name__}")
    return plain


def _object_reader(kind: Any) -> _Read:
    told = get_type_hints(kind)
    readers = {one.name: _reader(told[one.name]) for one in dataclasses.fields(kind)}
    return lambda plain: kind(**{name: read(plain[name]) for name, read in readers.items()})


def _optional_reader(kind: types.UnionType) -> _Read:
    (given,) = (part for part in get_args(kind) if part is not types.NoneType)
    read = _reader(given)
    return lambda plain: None if plain is None else read(plain)


def _many_reader(origin: Any, parts: tuple[Any, ...]) -> _Read:
    """Of a tuple, each of the same kind or each of its own, of a frozenset or of a mapping."""
    readers = [_reader(part) for part in parts if part is not Ellipsis]
    if origin is tuple and Ellipsis not in parts:
        return lambda plain: tuple(read(one) for read, one in zip(readers, plain, strict=True))
    if origin in (tuple, frozenset):
        return lambda plain: origin([readers[0](one) for one in plain])
    read_key, read = readers
    return lambda plain: {read_key(key): read(one) for key, one in plain.items()}
