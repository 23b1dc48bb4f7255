"""Makes a PDF one for archives: what ISO 19005 (PDF/A) asks beside the pages, and the data attached.

Which kinds there are and why: docs/adr/0015 and 0022. Embedding faces is ``fonts``'s, the streams'
form ``objects``'s, tags ``tags``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFInfo, PDFName, PDFString

from reportdesk.exports.pdf import srgb
from reportdesk.exports.pdf.objects import stream
from reportdesk.exports.pdf.pdfa import PdfA

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


def make_archivable(document: Any, description: Description, kind: PdfA, copy: bytes | None) -> None:
    """Give reportlab's document its description, colours and, unless it is None, the attached copy."""
    document.info = _Info(description)
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
    catalog.Metadata = stream(
        _packet(description, kind).encode(),
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


def _packet(description: Description, kind: PdfA) -> str:
    """The description as XMP, entry by entry what the information says, and the kind of PDF/A."""
    dublin_core = [
        _property("dc:title", "Alt", description.title, ' xml:lang="x-default"'),
        _property("dc:creator", "Seq", description.author),
        _property("dc:description", "Alt", description.subject, ' xml:lang="x-default"'),
    ]
    part, level = kind.value
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
<pdfaid:conformance>{level.upper()}</pdfaid:conformance>
</rdf:Description>
{_UNIVERSAL_ACCESS if kind.is_tagged else ""}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


_UNIVERSAL_ACCESS = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""That the file is PDF/UA-1 (ISO 14289-1, 5), and what those words mean, which PDF/A does not know
(ISO 19005-3, 6.6.2.3)."""


def _property(name: str, kind: str, text: str, attributes: str = "") -> str:
    """A property of Dublin Core, which holds a list of one; nothing where there is no text."""
    if not text:
        return ""
    return f"<{name}><rdf:{kind}><rdf:li{attributes}>{escape(text)}</rdf:li></rdf:{kind}></{name}>\n"
