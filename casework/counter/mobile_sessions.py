# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting a mobile team ready, and bringing its session home.

The laptop leaves with the catalogue, the calendar and its own block of numbers, so that it needs nobody on the way and
its dossiers meet no other number when they are merged. ``casework.figures.mobile_report`` counts what was done.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.codes import NUMBERS_PER_SLOT, parse_code
from casework.records.certification import Delegation
from casework.records.mobile_session import MobileSession, SessionEntry
from casework.records.workplace import Clerk, Role
from casework.work_calendar import VIET_NAM


class Lack(enum.StrEnum):
    """What a team should settle before it leaves."""

    OLD_CATALOGUE = "old-catalogue"
    NO_RECEIVER = "no-receiver"
    NOBODY_DECIDES = "nobody-decides"
    NUMBERS_SHORT = "numbers-short"
    HOLIDAYS_UNKNOWN = "holidays-unknown"
    UNSENT_ENVELOPES = "unsent-envelopes"


LACK_WORDS: Final[Mapping[Lack, str]] = MappingProxyType(
    {
        Lack.OLD_CATALOGUE: "Danh mục thủ tục trên máy chưa phải bản mới nhất; đề nghị cập nhật trước khi đi.",
        Lack.NO_RECEIVER: "Trong tổ chưa có cán bộ được giao tiếp nhận hồ sơ; đề nghị bổ sung.",
        Lack.NOBODY_DECIDES: "Trong tổ chưa có người ký hoặc người được ủy quyền; kết quả sẽ phải hẹn trả.",
        Lack.NUMBERS_SHORT: "Dải số của máy không đủ cho số hồ sơ dự kiến trong ngày.",
        Lack.HOLIDAYS_UNKNOWN: "Lịch nghỉ của năm chưa được công bố trên máy; ngày hẹn trả có thể thay đổi.",
        Lack.UNSENT_ENVELOPES: "Máy còn hồ sơ chưa gửi; đề nghị đồng bộ trước khi đi để tránh thất lạc.",
    }
)


@dataclass(frozen=True, slots=True)
class Preparation:
    """How the laptop stands before it leaves.

    Attributes:
        newest_catalogue: Version in force at the centre.
        expected_dossiers: How many the team expects.
        numbers_used: Numbers of the day that the laptop has given already.
        announced_years: Years whose holidays are on the laptop.
        unsent_envelopes: Envelopes that wait in the spool.
    """

    newest_catalogue: str
    expected_dossiers: int
    numbers_used: int
    announced_years: frozenset[int]
    unsent_envelopes: int


def lacks(
    session: MobileSession, team: Iterable[Clerk], preparation: Preparation, delegations: Iterable[Delegation] = ()
) -> tuple[Lack, ...]:
    """Tell what should be settled before the team leaves; none of it forbids to go.

    Args:
        session: As planned.
        team: Clerks who come along; others are left out.
        preparation: How the laptop stands.
        delegations: Authorisations of clerks to decide at the counter.
    """
    members = [clerk for clerk in team if clerk.clerk_id in session.team]
    roles = {role for clerk in members for role in clerk.roles}
    authorised = {delegation.clerk_id for delegation in delegations if delegation.is_in_force(session.day)}
    is_lacking = {
        Lack.OLD_CATALOGUE: session.catalogue_version != preparation.newest_catalogue,
        Lack.NO_RECEIVER: Role.CLERK not in roles,
        Lack.NOBODY_DECIDES: Role.SIGNER not in roles and authorised.isdisjoint(clerk.clerk_id for clerk in members),
        Lack.NUMBERS_SHORT: preparation.numbers_used + preparation.expected_dossiers > NUMBERS_PER_SLOT,
        Lack.HOLIDAYS_UNKNOWN: session.day.year not in preparation.announced_years,
        Lack.UNSENT_ENVELOPES: preparation.unsent_envelopes > 0,
    }
    return tuple(lack for lack, is_so in is_lacking.items() if is_so)


def strangers(session: MobileSession, entries: Iterable[SessionEntry]) -> tuple[SessionEntry, ...]:
    """Give the entries whose code is not of the session's unit, day and block: they must not be merged as its own."""
    return tuple(entry for entry in entries if not _is_own(session, entry))


def _is_own(session: MobileSession, entry: SessionEntry) -> bool:
    code = parse_code(entry.code)
    return (
        entry.session_id == session.session_id
        and code is not None
        and (code.unit_code, code.day, code.slot) == (session.unit_code, session.day, session.slot)
        and entry.received_at.astimezone(VIET_NAM).date() == session.day
    )
