# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses

import pytest

from casework.catalogue import Catalogue
from casework.counter.competence import CentreModel, Competence, at_levels, competence
from casework.records.procedure import Level

BIRTH = Catalogue.shipped().get("1.001193")
COMMUNE, PROVINCE, MINISTRY = (Level.COMMUNE,), (Level.PROVINCE,), (Level.MINISTRY,)
CENTRE, BRANCH = CentreModel.OWN_CENTRE, CentreModel.BRANCH_OF_PROVINCE


@pytest.mark.parametrize(
    ("levels", "is_boundary_free", "own_centre", "branch"),
    [
        (COMMUNE, None, Competence.OWN, Competence.OWN),
        (COMMUNE + PROVINCE, False, Competence.OWN, Competence.OWN),
        (PROVINCE, True, Competence.FOR_ANOTHER, Competence.FOR_ANOTHER),
        (PROVINCE, False, Competence.ELSEWHERE, Competence.FOR_ANOTHER),
        (PROVINCE, None, Competence.UNDECIDED, Competence.FOR_ANOTHER),
        ((), True, Competence.UNDECIDED, Competence.UNDECIDED),
    ],
)
def test_a_branch_of_the_province_takes_in_what_a_centre_of_a_commune_sends_elsewhere(
    levels: tuple[Level, ...], is_boundary_free: bool | None, own_centre: Competence, branch: Competence
) -> None:
    procedure = dataclasses.replace(BIRTH, levels=levels, is_boundary_free=is_boundary_free)
    assert competence(procedure, CENTRE) is own_centre
    assert competence(procedure, BRANCH) is branch


@pytest.mark.parametrize("model", CentreModel)
def test_what_no_counter_serves_is_taken_in_nowhere(model: CentreModel) -> None:
    assert competence(dataclasses.replace(BIRTH, offered_at_counter=False), model) is Competence.ELSEWHERE


def test_the_own_level_is_the_centres() -> None:
    procedure = dataclasses.replace(BIRTH, levels=PROVINCE, is_boundary_free=False)
    assert competence(procedure, CENTRE, Level.PROVINCE) is Competence.OWN


def test_procedures_are_filtered_by_level_and_none_of_unknown_level_is_hidden() -> None:
    of = [dataclasses.replace(BIRTH, levels=levels) for levels in (COMMUNE, PROVINCE, (), COMMUNE + PROVINCE, MINISTRY)]
    commune, province, unknown, both, ministry = of
    assert at_levels(of, frozenset(COMMUNE)) == (commune, unknown, both)
    assert at_levels(of, frozenset(PROVINCE + MINISTRY)) == (province, unknown, both, ministry)
    assert at_levels(of, frozenset()) == tuple(of)
