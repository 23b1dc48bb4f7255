"""The sentences that several readers refuse a file with: what is wrong and what to do."""

from __future__ import annotations

from reportdesk.readers.files.visible import UnreadableError

SAVE_AGAIN = "请用原来的软件打开，另存一份再导入，或者重新向对方索取。"


def broken() -> UnreadableError:
    """The file is cut short or its bytes were changed."""
    return UnreadableError(f"文件不完整或已损坏，读不了。{SAVE_AGAIN}")


def protected() -> UnreadableError:
    """The file can only be opened with a password."""
    return UnreadableError("文件设了打开密码，读不了。请用原来的软件打开，去掉密码后另存一份再导入。")


def too_large(what: str) -> UnreadableError:
    """``what`` of the file goes beyond the limits, such as 文件 or 表格."""
    return UnreadableError(f"{what}太大，远远超过一份年报，没有读取。请确认选对了文件。")


def suspicious(what: str) -> UnreadableError:
    """The file was made to do harm, or by a program that writes what no office program does."""
    return UnreadableError(f"文件里有{what}，可能是有意做坏的文件，没有读取。请向对方核实来源。")
