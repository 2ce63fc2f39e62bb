# SPDX-License-Identifier: GPL-3.0-or-later
"""Which papers may be demanded of the citizen.

Staff may not demand papers beyond the law (NĐ 61/2018/NĐ-CP Điều 5), so a demand is judged against the catalogue before
it can be printed on a supplement request. Who says nothing of a look-up or a delegate is granted no paper that is
asked for only when the office does not find it, or only of a delegate; a paper of another case is granted with the case
named beside it.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casework.guard.black_list import ForbiddenPaper, find_forbidden, is_household_book
from casework.guard.legal_citations import cites_law
from casework.guard.look_ups import LEGAL_BASIS as LOOK_UP_BASIS
from casework.guard.look_ups import LookUps, LookUpState, case_of, is_asked_only_when_not_found, look_up_state
from casework.records.procedure import Channel, Duty, Procedure, Requirement
from casework.text import fold

LONGEST_DEMAND: Final = 2000
"""Characters; longer than every name in the catalogue, and no name of a paper."""


class RefusedBecause(enum.StrEnum):
    """Why a demand is refused."""

    ADDRESS_CONFIRMATION = "address-confirmation"
    SAME_PERSON = "same-person"
    VNEID_IN_PERSON = "vneid-in-person"
    HOUSEHOLD_BOOK = "household-book"
    CERTIFIED_COPY = "certified-copy"
    NOT_IN_FORCE = "not-in-force"
    OTHER_VERSION = "other-version"
    OTHER_CHANNEL = "other-channel"
    OTHER_CASE = "other-case"
    NOT_DELEGATED = "not-delegated"
    LOOK_UP_FIRST = "look-up-first"
    ALREADY_FOUND = "already-found"
    TOO_MANY = "too-many"
    NOT_IN_CATALOGUE = "not-in-catalogue"
    BASIS_UNCLEAR = "basis-unclear"
    TOO_LONG = "too-long"


_FORBIDDEN_TO_STAFF: Final = "Nghị định 61/2018/NĐ-CP Điều 5 (nay thay bằng Nghị định 118/2025/NĐ-CP)"

LEGAL_REASONS: Final[Mapping[RefusedBecause, str]] = {
    RefusedBecause.ADDRESS_CONFIRMATION: (
        f"{_FORBIDDEN_TO_STAFF}: không yêu cầu giấy xác nhận tên đơn vị hành chính cũ và mới; máy tự đối chiếu"
    ),
    RefusedBecause.SAME_PERSON: (
        f"{_FORBIDDEN_TO_STAFF}: không yêu cầu giấy xác nhận là cùng một người; cơ quan tự đối chiếu số định danh và "
        "số giấy tờ cũ"
    ),
    RefusedBecause.VNEID_IN_PERSON: f"{_FORBIDDEN_TO_STAFF}: không bắt buộc VNeID khi người dân nộp trực tiếp",
    RefusedBecause.HOUSEHOLD_BOOK: (
        "Luật Cư trú 68/2020/QH14 Điều 38 khoản 3; Nghị định 104/2022/NĐ-CP Điều 14: sổ hộ khẩu, sổ tạm trú không còn "
        "giá trị, thông tin cư trú do cơ quan tự khai thác"
    ),
    RefusedBecause.CERTIFIED_COPY: (
        f"{_FORBIDDEN_TO_STAFF}: người tiếp nhận đối chiếu bản chụp với bản chính và ký xác nhận, không yêu cầu bản "
        "sao chứng thực"
    ),
    RefusedBecause.NOT_IN_FORCE: f"{_FORBIDDEN_TO_STAFF}: thủ tục ở phiên bản này không còn (hoặc chưa) có hiệu lực",
    RefusedBecause.OTHER_VERSION: (
        f"{_FORBIDDEN_TO_STAFF}: hồ sơ theo phiên bản danh mục có hiệu lực khi tiếp nhận, không theo phiên bản khác"
    ),
    RefusedBecause.OTHER_CHANNEL: f"{_FORBIDDEN_TO_STAFF}: giấy tờ này chỉ dành cho hình thức nộp khác",
    RefusedBecause.OTHER_CASE: f"{_FORBIDDEN_TO_STAFF}: giấy tờ này chỉ dành cho trường hợp khác",
    RefusedBecause.NOT_DELEGATED: f"{_FORBIDDEN_TO_STAFF}: người có yêu cầu tự nộp, không cần giấy tờ ủy quyền",
    RefusedBecause.LOOK_UP_FIRST: LOOK_UP_BASIS,
    RefusedBecause.ALREADY_FOUND: f"{LOOK_UP_BASIS}; thông tin này đã khai thác được",
    RefusedBecause.TOO_MANY: f"{_FORBIDDEN_TO_STAFF}: không yêu cầu nhiều bản hơn quy định",
    RefusedBecause.NOT_IN_CATALOGUE: f"{_FORBIDDEN_TO_STAFF}: không yêu cầu thêm giấy tờ ngoài quy định",
    RefusedBecause.BASIS_UNCLEAR: (
        f"{_FORBIDDEN_TO_STAFF}: giấy tờ ngoài danh mục phải ghi rõ số, năm của văn bản quy định"
    ),
    RefusedBecause.TOO_LONG: f"{_FORBIDDEN_TO_STAFF}: yêu cầu phải ghi gọn, rõ tên từng giấy tờ",
}
"""The law behind each refusal, in the words shown to the clerk."""


@dataclass(frozen=True, slots=True)
class DemandAllowed:
    """The demand may be made.

    Attributes:
        requirement: The requirement it rests on, or None for a demand in free words.
        text: What is demanded, as it goes onto the form.
        legal_basis: The decision that published the procedure, or what the clerk named for a free demand.
        needs_supervisor: True for a free demand: it goes to the supervisor's list.
        case: The case in which alone it is demanded, to be printed beside it; empty when always.
    """

    requirement: Requirement | None
    text: str
    legal_basis: str
    needs_supervisor: bool
    case: str = ""


@dataclass(frozen=True, slots=True)
class DemandRefused:
    """The demand may not be made.

    Attributes:
        because: Why.
        legal_reason: The law behind it, in Vietnamese.
    """

    because: RefusedBecause
    legal_reason: str


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a paper is demanded.

    Attributes:
        originals: Number of originals, 0 or more.
        copies: Number of copies, 0 or more.
        must_be_certified: Whether the copy is to be certified.
    """

    originals: int = 0
    copies: int = 0
    must_be_certified: bool = False


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of the dossier when something is demanded.

    Attributes:
        received_on: Day of the reception in Viet Nam, or None while nothing is received: the version of the catalogue
            must be in force on that day, not on the day of the demand.
        catalogue_version: The version that the dossier was received under; empty while nothing is received.
        cases: Conditions of the catalogue that the clerk ticked as applying, or None when nobody asked.
        is_delegated: Whether somebody else hands in for the applicant.
        look_ups: What the office has looked up itself; None is nothing.
    """

    received_on: dt.date | None = None
    catalogue_version: str = ""
    cases: frozenset[str] | None = None
    is_delegated: bool = False
    look_ups: LookUps | None = None


_NOTHING_KNOWN: Final = Circumstances()
_NO_AMOUNT: Final = Amount()


def judge_demand(
    procedure: Procedure,
    channel: Channel,
    demand: str,
    on: dt.date,
    legal_basis: str = "",
    circumstances: Circumstances = _NOTHING_KNOWN,
    amount: Amount = _NO_AMOUNT,
) -> DemandAllowed | DemandRefused:
    """Decide whether a paper may be demanded.

    Args:
        procedure: The version of the procedure that the dossier was received under.
        channel: How the file came in.
        demand: A ``requirement_id``, or the name of a paper in free words.
        on: The day of the demand.
        legal_basis: Where a free demand is not in the catalogue: the law that asks for it.
        circumstances: What is known of the dossier.
        amount: How much is demanded; by default as much as the catalogue says.

    Returns:
        The permission, or the refusal with its legal reason. What is forbidden by name stays refused even with a legal
        basis, and the household book even where an old catalogue still lists it. Of several requirements of one name
        the first that may be demanded counts.
    """
    if len(demand) > LONGEST_DEMAND:
        return _refusal(RefusedBecause.TOO_LONG)
    verdicts = [
        _judge_listed(requirement, procedure, channel, on, circumstances, amount)
        for requirement in _named(procedure, demand)
    ]
    if not verdicts:
        because = _forbidden(demand, channel, amount) or _out_of_force(procedure, on, circumstances)
        because = because or _without_law(legal_basis, on)
        return _refusal(because) if because else DemandAllowed(None, demand, legal_basis.strip(), needs_supervisor=True)
    return next((verdict for verdict in verdicts if isinstance(verdict, DemandAllowed)), verdicts[0])


def is_in_force(procedure: Procedure, on: dt.date) -> bool:
    """Whether the procedure's version is in force on a day; an unknown bound does not exclude."""
    started = procedure.effective_from is None or procedure.effective_from <= on
    return started and (procedure.effective_to is None or on <= procedure.effective_to)


