"""The JSON schema of a .gknb file, for docs/ and for programs of others; the rules are ``model``'s.

Kept apart because it needs the whole of pydantic, which opening a report does without.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from reportdesk.report.file.model import FILE, VERSION


def file_schema() -> dict[str, Any]:
    """The JSON schema, its words in Chinese for those who read it."""
    schema = _Plain().generate(FILE)
    return {
        "$schema": _Plain.schema_dialect,
        "title": "年报台年报文件（.gknb）",
        **schema,
        "description": f"政府信息公开工作年度报告，文件格式第 {VERSION} 版。不认识的键保留并写回。",
    }


class _Plain(GenerateJsonSchema):
    """Without what pydantic makes up: titles out of keys."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's signature
        return False
