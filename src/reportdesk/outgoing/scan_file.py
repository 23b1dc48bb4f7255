"""Which file can be handed in as the scanned, sealed report. What is seen on its pages is ``readers.pdf.scan_look``'s."""

from __future__ import annotations

from pathlib import Path

from reportdesk.store import disk
from reportdesk.store.file import explain

MAX_SCAN = 50 * 1024 * 1024
"""Bytes of a scan: 20 pages in colour at 300 dpi have some 20 MB."""


def refuse_scan(path: Path) -> str:
    """Why that file cannot be added as the scan, as a sentence for the clerk; empty if it can."""
    try:
        size = disk.status(path).st_size
        beginning = disk.read(path, 1024)
    except OSError as error:
        return f"扫描件“{path.name}”打不开：{explain(error)}"
    if size > MAX_SCAN:
        return (
            f"扫描件“{path.name}”有 {size // 2**20} MB，超过 {MAX_SCAN // 2**20} MB。"
            "请用较低的分辨率（200 dpi 就够）重新扫描。"
        )
    if b"%PDF-" not in beginning:  # ISO 32000-1, annex H: within the first 1024 bytes
        return f"“{path.name}”不是 PDF 文件。请把盖章页扫描成 PDF 再加入。"
    return ""
