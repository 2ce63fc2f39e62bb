# SPDX-License-Identifier: GPL-3.0-or-later
"""Decisions of the province on top of the national catalogue.

A province may promise a shorter time than the law, set the fees that the People's Council decides, and say where a
procedure is taken in. It may neither take longer than the law nor ask for more papers (NĐ 61/2018/NĐ-CP Điều 5), so a
decision has no field for papers, and a longer time is not applied.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from casework.errors import KnownError
from casework.records.local_decision import LocalDecision
from casework.records.procedure import Channel, Fee, Procedure, Route, TimeLimit, TimeUnit, Way
from casework.text import clean

_FORMAT: Final = 1
_KEYS: Final = frozenset(field.name for field in dataclasses.fields(LocalDecision))
_NUMBERED: Final = re.compile(r"\d+\s*/")
_HOURS_OF_A_WORKING_DAY: Final = 8


@dataclass(frozen=True, slots=True)
class LocalDecisions:
    """All decisions of one place, as one published file.

    Attributes:
        version: Day of the newest decision and the beginning of the file's hash, or empty without decisions.
        decisions: In the order of the file; where two speak of the same, the later one counts.
        content_hash: SHA-256 of the file in hex, or empty.
    """

    version: str = ""
    decisions: tuple[LocalDecision, ...] = ()
    content_hash: str = ""

    @classmethod
    def from_bytes(cls, data: bytes) -> LocalDecisions:
        """Read a file of decisions.

        Args:
            data: UTF-8 JSON: ``{"format": 1, "decisions": [{"decision", "codes", "effective_from", …}]}`` with the
                fields of ``LocalDecision``; days are ISO 8601, a time limit is ``{"amount", "unit"}``.

        Raises:
            KnownError: ``decisions-unreadable`` (details ``number``: which decision, from 1; 0 for the file itself).
        """
        number = 0
        try:
            content = json.loads(data)
            if content["format"] != _FORMAT or set(content) != {"format", "decisions"}:
                raise ValueError
            decisions: list[LocalDecision] = []
            for row in content["decisions"]:
                number = len(decisions) + 1
                decisions.append(_read(row))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise KnownError("decisions-unreadable", number=str(number)) from None
        digest = hashlib.sha256(data).hexdigest()
        newest = max((decision.effective_from for decision in decisions), default=None)
        return cls(f"{newest.isoformat()}.{digest[:8]}" if newest else "", tuple(decisions), digest)

    def apply(self, procedure: Procedure, on: dt.date) -> Procedure:
        """Give a procedure as it is here on a day."""
        for decision in self.decisions:
            if procedure.code in decision.codes and decision.is_in_force(on):
                procedure = _applied(decision, procedure)
        return procedure


def lengthened(decisions: LocalDecisions, procedure: Procedure) -> tuple[LocalDecision, ...]:
    """Give the decisions that promise more time than the national catalogue allows: IT is told, nothing is applied."""
    return tuple(
        decision
        for decision in decisions.decisions
        if procedure.code in decision.codes
        and decision.time_limit is not None
        and any(
            _is_longer(decision.time_limit, way.time_limit)
            for way in procedure.ways
            if not decision.channels or way.channel in decision.channels
        )
    )


def _applied(decision: LocalDecision, procedure: Procedure) -> Procedure:
    ways = tuple(
        _way(decision, way) if not decision.channels or way.channel in decision.channels else way
        for way in procedure.ways
    )
    flags = {
        name: value
        for name, value in (
            ("offered_at_counter", decision.is_offered_at_counter),
            ("may_come_without_appointment", decision.may_come_without_appointment),
            ("is_boundary_free", decision.is_boundary_free),
            ("route", decision.route),
        )
        if value is not None
    }
    changed = dataclasses.replace(procedure, ways=ways, **flags)  # type: ignore[arg-type]
    if changed == procedure:
        return procedure
    earlier = procedure.local_decision
    return dataclasses.replace(
        changed, local_decision=f"{earlier}; {decision.decision}" if earlier else decision.decision
    )


def _way(decision: LocalDecision, way: Way) -> Way:
    limit, fee = way.time_limit, way.fee
    if decision.time_limit is not None and not _is_longer(decision.time_limit, limit):
        limit = dataclasses.replace(decision.time_limit, source_text=limit.source_text, legal_basis=decision.decision)
    if decision.cut is not None and limit.amount is not None:
        unit = TimeUnit.WORKING_DAY if limit.unit is TimeUnit.UNSTATED else limit.unit
        amount = max(0, limit.amount - decision.cut)
        limit = dataclasses.replace(limit, amount=amount, unit=unit, legal_basis=decision.decision)
    if decision.fee_amount is not None:
        is_sum = not fee.per or fee.is_certain
        fee = Fee(decision.fee_amount, is_sum, fee.source_text, fee.per)
    return dataclasses.replace(way, time_limit=limit, fee=fee)


def _is_longer(wanted: TimeLimit, allowed: TimeLimit) -> bool:
    """Whether a limit surely goes beyond another; limits that cannot be compared are taken as they are decided."""
    mine, law = _working_hours(wanted), _working_hours(allowed)
    if mine is not None and law is not None:
        return mine > law
    return wanted.unit is allowed.unit and (wanted.amount or 0) > (allowed.amount if allowed.amount is not None else 0)


def _working_hours(limit: TimeLimit) -> int | None:
    if limit.amount is None or limit.unit is TimeUnit.CALENDAR_DAY:
        return None
    return limit.amount if limit.unit is TimeUnit.HOUR else max(limit.amount, 1) * _HOURS_OF_A_WORKING_DAY


def _read(row: Mapping[str, Any]) -> LocalDecision:
    if set(row) - _KEYS or not _NUMBERED.search(row["decision"]):
        raise ValueError
    codes: Sequence[str] = row["codes"]
    cut, fee = row.get("cut"), row.get("fee_amount")
    if isinstance(codes, str) or not codes or not all(isinstance(code, str) for code in codes):
        raise ValueError
    if not (_is_count(cut, 1) and _is_count(fee, 0)) or (cut is not None and "time_limit" in row):
        raise ValueError
    flags = {
        name: row[name]
        for name in ("is_offered_at_counter", "may_come_without_appointment", "is_boundary_free")
        if name in row
    }
    if not all(isinstance(value, bool) for value in flags.values()):
        raise ValueError
    decision = LocalDecision(
        decision=clean(row["decision"]),
        codes=tuple(codes),
        effective_from=dt.date.fromisoformat(row["effective_from"]),
        effective_to=dt.date.fromisoformat(row["effective_to"]) if "effective_to" in row else None,
        channels=tuple(Channel(channel) for channel in row.get("channels", ())),
        time_limit=_time_limit(row["time_limit"]) if "time_limit" in row else None,
        cut=cut,
        fee_amount=fee,
        route=Route(row["route"]) if "route" in row else None,
        **flags,
    )
    if decision.effective_to is not None and decision.effective_to < decision.effective_from:
        raise ValueError
    return decision


def _time_limit(row: Mapping[str, Any]) -> TimeLimit:
    amount, unit = row["amount"], TimeUnit(row["unit"])
    if set(row) != {"amount", "unit"} or amount is None or not _is_count(amount, 0) or unit is TimeUnit.UNSTATED:
        raise ValueError
    return TimeLimit(amount, unit)


def _is_count(value: object, lowest: int) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= lowest)
