# SPDX-License-Identifier: GPL-3.0-or-later
"""Shape the facts about administrative units into the pack that ``casework.units`` reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from casework.unit_words import COMMUNE_TYPES, name_keys, squeeze

EXPECTED: Final = {"provinces": 34, "communes": 3321, "former_provinces": 63, "former_wards": 10040}
"""How many of each there are; Nghị quyết 202/2025/QH15 and the resolutions on the communes of June 2025."""

_OTHER_SPELLINGS: Final = {
    "46": ["thuathienhue", "tinhthuathienhue", "thuathien", "tthue"],
    "79": ["tphcm", "saigon", "thanhphohcm"],
    "77": ["brvt"],
}
"""Spellings by province code that the source lacks: Huế was called Thừa Thiên Huế until the end of 2024."""


def compile_units(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Group the tables so that a look-up reads one province or one district only.

    Raises:
        ValueError: When a table has not the expected number of rows, or a ward leads nowhere.
    """
    counts = {table: len(facts[table]) for table in EXPECTED}
    if counts != EXPECTED:
        raise ValueError(f"unexpected number of units: {counts}")
    commune_numbers = {code: number for number, (code, _, _) in enumerate(facts["communes"])}
    wards: dict[str, list[list[Any]]] = {}
    for name, district, others, targets in facts["former_wards"]:
        if not targets:
            raise ValueError(f"nothing became of {name} in district {district}")
        same = [key for key in others if _is_the_same_name(key, name)]
        older = [key for key in others if key not in same]
        wards.setdefault(district, []).append([name, same, older, [commune_numbers[code] for code in targets]])
    districts: dict[str, list[list[Any]]] = {}
    for code, name, province, keys, losers in facts["former_districts"]:
        districts.setdefault(province, []).append([name, sorted({*keys, squeeze(name)}), losers, wards[code]])
    return {
        "provinces": [[code, name, _keys(code, name, keys)] for code, name, keys in facts["provinces"]],
        "communes": facts["communes"],
        "former_provinces": [
            [name, _keys(code, name, keys), districts[code]] for code, name, keys in facts["former_provinces"]
        ],
    }


def _is_the_same_name(key: str, name: str) -> bool:
    """Whether a key is only another spelling of the name (Vĩ Dạ, Vỹ Dạ) or its name before it became a ward."""
    own = {_loosely(own) for own in name_keys(name, COMMUNE_TYPES)}
    other = _loosely(key)
    return other in own or any(_loosely(other.removeprefix(_loosely(kind))) in own for kind in COMMUNE_TYPES)


def _loosely(key: str) -> str:
    return key.translate(str.maketrans("yxk", "isc"))


def _keys(code: str, name: str, keys: list[str]) -> list[str]:
    return sorted({*keys, squeeze(name), *_OTHER_SPELLINGS.get(code, [])})
