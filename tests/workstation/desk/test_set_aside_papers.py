# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers are given back whole, with what only they needed, and only out of the draft at hand."""

from __future__ import annotations

import pytest

from casework.errors import KnownError
from casework.records.paper import PaperClass
from localdb import objects
from tests.workstation.desk.counter import filled_in, hand_in, ready
from workstation.desk.keep_draft import open_draft
from workstation.desk.session import DeskSession
from workstation.desk.set_aside_papers import set_aside_papers


def test_a_file_that_another_paper_needs_stays(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    one, other = (hand_in(session, dossier_id, PaperClass.UNKNOWN, pdf=b"%PDF the same twice") for _ in range(2))
    assert one.object_id == other.object_id
    set_aside_papers(session, dossier_id, [one.paper_id])
    with session.store.reading() as connection:
        assert session.store.objects.read(connection, other.object_id or "") == b"%PDF the same twice"
    set_aside_papers(session, dossier_id, [other.paper_id])
    with session.store.reading() as connection:
        # Its key is gone. The file was asked for twice within the hour, so that it is the sweep's.
        assert objects.find(connection, other.object_id or "") is None


def test_only_papers_of_the_open_draft_can_be_given_back(session: DeskSession) -> None:
    elsewhere = ready(session)
    foreign = open_draft(session, elsewhere).papers[0]
    dossier_id = filled_in(session)
    own = hand_in(session, dossier_id, PaperClass.UNKNOWN)
    with pytest.raises(KnownError, match="no-such-record"):
        set_aside_papers(session, dossier_id, [own.paper_id, foreign.paper_id])
    assert open_draft(session, dossier_id).papers == (own,)
    assert len(open_draft(session, elsewhere).papers) == 2
