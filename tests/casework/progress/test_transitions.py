# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import re

import pytest

from casework.progress.transitions import (
    LEGAL_TRANSITIONS,
    OWN_DESIGN,
    RESUMPTIONS,
    Actor,
    Evidence,
    Transition,
    actors_of,
)
from casework.records.dossier import DossierState
from casework.records.workplace import Role

CLERK, SIGNER, SUPERVISOR = "clerk", "signer", "supervisor"
CITIZEN, PORTAL, AGENCY = "citizen", "portal", "other-agency"
DECIDERS = {SIGNER, SUPERVISOR, AGENCY}
RECEIPT = "receipt receipt-waived"

# before, after: who may make it, what must be on file (of each word group one), the basis.
RULES: dict[tuple[int, int], tuple[set[str], list[str], str]] = {
    (1, 2): ({CLERK}, [RECEIPT], "NĐ 61/2018 Đ17.1c"),
    (1, 3): ({CLERK}, ["refusal", "reason"], "NĐ 61/2018 Đ17.1b"),
    (1, 5): ({CLERK}, ["supplement-request", "reason"], "NĐ 61/2018 Đ17.1a"),
    (2, 4): ({CLERK, AGENCY}, [RECEIPT], "NĐ 61/2018 Đ18"),
    (2, 5): ({CLERK, AGENCY}, ["supplement-request", "reason"], "NĐ 61/2018 Đ19.4"),
    (2, 7): ({CLERK, CITIZEN, PORTAL}, ["citizen-request"], OWN_DESIGN),
    (2, 9): ({CLERK, SIGNER}, [RECEIPT, "result"], "NĐ 61/2018 Đ17.4–5"),
    (4, 5): ({CLERK, AGENCY}, ["supplement-request", "reason"], "NĐ 61/2018 Đ19.4"),
    (4, 6): ({CLERK, AGENCY}, ["payment-request"], "NĐ 61/2018 Đ22"),
    (4, 7): ({CLERK, CITIZEN, PORTAL}, ["citizen-request"], OWN_DESIGN),
    (4, 8): (
        DECIDERS,
        ["stop-notice", "citizen-request legal-ground", "agency-consent"],
        "TT 03/2025/TT-VPCP, Mẫu số 05",
    ),
    (4, 9): ({CLERK, SIGNER, AGENCY}, ["result"], "NĐ 61/2018 Đ19.8"),
    (5, 2): ({CLERK}, ["supplemented-papers", RECEIPT], "NĐ 61/2018 Đ19.4"),
    (5, 4): ({CLERK, AGENCY}, ["supplemented-papers"], "NĐ 61/2018 Đ19.4"),
    (5, 8): (DECIDERS, ["stop-notice", "reason"], "TT 03/2025/TT-VPCP, Mẫu số 05"),
    (6, 4): ({CLERK, PORTAL, AGENCY}, ["payment-proof"], "NĐ 61/2018 Đ22"),
    (6, 8): (DECIDERS, ["stop-notice", "reason"], "TT 03/2025/TT-VPCP, Mẫu số 05"),
    (7, 8): (DECIDERS, ["stop-notice", "citizen-request", "agency-consent"], "TT 03/2025/TT-VPCP, Mẫu số 05"),
    (9, 10): ({CLERK, PORTAL}, ["result", "recipient"], "NĐ 61/2018 Đ20"),
    (7, 2): ({CLERK, SUPERVISOR}, ["request-closed", "reason"], OWN_DESIGN),
    (7, 4): ({CLERK, SUPERVISOR}, ["request-closed", "reason"], OWN_DESIGN),
}


def pair(step: Transition) -> tuple[int, int]:
    return int(step.before), int(step.after)


@pytest.mark.parametrize("step", [*LEGAL_TRANSITIONS, *RESUMPTIONS], ids=lambda step: "{}-{}".format(*pair(step)))
def test_each_change_has_its_people_its_papers_and_its_basis(step: Transition) -> None:
    actors, needs, legal_basis = RULES[pair(step)]
    assert step.actors == {Actor(name) for name in actors}
    assert step.needs == tuple(frozenset(Evidence(name) for name in group.split()) for group in needs)
    assert step.legal_basis == legal_basis


def test_no_change_is_there_twice_or_missing() -> None:
    pairs = [pair(step) for step in (*LEGAL_TRANSITIONS, *RESUMPTIONS)]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == set(RULES)


def test_only_the_way_back_from_a_withdrawal_is_kept_from_the_portal() -> None:
    assert [pair(step) for step in RESUMPTIONS] == [(7, 2), (7, 4)]
    assert not {pair(step) for step in LEGAL_TRANSITIONS} & {(7, 2), (7, 4)}


def test_every_change_says_what_makes_it_happen() -> None:
    assert all(re.fullmatch(r"[a-z].*[a-z)0-9]", step.event) for step in (*LEGAL_TRANSITIONS, *RESUMPTIONS))
    assert re.fullmatch(r"thiết kế .* đối chiếu", OWN_DESIGN)


def test_an_office_without_a_citizens_request_can_not_ask_to_withdraw() -> None:
    for step in LEGAL_TRANSITIONS:
        if step.after is DossierState.WITHDRAWAL_REQUESTED:
            assert frozenset({Evidence.CITIZEN_REQUEST}) in step.needs


@pytest.mark.parametrize(
    ("roles", "actors"),
    [
        (set(), set()),
        ({Role.CLERK}, {Actor.CLERK}),
        ({Role.SIGNER}, {Actor.SIGNER}),
        ({Role.SUPERVISOR}, {Actor.SUPERVISOR}),
        ({Role.IT_ADMIN}, set()),
        (set(Role), {Actor.CLERK, Actor.SIGNER, Actor.SUPERVISOR}),
    ],
)
def test_who_looks_after_the_machines_acts_on_no_dossier(roles: set[Role], actors: set[Actor]) -> None:
    assert actors_of(roles) == actors


def test_the_stored_names_of_actors_and_evidence_stay() -> None:
    assert [str(actor) for actor in Actor] == ["clerk", "signer", "supervisor", "citizen", "portal", "other-agency"]
    assert {evidence.name: str(evidence) for evidence in Evidence} == {
        evidence.name: evidence.name.lower().replace("_", "-") for evidence in Evidence
    }
    assert len(Evidence) == 17
