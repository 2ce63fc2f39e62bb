# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of SANE devices as numbers: fixed point, bounds, units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.devices.sane_option import Constraint, NumberRange, OptionType, OptionUnit, SaneOption


def _option(
    constraint: Constraint = None, option_type: OptionType = OptionType.FIXED, unit: OptionUnit = OptionUnit.MM
) -> SaneOption:
    return SaneOption(1, "br-x", option_type, unit, 4, True, constraint)


_lengths = st.floats(-30000, 30000)
_ranges = st.builds(
    lambda low, span, step: NumberRange(low, low + span, step),
    st.floats(-1000, 1000),
    st.floats(0, 1000),
    st.just(0.0) | st.floats(0.01, 50),
)


def test_300_dpi_in_fixed_point_is_not_300() -> None:
    resolution = _option(option_type=OptionType.FIXED, unit=OptionUnit.DPI)
    assert resolution.word(300) == 300 * 65536
    assert _option(option_type=OptionType.INT).word(300) == 300


@given(_lengths)
def test_a_number_survives_its_word(number: float) -> None:
    assert abs(_option().number(_option().word(number)) - number) <= 0.5 / 65536


@given(_ranges, _lengths)
def test_the_nearest_number_is_allowed_and_as_near_as_can_be(bounds: NumberRange, wanted: float) -> None:
    nearest = _option(bounds).nearest(wanted)
    assert bounds.minimum <= nearest <= bounds.maximum
    if bounds.minimum <= wanted <= bounds.maximum:
        assert abs(nearest - wanted) <= max(bounds.step, 1e-9)
    assert _option(bounds).nearest(nearest) == pytest.approx(nearest)


@given(st.lists(st.floats(1, 2400), min_size=1).map(tuple), st.floats(1, 2400))
def test_of_a_list_the_nearest_is_taken(offered: tuple[float, ...], wanted: float) -> None:
    nearest = _option(offered).nearest(wanted)
    assert nearest in offered
    assert all(abs(nearest - wanted) <= abs(each - wanted) for each in offered)


def test_between_two_resolutions_the_finer_one_is_taken() -> None:
    assert _option((100.0, 200.0, 300.0)).nearest(250) == 300


def test_without_bounds_everything_is_allowed() -> None:
    assert _option().nearest(12345.0) == 12345.0


def test_lengths_become_pixels_where_a_driver_counts_them() -> None:
    assert _option(unit=OptionUnit.PIXEL).length(25.4, 300) == pytest.approx(300)
    assert _option(unit=OptionUnit.MM).length(25.4, 300) == 25.4
