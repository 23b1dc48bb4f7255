"""Bytes changed as bad disks, cut downloads and ill will change them."""

from __future__ import annotations

from random import Random

_LONGEST = 64


def mutated(content: bytes, random: Random) -> bytes:
    """The bytes with one to three changes; now and then they come out as they were."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        _MUTATIONS[random.randrange(len(_MUTATIONS))](changed, random)
    return bytes(changed)


def _place(content: bytearray, random: Random) -> slice:
    start = random.randrange(len(content) or 1)
    return slice(start, start + random.choice((1, 1, 2, 8, _LONGEST)))


def _flip(content: bytearray, random: Random) -> None:
    if content:
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)


def _drop(content: bytearray, random: Random) -> None:
    del content[_place(content, random)]


def _double(content: bytearray, random: Random) -> None:
    place = _place(content, random)
    content[place.start : place.start] = content[place]


def _cut(content: bytearray, random: Random) -> None:
    del content[random.randrange(len(content) or 1) :]


def _blank(content: bytearray, random: Random) -> None:
    place = _place(content, random)
    content[place] = bytes(len(content[place]))


def _swap(content: bytearray, random: Random) -> None:
    one, other = _place(content, random), _place(content, random)
    content[one], content[other] = content[other], content[one]


def _digit(content: bytearray, random: Random) -> None:
    """Another digit for a digit: the bytes still make sense."""
    digits = [place for place, byte in enumerate(content) if 0x30 <= byte <= 0x39]
    if digits:
        content[random.choice(digits)] = 0x30 + random.randrange(10)


_MUTATIONS = (_flip, _flip, _drop, _double, _cut, _blank, _swap, _digit)
