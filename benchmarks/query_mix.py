# SPDX-License-Identifier: GPL-3.0-or-later
"""What clerks type into the search box: a seeded mix of kinds, the cruel ones included, drawn from a made-up store."""

from __future__ import annotations

import random
from collections import Counter
from typing import Final

from casework.text import fold
from localdb import search_documents, search_words
from localdb.connection import Connection
from localdb.search_documents import SearchDocument

_SEED: Final = 11
_SAMPLES: Final = 400
_COMMONEST: Final = 20


def query_mix(connection: Connection) -> dict[str, list[str]]:
    """Give queries by kind; the same store gives the same.

    Args:
        connection: A reading connection to ``desk.db``.
    """
    chance = random.Random(_SEED)  # noqa: S311 - made up, no secret
    documents = _sample(connection, chance)
    bare: Counter[str] = Counter()
    accented: Counter[str] = Counter()
    for document in documents:
        known = {word for page in document.pages for word in search_words.words(page)}
        bare.update({fold(word) for word in known})
        accented.update(word for word in known if word != fold(word))
    beginnings: Counter[str] = Counter()
    for word, count in bare.items():
        beginnings[word[:2]] += count * (len(word) > 1 and word.isalpha())
    people = [chance.choice(documents) for _ in range(40)]
    names = [document.names[0] for document in people]
    return {
        "common words": [word for word, _ in bare.most_common(_COMMONEST)],
        "common words with accents": [word for word, _ in accented.most_common(_COMMONEST)],
        "two letters": [word for word, _ in beginnings.most_common(2 * _COMMONEST)],
        "whole codes": [document.codes[0] for document in people],
        "parts of codes": [part for document in people[:20] for part in document.codes[0].split("-")[1:]],
        "identification numbers": [document.numbers[0] for document in people],
        "last digits": [document.numbers[0][-4:] for document in people],
        "telephone numbers": [document.phones[0] for document in people if document.phones],
        "names": names,
        "names without accents": [fold(name) for name in names],
        "names with a wrong letter": [_with_a_slip(fold(name), chance) for name in names],
        "name and procedure": [
            f"{document.names[0].split()[-1]} {' '.join(document.procedure_name.split()[2:4])}" for document in people
        ],
        "two words of a page": [_from_page(document, 2, chance) for document in people],
        "three words of a page": [fold(_from_page(document, 3, chance)) for document in people],
    }


def long_queries(connection: Connection) -> list[str]:
    """Give queries of about eight words: a whole name and the beginning of the procedure's name."""
    chance = random.Random(_SEED)  # noqa: S311 - made up, no secret
    documents = _sample(connection, chance)[:40]
    return [f"{document.names[0]} {document.procedure_name[:20]}" for document in documents]


def _sample(connection: Connection, chance: random.Random) -> list[SearchDocument]:
    ((last,),) = connection.rows("SELECT max(rowid) FROM dossiers")
    found = []
    for _ in range(_SAMPLES):
        ((dossier_id,),) = connection.rows(
            "SELECT dossier_id FROM dossiers WHERE rowid >= ? ORDER BY rowid LIMIT 1", (chance.randint(1, last),)
        )
        document = search_documents.read(connection, dossier_id)
        if document is not None:
            found.append(document)
    return found


def _with_a_slip(name: str, chance: random.Random) -> str:
    """Swap two letters of the longest word."""
    longest = max(name.split(), key=len)
    at = chance.randrange(1, len(longest) - 1)
    wrong = longest[:at] + longest[at + 1] + longest[at] + longest[at + 2 :]
    return name.replace(longest, wrong if wrong != longest else f"{longest}{longest[-1]}", 1)


def _from_page(document: SearchDocument, count: int, chance: random.Random) -> str:
    words = search_words.words(max(document.pages, key=len))
    at = chance.randrange(max(1, len(words) - count))
    return " ".join(words[at : at + count])
