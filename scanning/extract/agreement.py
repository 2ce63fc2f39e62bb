# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page says twice: a name that stands elsewhere too, above its signature, settles which marks were misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from scanning.extract.field import Field
from scanning.extract.names import find_name
from scanning.extract.rows import Row
from scanning.folding import fold
from scanning.ocr.text import Word

_AGREED: Final = 0.95
_SETTLED: Final = 0.8  # certainty of a name with a word that was read in two ways
_SURE_READINGS: Final = 3  # of two that differ nobody can tell which is right
_PLACES: Final = ("residence", "origin", "birth_place", "death_place", "parcel_address", "business_place", "issuer")
_EDGES: Final = " .,;:_-…–—'\"“”’|()"
_FEWEST_WORDS: Final = 2


def with_agreement(found: Mapping[str, Field], rows: Sequence[Row]) -> dict[str, Field]:
    """Compare names of people with where else they stand on the page, a letter's mark aside.

    Args:
        found: All fields.
        rows: Of the whole page.

    Returns:
        The fields; of every word of a name the reading that the engine believed most.
    """
    runs = [run.words for row in rows for run in row.runs]
    folded = [[fold(word.text) for word in words] for words in runs]
    places = Counter(field.boxes for field in found.values())
    # What stands for two people was not found for one of them; agreement would make a guess sure.
    return {name: _weighed(field, runs, folded) if places[field.boxes] == 1 else field for name, field in found.items()}


def _weighed(field: Field, runs: Sequence[Sequence[Word]], folded: Sequence[Sequence[str]]) -> Field:
    if field.name in _PLACES:
        return _with_places(field, runs, folded)
    is_person = field.name.endswith("name") and field.name != "business_name"
    return _agreed(field, runs, folded) if is_person or field.name == "signer" else field


def _with_places(field: Field, runs: Sequence[Sequence[Word]], folded: Sequence[Sequence[str]]) -> Field:
    """Weigh every two words of a place that stand elsewhere as well."""
    words = field.value.split(" ")
    for start in range(len(words) - 1):
        pair = words[start : start + 2]
        if not all(word[:1].isupper() for word in pair) or pair[0].endswith((",", ".")):
            continue
        readings = list(_places(pair, runs, folded))
        if len(readings) < _SURE_READINGS:
            continue
        for position, word in enumerate(pair):
            bare = word.rstrip(_EDGES)
            words[start + position] = _best(position, bare, readings) + word[len(bare) :]
    value = " ".join(words)
    if value == field.value:
        return field
    return replace(field, value=value, confidence=round(field.confidence * _SETTLED, 3))


def _agreed(field: Field, runs: Sequence[Sequence[Word]], folded: Sequence[Sequence[str]]) -> Field:
    words = field.value.split()
    if longer := _longer(field, runs):
        return longer
    others = [place for place in _places(words, runs, folded) if place[0].box not in field.boxes]
    if len(words) < _FEWEST_WORDS or not others:
        return field
    own = {word.box: word for run in runs for word in run}
    readings = [[word for box in field.boxes if (word := own.get(box))], *others]
    best = [_best(position, word, readings) for position, word in enumerate(words)]
    if best != words:
        return replace(field, value=" ".join(best), confidence=round(min(field.confidence, _AGREED) * _SETTLED, 3))
    if all(_bare(other) == word.lower() for place in others for other, word in zip(place, words, strict=True)):
        return replace(field, confidence=max(field.confidence, _AGREED))
    return field


def _longer(field: Field, runs: Sequence[Sequence[Word]]) -> Field | None:
    """Complete a name that was cut off at the edge of its cell by the whole one, which stands alone elsewhere."""
    wanted = fold(field.value)
    own = next((run for run in runs if any(word.box in field.boxes for word in run)), None)
    for run in runs:
        whole = find_name(" ".join(word.text for word in run))
        if run is own or own is None or whole is None or len(whole.value.split()) != len(run):
            continue
        said = fold(whole.value)
        cut_at_end = said.startswith(f"{wanted} ") and own[-1].box in field.boxes
        cut_at_start = said.endswith(f" {wanted}") and own[0].box in field.boxes
        if cut_at_end or cut_at_start:
            return replace(field, value=whole.value, confidence=round(field.confidence * _SETTLED, 3))
    return None


def _places(
    words: Sequence[str], runs: Sequence[Sequence[Word]], folded: Sequence[Sequence[str]]
) -> Iterator[Sequence[Word]]:
    """Find the same words, whatever their marks."""
    wanted = [fold(word) for word in words]
    for run, tokens in zip(runs, folded, strict=True):
        for start in range(len(tokens) - len(wanted) + 1):
            end = start + len(wanted)
            if tokens[start:end] == wanted and not _goes_on(run, end):
                yield run[start:end]


def _goes_on(run: Sequence[Word], end: int) -> bool:
    """Say whether a name seems to have one word more: then what was found is cut off."""
    return end < len(run) and run[end].text[:1].isupper() and run[end - 1].text[-1:].isalpha()


def _best(position: int, word: str, readings: Sequence[Sequence[Word]]) -> str:
    """Choose the spelling of a word with the most belief; the field's own when there is no better one."""
    beliefs: dict[str, float] = {}
    for reading in readings:
        if position < len(reading) and fold(reading[position].text) == fold(word):
            bare = _bare(reading[position])
            beliefs[bare] = max(beliefs.get(bare, 0.0), reading[position].confidence)
    best = max(beliefs, key=lambda spelling: beliefs[spelling], default=word.lower())
    return word if beliefs.get(best, 0.0) <= beliefs.get(word.lower(), 0.0) else best.capitalize()


def _bare(word: Word) -> str:
    return word.text.strip(_EDGES).lower()
