# SPDX-License-Identifier: GPL-3.0-or-later
"""The courier: carries sealed envelopes and objects out and sealed replies in, and can open none of them.

Everything that it must know after a crash lies in folders: where a file stands tells how far it has got.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import logging
import shutil
import threading
from collections.abc import Callable, Sequence

from casework.errors import KnownError
from localdb import durable_file
from sync_agent.configuration import CourierConfiguration
from sync_agent.data_folder import DataFolder
from sync_agent.deliveries import Deliveries
from sync_agent.door import Message
from sync_agent.fetching import Fetching
from sync_agent.inbox import Inbox
from sync_agent.memory import CourierMemory
from sync_agent.plan import Action, Plan, Work
from sync_agent.spool import Spool, SpooledEnvelope, Station
from sync_agent.status import CourierState, CourierStatus
from sync_agent.transports.transport import Transport
from sync_agent.wanted import WantedObjects
from sync_agent.wire import envelope, reply

_log = logging.getLogger(__name__)

REPLY_ITEMS = 100
"""Items asked for at once; a desk applies them in one transaction of at most 250 rows."""

SPOOL_CHECK_S = 5.0
"""While it waits, the courier looks this often whether somebody filed an envelope without telling."""

STATUS_INTERVAL_S = 1.0

NEEDS_HELP = frozenset(
    {
        "device-unknown",
        "device-revoked",
        "device-registered",
        "device-replaced",
        "one-time-code-wrong",
        "one-time-code-expired",
        "signature-missing",
        "signature-wrong",
        "gateway-refused",
        "disk-full",
        "no-access",
        "disk-error",
    }
)
"""Codes that waiting alone will not mend."""

_ONE_OBJECT = frozenset({"object-missing", "object-mismatch", "object-refused", "upload-stuck"})


class Until(enum.StrEnum):
    """How long to go on."""

    STOPPED = "stopped"
    IDLE = "idle"
    TROUBLE = "trouble"


class Courier:
    """The courier's loop. ``answer`` may be called from any thread, all else from one."""

    def __init__(
        self,
        folder: DataFolder,
        configuration: CourierConfiguration,
        transports: Sequence[Transport],
        *,
        now: Callable[[], dt.datetime],
        steady: Callable[[], float],
        uniform: Callable[[], float],
    ) -> None:
        """Take up the work where it was left.

        Args:
            folder: The data folder.
            configuration: Of this workstation.
            transports: Lines to the gateway, best first, at least one.
            now: This machine's clock, aware.
            steady: Seconds of a clock that never jumps.
            uniform: Random numbers from 0 to 1.
        """
        self._folder = folder
        self._configuration = configuration
        self._transports = list(transports)
        self._now = now
        self._steady = steady
        self._spool = Spool(folder.spool)
        self._inbox = Inbox(folder.inbox)
        self._inbox.sweep()
        self._memory = CourierMemory.load(folder)
        self._deliveries = Deliveries(self._spool, folder.objects)
        self._fetching = Fetching(WantedObjects(folder), lambda: shutil.disk_usage(folder.root).free)
        self._plan = Plan(uniform)
        self._waiting_objects: dict[str, tuple[int, int]] = {}
        self._status = CourierStatus(CourierState.STARTING)
        self._status_written_at = -STATUS_INTERVAL_S
        self._heeded: frozenset[str] = frozenset()
        self._wake = threading.Event()
        self._nudged = threading.Event()
        self._stopped = threading.Event()

    @property
    def status(self) -> CourierStatus:
        """How it is doing."""
        return self._status

    def answer(self, message: Message) -> CourierStatus:
        """Do what a message asks, soon, and give the status."""
        if message is Message.SYNC_NOW:
            self._nudged.set()
        elif message is Message.STOP:
            self._stopped.set()
        if message is not Message.STATUS:
            self._wake.set()
        return self._status

    def run(self, until: Until) -> bool:
        """Go on until stopped, until nothing is left to do, until the first trouble, or until the identity ends.

        Returns:
            Whether nothing was left to do at the end.
        """
        self._tell(self._status)
        while True:
            waiting = self._spool.envelopes(Station.WAITING)
            self._heed(waiting)
            work = self._work(waiting)
            is_idle = self._plan.is_idle(work)
            if self._stopped.is_set() or not self._is_enrolled() or (is_idle and until is not Until.STOPPED):
                self._tell(self._status, at_once=True)
                return is_idle
            action = self._plan.next(work, self._steady())
            if action is not Action.WAIT:
                self._act(action, waiting)
            elif until is Until.TROUBLE and not self._plan.is_proven:
                self._tell(self._status, at_once=True)
                return False
            else:
                self._wait(waiting)

    def _is_enrolled(self) -> bool:
        """Tell whether the desk still lets us speak for it: a workstation whose identity ended is silent at once."""
        try:
            return CourierConfiguration.load(self._folder).registration == self._configuration.registration
        except KnownError as error:
            return error.code != "courier-not-configured"

    def _work(self, waiting: Sequence[SpooledEnvelope]) -> Work:
        return Work(
            is_registered=self._memory.registered_as == self._configuration.device_id,
            has_envelopes=bool(waiting),
            has_objects=self._deliveries.current(self._steady()) is not None,
            has_wanted=bool(self._fetching.outstanding(self._steady())),
        )

    def _act(self, action: Action, waiting: Sequence[SpooledEnvelope]) -> None:
        try:
            match action:
                case Action.HELLO:
                    self._say_hello()
                case Action.REGISTER:
                    self._line.register(self._configuration.registration)
                    self._remember(dataclasses.replace(self._memory, registered_as=self._configuration.device_id))
                    self._plan.progressed()
                case Action.SEND_ENVELOPE:
                    self._send_envelope(waiting[0])
                case Action.FETCH_OBJECT:
                    self._fetch_object()
                case Action.SEND_OBJECT:
                    self._send_object()
                case Action.FETCH_REPLY:
                    self._fetch_reply()
                case Action.WAIT:
                    return
        except KnownError as error:
            self._fail(action, error)
        else:
            contact = self._now() if self._plan.is_proven else self._status.last_contact_at
            self._tell(dataclasses.replace(self._status, state=CourierState.ONLINE, code="", last_contact_at=contact))

    @property
    def _line(self) -> Transport:
        return self._transports[0]

    def _say_hello(self) -> None:
        found = self._line.hello()
        ahead_s = round(self._now().timestamp() - found.time)
        self._status = dataclasses.replace(self._status, clock_ahead_s=ahead_s)
        if self._memory.epoch not in {"", found.epoch}:
            _log.warning("the gateway was restored from a backup; everything is offered again")
            self._offer_again()
        if self._memory.epoch != found.epoch:
            self._remember(dataclasses.replace(self._memory, epoch=found.epoch))
        self._plan.proven(self._steady())

    def _offer_again(self) -> None:
        """Put everything back that was sent; the gateway knows by operation_id what it still has."""
        for station in (Station.SENT, Station.DELIVERED):
            for spooled in self._spool.envelopes(station):
                self._spool.move(spooled, Station.WAITING)
        self._deliveries = Deliveries(self._spool, self._folder.objects)

    def _send_envelope(self, spooled: SpooledEnvelope) -> None:
        try:
            data = spooled.path.read_bytes()
            header = envelope.verify(data, self._configuration.registration.sign_public)
        except OSError as error:
            raise durable_file.explain(error) from error
        except KnownError as error:
            self._set_aside(spooled, error)
            return
        try:
            stored = self._line.send_envelope(data)
        except KnownError as error:
            if error.code != "envelope-refused":
                raise
            self._set_aside(spooled, error)
            return
        if stored.envelope_id != header.envelope_id:
            raise KnownError("gateway-garbled", retryable=True, field="envelope_id")
        self._deliveries.stored(spooled, header, frozenset(stored.missing_objects))
        self._plan.delivered(self._steady(), is_answer_due=True)
        _log.info("envelope %s stored, %d objects missing", spooled.envelope_id, len(stored.missing_objects))

    def _set_aside(self, spooled: SpooledEnvelope, error: KnownError) -> None:
        _log.warning("envelope %s is set aside: %s", spooled.envelope_id, error)
        self._spool.move(spooled, Station.REFUSED)

    def _send_object(self) -> None:
        upload = self._deliveries.current(self._steady())
        if upload is None:
            return
        try:
            has_arrived = upload.advance(self._line)
        except KnownError as error:
            if error.code not in _ONE_OBJECT:
                raise
            _log.warning("object %s is left for later: %s", upload.reference.transport_id, error)
            self._deliveries.stuck(upload, self._steady())
            return
        self._plan.progressed()
        if has_arrived:
            self._deliveries.arrived(upload)
            self._plan.delivered(self._steady(), is_answer_due=not self._deliveries.objects_left)
            _log.info("object %s arrived", upload.reference.transport_id)

    def _fetch_object(self) -> None:
        if self._fetching.advance(self._line, self._steady()):
            _log.info("a wanted object is here")
        self._plan.progressed()

    def _fetch_reply(self) -> None:
        after = self._inbox.next_position(self._memory.epoch)
        fetched = self._line.fetch_reply(after, REPLY_ITEMS)
        if fetched.data is not None:
            try:
                header = reply.verify(fetched.data, self._configuration.gateway_sign_public)
            except KnownError as error:
                raise KnownError("gateway-garbled", retryable=True, reason=error.code) from error
            asked = (self._configuration.device_id, self._memory.epoch, after)
            if (header.device_id, header.epoch, header.after) != asked:
                raise KnownError("gateway-garbled", retryable=True, field="reply")
            self._inbox.put(header, fetched.data)
            _log.info("reply %d to %d fetched", header.after, header.upto)
        self._plan.fetched(self._steady(), is_new=fetched.data is not None, pause_s=fetched.pause_s)

    def _fail(self, action: Action, error: KnownError) -> None:
        _log.info("%s: %s", action.value, error)
        self._plan.failed(error, self._steady())
        self._transports.append(self._transports.pop(0))
        if error.code == "device-unknown":
            self._memory = dataclasses.replace(self._memory, registered_as="")
        state = CourierState.NEEDS_HELP if error.code in NEEDS_HELP else CourierState.OFFLINE
        self._tell(dataclasses.replace(self._status, state=state, code=error.code))

    def _remember(self, memory: CourierMemory) -> None:
        memory.save(self._folder)
        self._memory = memory

    def _wait(self, seen: Sequence[SpooledEnvelope]) -> None:
        """Wait for the time to pass, for a message, or for something in the folders that was not seen yet."""
        self._tell(self._status)
        wanted = self._fetching.outstanding(self._steady())
        deadline = self._steady() + self._plan.wait_s(self._steady())
        while (left_s := deadline - self._steady()) > 0:
            if self._wake.wait(min(left_s, SPOOL_CHECK_S)) or self._spool.envelopes(Station.WAITING) != seen:
                break
            if self._fetching.outstanding(self._steady()) != wanted:
                break
        self._wake.clear()

    def _heed(self, waiting: Sequence[SpooledEnvelope]) -> None:
        """Go on at once when somebody asked or something is new, even if it came while something else failed."""
        wanted = self._fetching.outstanding(self._steady())
        names = frozenset([spooled.path.name for spooled in waiting] + [wish.transport_id for wish in wanted])
        if self._nudged.is_set() or not names <= self._heeded:
            self._nudged.clear()
            self._plan.nudge(self._steady())
        self._heeded = names

    def _tell(self, status: CourierStatus, *, at_once: bool = False) -> None:
        """Write the status down: changes of state at once, counts at most every second."""
        waiting = self._spool.envelopes(Station.WAITING)
        objects, sealed_bytes = self._objects_of(waiting)
        before = self._status
        self._status = dataclasses.replace(
            status,
            envelopes_left=len(waiting),
            objects_left=self._deliveries.objects_left + objects,
            bytes_left=self._deliveries.bytes_left + sealed_bytes,
            envelopes_refused=self._spool.count(Station.REFUSED),
            objects_stuck=self._deliveries.objects_stuck,
            written_at=self._now(),
        )
        has_turned = (before.state, before.code) != (self._status.state, self._status.code)
        if not (has_turned or at_once) and self._steady() < self._status_written_at + STATUS_INTERVAL_S:
            return
        self._status_written_at = self._steady()
        try:
            self._status.save(self._folder)
        except KnownError as error:
            _log.warning("the status could not be written: %s", error)

    def _objects_of(self, waiting: Sequence[SpooledEnvelope]) -> tuple[int, int]:
        """Count the objects that waiting envelopes announce, and their bytes."""
        known = self._waiting_objects
        self._waiting_objects = {}
        for spooled in waiting:
            name = spooled.path.name
            self._waiting_objects[name] = known.get(name) or _announced(spooled)
        return (
            sum(count for count, _ in self._waiting_objects.values()),
            sum(sealed_bytes for _, sealed_bytes in self._waiting_objects.values()),
        )


def _announced(spooled: SpooledEnvelope) -> tuple[int, int]:
    try:
        header = envelope.read_header(spooled.path.read_bytes())
    except (OSError, KnownError):
        return 0, 0
    return len(header.objects), sum(reference.sealed_size for reference in header.objects)
