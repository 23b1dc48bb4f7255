"""What a check found and what it left out: 「没有发现问题」 is never said without what was not looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportdesk.checks.engine import Finding
from reportdesk.form.spec import DEFAULT_FAMILY, Form

NOTHING_FOUND = "没有发现问题。"
NO_WORDS = "错别字没有查（“设置”里关着）。"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a check did not look at though every rule that was wanted ran.

    ``words``: mistyped words were not looked for; ``unread``: so many other reports could not be read and
    were not compared with; ``others``: which others there are could not be read, so that there was none.
    """

    words: bool = False
    unread: int = 0
    others: bool = False

    @property
    def says(self) -> str:
        """That, in sentences; empty if nothing was left out."""
        unread = f"有 {self.unread} 份别的年报读不了，没有和它们比较是不是雷同。" if self.unread else ""
        others = "年报列表读不了，没有和别的年报比较。" if self.others else ""
        return f"{NO_WORDS if self.words else ''}{others}{unread}"


NOTHING_LEFT_OUT = LeftOut()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules found, the settled findings among it, and what they did not look at."""

    findings: Sequence[Finding] = ()
    left_out: LeftOut = field(default=NOTHING_LEFT_OUT)


def nothing_found(form: Form, left_out: LeftOut) -> str:
    """What may be said where all rules ran and found nothing: of another kind of report they know little."""
    if form.family == DEFAULT_FAMILY:
        return f"{NOTHING_FOUND}{left_out.says}"
    return f"没有发现漏填和文字上的问题；这种报表的数字之间对不对，没有审核。{left_out.says}"
