# SPDX-License-Identifier: GPL-3.0-or-later
"""Which commune an address lies in today: old addresses carried over to the units of 1 July 2025.

Nobody may be asked to prove that the old and the new address are the same, so the desk must know. Where one former ward
was divided among several communes the answer is a choice for the clerk, never a guess.
"""

from __future__ import annotations

import enum
import functools
import gzip
import importlib.resources
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from casework.text import clean
from casework.unit_words import (
    COMMUNE_TYPES,
    DISTRICT_TYPES,
    Seen,
    Word,
    is_spelled_otherwise,
    is_spelled_out,
    name_keys,
    read_last,
    squeeze,
    without_frame,
    words_of,
)

Item = TypeVar("Item")

_OTHER_PROVINCE_KEYS: Final[Mapping[str, str]] = {
    "daclac": "daklak",
    "dacnong": "daknong",
    "baccan": "backan",
    "hochiminhcity": "hochiminh",
    "tth": "thuathienhue",
    "thitranhue": "thuathienhue",
}
"""By how people write them; "TT Huế" looks like a town."""
_OTHER_DISTRICT_KEYS: Final[Mapping[str, str]] = {
    "buonmethuot": "buonmathuot",
    "bmt": "buonmathuot",
    "phanrang": "phanrangthapcham",
}


