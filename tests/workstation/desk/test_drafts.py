# SPDX-License-Identifier: GPL-3.0-or-later
"""What was typed is there again after the program has ended, however it ended."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from casework.errors import KnownError
from casework.records.paper import PaperClass
from tests.workstation.desk.counter import (
    CLERK,
    PASSWORD,
    Hand,
    as_colleague,
    filled_in,
    hand_in,
    latest_draft,
    ready,
    reopened,
    trail,
)
from workstation.desk.change_set import ChangeSet
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import (
    TICKED,
    DraftField,
    abandon_draft,
    keep_fields,
    open_draft,
    start_draft,
    tick_field,
)
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in

TYPE_AND_DIE = """
import os, pathlib, sys
from tests.workstation.desk.counter import CLERK, MONDAY_MORNING, PASSWORD, Hand
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import DraftField, keep_fields, start_draft
from workstation.desk.sign_in import sign_in
folder = DeskFolder(pathlib.Path(sys.argv[1]))
session = sign_in(folder, CLERK.login, PASSWORD, clock=Hand(MONDAY_MORNING), random_bytes=os.urandom)
draft, _ = start_draft(session)
keep_fields(session, draft.dossier_id, {DraftField.FULL_NAME: "Lê Văn Thành", DraftField.PHONE: "0912 345 678"})
os._exit(9)
"""


def test_typed_fields_come_back_after_the_program_was_closed(session: DeskSession) -> None:
    draft, started = start_draft(session)
    typed = {DraftField.FULL_NAME: "Lê Văn Thành", DraftField.PHONE: "", tick_field("1.001193/02"): TICKED}
    kept = keep_fields(session, draft.dossier_id, typed)
    assert started == kept == ChangeSet(drafts=frozenset({draft.dossier_id}))
    again = reopened(session)
    assert dict(open_draft(again, draft.dossier_id).fields) == typed
    again.close()


def test_typed_fields_come_back_after_the_program_was_killed(session: DeskSession, folder: DeskFolder) -> None:
    session.close()
    assert subprocess.run([sys.executable, "-c", TYPE_AND_DIE, str(folder.root)], check=False).returncode == 9
    again = sign_in(folder, CLERK.login, PASSWORD, clock=session.clock, random_bytes=os.urandom)
    draft = latest_draft(again)
    assert draft is not None
    assert draft.fields == {"full_name": "Lê Văn Thành", "phone": "0912 345 678"}
    again.close()


def test_the_last_writing_of_a_field_wins_and_the_others_stay(session: DeskSession) -> None:
    draft, _ = start_draft(session)
    keep_fields(session, draft.dossier_id, {DraftField.FULL_NAME: "Lê Văn Thanh", DraftField.ADDRESS: "Thôn 3"})
    keep_fields(session, draft.dossier_id, {DraftField.FULL_NAME: "Lê Văn Thành"})
    assert open_draft(session, draft.dossier_id).fields == {"full_name": "Lê Văn Thành", "address": "Thôn 3"}


def test_fields_that_are_typed_together_are_kept_together_or_not_at_all(session: DeskSession) -> None:
    draft, _ = start_draft(session)
    with session.store.transaction() as connection:
        connection.execute(
            "CREATE TRIGGER no_phone BEFORE INSERT ON draft_fields WHEN NEW.field = 'phone' "
            "BEGIN SELECT raise(ABORT, 'no room'); END"
        )
    with pytest.raises(Exception, match="no room"):
        keep_fields(session, draft.dossier_id, {DraftField.FULL_NAME: "Lê Văn Thành", DraftField.PHONE: "0912"})
    assert open_draft(session, draft.dossier_id).fields == {}


def test_the_draft_that_was_changed_last_is_offered(session: DeskSession, clock: Hand) -> None:
    assert latest_draft(session) is None
    first, _ = start_draft(session)
    clock.go_on(minutes=1)
    second, _ = start_draft(session)
    clock.go_on(minutes=1)
    assert latest_draft(session) == second
    keep_fields(session, first.dossier_id, {DraftField.FULL_NAME: "Lê Văn Thành"})
    offered = latest_draft(session)
    assert offered is not None
    assert offered.dossier_id == first.dossier_id


def test_an_abandoned_draft_is_neither_offered_nor_kept(session: DeskSession) -> None:
    draft, _ = start_draft(session)
    keep_fields(session, draft.dossier_id, {DraftField.FULL_NAME: "Lê Văn Thành"})
    assert abandon_draft(session, draft.dossier_id).drafts == {draft.dossier_id}
    assert latest_draft(session) is None
    assert open_draft(session, draft.dossier_id).fields == {}
    with pytest.raises(KnownError, match="no-such-draft"):
        abandon_draft(session, draft.dossier_id)
    assert trail(session, "draft.abandoned") == [(session.clerk.clerk_id, "draft.abandoned", draft.dossier_id)]


def test_nobody_throws_away_what_a_colleague_has_begun(session: DeskSession) -> None:
    draft, _ = start_draft(session)
    with pytest.raises(KnownError, match="no-such-draft"):
        abandon_draft(as_colleague(session), draft.dossier_id)
    assert latest_draft(session) == draft


def test_nobody_reads_or_types_into_what_a_colleague_has_begun(session: DeskSession) -> None:
    draft, _ = start_draft(session)
    colleague = as_colleague(session)
    with pytest.raises(KnownError, match="no-such-draft"):
        keep_fields(colleague, draft.dossier_id, {DraftField.PHONE: "0912 345 678"})
    with pytest.raises(KnownError, match="no-such-draft"):
        open_draft(colleague, draft.dossier_id)
    assert open_draft(session, draft.dossier_id).fields == {}


def test_nothing_can_be_typed_into_a_dossier_that_was_received(session: DeskSession) -> None:
    dossier_id = ready(session)
    receive_dossier(session, dossier_id)
    with pytest.raises(KnownError, match="no-such-draft"):
        keep_fields(session, dossier_id, {DraftField.PHONE: "0912 345 678"})
    assert latest_draft(session) is None


def test_nothing_can_be_typed_into_a_draft_that_was_never_started(session: DeskSession) -> None:
    with pytest.raises(KnownError, match="no-such-draft"):
        keep_fields(session, session.new_identifier(), {DraftField.PHONE: "0912 345 678"})


def test_a_draft_comes_back_with_its_papers(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    paper = hand_in(session, dossier_id, PaperClass.BIRTH_PROOF)
    again = reopened(session)
    draft = latest_draft(again)
    assert draft is not None
    assert draft.papers == (paper,)
    again.close()


def test_typing_costs_a_handful_of_statements_however_much_the_desk_holds(
    session: DeskSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field is written a second after the last keystroke, so it must not read what lies in the store."""
    draft, _ = start_draft(session)
    said: list[str] = []
    with session.store.transaction() as connection:
        kind = type(connection)
    execute = kind.execute

    def listen(self: object, sql: str, *rest: object) -> int:
        said.append(sql.split()[0])
        return execute(self, sql, *rest)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(kind, "execute", listen)
    keep_fields(session, draft.dossier_id, {DraftField.FULL_NAME: "Lê Văn Thành"})
    assert said == ["BEGIN", "UPDATE", "INSERT", "COMMIT"]
