"""What a file is, told by its bytes and not by its name; what is none of ours, in one sentence."""

from __future__ import annotations

import io
import re

from reportdesk.readers.endings import SUFFIXES, FileKind
from reportdesk.readers.files.charsets import unmarked_wide
from reportdesk.readers.files.refusals import broken, protected
from reportdesk.readers.files.safe_zip import open_archive
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.text.html import is_mail_archive

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_TYPES = "[Content_Types].xml"
_MARKUP = re.compile(
    r"<(!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|div|p|h[1-6]|span|font|ul|ol|br|section|article)\b",
    re.IGNORECASE,
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")


_SAVE_AS = "请用原来的软件打开，另存为 .docx、.xlsx 或 .pdf 再导入。"
_TYPE_IT = "请照着它录入，或者向对方要 Word、Excel 文件。"
_UNPACK = "这是压缩包，没有读取。请先解压，再导入里面的文件。"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", f"这是 RTF 文件，没有读取。{_SAVE_AS}"),
    (b"\x89PNG", f"这是图片，读不出文字。{_TYPE_IT}"),
    (b"\xff\xd8\xff", f"这是图片，读不出文字。{_TYPE_IT}"),
    (b"GIF8", f"这是图片，读不出文字。{_TYPE_IT}"),
    (b"BM", f"这是图片，读不出文字。{_TYPE_IT}"),
    (b"II*\x00", f"这是图片，读不出文字。{_TYPE_IT}"),
    (b"MM\x00*", f"这是图片，读不出文字。{_TYPE_IT}"),
    (b"Rar!", _UNPACK),
    (b"7z\xbc\xaf", _UNPACK),
    (b"\x1f\x8b", _UNPACK),
)
_UNKNOWN = "认不出这是什么文件，没有读取。请选择年报台、Word、Excel、PDF 或网页文件。"


def kind_of(content: bytes) -> FileKind:
    """What the file is.

    Raises:
        UnreadableError: it is nothing that is read; the sentence says what it is, if that is known.
    """
    if not content:
        raise UnreadableError("文件是空的，没有内容可读。请确认选对了文件，或者重新向对方索取。")
    if content.startswith(_ZIP):
        return _kind_of_archive(content)
    if content.startswith(_OLE):
        return _kind_of_container(content)
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    for sign, sentence in _OTHERS:
        if content.startswith(sign) and (len(sign) > len(b"BM") or _CONTROLS.search(content[:_HEAD])):
            raise UnreadableError(sentence)
    return _kind_of_text(content)


def told_apart(kind: FileKind, suffix: str) -> str:
    """A sentence where a name's ending promises another format than the contents have; else empty."""
    promised = next((other for other, suffixes in SUFFIXES.items() if suffix.lower() in suffixes), kind)
    if promised is kind:
        return ""
    gap = " " if kind.value[0].isascii() else ""
    return f"文件名以“{suffix}”结尾，内容其实是{gap}{kind.value}，已按内容读取。"


def _kind_of_archive(content: bytes) -> FileKind:
    archive = open_archive(content)
    types = archive.read(_TYPES) if _TYPES in archive else b""
    if b"wordprocessingml" in types:
        return FileKind.WORD
    if b"spreadsheetml" in types or b"ms-excel" in types:
        return FileKind.WORKBOOK
    if b"presentationml" in types:
        raise UnreadableError(f"这是演示文稿，没有读取。{_TYPE_IT}")
    if "OFD.xml" in archive:
        raise UnreadableError(f"这是 OFD 版式文件，没有读取。{_TYPE_IT}")
    if "mimetype" in archive and b"opendocument" in archive.read("mimetype"):
        raise UnreadableError(f"这是 OpenDocument 文件，没有读取。{_SAVE_AS}")
    raise UnreadableError(_UNPACK)


def _kind_of_container(content: bytes) -> FileKind:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            streams = {entry[0] for entry in container.listdir()}
    except Exception as error:  # whatever damaged sectors and names lead to
        raise broken() from error
    if "EncryptedPackage" in streams:
        raise protected()
    if "WordDocument" in streams:
        return FileKind.OLD_WORD
    if streams & {"Workbook", "Book"}:
        return FileKind.OLD_WORKBOOK
    raise UnreadableError(_UNKNOWN)


def _kind_of_text(content: bytes) -> FileKind:
    head = content[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    unmarked = "" if wide or not _CONTROLS.search(head) else unmarked_wide(content)
    if unmarked:
        return FileKind.PAGE if _MARKUP.search(head.decode(unmarked, "replace")) else FileKind.TEXT
    if _CONTROLS.search(head) and not wide:
        raise UnreadableError(_UNKNOWN)
    if is_mail_archive(content):
        return FileKind.PAGE
    shown = head.decode("utf-16" if wide else "utf-8-sig", "replace").lstrip()
    if shown.startswith("{"):
        return FileKind.REPORT
    if "<?mso-application" in shown or "<pkg:package" in shown:
        raise UnreadableError(f"这是 Word 或 Excel 存成的 XML 文件，没有读取。{_SAVE_AS}")
    return FileKind.PAGE if _MARKUP.search(shown) else FileKind.TEXT
