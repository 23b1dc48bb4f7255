"""Frames come out as they went in, however the pipe cuts them; what is none is refused."""

import itertools
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportdesk.worker.protocol import MAX_HEADER, MAX_PAYLOAD, Frame, FrameError, FrameReader, pack

WORDS = st.text(st.characters() | st.characters(categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS
HEADERS = st.dictionaries(WORDS, SCALARS | st.lists(SCALARS, max_size=3), max_size=5)
FRAMES = st.builds(Frame, HEADERS, st.binary(max_size=200))


@given(st.lists(FRAMES, max_size=4), st.lists(st.integers(0, 400)))
def test_frames_come_out_as_they_went_in(frames: list[Frame], cuts: list[int]) -> None:
    stream = b"".join(map(pack, frames))
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    reader = FrameReader()
    out = []
    for start, end in itertools.pairwise(edges):
        out += reader.feed(stream[start:end])
    assert out == frames
    assert reader.is_between_frames


@given(FRAMES, st.data())
def test_a_stream_cut_short_is_known_to_be(frame: Frame, data: st.DataObject) -> None:
    stream = pack(frame)
    length = data.draw(st.integers(1, len(stream) - 1))
    reader = FrameReader()
    assert reader.feed(stream[:length]) == []
    assert not reader.is_between_frames


@given(st.binary(min_size=12, max_size=200))
@example(b"Traceback (most recent call last):")
def test_what_is_no_frame_is_refused(noise: bytes) -> None:
    if noise.startswith(b"RDF1"):
        return
    with pytest.raises(FrameError):
        FrameReader().feed(noise)


@given(st.binary(max_size=60))
@example(b"[]")
@example(b"{")
@example(b'"text"')
@example(b"[" * 50)
@example(b"\xff\xfe")
def test_a_header_that_is_no_object_is_refused(header: bytes) -> None:
    reader = FrameReader()
    try:
        frames = reader.feed(struct.pack(">4sII", b"RDF1", len(header), 0) + header)
    except FrameError:
        return
    assert isinstance(frames[0].header, dict)


def test_lengths_beyond_the_limits_are_refused_before_anything_is_kept() -> None:
    for header, payload in ((MAX_HEADER + 1, 0), (2, MAX_PAYLOAD + 1), (0xFFFFFFFF, 0xFFFFFFFF)):
        with pytest.raises(FrameError):
            FrameReader().feed(struct.pack(">4sII", b"RDF1", header, payload))


def test_what_the_other_end_would_refuse_is_not_sent() -> None:
    with pytest.raises(FrameError):
        pack(Frame({"text": "字" * MAX_HEADER}))
    with pytest.raises(FrameError):
        pack(Frame({}, bytes(MAX_PAYLOAD + 1)))


def test_a_header_nested_without_end_is_refused() -> None:
    header = b"[" * 200_000
    with pytest.raises(FrameError):
        FrameReader().feed(struct.pack(">4sII", b"RDF1", len(header), 0) + header)
