# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's side of syncing: operations from the database into the spool, replies from the inbox into the database.

The operation's row is the truth. An envelope is filed before its operations are marked as sealed, so a crash in between
seals them twice, which the gateway notices; it never loses one.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from casework.errors import BugError, KnownError
from casework.identifiers import RandomBytes, new_identifier
from casework.records.dossier import HistoryAction, HistoryEntry
from casework.records.operation import Operation
from localdb import audit, dossiers, history, identity, object_whereabouts, objects, outbox, reissues, sync_state
from localdb.connection import Connection
from localdb.store import Store
from sync_agent import desk_keys
from sync_agent.data_folder import DataFolder
from sync_agent.desk_keys import DeskKeys
from sync_agent.inbox import FeedPosition, Inbox, InboxReply
from sync_agent.memory import CourierMemory
from sync_agent.spool import Spool, Station
from sync_agent.wire import envelope, reply
from sync_agent.wire.envelope import EnvelopeObject
from sync_agent.wire.reply import (
    SEQUENCE_TAKEN,
    Acknowledged,
    ObjectHeld,
    PortalStatus,
    Rejected,
    Reply,
    ReplyItem,
    UnknownItem,
)

_log = logging.getLogger(__name__)

OFFERED_AGAIN = dt.timedelta(days=30)
"""No backup of a gateway that is restored is older than that."""

_PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """What the replies changed, for the desk to show.

    Attributes:
        replies: Replies applied.
        acknowledged: Own operations that the gateway has now.
        rejected: Own operations that it refuses: code by ``operation_id``.
        dossier_ids: Dossiers about which the portal said something.
        unknown: Items that only a later release understands.
        unreadable: Replies that were thrown away, to be fetched again.
    """

    replies: int
    acknowledged: int
    rejected: Mapping[str, str]
    dossier_ids: frozenset[str]
    unknown: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class _Effect:
    item: ReplyItem
    is_ours: bool


