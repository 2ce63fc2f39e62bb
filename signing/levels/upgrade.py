# SPDX-License-Identifier: GPL-3.0-or-later
"""One step up: B-B → B-T → B-LT and B-LTA → renewed before the last timestamp's certificate ends.

The state is read from the file, so a step that was lost is simply done again, and a step on a finished file does
nothing. Every step makes new bytes, proves them, and only then hands them back; nothing is written anywhere. Who calls
this keeps the queue: ``Upgrade.due`` says when to come back, ``signing.levels.waiting.next_try`` when a step failed.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.errors import SigningError
from signing.levels.clock import is_claim_too_late, refuse_clock_behind
from signing.levels.document_state import (
    DocumentState,
    Level,
    OpenedDocument,
    SignatureState,
    open_document,
    own_timestamps,
    state_of,
)
from signing.levels.document_timestamp import append_timestamp
from signing.levels.policy import UpgradePolicy
from signing.levels.proof import prove_archived, prove_intact
from signing.levels.revocation_data import RevocationData
from signing.levels.signature_timestamp import has_room, insert_timestamp, signature_value
from signing.levels.time_service import TimestampToken, about_authority, fetch_timestamp, imprint_of


class Step(StrEnum):
    """What was done."""

    NOTHING = "nothing"
    SIGNATURE_TIMESTAMP = "signature-timestamp"
    """B-T by way A: inside the last signature's own hole."""
    DOCUMENT_TIMESTAMP = "document-timestamp"
    """B-T by way B: a revision with a timestamp over everything."""
    ARCHIVE = "archive"
    """B-LT and B-LTA: a revision with validation data and a timestamp over everything."""
    RENEWAL = "renewal"
    """The same again, before the last timestamp's certificate ends."""


