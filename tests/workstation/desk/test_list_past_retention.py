# SPDX-License-Identifier: GPL-3.0-or-later
"""What the law does not want kept any more is listed; nothing goes by itself."""

from __future__ import annotations

import datetime as dt

from casework.records.paper import PaperClass
from tests.workstation.desk.counter import Hand, filled_in, hand_in, ready, reopened
from workstation.desk.find_procedure import lay_out_procedure
from workstation.desk.keep_draft import keep_fields, open_draft, tick_field
from workstation.desk.list_dossiers import list_dossiers
from workstation.desk.list_past_retention import list_past_retention
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession

SIGNATURE = "2.000884"


def certified_signature(session: DeskSession) -> str:
    """Receive a dossier of the procedure that is kept for two years."""
    dossier_id = filled_in(session, procedure=SIGNATURE)
    hand_in(session, dossier_id, PaperClass.UNKNOWN)
    sheet = lay_out_procedure(session, SIGNATURE, (), {})
    ticks = {tick_field(item.requirement.requirement_id): "seen" for item in sheet.items}
    keep_fields(session, dossier_id, ticks)
    assert open_draft(session, dossier_id).fields
    return receive_dossier(session, dossier_id).dossier.dossier_id


def test_a_dossier_is_listed_from_the_day_after_its_last_one_and_stays(session: DeskSession, clock: Hand) -> None:
    receive_dossier(session, ready(session))
    dossier_id = certified_signature(session)
    clock.moment = dt.datetime(2028, 12, 31, 9, 0, tzinfo=dt.UTC)
    assert list_past_retention(session) == []
    clock.moment = dt.datetime(2028, 12, 31, 17, 30, tzinfo=dt.UTC)
    (row,) = list_past_retention(session)
    assert row.dossier.dossier_id == dossier_id
    assert (row.dossier.retention_basis, row.dossier.retain_until) == ("NĐ 23/2015/NĐ-CP", dt.date(2028, 12, 31))
    again = reopened(session)
    assert len(list_dossiers(again)) == 2
    again.close()
