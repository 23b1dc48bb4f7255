"""What each thing in a parcel says: whose report of which year it is, or why it says nothing.

Reading is done once for each parcel and kept in the cache, by the parcel's hash and the program that read
it. Whose unit that is, and whether it counts, is ``standing``'s: nothing of the round is known here.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from reportdesk import __version__
from reportdesk.desk.parcel import Dropping, Held, Package, Shut, open_parcel
from reportdesk.form.load import load_form
from reportdesk.outgoing.file_verdicts import Verdict, Verified
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.recognise.proposal import Proposal
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report
from reportdesk.report.file.codec import CodecError, Decoded, Trouble, decode, encode
from reportdesk.store import disk
from reportdesk.store.file import SUFFIX, write_whole

_CACHE_VERSION = 1
_MANUAL = ("照着它录入", "照着录入")
_SHOWS_NOTHING = "没有在文件里找到年报"
_GUESSED = ("年报", "年度报告")
"""In a file's name: it is meant as a report, although nothing of one can be read in it."""


class Kind(StrEnum):
    """What a thing in a parcel turned out to be."""

    REPORT = "report"
    """The program's own data, read without a doubt."""
    READ = "read"
    """A report that a reader proposes, to be gone through by a person."""
    BROKEN = "broken"
    MANUAL = "manual"
    """A scan or a picture, to be typed by hand."""
    UNCLEAR = "unclear"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing. ``path`` is its place in the parcel; ``content`` is the report as a .gknb, empty if there is none.

    ``code`` is the 核对码, ``figures`` and ``words`` tell whether two reports hold the same numbers and prose
    whatever else they say. ``touched``: its own digest is not right; ``unlisted``: what the 清单 said of it that is not so.
    """

    path: str
    kind: Kind
    says: str = ""
    content: str = dataclasses.field(default="", repr=False)
    names: tuple[str, ...] = ()
    county: str = ""
    unit_id: str = ""
    unit_kind: str = ""
    year: int = 0
    edition: str = ""
    family: str = ""
    code: str = ""
    figures: str = ""
    words: str = ""
    blank: bool = False
    touched: bool = False
    unlisted: str = ""
    number: int = 0
    made: str = ""

    @property
    def has_report(self) -> bool:
        """Whether there is a report in it."""
        return self.kind in (Kind.REPORT, Kind.READ)

    def report(self) -> Report:
        """The report in it, made anew at each call."""
        return decode(self.content.encode("utf-8", "surrogatepass")).report


ReadFile = Callable[[Path], Proposal]
"""Reads a file that is none of ours, apart from this process; raises UnreadableError."""


def check_report(path: Path, name: str, digest: str, cache: Path, read: ReadFile) -> tuple[Shown, ...]:
    """What the parcel in that file shows, which came under that name; from the cache if it was read before.

    Raises:
        OSError: the parcel cannot be read, or is not what came.
    """
    kept = cache / f"{digest[:32]}.json"
    known = _from_cache(kept, digest, name)
    if known is not None:
        return known
    content = disk.read(path)
    if hashlib.sha256(content).hexdigest() != digest:
        raise OSError(errno.EIO, "not what came", str(path))
    found = tuple(
        shown for held in open_parcel(PurePosixPath(name).name, content) for shown in _show(held, cache, read)
    )
    with contextlib.suppress(OSError):  # a cache: it is read again the next time
        disk.make_folder(cache)
        write_whole(kept, _to_cache(found, digest, name))
    return found


def _show(held: Held, cache: Path, read: ReadFile) -> Iterator[Shown]:
    if isinstance(held, Dropping):
        yield Shown(held.path, Kind.NOTHING, "系统或办公软件自己放的文件，略过。")
    elif isinstance(held, Shut):
        yield Shown(held.path, Kind.BROKEN, held.says)
    elif isinstance(held, Package):
        yield _of_package(held, cache, read)
    else:
        yield _of_file(held.path, held.content, cache, read)


def _of_package(package: Package, cache: Path, read: ReadFile) -> Shown:
    """The report of a package: its data file, the district's copy before any other, else what can be read."""
    found, manifest = package.found, package.found.manifest
    data = [one for one in found.files if one.path.endswith(SUFFIX) and one.content]
    best = max(data, key=_worth, default=None)
    if best is None:
        wrong = _not_as_listed(found.files)
        return Shown(
            package.path,
            Kind.BROKEN,
            f"清单里的年报文件读不到：{wrong or '里面没有年报文件'}。请对方重新发送。",
        )
    shown = _of_file(f"{package.path}/{best.path}", best.content, cache, read)
    return dataclasses.replace(
        shown,
        unlisted=_not_as_listed(found.files),
        number=manifest.number or shown.number,
        made=manifest.made.isoformat() if manifest.made else shown.made,
        names=shown.names or ((manifest.unit,) if manifest.unit else ()),
    )


