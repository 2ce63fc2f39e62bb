# SPDX-License-Identifier: GPL-3.0-or-later
"""Take the days off of some years out of the package ``holidays`` 0.109 (MIT) into ``holidays.json``.

Run once for a new edition of that package or a new year, never by the product, with the interpreter that has it:

    python3 -m venv /tmp/v && /tmp/v/bin/pip install holidays==0.109
    /tmp/v/bin/python -m casework.packs.extract_holidays

Only days and their names are taken. Days of Tết and swapped days come by a decision of the year: a year is announced
here only when its decision is out, and the province imports a later one (``casework.holiday_files``).
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

FORMAT: Final = 1
MAKE_UP_NAME: Final = "Làm bù"

YEARS: Final = {
    2026: (
        "Bộ luật Lao động 45/2019/QH14 Điều 112; lịch nghỉ 2026 (hoán đổi 31/8 với thứ Bảy 22/8);"
        " Ngày Văn hóa Việt Nam 24/11",
        True,
    ),
    2027: ("Bộ luật Lao động 45/2019/QH14 Điều 112; ngày nghỉ Tết theo dự tính, chờ thông báo chính thức", False),
}
"""Source of each year, and whether its decision is out."""


def year_table(year: int, named_days: Mapping[dt.date, str], make_up_days: Iterable[dt.date]) -> dict[str, Any]:
    """Give the table of one year.

    Args:
        year: One of ``YEARS``.
        named_days: Days off with their names; those of other years are left out.
        make_up_days: Days at weekends that are worked; those of other years are left out.
    """
    source, announced = YEARS[year]
    return {
        "source": source,
        "announced": announced,
        "days_off": {day.isoformat(): name for day, name in sorted(named_days.items()) if day.year == year},
        "make_up_days": {day.isoformat(): MAKE_UP_NAME for day in sorted(make_up_days) if day.year == year},
    }


def pack(tables: Mapping[int, Mapping[str, Any]]) -> str:
    """Write the tables of the years as the file that ships."""
    content = {"format": FORMAT, "years": {str(year): tables[year] for year in sorted(tables)}}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _extract() -> str:
    package = importlib.import_module("holidays")
    tables = {}
    for year in YEARS:
        found = package.country_holidays("VN", years=year, language="vi")
        tables[year] = year_table(year, dict(found.items()), found.weekend_workdays)
    return pack(tables)


if __name__ == "__main__":
    Path(__file__).with_name("holidays.json").write_text(_extract(), encoding="utf-8")
