# SPDX-License-Identifier: GPL-3.0-or-later
"""What the courier does next: a state machine without a clock, a line or a disk of its own.

The order is: prove the gateway, register once, envelopes, objects that the desk wants back, objects, replies, wait. A
new envelope goes before the rest of a long upload, and replies are asked for now and then while one lasts, so that
scans never hold up what is small.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass

from casework.errors import KnownError

BACKOFF_BASE_S = 2.0
BACKOFF_CAP_S = 900.0
"""After a failure the courier waits a random part of 2, 4, 8 … seconds, at most 15 minutes ("full jitter")."""

IDLE_BASE_S = 2.0
IDLE_CAP_S = 60.0
"""While nothing happens it asks for replies after a random part of 2, 4, 8 … seconds, at most one minute."""

REPLIES_DURING_UPLOADS_S = 20.0
LEAST_WAIT_S = 0.2


class Action(enum.StrEnum):
    """One thing to do; each is one exchange with the gateway, but for waiting."""

    HELLO = "hello"
    REGISTER = "register"
    SEND_ENVELOPE = "send-envelope"
    FETCH_OBJECT = "fetch-object"
    SEND_OBJECT = "send-object"
    FETCH_REPLY = "fetch-reply"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do.

    Attributes:
        is_registered: Whether the gateway knows our keys.
        has_envelopes: Whether the spool holds envelopes that the gateway has not got.
        has_objects: Whether objects of delivered envelopes are outstanding.
        has_wanted: Whether the desk wants objects back that are not here yet.
    """

    is_registered: bool
    has_envelopes: bool
    has_objects: bool
    has_wanted: bool = False


class Plan:
    """Chooses the next action and learns from how it went. Times are seconds of any steady clock."""

    def __init__(self, uniform: Callable[[], float]) -> None:
        """Begin without knowing anything about the line.

        Args:
            uniform: Source of random numbers from 0 to 1.
        """
        self._uniform = uniform
        self._is_proven = False
        self._failures = 0
        self._idle_rounds = 0
        self._resume_at = 0.0
        self._not_before = 0.0
        self._replies_at = 0.0
        self._replies_between_uploads_at = 0.0
        self._is_caught_up = False

    @property
    def is_proven(self) -> bool:
        """Whether the gateway itself answered last."""
        return self._is_proven

    def next(self, work: Work, now: float) -> Action:
        """Choose what to do now."""
        if now < max(self._resume_at, self._not_before):
            return Action.WAIT
        if not self._is_proven:
            return Action.HELLO
        if not work.is_registered:
            return Action.REGISTER
        if work.has_envelopes:
            return Action.SEND_ENVELOPE
        if work.has_wanted or work.has_objects:
            if now >= self._replies_between_uploads_at:
                return Action.FETCH_REPLY
            return Action.FETCH_OBJECT if work.has_wanted else Action.SEND_OBJECT
        return Action.WAIT if now < self._replies_at else Action.FETCH_REPLY

    def wait_s(self, now: float) -> float:
        """Give the seconds to wait, at least 0.2."""
        until = max(self._resume_at, self._not_before)
        if self._is_proven and until <= now:
            until = self._replies_at
        return max(LEAST_WAIT_S, until - now)

    def is_idle(self, work: Work) -> bool:
        """Tell whether everything is delivered and the gateway had nothing new afterwards."""
        has_work = work.has_envelopes or work.has_objects or work.has_wanted
        return self._is_proven and self._is_caught_up and not has_work

    def proven(self, now: float) -> None:
        """Note that the gateway answered the hello.

        After trouble, uploads go first for a while: it may have been the replies that made it.
        """
        self._is_proven = True
        self._ask_at(now)
        if self._failures:
            self._replies_between_uploads_at = now + REPLIES_DURING_UPLOADS_S

    def delivered(self, now: float, *, is_answer_due: bool) -> None:
        """Note that an envelope or an object has arrived.

        Args:
            now: The time.
            is_answer_due: Whether the gateway is to be asked at once, when nothing more urgent is left.
        """
        self._failures = 0
        self._idle_rounds = 0
        self._is_caught_up = False
        if is_answer_due:
            self._ask_at(now)

    def progressed(self) -> None:
        """Note that a registration or a piece of an upload went well."""
        self._failures = 0

    def fetched(self, now: float, *, is_new: bool, pause_s: float = 0.0) -> None:
        """Note the outcome of asking for replies.

        Args:
            now: The time.
            is_new: Whether a reply came; more may follow at once.
            pause_s: Seconds that the gateway wishes not to be asked.
        """
        self._failures = 0
        self._is_caught_up = not is_new
        if is_new:
            self._idle_rounds = 0
            delay = 0.0
        else:
            delay = self._uniform() * min(IDLE_CAP_S, IDLE_BASE_S * 2.0**self._idle_rounds)
            self._idle_rounds = min(self._idle_rounds + 1, 16)
        self._replies_at = now + max(delay, pause_s)
        self._replies_between_uploads_at = now + max(0.0 if is_new else REPLIES_DURING_UPLOADS_S, pause_s)

    def failed(self, error: KnownError, now: float) -> None:
        """Note trouble with the line or the gateway: wait, then prove the gateway again."""
        self._is_proven = False
        self._is_caught_up = False
        delay = self._uniform() * min(BACKOFF_CAP_S, BACKOFF_BASE_S * 2.0**self._failures)
        self._failures = min(self._failures + 1, 16)
        self._resume_at = now + max(delay, LEAST_WAIT_S)
        self._not_before = now + float(error.details.get("pause_s", "0"))

    def nudge(self, now: float) -> None:
        """Go on at once, because somebody asked or something new lies in the spool.

        A pause that the gateway asked for is kept all the same.
        """
        self._resume_at = now
        self._ask_at(now)
        self._idle_rounds = 0
        self._is_caught_up = False

    def _ask_at(self, time: float) -> None:
        self._replies_at = time
        self._replies_between_uploads_at = time
