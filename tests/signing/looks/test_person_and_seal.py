# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's signature between title and name, and the unit's seal on a third of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from signing.errors import SigningError
from signing.looks.look import CopyLook, Look, PersonLook, SealLook, TextLook
from signing.looks.place import AnchorPlace, BesidePlace, CornerPlace, Side
from signing.stamp import StampPlace
from tests.signing.looks.conftest import Stamp
from tests.signing.looks.drawn import (
    DECISION,
    DPI,
    MILLIMETRE,
    THREE_SIGNERS,
    edges,
    seal_png,
    shown,
    signature_png,
    stamped,
    turned,
    words,
)

PERSON = PersonLook(signature_png())
TITLE = AnchorPlace("CHỦ TỊCH")


def test_a_signature_stands_in_the_middle_between_title_and_name_in_its_true_proportions(
    decision: bytes, stamp: Stamp
) -> None:
    before = shown(decision)
    left, top, right, bottom = edges(stamped(before, shown(stamp(decision, TITLE, PERSON))))
    assert (right - left) / (bottom - top) == pytest.approx(605 / 208, rel=0.03)
    dark = words(before)
    column = np.asarray(dark[:, left:right].any(axis=1))
    title, name = np.flatnonzero(column[:top])[-1] + 1, bottom + np.flatnonzero(column[bottom:])[0]
    assert (top + bottom) / 2 == pytest.approx((title + name) / 2, abs=2)
    title_left, _, title_right, _ = edges(dark[title - 14 : title, 500:])
    assert (left + right) / 2 == pytest.approx(500 + (title_left + title_right - 4) / 2, abs=4)


@pytest.mark.parametrize("seal", [SealLook(), SealLook(seal_png())])
def test_a_seal_of_36_millimetres_lies_on_a_third_of_the_signature_on_its_left_and_on_no_word(
    decision: bytes, stamp: Stamp, seal: SealLook
) -> None:
    signed = stamp(decision, TITLE, PERSON)
    sealed = stamp(signed, BesidePlace(), seal)
    before, person, both = shown(decision), shown(signed), shown(sealed)
    picture, red = edges(stamped(before, person)), edges(stamped(person, both))
    assert red[2] - red[0] == pytest.approx(36 * MILLIMETRE, abs=2)
    assert red[3] - red[1] == pytest.approx(36 * MILLIMETRE, abs=2)
    assert red[0] < picture[0]
    assert (red[2] - picture[0]) / (picture[2] - picture[0]) == pytest.approx(1 / 3, abs=0.06)
    assert not (stamped(before, both) & words(before)).any()


def test_what_lies_under_a_seal_shows_through_it(decision: bytes, stamp: Stamp) -> None:
    signed = stamp(decision, TITLE, PERSON)
    before, after = shown(signed), shown(stamp(signed, BesidePlace(), SealLook()))
    assert (after <= before + 2).all(), "red ink makes nothing lighter"
    crossed = stamped(shown(decision), before) & stamped(before, after)
    assert crossed.sum() > 20
    assert after[crossed].max(axis=1).mean() < 90, "where both cross it is darker than either"


def test_a_seal_that_would_touch_a_word_is_refused_unless_that_is_wanted(tight_decision: bytes, stamp: Stamp) -> None:
    signed = stamp(tight_decision, TITLE, PERSON)
    with pytest.raises(SigningError) as caught:
        stamp(signed, BesidePlace(), SealLook())
    assert caught.value.code == "seal-over-text"
    before, after = shown(signed), shown(stamp(signed, BesidePlace(), SealLook(may_touch_text=True)))
    assert (stamped(before, after) & words(before)).any()
    assert (after <= before + 2).all()


def test_a_smaller_seal_of_its_real_size_keeps_clear_of_the_words(tight_decision: bytes, stamp: Stamp) -> None:
    signed = stamp(tight_decision, TITLE, PERSON)
    before, after = shown(signed), shown(stamp(signed, BesidePlace(), SealLook(width=20.0)))
    assert not (stamped(before, after) & words(shown(tight_decision))).any()


def test_a_seal_without_a_signature_to_lie_on_is_refused(decision: bytes, stamp: Stamp) -> None:
    with pytest.raises(SigningError) as caught:
        stamp(decision, BesidePlace(), SealLook())
    assert caught.value.code == "no-visible-signature"


def test_a_seal_beside_a_signature_of_text_covers_no_line_of_it(decision: bytes, stamp: Stamp) -> None:
    signed = stamp(decision, TITLE, TextLook())
    before, after = shown(signed), shown(stamp(signed, BesidePlace(), SealLook()))
    assert not (stamped(before, after) & words(before)).any()


