# SPDX-License-Identifier: GPL-3.0-or-later
"""What the counter's rules cost between two keys: finding a procedure, reading a card, judging a demand, a due date."""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from rapidfuzz import fuzz, process

from benchmarks.rows import Row
from benchmarks.store_speed import percentile
from casework.catalogue import Catalogue
from casework.deadlines import due_at
from casework.guard.demands import judge_demand
from casework.identity.addresses import settle
from casework.identity_card import read_card
from casework.reception import checklist
from casework.records.procedure import Channel, Procedure
from casework.text import fold
from casework.units import Units
from casework.work_calendar import VIET_NAM, WorkCalendar

Item = TypeVar("Item")

KEYSTROKE_LIMIT_MS: Final = 10.0
OPEN_LIMIT_MS: Final = 150.0
RULE_LIMIT_MS: Final = 10.0
"""A fifth of the 50 ms that the window may stand still."""

_ROUNDS: Final = 5
_DAY: Final = dt.date(2026, 11, 23)
_AT: Final = dt.datetime(2026, 11, 23, 9, tzinfo=VIET_NAM)
_CARD: Final = "038094012745|174102358|LÊ VĂN THÀNH|05071994|Nam|{}|10052021"
_DEMANDS: Final = ("Giấy xác nhận địa chỉ cũ và mới", "Sổ hộ khẩu", "Giấy khám sức khỏe", "Giấy chứng sinh")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this area: none."""


def measure(options: argparse.Namespace) -> list[Row]:
    """Give the rows of this area."""
    catalogue, calendar = Catalogue.shipped(), WorkCalendar.shipped()
    procedures = [catalogue.get(code) for code in catalogue.codes]
    queries = list(_typed(procedures))
    names = [fold(procedure.name) for procedure in procedures]
    ours = _p95(lambda query: catalogue.find(query, 8, on=_DAY), queries)
    peer = _p95(
        lambda query: process.extract(fold(query), names, scorer=fuzz.token_set_ratio, limit=8),
        queries[:: len(queries) // 200],
    )
    offered = [procedure for procedure in procedures if procedure.way(Channel.COUNTER)]
    demands = list(itertools.product(offered[::8], _DEMANDS))
    limits = [(procedure, way.time_limit) for procedure in offered for way in procedure.ways_through(Channel.COUNTER)]
    known = [limit for _, limit in limits if limit.amount is not None]
    addresses = _addresses()
    return [
        Row.limit("catalogue_keystroke", ours, KEYSTROKE_LIMIT_MS, "ms p95"),
        Row.against("catalogue_keystroke_rapidfuzz", ours, peer, "rapidfuzz token_set_ratio", "ms p95"),
        Row.limit("catalogue_open", _open_ms(), OPEN_LIMIT_MS, "ms CPU"),
        Row.limit(
            "card_read", _p95(read_card, [_CARD.format(address) for address in addresses]), RULE_LIMIT_MS, "ms p95"
        ),
        Row.limit("address_settled", _p95(settle, addresses), RULE_LIMIT_MS, "ms p95"),
        Row.limit(
            "demand_judged",
            _p95(lambda pair: judge_demand(pair[0], Channel.COUNTER, pair[1], _DAY), demands),
            RULE_LIMIT_MS,
            "ms p95",
        ),
        Row.limit(
            "checklist",
            _p95(lambda procedure: checklist(procedure, Channel.COUNTER, ()), offered),
            RULE_LIMIT_MS,
            "ms p95",
        ),
        Row.limit("due_date", _p95(lambda limit: due_at(_AT, limit, calendar), known), RULE_LIMIT_MS, "ms p95"),
    ]


def _typed(procedures: Sequence[Procedure]) -> Iterable[str]:
    """Give what is typed, key by key: beginnings of names with and without accents, initials, slips, codes."""
    for procedure in procedures[::3]:
        words = procedure.name.removeprefix("Thủ tục ").split()[:4]
        text = " ".join(words)
        yield from (text[:length] for length in range(1, len(text), 3))
        yield fold(text)
        yield "".join(fold(word)[:1] for word in words)
        yield fold(text)[:-2] + "x"
        yield procedure.code[:5]


def _addresses() -> list[str]:
    communes = Units.shipped().communes[::20]
    former = ("Xã Hoằng Trung, Huyện Hoằng Hóa, Thanh Hóa", "Phường 3, Thị xã Cai Lậy, Tiền Giang", "P. Vĩ Dạ, TP Huế")
    return [f"Thôn 2, {commune.name}, {commune.province_name}" for commune in communes] + [*former] * 20


def _p95(action: Callable[[Item], object], items: Sequence[Item]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        times = []
        for item in items:
            started = time.perf_counter()
            action(item)
            times.append((time.perf_counter() - started) * 1000)
        best = min(best, percentile(times, 0.95))
    return best


def _open_ms() -> float:
    program = (
        "import casework.catalogue as c, time; t = time.process_time();"
        "c.Catalogue.shipped().find('khai sinh'); print((time.process_time() - t) * 1000)"
    )
    runs = [subprocess.run([sys.executable, "-c", program], check=True, capture_output=True) for _ in range(_ROUNDS)]
    return min(float(run.stdout) for run in runs)
