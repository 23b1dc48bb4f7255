"""A worker's process and how to ask it, without Qt."""

from __future__ import annotations

import subprocess
import sys
from types import TracebackType
from typing import Self

from reportdesk.worker.protocol import Frame, FrameReader, pack

COMMAND = [sys.executable, "-P", "-m", "reportdesk.worker", "--bundled-fonts"]


class SpokenTo:
    """A running worker."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._reader = FrameReader()

    def send(self, frame: Frame, number: int = 1) -> None:
        """Write a request."""
        self.send_raw(pack(Frame({**frame.header, "number": number}, frame.payload)))

    def send_raw(self, content: bytes) -> None:
        """Write bytes, whatever they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def answers(self) -> list[Frame]:
        """Everything up to and with the answer that ends the request."""
        assert self.process.stdout is not None
        frames: list[Frame] = []
        while not frames or frames[-1].header["answer"] not in ("done", "error"):
            piece = self.process.stdout.read1(1 << 16)  # type: ignore[attr-defined]
            assert piece, "the worker broke off"
            frames += self._reader.feed(piece)
        return frames

    def ask(self, frame: Frame) -> list[Frame]:
        """Write a request and wait for its answers."""
        self.send(frame)
        return self.answers()

    def end_of_input(self) -> int:
        """Close the worker's input; its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        with self.process:
            pass