@pytest.mark.parametrize("side", [None, Side.ABOVE])
def test_the_name_is_an_anchor_too(decision: bytes, stamp: Stamp, side: Side | None) -> None:
    by_title = shown(stamp(decision, TITLE, PERSON))
    by_name = shown(stamp(decision, AnchorPlace("Nguyễn Thị Ngọc Ánh", side=side), PERSON))
    before = shown(decision)
    one, other = edges(stamped(before, by_title)), edges(stamped(before, by_name))
    assert np.allclose(one, other, atol=4)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize(("unit", "shift"), [(1, (0, 0)), (2, (-300, 77))])
def test_a_page_that_is_turned_stretched_or_moved_looks_the_same(
    decision: bytes, stamp: Stamp, degrees: int, unit: float, shift: tuple[float, float]
) -> None:
    def stamp_all(pdf: bytes) -> bytes:
        looks: list[tuple[AnchorPlace | BesidePlace | CornerPlace, Look]] = [
            (TITLE, PERSON),
            (BesidePlace(), SealLook()),
            (CornerPlace(), CopyLook("Bản số hóa", "123/QĐ-UBND")),
        ]
        for place, look in looks:
            pdf = stamp(pdf, place, look)
        return pdf

    plain = shown(stamp_all(decision), dpi=60)
    other = shown(stamp_all(turned(decision, degrees, unit, shift)), dpi=60 * unit)
    assert plain.shape == other.shape
    assert (np.abs(plain - other).max(axis=2) > 100).mean() < 0.004, "but for the edges of letters"
    bare = shown(decision, dpi=60)
    ink, turned_ink = stamped(bare, plain), stamped(shown(turned(decision, degrees, unit, shift), dpi=60 * unit), other)
    assert np.allclose(edges(ink), edges(turned_ink), atol=2)
    assert np.allclose(edges(ink[200:]), edges(turned_ink[200:]), atol=2)
    assert not (turned_ink & words(bare)).any()


def test_three_people_sign_on_one_page_and_a_fourth_at_the_place_of_the_third(
    typeset: Callable[..., bytes], stamp: Stamp
) -> None:
    pdf = typeset(THREE_SIGNERS)
    first = shown(pdf)
    taken = words(first)
    for anchor in ("NGƯỜI LẬP", "KẾ TOÁN", "CHỦ TỊCH", "CHỦ TỊCH"):
        before = shown(pdf)
        pdf = stamp(pdf, AnchorPlace(anchor), PERSON)
        ink = stamped(before, shown(pdf))
        assert ink.any()
        left, top, right, bottom = edges(ink)
        assert not taken[top:bottom, left:right].any()
        taken[top:bottom, left:right] = True


def test_without_a_picture_the_lines_of_text_stand_for_the_signature(decision: bytes, stamp: Stamp) -> None:
    before, after = shown(decision), shown(stamp(decision, TITLE, PersonLook()))
    ink = stamped(before, after)
    assert not (ink & words(before)).any()
    assert after[ink].max(axis=1).min() < 60


def test_between_a_title_and_a_name_that_are_close_together_nothing_is_squeezed_in(
    typeset: Callable[..., bytes], stamp: Stamp
) -> None:
    pdf = typeset(DECISION.replace("GAP", "24pt"))
    before = shown(pdf)
    for look in (TextLook(), PERSON):
        ink = stamped(before, shown(stamp(pdf, TITLE, look)))
        assert not (ink & words(before)).any()
        assert edges(ink)[3] - edges(ink)[1] > 20 * DPI / 72


def test_a_default_stamp_on_a_page_full_of_text_finds_a_free_place_or_says_so(
    typeset: Callable[..., bytes], stamp: Stamp
) -> None:
    head = '#set page(paper: "a4", margin: 5mm)\n#set text(font: "Liberation Serif", size: 12pt)\n'
    crowded = typeset(head + "#for _ in range(40) [Ủy ban nhân dân xã Tân Lập #h(1fr) kính gửi \\ ]")
    before = shown(crowded)
    ink = stamped(before, shown(stamp(crowded, StampPlace(), TextLook())))
    assert ink.any()
    assert not (ink & words(before)).any()
    full = typeset(head + "#for _ in range(57) [#repeat[Ủy ban nhân dân xã Tân Lập ] \\ ]")
    with pytest.raises(SigningError) as caught:
        stamp(full, StampPlace(), TextLook())
    assert caught.value.code == "stamp-no-room"
