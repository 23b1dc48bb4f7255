"""Files of others with changed bytes, read as 导入 reads them: a sentence or a proposal, never anything else.

Half of the mutations of a zip go into one of its entries, which is packed again, so that they get
past the zip's own checksums.
"""

from __future__ import annotations

import functools
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pypdf
from pypdf.generic import DecodedStreamObject, NameObject

from reportdesk.exports.formats import Choices, Format
from reportdesk.form.load import load_form
from reportdesk.outgoing.export_files import render
from reportdesk.readers import open_file
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.recognise.proposal import propose_best
from reportdesk.store.file import read_report
from reportdesk.worker.one_shot import read_apart
from tests.faults.mutate import mutated
from tests.faults.outcome import SURVIVED, VOID, Attempt, Outcome, lost
from tools.dev.places import EXAMPLE, ROOT

_OFFICE = ROOT / "tests" / "data" / "office"
_SAMPLES = ROOT / "build" / "faults" / "samples"
_OLD = {"doc": "docx", "xls": "xlsx"}
"""What LibreOffice makes from what."""


def can_be_made(suffix: str) -> bool:
    """Whether this machine has what makes a sample of the format."""
    return suffix not in _OLD or shutil.which("soffice") is not None


@functools.cache
def sample(suffix: str) -> bytes:
    """The example report as a file of that format; what LibreOffice makes is kept for the next run."""
    if suffix not in _OLD:
        report = read_report(EXAMPLE).report
        return render(Format(suffix), load_form(report.edition), report, Choices(bundled_fonts=True)).content
    path = _SAMPLES / f"example.{suffix}"
    if not path.exists():
        _SAMPLES.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_SAMPLES) as folder:
            _convert(Path(folder), suffix).replace(path)
    return path.read_bytes()


def _convert(folder: Path, suffix: str) -> Path:
    source = folder / f"example.{_OLD[suffix]}"
    source.write_bytes(sample(_OLD[suffix]))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(f".{suffix}")


def attempt_on(suffix: str) -> Attempt:
    """Attempts on files of that format."""
    return functools.partial(_attempt, suffix, _CHANGES.get(suffix, mutated))


def _attempt(suffix: str, change: Callable[[bytes, Random], bytes], _number: int, random: Random) -> Outcome:
    return _read(sample(suffix), suffix, change, random)


def _read(content: bytes, suffix: str, change: Callable[[bytes, Random], bytes], random: Random) -> Outcome:
    changed = change(content, random)
    if changed == content:
        return VOID
    try:
        proposal = propose_best(open_file.see_content(changed, f".{suffix}"))
    except UnreadableError as error:
        return SURVIVED if str(error).endswith("。") else lost(f"no sentence: {error}")
    proposal.to_report()
    return SURVIVED


@functools.cache
def from_offices() -> tuple[tuple[str, bytes], ...]:
    """Files as offices have them, by suffix; PDFs also with their pages unpacked, so that changes get into those."""
    files = [
        (path.suffix[1:], path.read_bytes()) for path in sorted(_OFFICE.iterdir()) if path.suffix != ".gknb"
    ]
    return (*files, *(("pdf", _unpacked(content)) for suffix, content in files if suffix == "pdf"))


def _unpacked(content: bytes) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(content))
    for page in writer.pages:
        contents = page.get_contents()
        if contents is not None:
            page[NameObject("/Contents")] = writer._add_object(DecodedStreamObject.initialize_from_dictionary(
                {"__streamdata__": contents.get_data()}
            ))  # fmt: skip
    unpacked = io.BytesIO()
    writer.write(unpacked)
    return unpacked.getvalue()


def office_attempt(_number: int, random: Random) -> Outcome:
    """An attempt on one of them."""
    suffix, content = random.choice(from_offices())
    return _read(content, suffix, _CHANGES.get(suffix, mutated), random)


def apart_on(suffix: str) -> Attempt:
    """The attempt through the process of its own that the program reads in: a sentence though that dies."""
    return functools.partial(_attempt_apart, suffix, _CHANGES.get(suffix, mutated))


def _attempt_apart(
    suffix: str, change: Callable[[bytes, Random], bytes], _number: int, random: Random
) -> Outcome:
    return _read_apart(change(sample(suffix), random), suffix)


def office_apart(_number: int, random: Random) -> Outcome:
    """The same through a process of its own."""
    suffix, content = random.choice(from_offices())
    return _read_apart(_CHANGES.get(suffix, mutated)(content, random), suffix)


def _read_apart(content: bytes, suffix: str) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"年报.{suffix}"
        path.write_bytes(content)
        try:
            read_apart(path)
        except UnreadableError as error:
            return SURVIVED if str(error).endswith("。") else lost(f"no sentence: {error}")
    return SURVIVED


def _mutated_zip(content: bytes, random: Random) -> bytes:
    if random.random() < 0.5:
        return mutated(content, random)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    chosen = random.choice(sorted(entries))
    changed = mutated(entries[chosen], random)
    if changed == entries[chosen]:
        return content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, entry in entries.items():
            archive.writestr(name, changed if name == chosen else entry)
    return packed.getvalue()


_CHANGES = {"xlsx": _mutated_zip, "docx": _mutated_zip}
