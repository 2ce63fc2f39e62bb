# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin retention``."""

from __future__ import annotations

import datetime as dt

from casework.records.workplace import Role
from demo.people import FATHER
from tests.workstation.admin.conftest import Desk
from tests.workstation.desk.counter import CHEAP, CLERK, ready
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.receive_dossier import receive_dossier

IT = NewClerk("tung", "Hoàng Văn Tùng", frozenset({Role.IT_ADMIN}), "mật khẩu của Tùng")
HEAD = NewClerk("mai", "Ngô Thị Mai", frozenset({Role.SUPERVISOR}), "mật khẩu của Mai")


def received(desk: Desk) -> str:
    """Receive one dossier whose time is over and one whose time is not; gives the code of the first."""
    session = desk.sign_in()
    for newcomer in (IT, HEAD):
        add_clerk(session, newcomer, cost=CHEAP)
    past, current = (receive_dossier(session, ready(session)).dossier for _ in range(2))
    with session.store.transaction() as connection:
        for dossier, day in ((past, dt.date(2001, 12, 31)), (current, dt.date(9999, 12, 31))):
            connection.execute(
                "UPDATE dossiers SET retain_until = ?, retention_basis = 'NĐ 23/2015/NĐ-CP' WHERE dossier_id = ?",
                (day.isoformat(), dossier.dossier_id),
            )
    session.close()
    return past.code


def test_the_head_of_the_centre_lists_what_is_past_its_time(desk: Desk) -> None:
    code = received(desk)
    listed = desk.administer("retention", "list", login=HEAD.login, password=HEAD.password)
    assert listed.code == 0, listed.stderr
    (row,) = listed.facts["dossiers"]
    assert (row["code"], row["retain_until"], row["retention_basis"]) == (code, "2001-12-31", "NĐ 23/2015/NĐ-CP")
    arguments = ("retention", "list", "--login", HEAD.login, "--password-stdin")
    (line,) = desk.run(*arguments, asked=(HEAD.password,)).stdout.splitlines()
    assert line.split("\t") == [code, "2001-12-31", "NĐ 23/2015/NĐ-CP", "Thủ tục đăng ký khai sinh"]
    assert FATHER.full_name not in line


def test_where_nothing_is_past_its_time_the_list_is_empty(desk: Desk) -> None:
    listed = desk.administer("retention", "list")
    assert (listed.code, listed.facts) == (0, {"dossiers": []})


def test_it_does_not_see_dossiers(desk: Desk) -> None:
    received(desk)
    refused = desk.administer("retention", "list", login=IT.login, password=IT.password)
    assert (refused.code, refused.facts["error"]["code"]) == (1, "not-allowed")
    assert CLERK.login not in refused.stdout
