# SPDX-License-Identifier: GPL-3.0-or-later
"""The relay: a thread that hands dossiers to the portal, one after the other, until the portal has said yes or no.

It writes nothing before the portal's answer. Killed at any point it sends the same dossier again, which the portal
takes as an update. When the portal itself is in trouble the relay rests as a whole; the desks notice nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from casework.catalogue import Catalogue
from casework.errors import BugError, KnownError
from casework.records.dossier import PortalState
from casework.records.operation import Operation
from gateway import feed, relay_jobs
from gateway.enrolment import unit_name
from gateway.files import PortalFiles
from gateway.folder import Gateway
from gateway.relay_jobs import RelayJob
from gateway.storage import blob, text
from sync_agent.portals.facts import gather_facts
from sync_agent.portals.portal import DossierFacts, Portal, PortalAnswer, Verdict
from sync_agent.wire import operation_codec
from sync_agent.wire.reply import PortalStatus

_IDLE_S: Final = 60.0
_AFTER_STUMBLE_S: Final = 30.0
_LAST_SUBMISSION_S: Final = 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to rest after failures: full jitter, doubling up to a cap.

    Attributes:
        first_s: Longest rest after the first failure, in seconds.
        longest_s: Longest rest of all, in seconds.
    """

    first_s: float = 2.0
    longest_s: float = 900.0

    def rest_s(self, failures: int, chance: Callable[[], float]) -> float:
        """Draw a rest.

        Args:
            failures: How many in a row, at least 1.
            chance: Gives a number from 0 to 1.
        """
        return chance() * min(self.longest_s, self.first_s * 2.0 ** min(failures - 1, 30))


