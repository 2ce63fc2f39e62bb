# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk on another computer, restored or turned back: nobody signs in until it was enrolled anew."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Callable, Iterator

import pytest

from casework.codes import parse_code
from casework.errors import KnownError
from casework.records.workplace import Role
from localdb import audit, identity, outbox
from localdb.identity import Reason
from sync_agent.configuration import CourierConfiguration
from sync_agent.wire.enrolment import Enrolment
from tests.workstation.desk.counter import CHEAP, CLERK, PASSWORD, Hand, enrolment, ready, trail
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.enrol_anew import enrol_anew, former_identities
from workstation.desk.list_dossiers import list_dossiers
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.set_up_desk import set_up_desk
from workstation.desk.sign_in import sign_in

FIRST = "0b1f8a52-8a3e-4c58-9d6e-1f2b3c4d5e6f"
SECOND = "0b1f8a52-8a3e-4c58-9d6e-1f2b3c4d5e70"
SUCCESSOR = dataclasses.replace(Enrolment.from_json(enrolment(SECOND)), lineage=FIRST, slot=4).to_json()

Machine = Callable[[], bytes | None]


def machine(digit: str) -> Machine:
    return lambda: digit.encode() * 32


HERE, ELSEWHERE = machine("a"), machine("b")


def signed_in(folder: DeskFolder, clock: Hand, this_machine: Machine) -> DeskSession:
    return sign_in(folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom, this_machine=this_machine)


def enrolled_anew(folder: DeskFolder, clock: Hand, file: bytes = SUCCESSOR, this_machine: Machine = HERE) -> None:
    enrol_anew(folder, CLERK.login, PASSWORD, file, clock=clock, random_bytes=os.urandom, this_machine=this_machine)


@contextlib.contextmanager
def signed_in_for_a_while(folder: DeskFolder, clock: Hand, this_machine: Machine) -> Iterator[DeskSession]:
    session = signed_in(folder, clock, this_machine)
    try:
        yield session
    finally:
        session.close()


def retired(folder: DeskFolder, clock: Hand) -> None:
    with signed_in_for_a_while(folder, clock, HERE) as session, session.store.transaction() as connection:
        identity.retire(connection, clock())


@pytest.fixture
def copy(folder: DeskFolder, clock: Hand) -> DeskFolder:
    """A copy of a desk that was at work on its own machine and had no line yet."""
    set_up_desk(
        folder,
        enrolment(FIRST),
        CLERK,
        escrow_public_key=None,
        clock=clock,
        random_bytes=os.urandom,
        cost=CHEAP,
        this_machine=HERE,
    )
    session = signed_in(folder, clock, HERE)
    receive_dossier(session, ready(session))
    session.close()
    return DeskFolder(shutil.copytree(folder.root, folder.root.parent / "copy"))


def test_at_a_copy_on_another_computer_nobody_signs_in(folder: DeskFolder, copy: DeskFolder, clock: Hand) -> None:
    for this_machine in (ELSEWHERE, ELSEWHERE, HERE):
        with pytest.raises(KnownError, match="other-machine") as caught:
            signed_in(copy, clock, this_machine)
        assert caught.value.details["device"] == FIRST
    with pytest.raises(KnownError, match="courier-not-configured"):
        CourierConfiguration.load(copy)
    signed_in(folder, clock, HERE).close()


