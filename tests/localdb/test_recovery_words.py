# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of a recovery sheet: read, written down, dictated and mistyped."""

from __future__ import annotations

import itertools
import os
import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import KnownError
from localdb.recovery_words import WORD_COUNT, WORDS, sound, to_entropy, to_words

ENTROPY = st.binary(min_size=16, max_size=16).map(bytearray)
POSITION = st.integers(0, WORD_COUNT - 1)


def refusal(text: str) -> KnownError:
    with pytest.raises(KnownError) as caught:
        to_entropy(text)
    return caught.value


def test_the_words_hold_128_random_bits() -> None:
    assert len(WORDS) == len(set(WORDS)) == 256
    assert len(to_words(bytearray(os.urandom(16)))) == WORD_COUNT == 18


@given(ENTROPY)
def test_what_is_written_is_read(entropy: bytearray) -> None:
    assert to_entropy(" ".join(to_words(entropy))) == entropy


@given(ENTROPY, st.randoms(use_true_random=False))
def test_case_accents_numbers_and_marks_do_not_matter(entropy: bytearray, chance: random.Random) -> None:
    def spoil(word: str) -> str:
        marks = "".join(
            letter
            + (chance.choice(["", "\u0301", "\u0300", "\u0323", "\u0302", "\u031b"]) if letter in "aeiou" else "")
            for letter in word
        )
        marks = chance.choice([marks, marks.upper(), marks.title()]).replace("d", "đ")
        return unicodedata.normalize("NFC", marks) if chance.random() < 0.5 else unicodedata.normalize("NFD", marks)

    between = [" ", "-", ", ", "\n", "\t", " / ", ".", "  7. "]
    text = "".join(spoil(word) + chance.choice(between) for word in to_words(entropy))
    assert to_entropy(f" 1. {text}") == entropy


@pytest.mark.parametrize(
    ("heard", "written"),
    [("lam", "nam"), ("nui", "lui"), ("trung", "chung"), ("song", "xong"), ("da", "gia"), ("ra", "gia"), ("va", "da")],
)
def test_syllables_that_are_taken_for_each_other_sound_the_same(heard: str, written: str) -> None:
    assert sound(heard) == sound(written) is not None


def test_no_two_words_sound_alike_anywhere_in_the_country() -> None:
    sounds = [sound(word) for word in WORDS]
    assert None not in sounds
    assert len(set(sounds)) == 256


def test_no_word_is_changed_by_a_vietnamese_typing_program() -> None:
    # Telex makes a letter with a mark of each of these; none of them ends a syllable or stands double in one.
    for word in WORDS:
        assert re.fullmatch("[a-z]{2,6}", word), word
        assert not re.search("aa|ee|oo|dd|w|[sfrxjz]$", word), word


@given(ENTROPY, POSITION, st.integers(1, 255))
def test_one_wrong_word_is_named_by_its_position(entropy: bytearray, place: int, shift: int) -> None:
    words = list(to_words(entropy))
    words[place] = WORDS[(WORDS.index(words[place]) + shift) % 256]
    error = refusal(" ".join(words))
    assert (error.code, error.details) == ("recovery-word-wrong", {"position": str(place + 1)})


@given(ENTROPY, POSITION, st.sampled_from(["xyz", "windows", "b", "qq", "anhh"]))
def test_a_word_that_is_none_is_named_by_its_position(entropy: bytearray, place: int, typed: str) -> None:
    words = list(to_words(entropy))
    words[place] = typed
    error = refusal(" ".join(words))
    assert (error.code, error.details) == ("recovery-word-unknown", {"position": str(place + 1)})


def test_missing_and_extra_words_are_counted() -> None:
    words = to_words(bytearray(16))
    for count in (0, 1, WORD_COUNT - 1, WORD_COUNT + 1):
        error = refusal(" ".join((*words, *words)[:count]))
        assert (error.code, error.details) == ("recovery-words-count", {"found": str(count), "expected": "18"})


@given(ENTROPY, st.lists(POSITION, min_size=2, max_size=2, unique=True), st.integers(1, 255), st.integers(1, 255))
def test_two_wrong_words_are_always_noticed(entropy: bytearray, places: list[int], first: int, second: int) -> None:
    words = list(to_words(entropy))
    for place, shift in zip(places, (first, second), strict=True):
        words[place] = WORDS[(WORDS.index(words[place]) + shift) % 256]
    assert refusal(" ".join(words)).code in {"recovery-words-wrong", "recovery-word-wrong"}


@given(ENTROPY)
def test_two_neighbours_that_changed_places_are_noticed(entropy: bytearray) -> None:
    words = list(to_words(entropy))
    for place in range(WORD_COUNT - 1):
        if words[place] == words[place + 1]:
            continue
        swapped = [*words[:place], words[place + 1], words[place], *words[place + 2 :]]
        assert refusal(" ".join(swapped)).code in {"recovery-words-wrong", "recovery-word-wrong"}


def test_a_refusal_says_no_word() -> None:
    words = to_words(bytearray(range(16)))
    for text in (" ".join(words[:-1]), " ".join([*words[:-1], "windows"]), " ".join([*words[:-1], words[0]])):
        said = str(refusal(text))
        assert not any(re.search(rf"\b{word}\b", said) for word in itertools.chain(words, ["windows"]))