class Relay:
    """Works off the relay jobs of one gateway."""

    def __init__(
        self,
        gateway: Gateway,
        files: PortalFiles,
        portal: Portal,
        *,
        now: Callable[[], dt.datetime],
        chance: Callable[[], float],
        backoff: Backoff,
    ) -> None:
        self._gateway = gateway
        self._files = files
        self._portal = portal
        self._now = now
        self._chance = chance
        self._backoff = backoff
        self._portal_failures = 0
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def start(self) -> None:
        """Begin to work in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End the work; a submission that hangs is left to die with the process, which does no harm."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(_LAST_SUBMISSION_S)

    def wake(self) -> None:
        """Say that a job may be due."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                rest_s = self.work_off()
            except Exception as error:  # the relay must outlive a fault of the database and of ours
                _log.error("relay stumbled error=%s", type(error).__name__)
                self._stopping.wait(_AFTER_STUMBLE_S)
            else:
                # A portal in trouble is left alone, however many new dossiers arrive meanwhile.
                (self._stopping if self._portal_failures else self._wake).wait(rest_s)

    def work_off(self) -> float:
        """Hand over all dossiers that are due; stop at once when the portal is in trouble.

        Returns:
            Seconds until there may be something to do again.
        """
        while not self._stopping.is_set():
            now_ms = self._now_ms()
            with self._gateway.database.read() as transaction:
                job = relay_jobs.due_job(transaction, now_ms, int(self._backoff.longest_s * 1000))
                if job is None:
                    next_ms = relay_jobs.next_due_ms(transaction)
            if job is None:
                return _IDLE_S if next_ms is None else min(_IDLE_S, max(0.0, (next_ms - now_ms) / 1000))
            rest_s = self._hand_over(job)
            if rest_s is not None:
                return rest_s
        return 0.0

    def _hand_over(self, job: RelayJob) -> float | None:
        """Hand over one dossier; give the seconds to rest when the portal is in trouble."""
        try:
            facts = self._facts(job)
        except KnownError as error:
            _log.info("dossier waits dossier=%s error=%s", job.dossier_id, error)
            with self._gateway.database.write() as transaction:
                relay_jobs.note_incomplete(transaction, job)
            return None
        except BugError as error:
            self._own_trouble(job, error)
            return None
        try:
            answer = self._portal.submit(facts, update=job.update)
        except KnownError as error:
            return self._portal_trouble(job, error)
        except Exception as error:  # one dossier that trips us up must not stand before the others
            self._own_trouble(job, error)
            return None
        self._portal_failures = 0
        self._note_answer(job, answer)
        return None

    def _facts(self, job: RelayJob) -> DossierFacts:
        with self._gateway.database.read() as transaction:
            rows = transaction.rows(
                "SELECT operation_id, sealed FROM operations WHERE lineage = ? AND dossier_id = ? AND rejected = ''"
                " ORDER BY sequence",
                job.lineage,
                job.dossier_id,
            )
            unit = unit_name(transaction, job.unit_code)
        operations = [self._operation(job, text(row[0]), blob(row[1])) for row in rows]
        now = self._now()
        return gather_facts(
            operations,
            unit_name=unit,
            procedure_field=_procedure_field,
            file_url=lambda object_id: self._files.link(job.lineage, object_id, now),
        )

    def _operation(self, job: RelayJob, operation_id: str, sealed: bytes) -> Operation:
        row = f"{job.lineage}/{operation_id}"
        return operation_codec.decode(json.loads(self._gateway.columns.open("operations", row, sealed)))

    def _portal_trouble(self, job: RelayJob, error: KnownError) -> float:
        """Put the job back behind the others: its dossier may be what the portal stumbles over."""
        self._portal_failures += 1
        # A refused log-in is not hammered at: portals lock accounts.
        rest_s = (
            self._backoff.rest_s(self._portal_failures, self._chance) if error.retryable else self._backoff.longest_s
        )
        _log.warning("portal in trouble dossier=%s tries=%d error=%s", job.dossier_id, job.tries + 1, error)
        self._note_failed(job, error.code, max(rest_s, self._backoff.rest_s(job.tries + 1, self._chance)))
        return rest_s

    def _own_trouble(self, job: RelayJob, error: Exception) -> None:
        """Put the job back for long; the text of an error that is not ours may hold personal data."""
        told = str(error) if isinstance(error, BugError) else type(error).__name__
        _log.error("dossier can not be relayed dossier=%s error=%s", job.dossier_id, told)
        self._note_failed(job, "gateway-fault", self._backoff.longest_s)

    def _note_failed(self, job: RelayJob, code: str, rest_s: float) -> None:
        with self._gateway.database.write() as transaction:
            relay_jobs.note_failed(transaction, job, code, self._now_ms() + int(rest_s * 1000))

    def _note_answer(self, job: RelayJob, answer: PortalAnswer) -> None:
        """Record the portal's answer and the desks' news of it together; what they know already is not said again."""
        accepted = answer.verdict is Verdict.ACCEPTED
        state = PortalState.ACCEPTED if accepted else PortalState.REJECTED
        portal_code = answer.portal_code or job.portal_code
        is_news = not accepted or (state, portal_code) != (job.portal_state, job.portal_code)
        with self._gateway.database.write() as transaction:
            if accepted:
                relay_jobs.note_accepted(transaction, job, portal_code)
            else:
                relay_jobs.note_refused(transaction, job)
            if is_news:
                news = PortalStatus(
                    sequence=feed.next_sequence(transaction, job.commune),
                    device_id=job.lineage,
                    dossier_id=job.dossier_id,
                    portal_state=state,
                    portal_code=portal_code,
                    message=answer.message,
                    at=self._now(),
                )
                feed.append(transaction, self._gateway, job.commune, news, self._now())
        _log.info("portal answered dossier=%s state=%s update=%s", job.dossier_id, state.value, job.update)

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)


def _procedure_field(code: str) -> str:
    """The desk's catalogue may be newer than ours; what we do not know we leave empty."""
    try:
        return Catalogue.shipped().get(code).field
    except KnownError:
        return ""
