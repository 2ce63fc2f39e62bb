# SPDX-License-Identifier: GPL-3.0-or-later
"""Joint dossiers: birth, residence and insurance of a child under six in one visit, with a result for each.

The parts live on their own: one that is refused or late holds no other up. The parent is finished when every part is
decided. The sources contradict each other about the time; all claims are kept, each with who makes it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.errors import BugError, KnownError
from casework.records.dossier import DECIDED, DossierState
from casework.records.joint_dossier import JointDossier, JointPart
from casework.records.procedure import TimeLimit, TimeUnit


@dataclass(frozen=True, slots=True)
class PartRule:
    """A part that a joint procedure has.

    Attributes:
        title: E.g. "Đăng ký khai sinh".
        procedure_code: Its own procedure, or empty when the sources name none.
        agency: Who decides it.
        result_kind: Its result in the national catalogue.
    """

    title: str
    procedure_code: str
    agency: str
    result_kind: str


@dataclass(frozen=True, slots=True)
class JointRule:
    """A joint procedure.

    Attributes:
        procedure_code: E.g. ``2.000986``.
        parts: In the order of the work.
        time_claims: What the sources say of the whole time, each with its source in ``legal_basis``; the first is the
            one that the procedure's page states and that counts unless the province says otherwise.
    """

    procedure_code: str
    parts: tuple[PartRule, ...]
    time_claims: tuple[TimeLimit, ...]

    @property
    def is_time_disputed(self) -> bool:
        """Whether the sources differ."""
        return len({(claim.amount, claim.unit) for claim in self.time_claims}) > 1


_BIRTH: Final = PartRule("Đăng ký khai sinh", "1.001193", "Ủy ban nhân dân cấp xã", "KQ.G15.000031")
_RESIDENCE: Final = PartRule(
    "Đăng ký thường trú",
    "1.004222",
    "Công an cấp xã",
    "KQ.G01.000065",
)
_INSURANCE: Final = PartRule(
    "Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi", "", "Cơ quan bảo hiểm xã hội", "KQ.G18.000047"
)
_FIVE_DAYS: Final = TimeLimit(5, TimeUnit.WORKING_DAY, "5 ngày làm việc", "theo báo cáo của địa phương, chưa xác minh")

JOINT_RULES: Final[Mapping[str, JointRule]] = MappingProxyType(
    {
        "2.000986": JointRule(
            "2.000986",
            (_BIRTH, _RESIDENCE, _INSURANCE),
            (
                TimeLimit(20, TimeUnit.CALENDAR_DAY, "20 Ngày", "trang thủ tục 2.000986, mục thời hạn"),
                TimeLimit(
                    20, TimeUnit.WORKING_DAY, "không quá 20 ngày làm việc", "trang thủ tục 2.000986, phần ghi chú"
                ),
                _FIVE_DAYS,
            ),
        ),
        "2.001023": JointRule(
            "2.001023",
            (_BIRTH, _INSURANCE),
            (
                TimeLimit(15, TimeUnit.CALENDAR_DAY, "15 Ngày", "trang thủ tục 2.001023, mục thời hạn"),
                TimeLimit(
                    15, TimeUnit.WORKING_DAY, "không quá 15 ngày làm việc", "trang thủ tục 2.001023, phần ghi chú"
                ),
            ),
        ),
    }
)

_WITHOUT_RESULT: Final = frozenset({DossierState.REFUSED, DossierState.STOPPED})


@dataclass(frozen=True, slots=True)
class SharedPaper:
    """A paper that is handed in once for several parts.

    Attributes:
        key: What makes it the same paper, e.g. a requirement's name.
        part_ids: The parts that use it, in order.
    """

    key: str
    part_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JointProgress:
    """How far a joint dossier has got.

    Attributes:
        is_finished: Whether every part is decided.
        is_returned: Whether it is finished and every result that there is was handed over.
        ready: Parts whose result waits for the citizen.
        open: Parts that are not decided.
        without_result: Parts that were refused or stopped.
        late: Open parts whose promised moment is over.
        earliest_due: The next promise among the open parts, or None.
        latest_due: The last one, or None.
    """

    is_finished: bool
    is_returned: bool
    ready: tuple[JointPart, ...]
    open: tuple[JointPart, ...]
    without_result: tuple[JointPart, ...]
    late: tuple[JointPart, ...]
    earliest_due: dt.datetime | None
    latest_due: dt.datetime | None


def new_joint_dossier(
    joint_id: str,
    procedure_code: str,
    received_at: dt.datetime,
    new_part_id: Callable[[], str],
    due_at: Mapping[str, dt.datetime] = MappingProxyType({}),
) -> JointDossier:
    """Make the parent with its parts, all of them received.

    Args:
        joint_id: Of the parent.
        procedure_code: E.g. ``2.000986``.
        received_at: Aware moment.
        new_part_id: Gives a fresh UUIDv7.
        due_at: Promised moments by title of the part; parts without one have none yet.

    Raises:
        KnownError: ``procedure-not-joint`` (details ``procedure``).
    """
    rule = JOINT_RULES.get(procedure_code)
    if rule is None:
        raise KnownError("procedure-not-joint", procedure=procedure_code)
    parts = tuple(
        JointPart(
            part_id=new_part_id(),
            position=position,
            title=part.title,
            procedure_code=part.procedure_code,
            agency=part.agency,
            state=DossierState.RECEIVED,
            due_at=due_at.get(part.title),
            result_kind=part.result_kind,
        )
        for position, part in enumerate(rule.parts)
    )
    return JointDossier(joint_id, procedure_code, received_at, parts)


def with_part(
    joint: JointDossier, part_id: str, state: DossierState, due_at: dt.datetime | None = None
) -> JointDossier:
    """Give the dossier with one part in another state; the other parts stay as they are.

    Args:
        joint: Before.
        part_id: Which part.
        state: Its new state; whether it may follow is judged by ``casework.lifecycle``.
        due_at: A new promise, or None to keep the old one.

    Raises:
        BugError: When the part is of another dossier.
    """
    if part_id not in {part.part_id for part in joint.parts}:
        raise BugError("a part of another joint dossier")
    parts = tuple(
        dataclasses.replace(part, state=state, due_at=due_at or part.due_at) if part.part_id == part_id else part
        for part in joint.parts
    )
    return dataclasses.replace(joint, parts=parts)


def progress(joint: JointDossier, now: dt.datetime) -> JointProgress:
    """Tell how far a joint dossier has got.

    Args:
        joint: The dossier.
        now: Aware moment.
    """
    open_parts = tuple(part for part in joint.parts if part.state not in DECIDED)
    promises = [part.due_at for part in open_parts if part.due_at is not None]
    ready = tuple(part for part in joint.parts if part.state is DossierState.FINISHED)
    return JointProgress(
        is_finished=not open_parts,
        is_returned=not open_parts and not ready,
        ready=ready,
        open=open_parts,
        without_result=tuple(part for part in joint.parts if part.state in _WITHOUT_RESULT),
        late=tuple(part for part in open_parts if part.due_at is not None and part.due_at < now),
        earliest_due=min(promises, default=None),
        latest_due=max(promises, default=None),
    )


def shared_papers(wanted: Iterable[tuple[str, Iterable[str]]]) -> tuple[SharedPaper, ...]:
    """Count each paper once, whatever the number of parts that ask for it.

    Args:
        wanted: For each part its id and the keys of the papers it asks for.

    Returns:
        In the order in which the papers are first asked for.
    """
    users: dict[str, list[str]] = {}
    for part_id, keys in wanted:
        for key in dict.fromkeys(keys):
            users.setdefault(key, []).append(part_id)
    return tuple(SharedPaper(key, tuple(part_ids)) for key, part_ids in users.items())