def test_a_copy_goes_on_as_somebody_else(folder: DeskFolder, copy: DeskFolder, clock: Hand) -> None:
    with pytest.raises(KnownError, match="other-machine"):
        signed_in(copy, clock, ELSEWHERE)
    (former,) = former_identities(copy, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    assert (former.device_id, former.reason) == (FIRST, Reason.OTHER_MACHINE)
    enrolled_anew(copy, clock, this_machine=ELSEWHERE)
    with signed_in_for_a_while(copy, clock, ELSEWHERE) as session:
        assert session.workstation.device_id == SECOND
        assert trail(session, "desk.enrolment-given", "identity.begun")[-2:] == [
            (session.clerk.clerk_id, "desk.enrolment-given", SECOND),
            ("desk", "identity.begun", SECOND),
        ]
        (common,) = list_dossiers(session)
        own = receive_dossier(session, ready(session))
        code = parse_code(own.dossier.code)
        assert code is not None
        assert code.slot == 4
        with session.store.reading() as connection:
            told = outbox.unsealed(connection, 100)
            assert audit.verify(connection).chain_ok
        assert [operation.device_sequence for operation in told] == list(range(1, len(told) + 1))
        assert {operation.device_id for operation in told} == {SECOND}
        assert list(dict.fromkeys(operation.dossier_id for operation in told))[-2:] == [
            common.dossier.dossier_id,
            own.dossier.dossier_id,
        ]


@pytest.mark.parametrize(("reason", "code"), [(Reason.RESTORED, "not-enrolled"), (Reason.ROLLED_BACK, "rolled-back")])
def test_a_restored_or_turned_back_desk_waits_for_its_enrolment(
    folder: DeskFolder, copy: DeskFolder, clock: Hand, reason: Reason, code: str
) -> None:
    session = signed_in(folder, clock, HERE)
    with session.store.transaction() as connection:
        identity.retire(connection, clock(), reason)
    with pytest.raises(KnownError, match=code):
        receive_dossier(session, ready(session))
    session.close()
    with pytest.raises(KnownError, match=code):
        signed_in(folder, clock, HERE)
    enrolled_anew(folder, clock)
    with signed_in_for_a_while(folder, clock, HERE) as session:
        assert len(list_dossiers(session)) == 1


def test_a_desk_whose_device_key_is_lost_is_enrolled_anew(folder: DeskFolder, copy: DeskFolder, clock: Hand) -> None:
    folder.device_key.unlink()
    with pytest.raises(KnownError, match="device-key-missing"):
        signed_in(folder, clock, HERE)
    enrolled_anew(folder, clock)
    with signed_in_for_a_while(folder, clock, HERE) as session, session.store.reading() as connection:
        assert identity.former_devices(connection)[-1].reason is Reason.ENROLLED_ANEW
        assert {operation.device_id for operation in outbox.unsealed(connection, 100)} == {SECOND}


def test_enrolling_anew_twice_is_enrolling_once(folder: DeskFolder, copy: DeskFolder, clock: Hand) -> None:
    retired(folder, clock)
    for _ in range(2):
        enrolled_anew(folder, clock)
    with signed_in_for_a_while(folder, clock, HERE) as session:
        assert session.workstation.device_id == SECOND


def test_only_the_successors_file_and_only_an_administrator_will_do(
    folder: DeskFolder, copy: DeskFolder, clock: Hand
) -> None:
    session = signed_in(folder, clock, HERE)
    add_clerk(session, NewClerk("hoa", "Trần Thị Hoa", frozenset({Role.CLERK}), PASSWORD), cost=CHEAP)
    session.close()
    with pytest.raises(KnownError, match="already-enrolled"):
        enrolled_anew(folder, clock, enrolment(SECOND))
    retired(folder, clock)
    for file, code in [
        (enrolment(SECOND), "enrolment-lineage"),
        (enrolment(FIRST), "enrolment-used"),
        (b"{}", "enrolment-damaged"),
    ]:
        with pytest.raises(KnownError, match=code):
            enrolled_anew(folder, clock, file)
    with pytest.raises(KnownError, match="not-allowed"):
        enrol_anew(folder, "hoa", PASSWORD, SUCCESSOR, clock=clock, random_bytes=os.urandom)
    with pytest.raises(KnownError, match="wrong-password"):
        enrol_anew(folder, CLERK.login, "something else", SUCCESSOR, clock=clock, random_bytes=os.urandom)
