# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import drafts
from localdb.drafts import Draft, DraftOutcome
from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import samples

LATER = samples.NOON + dt.timedelta(seconds=5)


def test_each_field_is_there_after_opening_again(store: Store, folder: Path, keys: StoreKeys) -> None:
    dossier_id = samples.begin_draft(store)
    for value in ("N", "Ng", "Nguyễn"):
        with store.transaction() as connection:
            drafts.set_field(connection, dossier_id, "applicant.full_name", value, LATER)
    with store.transaction() as connection:
        drafts.set_field(connection, dossier_id, "procedure", "1.001193", LATER)
    store.close()
    again = Store.open(folder, keys)
    with again.reading() as connection:
        assert drafts.fields(connection, dossier_id) == {"applicant.full_name": "Nguyễn", "procedure": "1.001193"}
        assert drafts.open_drafts(connection, samples.CLERK.clerk_id) == [
            Draft(dossier_id, samples.CLERK.clerk_id, samples.NOON, LATER)
        ]
    again.close()


def test_the_draft_changed_last_comes_first_and_other_clerks_drafts_do_not_show(store: Store) -> None:
    first, second = samples.begin_draft(store), samples.begin_draft(store)
    with store.transaction() as connection:
        drafts.set_field(connection, first, "procedure", "1.001193", LATER)
    with store.reading() as connection:
        found = [draft.dossier_id for draft in drafts.open_drafts(connection, samples.CLERK.clerk_id)]
        assert found == [first, second]
        assert drafts.open_drafts(connection, "somebody-else") == []


@pytest.mark.parametrize("outcome", list(DraftOutcome))
def test_a_closed_draft_is_gone_from_the_list_with_what_was_typed(store: Store, outcome: DraftOutcome) -> None:
    dossier_id = samples.begin_draft(store)
    with store.transaction() as connection:
        drafts.set_field(connection, dossier_id, "applicant.full_name", "Nguyễn", LATER)
        drafts.close(connection, dossier_id, LATER, outcome)
    with store.reading() as connection:
        assert drafts.open_drafts(connection, samples.CLERK.clerk_id) == []
        assert drafts.fields(connection, dossier_id) == {}


def test_a_keystroke_that_comes_after_closing_is_refused(store: Store) -> None:
    dossier_id = samples.begin_draft(store)
    with store.transaction() as connection:
        drafts.close(connection, dossier_id, LATER, DraftOutcome.RECEIVED)
        with pytest.raises(KnownError) as caught:
            drafts.set_field(connection, dossier_id, "procedure", "x", LATER)
        assert caught.value.code == "no-such-draft"
        with pytest.raises(KnownError) as caught:
            drafts.close(connection, dossier_id, LATER, DraftOutcome.ABANDONED)
        assert caught.value.code == "no-such-draft"
