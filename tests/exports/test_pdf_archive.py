"""The PDF as an archive takes it: PDF/A-1b as PDFBox's Preflight validates it, PDF/A-3 by its structure.

Preflight is Debian's; where it, or Java, is not installed, what only it can tell is skipped.
"""

import io
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdf
import pytest
from pypdf.generic import DictionaryObject, StreamObject

from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.exports.pdf.srgb import srgb_profile
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.form.spec import Form
from reportdesk.report.document import Explanation, Fact, Report
from reportdesk.report.file.codec import decode
from reportdesk.report.public_copy import public_copy
from tests.editions import FORMS
from tests.exports.made_pdf import FORM, filled
from tests.test_example import example

JAVA = shutil.which("java")
JARS = [
    Path("/usr/share/java", f"{name}.jar")
    for name in (
        "preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "javax.activation", "jaxb-api",
    )
]  # fmt: skip
PREFLIGHT = "org.apache.pdfbox.preflight.Validator_A1b"
SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}
ODD = "甲<乙>&“丙”(丁)\\"
ALLOWED_IN_PART_3_ONLY = {
    "EmbeddedFile entry is present in the Names dictionary",
    "EmbeddedFile entry is present in a FileSpecification dictionary",
    "part must be 1",
}

validated = pytest.mark.skipif(
    JAVA is None or not all(jar.exists() for jar in JARS), reason="PDFBox's Preflight is not installed"
)


def render(report: Report, form: Form = FORM, kind: PdfA = PdfA.TAGGED) -> bytes:
    return render_pdf(form, report, faces=bundled_faces(), kind=kind).content


def preflight(*files: Path) -> list[str]:
    """What Preflight says of each file in turn, whatever is wrong beside the faults in a list below it."""
    said = []
    for file in files:
        command = [str(JAVA), "-cp", ":".join(map(str, JARS)), PREFLIGHT, str(file)]
        said.append(subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout)
    return said


def faults(said: str) -> set[str]:
    return {line.rpartition(", ")[2] for line in said.splitlines() if re.match(r"[0-9.]+ : ", line)}


@validated
def test_without_the_copy_it_is_a_valid_pdf_a_1b(tmp_path: Path) -> None:
    odd = filled(FORM, ODD)
    odd.facts |= {Fact.TITLE_NAME: ODD, Fact.FULL_NAME: ODD, Fact.CLOSING_UNIT: ODD}
    cases = [(FORM, example()), (FORM, odd), *((form, Report(form.edition)) for form in FORMS)]
    files = []
    for number, (form, report) in enumerate(cases):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(render(report, form, PdfA.BARE))
    assert [faults(said) for said in preflight(*files)] == [set()] * len(files)
    assert all("is a valid PDF/A-1b file" in said for said in preflight(*files[:1]))


@validated
@pytest.mark.parametrize("kind", [PdfA.TAGGED, PdfA.WITH_COPY])
def test_with_the_copy_it_breaks_no_rule_of_1b_but_those_against_attachments(
    tmp_path: Path, kind: PdfA
) -> None:
    file = tmp_path / "3.pdf"
    file.write_bytes(render(example(), kind=kind))
    assert faults(*preflight(file)) == ALLOWED_IN_PART_3_ONLY


