# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetch back what was let go here: the desk writes a wish, the courier brings the file, the desk proves it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from casework.errors import KnownError
from casework.rights import Right
from localdb import object_whereabouts
from localdb.object_whereabouts import Whereabouts
from sync_agent.courier_contact import courier_status, sync_now
from sync_agent.status import CourierState
from sync_agent.wanted import WantedObjects, Wish
from workstation.desk.change_set import ChangeSet
from workstation.desk.session import DeskSession


class FetchState(enum.Enum):
    """How far an object has come; the values name the sentences about it."""

    HERE = ""
    COMING = "object-being-fetched"
    OFFLINE = "object-fetch-offline"
    NOT_HELD = "object-not-held"
    NO_ROOM = "object-fetch-no-room"
    DAMAGED = "object-damaged"


_REFUSALS = {
    "object-not-held": FetchState.NOT_HELD,
    "object-mismatch": FetchState.NOT_HELD,
    "disk-full": FetchState.NO_ROOM,
    "object-damaged": FetchState.DAMAGED,
}


@dataclass(frozen=True, slots=True)
class Fetch:
    """How it stands with an object.

    Attributes:
        object_id: The object.
        state: How far it has come.
    """

    object_id: str
    state: FetchState


def fetch_object(session: DeskSession, object_id: str) -> Fetch:
    """Make sure that an object is here or on its way; never waits for the network.

    Raises:
        KnownError: ``object-missing`` when it is not here and the gateway never said that it holds it; ``disk-full``,
            ``no-access``, ``disk-error``.
    """
    session.require(Right.SEE_DOSSIERS)
    with session.store.reading() as connection:
        where = object_whereabouts.find(connection, object_id)
    if session.store.objects.lies_here(where.stored):
        return Fetch(object_id, FetchState.HERE)
    if not where.is_at_gateway:
        raise KnownError("object-missing", object_id=object_id)
    stored, wanted = where.stored, WantedObjects(session.folder)
    refusal = wanted.refusal(stored.transport_id) if wanted.is_wanted(stored.transport_id) else ""
    wanted.want(Wish(stored.transport_id, object_id, stored.sealed_size))
    sync_now(session.folder)
    return Fetch(object_id, _REFUSALS.get(refusal) or _on_its_way(session))


def fetch_state(session: DeskSession, object_id: str) -> Fetch:
    """Tell how it stands with an object that was asked for, and ask for nothing.

    Raises:
        KnownError: ``object-missing`` when no row names it.
    """
    session.require(Right.SEE_DOSSIERS)
    with session.store.reading() as connection:
        where = object_whereabouts.find(connection, object_id)
    if session.store.objects.lies_here(where.stored):
        return Fetch(object_id, FetchState.HERE)
    refusal = WantedObjects(session.folder).refusal(where.stored.transport_id)
    return Fetch(object_id, _REFUSALS.get(refusal) or _on_its_way(session))


def take_in_fetched(session: DeskSession) -> ChangeSet:
    """Take in what the courier brought; the dossiers that it belongs to have changed.

    The file comes to its place first, its row says so after, the wish goes last: a crash in between is finished by the
    next call.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``; nothing is lost, it is done again at the next call.
    """
    session.require(Right.SYNCHRONISE)
    wanted = WantedObjects(session.folder)
    dossier_ids: set[str] = set()
    for wish in wanted.wishes():
        where = _of_wish(session, wish)
        if where is None:
            wanted.forget(wish.transport_id)
        elif wanted.whole(wish.transport_id).exists() or session.store.objects.lies_here(where.stored):
            dossier_ids |= _take_in(session, wanted, where)
    return ChangeSet(dossiers=frozenset(dossier_ids))


def _on_its_way(session: DeskSession) -> FetchState:
    is_online = courier_status(session.folder).state is CourierState.ONLINE
    return FetchState.COMING if is_online else FetchState.OFFLINE


def _of_wish(session: DeskSession, wish: Wish) -> Whereabouts | None:
    with session.store.reading() as connection:
        try:
            where = object_whereabouts.find(connection, wish.object_id)
        except KnownError:
            return None
    return where if where.stored.transport_id == wish.transport_id else None


def _take_in(session: DeskSession, wanted: WantedObjects, where: Whereabouts) -> frozenset[str]:
    stored = where.stored
    arrived = wanted.whole(stored.transport_id)
    if arrived.exists():
        try:
            session.store.objects.take_in(arrived, stored)
        except KnownError as error:
            if error.code != "object-damaged":
                raise
            arrived.unlink(missing_ok=True)
            wanted.note_refused(stored.transport_id, error.code)
            return _dossiers_of(session, stored.object_id)
    with session.store.transaction() as connection:
        object_whereabouts.note_arrival(connection, stored.object_id, session.clock())
    wanted.forget(stored.transport_id)
    return _dossiers_of(session, stored.object_id)


def _dossiers_of(session: DeskSession, object_id: str) -> frozenset[str]:
    with session.store.reading() as connection:
        return frozenset(object_whereabouts.dossiers_with(connection, object_id))
