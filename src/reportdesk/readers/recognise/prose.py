"""Puts the text of a file into the parts of the form: headings first, then what stands between them.

Nothing is lost: text that belongs to no part of the form is put into the nearest one, or named.
Tables are ``recognise``'; title and closing are ``front_matter``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportdesk.form.spec import Form, Part, Section
from reportdesk.readers.files.reading_notes import Outcome, Standing, doubtful, shorten
from reportdesk.readers.files.visible import VisibleParagraph
from reportdesk.readers.recognise.headings import SURE, Found, find_headings, rules
from reportdesk.readers.tables.recognise import Piece, TableMark

_IMPROVEMENTS = "improvements"
_HINT = re.compile("[（(]文字描述[^（()）]*[）)]")
"""What the form as it was published says where text is to be written (国办公开办函〔2021〕30号)."""
_OPENING_WORDS = 12
"""Characters of a paragraph in which it says that it speaks of improvements."""


@dataclass(slots=True)
class ProseRead:
    """Paragraphs by part, headings that are not the official ones, and what is to be said of them.

    ``front`` is all before the first heading, with the title still in it.
    """

    front: tuple[VisibleParagraph, ...] = ()
    paragraphs: dict[str, list[str]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    last_part: str = ""
    """The part in which the text of the file ends, and with it perhaps the closing."""


def read_prose(form: Form, pieces: Sequence[Piece]) -> ProseRead:
    """The prose of the form's parts out of all that is not a table of the form."""
    read = ProseRead()
    pieces = _without_hints(read, pieces)
    found = find_headings(form, pieces)
    pieces = _without_repeats(form, pieces, {one.at for one in found})
    read.front = tuple(_paragraphs(pieces[: found[0].at] if found else pieces))
    ends = [one.at for one in found[1:]] + [len(pieces)]  # without a heading there is an end all the same
    segments: list[_Segment] = []
    for one, end in zip(found, ends, strict=False):
        under, strange = _up_to_other_table(form, one, pieces[one.at + 1 : end])
        segments.append(_Segment(one, under))
        for section, lines in strange:
            _note_homeless(read, section, lines)
    for section in form.sections:
        own = [segment for segment in segments if segment.found.slot.section is section]
        _read_section(form, read, section, own)
    return read


