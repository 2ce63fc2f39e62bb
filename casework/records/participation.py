# SPDX-License-Identifier: GPL-3.0-or-later
"""Who takes part in a dossier, and as what: applicant, submitter and helper are three different people."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Part(enum.StrEnum):
    """As what somebody takes part.

    ``HELPER`` types, scans or explains and hands nothing in. ``LEGAL_REPRESENTATIVE`` acts by law for a child or ward,
    ``ORGANISATION_REPRESENTATIVE`` for an organisation; both are submitters of their own kind.
    """

    APPLICANT = "applicant"
    SUBMITTER = "submitter"
    HELPER = "helper"
    LEGAL_REPRESENTATIVE = "legal-representative"
    ORGANISATION_REPRESENTATIVE = "organisation-representative"


class Relationship(enum.StrEnum):
    """What the submitter is to the applicant; ``SIBLING`` by blood (anh, chị, em ruột).

    A grandchild is ``OTHER_RELATIVE``: the exemption names grandparents who act for a grandchild, not the reverse.
    """

    GRANDPARENT = "grandparent"
    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other-relative"
    UNRELATED = "unrelated"


class HelperKind(enum.StrEnum):
    """Who helps: a clerk, the community digital team (tổ công nghệ số cộng đồng), or somebody else."""

    CLERK = "clerk"
    DIGITAL_TEAM = "digital-team"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Participation:
    """One person in one part of one dossier.

    Attributes:
        dossier_id: The dossier (or its draft).
        person_id: Of the person, or ``clerk_id`` of a clerk who helps.
        part: As what.
        relationship: Of a submitter to the applicant, or None when it was not told or does not apply.
        helper_kind: Of a helper; None for everybody else.
        phone: Own phone of the person in this part, or empty.
        account: Account that the dossier was typed under, or empty.
    """

    dossier_id: str
    person_id: str
    part: Part
    relationship: Relationship | None = None
    helper_kind: HelperKind | None = None
    phone: str = ""
    account: str = ""
