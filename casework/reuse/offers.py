# SPDX-License-Identifier: GPL-3.0-or-later
"""Reuse first: what a person has had digitised or issued is offered before anybody scans (NĐ 61/2018 Đ17.1).

Another person's paper is never offered, not even counted. An offer changes nothing: a clerk accepts it for one
requirement of one dossier, and that decision goes into the trail. How it is counted, ``casework.reuse.counters`` says.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from casework.records.kept_paper import AcceptedReuse, KeptPaper, ReuseSource
from casework.records.paper import PaperClass, PaperForm
from casework.records.person import Person
from casework.records.procedure import Channel, DataSource, Duty, Procedure, Requirement
from casework.reuse.validity import Standing, Validity, validity
from casework.text import NameMatch, compare_names, fold

_PERSONAL_NUMBER: Final = re.compile(r"[0-9]{12}")

_MADE_FOR_ONE_DOSSIER: Final = re.compile(
    r"(?:to khai|don|mau|phieu|giay de nghi|van ban de nghi|giay uy quyen|van ban uy quyen|van ban cam doan|du thao)\b"
)
"""What a citizen states, asks or drafts for one dossier is stated anew for the next."""


class MatchedBy(enum.IntEnum):
    """Why a kept paper satisfies a requirement; the first is the surest."""

    RESULT_CODE = 1
    PAPER_CLASS = 2
    SAME_REQUIREMENT = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kept paper that satisfies a requirement.

    Attributes:
        requirement_id: The requirement.
        kept: The paper; ``kept.source`` says where it is.
        matched_by: Why it fits.
        validity: Whether it may still be used.
    """

    requirement_id: str
    kept: KeptPaper
    matched_by: MatchedBy
    validity: Validity

    @property
    def must_be_fetched(self) -> bool:
        """Whether its file is not here, so that it takes a connection."""
        return self.kept.object_id is None


@dataclass(frozen=True, slots=True)
class ReuseOffer:
    """What there is for one requirement.

    Attributes:
        requirement: The requirement.
        databases: Where the office looks itself before any paper is needed; ``casework.guard.look_ups`` judges what it
            finds.
        papers: Kept papers that may be used, best first: the valid ones, then those that a person has to judge.
        expired: Papers that fit and may not be used any more, to be shown as such.
    """

    requirement: Requirement
    databases: tuple[DataSource, ...]
    papers: tuple[Candidate, ...]
    expired: tuple[Candidate, ...]


def reuse_offers(
    person: Person, procedure: Procedure, channel: Channel, kept: Iterable[KeptPaper], on: dt.date
) -> tuple[ReuseOffer, ...]:
    """Give for each requirement of the channel what is known already, in catalogue order.

    Args:
        person: Whose papers may be offered, as a rule the applicant.
        procedure: The version of the procedure that the dossier is received under.
        channel: How the file comes in.
        kept: What is known of that person and, harmlessly, of others; the order is of no consequence.
        on: The day, in Viet Nam.
    """
    own = [paper for paper in kept if may_be_shown_to(person, paper)]
    return tuple(_offer(item, own, on) for item in procedure.requirements if item.is_asked_through(channel))


def may_be_shown_to(person: Person, kept: KeptPaper) -> bool:
    """Whether a kept paper is the person's own, or a link of the person to it is on record.

    A personal identification number of 12 digits is enough. The former 9 digits and the numbers of foreign documents
    are not unique, so the name must agree too, and they open no linked paper.
    """
    for number in (person.id_number, person.former_id_number):
        if not number:
            continue
        if _PERSONAL_NUMBER.fullmatch(number):
            if number == kept.owner_number or number in kept.linked_numbers:
                return True
        elif number == kept.owner_number and compare_names(person.full_name, kept.owner_name) is NameMatch.EXACT:
            return True
    return False


def accept(
    candidate: Candidate, dossier_id: str, clerk_id: str, at: dt.datetime, *, is_validity_confirmed: bool = False
) -> AcceptedReuse:
    """Use a kept paper for its requirement.

    Args:
        candidate: What was offered.
        dossier_id: The dossier.
        clerk_id: Who accepts.
        at: Aware moment.
        is_validity_confirmed: Whether the clerk has seen that a paper of uncertain validity is valid.

    Raises:
        KnownError: ``kept-paper-expired``, ``kept-paper-validity-unconfirmed``.
    """
    if candidate.validity.standing is Standing.EXPIRED:
        raise KnownError("kept-paper-expired")
    if candidate.validity.standing is Standing.UNCERTAIN and not is_validity_confirmed:
        raise KnownError("kept-paper-validity-unconfirmed")
    return AcceptedReuse(
        dossier_id=dossier_id,
        requirement_id=candidate.requirement_id,
        source=candidate.kept.source,
        kept_id=candidate.kept.kept_id,
        result_code=candidate.kept.result_code,
        accepted_by=clerk_id,
        accepted_at=at,
    )


_BEST_SOURCE: Final = tuple(ReuseSource)
_BEST_FORM: Final = tuple(PaperForm)


def _offer(requirement: Requirement, own: Iterable[KeptPaper], on: dt.date) -> ReuseOffer:
    fitting = sorted(
        (
            Candidate(requirement.requirement_id, paper, matched_by, validity(paper, on))
            for paper in own
            if (matched_by := _match(requirement, paper)) is not None
        ),
        key=_goodness,
    )
    return ReuseOffer(
        requirement=requirement,
        databases=requirement.looked_up_in,
        papers=tuple(item for item in fitting if item.validity.standing is not Standing.EXPIRED),
        expired=tuple(item for item in fitting if item.validity.standing is Standing.EXPIRED),
    )


def _match(requirement: Requirement, kept: KeptPaper) -> MatchedBy | None:
    if kept.result_code and kept.result_code in requirement.replaced_by:
        return MatchedBy.RESULT_CODE
    if requirement.is_for_delegation or _MADE_FOR_ONE_DOSSIER.match(fold(requirement.name)):
        return None
    if requirement.duty is Duty.PRESENT and PaperClass.IDENTITY_CARD in requirement.paper_classes:
        return None
    if kept.paper_class is not PaperClass.UNKNOWN and kept.paper_class in requirement.paper_classes:
        return MatchedBy.PAPER_CLASS
    if kept.satisfied and fold(kept.satisfied) == fold(requirement.name):
        return MatchedBy.SAME_REQUIREMENT
    return None


def _goodness(item: Candidate) -> tuple[bool, int, int, bool, int, int, str]:
    """Order papers: valid, surest match, best source, signed, best form, newest."""
    kept = item.kept
    return (
        item.validity.standing is not Standing.VALID,
        item.matched_by,
        _BEST_SOURCE.index(kept.source),
        not kept.signature_level,
        _BEST_FORM.index(kept.form),
        -kept.issued_on.toordinal() if kept.issued_on else 0,
        kept.kept_id,
    )
