# SPDX-License-Identifier: GPL-3.0-or-later
"""Take the facts about administrative units out of an unpacked ``vietnamadminunits`` 1.0.4 (MIT).

Run once for a new edition of that package, never by the product:

    python3 -m venv /tmp/v && /tmp/v/bin/pip install --no-deps vietnamadminunits==1.0.4
    python -m casework.packs.extract_units /tmp/v/lib/python3.11/site-packages/vietnamadminunits/data

Only names, codes and the table of mergers are taken; map positions, and the guess that the package makes from them for
a divided ward, are not.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from casework.packs.compile import SOURCE
from casework.text import clean
from casework.unit_words import squeeze

_WARD_TABLES: Final = ("NO_ACCENTED", "ACCENTED")
_WITHOUT_WARDS: Final = "NaN"


def extract(data: Path) -> dict[str, Any]:
    """Read the package's data folder.

    Returns:
        ``provinces``: code, name, keys. ``communes``: code, name, province code. ``former_provinces``: code, name,
        keys. ``former_districts``: code, name, former province code, keys, keys of districts that lost wards to it.
        ``former_wards``: name (empty for an island district), former district code, keys of older names, codes of the
        communes it went to. Keys are squeezed spellings (see ``casework.unit_words.squeeze``).
    """
    today = json.loads((data / "parser_from_2025.json").read_bytes())
    before = json.loads((data / "parser_legacy.json").read_bytes())
    mergers = json.loads((data / "converter_2025.json").read_bytes())
    communes = {
        (province, squeeze(ward["ward"]), ward["ward"]): ward["wardCode"]
        for table in _WARD_TABLES
        for province, wards in today[f"DICT_PROVINCE_WARD_{table}"].items()
        for ward in wards.values()
    }
    districts = {
        (province, district): row["districtCode"]
        for province, rows in before["DICT_PROVINCE_DISTRICT"].items()
        for district, row in rows.items()
    }
    targets = _targets(mergers, communes)
    return {
        "provinces": sorted(
            [row["provinceCode"], clean(row["province"]), sorted(row["provinceKeywords"])]
            for row in today["DICT_PROVINCE"].values()
        ),
        "communes": sorted(
            [code, clean(name), today["DICT_PROVINCE"][province]["provinceCode"]]
            for (province, _, name), code in communes.items()
        ),
        "former_provinces": sorted(
            [row["provinceCode"], clean(row["province"]), sorted(row["provinceKeywords"])]
            for row in before["DICT_PROVINCE"].values()
        ),
        "former_districts": sorted(
            [
                districts[province, district],
                clean(row["district"]),
                before["DICT_PROVINCE"][province]["provinceCode"],
                sorted(row["districtKeywords"]),
                sorted(_keys_of_losers(before, province, district)),
            ]
            for province, rows in before["DICT_PROVINCE_DISTRICT"].items()
            for district, row in rows.items()
        ),
        "former_wards": sorted(_former_wards(before, districts, targets)),
    }


def _targets(mergers: Mapping[str, Any], communes: Mapping[tuple[str, str, str], str]) -> dict[str, list[str]]:
    by_key: dict[tuple[str, str], str] = {}
    for (province, key, name), code in communes.items():
        by_key[province, key] = code
        by_key[province, "".join(name.lower().split())] = code
    targets: dict[str, list[str]] = {}
    for province, table in mergers["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, former in table.items():
            for ward in former:
                targets[ward] = [by_key[province, commune]]
    for province, table in mergers["DICT_PROVINCE_WARD_DIVIDED"].items():
        for ward, parts in table.items():
            targets[ward] = sorted(by_key[province, part["newWardKey"]] for part in parts)
    return targets


def _former_wards(
    before: Mapping[str, Any], districts: Mapping[tuple[str, str], str], targets: Mapping[str, list[str]]
) -> Iterator[list[Any]]:
    for table in _WARD_TABLES:
        for province, province_rows in before[f"DICT_PROVINCE_DISTRICT_WARD_{table}"].items():
            for district, wards in province_rows.items():
                for key, ward in wards.items():
                    code = districts[province, district]
                    if key == _WITHOUT_WARDS:
                        yield ["", code, [], targets[f"{province}_{district}_"]]
                        continue
                    own = {squeeze(ward["ward"]), squeeze(ward["wardShort"])}
                    older = [] if table == "ACCENTED" else sorted(set(ward["wardKeywords"]) - own)
                    yield [clean(ward["ward"]), code, older, targets[f"{province}_{district}_{key}"]]


def _keys_of_losers(before: Mapping[str, Any], province: str, district: str) -> Iterator[str]:
    for loser, row in before["DICT_PROVINCE_DISTRICT_DIVIDED"].get(province, {}).items():
        if district in row["districts"] and district != loser:
            yield from row["dividedDistrictKeywords"]


if __name__ == "__main__":
    facts = json.dumps(extract(Path(sys.argv[1])), ensure_ascii=False, indent=0).encode()
    (SOURCE / "units.json.gz").write_bytes(gzip.compress(facts, compresslevel=9, mtime=0))
