# SPDX-License-Identifier: GPL-3.0-or-later
"""An opened key that nobody uses is an open door: the signer program shuts it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from signing.errors import SigningError

if TYPE_CHECKING:
    from tests.signing.conftest import PluggedInToken

DIGEST = bytes(range(32))


def test_a_login_that_nobody_uses_ends_and_says_why(token: PluggedInToken) -> None:
    with token.start(idle_seconds=2.0) as program:
        program.tokens()
        time.sleep(2.2)
        token.log_in(program)  # without a login there is nothing to guard
        assert program.sign_digest(DIGEST)
        os.waitid(os.P_PID, program.pid or 0, os.WEXITED | os.WNOWAIT)
        with pytest.raises(SigningError, match="signer-idle") as caught:
            program.sign_digest(DIGEST)
        assert caught.value.retryable


def test_a_login_that_is_used_now_and_then_stays(token: PluggedInToken) -> None:
    with token.start(idle_seconds=2.0) as program:
        token.log_in(program)
        for _ in range(4):
            time.sleep(0.7)
            assert program.sign_digest(DIGEST)