class Engine:
    """Seals and opens for one open store. Any thread may call; one works at a time, the others wait."""

    def __init__(
        self,
        store: Store,
        keys: DeskKeys,
        folder: DataFolder,
        *,
        now: Callable[[], dt.datetime],
        random_bytes: RandomBytes,
    ) -> None:
        """Take charge of a desk's spool and inbox.

        Args:
            store: The open store.
            keys: From ``desk_keys.load``.
            folder: The data folder.
            now: The clock, aware.
            random_bytes: Source of identities and content keys.
        """
        self._store = store
        self._keys = keys
        self._now = now
        self._random_bytes = random_bytes
        self._folder = folder
        self._spool = Spool(folder.spool)
        self._spool.sweep()
        self._inbox = Inbox(folder.inbox)
        self._lock = threading.Lock()

    def seal_pending(self) -> int:
        """Seal all operations that are in no envelope yet; after every commit, and at start.

        Returns:
            Number of operations sealed.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``: nothing is lost, call again later;
                ``not-enrolled``, ``other-machine``, ``rolled-back``: this identity has ended.
        """
        with self._lock:
            self._require_identity()
            count = 0
            while sealed := self._seal_some():
                count += sealed
            return count

    def take_back_refused(self) -> int:
        """Seal anew what could not be delivered as it was, and what an older gateway did not understand.

        Once at start, since it may be refused again.

        Returns:
            Number of operations that will be sealed again by the next ``seal_pending``.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        with self._lock:
            count = 0
            for spooled in self._spool.envelopes(Station.REFUSED):
                with self._store.transaction() as connection:
                    count += outbox.take_back(connection, spooled.envelope_id)
                self._spool.remove(spooled)
            with self._store.transaction() as connection:
                count += sum(outbox.take_back_rejected(connection, code) for code in reply.PASSING_REJECTIONS)
            if count:
                _log.warning("%d refused operations are sealed again", count)
            return count

    def open_replies(self) -> ChangeSummary:
        """Apply all replies that follow from where the database stands; when the courier brought some, and at start.

        Raises:
            KnownError: ``reply-version`` when the gateway speaks a later major version: update this program;
                ``disk-full``, ``no-access``, ``disk-error``: nothing is lost, call again later; ``rolled-back`` when
                the gateway heard more of this workstation than this database knows, which ends its identity;
                ``not-enrolled``, ``other-machine``.
        """
        with self._lock:
            self._require_identity()
            self._write_position()
            self._heed_epoch(CourierMemory.load(self._folder).epoch)
            replies = unreadable = 0
            effects: list[_Effect] = []
            for filed in self._inbox.replies():
                position = self._position()
                if not _follows(filed, position):
                    if filed.epoch != position.epoch or filed.after < position.cursor:
                        self._inbox.remove(filed)
                    continue
                opened = self._opened(filed)
                if opened is None:
                    unreadable += 1
                elif (effects_of_one := self._apply(opened, position)) is not None:
                    replies += 1
                    effects += effects_of_one
                    self._write_position()
                self._inbox.remove(filed)
            return _summary(replies, unreadable, effects)

    def _require_identity(self) -> None:
        """See that the store still is who we speak for; the courier, which is asked nothing, loses its papers."""
        try:
            with self._store.reading() as connection:
                identity.enrolled(connection)
        except KnownError:
            desk_keys.stop_speaking(self._folder)
            raise

    def _seal_some(self) -> int:
        with self._store.reading() as connection:
            operations = outbox.unsealed(connection, envelope.MAX_OPERATIONS)
            announced = {
                object_id: _announcement(connection, object_id)
                for operation in operations
                for object_id in operation.object_ids
            }
        if not operations:
            return 0
        envelope_id = new_identifier(self._now(), self._random_bytes)
        data, fitting = self._sealed(envelope_id, operations, announced)
        self._spool.put(fitting[0].device_sequence, envelope_id, data)
        with self._store.transaction() as connection:
            outbox.mark_sealed(connection, [operation.operation_id for operation in fitting], envelope_id)
        return len(fitting)

    def _sealed(
        self, envelope_id: str, operations: Sequence[Operation], announced: dict[str, EnvelopeObject]
    ) -> tuple[bytes, Sequence[Operation]]:
        """Seal as many operations as fit into one envelope."""
        while True:
            object_ids = dict.fromkeys(object_id for operation in operations for object_id in operation.object_ids)
            try:
                data = envelope.seal(
                    envelope_id=envelope_id,
                    device_id=self._keys.device_id,
                    commune=self._keys.commune,
                    created_at=self._now(),
                    operations=operations,
                    objects=[announced[object_id] for object_id in object_ids],
                    recipients=[self._keys.gateway_seal_public, self._keys.commune_seal_public],
                    signer=self._keys.signer,
                    random_bytes=self._random_bytes,
                )
            except KnownError as error:
                if len(operations) == 1:
                    raise BugError("one operation is too large for an envelope") from error
                operations = operations[: len(operations) // 2]
            else:
                return data, operations

    def _heed_epoch(self, epoch: str) -> None:
        """Tell a gateway that was restored from a backup again what a former identity had told it lately.

        The courier knows of the restore before the feed has anything to say.
        """
        if not epoch or self._position().epoch in {"", epoch}:
            return
        since, count = self._now() - OFFERED_AGAIN, 0
        while True:
            with self._store.transaction() as connection:
                given = reissues.offer_some_again(connection, self._keys.device_id, since, envelope.MAX_OPERATIONS // 2)
            if not given:
                break
            count += given
        if count:
            _log.warning("%d operations of a former identity are offered again", count)

    def _opened(self, filed: InboxReply) -> Reply | None:
        """Open a reply, or give None when it is to be fetched again."""
        try:
            return reply.unseal(
                filed.path.read_bytes(),
                private_key=self._keys.reply_private,
                sign_public=self._keys.gateway_sign_public,
            )
        except KnownError as error:
            if error.code == "reply-version":
                raise
            _log.warning("reply %d to %d is thrown away: %s", filed.after, filed.upto, error)
            return None

    def _apply(self, opened: Reply, position: FeedPosition) -> list[_Effect] | None:
        """Do what a reply says, or give None when the database has moved on meanwhile."""
        header = opened.header
        with self._store.transaction() as connection:
            if header.epoch != position.epoch:
                sync_state.start_epoch(connection, header.epoch)
            if not sync_state.advance(connection, header.after, header.upto):
                return None
            effects = [_Effect(item, self._effect(connection, item)) for item in opened.items]
            if any(self._speaks_of_another_self(connection, item) for item in opened.items):
                _log.error("the gateway heard more of this workstation than this database knows")
                identity.retire(connection, self._now(), identity.Reason.ROLLED_BACK)
        self._require_identity()
        return effects

    def _speaks_of_another_self(self, connection: Connection, item: ReplyItem) -> bool:
        """Tell whether somebody spoke in our name: we before we were turned back, or a copy of us.

        Of a former identity that is no wonder: it is why it ended.
        """
        if not isinstance(item, Acknowledged | Rejected) or item.device_id != self._keys.device_id:
            return False
        is_fork = isinstance(item, Rejected) and item.code == SEQUENCE_TAKEN
        return is_fork or not outbox.knows(connection, item.operation_id)

    def _effect(self, connection: Connection, item: ReplyItem) -> bool:
        """Do what an item says; tells whether it is about something in this store.

        Another workstation's words are none of ours, even where it uses our names. An operation that is told again is
        answered only when it was heard under the new identity, because its objects are asked for then.
        """
        if not isinstance(item, UnknownItem) and item.device_id not in self._keys.own_devices:
            return False
        match item:
            case Acknowledged() | Rejected() if not outbox.is_told_by(connection, item.operation_id, item.device_id):
                return False
            case Rejected() if item.code == SEQUENCE_TAKEN:
                return False
            case Acknowledged():
                return outbox.mark_acknowledged(connection, item.operation_id, item.sequence)
            case Rejected():
                return outbox.mark_rejected(connection, item.operation_id, item.code)
            case PortalStatus():
                code = item.portal_code or None
                if not dossiers.set_portal_state(connection, item.dossier_id, item.portal_state, code):
                    return False
                self._note_answer(connection, item)
                return True
            case ObjectHeld():
                epoch = sync_state.epoch(connection)
                return object_whereabouts.confirm(connection, item.object_id, item.transport_id, epoch, self._now())
            case UnknownItem():
                return False

    def _note_answer(self, connection: Connection, item: PortalStatus) -> None:
        """Write the portal's answer into the dossier's history; a restored gateway's feed tells old answers again."""
        action = HistoryAction.PORTAL_ANSWERED
        told = {(entry.at, entry.action, entry.note) for entry in history.of_dossier(connection, item.dossier_id)}
        if (item.at, action, item.message) not in told:
            entry_id = new_identifier(self._now(), self._random_bytes)
            history.add(connection, HistoryEntry(entry_id, item.dossier_id, item.at, _PORTAL, action, item.message))
            audit.append(
                connection,
                at=self._now(),
                actor_id=_PORTAL,
                action="dossier.portal-answered",
                subject_id=item.dossier_id,
            )

    def _write_position(self) -> None:
        """Tell the courier where the database stands; also mends what a crash left behind."""
        position = self._position()
        if position != self._inbox.applied():
            self._inbox.write_applied(position)

    def _position(self) -> FeedPosition:
        with self._store.reading() as connection:
            return FeedPosition(sync_state.epoch(connection), sync_state.cursor(connection))


def _follows(filed: InboxReply, position: FeedPosition) -> bool:
    """Tell whether a reply is the next one; the first one of a new life of the gateway's database always is."""
    return filed.after == (position.cursor if filed.epoch == position.epoch else 0)


def _summary(replies: int, unreadable: int, effects: Sequence[_Effect]) -> ChangeSummary:
    ours = [effect.item for effect in effects if effect.is_ours]
    return ChangeSummary(
        replies=replies,
        acknowledged=sum(isinstance(item, Acknowledged) for item in ours),
        rejected={item.operation_id: item.code for item in ours if isinstance(item, Rejected)},
        dossier_ids=frozenset(item.dossier_id for item in ours if isinstance(item, PortalStatus)),
        unknown=sum(isinstance(effect.item, UnknownItem) for effect in effects),
        unreadable=unreadable,
    )


def _announcement(connection: Connection, object_id: str) -> EnvelopeObject:
    stored = objects.describe(connection, object_id)
    return EnvelopeObject(
        object_id=stored.object_id,
        transport_id=stored.transport_id,
        sealed_size=stored.sealed_size,
        path=objects.relative_path(stored.object_id),
        file_key=stored.file_key,
        plaintext_size=stored.plaintext_size,
        media_type=stored.media_type,
    )
