# SPDX-License-Identifier: GPL-3.0-or-later
"""Clocks and dates: whose clock is wrong, until when a timestamp must come, when to try again."""

from __future__ import annotations

import datetime as dt

import pytest

from signing.errors import SigningError
from signing.levels.clock import is_claim_too_late, refuse_clock_behind, refuse_clock_difference
from signing.levels.document_state import Level, read_state
from signing.levels.waiting import deadlines, next_try
from tests.signing.levels.conftest import Sign
from tests.signing.pki import NOW

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


# --- the clock ---


@pytest.mark.parametrize("newest", [None, NOW - DAY, NOW, NOW + 5 * MINUTE])
def test_a_clock_that_is_not_behind_passes(newest: dt.datetime | None) -> None:
    refuse_clock_behind(NOW, newest)


def test_a_clock_behind_a_proven_time_is_refused() -> None:
    with pytest.raises(SigningError, match="clock-behind minutes=6"):
        refuse_clock_behind(NOW, NOW + 6 * MINUTE)


@pytest.mark.parametrize("difference", [dt.timedelta(0), 5 * MINUTE, -5 * MINUTE])
def test_a_small_difference_passes(difference: dt.timedelta) -> None:
    refuse_clock_difference(NOW + difference, NOW)


@pytest.mark.parametrize(("difference", "minutes"), [(6 * MINUTE, "6"), (-DAY, "-1440")])
def test_a_difference_is_named_in_minutes(difference: dt.timedelta, minutes: str) -> None:
    with pytest.raises(SigningError, match=f"clock-differs minutes={minutes}$"):
        refuse_clock_difference(NOW + difference, NOW)


def test_a_signature_cannot_be_younger_than_its_proof() -> None:
    assert is_claim_too_late(NOW + HOUR, NOW)
    assert not is_claim_too_late(NOW + MINUTE, NOW)
    assert not is_claim_too_late(NOW - 30 * DAY, NOW), "signed offline, stamped a month later"
    assert not is_claim_too_late(None, NOW)
    assert not is_claim_too_late(NOW, None)


# --- deadlines ---


def test_a_signature_without_a_timestamp_is_an_alert_after_a_day(basic: bytes) -> None:
    (deadline,) = deadlines(read_state(basic))
    assert deadline.since == NOW
    assert deadline.alert_at == NOW + DAY
    assert deadline.lost_at == NOW + 3 * 365 * DAY


def test_the_alert_comes_sooner_when_the_certificate_is_about_to_end(sign: Sign) -> None:
    end = NOW + 20 * DAY
    (early,) = deadlines(read_state(sign("ends-soon", moment=end - 7.5 * DAY)))
    assert early.alert_at == end - 7 * DAY
    (late,) = deadlines(read_state(sign("ends-soon", moment=end - HOUR)))
    assert late.alert_at == end - 7 * DAY < late.since  # type: ignore[operator]  # it says when it was made
    assert late.lost_at == end


def test_every_signature_waits_for_itself(two_signers: bytes, archived: bytes) -> None:
    assert [one.field_name for one in deadlines(read_state(two_signers))] == ["Signature1", "Signature2"]
    assert [one.missing for one in deadlines(read_state(two_signers))] == [Level.TIMESTAMPED] * 2
    assert deadlines(read_state(archived)) == ()


def test_a_timestamp_buys_time_until_the_certificate_ends(timestamped: bytes) -> None:
    (deadline,) = deadlines(read_state(timestamped))
    assert deadline.missing is Level.ARCHIVED
    assert deadline.alert_at == deadline.lost_at - 7 * DAY == NOW + (3 * 365 - 7) * DAY


# --- the next try ---


def busy(**details: str) -> SigningError:
    return SigningError("service-busy", retryable=True, **details)


def test_pauses_double_up_to_six_hours() -> None:
    error = SigningError("service-unreachable", retryable=True)
    pauses = [next_try(error, tries, NOW) for tries in (0, 1, 2, 3, 8, 9, 10, 1000)]
    minutes = [round((at - NOW) / MINUTE) for at in pauses if at is not None]
    assert minutes == [1, 1, 2, 4, 128, 256, 360, 360]


def test_what_a_service_asks_for_is_done_within_reason() -> None:
    assert next_try(busy(retry_after="1200"), 1, NOW) == NOW + 20 * MINUTE
    assert next_try(busy(retry_after="1"), 5, NOW) == NOW + 16 * MINUTE
    assert next_try(busy(retry_at=(NOW + HOUR).isoformat()), 1, NOW) == NOW + HOUR
    assert next_try(busy(retry_at=(NOW - HOUR).isoformat()), 1, NOW) == NOW + MINUTE
    assert next_try(busy(retry_after="9999999"), 1, NOW) == NOW + DAY


def test_what_will_not_change_by_itself_is_not_tried_again() -> None:
    assert next_try(SigningError("timestamp-wrong", part="nonce"), 1, NOW) is None
