# SPDX-License-Identifier: GPL-3.0-or-later
"""A dossier that a citizen filed online, before the office has answered it."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from casework.records.dossier import DossierState


@dataclass(frozen=True, slots=True)
class OnlineDossier:
    """What the portal brought.

    Attributes:
        dossier_id: UUIDv7, given when it was fetched.
        portal_code: Mã hồ sơ given by the portal; the one code of this dossier on every channel.
        procedure_code: E.g. ``1.001193``.
        applicant_number: Personal identification number of the applicant (chủ hồ sơ), not of who helped with the form.
        submitted_at: Aware moment at the portal.
        answer_by: Aware moment until which the office has to answer: 8 working hours (NĐ 45/2020, not verified).
        state: As the portal knows it.
        opened_at: Aware moment at which a clerk first looked at it, or None; of no consequence for the state.
        opened_by: ``clerk_id`` of who first looked at it, or empty.
    """

    dossier_id: str
    portal_code: str
    procedure_code: str
    applicant_number: str
    submitted_at: dt.datetime
    answer_by: dt.datetime
    state: DossierState = DossierState.REGISTERED
    opened_at: dt.datetime | None = None
    opened_by: str = ""


class OnlineAnswer(enum.StrEnum):
    """What the office answers."""

    ACCEPT = "accept"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"


class AnswerGround(enum.StrEnum):
    """Why an online dossier is not simply accepted."""

    UNCLEAR_PICTURE = "unclear-picture"
    MISSING_PAPER = "missing-paper"
    WRONG_ENTRY = "wrong-entry"
    NOT_THIS_OFFICE = "not-this-office"
    NOT_ELIGIBLE = "not-eligible"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class AnswerToOnline:
    """An answer of the office.

    Attributes:
        answer: What it is.
        at: Aware moment; that of the reception when it is an acceptance.
        clerk_id: Who answers.
        grounds: Why the dossier is not accepted; empty when it is.
        reason: In words for the citizen.
        legal_basis: The provision that a refusal rests on.
        demands: What has to be handed in or made clear, complete.
    """

    answer: OnlineAnswer
    at: dt.datetime
    clerk_id: str
    grounds: frozenset[AnswerGround] = frozenset()
    reason: str = ""
    legal_basis: str = ""
    demands: tuple[str, ...] = ()
