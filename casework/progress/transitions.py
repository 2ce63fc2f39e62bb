# SPDX-License-Identifier: GPL-3.0-or-later
"""The legal changes of a dossier's state: what makes each happen, on what basis, who may make it, what must be on file.

The states and their numbers are the national portal's; which may follow which is this program's reading of the law,
for no published source lists it. Where the wording at hand is NĐ 61/2018/NĐ-CP, that decree has been replaced by
NĐ 118/2025/NĐ-CP, whose wording has not been seen. Who may make a change follows from whose work it is by that law;
the law itself names offices, not the roles of a program.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.records.dossier import DossierState
from casework.records.workplace import Role


class Actor(enum.StrEnum):
    """Who makes a change happen: a role of the desk, the citizen by a request, or another system."""

    CLERK = "clerk"
    SIGNER = "signer"
    SUPERVISOR = "supervisor"
    CITIZEN = "citizen"
    PORTAL = "portal"
    OTHER_AGENCY = "other-agency"


class Evidence(enum.StrEnum):
    """What must be on file before a state may change.

    ``RECEIPT_WAIVED`` stands for "no receipt is owed": the result is given at once and the citizen did not ask for one
    (NĐ 61/2018 Đ17.4). ``LEGAL_GROUND`` is a provision that stops the matter without a request. ``REQUEST_CLOSED`` is
    the record that a withdrawal was taken back by the citizen or not granted by the office.
    """

    RECEIPT = "receipt"
    RECEIPT_WAIVED = "receipt-waived"
    SUPPLEMENT_REQUEST = "supplement-request"
    REFUSAL = "refusal"
    STOP_NOTICE = "stop-notice"
    REASON = "reason"
    SUPPLEMENTED_PAPERS = "supplemented-papers"
    PAYMENT_REQUEST = "payment-request"
    PAYMENT_PROOF = "payment-proof"
    RESULT = "result"
    RECIPIENT = "recipient"
    CITIZEN_REQUEST = "citizen-request"
    LEGAL_GROUND = "legal-ground"
    AGENCY_CONSENT = "agency-consent"
    REQUEST_CLOSED = "request-closed"
    LATE_REASON = "late-reason"
    CORRECTIVE_ACTION = "corrective-action"


@dataclass(frozen=True, slots=True)
class Transition:
    """One legal change of state.

    Attributes:
        before: The state it starts from.
        after: The state it leads to.
        event: What makes it happen.
        legal_basis: The article, or "thiết kế của phần mềm" where no article could be named.
        actors: Who may make it; one of them is enough.
        needs: What must be on file: of each group at least one.
    """

    before: DossierState
    after: DossierState
    event: str
    legal_basis: str
    actors: frozenset[Actor]
    needs: tuple[frozenset[Evidence], ...]


OWN_DESIGN: Final = "thiết kế của phần mềm, chưa có quy định được đối chiếu"
"""Stands where a legal basis would, when no article could be named."""

_S, _A, _E = DossierState, Actor, Evidence

_COUNTER: Final = frozenset({_A.CLERK})
_OFFICE: Final = frozenset({_A.CLERK, _A.OTHER_AGENCY})
_ON_REQUEST: Final = frozenset({_A.CLERK, _A.CITIZEN, _A.PORTAL})
_PAYMENT: Final = frozenset({_A.CLERK, _A.PORTAL, _A.OTHER_AGENCY})
_DECISION: Final = frozenset({_A.SIGNER, _A.SUPERVISOR, _A.OTHER_AGENCY})
_AT_COUNTER: Final = frozenset({_A.CLERK, _A.SIGNER})
_RESULT: Final = frozenset({_A.CLERK, _A.SIGNER, _A.OTHER_AGENCY})
_RETURN: Final = frozenset({_A.CLERK, _A.PORTAL})


def _all_of(*needed: Evidence) -> tuple[frozenset[Evidence], ...]:
    return tuple(frozenset({evidence}) for evidence in needed)


_RECEIPT_OR_WAIVED: Final = (frozenset({_E.RECEIPT, _E.RECEIPT_WAIVED}),)
_STOP_ON_GROUND: Final = (
    frozenset({_E.STOP_NOTICE}),
    frozenset({_E.CITIZEN_REQUEST, _E.LEGAL_GROUND}),
    frozenset({_E.AGENCY_CONSENT}),
)

_MAU_05: Final = "TT 03/2025/TT-VPCP, Mẫu số 05"

LEGAL_TRANSITIONS: Final[tuple[Transition, ...]] = (
    Transition(
        _S.REGISTERED,
        _S.RECEIVED,
        "complete: receipt (Mẫu 01)",
        "NĐ 61/2018 Đ17.1c",
        _COUNTER,
        _RECEIPT_OR_WAIVED,
    ),
    Transition(
        _S.REGISTERED,
        _S.REFUSED,
        "refusal slip with reason (Mẫu 03)",
        "NĐ 61/2018 Đ17.1b",
        _COUNTER,
        _all_of(_E.REFUSAL, _E.REASON),
    ),
    Transition(
        _S.REGISTERED,
        _S.SUPPLEMENT_REQUESTED,
        "guidance, completely and once (Mẫu 02)",
        "NĐ 61/2018 Đ17.1a",
        _COUNTER,
        _all_of(_E.SUPPLEMENT_REQUEST, _E.REASON),
    ),
    Transition(
        _S.RECEIVED,
        _S.PROCESSING,
        "forwarded the same working day",
        "NĐ 61/2018 Đ18",
        _OFFICE,
        _RECEIPT_OR_WAIVED,
    ),
    Transition(
        _S.RECEIVED,
        _S.SUPPLEMENT_REQUESTED,
        "gap found at appraisal, within 3 working days (Mẫu 02)",
        "NĐ 61/2018 Đ19.4",
        _OFFICE,
        _all_of(_E.SUPPLEMENT_REQUEST, _E.REASON),
    ),
    Transition(
        _S.RECEIVED,
        _S.WITHDRAWAL_REQUESTED,
        "the citizen asks to withdraw",
        OWN_DESIGN,
        _ON_REQUEST,
        _all_of(_E.CITIZEN_REQUEST),
    ),
    Transition(
        _S.RECEIVED,
        _S.FINISHED,
        "decided at the counter, the result is there at once",
        "NĐ 61/2018 Đ17.4–5",
        _AT_COUNTER,
        (*_RECEIPT_OR_WAIVED, *_all_of(_E.RESULT)),
    ),
    Transition(
        _S.PROCESSING,
        _S.SUPPLEMENT_REQUESTED,
        "gap found at appraisal (Mẫu 02)",
        "NĐ 61/2018 Đ19.4",
        _OFFICE,
        _all_of(_E.SUPPLEMENT_REQUEST, _E.REASON),
    ),
    Transition(
        _S.PROCESSING,
        _S.PAYMENT_REQUESTED,
        "a fee or tax is due before the result",
        "NĐ 61/2018 Đ22",
        _OFFICE,
        _all_of(_E.PAYMENT_REQUEST),
    ),
    Transition(
        _S.PROCESSING,
        _S.WITHDRAWAL_REQUESTED,
        "the citizen asks to withdraw",
        OWN_DESIGN,
        _ON_REQUEST,
        _all_of(_E.CITIZEN_REQUEST),
    ),
    Transition(
        _S.PROCESSING,
        _S.STOPPED,
        "stop notice (Mẫu 05)",
        _MAU_05,
        _DECISION,
        _STOP_ON_GROUND,
    ),
    Transition(
        _S.PROCESSING,
        _S.FINISHED,
        "result or refusal of the matter is issued; the refusal is entered as the result",
        "NĐ 61/2018 Đ19.8",
        _RESULT,
        _all_of(_E.RESULT),
    ),
    Transition(
        _S.SUPPLEMENT_REQUESTED,
        _S.RECEIVED,
        "the complete dossier was handed in; the time limit starts anew",
        "NĐ 61/2018 Đ19.4",
        _COUNTER,
        (*_all_of(_E.SUPPLEMENTED_PAPERS), *_RECEIPT_OR_WAIVED),
    ),
    Transition(
        _S.SUPPLEMENT_REQUESTED,
        _S.PROCESSING,
        "the missing papers came, the appraisal goes on",
        "NĐ 61/2018 Đ19.4",
        _OFFICE,
        _all_of(_E.SUPPLEMENTED_PAPERS),
    ),
    Transition(
        _S.SUPPLEMENT_REQUESTED,
        _S.STOPPED,
        "the papers did not come (Mẫu 05)",
        _MAU_05,
        _DECISION,
        _all_of(_E.STOP_NOTICE, _E.REASON),
    ),
    Transition(
        _S.PAYMENT_REQUESTED,
        _S.PROCESSING,
        "paid",
        "NĐ 61/2018 Đ22",
        _PAYMENT,
        _all_of(_E.PAYMENT_PROOF),
    ),
    Transition(
        _S.PAYMENT_REQUESTED,
        _S.STOPPED,
        "not paid (Mẫu 05)",
        _MAU_05,
        _DECISION,
        _all_of(_E.STOP_NOTICE, _E.REASON),
    ),
    Transition(
        _S.WITHDRAWAL_REQUESTED,
        _S.STOPPED,
        "the request was considered and granted (Mẫu 05)",
        _MAU_05,
        _DECISION,
        _all_of(_E.STOP_NOTICE, _E.CITIZEN_REQUEST, _E.AGENCY_CONSENT),
    ),
    Transition(
        _S.FINISHED,
        _S.RETURNED,
        "the result was handed over",
        "NĐ 61/2018 Đ20",
        _RETURN,
        _all_of(_E.RESULT, _E.RECIPIENT),
    ),
)
"""The changes that the portal is told of."""

RESUMPTIONS: Final[tuple[Transition, ...]] = tuple(
    Transition(
        _S.WITHDRAWAL_REQUESTED,
        came_from,
        "the request was taken back, or not granted: the work goes on where it stood",
        OWN_DESIGN,
        frozenset({_A.CLERK, _A.SUPERVISOR}),
        _all_of(_E.REQUEST_CLOSED, _E.REASON),
    )
    for came_from in (_S.RECEIVED, _S.PROCESSING)
)
"""The way back from a withdrawal that is not to be: our own design, and no edge of the portal's table.

State 7 leads to 8 only, yet a citizen may think better of it and an office may have to go on. Without a way back such
a dossier could never get a result. So the step into state 7 is undone, to exactly the state it was made from, with a
record of why. The portal is told of it as a correction, which is for the gateway to settle.
"""


def actors_of(roles: Iterable[Role]) -> frozenset[Actor]:
    """Give what a person with these roles may act as; who looks after the machines acts on no dossier."""
    acting = {Role.CLERK: Actor.CLERK, Role.SIGNER: Actor.SIGNER, Role.SUPERVISOR: Actor.SUPERVISOR}
    return frozenset(acting[role] for role in roles if role in acting)
