"""Makes a PDF one for archives: what ISO 19005 (PDF/A) asks beside the pages, and the data attached.

With a copy of the data the file is built to PDF/A-3b, without one to PDF/A-1b, which allows no
attachment: docs/adr/0015. Embedding faces is ``pdf_fonts``'s, the streams' form ``pdf_objects``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFInfo, PDFName, PDFString

from reportdesk.exports import srgb
from reportdesk.exports.pdf_objects import stream

ATTACHMENT = "report.gknb"
"""The attached file's name; in ASCII, since the older of its two entries takes no other."""
_ATTACHMENT_KIND = "/application#2fjson"
"""Its MIME type as a name of PDF; reportlab would leave the slash in it."""
_ATTACHMENT_SAYS = "本年报的数字和文字，可用年报台打开"
_PRODUCER = "ReportLab"


@dataclass(frozen=True, slots=True)
class Description:
    """What a PDF says of itself; an empty field is left out. The same stands in its XMP."""

    title: str
    author: str
    subject: str
    creator: str
    keywords: str = ""


def pdf_version(*, attached: bool) -> tuple[int, int]:
    """The version of PDF that the file's kind of PDF/A is made of."""
    return (1, 7) if attached else (1, 4)


def make_archivable(document: Any, description: Description, copy: bytes | None) -> None:
    """Give reportlab's document its description, colours and, unless it is None, the attached copy."""
    document.info = _Info(description)
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
    catalog.Metadata = stream(
        _packet(description, part=1 if copy is None else 3).encode(),
        {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")},
        compression=0,  # 19005-1, 6.7.2: legible without this software
    )
    catalog.OutputIntents = PDFArray([_output_intent(document)])
    if copy is not None:
        file = document.Reference(_attached(document, copy), "attachment")
        names = PDFDictionary({"Names": PDFArray([PDFString(ATTACHMENT), file])})
        catalog.Names = PDFDictionary({"EmbeddedFiles": names})
        catalog.AF = PDFArray([file])


class _Info(PDFInfo):
    """The document's information: without a date, and without reportlab's (anonymous) where empty."""

    def __init__(self, description: Description) -> None:
        super().__init__()
        self._entries = {
            "Title": description.title,
            "Author": description.author,
            "Subject": description.subject,
            "Keywords": description.keywords,
            "Creator": description.creator,
            "Producer": _PRODUCER,
        }

    def format(self, document: Any) -> Any:
        entries = {key: PDFString(text) for key, text in self._entries.items() if text}
        return PDFDictionary(entries).format(document)


def _output_intent(document: Any) -> PDFDictionary:
    profile = stream(srgb.srgb_profile(), {"N": srgb.COMPONENTS})
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(srgb.NAME),
            "Info": PDFString(srgb.NAME),
            "DestOutputProfile": document.Reference(profile, "colours"),
        }
    )


def _attached(document: Any, copy: bytes) -> PDFDictionary:
    """The file specification (19005-3, 6.8). No Params: they would have to say when it was changed."""
    embedded = stream(copy, {"Type": PDFName("EmbeddedFile"), "Subtype": _ATTACHMENT_KIND})
    file = document.Reference(embedded, "attached copy")
    return PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(ATTACHMENT),
            "UF": PDFString(ATTACHMENT),
            "Desc": PDFString(_ATTACHMENT_SAYS),
            "AFRelationship": PDFName("Source"),
            "EF": PDFDictionary({"F": file, "UF": file}),
        }
    )


def _packet(description: Description, part: int) -> str:
    """The description as XMP, entry by entry what the information says, and the kind of PDF/A."""
    dublin_core = [
        _property("dc:title", "Alt", description.title, ' xml:lang="x-default"'),
        _property("dc:creator", "Seq", description.author),
        _property("dc:description", "Alt", description.subject, ' xml:lang="x-default"'),
    ]
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
{"".join(dublin_core)}</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{escape(description.creator)}</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{f"<pdf:Keywords>{escape(description.keywords)}</pdf:Keywords>" if description.keywords else ""}
<pdf:Producer>{_PRODUCER}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _property(name: str, kind: str, text: str, attributes: str = "") -> str:
    """A property of Dublin Core, which holds a list of one; nothing where there is no text."""
    if not text:
        return ""
    return f"<{name}><rdf:{kind}><rdf:li{attributes}>{escape(text)}</rdf:li></rdf:{kind}></{name}>\n"