def _worth(one: Verified) -> tuple[bool, bool]:
    return one.verdict is Verdict.SAME, PurePosixPath(one.path).name.startswith("内部")


def _not_as_listed(files: Iterable[Verified]) -> str:
    """Which files are not what the list says, in a clerk's words; files beside the listed ones do no harm."""
    wrong = [one for one in files if not one.verdict.is_well and one.verdict is not Verdict.EXTRA]
    return "；".join(f"{one.path} {one.verdict.value}" for one in wrong[:5])


def _of_file(path: str, content: bytes, cache: Path, read: ReadFile) -> Shown:
    if not content:
        return Shown(path, Kind.BROKEN, "文件是空的，0 字节。请对方重新发送。")
    if PurePosixPath(path).suffix.lower() == SUFFIX or content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{"):
        try:
            return dataclasses.replace(
                _of_report(path, decode(content)), content=content.decode("utf-8-sig", "surrogatepass")
            )
        except CodecError as error:
            unknown = error.trouble is Trouble.NEWER
            return Shown(path, Kind.UNCLEAR if unknown else Kind.BROKEN, str(error))
    return _of_other(path, content, cache, read)


def _of_report(path: str, decoded: Decoded) -> Shown:
    report = decoded.report
    number = max(report.hand_ins, default=0)
    last = report.hand_ins.get(number)
    told = (report.facts.get(Fact.FULL_NAME, ""), report.facts.get(Fact.TITLE_NAME, ""))
    return dataclasses.replace(
        _facts(path, Kind.REPORT, report, [name for name in told if name][:1]),
        says="".join(decoded.notices),
        touched=bool(decoded.notices),
        number=number,
        made=last.made.isoformat() if last else "",
        unit_id=last.unit_id if last else "",
    )


def _of_other(path: str, content: bytes, cache: Path, read: ReadFile) -> Shown:
    """What a reader makes of the file, which lies in the cache meanwhile."""
    digest = hashlib.sha256(content).hexdigest()
    place = cache / f"{digest[:16]}{PurePosixPath(path).suffix[:10]}"
    try:
        disk.make_folder(cache)
        write_whole(place, content)
        proposal = read(place)
    except UnreadableError as error:
        return Shown(path, _kind_of(path, str(error)), str(error))
    finally:
        with contextlib.suppress(OSError):
            disk.remove(place)
    report = proposal.to_report()
    told = (Fact.FULL_NAME, Fact.TITLE_NAME, Fact.CLOSING_UNIT)
    names = list(dict.fromkeys(name for fact in told if (name := report.facts.get(fact, "").strip())))
    says = "；".join(one.says for one in proposal.outcomes if one.standing is not Standing.FOUND)[:500]
    return dataclasses.replace(
        _facts(path, Kind.READ, report, names), says=says, content=encode(report).decode()
    )


def _kind_of(path: str, refusal: str) -> Kind:
    if any(words in refusal for words in _MANUAL):
        return Kind.MANUAL
    if _SHOWS_NOTHING in refusal:
        return Kind.UNCLEAR if any(word in path for word in _GUESSED) else Kind.NOTHING
    return Kind.BROKEN


def _facts(path: str, kind: Kind, report: Report, names: Sequence[str]) -> Shown:
    form = load_form(report.edition)
    told = {str(ref): str(value) for ref, value in report.cells.items()}
    prose = {part: "".join(text.split()) for part, text in report.prose.items() if text.strip()}
    return Shown(
        path=path,
        kind=kind,
        names=tuple(" ".join(name.split()) for name in names),
        county=report.facts.get(Fact.COUNTY, "").strip(),
        unit_kind=report.facts.get(Fact.UNIT_KIND, ""),
        year=report.year or 0,
        edition=report.edition,
        family=report.family,
        code=check_code(form, report),
        figures=_sum_of(told),
        words=_sum_of(prose),
        blank=not report.cells and not any(part != "opening" for part in prose),
    )


def _sum_of(told: dict[str, str]) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _to_cache(found: Sequence[Shown], digest: str, name: str) -> bytes:
    content = {
        "cache": _CACHE_VERSION,
        "program": __version__,
        "sha256": digest,
        "name": name,
        "shown": [dataclasses.asdict(one) for one in found],
    }
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _from_cache(path: Path, digest: str, name: str) -> tuple[Shown, ...] | None:
    try:
        told: dict[str, Any] = json.loads(disk.read(path).decode("utf-8", "surrogatepass"))
        if [told["cache"], told["program"], told["sha256"], told["name"]] != [
            _CACHE_VERSION,
            __version__,
            digest,
            name,
        ]:
            return None
        return tuple(
            Shown(**{**one, "kind": Kind(one["kind"]), "names": tuple(one["names"])}) for one in told["shown"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
