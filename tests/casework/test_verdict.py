# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from casework.lifecycle import StepObjection
from casework.verdict import Objection, Verdict

ONE = Objection(StepObjection.NOT_LEGAL, "Không được.", "NĐ 61/2018 Đ17")
OTHER = Objection(StepObjection.NOT_BY_THIS_ACTOR, "Không phải việc của người này.", "NĐ 61/2018 Đ17", "Gọi người ký.")


def test_what_nothing_speaks_against_is_allowed() -> None:
    assert Verdict().is_allowed
    assert Verdict().reasons == ()


def test_one_objection_is_enough_and_all_are_named_in_order() -> None:
    assert not Verdict((ONE,)).is_allowed
    assert Verdict((OTHER, ONE)).reasons == (StepObjection.NOT_BY_THIS_ACTOR, StepObjection.NOT_LEGAL)


def test_an_objection_offers_no_way_out_unless_it_has_one() -> None:
    assert ONE.instead == ""
    assert OTHER.instead == "Gọi người ký."
