"""Makes resources/language: the words, the characters that are mistaken, and the model of the language.

``python -m tools.build_language [FOLDER]`` fetches the pinned packages of tools/language/sources.py into the
folder, build/language if none is named, and writes the same bytes each time. Run it when a source changes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.language import alike, model, own, words
from tools.language.sources import Sources

_ROOT = Path(__file__).resolve().parent.parent
_LANGUAGE = _ROOT / "resources" / "language"


def main(arguments: list[str]) -> int:
    """Write all of it."""
    sources = Sources(Path(arguments[0]) if arguments else _ROOT / "build" / "language")
    _LANGUAGE.mkdir(exist_ok=True)
    listed = words.listed(sources.jieba())
    _write("words.txt", words.HEAD, words.word_lines(listed))
    _write("rare.txt", words.RARE_HEAD, words.rare_lines(sources.jieba(), listed))
    mistaken = alike.alike_lines(
        sources.common(), sources.sounds(), sources.strokes(), sources.like_strokes()
    )
    _write("alike.txt", alike.HEAD, mistaken)
    counts = model.Counts()
    counts.read(sources.statutes())
    counts.read_words(listed)
    counts.read_own(own.own_sentences())
    packed = model.packed(counts)
    (_LANGUAGE / "model.bin").write_bytes(packed)
    print(f"model.bin: {len(packed)} bytes")
    return 0


def _write(name: str, head: str, lines: list[str]) -> None:
    text = head + "".join(f"{line}\n" for line in lines)
    (_LANGUAGE / name).write_bytes(text.encode())
    print(f"{name}: {len(lines)} lines, {len(text.encode())} bytes")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