def must_be_certified(channel: Channel) -> bool:
    """Whether copies must be certified: only by post, where nobody can compare them with the original."""
    return channel is Channel.POST


def _judge_listed(
    requirement: Requirement,
    procedure: Procedure,
    channel: Channel,
    on: dt.date,
    circumstances: Circumstances,
    amount: Amount,
) -> DemandAllowed | DemandRefused:
    because = (
        (RefusedBecause.HOUSEHOLD_BOOK if is_household_book(requirement.short_name) else None)
        or _out_of_force(procedure, on, circumstances)
        or _not_asked_for(requirement, procedure, channel, circumstances)
        or _too_much(requirement, channel, amount)
    )
    if because:
        return _refusal(because)
    return DemandAllowed(
        requirement, requirement.name, procedure.legal_basis, needs_supervisor=False, case=requirement.condition
    )


def _forbidden(demand: str, channel: Channel, amount: Amount) -> RefusedBecause | None:
    for paper in find_forbidden(demand):
        if paper is ForbiddenPaper.VNEID and channel is not Channel.COUNTER:
            continue
        if paper is ForbiddenPaper.CERTIFIED_COPY and must_be_certified(channel):
            continue
        return RefusedBecause(paper.value)
    return RefusedBecause.CERTIFIED_COPY if amount.must_be_certified and not must_be_certified(channel) else None


