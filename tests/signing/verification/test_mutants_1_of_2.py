# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand mutants, part 1 of 2: each part fits into ten minutes. ``MOTCUA_FUZZ_SEED`` makes others."""

from __future__ import annotations

from pathlib import Path

import pytest

from signing.trust import TrustAnchors
from tests.signing.verification.mutants import PATIENCE_SECONDS, Original, run


@pytest.mark.full
@pytest.mark.timeout(590)
def test_no_mutant_crashes_hangs_or_is_falsely_valid(
    originals: tuple[Original, ...], trust: TrustAnchors, tmp_path: Path
) -> None:
    tally = run(range(0, 5000), originals, trust, tmp_path)
    print(tally)  # noqa: T201 - the figures of the run
    assert tally.judged == 5000
    assert tally.slowest_seconds < PATIENCE_SECONDS