@validated
def test_the_validator_finds_faults_at_all(tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(render(example(), kind=PdfA.BARE).replace(b"/OutputIntents", b"/OutputIntentz"))
    assert any("without Color Profile" in fault for fault in preflight(file))


def root_of(content: bytes) -> DictionaryObject:
    return pypdf.PdfReader(io.BytesIO(content)).root_object


def xmp(content: bytes) -> ET.Element:
    metadata = root_of(content)["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    assert "/Filter" not in metadata
    return ET.fromstring(metadata.get_data())


def told(packet: ET.Element, path: str) -> str:
    found = packet.findall(f".//{path}", SPACES)
    return "".join("".join(element.itertext()) for element in found)


@pytest.mark.parametrize("kind", PdfA)
def test_it_says_which_kind_it_is_built_to(kind: PdfA) -> None:
    content = render(example(), kind=kind)
    packet = xmp(content)
    assert told(packet, "pdfaid:part") + told(packet, "pdfaid:conformance").lower() == kind.value
    assert told(packet, "pdfuaid:part") == ("1" if kind is PdfA.TAGGED else "")
    assert content.startswith(b"%PDF-1.4" if kind is PdfA.BARE else b"%PDF-1.7")


def test_words_of_the_metadata_that_pdf_a_does_not_know_are_explained() -> None:
    packet = xmp(render(example()))
    assert told(packet, "pdfaSchema:prefix") == "pdfuaid"
    assert told(packet, "pdfaSchema:namespaceURI") == SPACES["pdfuaid"]
    assert told(packet, "pdfaProperty:name") == "part"


def test_the_information_and_the_metadata_say_the_same() -> None:
    report = filled(FORM, ODD)
    report.facts |= {Fact.TITLE_NAME: ODD, Fact.FULL_NAME: ODD}
    content = render(report)
    information = pypdf.PdfReader(io.BytesIO(content)).metadata
    packet = xmp(content)
    assert information is not None
    assert information.title == told(packet, "dc:title") == f"{ODD}2024年政府信息公开工作年度报告"
    assert information.author == told(packet, "dc:creator") == ODD
    assert information.subject == told(packet, "dc:description")
    assert information.creator == told(packet, "xmp:CreatorTool")
    assert information.producer == told(packet, "pdf:Producer")


def test_the_colours_are_those_of_the_profile() -> None:
    intent = root_of(render(example()))["/OutputIntents"][0]  # type: ignore[index]
    profile = intent["/DestOutputProfile"]
    assert (intent["/S"], profile["/N"]) == ("/GTS_PDFA1", 3)
    assert profile.get_data() == srgb_profile()


def test_white_is_white_and_the_profile_is_as_long_as_it_says() -> None:
    profile = srgb_profile()
    assert int.from_bytes(profile[:4], "big") == len(profile)
    tags = {}
    for start in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        place, size = (int.from_bytes(profile[start + at : start + at + 4], "big") for at in (4, 8))
        assert place % 4 == 0
        tags[profile[start : start + 4]] = profile[place : place + size]
    xyz = {
        tag: [int.from_bytes(tags[tag][8 + 4 * n : 12 + 4 * n], "big", signed=True) / 65536 for n in range(3)]
        for tag in (b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ")
    }
    summed = [sum(xyz[tag][n] for tag in (b"rXYZ", b"gXYZ", b"bXYZ")) for n in range(3)]
    assert summed == pytest.approx(xyz[b"wtpt"], abs=0.0005)
    assert tags[b"rTRC"][-2:] == b"\xff\xff"
    assert tags[b"rTRC"][12:14] == b"\0\0"


def test_the_public_part_of_the_data_is_attached_and_named_as_the_source() -> None:
    report = example()
    content = render(report)
    root = root_of(content)
    specification = root["/AF"][0]  # type: ignore[index]
    assert specification["/AFRelationship"] == "/Source"
    embedded = specification["/EF"]["/F"]
    assert embedded["/Subtype"] == "/application/json"
    assert root["/Names"]["/EmbeddedFiles"]["/Names"][0] == "report.gknb"  # type: ignore[index]
    assert specification["/F"] == specification["/UF"] == "report.gknb"
    attached = decode(embedded.get_data())
    assert attached.notices == ()
    assert attached.report == public_copy(report)
    assert attached.report.cells == report.cells


def test_nothing_internal_is_attached() -> None:
    report = example()
    report.remarks[next(iter(report.cells))] = "内部备注"
    report.explanations["YR-2:x"] = Explanation("内部说明", "f")
    report.facts |= {Fact.REOPENED: "内部原因", Fact.TELEPHONE: "0955-0000000"}
    report.extras = {"x_note": "内部字段"}
    (content,) = pypdf.PdfReader(io.BytesIO(render(report))).attachments["report.gknb"]
    for internal in ("内部", "0955-0000000", "findings"):
        assert internal not in content.decode()


def test_the_kind_without_attachments_has_none() -> None:
    root = root_of(render(example(), kind=PdfA.BARE))
    assert not {"/AF", "/Names"} & root.keys()


@pytest.mark.parametrize("kind", PdfA)
def test_the_same_report_gives_the_same_bytes(kind: PdfA) -> None:
    first, again = (render(example(), kind=kind) for _ in range(2))
    assert first == again