class UnitMatchKind(enum.StrEnum):
    """What could be said about an address."""

    CURRENT = "current"
    CONVERTED = "converted"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone of today.

    Attributes:
        code: 5 digits.
        name: With its type, e.g. "Xã Hoằng Phú".
        province_code: 2 digits.
        province_name: With its type, e.g. "Tỉnh Thanh Hóa".
    """

    code: str
    name: str
    province_code: str
    province_name: str


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """What is known about the commune of an address.

    Attributes:
        kind: ``CURRENT`` when the address already names units of today, ``CONVERTED`` when a former ward went as a
            whole to one commune, ``AMBIGUOUS`` when the clerk must choose or confirm, ``UNKNOWN`` otherwise.
        commune: The commune, for ``CURRENT`` and ``CONVERTED``.
        candidates: What to choose from, at least one for ``AMBIGUOUS``.
        former: The former units in full, e.g. "Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"; empty when none was
            seen, or several.
        rest: What stands in front of the units in the address: house number, street, hamlet; with the commune's name
            where that may be a street's.
    """

    kind: UnitMatchKind
    commune: Commune | None = None
    candidates: tuple[Commune, ...] = ()
    former: str = ""
    rest: str = ""

    def address_in(self, commune: Commune) -> str:
        """Write the address with the units of today."""
        return ", ".join(part for part in (self.rest, commune.name, commune.province_name) if part)

    @property
    def new_address(self) -> str:
        """The address with the units of today, or empty while the commune is not certain."""
        return self.address_in(self.commune) if self.commune else ""


@dataclass(frozen=True, slots=True)
class _FormerDistrict:
    name: str
    province_name: str
    wards: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _FormerWard:
    name: str
    district: _FormerDistrict
    targets: tuple[int, ...]
    is_older_name: bool

    @property
    def full_name(self) -> str:
        return ", ".join(part for part in (self.name, self.district.name, self.district.province_name) if part)


_DistrictTable = dict[str, list[_FormerDistrict]]


class Units:
    """The units of today and of before July 2025.

    Args:
        pack: Content of ``packs/units.json.gz``: ``provinces`` (code, name, keys), ``communes`` (code, name, province
            code), ``former_provinces`` (name, keys, districts: name, keys, keys of districts it took wards from, wards:
            name, other spellings, keys of older names, positions in ``communes``).
    """

    def __init__(self, pack: Mapping[str, Any]) -> None:
        province_names = {code: name for code, name, _ in pack["provinces"]}
        self._communes = [
            Commune(code, name, province, province_names[province]) for code, name, province in pack["communes"]
        ]
        self._by_code = {commune.code: commune for commune in self._communes}
        self._communes_of: dict[str, list[Commune]] = {}
        for commune in self._communes:
            self._communes_of.setdefault(commune.province_code, []).append(commune)
        self._provinces: dict[str, list[str]] = {}
        for code, _, keys in pack["provinces"]:
            _add(self._provinces, keys, code)
        self._former_provinces: dict[str, list[int]] = {}
        for number, (_, keys, _) in enumerate(pack["former_provinces"]):
            _add(self._former_provinces, keys, number)
        self._former = pack["former_provinces"]
        self._district_tables: dict[int, tuple[_DistrictTable, _DistrictTable]] = {}
        self._ward_tables: dict[tuple[str, str], dict[str, list[_FormerWard]]] = {}
        self._commune_tables: dict[str, dict[str, list[Commune]]] = {}
        for other, key in _OTHER_PROVINCE_KEYS.items():
            if key in self._provinces:
                self._provinces.setdefault(other, self._provinces[key])
            if key in self._former_provinces:
                self._former_provinces.setdefault(other, self._former_provinces[key])

    @classmethod
    @functools.cache
    def shipped(cls) -> Units:
        """Load the units that ship with the product; the first call reads them, later ones are free."""
        data = importlib.resources.files("casework.packs").joinpath("units.json.gz").read_bytes()
        return cls(json.loads(gzip.decompress(data)))

    @property
    def communes(self) -> Sequence[Commune]:
        """Every commune of today, by code."""
        return self._communes

    def commune(self, code: str) -> Commune | None:
        """Give a commune by its 5-digit code, or None."""
        return self._by_code.get(code)

    def find(self, address: str) -> UnitMatch:
        """Find the commune of an address that ends with its units, old or new, with or without accents and types.

        What may mean something else is offered and never certain: other accents, a street or hamlet of that name, a
        name of today with a province or district of before.
        """
        text = without_frame(clean(address.replace("\n", ", ")))
        words = words_of(text)
        former = read_last(words, len(words), self._former_provinces)
        today = read_last(words, len(words), self._provinces)
        province = former or today
        if province is None:
            return self._find_by_district(text, words)
        former_numbers = former.items if former else ()
        district = self._read_district(words, province.start, former_numbers)
        if district:
            found = self._read_ward(text, words, district)
            if found:
                return found
        possible = self._possible_communes(words, district) if district else ()
        heirs = today.items if today else self._heirs_of(former_numbers)
        current = self._read_commune(words, province.start, heirs)
        if current and not (district and district.is_typed):
            rest = _before(text, words, current.start)
            written = _between(text, words, current.start, province.start)
            communes = tuple(item for item in current.items if is_spelled_out(item.name, written)) or current.items
            if len(communes) == 1 and today and not district:
                return UnitMatch(UnitMatchKind.CURRENT, communes[0], rest=rest)
            if not (today or district):
                communes += self._find_without_district(text, words, province.start, former_numbers).candidates
            return UnitMatch(UnitMatchKind.AMBIGUOUS, candidates=tuple(dict.fromkeys(possible + communes)), rest=rest)
        if district:
            return _offered(possible, text, _before(text, words, district.start))
        found = self._find_without_district(text, words, province.start, former_numbers)
        if found.kind is UnitMatchKind.UNKNOWN:
            named = self._read_commune(words, province.start, heirs, may_be_a_street=True)
            return _offered(named.items if named else (), text, _before(text, words, province.start))
        return found

    def _find_by_district(self, text: str, words: Sequence[Word]) -> UnitMatch:
        district = self._read_district(words, len(words), range(len(self._former)))
        if district and district.is_typed and len(district.items) == 1:
            found = self._read_ward(text, words, district)
            if found:
                return found
        return UnitMatch(UnitMatchKind.UNKNOWN, rest=text)

    def _find_without_district(self, text: str, words: Sequence[Word], end: int, provinces: Sequence[int]) -> UnitMatch:
        """Offer every former ward of that name: with the district missing, nothing is certain."""
        wards: dict[str, list[_FormerWard]] = {}
        for number in provinces:
            name, _, districts = self._former[number]
            for district_name, _, _, rows in districts:
                _add_wards(wards, _FormerDistrict(district_name, name, rows))
        seen = read_last(words, end, wards, COMMUNE_TYPES)
        if seen is None:
            return UnitMatch(UnitMatchKind.UNKNOWN, rest=text)
        return self._answer(text, words, seen, end, is_certain=False)

    def _read_district(self, words: Sequence[Word], end: int, provinces: Sequence[int]) -> Seen[_FormerDistrict] | None:
        tables = [self._districts_of(number) for number in provinces]
        own = _merged([table for table, _ in tables])
        heirs = _merged([table for _, table in tables])
        seen = read_last(words, end, own, DISTRICT_TYPES)
        inherited = read_last(words, end, heirs, DISTRICT_TYPES)
        if seen and inherited and seen.start == inherited.start:
            return Seen(seen.items + inherited.items, seen.start, seen.is_typed)
        return seen or inherited

    def _read_ward(self, text: str, words: Sequence[Word], districts: Seen[_FormerDistrict]) -> UnitMatch | None:
        found: list[Seen[_FormerWard]] = []
        for district in districts.items:
            wards = self._wards_of(district)
            if "" in wards:
                found.append(Seen(tuple(wards[""]), districts.start, is_typed=True))
            else:
                read = read_last(words, districts.start, wards, COMMUNE_TYPES)
                found += [read] if read else []
        found = [seen for seen in found if not seen.items[0].is_older_name] or found
        if len(found) > 1:
            found = [seen for seen in found if _is_written_in_full(words[seen.start : districts.start], seen)] or found
        if not found:
            return None
        items = tuple(ward for seen in found for ward in seen.items)
        seen = Seen(items, found[0].start, found[0].is_typed)
        return self._answer(text, words, seen, districts.start, is_certain=True)

    def _possible_communes(self, words: Sequence[Word], districts: Seen[_FormerDistrict]) -> tuple[Commune, ...]:
        """Give the communes of a former ward whose name may as well be that of a street or a hamlet."""
        wards = _merged([self._wards_of(district) for district in districts.items])
        seen = read_last(words, districts.start, wards, COMMUNE_TYPES, may_be_a_street=True)
        targets = sorted({target for ward in seen.items for target in ward.targets}) if seen else ()
        return tuple(self._communes[target] for target in targets)

    def _answer(
        self, text: str, words: Sequence[Word], seen: Seen[_FormerWard], end: int, *, is_certain: bool
    ) -> UnitMatch:
        wards = seen.items
        written = _between(text, words, seen.start, end)
        if len(wards) > 1 and is_certain:
            wards = tuple(ward for ward in wards if is_spelled_out(ward.name, written)) or wards
        targets = sorted({target for ward in wards for target in ward.targets})
        communes = tuple(self._communes[target] for target in targets)
        doubted = any(ward.is_older_name or is_spelled_otherwise(ward.name, written) for ward in wards)
        key = "".join(word.key for word in words[seen.start : end])
        is_of_other_type = seen.is_typed and not any(squeeze(ward.name) == key for ward in wards)
        namesakes = self._called(key, communes) if doubted or is_of_other_type else ()
        former_names = {ward.full_name for ward in wards}
        former = former_names.pop() if len(former_names) == 1 and not namesakes else ""
        rest = _before(text, words, seen.start)
        if is_certain and len(communes) == 1 and not doubted and not namesakes:
            return UnitMatch(UnitMatchKind.CONVERTED, communes[0], former=former, rest=rest)
        return UnitMatch(UnitMatchKind.AMBIGUOUS, candidates=communes + namesakes, former=former, rest=rest)

    def _called(self, key: str, others: Sequence[Commune]) -> tuple[Commune, ...]:
        """Give the communes of today that are called so, in the provinces of others and besides them."""
        provinces = sorted({commune.province_code for commune in others})
        named = [commune for province in provinces for commune in self._names_of_communes(province).get(key, ())]
        return tuple(commune for commune in named if commune not in others)

    def _heirs_of(self, provinces: Sequence[int]) -> tuple[str, ...]:
        """Give the provinces of today in which former provinces lie."""
        targets = (
            target
            for number in provinces
            for district in self._former[number][2]
            for ward in district[3]
            for target in ward[3]
        )
        return tuple(sorted({self._communes[target].province_code for target in targets}))

    def _read_commune(
        self, words: Sequence[Word], end: int, provinces: Sequence[str], *, may_be_a_street: bool = False
    ) -> Seen[Commune] | None:
        names = _merged([self._names_of_communes(province) for province in provinces])
        return read_last(words, end, names, COMMUNE_TYPES, may_be_a_street=may_be_a_street)

    def _districts_of(self, number: int) -> tuple[_DistrictTable, _DistrictTable]:
        """Give the former districts of a province by their own names and by those of districts that they took over."""
        if number not in self._district_tables:
            own: _DistrictTable = {}
            heirs: _DistrictTable = {}
            province_name, _, districts = self._former[number]
            for name, keys, losers, wards in districts:
                district = _FormerDistrict(name, province_name, wards)
                _add(own, [*keys, *(other for other, key in _OTHER_DISTRICT_KEYS.items() if key in keys)], district)
                _add(heirs, losers, district)
            self._district_tables[number] = own, heirs
        return self._district_tables[number]

    def _wards_of(self, district: _FormerDistrict) -> Mapping[str, list[_FormerWard]]:
        place = district.province_name, district.name
        if place not in self._ward_tables:
            self._ward_tables[place] = {}
            _add_wards(self._ward_tables[place], district)
        return self._ward_tables[place]

    def _names_of_communes(self, province: str) -> Mapping[str, list[Commune]]:
        if province not in self._commune_tables:
            table: dict[str, list[Commune]] = {}
            for commune in self._communes_of[province]:
                _add(table, name_keys(commune.name, COMMUNE_TYPES), commune)
            self._commune_tables[province] = table
        return self._commune_tables[province]


def find_new_unit(address_text: str) -> UnitMatch:
    """Find the commune of an address in the shipped units; see ``Units.find``."""
    return Units.shipped().find(address_text)


def _offered(communes: tuple[Commune, ...], text: str, rest: str) -> UnitMatch:
    """Offer what may be meant; what stands in front keeps the name, which may be that of a street."""
    if not communes:
        return UnitMatch(UnitMatchKind.UNKNOWN, rest=text)
    return UnitMatch(UnitMatchKind.AMBIGUOUS, candidates=communes, rest=rest)


def _add(table: dict[str, list[Item]], keys: Sequence[str], item: Item) -> None:
    for key in keys:
        table.setdefault(key, []).append(item)


def _merged(tables: Sequence[Mapping[str, list[Item]]]) -> Mapping[str, list[Item]]:
    if len(tables) == 1:
        return tables[0]
    merged: dict[str, list[Item]] = {}
    for table in tables:
        for key, items in table.items():
            merged.setdefault(key, []).extend(items)
    return merged


def _add_wards(table: dict[str, list[_FormerWard]], district: _FormerDistrict) -> None:
    for name, spellings, _, targets in district.wards:
        ward = _FormerWard(name, district, tuple(targets), is_older_name=False)
        _add(table, [*name_keys(name, COMMUNE_TYPES), *spellings], ward)
    named = set(table)
    for name, _, older, targets in district.wards:
        ward = _FormerWard(name, district, tuple(targets), is_older_name=True)
        _add(table, [key for key in older if key not in named], ward)


def _is_written_in_full(words: Sequence[Word], seen: Seen[_FormerWard]) -> bool:
    written = "".join(word.key for word in words)
    return any(squeeze(ward.name) == written for ward in seen.items)


def _between(text: str, words: Sequence[Word], start: int, end: int) -> str:
    stop = words[end].start if end < len(words) else len(text)
    return text[words[start].start : stop].rstrip(" ,;-")


def _before(text: str, words: Sequence[Word], start: int) -> str:
    return text[: words[start].start].rstrip(" ,;/-") if start < len(words) else text