def _without_hints(read: ProseRead, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without what a blank form says where text is to be written; that is told."""
    kept = list(pieces)
    for at, piece in enumerate(kept):
        if isinstance(piece, VisibleParagraph) and _HINT.fullmatch(piece.text.strip()):
            kept[at] = VisibleParagraph("")
            says = f"“{shorten(piece.text.strip())}”是空白格式上的提示，不是正文，没有读入。"
            if says not in [outcome.says for outcome in read.outcomes]:
                read.outcomes.append(doubtful(says))
    return kept


def _without_repeats(form: Form, pieces: Sequence[Piece], headings: set[int]) -> list[Piece]:
    """The pieces with headings that stand there again, as above a table on its sheet, made empty."""
    titles = {"".join(section.title.split()) for section in form.sections}
    titles |= {table.name for table in form.tables.values()}
    return [
        VisibleParagraph("")
        if isinstance(piece, VisibleParagraph)
        and at not in headings
        and "".join(piece.text.split()) in titles
        else piece
        for at, piece in enumerate(pieces)
    ]


@dataclass(frozen=True, slots=True)
class _Segment:
    """A heading and what follows it up to the next."""

    found: Found
    pieces: Sequence[Piece]

    def paragraphs(self) -> list[VisibleParagraph]:
        """What stands under the heading, the rest of its own line first."""
        rest = [VisibleParagraph(self.found.rest)] if self.found.rest else []
        return [*rest, *_paragraphs(self.pieces)]


def _up_to_other_table(
    form: Form, found: Found, pieces: Sequence[Piece]
) -> tuple[Sequence[Piece], list[tuple[Section, list[VisibleParagraph]]]]:
    """What stands under a heading before a table of another section, and the text behind such tables."""
    own: list[Piece] = []
    strange: list[tuple[Section, list[VisibleParagraph]]] = []
    for piece in pieces:
        if isinstance(piece, TableMark) and form.section_of[piece.table] is not found.slot.section:
            strange.append((form.section_of[piece.table], []))
        elif strange:
            strange[-1][1].extend(_paragraphs([piece]))
        else:
            own.append(piece)
    return own, strange


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[VisibleParagraph]:
    return (piece for piece in pieces if isinstance(piece, VisibleParagraph) and piece.text.strip())


def _read_section(form: Form, read: ProseRead, section: Section, segments: Sequence[_Segment]) -> None:
    if not segments:
        if section.parts:
            read.outcomes.append(Outcome(Standing.NOT_FOUND, f"没有找到“{section.title}”。", section.id))
        return
    intro: list[VisibleParagraph] = []
    parts: dict[str, _Segment] = {}
    for segment in segments:
        if segment.found.slot.part is None:
            _note_altered(read, section, segment.found)
            intro = segment.paragraphs()
        else:
            parts[segment.found.slot.part.id] = segment
    if not section.parts:
        _note_homeless(read, section, intro)
        return
    called = _by_file_headings(section, parts, intro)
    if called is not None:
        for part, heading, paragraphs in called:
            _put(read, section, part, heading, paragraphs)
    elif not parts:
        _read_undivided(form, read, section, intro)
    else:
        _read_parts(read, section, parts, intro)
    _note_missing(read, section)


def _by_file_headings(
    section: Section, parts: dict[str, _Segment], intro: Sequence[VisibleParagraph]
) -> list[tuple[Part, str, list[VisibleParagraph]]] | None:
    """The parts in the file's own order of headings, if it calls as many lines headings as there are parts.

    So our own files are read whatever a clerk made of the headings. One run in with its paragraph
    is not called a heading; it counts if it is surely the one of the part whose turn it is.
    """
    lines = list(intro)
    run_in: dict[int, Part] = {}
    for segment in parts.values():
        if not segment.found.called:
            if segment.found.rating < SURE or segment.found.slot.part is None:
                return None
            run_in[len(lines)] = segment.found.slot.part
        lines += [VisibleParagraph(segment.found.heading, 1), *segment.paragraphs()]
    called = sum(line.level > 0 for line in lines)
    wanted = [part for part in section.parts if part.heading]
    if called == len(section.parts):
        wanted = list(section.parts)
    if called != len(wanted) or not wanted or lines[0].level == 0 or len(run_in) == called:
        return None
    divided: list[tuple[Part, str, list[VisibleParagraph]]] = []
    for at, line in enumerate(lines):
        if line.level > 0:
            part = wanted[len(divided)]
            if run_in.get(at, part) is not part:
                return None
            divided.append((part, line.text.strip(), []))
        else:
            divided[-1][2].append(line)
    return divided


def _read_parts(
    read: ProseRead, section: Section, parts: dict[str, _Segment], intro: Sequence[VisibleParagraph]
) -> None:
    first = section.parts[0]
    if intro:
        _put(read, section, first, first.heading, intro)
        if first.heading:
            read.outcomes.append(
                doubtful(
                    f"“{section.title}”下面、小标题之前的一段文字放在“{first.heading}”的开头：“{shorten(intro[0].text)}”。",
                    section.id,
                    part=first.id,
                )
            )
    for part in section.parts:
        if part.id in parts:
            found = parts[part.id].found
            _put(read, section, part, found.heading, parts[part.id].paragraphs())
            if found.rating < SURE:
                read.outcomes.append(
                    doubtful(
                        f"小标题“{shorten(found.heading)}”当作“{part.heading}”读入，请核对。",
                        section.id,
                        part=part.id,
                    )
                )


def _read_undivided(form: Form, read: ProseRead, section: Section, intro: Sequence[VisibleParagraph]) -> None:
    """A section whose parts have no headings in the file."""
    first = section.parts[0]
    rest = next((part for part in section.parts if part.id == form.part_roles.get(_IMPROVEMENTS)), None)
    cut = next((at for at, line in enumerate(intro) if at and _speaks_of_improvements(line.text)), len(intro))
    if rest is None or cut == len(intro):
        _put(read, section, first, first.heading, intro)
        if len(section.parts) > 1 and intro:
            read.outcomes.append(
                doubtful(
                    f"“{section.title}”没有分小标题，文字都放在“{first.heading}”里，请分开。",
                    section.id,
                    part=first.id,
                )
            )
        return
    _put(read, section, first, first.heading, intro[:cut])
    _put(read, section, rest, rest.heading, intro[cut:])
    read.outcomes.append(
        doubtful(
            f"“{section.title}”没有分小标题，从“{shorten(intro[cut].text)}”起放在“{rest.heading}”里，请核对。",
            section.id,
            part=rest.id,
        )
    )


def _speaks_of_improvements(text: str) -> bool:
    return any(word in text.strip()[:_OPENING_WORDS] for word in rules()["improvements"])


def _put(
    read: ProseRead, section: Section, part: Part, heading: str, lines: Sequence[VisibleParagraph]
) -> None:
    """Add the lines to a part; a section that stands in the file twice is put together."""
    paragraphs = read.paragraphs.setdefault(part.id, [])
    paragraphs += [line.text.strip() for line in lines if line.text.strip()]
    read.outcomes += [
        doubtful(f"{line.note}。", section.id, part=part.id, passage=line.text.strip())
        for line in lines
        if line.note
    ]
    if heading and heading != part.heading:
        read.headings[part.id] = heading
    if part is section.parts[-1] or paragraphs:
        read.last_part = part.id


def _note_altered(read: ProseRead, section: Section, found: Found) -> None:
    if found.rating < SURE:
        read.outcomes.append(
            doubtful(f"标题“{shorten(found.heading)}”当作“{section.title}”读入，请核对。", section.id)
        )


def _note_homeless(read: ProseRead, section: Section, lines: Sequence[VisibleParagraph]) -> None:
    """Text under a section that has no part for it."""
    if lines:
        more = f"等 {len(lines)} 段" if len(lines) > 1 else ""
        read.outcomes.append(
            doubtful(
                f"“{section.title}”下面的文字在格式里没有地方放，没有读入：“{shorten(lines[0].text)}”{more}。",
                section.id,
            )
        )


def _note_missing(read: ProseRead, section: Section) -> None:
    for part in section.parts:
        name = part.heading or section.title
        count = len(read.paragraphs.get(part.id, ()))
        if count:
            read.outcomes.append(
                Outcome(Standing.FOUND, f"{name}：读到 {count} 段。", section.id, part=part.id)
            )
        else:
            read.outcomes.append(
                Outcome(Standing.NOT_FOUND, f"没有找到“{name}”的文字。", section.id, part=part.id)
            )
