# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from demo.papers.look import CONDITIONS, Look

_SEEDS = range(60)
_RANGED = [name for name in CONDITIONS if name != "clean"]


def _skews(name: str, *, seen: bool) -> list[float]:
    return [CONDITIONS[name](seed, seen=seen).placing.skew_degrees for seed in _SEEDS]


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_carries_its_name_and_depends_on_seed_and_half_only(name: str) -> None:
    look = CONDITIONS[name](7, seen=False)
    assert (look.name, look.seed) == (name, 7)
    assert look == CONDITIONS[name](7, seen=False)
    assert CONDITIONS[name](7) == CONDITIONS[name](7, seen=True)


@pytest.mark.parametrize("name", _RANGED)
def test_the_halves_of_a_condition_share_no_strength(name: str) -> None:
    def stripes(*, seen: bool) -> set[int]:
        return {round(skew * 1e9) for skew in _skews(name, seen=seen)}

    assert not stripes(seen=True) & stripes(seen=False)
    seals = [{CONDITIONS[name](seed, seen=seen).inks.seal for seed in _SEEDS} for seen in (True, False)]
    assert not seals[0] & seals[1]


def test_a_scan_is_turned_by_up_to_five_degrees_both_ways() -> None:
    skews = _skews("scan", seen=True) + _skews("scan", seen=False)
    assert -5 <= min(skews) < -4
    assert 4 < max(skews) <= 5


def test_stripes_of_the_halves_interlock() -> None:
    seen, unseen = ({int((skew + 5) / 10 * 8) for skew in _skews("scan", seen=half)} for half in (True, False))
    assert seen == {0, 2, 4, 6}
    assert unseen == {1, 3, 5, 7}


def test_the_default_look_is_the_clean_print() -> None:
    assert Look() == Look(copier=Look().copier, camera=Look().camera)
    assert Look().camera.noise == 0