def _out_of_force(procedure: Procedure, on: dt.date, circumstances: Circumstances) -> RefusedBecause | None:
    if circumstances.catalogue_version not in {"", procedure.catalogue_version}:
        return RefusedBecause.OTHER_VERSION
    return None if is_in_force(procedure, circumstances.received_on or on) else RefusedBecause.NOT_IN_FORCE


def _without_law(legal_basis: str, on: dt.date) -> RefusedBecause | None:
    if not legal_basis.strip():
        return RefusedBecause.NOT_IN_CATALOGUE
    return None if cites_law(legal_basis, on.year) else RefusedBecause.BASIS_UNCLEAR


def _not_asked_for(
    requirement: Requirement, procedure: Procedure, channel: Channel, circumstances: Circumstances
) -> RefusedBecause | None:
    if not requirement.is_asked_through(channel):
        return RefusedBecause.OTHER_CHANNEL
    if requirement.is_for_delegation:
        return None if circumstances.is_delegated else RefusedBecause.NOT_DELEGATED
    case, cases = case_of(requirement), circumstances.cases
    if case and cases is not None and cases.isdisjoint({case, requirement.condition}):
        return RefusedBecause.OTHER_CASE
    if not requirement.looked_up_in:
        return None
    looked_up = circumstances.look_ups
    state = look_up_state(requirement, procedure, looked_up) if looked_up else LookUpState.TO_LOOK_UP
    if state is LookUpState.FOUND:
        return RefusedBecause.ALREADY_FOUND
    must_look_first = is_asked_only_when_not_found(requirement) and state is not LookUpState.ASK_CITIZEN
    return RefusedBecause.LOOK_UP_FIRST if must_look_first else None


def _too_much(requirement: Requirement, channel: Channel, amount: Amount) -> RefusedBecause | None:
    if amount.must_be_certified and not must_be_certified(channel):
        return RefusedBecause.CERTIFIED_COPY
    originals, copies = requirement.originals, requirement.copies
    if originals == copies == 0:
        originals, copies = 1, 0 if requirement.duty is Duty.PRESENT else 1
    is_more = amount.originals > originals or amount.copies > copies
    return RefusedBecause.TOO_MANY if is_more else None


def _named(procedure: Procedure, demand: str) -> list[Requirement]:
    folded = fold(demand).rstrip(".;")
    return [
        item
        for item in procedure.requirements
        if demand == item.requirement_id or folded in {fold(item.name).rstrip(".;"), fold(item.short_name)}
    ]


def _refusal(because: RefusedBecause) -> DemandRefused:
    return DemandRefused(because, LEGAL_REASONS[because])
