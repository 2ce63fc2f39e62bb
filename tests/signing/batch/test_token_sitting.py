# SPDX-License-Identifier: GPL-3.0-or-later
"""A batch with a real token: one PIN, a token that is pulled out, and one wrong PIN at the most."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from signing.batch.events import BatchFinished, BatchPaused, DocumentSigned
from signing.batch.token_sitting import TokenSitting
from signing.errors import SigningError
from signing.pin import PinState
from signing.signer import SignerProgram
from signing.verification import verify_pdf

if TYPE_CHECKING:
    from signing.batch.signing_batch import SigningBatch
    from tests.signing.batch.conftest import Desk
    from tests.signing.conftest import PluggedInToken


def sit_down(batch: SigningBatch, token: PluggedInToken) -> TokenSitting:
    return TokenSitting(batch, token.start, token.soft.serial, token.soft.certificate_sha256)


def test_one_pin_signs_them_all(desk: Desk, token: PluggedInToken) -> None:
    pin = token.pin
    with desk.begin() as batch:
        events = list(sit_down(batch, token).go_on(pin))
    assert events[-1] == BatchFinished(done=3, refused=0, total=3)
    assert not any(pin)
    for file in desk.files:
        (verdict,) = verify_pdf((desk.signed / file.name).read_bytes(), token.soft.trust)
        assert verdict.valid
    traces = desk.journal.read_text() + repr(events) + repr(vars(batch))
    assert token.soft.pin not in traces


def test_one_login_for_the_whole_batch(desk: Desk, token: PluggedInToken) -> None:
    with desk.begin() as batch:
        sitting = TokenSitting(batch, token.start_spied, token.soft.serial, token.soft.certificate_sha256)
        assert isinstance(list(sitting.go_on(token.pin))[-1], BatchFinished)
    assert token.calls("C_Login") == 1
    assert token.calls("C_SignInit") == 3


def test_a_token_that_was_pulled_out_goes_on_after_its_pin_and_signs_nothing_twice(
    desk: Desk, token: PluggedInToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, signatures = SignerProgram.sign_digest, 0

    def pulled_out_before_the_second(program: SignerProgram, digest: bytes) -> bytes:
        nonlocal signatures
        signatures += 1
        if signatures == 2:
            token.pull_out()
        return honest(program, digest)

    monkeypatch.setattr(SignerProgram, "sign_digest", pulled_out_before_the_second)
    with desk.begin() as batch:
        sitting = sit_down(batch, token)
        signed, paused = sitting.go_on(token.pin)
        assert isinstance(signed, DocumentSigned)
        assert isinstance(paused, BatchPaused)
        assert paused.error.code == "token-gone"
        with pytest.raises(SigningError, match="token-gone"):
            sitting.go_on(token.pin)
        token.plug_in()
        more = list(sitting.go_on(token.pin))
    assert [type(event) for event in more] == [DocumentSigned, DocumentSigned, BatchFinished]
    assert sum('"signed"' in line for line in desk.journal.read_text().splitlines()) == 3


def test_a_signer_that_dies_in_the_middle_pauses_the_batch(desk: Desk, token: PluggedInToken) -> None:
    started: list[SignerProgram] = []

    def start() -> SignerProgram:
        started.append(token.start())
        return started[-1]

    with desk.begin() as batch:
        sitting = TokenSitting(batch, start, token.soft.serial, token.soft.certificate_sha256)
        events = sitting.go_on(token.pin)
        os.kill(started[0].pid or 0, signal.SIGKILL)
        (paused,) = events
        assert isinstance(paused, BatchPaused)
        assert paused.error.code == "signer-crashed"
        assert list(sitting.go_on(token.pin))[-1] == BatchFinished(done=3, refused=0, total=3)


def test_one_wrong_pin_ends_the_sitting_and_the_right_one_is_not_even_tried(desk: Desk, token: PluggedInToken) -> None:
    right = token.pin
    with desk.begin() as batch:
        sitting = sit_down(batch, token)
        with pytest.raises(SigningError, match="wrong-pin"):
            sitting.go_on(bytearray(b"00000000"))
        with pytest.raises(SigningError, match="sitting-over"):
            sitting.go_on(right)
    assert not any(right)
    assert desk.outputs() == []
    with token.start() as program:
        assert program.tokens()[0].pin_state is PinState.LOW


def test_the_last_try_is_left_alone_unless_the_signer_says_so(desk: Desk, token: PluggedInToken) -> None:
    token.say(0x30000)
    with desk.begin() as batch:
        sitting = sit_down(batch, token)
        with pytest.raises(SigningError, match="pin-final-try"):
            sitting.go_on(token.pin)
        assert isinstance(list(sitting.go_on(token.pin, allow_final_try=True))[-1], BatchFinished)