_WITH_DATA: Final = frozenset({Step.ARCHIVE, Step.RENEWAL})
_AT_ONCE: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The outcome of one step.

    Attributes:
        content: The whole file; the very object that came in when nothing was done.
        step: What was done.
        state: Of ``content``.
        due: When the next step can be taken: a moment that is over = at once; ``None`` = never.
        stamped_at: What the time stamping authority said; ``None`` when none was asked. The newest of these is what
            ``signing.levels.clock.refuse_clock_behind`` wants to know.
        passed_over: Why time stamping authorities before the one that answered were passed over.
        wrong_clocks: Fields of signatures that claim to be younger than their timestamp: the signer's clock was wrong.
    """

    content: bytes = field(repr=False)
    step: Step
    state: DocumentState
    due: dt.datetime | None
    stamped_at: dt.datetime | None = None
    passed_over: tuple[SigningError, ...] = ()
    wrong_clocks: tuple[str, ...] = ()


def next_step(pdf: bytes, now: dt.datetime, policy: UpgradePolicy) -> Upgrade:
    """Take a signed PDF one step further, if it is time to.

    Args:
        pdf: Any PDF; all signatures in it must hold.
        now: Aware; the present by this machine's clock.
        policy: Whom to ask and to believe.

    Returns:
        The new file, proven, or the old one with ``Step.NOTHING``.

    Raises:
        SigningError: The file is as it was. Of the file: all of ``prove_archived``; ``upgrade-too-late`` (details
            ``field``: its certificate ended before timestamp and archive); ``certificate-revoked``;
            ``pdf-not-signable``. Of the clock: ``clock-behind``, ``clock-differs``. Of the services: all of
            ``fetch_timestamp``, of the last authority that was asked; ``timestamp-authority-ends-soon`` (retryable: it
            still stamps with the certificate that the renewal is to outlive); ``time-service-missing`` (the policy
            names none).
    """
    document = open_document(pdf)
    state = state_of(document)
    refuse_clock_behind(now, state.newest_trusted_time, policy.clock_tolerance)
    _refuse_too_late(state, now)
    step = _step(document, state, now, policy)
    if step is Step.NOTHING:
        return Upgrade(pdf, step, state, due_at(state, policy))
    prove_intact(document, policy.trust, now)
    clerk = _Clerk(policy, now, outlive=state.timestamps[-1].certificate_ends if step is Step.RENEWAL else None)
    if step is Step.SIGNATURE_TIMESTAMP:
        (last,) = (signature for signature in state.signatures if signature.is_last)
        token = clerk.stamp(imprint_of(signature_value(document, last)))
        changed = insert_timestamp(document, last, token)
        _require_same_but_for_hole(pdf, changed, last)
    else:
        data = None if step is Step.DOCUMENT_TIMESTAMP else _validation_data(document, state, step, clerk)
        changed = append_timestamp(document, data, clerk.stamp)
        if not changed.startswith(pdf):
            raise RuntimeError("a revision was not only appended")
    prove: Callable[..., DocumentState] = prove_archived if step in _WITH_DATA else prove_intact
    after = prove(open_document(changed), policy.trust, clerk.present())
    _require_same_signatures(state, after)
    return Upgrade(
        content=changed,
        step=step,
        state=after,
        due=due_at(after, policy),
        stamped_at=clerk.stamped_at,
        passed_over=tuple(clerk.passed_over),
        wrong_clocks=tuple(
            one.field_name
            for one in after.signatures
            if is_claim_too_late(one.claimed_time, one.proven_time, policy.clock_tolerance)
        ),
    )


def due_at(state: DocumentState, policy: UpgradePolicy) -> dt.datetime | None:
    """When the next step of a file can be taken: long ago = at once; ``None`` = never, because nobody signed it."""
    if not state.signatures:
        return None
    if state.is_archived and all(signature.level == "B-LTA" for signature in state.signatures):
        return state.timestamps[-1].certificate_ends - policy.renew_before
    return _AT_ONCE


class _Clerk:
    """Runs the errands of one step, and keeps count of the time that they take."""

    def __init__(self, policy: UpgradePolicy, now: dt.datetime, *, outlive: dt.datetime | None) -> None:
        self.policy = policy
        self._outlive = outlive
        self.stamped_at: dt.datetime | None = None
        self.passed_over: list[SigningError] = []
        self._now = now
        self._started = time.monotonic()

    def present(self) -> dt.datetime:
        """What the clock of the caller says meanwhile; never before a timestamp that was just made."""
        passed = self._now + dt.timedelta(seconds=time.monotonic() - self._started)
        return passed if self.stamped_at is None else max(passed, self.stamped_at)

    def stamp(self, digest: bytes) -> bytes:
        """Have a digest stamped by the first authority that can."""
        return self._stamp(digest).der

    def ask(self, signature: EmbeddedPdfSignature, used_at: dt.datetime) -> RevocationData:
        """Ask about the certificate of a signature or document timestamp."""
        return self._ask(signature.signer_cert, signature.other_embedded_certs, used_at)

    def ask_stamps(self, signature: EmbeddedPdfSignature) -> RevocationData:
        """Ask about the authorities of the timestamps inside a signature, as they are today."""
        data = RevocationData()
        for token in own_timestamps(signature):
            found = extract_certificate_info(token["content"])
            try:
                data |= self._ask(found.signer_cert, found.other_certs, self.present())
            except SigningError as error:
                raise about_authority(error) from None
        return data

    def _ask(
        self, certificate: asn1_x509.Certificate, others: Iterable[asn1_x509.Certificate], used_at: dt.datetime
    ) -> RevocationData:
        return self.policy.revocation.about(
            certificate.dump(),
            [one.dump() for one in others],
            self.policy.trust,
            used_at=used_at,
            now=self.present(),
        )

    def _stamp(self, digest: bytes) -> TimestampToken:
        problems: list[SigningError] = []
        for service in self.policy.time_services:
            try:
                token = fetch_timestamp(
                    digest,
                    service,
                    self.policy.network,
                    self.policy.revocation,
                    self.policy.trust,
                    self.present(),
                    self.policy.clock_tolerance,
                )
                if self._outlive is not None and token.certificate_ends <= self._outlive:
                    ends = token.certificate_ends.date().isoformat()
                    raise SigningError("timestamp-authority-ends-soon", retryable=True, not_after=ends)
            except SigningError as error:
                problems.append(error)
                continue
            self.stamped_at = token.moment
            self.passed_over = problems
            return token
        raise problems[-1] if problems else SigningError("time-service-missing")


def _step(document: OpenedDocument, state: DocumentState, now: dt.datetime, policy: UpgradePolicy) -> Step:
    if not state.signatures:
        return Step.NOTHING
    if any(signature.proven_time is None for signature in state.signatures):
        last = next((signature for signature in state.signatures if signature.is_last), None)
        if last is None:
            return Step.DOCUMENT_TIMESTAMP
        if not last.has_own_timestamp:
            return Step.SIGNATURE_TIMESTAMP if has_room(document, last) else Step.DOCUMENT_TIMESTAMP
        return Step.ARCHIVE  # its timestamp covers the earlier ones too, and the archive's will do so in its own right
    due = due_at(state, policy)
    if due is not None and due is not _AT_ONCE:
        if now >= due:
            return Step.RENEWAL
        return Step.NOTHING if _is_proven(document, now, policy) else Step.ARCHIVE
    return Step.ARCHIVE


def _is_proven(document: OpenedDocument, now: dt.datetime, policy: UpgradePolicy) -> bool:
    """Whether an archive of whatever origin holds all that it must."""
    try:
        prove_archived(document, policy.trust, now)
    except SigningError:
        return False
    return True


def _validation_data(document: OpenedDocument, state: DocumentState, step: Step, clerk: _Clerk) -> RevocationData:
    """Ask about everybody whose word the next timestamp is to preserve."""
    data = RevocationData()
    if step is Step.ARCHIVE:
        # What an earlier archive preserved is not asked again: its people may have left long ago. Unless there is
        # nobody else, which means that the archive, somebody else's, lacks something.
        all_archived = all(facts.level is Level.ARCHIVED for facts in state.signatures)
        for signature, facts in zip(document.signatures, state.signatures, strict=True):
            if facts.level is Level.ARCHIVED and not all_archived:
                continue
            data |= clerk.ask(signature, facts.proven_time or clerk.present())
            data |= clerk.ask_stamps(signature)
    # Those before have been vouched for by the next.
    for stamp in document.timestamps[-1:]:
        try:
            data |= clerk.ask(stamp, clerk.present())
        except SigningError as error:
            raise about_authority(error) from None
    return data


def _refuse_too_late(state: DocumentState, now: dt.datetime) -> None:
    """What must come while the certificate runs, because authorities forget those that have ended."""
    for signature in state.signatures:
        if signature.level in {Level.BASIC, Level.TIMESTAMPED} and now > signature.certificate_ends:
            ended = signature.certificate_ends.date().isoformat()
            raise SigningError("upgrade-too-late", field=signature.field_name, not_after=ended)


def _require_same_but_for_hole(before: bytes, after: bytes, signature: SignatureState) -> None:
    start, end = signature.hole_start, signature.hole_end
    if len(before) != len(after) or before[:start] != after[:start] or before[end:] != after[end:]:
        raise RuntimeError("something outside the hole was changed")


def _require_same_signatures(before: DocumentState, after: DocumentState) -> None:
    kept = [
        [
            (one.field_name, one.byte_range_digest, one.signature_value_sha256, one.claimed_time)
            for one in state.signatures
        ]
        for state in (before, after)
    ]
    if kept[0] != kept[1]:
        raise RuntimeError("signatures were not kept")
