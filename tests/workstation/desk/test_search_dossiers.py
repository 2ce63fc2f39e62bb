# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from casework.errors import KnownError
from casework.records.workplace import Role
from demo.people import FATHER, MOTHER
from tests.workstation.desk.counter import Hand, in_roles, ready, trail
from workstation.desk.list_dossiers import show_dossier
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.refresh_search import RefreshSearch
from workstation.desk.search_dossiers import FoundIn, Nearness, search_dossiers
from workstation.desk.session import DeskSession


def searches(session: DeskSession) -> list[tuple[str, str, str]]:
    return trail(session, "dossiers.searched")


def test_a_dossier_is_found_the_moment_it_is_received_and_after_it_was_indexed(
    session: DeskSession, clock: Hand
) -> None:
    receive_dossier(session, ready(session))
    job = RefreshSearch(session.store)
    for _ in range(2):
        (hit,) = search_dossiers(session, "thành lê").hits
        assert hit.row.applicant_name == FATHER.full_name
        assert hit.found_in is FoundIn.NAME
        assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Lê", "Thành"]
        while job.run_slice(clock()):
            pass
    assert job.name == "refresh-search"


def test_an_answer_says_how_much_there_is_and_how_well_it_was_found(session: DeskSession) -> None:
    for person in (FATHER, MOTHER, FATHER):
        receive_dossier(session, ready(session, person))
    answer = search_dossiers(session, "khai sinh", limit=2)
    assert (len(answer.hits), answer.count, answer.is_counted, answer.is_complete) == (2, 3, True, True)
    assert answer.nearness is Nearness.AS_TYPED
    assert search_dossiers(session, "nguyen thi hogn nhung").nearness is Nearness.NEAR_NAME
    assert search_dossiers(session, "?!").hits == ()


def test_a_search_goes_into_the_trail_once_without_its_words(session: DeskSession, clock: Hand) -> None:
    dossier_id = receive_dossier(session, ready(session)).dossier.dossier_id
    searched = (session.clerk.clerk_id, "dossiers.searched", session.clerk.clerk_id)
    for text in ("l", "le", "lê", "lê v"):
        search_dossiers(session, text)
    assert searches(session) == [searched]
    show_dossier(session, dossier_id)
    search_dossiers(session, "lê")
    clock.go_on(minutes=6)
    search_dossiers(session, "lê")
    search_dossiers(session, "  ")
    assert searches(session) == [searched] * 3


def test_who_may_not_search_finds_nothing_and_leaves_no_trace(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    with pytest.raises(KnownError, match="not-allowed"):
        search_dossiers(in_roles(session, Role.IT_ADMIN), "lê")
    assert searches(session) == []


def test_further_letters_do_not_wait_for_somebody_who_writes(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    search_dossiers(session, "l")
    with session.store.transaction():
        assert search_dossiers(session, "lê").count == 1
