"""Days and moments as a clerk reads them; what people write for a day is the readers' matter."""

from __future__ import annotations

import datetime as dt


def spell_day(day: dt.date) -> str:
    """2025年1月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def spell_moment(at: dt.datetime) -> str:
    """2025年1月9日 10:32."""
    return f"{spell_day(at)} {at:%H:%M}"


def spell_recent(at: dt.datetime) -> str:
    """1月9日 10:32, where the year goes without saying."""
    return f"{at.month}月{at.day}日 {at:%H:%M}"
