# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from casework.errors import KnownError
from casework.lifecycle import TRANSITIONS, check_transition, is_final, next_states
from casework.records.dossier import DossierState

LEGAL = {
    1: {2, 3, 5},
    2: {4, 5, 7, 9},
    3: set(),
    4: {5, 6, 7, 8, 9},
    5: {2, 4, 8},
    6: {4, 8},
    7: {8},
    8: set(),
    9: {10},
    10: set(),
}


@pytest.mark.parametrize("before", DossierState)
@pytest.mark.parametrize("after", DossierState)
def test_only_the_legal_changes_of_state_are_allowed(before: DossierState, after: DossierState) -> None:
    if after in LEGAL[before]:
        check_transition(before, after)
        return
    with pytest.raises(KnownError) as caught:
        check_transition(before, after)
    assert caught.value.code == "state-change-not-allowed"
    assert caught.value.details == {"before": str(int(before)), "after": str(int(after))}


def test_a_refused_a_stopped_and_a_returned_dossier_are_at_their_end() -> None:
    ends = {state for state in DossierState if is_final(state)}
    assert ends == {DossierState.REFUSED, DossierState.STOPPED, DossierState.RETURNED}


def test_an_immediate_result_skips_the_processing() -> None:
    check_transition(DossierState.RECEIVED, DossierState.FINISHED)
    assert next_states(DossierState.FINISHED) == (DossierState.RETURNED,)


def test_every_transition_says_what_makes_it_happen() -> None:
    assert set(TRANSITIONS) == set(DossierState)
    assert all(reason for after in TRANSITIONS.values() for reason in after.values())
